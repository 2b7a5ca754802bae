// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/jose/base64url.h"
#include "core/trust/contractfile.h"
#include "core/trust/evaluate.h"
#include "core/trust/mcp.h"
#include "core/trust/mcpauth.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

/// MCP servers and their authorization servers. The cases are those of the MCP authorization specification (revision
/// 2026-07-28 and before), RFC 6750, RFC 8707, RFC 9728, RFC 9207 and the ID-JAG draft; the section stands beside each row.
class TestMcp : public QObject
{
    Q_OBJECT

private slots:
    void call_data();
    void call();
    void theChallengeNamesTheUnion();
    void aChallengeThatIsLookedForIsNoRefusal();
    void aTokenPassedOnIsRefused();
    void metadata_data();
    void metadata();
    void files_data();
    void files();
    void unreadableFiles_data();
    void unreadableFiles();
    void authorize_data();
    void authorize();
    void aClientsDocument();
    void token_data();
    void token();
    void assertion_data();
    void assertion();
    void predictionsLeaveOpenWhatOnlyTheServerKnows();
};

namespace {

constexpr auto url = "https://127.0.0.1:8444/mcp";
constexpr auto issuer = "https://id.example/tools";
constexpr auto mcpGuid = "b206d53a-17ce-4324-8f5b-3e7a6c28907d";
constexpr auto verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr auto challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"; // RFC 7636 appendix B

const setup::Setup& mcpSetup()
{
    static const setup::Setup made = world::changed(u"/targets/-", R"({ "name": "tools", "kind": "mcp", "displayName": "Tools",
        "url": "https://127.0.0.1:8444/mcp", "resource": "mcp", "authorizationServer": "https://id.example/tools", "clientId": "known",
        "scopes": ["tools.read", "tools.write"],
        "tools": [ { "name": "whoami", "scope": "tools.read" }, { "name": "write", "scope": "tools.write", "writes": true } ],
        "metadata": { "resource": "https://127.0.0.1:8444/mcp",
            "authorization_servers": ["https://login.microsoftonline.com/6a2f0c1e-1111-4222-8333-0123456789ab/v2.0", "https://id.example/tools"],
            "scopes_supported": ["https://127.0.0.1:8444/mcp/tools.read", "https://127.0.0.1:8444/mcp/tools.write", "offline_access"] },
        "settings": { "redirectUris": ["http://127.0.0.1/callback"], "publicClient": true } })");
    return made;
}

const setup::Target& tools(const setup::Setup& setup = mcpSetup()) { return *setup.target(u"tools"); }

/// Everybody's keys, and what the authorization server remembers.
trust::Knowledge known()
{
    trust::Knowledge out = world::all();
    out.keys = [inner = out.keys](const QString& of) -> const jose::KeySet* {
        static const jose::KeySet own {.keys = {world::outsideKey()}};
        return of == QLatin1StringView(issuer) ? &own : inner(of);
    };
    out.registered = [](QByteArrayView id) -> std::optional<trust::RegisteredClient> {
        if (id == "registered")
            return trust::RegisteredClient {.clientId = u"registered"_s, .redirectUris = {u"http://localhost/cb"_s}, .authMethod = u"client_secret_post"_s,
                .secret = "its-secret", .target = u"tools"_s};
        return {};
    };
    out.code = [](QByteArrayView code) -> std::optional<trust::CodeGrant> {
        if (code == "elsewhere")
            return trust::CodeGrant {.clientId = u"known"_s, .target = u"another"_s, .expires = world::at(60)};
        if (code != "good" && code != "spent" && code != "old")
            return {};
        return trust::CodeGrant {.clientId = u"known"_s, .redirectUri = u"http://127.0.0.1:5/callback"_s, .challenge = QString::fromLatin1(challenge),
            .userObjectId = QString::fromLatin1(world::alice), .scopes = {u"tools.read"_s, u"offline_access"_s}, .resource = QString::fromLatin1(url),
            .target = u"tools"_s, .expires = world::at(code == "old" ? -1 : 60), .spent = code == "spent"};
    };
    out.refresh = [](QByteArrayView token) -> std::optional<trust::RefreshGrant> {
        if (token != "good" && token != "used")
            return {};
        return trust::RefreshGrant {.clientId = u"known"_s, .userObjectId = QString::fromLatin1(world::alice), .scopes = {u"tools.read"_s},
            .resource = QString::fromLatin1(url), .target = u"tools"_s, .expires = world::at(60), .revoked = token == "used"};
    };
    return out;
}

QJsonObject entraClaims(const QString& scp = u"tools.read"_s)
{
    return world::with(world::userClaims(QString::fromLatin1(mcpGuid)), {{u"scp"_s, scp}});
}

