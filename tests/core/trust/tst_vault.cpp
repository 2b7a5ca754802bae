// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/evaluate.h"
#include "core/trust/keyvault.h"

#include <QTest>

using namespace Qt::StringLiterals;
using trust::VaultAction;
using Kind = trust::VaultSecretState::Kind;

namespace {

constexpr auto vaultUri = "https://vault.azure.net";
constexpr auto older = "11111111111111111111111111111111";
constexpr auto newer = "22222222222222222222222222222222";

const setup::Setup& withVault()
{
    static const setup::Setup setup = world::changed(u"/targets/-", world::file("vault.json").constData());
    return setup;
}

setup::Setup edited(const QString& member, const QByteArray& json)
{
    auto out = setup::edited(withVault(), QString(withVault().targets.back().pointer + member), json);
    if (!out)
        qFatal("edit: %s", qPrintable(out.error().text));
    return *out;
}

/// The tenant's keys hold for every tenant of the cloud, as Microsoft publishes them.
trust::Knowledge knowing()
{
    trust::Knowledge out = world::all();
    out.keys = [known = out.keys](const QString& issuer) {
        return known(issuer.contains(QString::fromLatin1(world::otherTenantId)) ? world::v2Issuer() : issuer);
    };
    return out;
}

QByteArray bearer(const QJsonObject& claims, const jose::Key& key = world::tenantKey())
{
    return "Bearer " + world::token(claims, key);
}

/// A token for the vault, of an app of the setup, or of the managed identity, or of Alice.
QJsonObject claimsOf(const QString& who)
{
    const QString audience = QString::fromLatin1(vaultUri);
    if (who == "uami"_L1)
        return world::with(world::managedIdentityClaims(), {{u"aud"_s, audience}});
    if (who == "system"_L1)
        return world::with(world::managedIdentityClaims(), {{u"aud"_s, audience}, {u"oid"_s, QString::fromLatin1(world::systemObject)}});
    if (who == "alice"_L1)
        return world::userClaims(audience);
    const setup::App* app = world::setup().app(who);
    return world::appClaims(audience, app ? app->clientId.toLatin1().constData() : "00000000-0000-4000-8000-000000000009");
}

base::Verdict decide(const setup::Setup& setup, const trust::VaultCall& call, const trust::VaultSecretState& state,
    const QByteArray& authorization, const trust::Knowledge& knowledge = knowing())
{
    return trust::decideVault(setup, setup.targets.back(), call, state, authorization, knowledge, world::at());
}

trust::VaultCall get(const char* secret, const char* version = "")
{
    return {VaultAction::GetSecret, QString::fromLatin1(secret), QString::fromLatin1(version)};
}

} // namespace

/// Key Vault: what the vault compares of a token, a role and a secret, and what it answers.
class TestVault : public QObject
{
    Q_OBJECT

private slots:
    void tokens_data();
    void tokens();
    void decisions_data();
    void decisions();
    void states_data();
    void states();
    void leavesOpen_data();
    void leavesOpen();
    void pointsAt_data();
    void pointsAt();
    void tenantOfVault();
};

