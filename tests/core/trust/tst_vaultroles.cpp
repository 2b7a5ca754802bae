// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/keyvault.h"
#include "core/trust/vaultroles.h"

#include <QTest>

using namespace Qt::StringLiterals;
using trust::VaultAction;
using trust::VaultReach;

namespace {

enum class Allowed { No, Yes, Unknown };

const setup::Target& vault()
{
    static const setup::Setup setup = world::changed(u"/targets/-", world::file("vault.json").constData());
    return setup.targets.back();
}

constexpr auto ours = "/subscriptions/0c4b7d1e-93a2-4f65-8b1d-5e2a9f7c3064"_L1;

} // namespace

/// Key Vault: which call a request is, what the built-in roles allow, and how far an assignment reaches.
class TestVaultRoles : public QObject
{
    Q_OBJECT

private slots:
    void calls_data();
    void calls();
    void roles_data();
    void roles();
    void scopes_data();
    void scopes();
    void withoutResourceId();
};

void TestVaultRoles::calls_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("action");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("version");
    const auto row = [](const char* name, const char* method, const char* path, VaultAction action, const char* secret = "", const char* version = "") {
        QTest::newRow(name) << QByteArray(method) << QByteArray(path) << int(action) << QString::fromLatin1(secret) << QString::fromLatin1(version);
    };
    constexpr auto version = "22222222222222222222222222222222";
    // Key Vault REST API reference 2025-07-01, Get Secret: the empty version is the current one
    row("get a version", "GET", "/secrets/db/22222222222222222222222222222222", VaultAction::GetSecret, "db", version);
    row("get the current one", "GET", "/secrets/db", VaultAction::GetSecret, "db");
    // @azure/keyvault-secrets 4.11.2 on the wire: a closing slash
    row("get, empty version", "GET", "/secrets/db/", VaultAction::GetSecret, "db");
    row("a secret called versions", "GET", "/secrets/versions", VaultAction::GetSecret, "versions");
    // REST API reference, samples: "https://myvault.vault.azure.net//secrets/..."
    row("two slashes", "GET", "//secrets/db", VaultAction::GetSecret, "db");
    // Get Secrets, Get Secret Versions
    row("list", "GET", "/secrets", VaultAction::ListSecrets);
    row("list, closing slash", "GET", "/secrets/", VaultAction::ListSecrets);
    row("list versions", "GET", "/secrets/db/versions", VaultAction::ListVersions, "db");
    // Set Secret, Update Secret, Delete Secret
    row("set", "PUT", "/secrets/db", VaultAction::SetSecret, "db");
    row("set has no version", "PUT", "/secrets/db/22222222222222222222222222222222", VaultAction::Unknown);
    row("update a version", "PATCH", "/secrets/db/22222222222222222222222222222222", VaultAction::UpdateSecret, "db", version);
    row("delete", "DELETE", "/secrets/db", VaultAction::DeleteSecret, "db");
    // Delete Secret: cannot be applied to a single version
    row("delete a version", "DELETE", "/secrets/db/22222222222222222222222222222222", VaultAction::Unknown);
    row("delete all", "DELETE", "/secrets", VaultAction::Unknown);
    // Get Deleted Secrets, Get Deleted Secret, Recover Deleted Secret, Purge Deleted Secret
    row("list deleted", "GET", "/deletedsecrets", VaultAction::ListDeleted);
    row("get deleted", "GET", "/deletedsecrets/db", VaultAction::GetDeleted, "db");
    row("recover", "POST", "/deletedsecrets/db/recover", VaultAction::RecoverSecret, "db");
    row("recover, a word too few", "POST", "/deletedsecrets/db", VaultAction::Unknown);
    row("purge", "DELETE", "/deletedsecrets/db", VaultAction::PurgeSecret, "db");
    row("purge all", "DELETE", "/deletedsecrets", VaultAction::Unknown);
    // Not of secrets, or not followed here
    row("keys", "GET", "/keys/signing", VaultAction::Unknown);
    row("another collection's name", "GET", "/secret/db", VaultAction::Unknown);
    row("nothing", "GET", "/", VaultAction::Unknown);
    row("method in small letters", "get", "/secrets/db", VaultAction::Unknown); // RFC 9110, 9.1: methods know case
}