QJsonObject ownClaims()
{
    return {{u"iss"_s, QString::fromLatin1(issuer)}, {u"aud"_s, QString::fromLatin1(url)}, {u"sub"_s, QString::fromLatin1(world::alice)},
            {u"client_id"_s, u"known"_s}, {u"scope"_s, u"tools.read"_s}, {u"jti"_s, u"one"_s}};
}

QByteArray toolCall(const char* tool) { return QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")") + tool + R"("}})"; }

http::Request request(const QByteArray& authorization, const QByteArray& body, const QByteArray& query = {})
{
    http::Request out {.method = "POST", .url = QByteArray(url) + query, .body = body};
    if (!authorization.isNull())
        out.headers.append(http::Header {"Authorization", authorization});
    return out;
}

QByteArray entra(const QJsonObject& claims) { return "Bearer " + world::token(claims, world::tenantKey()); }
QByteArray own(const QJsonObject& claims) { return "Bearer " + world::token(claims, world::outsideKey(), {{u"typ"_s, u"at+jwt"_s}}); }

} // namespace

void TestMcp::call_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("tool");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("near");
    const auto row = [](const char* name, const QByteArray& authorization, const char* failing, int status, const char* near = "", const char* tool = "whoami",
                         const char* query = "") {
        QTest::newRow(name) << authorization << QByteArray(tool) << QByteArray(query) << QString::fromLatin1(failing) << status << QString::fromLatin1(near);
    };
    using world::with;
    const auto aud = [](const QString& text) { return own(with(ownClaims(), {{u"aud"_s, text}})); };
    row("Entra's v2.0 token carries the app's GUID", entra(entraClaims()), "", 200);                        // entra.md 2.5
    row("Entra's token with the URI", entra(with(entraClaims(), {{u"aud"_s, QString::fromLatin1(url)}})), "", 200);
    row("a token of the server's own issuer", own(ownClaims()), "", 200);                                   // RFC 9068, 4
    row("one of several audiences", own(with(ownClaims(), {{u"aud"_s, QJsonArray {u"https://x.example"_s, QString::fromLatin1(url)}}})), "", 200);
    row("no token", {}, "authorization", 401);                                                              // MCP, access token usage
    row("another scheme", "Basic eDp5", "authorization", 401);                                              // RFC 6750, 2.1
    row("token in the address", entra(entraClaims()), "query", 400, "", "whoami", "?access_token=x");       // MCP, access token usage
    row("a static key", "Bearer sk-everybody-has-this-one", "token.kind", 401);                             // MCP, token handling
    row("slash behind the URL", aud(u"https://127.0.0.1:8444/mcp/"_s), "audience", 401, "trailingSlash");   // MCP, canonical server URI
    row("http for https", aud(u"http://127.0.0.1:8444/mcp"_s), "audience", 401, "scheme");
    row("another port", aud(u"https://127.0.0.1:8445/mcp"_s), "audience", 401, "port");
    row("another case", aud(u"https://127.0.0.1:8444/MCP"_s), "audience", 401, "case");
    row("the origin alone", aud(u"https://127.0.0.1:8444"_s), "audience", 401, "prefixOnly");
    row("two slashes", aud(u"https://127.0.0.1:8444//mcp"_s), "audience", 401, "doubleSlash");
    row("the caller's id", aud(QString::fromLatin1(world::publicClient)), "audience", 401);
    row("a token for Graph", entra(with(entraClaims(), {{u"aud"_s, u"00000003-0000-0000-c000-000000000000"_s}})), "audience", 401); // MCP, token passthrough
    row("another issuer", own(with(ownClaims(), {{u"iss"_s, u"https://id.example/other"_s}})), "issuer", 401);
    row("issuer with a slash", own(with(ownClaims(), {{u"iss"_s, u"https://id.example/tools/"_s}})), "issuer", 401, "trailingSlash");
    row("version 1 issuer", entra(with(entraClaims(), {{u"iss"_s, world::v1Issuer()}})), "issuer", 401, "v1v2Issuer");
    row("ended", entra(with(entraClaims(), {{u"exp"_s, world::now - 301}})), "lifetime.exp", 401, "clockSkew");
    row("forged", "Bearer " + world::token(entraClaims(), world::strangerKey(), {{u"kid"_s, u"tenant"_s}}), "signature", 401);
    row("too little for the tool", entra(entraClaims()), "scope", 403, "", "write");                        // MCP, scope challenge
    row("enough for the tool", entra(entraClaims(u"tools.read tools.write"_s)), "", 200, "", "write");
    row("full scope names", own(with(ownClaims(), {{u"scope"_s, u"https://127.0.0.1:8444/mcp/tools.read"_s}})), "", 200);
}

