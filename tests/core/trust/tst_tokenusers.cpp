// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenendpoint.h"

#include <QTest>

using namespace Qt::StringLiterals;
using trust::TokenDecision;

namespace {

trust::CodeGrant codeGrant()
{
    // RFC 7636 appendix B
    return {.clientId = QString::fromLatin1(world::publicClient), .redirectUri = u"http://127.0.0.1:51873/callback"_s,
            .challenge = u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s, .userObjectId = QString::fromLatin1(world::alice),
            .tenantId = QString::fromLatin1(world::tenantId), .scopes = {u"openid"_s, u"offline_access"_s, u"api://lab-web-api/access_as_user"_s},
            .nonce = u"n"_s, .expires = world::at(60)};
}

trust::Knowledge knowing(const trust::CodeGrant& grant)
{
    trust::Knowledge out = world::all();
    out.code = [grant](QByteArrayView code) { return code == "the-code" ? std::optional(grant) : std::nullopt; };
    return out;
}

} // namespace

/// The token endpoint where a user stands behind the request: codes, refresh, on behalf of, consent.
class TestTokenUsers : public QObject
{
    Q_OBJECT

private slots:
    void onBehalfOf_data();
    void onBehalfOf();
    void agentOnBehalfOf();
    void codes_data();
    void codes();
    void codeScopes();
    void refresh_data();
    void refresh();
    void grantsWhatWasAsked();
    void otherTokenTypesAreLeftOpen();
    void defaultScopeOfNothingNeedsConsent();
    void defaultScopeIsWrittenOut_data();
    void defaultScopeIsWrittenOut();
};

void TestTokenUsers::onBehalfOf_data()
{
    columns();
    const auto row = [](const char* name, const http::Form& form, const char* code, const char* error) {
        QTest::newRow(name) << form << QString::fromLatin1(code) << QString::fromLatin1(error);
    };
    using world::with;
    const QJsonObject user = world::userClaims(QString::fromLatin1(world::webApi));
    // entra.md 3.1, 3.2
    row("accepted", oboForm(), "", "");
    row("version 1 token with the URI", oboForm(with(user, {{u"iss"_s, world::v1Issuer()}, {u"aud"_s, u"api://lab-web-api"_s}, {u"ver"_s, u"1.0"_s}})), "", "");
    row("for another application", oboForm(world::userClaims(QString::fromLatin1(world::blueprint))), "500131", "invalid_grant");
    row("for Graph", oboForm(world::userClaims(u"https://graph.microsoft.com"_s)), "500131", "invalid_grant");
    row("app-only", oboForm(world::appClaims(QString::fromLatin1(world::webApi), world::publicClient)), "7000113", "invalid_grant");
    row("id token", oboForm(with(user, {{u"scp"_s, QJsonValue()}, {u"azp"_s, QJsonValue()}, {u"idtyp"_s, QJsonValue()}, {u"nonce"_s, u"n"_s}})), "240002", "invalid_grant");
    row("ended", oboForm(with(user, {{u"exp"_s, world::now - 301}})), "500133", "invalid_grant");
    row("foreign signature", oboForm(user, world::strangerKey()), "50013", "invalid_grant");
    row("foreign issuer", oboForm(with(user, {{u"iss"_s, u"https://x.example/v2.0"_s}})), "50013", "invalid_grant");
    row("issuer of another tenant", oboForm(with(user, {{u"iss"_s, world::setup().tenants[1].issuerV2()}})), "50013", "invalid_grant");
    row("no assertion", with(oboForm(), {{"assertion", {}}}), "900144", "invalid_request");
    row("no token use", with(oboForm(), {{"requested_token_use", {}}}), "900144", "invalid_request");
    row("another token use", with(oboForm(), {{"requested_token_use", "x"}}), "9002313", "invalid_request");
    row("no scope", with(oboForm(), {{"scope", {}}}), "900144", "invalid_request");
    row("unknown scope", with(oboForm(), {{"scope", "https://graph.microsoft.com/Mail.Read"}}), "70011", "invalid_scope");
    row("no consent", with(oboForm(), {{"scope", "https://vault.azure.net/user_impersonation"}}), "65001", "invalid_grant");
    row("no permission at all", with(oboForm(), {{"scope", "api://b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52/access_agent"}}), "65001", "invalid_grant");
    row("default scope", with(oboForm(), {{"scope", "https://graph.microsoft.com/.default offline_access"}}), "", "");
    row("bare Graph scope", with(oboForm(), {{"scope", "User.Read"}}), "", "");
    row("no credential", with(oboForm(), {{"client_secret", {}}}), "7000218", "invalid_client");
    row("by the blueprint itself", with(oboForm(world::userClaims(QString::fromLatin1(world::blueprint))), {{"client_id", world::blueprint}}), "82002", "unauthorized_client");
    row("garbage", with(oboForm(), {{"assertion", "garbage"}}), "50027", "invalid_request");
}