void TestVault::tokens_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("near"); // of the check that decides
    const auto row = [](const char* name, const QByteArray& authorization, const char* failing, const char* code, const char* near = "") {
        QTest::newRow(name) << authorization << QString::fromLatin1(failing) << QString::fromLatin1(code) << QString::fromLatin1(near);
    };
    const QJsonObject good = claimsOf(u"uami"_s);
    const auto changed = [&](const char16_t* claim, const QJsonValue& value) { return bearer(world::with(good, {{QString::fromUtf16(claim), value}})); };
    row("accepted", bearer(good), "", "");
    // Microsoft: Azure Key Vault REST authentication; recorded challenge, azure-sdk-for-js 24756: AKV10000
    row("no header", {}, "authorization", "AKV10000");
    row("another scheme", "Basic " + world::token(good, world::tenantKey()), "authorization", "AKV10000");
    row("no token", "Bearer ", "authorization", "AKV10000");
    row("scheme in small letters", "bearer " + world::token(good, world::tenantKey()), "", ""); // RFC 9110, 11.1
    // MicrosoftDocs/azure-docs 75410: AKV10022 Invalid audience, "Expected https://vault.azure.net, found: ..."
    row("for Azure's management", changed(u"aud", u"https://management.azure.com/"_s), "audience", "AKV10022");
    row("for Graph", changed(u"aud", u"https://graph.microsoft.com"_s), "audience", "AKV10022");
    row("for the exchange", changed(u"aud", QString::fromLatin1(world::exchangeGuid)), "audience", "AKV10022");
    row("for another cloud's vaults", changed(u"aud", u"https://vault.azure.cn"_s), "audience", "AKV10022", "cloudVariant");
    row("with a slash", changed(u"aud", u"https://vault.azure.net/"_s), "audience", "AKV10022", "trailingSlash");
    row("other case", changed(u"aud", u"https://Vault.azure.net"_s), "audience", "AKV10022", "case");
    row("for the vault itself", changed(u"aud", u"https://kv-lab.vault.azure.net"_s), "audience", "AKV10022");
    row("no audience", changed(u"aud", QJsonValue()), "audience", "AKV10022");
    // Microsoft: access token claims, aud: the GUID of the resource in a v2.0 token
    row("by the first-party app's id", changed(u"aud", u"cfa8b339-82a2-471a-a3c9-0fc0be7a4093"_s), "", "");
    // Azure-Samples/azuresandbox 188: AKV10032 Invalid issuer
    row("another tenant's", changed(u"iss", world::v2Issuer().replace(QString::fromLatin1(world::tenantId), QString::fromLatin1(world::otherTenantId))),
        "issuer", "AKV10032", "wrongTenant");
    row("v1.0 issuer", changed(u"iss", world::v1Issuer()), "", "");
    row("v1.0 issuer without its slash", changed(u"iss", world::v1Issuer().chopped(1)), "issuer signature", "AKV10032", "trailingSlash");
    // Azure-Samples/azuresandbox 188: AKV10046 Unable to resolve the key
    row("a foreign key", bearer(good, world::strangerKey()), "signature", "AKV10046");
    // RFC 7519, 4.1.4 and 4.1.5: times, with the five minutes that Microsoft's libraries allow
    row("ended", changed(u"exp", world::now - 3600), "lifetime.exp", "");
    row("ended, within the leeway", changed(u"exp", world::now - 240), "", "");
    row("not begun", changed(u"nbf", world::now + 3600), "lifetime.nbf", "", "clockSkew");
    row("no JWT", "Bearer opaque", "form issuer audience signature lifetime.exp role", "");
}

void TestVault::tokens()
{
    QFETCH(QByteArray, authorization);
    QFETCH(QString, failing);
    QFETCH(QString, code);
    QFETCH(QString, near);
    const auto verdict = decide(withVault(), get("db-password"), {Kind::Enabled}, authorization);
    QVERIFY2(world::failing(verdict) == failing, world::described(verdict));
    if (failing.isEmpty()) {
        QVERIFY2(verdict.decision == base::Decision::Accept, world::described(verdict));
        return;
    }
    QCOMPARE(verdict.refusal->status, 401);
    QCOMPARE(verdict.refusal->error, u"Unauthorized"_s);
    QCOMPARE(verdict.refusal->code, code);
    QCOMPARE(verdict.confidence, code.isEmpty() ? base::Confidence::Likely : base::Confidence::Certain); // no AKV number is published for these
    const auto& nearMiss = verdict.decisive()->near;
    QCOMPARE(nearMiss ? base::nearName(nearMiss->kind) : QString(), near);
    QVERIFY(!verdict.decisive()->fix.isEmpty());
}

