// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/http/server.h"
#include "core/setup/file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

/// The MCP servers of the lab and the authorization server they bring along, by what a client sees of them.
class TestLabMcp : public QObject
{
    Q_OBJECT
    LabFixture f {};
    QByteArray m_token {}; ///< for `mcp-open`, scope tools.use

    QString openUrl() const { return f.url(u"mcp-open"_s); }
    QString issuer()
    {
        const QString document = QString::fromUtf8(http::splitUrl(openUrl().toUtf8()).origin()) + u"/.well-known/oauth-protected-resource/open/mcp"_s;
        return jsonOf(f.get(document))[u"authorization_servers"_s].toArray().first().toString();
    }
    QJsonObject serverMetadata()
    {
        const http::UrlParts parts = http::splitUrl(issuer().toUtf8());
        return jsonOf(f.get(QString::fromUtf8(parts.origin() + "/.well-known/oauth-authorization-server" + parts.path)));
    }
    QString endpoint(const char* name) { return serverMetadata()[QLatin1StringView(name)].toString(); }
    http::Response registered(const QByteArray& json) { return f.postJson(endpoint("registration_endpoint"), json); }
    QByteArray newClient()
    {
        return member(registered(R"({"client_name":"Test","redirect_uris":["http:/)" R"(/127.0.0.1/callback"],"token_endpoint_auth_method":"none"})"), "client_id");
    }
    http::Form request(const QByteArray& client, const QByteArray& scope)
    {
        return {{"client_id", client}, {"response_type", "code"}, {"redirect_uri", LabFixture::redirectUri}, {"scope", scope}, {"state", "s"},
            {"resource", openUrl().toUtf8()}, {"code_challenge", LabFixture::challenge}, {"code_challenge_method", "S256"}};
    }
    http::Form signedIn(const http::Form& asked)
    {
        http::Response page = f.get(endpoint("authorization_endpoint") + u'?' + QString::fromLatin1(http::encodeForm(asked)));
        const QByteArray origin = http::splitUrl(endpoint("authorization_endpoint").toUtf8()).origin();
        for (int hop = 0; hop < 3 && page.status == 200; ++hop) {
            const HtmlForm form = formOf(page);
            http::Form filled = form.hidden;
            const QJsonObject alice = f.entry(u"users"_s, u"alice"_s);
            if (form.id == "signin")
                filled += {{"username", alice[u"username"_s].toString().toUtf8()}, {"password", alice[u"password"_s].toString().toUtf8()}, {"action", "signin"}};
            else
                filled += {{"action", "accept"}};
            page = f.post(QString::fromUtf8(origin + form.action), filled);
        }
        return parametersOf(page);
    }
    http::Response redeemed(const QByteArray& client, const QByteArray& code)
    {
        return f.post(endpoint("token_endpoint"), {{"grant_type", "authorization_code"}, {"client_id", client}, {"code", code},
            {"redirect_uri", LabFixture::redirectUri}, {"code_verifier", LabFixture::verifier}, {"resource", openUrl().toUtf8()}});
    }
    http::Response refreshed(const QByteArray& client, const QByteArray& token)
    {
        return f.post(endpoint("token_endpoint"), {{"grant_type", "refresh_token"}, {"client_id", client}, {"refresh_token", token}, {"resource", openUrl().toUtf8()}});
    }
    /// A client's document; the member that is named is left out or made wrong.
    static QByteArray documentWith(const QByteArray& url, const QByteArray& change)
    {
        QJsonObject out {{u"client_id"_s, QString::fromUtf8(change == "client_id" ? QByteArray(url + '/') : url)}, {u"client_name"_s, u"Visitor"_s},
            {u"redirect_uris"_s, QJsonArray {QString::fromLatin1(change == "redirect" ? "https:" "//app.example/cb" : LabFixture::redirectUri)}},
            {u"token_endpoint_auth_method"_s, u"none"_s}};
        if (change == "client_secret")
            out[u"client_secret"_s] = u"everybody reads this"_s;
        if (change == "padding")
            out[u"padding"_s] = QString(6000, u'x');
        if (change == "client_name" || change == "redirect_uris")
            out.remove(QString::fromLatin1(change));
        return QJsonDocument(out).toJson();
    }
    http::Response rpc(const QByteArray& json, const http::Headers& more = {})
    {
        http::Headers headers {http::Header {"Authorization", "Bearer " + m_token}};
        headers += more;
        return f.postJson(openUrl(), json, headers);
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(f.start(), qPrintable(f.problem));
        const QByteArray client = newClient();
        m_token = member(redeemed(client, signedIn(request(client, "tools.use")).value("code")), "access_token");
        QVERIFY(!m_token.isEmpty());
    }