void TestTokenUsers::onBehalfOf()
{
    QFETCH(http::Form, form);
    QFETCH(QString, code);
    QFETCH(QString, error);
    const TokenDecision decision = decide(form);
    judge(decision, code, error);
    if (code == u"65001")
        QCOMPARE(decision.verdict.refusal->suberror, u"consent_required"_s);
    if (code.isEmpty())
        QCOMPARE(decision.userObjectId, QString::fromLatin1(world::alice));
}

/// entra.md 7.3: the user's token is for the blueprint, not for the agent that presents it.
void TestTokenUsers::agentOnBehalfOf()
{
    const auto formFor = [](const char* audience, const QByteArray& scope) {
        return world::with(agentForm(), {{"grant_type", jwtBearer}, {"requested_token_use", "on_behalf_of"}, {"scope", scope},
                                         {"assertion", world::token(world::userClaims(QString::fromLatin1(audience)), world::tenantKey())}});
    };
    const TokenDecision accepted = decide(formFor(world::blueprint, "https://graph.microsoft.com/User.Read"));
    judge(accepted, {}, {});
    QCOMPARE(accepted.scopes, QStringList {u"User.Read"_s});
    QCOMPARE(world::find(accepted.verdict, u"audience"_s)->outcome, base::Outcome::Pass);
    const TokenDecision wrong = decide(formFor(world::agent, "https://graph.microsoft.com/User.Read"));
    judge(wrong, u"500131"_s, u"invalid_grant"_s);
    QCOMPARE(wrong.verdict.decisive()->expected, QString::fromLatin1(world::blueprint));
    // Permissions of the blueprint are inherited (entra.md 7.6).
    const TokenDecision inherited = decide(formFor(world::blueprint, "https://vault.azure.net/user_impersonation"));
    judge(inherited, {}, {});
    QCOMPARE(world::find(inherited.verdict, u"consent"_s)->relation, u"inherited from the blueprint"_s);
}