void TestVault::decisions_data()
{
    QTest::addColumn<QString>("who");
    QTest::addColumn<trust::VaultCall>("call");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, const char* who, const trust::VaultCall& call, Kind kind, const char* failing = "", int status = 200,
                         const char* code = "") {
        QTest::newRow(name) << QString::fromLatin1(who) << call << int(kind) << QString::fromLatin1(failing) << status << QString::fromLatin1(code);
    };
    const auto about = [](VaultAction action, const char* secret = "db-password") { return trust::VaultCall {action, QString::fromLatin1(secret), {}}; };
    // Microsoft: Azure RBAC guide for Key Vault: a role at the scope of one secret
    row("its secret", "web-api", get("db-password"), Kind::Enabled);
    row("a version of it", "web-api", get("db-password", older), Kind::Enabled);
    row("the secret beside it", "web-api", get("stale"), Kind::Enabled, "role", 403, "ForbiddenByRbac");
    row("its versions", "web-api", about(VaultAction::ListVersions), Kind::Enabled);
    row("the vault's list", "web-api", about(VaultAction::ListSecrets, ""), Kind::Unknown, "role", 403, "ForbiddenByRbac");
    row("writing with Secrets User", "web-api", about(VaultAction::SetSecret), Kind::Enabled, "role", 403, "ForbiddenByRbac");
    row("disabling with Secrets User", "web-api", about(VaultAction::UpdateSecret), Kind::Enabled, "role", 403, "ForbiddenByRbac");
    // Azure built-in roles: Key Vault Reader sees no value, Owner sees nothing
    row("Reader reads", "agent", get("db-password"), Kind::Enabled, "role", 403, "ForbiddenByRbac");
    row("Reader lists", "agent", about(VaultAction::ListSecrets, ""), Kind::Unknown);
    row("Owner reads", "alice", get("db-password"), Kind::Enabled, "role", 403, "ForbiddenByRbac");
    row("no role", "system", get("db-password"), Kind::Enabled, "role", 403, "ForbiddenByRbac");
    row("nobody of the setup", "stranger", get("db-password"), Kind::Enabled, "role", 403, "ForbiddenByRbac");
    // Key Vault REST error codes: SecretNotFound, SecretDisabled (downstream.md 6.2)
    row("not there", "uami", get("no-such"), Kind::Absent, "secret.exists", 404, "SecretNotFound");
    row("not there, and no role to know it", "system", get("no-such"), Kind::Absent, "role secret.exists", 403, "ForbiddenByRbac");
    row("disabled", "uami", get("retired"), Kind::Disabled, "secret.enabled", 403, "SecretDisabled");
    row("disabled, and no role", "system", get("retired"), Kind::Disabled, "role secret.enabled", 403, "ForbiddenByRbac");
    // Update Secret: attributes of a disabled version can be changed, that is how it comes back; its versions can be listed
    row("enabling a disabled one", "uami", about(VaultAction::UpdateSecret, "retired"), Kind::Disabled);
    row("versions of a disabled one", "uami", about(VaultAction::ListVersions, "retired"), Kind::Disabled);
    row("deleting a disabled one", "uami", about(VaultAction::DeleteSecret, "retired"), Kind::Disabled);
    row("a new secret", "uami", about(VaultAction::SetSecret, "fresh"), Kind::Absent);
    row("updating what is not there", "uami", about(VaultAction::UpdateSecret, "no-such"), Kind::Absent, "secret.exists", 404, "SecretNotFound");
    // Microsoft: Key Vault soft-delete overview: what is deleted can be shown, recovered and purged until its end
    row("deleted, read", "uami", get("gone"), Kind::Absent, "secret.exists", 404, "SecretNotFound");
    row("deleted, shown", "uami", about(VaultAction::GetDeleted, "gone"), Kind::Enabled);
    row("recovered", "uami", about(VaultAction::RecoverSecret, "gone"), Kind::Enabled);
    row("purged", "uami", about(VaultAction::PurgeSecret, "gone"), Kind::Enabled);
    row("purging what was never deleted", "uami", about(VaultAction::PurgeSecret), Kind::Absent, "secret.exists", 404, "SecretNotFound");
    row("recovering with Reader", "agent", about(VaultAction::RecoverSecret, "gone"), Kind::Enabled, "role", 403, "ForbiddenByRbac");
    row("Reader lists the deleted", "agent", about(VaultAction::ListDeleted, ""), Kind::Unknown);
    row("a path that the lab's vault has not", "uami", {}, Kind::Unknown, "path", 404, "");
}

