// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/binding.h"
#include "core/setup/file.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

static const QString tenant = u"3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815"_s;

static setup::Bindings bindings()
{
    return {
        {u"https://login.microsoftonline.com"_s, u"https://127.0.0.1:41000"_s},
        {u"https://sts.windows.net"_s, u"https://localhost:41000"_s},
        {u"http://169.254.169.254"_s, u"http://127.0.0.1:41001"_s},
        {u"https://api.anthropic.com"_s, u"https://127.0.0.1:41002"_s},
    };
}

/// Quotes are single ones here: moc takes a double slash in a raw text for a comment.
static const QByteArray awsTarget = QByteArray("{ 'name': 'aws', 'kind': 'aws', 'url': 'https://sts.us-east-1.amazonaws.com',"
    "'provider': { 'Url': '%1', 'ClientIDList': ['x'] }, 'trustPolicy': { 'Statement': [ { 'Effect': 'Allow',"
    "'Principal': { 'Federated': ['arn:aws:iam::1:oidc-provider/%1', 'arn:aws:iam::1:oidc-provider/gitlab.com'] },"
    "'Condition': { 'StringEquals': { '%1:aud': 'login.microsoftonline.com/t', 'gitlab.com:sub': 'x', '%1:sub': ['y'] } } } ] } }")
                                        .replace('\'', '"');

/// Binding replaces whole origins where the document names servers, and nothing else.
class TestBinding : public QObject
{
    Q_OBJECT

    setup::Setup m_setup;
    const setup::Bindings m_bindings = bindings();

private slots:
    void initTestCase() { m_setup = *setup::sample(u"federated-agent"_s); }

    void bindsEveryKindOfPlace()
    {
        const auto bound = setup::bind(m_setup, m_bindings);
        QVERIFY(bound);
        const QString issuer = u"https://127.0.0.1:41000/"_s + tenant + u"/v2.0"_s;
        QCOMPARE(bound->home()->issuerV2(), issuer);
        QCOMPARE(bound->home()->issuerV1(), QString(u"https://localhost:41000/"_s + tenant + u'/'));
        QCOMPARE(bound->managedIdentities[0].endpoint, u"http://127.0.0.1:41001"_s);
        QCOMPARE(bound->app(u"blueprint")->credentials[0].issuer, issuer);
        QCOMPARE(bound->targets[0].url, u"https://127.0.0.1:41002"_s);
        QCOMPARE(bound->targets[0].issuer.root()["issuer_url"].text(), issuer);
    }

    void leavesTheRestByteForByte()
    {
        QByteArray back = setup::bind(m_setup, m_bindings)->document.source();
        for (const setup::Binding& b : m_bindings)
            back.replace(b.bound.toUtf8(), b.real.toUtf8());
        QCOMPARE(back, m_setup.document.source());
    }

    /// An MCP server's URL is its identifier, its audience and the beginning of its scopes; whatever is near it stays near it.
    void whatNamesAnMcpServerMovesWithIt()
    {
        setup::Setup real = *setup::sample(u"mcp-server"_s);
        real = *setup::edited(real, QString(real.target(u"mcp")->pointer + u"/metadata/resource"_s), "\"https://tools.harbour.example/mcp/\"");
        const setup::Bindings moved {{u"https://tools.harbour.example"_s, u"https://127.0.0.1:41003"_s},
            {u"https://login.microsoftonline.com"_s, u"https://127.0.0.1:41000"_s}};
        const auto bound = setup::bind(real, moved);
        QVERIFY(bound);
        const setup::Target& server = *bound->target(u"mcp");
        QCOMPARE(bound->app(u"mcp")->identifierUris, QStringList(server.url));
        QCOMPARE(server.scopes.front(), QString(server.url + u"/tools.use"_s));
        QCOMPARE(bound->flow(u"mcp-tool")->scopes, QStringList(QString(server.url + u"/tools.use"_s)));
        QCOMPARE(server.metadata.root()["resource"].text(), QString(server.url + u'/'));
        QCOMPARE(server.metadata.root()["authorization_servers"].first().text(), bound->home()->issuerV2());
        // Identifiers that only look like addresses are none.
        QCOMPARE(setup::bind(*setup::sample(u"on-behalf-of"_s), {{u"https://graph.microsoft.com"_s, u"https://127.0.0.1:1"_s}})->app(u"graph")->identifierUris,
            QStringList(u"https://graph.microsoft.com"_s));
    }