void TestTokenUsers::codes_data()
{
    columns();
    QTest::addColumn<trust::CodeGrant>("grant");
    const auto row = [](const char* name, const http::Form& form, const char* code, const char* error, const trust::CodeGrant& grant = codeGrant()) {
        QTest::newRow(name) << form << QString::fromLatin1(code) << QString::fromLatin1(error) << grant;
    };
    const auto changed = [](auto change) {
        trust::CodeGrant out = codeGrant();
        change(out);
        return out;
    };
    using world::with;
    // entra.md 2.2, 2.3, 10
    row("accepted", codeForm(), "", "");
    row("unknown code", with(codeForm(), {{"code", "x"}}), "70000", "invalid_grant");
    row("no code", with(codeForm(), {{"code", {}}}), "900144", "invalid_request");
    row("no redirect URI", with(codeForm(), {{"redirect_uri", {}}}), "900144", "invalid_request");
    row("spent", codeForm(), "54005", "invalid_grant", changed([](auto& g) { g.spent = true; }));
    row("expired", codeForm(), "70008", "invalid_grant", changed([](auto& g) { g.expires = world::at(-1); }));
    row("of another client", codeForm(), "70000", "invalid_grant", changed([](auto& g) { g.clientId = QString::fromLatin1(world::webApi); }));
    row("of another tenant", codeForm(), "700005", "invalid_grant", changed([](auto& g) { g.tenantId = QString::fromLatin1(world::otherTenantId); }));
    row("other port", with(codeForm(), {{"redirect_uri", "http://127.0.0.1:51874/callback"}}), "50011", "invalid_grant");
    row("other path", with(codeForm(), {{"redirect_uri", "http://127.0.0.1:51873/callback/"}}), "50011", "invalid_grant");
    row("wrong verifier", with(codeForm(), {{"code_verifier", QByteArray(43, 'a')}}), "501481", "invalid_grant");
    row("short verifier", with(codeForm(), {{"code_verifier", "abc"}}), "501481", "invalid_grant");
    row("no verifier", with(codeForm(), {{"code_verifier", {}}}), "501481", "invalid_grant");
    row("the challenge as verifier", with(codeForm(), {{"code_verifier", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}}), "501481", "invalid_grant");
    row("verifier that was not announced", codeForm(), "501481", "invalid_grant", changed([](auto& g) { g.challenge.clear(); }));
    row("no PKCE at all", with(codeForm(), {{"code_verifier", {}}}), "", "", changed([](auto& g) { g.challenge.clear(); }));
    row("credential of a public client", with(codeForm(), {{"client_secret", "x"}}), "700025", "invalid_client");
    row("other scope of another resource", with(codeForm(), {{"scope", "https://vault.azure.net/user_impersonation"}}), "65001", "invalid_grant");
    row("resource parameter", with(codeForm(), {{"resource", "api://lab-web-api"}}), "", "");
    row("resource parameter of another", with(codeForm(), {{"resource", "https://vault.azure.net"}}), "901002", "invalid_request");
}

void TestTokenUsers::codes()
{
    QFETCH(http::Form, form);
    QFETCH(QString, code);
    QFETCH(QString, error);
    QFETCH(trust::CodeGrant, grant);
    judge(decide(form, QString::fromLatin1(world::tenantId), {}, knowing(grant)), code, error);
}

void TestTokenUsers::codeScopes()
{
    const TokenDecision whole = decide(codeForm(), QString::fromLatin1(world::tenantId), {}, knowing(codeGrant()));
    QVERIFY(whole.openid && whole.offline);
    QCOMPARE(whole.resource->name, u"web-api"_s);
    QCOMPARE(whole.scopes, QStringList {u"access_as_user"_s});
    QCOMPARE(whole.userObjectId, QString::fromLatin1(world::alice));
    QCOMPARE(whole.grant, trust::Grant::AuthorizationCode);
    trust::CodeGrant several = codeGrant();
    several.scopes += u"https://graph.microsoft.com/User.Read"_s;
    const TokenDecision first = decide(codeForm(), QString::fromLatin1(world::tenantId), {}, knowing(several));
    judge(first, {}, {});
    QCOMPARE(first.resource->name, u"web-api"_s);
    const TokenDecision second = decide(world::with(codeForm(), {{"scope", "User.Read"}}), QString::fromLatin1(world::tenantId), {}, knowing(several));
    judge(second, {}, {});
    QCOMPARE(second.resource->name, u"graph"_s);
    trust::CodeGrant signIn = codeGrant();
    signIn.scopes = {u"openid"_s};
    const TokenDecision bare = decide(codeForm(), u"common"_s, {}, knowing(signIn));
    judge(bare, {}, {});
    QVERIFY(!bare.resource && bare.openid && !bare.offline);
}