void TestVault::decisions()
{
    QFETCH(QString, who);
    QFETCH(trust::VaultCall, call);
    QFETCH(int, kind);
    QFETCH(QString, failing);
    QFETCH(int, status);
    QFETCH(QString, code);
    const auto verdict = decide(withVault(), call, {Kind(kind)}, bearer(claimsOf(who)));
    QVERIFY2(world::failing(verdict) == failing, world::described(verdict));
    QVERIFY2(verdict.decision == (failing.isEmpty() ? base::Decision::Accept : base::Decision::Refuse), world::described(verdict));
    QCOMPARE(verdict.refusal ? verdict.refusal->status : 200, status);
    QCOMPARE(verdict.refusal ? verdict.refusal->code : QString(), code);
    // Not to be told from a typing mistake by whoever may not look: the decisive one comes first.
    if (failing.startsWith("role"_L1))
        QCOMPARE(verdict.decisive()->id, u"role"_s);
}

void TestVault::states_data()
{
    QTest::addColumn<trust::VaultCall>("call");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("ends");
    const auto row = [](const char* name, const trust::VaultCall& call, Kind kind, bool ends = false) { QTest::newRow(name) << call << int(kind) << ends; };
    // Get Secret: without a version the latest one, and a disabled one is not passed over (downstream.md 6.2)
    row("current", get("db-password"), Kind::Enabled);
    row("by version", get("db-password", newer), Kind::Enabled);
    row("an older version, not listed", get("db-password", older), Kind::Unknown);
    row("the latest is disabled", get("rolled"), Kind::Disabled);
    row("a disabled version", get("rolled", "44444444444444444444444444444444"), Kind::Disabled);
    row("another case of the name", get("DB-Password", newer), Kind::Enabled); // names know no case
    row("with an end", get("stale"), Kind::Enabled, true);
    // A setup may list a part of the vault: what it does not list is not absent
    row("not listed", get("no-such"), Kind::Unknown);
    row("version not listed", get("db-password", "99999999999999999999999999999999"), Kind::Unknown);
    // What is listed lives: it says nothing of what soft delete keeps
    row("deleted", {VaultAction::GetDeleted, u"db-password"_s, {}}, Kind::Unknown);
    row("purged", {VaultAction::PurgeSecret, u"db-password"_s, {}}, Kind::Unknown);
    row("recovered", {VaultAction::RecoverSecret, u"db-password"_s, {}}, Kind::Unknown);
}

void TestVault::states()
{
    QFETCH(trust::VaultCall, call);
    QFETCH(int, kind);
    QFETCH(bool, ends);
    const auto state = trust::stateInSetup(withVault().targets.back(), call);
    QCOMPARE(int(state.kind), kind);
    QCOMPARE(state.expires.has_value(), ends);
    if (!ends)
        return;
    // Microsoft: about Key Vault secrets: exp is information, an expired secret can be read
    const auto verdict = decide(withVault(), call, state, bearer(claimsOf(u"uami"_s)));
    QCOMPARE(verdict.decision, base::Decision::Accept);
    QCOMPARE(world::find(verdict, u"secret.expiry"_s)->outcome, base::Outcome::Warning);
}

void TestVault::leavesOpen_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("who");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("open"); // the one check that is not evaluated; empty: the prediction is whole
    const auto row = [](const char* name, const char* member, const char* json, const char* who, const char* path, const char* open) {
        QTest::newRow(name) << QString::fromLatin1(member) << QByteArray(json) << QString::fromLatin1(who) << QByteArray(path) << QString::fromLatin1(open);
    };
    row("all of it is in the setup", "", "", "uami", "/secrets/db-password", "");
    row("the secret is not listed", "", "", "uami", "/secrets/no-such?api-version=2025-07-01", "secret.exists");
    row("a deleted one", "", "", "uami", "/deletedsecrets/db-password", "secret.exists");
    row("keys, not secrets", "", "", "uami", "/keys/signing", "path");
    row("a custom role", "", "", "bare", "/secrets/db-password", "role");
    row("no assignment is listed", "/roleAssignments", "[]", "uami", "/secrets/db-password", "role");
    // Microsoft: Azure RBAC vs. access policies: a vault has one model or the other, and role assignments count in one alone
    row("access policies", "/settings/enableRbacAuthorization", "false", "uami", "/secrets/db-password", "role");
    row("access policies, no role", "/settings/enableRbacAuthorization", "false", "system", "/secrets/db-password", "role");
}