    /// Manifest, "apps" and "MCP": the identifier is the address, letter by letter.
    void theIdentifierIsTheAddress()
    {
        QCOMPARE(f.entry(u"apps"_s, u"mcp"_s)[u"identifierUris"_s].toArray().first().toString(), f.url(u"mcp"_s));
        const QString document = QString::fromUtf8(http::splitUrl(f.url(u"mcp"_s).toUtf8()).origin()) + u"/.well-known/oauth-protected-resource/mcp"_s;
        const QJsonObject metadata = jsonOf(f.get(document));
        QCOMPARE(metadata[u"resource"_s].toString(), f.url(u"mcp"_s));
        QCOMPARE(metadata[u"authorization_servers"_s].toArray().first().toString(), f.authority() + u"/v2.0"_s);
        QVERIFY(metadata[u"scopes_supported"_s].toArray().contains(QString(f.url(u"mcp"_s) + u"/tools.use"_s)));
        QVERIFY(metadata[u"scopes_supported"_s].toArray().contains(u"offline_access"_s));
    }

    /// Manifest, "MCP".
    void withoutATokenTheChallengeNamesTheMetadata()
    {
        for (const auto& reply : {f.get(f.url(u"mcp"_s)), f.postJson(f.url(u"mcp"_s), "{}")}) {
            QCOMPARE(reply.status, 401);
            const QByteArray header = reply.headers.value("WWW-Authenticate");
            QVERIFY2(header.startsWith("Bearer resource_metadata=\"") && header.endsWith("/.well-known/oauth-protected-resource/mcp\""), header.constData());
        }
    }

    /// RFC 8414 3.1 alone: the other places of an issuer with a path are empty.
    void metadataStandsBeforeThePath()
    {
        const QJsonObject document = serverMetadata();
        QCOMPARE(document[u"issuer"_s].toString(), issuer());
        QVERIFY(document[u"code_challenge_methods_supported"_s].toArray().contains(u"S256"_s));
        QCOMPARE(document[u"trustwalk_lab"_s], QJsonValue(true)); // L03
        QVERIFY(document[u"authorization_response_iss_parameter_supported"_s].toBool());
        QCOMPARE(f.get(issuer() + u"/.well-known/openid-configuration"_s).status, 404);
        // Entra has neither of the first two places (manifest: unknown well-known paths answer 404).
        const http::UrlParts entra = http::splitUrl((f.authority() + u"/v2.0"_s).toUtf8());
        QCOMPARE(f.get(QString::fromUtf8(entra.origin() + "/.well-known/oauth-authorization-server" + entra.path)).status, 404);
        QCOMPARE(f.get(QString::fromUtf8(entra.origin() + "/.well-known/openid-configuration" + entra.path)).status, 404);
    }

    /// MCP authorization, discovery: a server may leave the address out of its challenge and have its documents at the later places.
    void documentsAtTheLaterPlaces()
    {
        LabFixture other;
        QVERIFY2(other.play(*setup::sample(u"mcp-server"_s)), qPrintable(other.problem));
        const setup::Target& archive = *other.lab().played().target(u"archive-mcp");
        const http::UrlParts server = http::splitUrl(archive.url.toUtf8());
        const auto at = [&](const QByteArray& path) { return other.get(QString::fromUtf8(server.origin() + path)); };
        const auto knock = other.postJson(archive.url, "{}");
        QCOMPARE(knock.status, 401);
        QVERIFY(knock.headers.value("WWW-Authenticate").startsWith("Bearer"));
        QVERIFY(!knock.headers.value("WWW-Authenticate").contains("resource_metadata"));
        QCOMPARE(at("/.well-known/oauth-protected-resource/tools").status, 404);
        QCOMPARE(jsonOf(at("/.well-known/oauth-protected-resource"))[u"resource"_s].toString(), archive.url);
        QCOMPARE(at("/.well-known/oauth-authorization-server/id").status, 404);
        QCOMPARE(at("/.well-known/openid-configuration/id").status, 404);
        QCOMPARE(jsonOf(at("/id/.well-known/openid-configuration"))[u"issuer"_s].toString(), archive.authorizationServer);
    }