void TestTokenUsers::refresh_data()
{
    columns();
    QTest::addColumn<trust::RefreshGrant>("grant");
    const http::Form form = world::form({{"grant_type", "refresh_token"}, {"client_id", world::publicClient}, {"refresh_token", "the-token"}});
    const trust::RefreshGrant grant {.clientId = QString::fromLatin1(world::publicClient), .userObjectId = QString::fromLatin1(world::alice),
        .tenantId = QString::fromLatin1(world::tenantId), .scopes = {u"openid"_s, u"offline_access"_s, u"api://lab-web-api/access_as_user"_s}, .expires = world::at(60)};
    const auto row = [&](const char* name, const http::Form& f, const char* code, const char* error, auto change) {
        trust::RefreshGrant g = grant;
        change(g);
        QTest::newRow(name) << f << QString::fromLatin1(code) << QString::fromLatin1(error) << g;
    };
    const auto same = [](trust::RefreshGrant&) {};
    using world::with;
    // entra.md 2.2 and 10
    row("accepted", form, "", "", same);
    row("another resource, granted beforehand", with(form, {{"scope", "api://b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52/access_agent"}}), "", "", same);
    row("another resource, no consent", with(form, {{"scope", "https://vault.azure.net/user_impersonation"}}), "65001", "invalid_grant", same);
    row("unknown", with(form, {{"refresh_token", "x"}}), "70000", "invalid_grant", same);
    row("missing", with(form, {{"refresh_token", {}}}), "900144", "invalid_request", same);
    row("of another client", form, "70000", "invalid_grant", [](auto& g) { g.clientId = QString::fromLatin1(world::webApi); });
    row("of another tenant", form, "70000", "invalid_grant", [](auto& g) { g.tenantId = QString::fromLatin1(world::otherTenantId); });
    row("revoked", form, "50173", "invalid_grant", [](auto& g) { g.revoked = true; });
    row("expired", form, "700082", "invalid_grant", [](auto& g) { g.expires = world::at(-1); });
    row("unknown resource", with(form, {{"scope", "api://nobody/x"}}), "500011", "invalid_resource", same);
}

void TestTokenUsers::refresh()
{
    QFETCH(http::Form, form);
    QFETCH(QString, code);
    QFETCH(QString, error);
    QFETCH(trust::RefreshGrant, grant);
    trust::Knowledge knowledge = world::all();
    knowledge.refresh = [grant](QByteArrayView token) { return token == "the-token" ? std::optional(grant) : std::nullopt; };
    const TokenDecision decision = decide(form, QString::fromLatin1(world::tenantId), {}, knowledge);
    judge(decision, code, error);
    if (code.isEmpty())
        QVERIFY(decision.offline && decision.userObjectId == QString::fromLatin1(world::alice));
}

void TestTokenUsers::grantsWhatWasAsked()
{
    const TokenDecision app = decide(appForm());
    QCOMPARE(app.grant, trust::Grant::ClientCredentials);
    QCOMPARE(app.authentication, trust::ClientAuthentication::Secret);
    QCOMPARE(app.tenant, world::setup().home());
    QCOMPARE(app.client->name, u"web-api"_s);
    QCOMPARE(app.resource->name, u"graph"_s);
    QCOMPARE(app.resourceAsked, u"https://graph.microsoft.com"_s);
    QCOMPARE(app.scopes, QStringList {u".default"_s});
    QVERIFY(app.userObjectId.isEmpty() && !app.parent && !app.code);
    QCOMPARE(app.verdict.contract, u"secret"_s);
    const TokenDecision federated = decide(world::with(appForm(), {{"client_secret", {}}, {"client_assertion_type", assertionType},
        {"client_assertion", world::token(world::managedIdentityClaims(), world::tenantKey())}}));
    QCOMPARE(federated.authentication, trust::ClientAuthentication::Federated);
    QCOMPARE(federated.assertedIdentity->name, u"uami"_s);
    QCOMPARE(federated.verdict.contract, u"uami"_s);
}

