// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/keyvault.h"
#include "core/trust/vaultroles.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What a vault answers, case by case as Microsoft documents it or as clients saw it (downstream.md 6.2).
class TestKeyVault : public QObject
{
    Q_OBJECT

private slots:
    void answers_data();
    void answers();
    void rolesDecide_data();
    void rolesDecide();
    void calls_data();
    void calls();
    void predictionLeavesOpenWhatOnlyTheVaultKnows();
    void expiredIsReadAllTheSame();
    void fixPointsAtTheHalfThatIsWrong();
    void tenantOfTheVaultGoesFirst();
};

namespace {

using Kind = trust::VaultSecretState::Kind;

constexpr auto vaultTarget = R"({ "name": "vault", "kind": "key-vault", "displayName": "kv-lab", "url": "https://kv-lab.vault.azure.net", "resource": "key-vault",
  "secrets": [ { "name": "db-password", "version": "0123456789abcdef0123456789abcdef", "created": "2026-10-01T00:00:00Z" },
               { "name": "db-password", "version": "fedcba9876543210fedcba9876543210", "created": "2026-01-01T00:00:00Z", "enabled": false } ],
  "roleAssignments": [ { "principal": "web-api", "role": "Key Vault Secrets User", "scope": "/secrets/db-password" } ],
  "settings": { "resourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-lab" } })";

const setup::Setup& withVault()
{
    static const setup::Setup made = world::changed(u"/targets/-", vaultTarget);
    return made;
}

const setup::Target& vaultOf(const setup::Setup& setup) { return *setup.target(u"vault"); }

const trust::VaultCall readPassword {trust::VaultAction::GetSecret, u"db-password"_s, {}};

QByteArray bearer(const QJsonObject& changes = {}, const jose::Key& key = world::tenantKey())
{
    return "Bearer " + world::token(world::with(world::appClaims(u"https://vault.azure.net"_s, world::webApi), changes), key);
}

base::Verdict decide(const setup::Setup& setup, const QByteArray& authorization, Kind state = Kind::Enabled,
    const trust::VaultCall& call = readPassword, const trust::Knowledge& knowledge = world::all())
{
    return trust::decideVault(setup, vaultOf(setup), call, {state, {}}, authorization, knowledge, world::at());
}

/// The vault with other role assignments.
setup::Setup assigned(const QByteArray& assignments)
{
    return setup::edited(withVault(), QString(vaultOf(withVault()).pointer + u"/roleAssignments"_s), assignments).value();
}

} // namespace

void TestKeyVault::answers_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<Kind>("state");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("failing");
    const auto row = [](const char* name, const QByteArray& authorization, Kind state, int status, const char* error, const char* code, const char* failing) {
        QTest::newRow(name) << authorization << state << status << QString::fromLatin1(error) << QString::fromLatin1(code) << QString::fromLatin1(failing);
    };
    const QString elsewhere = u"https://sts.windows.net/7b3a1d2f-2222-4333-8444-123456789abc/"_s;
    // keyvault-secrets 4.11.2 on the wire: the first request has no header
    row("no token", {}, Kind::Enabled, 401, "Unauthorized", "AKV10000", "authorization");
    row("another scheme", "Basic abc", Kind::Enabled, 401, "Unauthorized", "AKV10000", "authorization");
    // Azure/azure-sdk-for-js issue 24756 and its kin: wrong tenant
    row("another tenant's token", bearer({{u"iss"_s, elsewhere}}), Kind::Enabled, 401, "Unauthorized", "AKV10032", "issuer");
    // MicrosoftDocs/azure-docs issue 75410: token for Azure Resource Manager
    row("management token", bearer({{u"aud"_s, u"https://management.azure.com/"_s}}), Kind::Enabled, 401, "Unauthorized", "AKV10022", "audience");
    row("closing slash", bearer({{u"aud"_s, u"https://vault.azure.net/"_s}}), Kind::Enabled, 401, "Unauthorized", "AKV10022", "audience");
    row("foreign signature", bearer({}, world::strangerKey()), Kind::Enabled, 401, "Unauthorized", "AKV10046", "signature");
    row("ended", bearer({{u"exp"_s, world::now - 3600}}), Kind::Enabled, 401, "Unauthorized", "", "lifetime.exp");
    row("not a token", "Bearer opaque", Kind::Enabled, 401, "Unauthorized", "", "form issuer audience signature lifetime.exp role");
    // Azure-Samples/azuresandbox issue 188: no data role
    row("caller without a role", bearer({{u"oid"_s, QString::fromLatin1(world::agent)}}), Kind::Enabled, 403, "Forbidden", "ForbiddenByRbac", "role");
    // Microsoft: Key Vault error codes: a disabled version is an error, never a body with enabled=false
    row("disabled", bearer(), Kind::Disabled, 403, "Forbidden", "SecretDisabled", "secret.enabled");
    row("unknown", bearer(), Kind::Absent, 404, "SecretNotFound", "SecretNotFound", "secret.exists");
    row("by URI", bearer(), Kind::Enabled, 0, "", "", "");
    row("by the first-party app's id", bearer({{u"aud"_s, u"cfa8b339-82a2-471a-a3c9-0fc0be7a4093"_s}}), Kind::Enabled, 0, "", "", "");
    row("v1 issuer", bearer({{u"iss"_s, world::v1Issuer()}}), Kind::Enabled, 0, "", "", "");
}