void TestVault::leavesOpen()
{
    QFETCH(QString, member);
    QFETCH(QByteArray, json);
    QFETCH(QString, who);
    QFETCH(QByteArray, path);
    QFETCH(QString, open);
    const setup::Setup setup = member.isEmpty() ? withVault() : edited(member, json);
    http::Request request {.method = "GET", .url = "https://kv-lab.vault.azure.net" + path};
    request.headers.append(http::Header {"Authorization", bearer(claimsOf(who))});
    const auto verdict = trust::evaluate({u"key-vault"_s, setup.targets.back().pointer}, setup, request, world::keysOnly(), world::at());
    QVERIFY(verdict);
    QStringList unknown;
    for (const base::Check& check : verdict->checks)
        if (check.outcome == base::Outcome::NotEvaluated) {
            unknown += check.id;
            QVERIFY(!check.relation.isEmpty());
        }
    QVERIFY2(unknown.join(u' ') == open && world::failing(*verdict).isEmpty(), world::described(*verdict));
    QCOMPARE(verdict->decision, open.isEmpty() ? base::Decision::Accept : base::Decision::NotEvaluated);
}

void TestVault::pointsAt_data()
{
    QTest::addColumn<QString>("who");
    QTest::addColumn<trust::VaultCall>("call");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    // Microsoft: Azure RBAC guide for Key Vault: the least role at the least scope
    QTest::newRow("role fits, scope does not") << u"web-api"_s << get("stale") << u"/roleAssignments/0/scope"_s << u"/secrets/stale"_s;
    QTest::newRow("scope fits, role does not") << u"agent"_s << get("db-password") << u"/roleAssignments/2/role"_s << u"Key Vault Secrets User"_s;
    QTest::newRow("scope fits, more is asked") << u"web-api"_s << trust::VaultCall {VaultAction::SetSecret, u"db-password"_s, {}}
                                               << u"/roleAssignments/0/role"_s << u"Key Vault Secrets Officer"_s;
    QTest::newRow("nothing there") << u"system"_s << get("db-password") << u"/roleAssignments/-"_s << QString();
}

void TestVault::pointsAt()
{
    QFETCH(QString, who);
    QFETCH(trust::VaultCall, call);
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    const auto verdict = decide(withVault(), call, {Kind::Enabled}, bearer(claimsOf(who)));
    const base::Check* role = world::find(verdict, u"role"_s);
    QVERIFY2(role && role->outcome == base::Outcome::Fail, world::described(verdict));
    QCOMPARE(role->fixPointer, QString(withVault().targets.back().pointer + pointer));
    QCOMPARE(role->fixValue, value);
    if (value.isEmpty())
        return;
    // What is written there mends it.
    const setup::Setup mended = edited(pointer, '"' + value.toUtf8() + '"');
    QCOMPARE(decide(mended, call, {Kind::Enabled}, bearer(claimsOf(who))).decision, base::Decision::Accept);
}

/// The tenant of a vault's resource goes before the home tenant, in the challenge and in the comparison.
void TestVault::tenantOfVault()
{
    const setup::Setup other = edited(u"/settings/tenantId"_s, QByteArray('"' + QByteArray(world::otherTenantId) + '"'));
    QCOMPARE(trust::authorityOf(other, other.targets.back()), u"https://login.microsoftonline.com/"_s + QString::fromLatin1(world::otherTenantId));
    QCOMPARE(trust::authorityOf(withVault(), withVault().targets.back()), u"https://login.microsoftonline.com/"_s + QString::fromLatin1(world::tenantId));
    const auto verdict = decide(other, get("db-password"), {Kind::Enabled}, bearer(claimsOf(u"uami"_s)));
    QCOMPARE(world::failing(verdict), u"issuer"_s);
    QCOMPARE(world::find(verdict, u"issuer"_s)->fixPointer, QString(other.targets.back().pointer + u"/settings/tenantId"_s));
}

QTEST_GUILESS_MAIN(TestVault)
#include "tst_vault.moc"