/// entra.md 3.1: SAML assertions, which are not made here. A JWT in their place would be another answer than Entra's.
void TestTokenUsers::otherTokenTypesAreLeftOpen()
{
    const http::Form form = world::with(oboForm(), {{"requested_token_type", "urn:ietf:params:oauth:token-type:saml2"}});
    const base::Verdict verdict = decide(form).verdict;
    QCOMPARE(verdict.decision, base::Decision::NotEvaluated);
    QVERIFY2(world::find(verdict, u"requested_token_type"_s)->relation.contains(u"SAML"_s), world::described(verdict));
}

void TestTokenUsers::defaultScopeOfNothingNeedsConsent()
{
    const http::Form form = world::with(oboForm(), {{"scope", graphDefault}});
    judge(decide(form), {}, {});
    const setup::Setup emptied = world::changed(u"/apps/1/permissions/0/scopes", "[]");
    judge(decide(form, QString::fromLatin1(world::tenantId), {}, world::all(), emptied), u"65001"_s, u"invalid_grant"_s);
}

void TestTokenUsers::defaultScopeIsWrittenOut_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<http::Form>("form");
    QTest::addColumn<QString>("scopes"); // empty: no consent
    const auto row = [](const char* name, const QString& pointer, const QByteArray& json, const http::Form& form, const char* scopes) {
        QTest::newRow(name) << pointer << json << form << QString::fromLatin1(scopes);
    };
    const http::Form obo = world::with(oboForm(), {{"scope", "https://graph.microsoft.com/.default offline_access"}});
    const http::Form agent = world::with(agentForm(), {{"grant_type", jwtBearer}, {"requested_token_use", "on_behalf_of"}, {"scope", graphDefault},
        {"assertion", world::token(world::userClaims(QString::fromLatin1(world::blueprint)), world::tenantKey())}});
    const http::Form agentVault = world::with(agent, {{"scope", "https://vault.azure.net/.default"}});
    // entra.md 2.5: "all statically configured permissions"; 7.6: an agent inherits its blueprint's
    row("what the administrator granted", {}, {}, obo, "User.Read");
    row("all of it", u"/apps/1/permissions/0/scopes"_s, R"(["User.Read", "Mail.Read"])", obo, "User.Read Mail.Read");
    row("not what a user would be asked for", u"/apps/1/permissions/-"_s, R"({"resource": "graph", "scopes": ["Mail.Read"], "consent": "user"})", obo, "User.Read");
    row("what a user was not asked for", u"/apps/1/permissions/0/consent"_s, "\"user\"", obo, "");
    row("what was refused", u"/apps/1/permissions/0/consent"_s, "\"none\"", obo, "");
    row("an agent's own", {}, {}, agent, "User.Read");
    row("the blueprint's", {}, {}, agentVault, "user_impersonation");
    row("both", u"/apps/2/permissions/-"_s, R"({"resource": "graph", "scopes": ["Mail.Read"], "consent": "admin"})", agent, "User.Read Mail.Read");
    row("another name stays as it is", {}, {}, oboForm(), "User.Read");
}

void TestTokenUsers::defaultScopeIsWrittenOut()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, json);
    QFETCH(http::Form, form);
    QFETCH(QString, scopes);
    const setup::Setup setup = pointer.isEmpty() ? world::setup() : *setup::edited(world::setup(), pointer, json);
    const TokenDecision decision = decide(form, QString::fromLatin1(world::tenantId), {}, world::all(), setup);
    judge(decision, scopes.isEmpty() ? u"65001"_s : QString(), u"invalid_grant"_s);
    if (!scopes.isEmpty())
        QCOMPARE(decision.scopes.join(u' '), scopes);
}

QTEST_GUILESS_MAIN(TestTokenUsers)
#include "tst_tokenusers.moc"