void TestKeyVault::answers()
{
    QFETCH(QByteArray, authorization);
    QFETCH(Kind, state);
    QFETCH(int, status);
    QFETCH(QString, error);
    QFETCH(QString, code);
    QFETCH(QString, failing);
    const base::Verdict verdict = decide(withVault(), authorization, state);
    QVERIFY2(world::failing(verdict) == failing, world::described(verdict));
    QCOMPARE(verdict.refusal.has_value(), status != 0);
    if (!verdict.refusal)
        return;
    QCOMPARE(verdict.refusal->status, status);
    QCOMPARE(verdict.refusal->error, error);
    QCOMPARE(verdict.refusal->code, code);
    if (code.startsWith("AKV"_L1))
        QVERIFY(verdict.refusal->text.startsWith(QString(code + u": "_s)));
}

void TestKeyVault::rolesDecide_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<bool>("reads");
    QTest::addColumn<bool>("writes");
    const QString own = u"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-lab"_s;
    const auto row = [](const char* name, const QString& role, const QString& scope, bool reads, bool writes) { QTest::newRow(name) << role << scope << reads << writes; };
    // Microsoft: Azure built-in roles for Key Vault data plane operations
    row("user at the secret", u"Key Vault Secrets User"_s, u"/secrets/db-password"_s, true, false);
    row("user at the vault", u"Key Vault Secrets User"_s, u"/"_s, true, false);
    row("user by the definition's id", u"/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6"_s, u"/"_s, true, false);
    row("officer", u"Key Vault Secrets Officer"_s, u"/"_s, true, true);
    row("administrator", u"Key Vault Administrator"_s, own, true, true);
    row("at the secret by ARM id", u"Key Vault Secrets User"_s, QString(own + u"/secrets/DB-Password"_s), true, false);
    row("at the resource group", u"Key Vault Secrets User"_s, u"/subscriptions/s/resourceGroups/g"_s, true, false);
    row("at another vault", u"Key Vault Secrets User"_s, u"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-other"_s, false, false);
    row("at another secret", u"Key Vault Secrets User"_s, u"/secrets/queue-key"_s, false, false);
    row("reader sees no values", u"Key Vault Reader"_s, u"/"_s, false, false);
    row("owner reads nothing", u"Owner"_s, u"/"_s, false, false);
    row("contributor reads nothing", u"Contributor"_s, u"/"_s, false, false);
    row("vault contributor reads nothing", u"Key Vault Contributor"_s, u"/"_s, false, false);
}

void TestKeyVault::rolesDecide()
{
    QFETCH(QString, role);
    QFETCH(QString, scope);
    QFETCH(bool, reads);
    QFETCH(bool, writes);
    const setup::Setup setup = assigned(R"([{"principal":"web-api","role":)" + json::quoted(role) + ",\"scope\":" + json::quoted(scope) + "}]");
    const auto may = [&](trust::VaultAction action) {
        return decide(setup, bearer(), Kind::Enabled, {action, u"db-password"_s, {}}).decision == base::Decision::Accept;
    };
    QCOMPARE(may(trust::VaultAction::GetSecret), reads);
    QCOMPARE(may(trust::VaultAction::SetSecret), writes);
    QCOMPARE(may(trust::VaultAction::UpdateSecret), writes);
}

void TestKeyVault::calls_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<trust::VaultAction>("action");
    QTest::addColumn<QString>("version");
    using enum trust::VaultAction;
    QTest::newRow("current") << "GET"_ba << "/secrets/db-password"_ba << GetSecret << QString();
    QTest::newRow("empty version, as the client sends it") << "GET"_ba << "/secrets/db-password/"_ba << GetSecret << QString();
    QTest::newRow("version") << "GET"_ba << "/secrets/db-password/0123456789abcdef0123456789abcdef"_ba << GetSecret << u"0123456789abcdef0123456789abcdef"_s;
    QTest::newRow("versions") << "GET"_ba << "/secrets/db-password/versions"_ba << ListVersions << QString();
    QTest::newRow("all") << "GET"_ba << "/secrets"_ba << ListSecrets << QString();
    QTest::newRow("set") << "PUT"_ba << "/secrets/db-password"_ba << SetSecret << QString();
    QTest::newRow("update") << "PATCH"_ba << "/secrets/db-password/0123456789abcdef0123456789abcdef"_ba << UpdateSecret << u"0123456789abcdef0123456789abcdef"_s;
    QTest::newRow("delete") << "DELETE"_ba << "/secrets/db-password"_ba << DeleteSecret << QString();
    QTest::newRow("keys are not secrets") << "GET"_ba << "/keys/k1"_ba << Unknown << QString();
    QTest::newRow("too deep") << "GET"_ba << "/secrets/a/b/c"_ba << Unknown << QString();
}