void TestMcp::call()
{
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, tool);
    QFETCH(QByteArray, query);
    QFETCH(QString, failing);
    QFETCH(int, status);
    QFETCH(QString, near);
    const auto decision = trust::decideMcpCall(mcpSetup(), tools(), request(authorization, toolCall(tool.constData()), query), known(), world::at());
    // Nobody looks for the keys of an issuer that nobody trusts: that check stays open beside the one that fails.
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    QCOMPARE(decision.verdict.decision, failing.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    QCOMPARE(decision.tool, QString::fromLatin1(tool));
    if (!failing.isEmpty())
        QCOMPARE(decision.verdict.refusal->status, status);
    if (!near.isEmpty())
        QCOMPARE(base::nearName(decision.verdict.decisive()->near->kind), near);
    for (const base::Check& check : decision.verdict.checks)
        QVERIFY(!check.presented.contains(u"everybody"_s));
}

/// MCP, step-up authorization flow: the client asks for what it had and what it lacked.
void TestMcp::theChallengeNamesTheUnion()
{
    const auto decision = trust::decideMcpCall(mcpSetup(), tools(), request(entra(entraClaims()), toolCall("write")), known(), world::at());
    QCOMPARE(decision.challenge, QStringList({u"https://127.0.0.1:8444/mcp/tools.read"_s, u"https://127.0.0.1:8444/mcp/tools.write"_s}));
}

void TestMcp::aChallengeThatIsLookedForIsNoRefusal()
{
    const setup::ContractRef contract {u"mcp.challenge"_s, tools().pointer};
    const auto forScope = trust::evaluate(contract, mcpSetup(), request(entra(entraClaims()), toolCall("write")), known(), world::at());
    QCOMPARE(forScope->decision, base::Decision::Accept);
    QCOMPARE(world::find(*forScope, u"scope"_s)->outcome, base::Outcome::Warning);
    const auto forMore = trust::evaluate(contract, mcpSetup(), request("Bearer sk-key", toolCall("write")), known(), world::at());
    QCOMPARE(forMore->decision, base::Decision::Refuse);
}

/// MCP, access token privilege restriction: what was made for the server is refused by the next one.
void TestMcp::aTokenPassedOnIsRefused()
{
    const auto passing = setup::edited(mcpSetup(), QString(tools().pointer + u"/settings/upstream"_s), R"({"target":"api","presents":"passthrough"})");
    const auto exchanging = setup::edited(mcpSetup(), QString(tools().pointer + u"/settings/upstream"_s), R"({"target":"api","presents":"exchange"})");
    const auto asked = request(entra(entraClaims()), toolCall("whoami"));
    const auto passed = trust::decideMcpCall(*passing, tools(*passing), asked, known(), world::at());
    QCOMPARE(world::failing(passed.verdict), u"upstream"_s);
    QVERIFY(passed.upstreamRefused);
    QCOMPARE(trust::decideMcpCall(*exchanging, tools(*exchanging), asked, known(), world::at()).verdict.decision, base::Decision::Accept);
}