    void clientDocuments_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QByteArray>("said"); ///< on the page; empty: the sign-in goes on
        const auto row = [](const char* name, const QByteArray& path, const char* changes, const char* said) {
            QTest::newRow(name) << path << QByteArray(changes) << QByteArray(said);
        };
        // OAuth client id metadata document (draft), 3, 4 and 6; MCP authorization 2026-07-28, client id metadata documents
        row("good", "/good.json", "", "");
        row("another client id", "/other.json", "client_id", "invalid_client_metadata");
        row("no name", "/nameless.json", "client_name", "invalid_client_metadata");
        row("no redirect URI", "/nowhere.json", "redirect_uris", "invalid_redirect_uri");
        row("another redirect URI", "/elsewhere.json", "redirect", "invalid_request");
        row("with a secret", "/secret.json", "client_secret", "invalid_client_metadata");
        row("longer than 5 KB", "/large.json", "padding", "invalid_client");
        row("moved", "/moved", "", "invalid_client");
        row("not there", "/missing", "", "invalid_client");
        row("no JSON", "/text", "", "invalid_client");
        row("with a fragment", "/good.json#x", "", "invalid_client");
        row("with dot segments", "/x/../good.json", "", "invalid_client");
        row("without a path", "/", "", "invalid_client");
        row("on another machine", "https:/" "/203.0.113.9/client.json", "", "invalid_client"); // the lab stays on this one
    }
    /// The lab's authorization server really fetches what stands at the client id.
    void clientDocuments()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, changes);
        QFETCH(QByteArray, said);
        QVERIFY(serverMetadata()[u"client_id_metadata_document_supported"_s].toBool());
        QByteArray origin;
        http::Server host(1);
        const auto port = host.listen(0, [&](const http::ServerRequest& asked) -> http::ServerResponse {
            if (asked.path == "/moved")
                return {.status = 302, .headers = {{"Location", origin + "/good.json"}}};
            if (asked.path == "/missing")
                return {.status = 404};
            if (asked.path == "/text")
                return {.status = 200, .headers = {{"Content-Type", "text/plain"}}, .body = "hello"};
            return {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = documentWith(origin + asked.path, changes)};
        });
        QVERIFY(port);
        origin = "http:" + QByteArray("//127.0.0.1:") + QByteArray::number(*port);
        const QByteArray client = path.startsWith('/') ? origin + path : path;
        const auto page = f.get(endpoint("authorization_endpoint") + u'?' + QString::fromLatin1(http::encodeForm(request(client, "tools.use"))));
        QVERIFY2(page.status == (said.isEmpty() ? 200 : 400), page.body.constData());
        QVERIFY2(page.body.contains(said.isEmpty() ? QByteArray("127.0.0.1:" + QByteArray::number(*port)) : QByteArray('(' + said + ')')), page.body.constData());
        if (!said.isEmpty())
            return;
        const auto token = redeemed(client, signedIn(request(client, "tools.use")).value("code"));
        QVERIFY2(token.status == 200, token.body.constData());
        QCOMPARE(claimsOf(member(token, "access_token"))[u"client_id"_s].toString().toUtf8(), client);
    }

    void registrations_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("status");
        QTest::newRow("native") << QByteArray(R"({"redirect_uris":["http:/)" R"(/127.0.0.1/cb"],"token_endpoint_auth_method":"none"})") << 201;
        QTest::newRow("confidential by default") << QByteArray(R"({"redirect_uris":["https:/)" R"(/app.example/cb"]})") << 201; // RFC 7591, 2
        QTest::newRow("plain http elsewhere") << QByteArray(R"({"redirect_uris":["http:/)" R"(/app.example/cb"]})") << 400;
        QTest::newRow("no redirect") << QByteArray(R"({"client_name":"x"})") << 400;
        QTest::newRow("unknown method") << QByteArray(R"({"redirect_uris":["https:/)" R"(/a.example"],"token_endpoint_auth_method":"tls_client_auth"})") << 400;
        QTest::newRow("no JSON") << QByteArray("redirect_uris=x") << 400;
    }
    void registrations()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, status);
        const auto reply = registered(json);
        QCOMPARE(reply.status, status);
        const bool open = json.contains("none");
        if (status == 201)
            QCOMPARE(member(reply, "client_secret").isEmpty(), open);
        else
            QVERIFY(!member(reply, "error").isEmpty());
    }

    void aClientIdThatWasChangedIsUnknown()
    {
        QByteArray client = newClient();
        client[4] = client[4] == 'A' ? 'B' : 'A';
        const auto reply = f.get(endpoint("authorization_endpoint") + u'?' + QString::fromLatin1(http::encodeForm(request(client, "tools.use"))));
        QCOMPARE(reply.status, 400);
    }

    void answersNameTheirIssuer()
    {
        const QByteArray client = newClient();
        QCOMPARE(signedIn(request(client, "tools.use")).value("iss"), issuer().toUtf8());
        const http::Form refused = signedIn(request(client, "no.such.scope"));
        QCOMPARE(refused.value("error"), "invalid_scope");
        QCOMPARE(refused.value("iss"), issuer().toUtf8()); // RFC 9207 2: errors too
        QCOMPARE(refused.value("state"), "s");
    }

    void aCodeIsGoodOnce()
    {
        const QByteArray client = newClient(), code = signedIn(request(client, "tools.use offline_access")).value("code");
        const auto first = redeemed(client, code);
        QVERIFY2(first.status == 200, first.body.constData());
        QCOMPARE(claimsOf(member(first, "access_token"))[u"aud"_s].toString(), openUrl());
        QCOMPARE(member(redeemed(client, code), "error"), "invalid_grant");
        // What the code brought is taken back (RFC 6749 4.1.2).
        QCOMPARE(refreshed(client, member(first, "refresh_token")).status, 400);
    }

    /// RFC 6749 10.5: another client's try is a try.
    void aCodeHasOneTry()
    {
        const QByteArray client = newClient(), other = newClient(), code = signedIn(request(client, "tools.use")).value("code");
        QCOMPARE(member(redeemed(other, code), "error"), "invalid_grant");
        QCOMPARE(member(redeemed(client, code), "error"), "invalid_grant");
    }

    /// RFC 9700 4.14.2.
    void refreshTokensRotateAndAReplayEndsTheSession()
    {
        const QByteArray client = newClient();
        const auto first = redeemed(client, signedIn(request(client, "tools.use offline_access")).value("code"));
        const QByteArray old = member(first, "refresh_token");
        const auto second = refreshed(client, old);
        QVERIFY2(second.status == 200, second.body.constData());
        QVERIFY(member(second, "refresh_token") != old);
        QCOMPARE(member(refreshed(client, old), "error"), "invalid_grant");
        QCOMPARE(member(refreshed(client, member(second, "refresh_token")), "error"), "invalid_grant");
    }

    void messages_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("holds");
        const auto row = [](const char* name, const char* json, int status, const char* holds) { QTest::newRow(name) << QByteArray(json) << status << QByteArray(holds); };
        row("initialize", R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}})", 200, R"("protocolVersion":"2025-06-18")");
        row("an unknown version gets a known one", R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"1999-01-01"}})", 200, R"("protocolVersion":"2025-11-25")");
        row("notification", R"({"jsonrpc":"2.0","method":"notifications/initialized"})", 202, "");
        row("ping", R"({"jsonrpc":"2.0","id":"a","method":"ping"})", 200, R"("id":"a","result":{})");
        row("tools", R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})", 200, R"("name":"whoami")");
        row("whoami", R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"whoami","arguments":{}}})", 200, R"(\"scp\":\"tools.use\")");
        row("unknown method", R"({"jsonrpc":"2.0","id":2,"method":"resources/list"})", 200, "-32601");
        row("unknown tool", R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"x"}})", 200, "-32602");
        row("batch", R"([{"jsonrpc":"2.0","id":2,"method":"ping"}])", 400, "-32600");
        row("no JSON", "{", 400, "-32700");
        row("too little", R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"close_claim"}})", 403, "insufficient_scope");
    }
    void messages()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, status);
        QFETCH(QByteArray, holds);
        const auto reply = rpc(json);
        QCOMPARE(reply.status, status);
        QVERIFY2(reply.body.contains(holds), reply.body.constData());
    }

    void theScopeChallengeNamesOldAndNew()
    {
        const auto reply = rpc(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"close_claim"}})");
        QVERIFY(reply.headers.value("WWW-Authenticate").contains(R"(scope="tools.use claims.close")"));
    }

    void sessionsAndVersionsAreLookedAt()
    {
        const auto opened = rpc(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})");
        const QByteArray session = opened.headers.value("Mcp-Session-Id");
        QVERIFY(!session.isEmpty());
        const QByteArray ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
        QCOMPARE(rpc(ping, {{"Mcp-Session-Id", session}}).status, 200);
        QCOMPARE(rpc(ping, {{"Mcp-Session-Id", "made-up"}}).status, 404);
        QCOMPARE(rpc(ping, {{"MCP-Protocol-Version", "1999-01-01"}}).status, 400);
        QCOMPARE(f.get(openUrl(), {{"Authorization", "Bearer " + m_token}}).status, 405);
    }

    void aTokenInTheAddressIsRefused()
    {
        const auto reply = f.postJson(openUrl() + u"?access_token=x"_s, "{}", {{"Authorization", "Bearer " + m_token}});
        QCOMPARE(reply.status, 400);
        QCOMPARE(member(reply, "error"), "invalid_request");
    }
};

QTEST_GUILESS_MAIN(TestLabMcp)
#include "tst_labmcp.moc"