void TestKeyVault::calls()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(trust::VaultAction, action);
    QFETCH(QString, version);
    const trust::VaultCall call = trust::vaultCall(method, path);
    QCOMPARE(call.action, action);
    QCOMPARE(call.version, version);
}

void TestKeyVault::predictionLeavesOpenWhatOnlyTheVaultKnows()
{
    const trust::VaultCall unlisted {trust::VaultAction::GetSecret, u"another"_s, {}};
    QCOMPARE(trust::stateInSetup(vaultOf(withVault()), unlisted).kind, Kind::Unknown);
    QCOMPARE(trust::stateInSetup(vaultOf(withVault()), readPassword).kind, Kind::Enabled);
    const trust::VaultCall old {trust::VaultAction::GetSecret, u"db-password"_s, u"fedcba9876543210fedcba9876543210"_s};
    QCOMPARE(trust::stateInSetup(vaultOf(withVault()), old).kind, Kind::Disabled);
    const auto open = decide(withVault(), bearer(), Kind::Unknown, readPassword, world::keysOnly());
    QCOMPARE(open.decision, base::Decision::NotEvaluated);
    QCOMPARE(world::find(open, u"secret.exists"_s)->outcome, base::Outcome::NotEvaluated);
    const auto roleless = decide(assigned("[]"), bearer(), Kind::Enabled, readPassword, world::keysOnly());
    QCOMPARE(world::find(roleless, u"role"_s)->outcome, base::Outcome::NotEvaluated);
    const auto custom = decide(assigned(R"([{"principal":"web-api","role":"Our Own Reader","scope":"/"}])"), bearer());
    QCOMPARE(world::find(custom, u"role"_s)->outcome, base::Outcome::NotEvaluated);
    QVERIFY(world::find(custom, u"role"_s)->relation.contains("Our Own Reader"_L1));
}

void TestKeyVault::expiredIsReadAllTheSame() // Microsoft: about Key Vault secrets, date-time controlled operations
{
    const auto verdict = trust::decideVault(withVault(), vaultOf(withVault()), readPassword, {Kind::Enabled, world::at(-60)}, bearer(), world::all(), world::at());
    QVERIFY2(verdict.decision == base::Decision::Accept, world::described(verdict));
    QCOMPARE(world::find(verdict, u"secret.expiry"_s)->outcome, base::Outcome::Warning);
}

void TestKeyVault::fixPointsAtTheHalfThatIsWrong()
{
    const auto fixOf = [](const QByteArray& assignments) {
        const auto verdict = decide(assigned(assignments), bearer());
        const base::Check* check = world::find(verdict, u"role"_s);
        return QString(check->fixPointer.section(u'/', 3) + u' ' + check->fixValue);
    };
    QCOMPARE(fixOf(R"([{"principal":"web-api","role":"Key Vault Secrets User","scope":"/secrets/other"}])"), u"roleAssignments/0/scope /secrets/db-password"_s);
    QCOMPARE(fixOf(R"([{"principal":"web-api","role":"Contributor","scope":"/"}])"), u"roleAssignments/0/role Key Vault Secrets User"_s);
    QCOMPARE(fixOf(R"([{"principal":"agent","role":"Key Vault Secrets User","scope":"/"}])"), u"roleAssignments/- "_s);
}

void TestKeyVault::tenantOfTheVaultGoesFirst()
{
    const setup::Setup moved = setup::edited(withVault(), QString(vaultOf(withVault()).pointer + u"/settings/tenantId"_s), json::quoted(QString::fromLatin1(world::otherTenantId))).value();
    QCOMPARE(trust::authorityOf(moved, vaultOf(moved)), u"https://login.microsoftonline.com/7b3a1d2f-2222-4333-8444-123456789abc"_s);
    const auto verdict = decide(moved, bearer());
    QCOMPARE(verdict.refusal->code, u"AKV10032"_s);
    QCOMPARE(world::find(verdict, u"issuer"_s)->fixPointer.section(u'/', 3), u"settings/tenantId"_s);
}

QTEST_GUILESS_MAIN(TestKeyVault)
#include "tst_keyvault.moc"
