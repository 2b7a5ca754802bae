// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpserver.h"

#include "core/trust/evaluate.h"
#include "core/trust/mcp.h"
#include "core/trust/mcpauth.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

} // namespace

/// The authorization server of an MCP server: what it grants on which request. Sources as in tst_mcp.cpp.
class TestMcpAuthorization : public QObject
{
    Q_OBJECT

private slots:
    void authorize_data();
    void authorize();
    void aClientsDocument();
    void token_data();
    void token();
    void assertion_data();
    void assertion();
    void predictionsLeaveOpenWhatOnlyTheServerKnows();
};

void TestMcpAuthorization::authorize_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<bool>("redirects");
    const auto row = [](const char* title, const char* name, const char* value, const char* failing, bool redirects = true) {
        QTest::newRow(title) << QByteArray(name) << QByteArray(value) << QString::fromLatin1(failing) << redirects;
    };
    row("good", "state", "s", "");
    row("unknown client", "client_id", "stranger", "client", false);                 // MCP, client registration
    row("another path", "redirect_uri", "http://127.0.0.1:5/other", "redirect_uri", false); // RFC 6749, 3.1.2.4
    row("any loopback port", "redirect_uri", "http://127.0.0.1:9/callback", "");     // RFC 8252, 7.3
    row("implicit", "response_type", "token", "response_type");
    row("plain PKCE", "code_challenge_method", "plain", "code_challenge");           // MCP, authorization code protection
    row("no PKCE", "code_challenge", nullptr, "code_challenge");
    row("no resource", "resource", nullptr, "resource.parameter");                   // RFC 8707, 2
    row("resource with a slash", "resource", "https://127.0.0.1:8444/mcp/", "resource.parameter");
    row("unknown scope", "scope", "tools.read everything", "scope");                 // RFC 6749, 3.3
    row("offline access", "scope", "tools.read offline_access", "");
}

void TestMcpAuthorization::authorize()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, failing);
    QFETCH(bool, redirects);
    const http::Form asked = world::with(world::form({{"client_id", "known"}, {"redirect_uri", "http://127.0.0.1:5/callback"}, {"response_type", "code"},
        {"code_challenge", challenge}, {"code_challenge_method", "S256"}, {"resource", url}, {"scope", "tools.read"}}), {{name.constData(), value}});
    const auto decision = trust::decideMcpAuthorize(mcpSetup(), QString::fromLatin1(issuer), asked, known());
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    QCOMPARE(decision.redirectTrusted, redirects);
}

/// Nobody but the authorization server fetches the client's document: a prediction leaves it open, and what it says decides.
void TestMcpAuthorization::aClientsDocument()
{
    const QString id = u"https:"_s + u"//app.example/client.json"_s;
    const http::Form asked = world::form({{"client_id", id.toUtf8()}, {"redirect_uri", "http://127.0.0.1:5/callback"}, {"response_type", "code"},
        {"code_challenge", challenge}, {"code_challenge_method", "S256"}, {"resource", url}, {"scope", "tools.read"}});
    const auto predicted = trust::decideMcpAuthorize(mcpSetup(), QString::fromLatin1(issuer), asked, known());
    QCOMPARE(predicted.verdict.decision, base::Decision::NotEvaluated);
    trust::ClientDocument document {.url = id, .status = 200,
        .body = "{\"client_id\":" + json::quoted(id) + ",\"client_name\":\"App\",\"redirect_uris\":[\"http:" "//127.0.0.1/callback\"]}"};
    const auto taken = trust::decideMcpAuthorize(mcpSetup(), QString::fromLatin1(issuer), asked, known(), &document);
    QVERIFY2(taken.verdict.decision == base::Decision::Accept, world::described(taken.verdict));
    QVERIFY(taken.redirectTrusted);
    document.body.replace("client.json", "CLIENT.json");
    const auto other = trust::decideMcpAuthorize(mcpSetup(), QString::fromLatin1(issuer), asked, known(), &document);
    QCOMPARE(world::failing(other.verdict), u"client.document.client_id"_s);
    QCOMPARE(other.verdict.refusal->error, u"invalid_client_metadata"_s);
    QVERIFY(!other.redirectTrusted);
}