void TestMcp::metadata_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("near");
    const auto row = [](const char* name, const char* json, const char* failing, const char* near = "") {
        QTest::newRow(name) << QByteArray(json) << QString::fromLatin1(failing) << QString::fromLatin1(near);
    };
    row("good", R"({"resource":"https://127.0.0.1:8444/mcp","authorization_servers":["https://id.example"]})", "");      // RFC 9728, 3.2
    row("slash", R"({"resource":"https://127.0.0.1:8444/mcp/","authorization_servers":["https://id.example"]})", "resource", "trailingSlash"); // RFC 9728, 3.3
    row("case", R"({"resource":"https://127.0.0.1:8444/Mcp","authorization_servers":["https://id.example"]})", "resource", "case");
    row("origin", R"({"resource":"https://127.0.0.1:8444","authorization_servers":["https://id.example"]})", "resource", "prefixOnly");
    row("no servers", R"({"resource":"https://127.0.0.1:8444/mcp","authorization_servers":[]})", "authorization_servers"); // MCP, authorization server location
    row("nothing", "{}", "resource authorization_servers");
    row("in the body only", R"({"resource":"https://127.0.0.1:8444/mcp","authorization_servers":["https://id.example"],"bearer_methods_supported":["body"]})",
        "bearer_methods"); // RFC 9728, 2
}

void TestMcp::metadata()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, failing);
    QFETCH(QString, near);
    const json::Document document = json::Document::read(json);
    const base::Verdict verdict = trust::judgeProtectedResource(tools(), document.root());
    QVERIFY2(world::failing(verdict) == failing, world::described(verdict));
    if (!near.isEmpty())
        QCOMPARE(base::nearName(verdict.decisive()->near->kind), near);
}

void TestMcp::files_data()
{
    QTest::addColumn<QJsonObject>("changes");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("near");
    const auto row = [](const char* name, const QJsonObject& changes, const char* failing, const char* near = "") {
        QTest::newRow(name) << changes << QString::fromLatin1(failing) << QString::fromLatin1(near);
    };
    const auto aud = [](const QString& text) { return QJsonObject {{u"aud"_s, text}}; };
    const auto iss = [](const QString& text) { return QJsonObject {{u"iss"_s, text}}; };
    row("fits", {}, "");
    row("scope as list", {{u"scope"_s, QJsonArray {u"toys.read"_s}}}, "");                                  // RFC 9068, 2.2.3
    row("no scope decides nothing", {{u"scope"_s, QJsonValue()}}, "");                                      // RFC 9728, 2
    row("trailing slash", aud(u"https://toys.tailspin.example/tools/"_s), "audience", "trailingSlash");     // RFC 8707, 2
    row("scheme", aud(u"http://toys.tailspin.example/tools"_s), "audience", "scheme");
    row("port", aud(u"https://toys.tailspin.example:8443/tools"_s), "audience", "port");
    row("case", aud(u"https://toys.tailspin.example/Tools"_s), "audience", "case");
    row("origin alone", aud(u"https://toys.tailspin.example"_s), "audience", "prefixOnly");
    row("double slash", aud(u"https://toys.tailspin.example//tools"_s), "audience", "doubleSlash");
    row("blank", aud(u"https://toys.tailspin.example/tools "_s), "audience", "whitespace");
    row("look-alike", aud(u"https://toys.tailsp\u0456n.example/tools"_s), "audience", "lookalike");
    row("percent sign", aud(u"https://toys.tailspin.example/%74ools"_s), "audience", "encoding");
    row("another resource", aud(u"api://something-else"_s), "audience");
    row("no audience", {{u"aud"_s, QJsonValue()}}, "audience");
    row("issuer with a slash", iss(u"https://id.tailspin.example/"_s), "issuer", "trailingSlash");
    row("another issuer", iss(u"https://evil.example"_s), "issuer");
    row("ended", {{u"exp"_s, world::now - 4000}}, "lifetime.exp");
    row("both wrong", {{u"aud"_s, u"x"_s}, {u"iss"_s, u"y"_s}}, "issuer audience");
}

void TestMcp::files()
{
    QFETCH(QJsonObject, changes);
    QFETCH(QString, failing);
    QFETCH(QString, near);
    const QJsonObject claims = world::with({{u"iss"_s, u"https://id.tailspin.example"_s}, {u"aud"_s, u"https://toys.tailspin.example/tools"_s},
        {u"sub"_s, u"alice"_s}, {u"scope"_s, u"toys.read"_s}}, changes);
    const jose::Jwt token = jose::decode(world::token(claims, world::outsideKey()));
    const json::Document contract = json::Document::read(R"({ "resource": "https://toys.tailspin.example/tools",
        "authorization_servers": ["https://id.tailspin.example"], "scopes_supported": ["toys.read"], "bearer_methods_supported": ["header"] })");
    const trust::Knowledge nothing;
    const auto verdict = trust::matchContract({token, contract.root(), nullptr, nothing, world::at()});
    QVERIFY(verdict);
    QVERIFY2(world::failing(*verdict) == failing, world::described(*verdict));
    QCOMPARE(verdict->decision, failing.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    if (!near.isEmpty())
        QCOMPARE(base::nearName(verdict->decisive()->near->kind), near);
}

void TestMcp::unreadableFiles_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("where");
    QTest::newRow("resource is a list") << QByteArray(R"({"resource":["a"],"authorization_servers":["b"]})") << u"/resource"_s;
    QTest::newRow("servers are numbers") << QByteArray(R"({"resource":"a","authorization_servers":[1]})") << u"/authorization_servers/0"_s;
    QTest::newRow("no servers") << QByteArray(R"({"resource":"a","authorization_servers":[]})") << u"/authorization_servers"_s;
}

void TestMcp::unreadableFiles()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, where);
    const jose::Jwt token = jose::decode(world::token(ownClaims(), world::outsideKey()));
    const json::Document contract = json::Document::read(json);
    const trust::Knowledge nothing;
    const auto verdict = trust::matchContract({token, contract.root(), nullptr, nothing, world::at()});
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().where, where);
}

void TestMcp::authorize_data()
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

void TestMcp::authorize()
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
void TestMcp::aClientsDocument()
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

void TestMcp::token_data()
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

void TestMcp::token()
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

void TestMcp::assertion_data()
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

void TestMcp::assertion()
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

void TestMcp::predictionsLeaveOpenWhatOnlyTheServerKnows()
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

QTEST_GUILESS_MAIN(TestMcp)
#include "tst_mcp.moc"