void TestVaultRoles::calls()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(int, action);
    QFETCH(QString, secret);
    QFETCH(QString, version);
    const trust::VaultCall call = trust::vaultCall(method, path);
    QCOMPARE(int(call.action), action);
    QCOMPARE(call.secret, secret);
    QCOMPARE(call.version, version);
}

void TestVaultRoles::roles_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<int>("reads");   // secrets/getSecret/action
    QTest::addColumn<int>("lists");   // secrets/readMetadata/action
    QTest::addColumn<int>("sets");    // secrets/setSecret/action
    QTest::addColumn<int>("purges");  // secrets/purge/action
    const auto row = [](const char* role, Allowed reads, Allowed lists, Allowed sets, Allowed purges) {
        QTest::newRow(role) << QString::fromLatin1(role) << int(reads) << int(lists) << int(sets) << int(purges);
    };
    using enum Allowed;
    // Microsoft: Azure built-in roles, security: the data actions of each definition
    row("Key Vault Administrator", Yes, Yes, Yes, Yes);         // vaults/*
    row("Key Vault Secrets Officer", Yes, Yes, Yes, Yes);       // secrets/*
    row("Key Vault Secrets User", Yes, Yes, No, No);            // getSecret, readMetadata
    row("Key Vault Certificate User", Yes, Yes, No, No);        // getSecret, readMetadata, for the certificate's private key
    row("Key Vault Reader", No, Yes, No, No);                   // readMetadata
    row("Key Vault Certificates Officer", No, No, No, No);      // certificates/*, certificatecas/*
    row("Key Vault Crypto Officer", No, No, No, No);            // keys/*
    row("Key Vault Crypto User", No, No, No, No);
    row("Key Vault Crypto Service Encryption User", No, No, No, No);
    row("Key Vault Crypto Service Release User", No, No, No, No);
    // Management of the vault: no data action at all
    row("Key Vault Contributor", No, No, No, No);
    row("Key Vault Data Access Administrator", No, No, No, No);
    row("Owner", No, No, No, No);
    row("Contributor", No, No, No, No);
    row("Reader", No, No, No, No);
    row("User Access Administrator", No, No, No, No);
    // By the definition's GUID, alone and as the ARM id of an exported assignment
    row("4633458b-17de-408a-b874-0445c86b69e6", Yes, Yes, No, No);
    row("db79e9a7-68ee-4b58-9aeb-b90e7c24fcba", Yes, Yes, No, No);
    row("/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/B86A8FE4-44CE-4948-AEE5-ECCB2C155CD7", Yes, Yes, Yes, Yes);
    row("key vault secrets user", Yes, Yes, No, No);
    // A custom role's actions are not in a setup; a name with a letter too few is none of the built-in ones
    row("Lab Secret Rotator", Unknown, Unknown, Unknown, Unknown);
    row("Key Vault Secret User", Unknown, Unknown, Unknown, Unknown);
}

void TestVaultRoles::roles()
{
    QFETCH(QString, role);
    QFETCH(int, reads);
    QFETCH(int, lists);
    QFETCH(int, sets);
    QFETCH(int, purges);
    const auto allowed = [&](VaultAction action) {
        const auto answer = trust::allows(role, action);
        return int(!answer ? Allowed::Unknown : *answer ? Allowed::Yes : Allowed::No);
    };
    QCOMPARE(allowed(VaultAction::GetSecret), reads);
    QCOMPARE(allowed(VaultAction::ListSecrets), lists);
    QCOMPARE(allowed(VaultAction::ListVersions), lists);
    QCOMPARE(allowed(VaultAction::SetSecret), sets);
    QCOMPARE(allowed(VaultAction::PurgeSecret), purges);
    QCOMPARE(allowed(VaultAction::RecoverSecret), purges);
    QCOMPARE(trust::mayWrite(role), sets == int(Allowed::Yes));
}

