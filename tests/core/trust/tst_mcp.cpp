// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpserver.h"

#include "core/trust/contractfile.h"
#include "core/trust/evaluate.h"
#include "core/trust/mcp.h"
#include "core/trust/mcpauth.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto mcpGuid = "b206d53a-17ce-4324-8f5b-3e7a6c28907d";

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

} // namespace

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
};

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

QTEST_GUILESS_MAIN(TestMcp)
#include "tst_mcp.moc"