    /// A client id that is the address of the client's own document names a server; any other one is only a name.
    void aClientsDocumentMovesWithItsHost()
    {
        const setup::Setup real = *setup::sample(u"mcp-server"_s);
        QVERIFY(setup::originsToBind(real).contains(u"https://client.harbour.example"_s));
        const auto bound = setup::bind(real, {{u"https://client.harbour.example"_s, u"https://127.0.0.1:41009"_s}});
        QVERIFY(bound);
        QCOMPARE(bound->target(u"archive-mcp")->clientId, u"https://127.0.0.1:41009/trustwalk/client.json"_s);
        QCOMPARE(bound->target(u"partner-mcp")->clientId, real.target(u"partner-mcp")->clientId);
    }

    void withoutBindingsNothingChanges()
    {
        QCOMPARE(setup::bind(m_setup, {})->document.source(), m_setup.document.source());
    }

    void issuersKeepWhatFollowsTheOrigin_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("bound");
        const auto same = [](const char* name, const QString& text) { QTest::newRow(name) << text << text; };
        const auto row = [](const char* name, const QString& from, const QString& to) {
            QTest::newRow(name) << from << to;
        };
        row("origin alone", u"https://login.microsoftonline.com"_s, u"https://127.0.0.1:41000"_s);
        row("closing slash", u"https://login.microsoftonline.com/t/v2.0/"_s,
            u"https://127.0.0.1:41000/t/v2.0/"_s);
        row("double slash", u"https://login.microsoftonline.com//t/v2.0"_s,
            u"https://127.0.0.1:41000//t/v2.0"_s);
        row("case of the path", u"https://login.microsoftonline.com/T/V2.0"_s,
            u"https://127.0.0.1:41000/T/V2.0"_s);
        row("query", u"https://login.microsoftonline.com?x=1"_s, u"https://127.0.0.1:41000?x=1"_s);
        row("fragment", u"https://login.microsoftonline.com#x"_s, u"https://127.0.0.1:41000#x"_s);
        row("closing blank", u"https://login.microsoftonline.com/t/v2.0 "_s,
            u"https://127.0.0.1:41000/t/v2.0 "_s);
        row("v1", u"https://sts.windows.net/t/"_s, u"https://localhost:41000/t/"_s);
        same("longer host", u"https://login.microsoftonline.com.evil/t/v2.0"_s);
        same("dash in the host", u"https://login.microsoftonline.com-evil/t/v2.0"_s);
        same("port", u"https://login.microsoftonline.com:8443/t/v2.0"_s);
        same("default port", u"https://login.microsoftonline.com:443/t/v2.0"_s);
        same("user info", u"https://login.microsoftonline.com@evil/t/v2.0"_s);
        same("backslash", u"https://login.microsoftonline.com\\t\\v2.0"_s);
        same("closing dot", u"https://login.microsoftonline.com./t/v2.0"_s);
        same("shorter host", u"https://login.microsoftonline.co/t/v2.0"_s);
        same("mistyped host", u"https://login.microsoft0nline.com/t/v2.0"_s);
        same("case of the host", u"https://Login.microsoftonline.com/t/v2.0"_s);
        same("case of the scheme", u"HTTPS://login.microsoftonline.com/t/v2.0"_s);
        same("scheme", u"http://login.microsoftonline.com/t/v2.0"_s);
        same("no scheme", u"login.microsoftonline.com/t/v2.0"_s);
        same("leading blank", u" https://login.microsoftonline.com/t/v2.0"_s);
        same("in the query", u"https://x.example/?u=https://login.microsoftonline.com/"_s);
        same("nothing", QString());
    }
    void issuersKeepWhatFollowsTheOrigin()
    {
        QFETCH(QString, written);
        QFETCH(QString, bound);
        const auto edited = setup::edited(m_setup, u"/apps/1/credentials/0/issuer", json::quoted(written));
        QVERIFY(edited);
        QCOMPARE(setup::bind(*edited, m_bindings)->app(u"blueprint")->credentials[0].issuer, bound);
    }

    void hostsOfAwsAreBound_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("bound");
        const auto row = [](const char* name, const char* from, const char* to) {
            QTest::newRow(name) << QString::fromLatin1(from) << QString::fromLatin1(to);
        };
        // AWS writes issuers without their scheme: in a provider's Url, in its ARN, in condition keys
        row("with a path", "login.microsoftonline.com/t/v2.0", "127.0.0.1:41000/t/v2.0");
        row("closing slash", "sts.windows.net/t/", "localhost:41000/t/");
        row("host alone", "sts.windows.net", "localhost:41000");
        row("scheme written", "https://sts.windows.net/t/", "https://localhost:41000/t/");
        row("mistyped host", "login.microsoft0nline.com/t/v2.0", "login.microsoft0nline.com/t/v2.0");
        row("longer host", "login.microsoftonline.com.evil/t", "login.microsoftonline.com.evil/t");
        row("another host's end", "xlogin.microsoftonline.com/t", "xlogin.microsoftonline.com/t");
        row("a port", "login.microsoftonline.com:8443/t", "login.microsoftonline.com:8443/t");
        row("case of the host", "Login.microsoftonline.com/t", "Login.microsoftonline.com/t");
        row("capitals", "LOGIN.MICROSOFTONLINE.COM/T", "LOGIN.MICROSOFTONLINE.COM/T");
    }
    void hostsOfAwsAreBound()
    {
        QFETCH(QString, written);
        QFETCH(QString, bound);
        // Names of condition keys have no case.
        const QString host = u"login.microsoftonline.com"_s, rest = written.mid(host.size());
        const QString inKey = written.compare(host + u"/t"_s, Qt::CaseInsensitive) == 0 ? QString(u"127.0.0.1:41000"_s + rest) : bound;
        const auto edited = setup::edited(m_setup, u"/targets/-", QByteArray(awsTarget).replace("%1", written.toUtf8()));
        QVERIFY(edited);
        const setup::Setup played = *setup::bind(*edited, m_bindings);
        const setup::Target* aws = played.target(u"aws");
        QCOMPARE(aws->provider.root()["Url"].text(), bound);
        const json::Value statement = aws->trustPolicy.root()["Statement"].at(0);
        QCOMPARE(statement["Principal"]["Federated"].at(0).text(), QString(u"arn:aws:iam::1:oidc-provider/"_s + bound));
        QCOMPARE(statement["Principal"]["Federated"].at(1).text(), u"arn:aws:iam::1:oidc-provider/gitlab.com"_s);
        const json::Value keys = statement["Condition"]["StringEquals"];
        QCOMPARE(keys.at(0).keyText(), QString(inKey + u":aud"_s));
        QCOMPARE(keys.at(0).text(), u"login.microsoftonline.com/t"_s);
        QCOMPARE(keys.at(1).keyText(), u"gitlab.com:sub"_s);
        QCOMPARE(keys.at(2).keyText(), QString(inKey + u":sub"_s));
        QCOMPARE(keys.at(2).at(0).text(), u"y"_s);
    }
    void hostsOfAwsAreShownAsTheyAre()
    {
        const auto shown = [this](const QString& text) { return setup::unbound(text, m_bindings); };
        QCOMPARE(shown(u"127.0.0.1:41000/t/v2.0:aud"_s), u"login.microsoftonline.com/t/v2.0:aud"_s);
        QCOMPARE(shown(u"arn:aws:iam::1:oidc-provider/127.0.0.1:41000/t/"_s), u"arn:aws:iam::1:oidc-provider/login.microsoftonline.com/t/"_s);
        QCOMPARE(shown(u"127.0.0.1:410001/t"_s), u"127.0.0.1:410001/t"_s);
        QCOMPARE(shown(u"x127.0.0.1:41000/t"_s), u"x127.0.0.1:41000/t"_s);
    }

    void namesOfResourcesAreNotServers()
    {
        const setup::Setup portal = *setup::sample(u"on-behalf-of"_s);
        const setup::Setup bound
            = *setup::bind(portal, {{u"https://graph.microsoft.com"_s, u"https://127.0.0.1:41003"_s}});
        QCOMPARE(bound.target(u"graph")->url, u"https://127.0.0.1:41003"_s);
        QCOMPARE(bound.app(u"graph")->identifierUris, QStringList(u"https://graph.microsoft.com"_s));
        QCOMPARE(bound.flows[0].scopes, QStringList(u"https://graph.microsoft.com/User.Read"_s));
        QCOMPARE(bound.app(u"public-client")->redirectUris, portal.app(u"public-client")->redirectUris);
    }

    void listsOfIssuersAreBound()
    {
        const setup::Setup bound = *setup::bind(*setup::sample(u"sign-in-api"_s), m_bindings);
        QCOMPARE(bound.target(u"demo-api")->validIssuers, QStringList(bound.home()->issuerV2()));
        QCOMPARE(bound.provider(u"entra")->issuer, bound.home()->issuerV2());
    }

    void listsTheOriginsToPlay()
    {
        QCOMPARE(setup::originsToBind(m_setup),
            QStringList({u"https://login.microsoftonline.com"_s, u"https://sts.windows.net"_s,
                u"http://169.254.169.254"_s, u"https://api.anthropic.com"_s}));
    }

    void aMistypedContractAsksForNoServer()
    {
        const auto edited = setup::edited(m_setup, u"/apps/1/credentials/0/issuer",
            json::quoted(u"https://login.microsoftonline.com.evil/t/v2.0"_s));
        QCOMPARE(setup::originsToBind(*edited), setup::originsToBind(m_setup));
    }

    void origins_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("origin");
        QTest::newRow("path") << u"https://gitlab.example/a/b"_s << u"https://gitlab.example"_s;
        QTest::newRow("port") << u"http://127.0.0.1:41741/msi/token"_s << u"http://127.0.0.1:41741"_s;
        QTest::newRow("IPv6") << u"http://[::1]:41741/msi/token"_s << u"http://[::1]:41741"_s;
        QTest::newRow("query") << u"https://gitlab.example?x"_s << u"https://gitlab.example"_s;
    }
    void origins()
    {
        QFETCH(QString, url);
        QFETCH(QString, origin);
        const auto edited = setup::edited(m_setup, u"/managedIdentities/0/endpoint", json::quoted(url));
        QVERIFY(edited);
        QCOMPARE(setup::originsToBind(*edited)[2], origin);
    }

    void realNamesComeBackForTheScreen_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("issuer") << u"https://127.0.0.1:41000/t/v2.0"_s
                                << u"https://login.microsoftonline.com/t/v2.0"_s;
        QTest::newRow("two spellings") << u"https://localhost:41000/t/"_s << u"https://sts.windows.net/t/"_s;
        QTest::newRow("in a sentence")
            << u"POST https://127.0.0.1:41000, then https://127.0.0.1:41002."_s
            << u"POST https://login.microsoftonline.com, then https://api.anthropic.com."_s;
        QTest::newRow("twice") << u"https://127.0.0.1:41000 https://127.0.0.1:41000/"_s
                               << u"https://login.microsoftonline.com https://login.microsoftonline.com/"_s;
        QTest::newRow("in JSON") << u"{\"iss\":\"https://127.0.0.1:41000\"}"_s
                                 << u"{\"iss\":\"https://login.microsoftonline.com\"}"_s;
        QTest::newRow("longer port") << u"https://127.0.0.1:410001/"_s << u"https://127.0.0.1:410001/"_s;
        QTest::newRow("nothing of ours") << u"https://example.com"_s << u"https://example.com"_s;
    }
    void realNamesComeBackForTheScreen()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(setup::unbound(text, m_bindings), shown);
    }
};

QTEST_GUILESS_MAIN(TestBinding)
#include "tst_binding.moc"