void TestVaultRoles::scopes_data()
{
    QTest::addColumn<QString>("scope");
    QTest::addColumn<int>("reach");
    QTest::addColumn<bool>("one");  // reading db-password
    QTest::addColumn<bool>("list"); // the names of all secrets
    const auto row = [](const char* name, const QString& scope, VaultReach reach, bool one, bool list) {
        QTest::newRow(name) << scope << int(reach) << one << list;
    };
    const QString group = ours + u"/resourceGroups/rg-lab"_s, own = group + u"/providers/Microsoft.KeyVault/vaults/kv-lab"_s;
    // The setup's short forms
    row("the vault", u"/"_s, VaultReach::Vault, true, true);
    row("left out", QString(), VaultReach::Vault, true, true);
    row("one secret", u"/secrets/db-password"_s, VaultReach::OneSecret, true, false);
    row("another secret", u"/secrets/queue-key"_s, VaultReach::OneSecret, false, false);
    row("a beginning of its name", u"/secrets/db"_s, VaultReach::OneSecret, false, false);
    row("the name, other case", u"/secrets/DB-Password"_s, VaultReach::OneSecret, true, false);
    // Microsoft: Azure RBAC guide for Key Vault: management group, subscription, resource group, vault, single secret
    row("vault, by id", own, VaultReach::Vault, true, true);
    row("vault, by id in small letters", own.toLower(), VaultReach::Vault, true, true);
    row("secret, by id", own + u"/secrets/db-password"_s, VaultReach::OneSecret, true, false);
    row("resource group", group, VaultReach::Wider, true, true);
    row("subscription", ours, VaultReach::Wider, true, true);
    row("management group", u"/providers/Microsoft.Management/managementGroups/lab"_s, VaultReach::Wider, true, true);
    row("another vault", group + u"/providers/Microsoft.KeyVault/vaults/kv-other"_s, VaultReach::Vault, false, false);
    row("a secret of another vault", group + u"/providers/Microsoft.KeyVault/vaults/kv-other/secrets/db-password"_s, VaultReach::OneSecret, false, false);
    // Microsoft: understand scope for Azure RBAC: an assignment holds below its scope, nowhere else
    row("another resource group", ours + u"/resourceGroups/rg-other"_s, VaultReach::Wider, false, false);
    row("a group whose name goes on", ours + u"/resourceGroups/rg-l"_s, VaultReach::Wider, false, false);
    row("another subscription", u"/subscriptions/5e2a9f7c-3064-4f65-8b1d-0c4b7d1e93a2"_s, VaultReach::Wider, false, false);
    row("another resource of the group", group + u"/providers/Microsoft.Storage/storageAccounts/stlab"_s, VaultReach::Wider, false, false);
    row("one key of the vault", own + u"/keys/signing"_s, VaultReach::Vault, false, false);
    row("one certificate of the vault", own + u"/certificates/tls"_s, VaultReach::Vault, false, false);
    row("a short form of a key", u"/keys/signing"_s, VaultReach::Vault, false, false);
    row("a word that is none", u"/secret/db-password"_s, VaultReach::Vault, false, false);
}

void TestVaultRoles::scopes()
{
    QFETCH(QString, scope);
    QFETCH(int, reach);
    QFETCH(bool, one);
    QFETCH(bool, list);
    const trust::VaultScope read = trust::scopeOf({.principal = u"uami"_s, .role = u"Key Vault Secrets User"_s, .scope = scope}, vault());
    QCOMPARE(int(read.reach), reach);
    QCOMPARE(trust::covers(read, {VaultAction::GetSecret, u"db-password"_s, {}}), one);
    QCOMPARE(trust::covers(read, {VaultAction::ListSecrets, {}, {}}), list);
}

/// Without the vault's own id nothing tells one group or vault from another: the assignment stands at this vault.
void TestVaultRoles::withoutResourceId()
{
    setup::Target bare = vault();
    bare.settings = {};
    const trust::VaultCall call {VaultAction::GetSecret, u"db-password"_s, {}};
    for (const QString& scope : {QString(ours), QString(ours + u"/resourceGroups/any"_s), QString(ours + u"/resourceGroups/any/providers/Microsoft.KeyVault/vaults/any"_s)})
        QVERIFY2(trust::covers(trust::scopeOf({.scope = scope}, bare), call), qPrintable(scope));
    QVERIFY(!trust::covers(trust::scopeOf({.scope = u"/secrets/queue-key"_s}, bare), call));
}

QTEST_GUILESS_MAIN(TestVaultRoles)
#include "tst_vaultroles.moc"