void TestMcpAuthorization::token_data()
{
    QTest::addColumn<http::Form>("form");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* title, const http::Form& form, const char* failing, const char* error = "") {
        QTest::newRow(title) << form << QString::fromLatin1(failing) << QString::fromLatin1(error);
    };
    using world::with;
    const http::Form code = world::form({{"grant_type", "authorization_code"}, {"client_id", "known"}, {"code", "good"},
        {"redirect_uri", "http://127.0.0.1:5/callback"}, {"code_verifier", verifier}, {"resource", url}});
    const http::Form refresh = world::form({{"grant_type", "refresh_token"}, {"client_id", "known"}, {"refresh_token", "good"}, {"resource", url}});
    row("code", code, "");
    row("another grant", with(code, {{"grant_type", "password"}}), "grant_type", "unsupported_grant_type"); // RFC 6749, 5.2
    row("unknown client", with(code, {{"client_id", "x"}}), "client", "invalid_client");
    row("client without its secret", with(code, {{"client_id", "registered"}}), "secret code.client", "invalid_client");
    row("unknown code", with(code, {{"code", "x"}}), "code", "invalid_grant");
    row("code of another server", with(code, {{"code", "elsewhere"}}), "code", "invalid_grant");
    row("spent code", with(code, {{"code", "spent"}}), "code.spent", "invalid_grant");                      // RFC 6749, 4.1.2
    row("old code", with(code, {{"code", "old"}}), "code.lifetime", "invalid_grant");
    row("another verifier", with(code, {{"code_verifier", "x"}}), "code_verifier", "invalid_grant");        // RFC 7636, 4.6
    row("another port", with(code, {{"redirect_uri", "http://127.0.0.1:6/callback"}}), "redirect_uri", "invalid_grant"); // RFC 6749, 4.1.3
    row("no resource", with(code, {{"resource", QByteArray()}}), "resource.parameter", "invalid_target");   // MCP, resource parameter
    row("another resource", with(code, {{"resource", "https://x.example"}}), "resource.parameter", "invalid_target");
    row("refresh", refresh, "");
    row("unknown refresh token", with(refresh, {{"refresh_token", "x"}}), "refresh_token", "invalid_grant");
    row("used refresh token", with(refresh, {{"refresh_token", "used"}}), "refresh_token.state", "invalid_grant"); // RFC 9700, 4.14.2
    row("refresh widens", with(refresh, {{"scope", "tools.read tools.write"}}), "scope", "invalid_scope");  // RFC 6749, 6
}

void TestMcpAuthorization::token()
{
    QFETCH(http::Form, form);
    QFETCH(QString, failing);
    QFETCH(QString, error);
    const auto decision = trust::decideMcpToken(mcpSetup(), QString::fromLatin1(issuer), form, {}, known(), world::at());
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    if (!failing.isEmpty())
        QCOMPARE(decision.verdict.refusal->error, error);
    else
        QCOMPARE(decision.resource->url, QString::fromLatin1(url));
}

void TestMcpAuthorization::assertion_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<QString>("typ");
    QTest::addColumn<QString>("failing");
    const auto row = [](const char* title, const QJsonObject& claims, const char* failing, const char* typ = "oauth-id-jag+jwt") {
        QTest::newRow(title) << claims << QString::fromLatin1(typ) << QString::fromLatin1(failing);
    };
    // ID-JAG draft, 4.4.1; RFC 7523, 3
    row("good", {}, "");
    row("an access token's type", {}, "type", "JWT");
    row("token endpoint as audience", {{u"aud"_s, u"https://id.example/tools/token"_s}}, "audience");
    row("audience with a slash", {{u"aud"_s, u"https://id.example/tools/"_s}}, "audience");
    row("another client", {{u"client_id"_s, u"another"_s}}, "client_id");
    row("another resource", {{u"resource"_s, u"https://x.example"_s}}, "resource");
    row("another issuer", {{u"iss"_s, u"https://evil.example"_s}}, "issuer");
    row("ended", {{u"exp"_s, world::now - 61}}, "lifetime.exp");
    row("seen before", {{u"jti"_s, u"used"_s}}, "jti");
    row("without an id", {{u"jti"_s, QJsonValue()}}, "jti");
}

void TestMcpAuthorization::assertion()
{
    QFETCH(QJsonObject, claims);
    QFETCH(QString, typ);
    QFETCH(QString, failing);
    const QJsonObject all = world::with({{u"iss"_s, world::v2Issuer()}, {u"sub"_s, QString::fromLatin1(world::alice)}, {u"aud"_s, QString::fromLatin1(issuer)},
        {u"client_id"_s, u"known"_s}, {u"resource"_s, QString::fromLatin1(url)}, {u"scope"_s, u"tools.read"_s}, {u"jti"_s, u"fresh"_s}}, claims);
    const QByteArray jag = world::token(all, world::tenantKey(), {{u"typ"_s, typ}});
    const http::Form form = world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, {"client_id", "known"}, {"assertion", jag}});
    const auto decision = trust::decideMcpToken(mcpSetup(), QString::fromLatin1(issuer), form, {}, known(), world::at());
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    QCOMPARE(decision.userObjectId, QString::fromLatin1(world::alice));
    if (!failing.isEmpty())
        QCOMPARE(decision.verdict.refusal->error, u"invalid_grant"_s);
}

void TestMcpAuthorization::predictionsLeaveOpenWhatOnlyTheServerKnows()
{
    const http::Form asked = world::form({{"client_id", "stranger"}, {"redirect_uri", "http://127.0.0.1:5/callback"}, {"response_type", "code"},
        {"code_challenge", challenge}, {"code_challenge_method", "S256"}, {"resource", url}, {"scope", "tools.read"}});
    const auto decision = trust::decideMcpAuthorize(mcpSetup(), QString::fromLatin1(issuer), asked, world::keysOnly());
    QCOMPARE(decision.verdict.decision, base::Decision::NotEvaluated);
    QCOMPARE(world::find(decision.verdict, u"client"_s)->outcome, base::Outcome::NotEvaluated);
    const http::Form code = world::form({{"grant_type", "authorization_code"}, {"client_id", "stranger"}, {"code", "x"}, {"resource", url}});
    const auto token = trust::decideMcpToken(mcpSetup(), QString::fromLatin1(issuer), code, {}, world::keysOnly(), world::at());
    QCOMPARE(token.verdict.decision, base::Decision::NotEvaluated);
}

QTEST_GUILESS_MAIN(TestMcpAuthorization)
#include "tst_mcpauthorization.moc"
