// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/fields.h"
#include "core/setup/setup.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

/// What a document says reaches the setup; what is wrong with it is said with its place.
class TestSetup : public QObject
{
    Q_OBJECT

    QByteArray m_full;

    base::Result<setup::Setup> with(QStringView pointer, QByteArrayView value) const
    {
        const auto document = json::Document::parse(m_full)->with(pointer, value);
        return setup::parseSetup(document->source());
    }

private slots:
    void initTestCase()
    {
        QFile file(QStringLiteral(TESTS_DIR "/data/setups/full.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_full = file.readAll();
        QVERIFY(setup::parseSetup(m_full));
    }

    void readsTheWorld()
    {
        const setup::Setup s = *setup::parseSetup(m_full, u"full.json"_s);
        QCOMPARE(s.file, u"full.json"_s);
        QCOMPARE(s.id, u"full"_s);
        QCOMPARE(s.title, u"Every member"_s);
        QVERIFY(s.summary.startsWith(u"Holds"));
        QCOMPARE(s.environment, setup::Environment::Higher);
        QCOMPARE(s.tenants.size(), 2);
        QCOMPARE(s.home()->issuerV2(),
            u"https://login.microsoftonline.com/7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43/v2.0"_s);
        QCOMPARE(s.home()->issuerV1(), u"https://sts.windows.net/7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43/"_s);
        QCOMPARE(s.home()->domain, u"tailspin.example"_s);
        QCOMPARE(s.home()->displayName, u"Tailspin Toys"_s);
        QCOMPARE(s.tenants[1].displayName, u"branch"_s);
        QCOMPARE(s.user(u"bob")->username, u"bob@tailspin.example"_s);
        QCOMPARE(s.userByObjectId(u"0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19")->displayName, u"Bob Kelly"_s);
        QCOMPARE(s.issuer(u"gitlab")->subject, u"project_path:tailspin/toys:ref:main"_s);
        QCOMPARE(s.issuer(u"gitlab")->issuer, u"https://gitlab.com"_s);
        QCOMPARE(s.provider(u"login")->issuer, u"https://id.tailspin.example/"_s);
        QCOMPARE(s.provider(u"login")->scopes, QStringList({u"openid"_s, u"email"_s}));
    }

    void readsManagedIdentities()
    {
        const setup::Setup s = *setup::parseSetup(m_full);
        const setup::ManagedIdentity* identity
            = s.managedIdentityByObjectId(u"22222222-2222-4222-8222-222222222222");
        QVERIFY(identity);
        QCOMPARE(identity, s.managedIdentity(u"runner"));
        QVERIFY(!identity->systemAssigned);
        QCOMPARE(identity->flavour, u"app-service"_s);
        QCOMPARE(identity->endpoint, u"http://127.0.0.1:41741/msi/token"_s);
        QCOMPARE(identity->host, u"vm-1"_s);
        QVERIFY(identity->resourceId.startsWith(u"/subscriptions/"));
        QVERIFY(
            with(u"/managedIdentities/0/type", R"("systemAssigned")")->managedIdentities[0].systemAssigned);
    }

    void readsApps()
    {
        const setup::Setup s = *setup::parseSetup(m_full);
        const setup::App& toys = *s.app(u"toys");
        QCOMPARE(toys.kind, setup::AppKind::Confidential);
        QCOMPARE(s.tenantOf(toys)->name, u"branch"_s);
        QCOMPARE(s.tenantOf(*s.app(u"plan"))->name, u"home"_s);
        QCOMPARE(toys.requestedAccessTokenVersion, 1);
        QCOMPARE(s.app(u"plan")->requestedAccessTokenVersion, 2);
        QVERIFY(toys.disabled);
        QCOMPARE(toys.owners, QStringList({u"bob"_s, u"carol"_s}));
        QCOMPARE(toys.appRoles, QStringList(u"Toys.All"_s));
        QCOMPARE(toys.optionalClaims, QStringList(u"idtyp"_s));
        QCOMPARE(toys.redirectUris, QStringList(u"http://127.0.0.1/callback"_s));
        QCOMPARE(toys.permissions[0].consent, setup::Consent::None);
        QCOMPARE(toys.permissions[0].roles, QStringList(u"Plan.All"_s));
        QCOMPARE(toys.permissions[0].pointer, u"/apps/0/permissions/0"_s);
        const setup::App& agent = *s.app(u"agent");
        QVERIFY(agent.isAgentic() && s.app(u"plan")->isAgentic() && !toys.isAgentic());
        QCOMPARE(agent.parent, u"plan"_s);
        QCOMPARE(agent.objectId, agent.clientId); // left out: an agent's are the same
        QCOMPARE(agent.pointer, u"/apps/2"_s);
    }

    void readsCredentials()
    {
        const setup::App toys = *setup::parseSetup(m_full)->app(u"toys");
        QCOMPARE(toys.credentials.size(), 4);
        QCOMPARE(toys.credential(setup::CredentialType::Secret)->secretId,
            u"55555555-5555-4555-8555-555555555555"_s);
        QCOMPARE(toys.credential(setup::CredentialType::Secret)->expires, u"2030-06-01T12:00:00+02:00"_s);
        QVERIFY(toys.credential(setup::CredentialType::Certificate)->certificate.contains(u"MIIB"));
        const setup::Credential* federated = toys.credential(setup::CredentialType::Federated);
        QCOMPARE(federated->name, u"three"_s);
        QCOMPARE(federated->audiences, QStringList(u"api://AzureADTokenExchange"_s));
        QCOMPARE(federated->source.name, u"gitlab"_s);
        QCOMPARE(toys.credentials[3].expression, u"claims['sub'] matches 'project_path:*'"_s);
        QVERIFY(toys.credentials[3].subject.isEmpty()); // null is as good as absent
        QCOMPARE(toys.credentials[3].pointer, u"/apps/0/credentials/3"_s);
    }

    void readsTargetsAndFlows()
    {
        const setup::Setup s = *setup::parseSetup(m_full);
        QCOMPARE(s.target(u"api")->resource, u"toys"_s);
        QCOMPARE(s.target(u"api")->requiredRoles, QStringList(u"Toys.All"_s));
        QCOMPARE(s.target(u"api")->validIssuers.size(), 1);
        const setup::Target claude = *s.target(u"claude");
        QCOMPARE(claude.rule.find(u"/match/subject_prefix").text(), u"project_path:*"_s);
        QCOMPARE(claude.issuer.root()["issuer_url"].text(), u"https://gitlab.com"_s);
        QVERIFY(!s.target(u"api")->rule.root());
        const setup::FlowSpec flow = *s.flow(u"all");
        QCOMPARE(flow.alsoTarget, u"claude"_s);
        QCOMPARE(flow.client, u"login"_s);
        QCOMPARE(flow.environment, setup::Environment::Lower);
        QCOMPARE(flow.credential, u"managed-identity"_s);
        QCOMPARE(flow.scopes, QStringList(u"api://toys/toys.read"_s));
        QVERIFY(!with(u"/flows/0/environment", "null")->flows[0].environment);
    }

    void aCopyStandsAlone()
    {
        setup::Setup copy;
        {
            const setup::Setup original = *setup::parseSetup(m_full);
            copy = original;
        }
        QCOMPARE(copy.document.source(), m_full);
        QCOMPARE(copy.target(u"claude")->rule.root()["id"].text(), u"fdrl_01ZyXwVuTsRqPnMkJhGfEdCb"_s);
    }

    void everyMemberOfTheTableIsInTheFullDocument()
    {
        QByteArrayList missing;
        const json::Document doc = *json::Document::parse(m_full);
        QFile systems(QStringLiteral(TESTS_DIR "/data/setups/systems.json"));
        QVERIFY(systems.open(QIODevice::ReadOnly));
        const json::Document more = *json::Document::parse(systems.readAll());
        const auto read = setup::parseSetup(more.source());
        QVERIFY2(read, qPrintable(read ? QString() : QString(read.error().text + u' ' + read.error().where)));
        for (const setup::Field& field : setup::fields()) {
            QList<json::Value> values{doc.root(), more.root()};
            for (const QByteArray& part : QByteArray(field.path).split('/').sliced(1)) {
                QList<json::Value> next;
                for (const json::Value& value : std::as_const(values)) {
                    for (json::Value child = value.first(); child; child = child.next()) {
                        if (part == "*" || child.key() == part)
                            next += child;
                    }
                }
                values = next;
            }
            if (values.isEmpty())
                missing += field.path;
            QVERIFY2(field.label[0] && QByteArrayView(field.help).endsWith('.'), field.path);
        }
        QCOMPARE(missing, QByteArrayList());
    }

    void audiencesFindTheirApp_data()
    {
        QTest::addColumn<QString>("audience");
        QTest::addColumn<QString>("app");
        QTest::newRow("client id") << u"33333333-3333-4333-8333-333333333333"_s << u"toys"_s;
        QTest::newRow("identifier URI") << u"api://toys"_s << u"toys"_s;
        QTest::newRow("second identifier URI") << u"https://tailspin.example/toys"_s << u"toys"_s;
        QTest::newRow("closing slash") << u"api://toys/"_s << QString();
        QTest::newRow("case") << u"API://toys"_s << QString();
        QTest::newRow("Graph") << u"https://graph.microsoft.com"_s << u"agent"_s;
        QTest::newRow("Graph with its slash") << u"https://graph.microsoft.com/"_s << u"agent"_s;
        QTest::newRow("nothing") << QString() << QString();
    }
    void audiencesFindTheirApp()
    {
        QFETCH(QString, audience);
        QFETCH(QString, app);
        const setup::Setup s = *with(u"/apps/2/identifierUris", "[\"https://graph.microsoft.com\"]");
        const setup::App* found = s.appByAudience(audience);
        QCOMPARE(found ? found->name : QString(), app);
    }

    void wrongMembersAreNamed_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, QStringView pointer, const char* value, QStringView where,
                             QStringView says) {
            QTest::newRow(name) << pointer.toString() << QByteArray(value) << where.toString()
                                << says.toString();
        };
        row("not a GUID", u"/apps/2/clientId", R"("agent")", u"/apps/2/clientId, line 45",
            u"\"clientId\" in the app \"agent\" is not a GUID");
        row("GUID and more", u"/apps/2/clientId", R"("77777777-7777-4777-8777-777777777777\n")",
            u"/apps/2/clientId, line 45", u"not a GUID");
        row("GUID in braces", u"/apps/2/clientId", R"("{77777777-7777-4777-8777-777777777777}")",
            u"/apps/2/clientId, line 45", u"not a GUID");
        row("missing", u"/apps/1/clientId", "null", u"/apps/1/clientId, line 44",
            u"\"clientId\" is missing in the app \"plan\"");
        row("empty", u"/users/0/username", R"("")", u"/users/0/username, line 16",
            u"\"username\" in the user \"bob\" is not a text");
        row("no such kind", u"/apps/0/kind", R"("robot")", u"/apps/0/kind, line 30", u"One of \"public\"");
        row("version of a token", u"/apps/0/requestedAccessTokenVersion", "3",
            u"/apps/0/requestedAccessTokenVersion, line 33", u"1 or 2");
        row("number as text", u"/apps/0/requestedAccessTokenVersion", R"("2")",
            u"/apps/0/requestedAccessTokenVersion, line 33", u"1 or 2");
        row("flag as text", u"/apps/0/disabled", R"("yes")", u"/apps/0/disabled, line 34", u"true or false");
        row("list as text", u"/apps/0/owners", R"("bob")", u"/apps/0/owners, line 34", u"a list of texts");
        row("list of numbers", u"/apps/0/owners", "[1]", u"/apps/0/owners, line 34", u"a list of texts");
        row("objects as texts", u"/apps", R"(["toys"])", u"/apps, line 29", u"a list of objects");
        row("authority with a slash", u"/tenants/0/authority", "\"https://login.microsoftonline.com/\"",
            u"/tenants/0/authority, line 11", u"closing slash");
        row("authority without a scheme", u"/tenants/0/authority", R"("login.microsoftonline.com")",
            u"/tenants/0/authority, line 11", u"an origin");
        row("authority with a user", u"/tenants/0/authority", "\"https://a@login.microsoftonline.com\"",
            u"/tenants/0/authority, line 11", u"an origin");
        row("URL of another kind", u"/targets/0/url", "\"file:///etc/passwd\"", u"/targets/0/url, line 48",
            u"http or https URL");
        row("time without zone", u"/apps/0/credentials/0/expires", R"("2030-06-01T12:00:00")",
            u"/apps/0/credentials/0/expires, line 36", u"a time with its zone");
        row("vendor's object as text", u"/targets/1/rule", R"("fdrl_01ZyXwVuTsRqPnMkJhGfEdCb")",
            u"/targets/1/rule, line 54", u"an object in braces");
        row("nested", u"/apps/0/credentials/2/source/type", R"("vault")",
            u"/apps/0/credentials/2/source/type, line 39", u"in the credential \"three\"");
        row("unknown reference", u"/flows/0/agent", R"("agnet")", u"/flows/0/agent, line 58",
            u"The flow \"all\" names \"agnet\" under \"agent\", and no app has that name. Known: toys, plan, "
            u"agent.");
        row("either of two", u"/flows/0/client", R"("nobody")", u"/flows/0/client, line 57",
            u"no app or provider has that name. Known: toys, plan, agent, login.");
        row("unknown resource", u"/apps/0/permissions/0/resource", R"("grpah")",
            u"/apps/0/permissions/0/resource, line 43",
            u"The app \"toys\" names \"grpah\" under \"resource\"");
        row("unknown source", u"/apps/0/credentials/2/source/name", R"("hub")",
            u"/apps/0/credentials/2/source/name, line 39", u"no managed identity or outside issuer");
        row("name taken", u"/apps/1/name", R"("toys")", u"/apps/1/name, line 44",
            u"Two entries under \"apps\" in the setup are called \"toys\"");
        row("credential's name taken", u"/apps/0/credentials/1/name", R"("one")",
            u"/apps/0/credentials/1/name, line 37", u"in the app \"toys\" are called \"one\"");
        row("the same version of a secret", u"/targets/0/secrets", R"([{"name": "a", "version": "1"}, {"name": "a", "version": "1"}])",
            u"/targets/0/secrets/1/name, line 50", u"are called \"a\"");
    }
    void wrongMembersAreNamed()
    {
        QFETCH(QString, pointer);
        QFETCH(QByteArray, value);
        QFETCH(QString, where);
        QFETCH(QString, says);
        const auto result = with(pointer, value);
        QVERIFY(!result);
        QCOMPARE(result.error().code, u"setup-field"_s);
        QCOMPARE(result.error().where, where);
        QVERIFY2(result.error().text.contains(says), qPrintable(result.error().text));
    }

    void secretsHaveVersions()
    {
        const auto result = with(u"/targets/0/secrets"_s, R"([{"name": "a", "version": "1"}, {"name": "a", "version": "2"}, {"name": "a"}])");
        QVERIFY2(result, result ? "" : qPrintable(result.error().text));
        QCOMPARE(result->targets.first().secrets.size(), 3);
    }

    void unnamedObjectsAreCounted()
    {
        const auto result
            = setup::parseSetup(json::Document::parse(m_full)->without(u"/apps/1/name")->source());
        QVERIFY(!result);
        QVERIFY2(result.error().text.contains(u"\"name\" is missing in the app at place 2"),
            qPrintable(result.error().text));
    }

    void doubledMembersAreNamed()
    {
        QByteArray text = m_full;
        text.replace(R"("host": "vm-1")", R"("host": "vm-1", "host": "vm-2")");
        const auto result = setup::parseSetup(text);
        QVERIFY(!result);
        QCOMPARE(result.error().where, u"/managedIdentities/0/host, line 21"_s);
        QVERIFY(result.error().text.contains(u"stands more than once in the managed identity \"runner\""));
    }

    void documentsThatAreNoSetup_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("newer") << QByteArray(R"({"schema": "setup", "version": 3, "future": true})")
                               << u"setup-version"_s
                               << u"Version 3 is newer than this program knows (1). Nothing was changed."_s;
        QTest::newRow("older") << QByteArray(R"({"schema": "setup", "version": 0})") << u"setup-field"_s
                               << u"\"version\" in the setup"_s;
        QTest::newRow("no version") << QByteArray(R"({"schema": "setup"})") << u"setup-field"_s
                                    << u"\"version\" is missing"_s;
        QTest::newRow("another schema") << QByteArray(R"({"schema": "run", "version": 1})")
                                        << u"setup-field"_s << u"not a setup document"_s;
        QTest::newRow("an array") << "[]"_ba << u"setup-field"_s << u"not a setup document"_s;
        QTest::newRow("nothing") << ""_ba << u"setup-syntax"_s << u"Nothing was loaded."_s;
        QTest::newRow("comma missing")
            << "{\"schema\": \"setup\"\n \"version\": 1}"_ba << u"setup-syntax"_s << u"Line 2, column 2"_s;
        QTest::newRow("not UTF-8") << "{\"schema\": \"\xff\"}"_ba << u"setup-syntax"_s << u"not UTF-8"_s;
        QTest::newRow("two documents") << "{}{}"_ba << u"setup-syntax"_s << u"Nothing was loaded."_s;
        QTest::newRow("deep") << QByteArray(100'000, '[') << u"setup-syntax"_s << u"512"_s;
    }
    void documentsThatAreNoSetup()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        QFETCH(QString, says);
        const auto result = setup::parseSetup(text);
        QVERIFY(!result);
        QCOMPARE(result.error().code, code);
        QVERIFY2(result.error().text.contains(says), qPrintable(result.error().text));
    }

    void aSecretInAPlaceOfItsOwnKindStillLoads()
    {
        // So that the finding can say what it is; an error about GUIDs would send people the wrong way.
        QVERIFY(with(u"/apps/0/credentials/0/secretId", R"("q7R8Q~aBcDeFgHiJkLmNoPqRsTuVwXyZ01234567")"));
    }

    void errorsKeepSecretsToThemselves()
    {
        const auto result = with(u"/flows/0/agent", R"("q7R8Q~aBcDeFgHiJkLmNoPqRsTuVwXyZ01234567")");
        QVERIFY(!result);
        QVERIFY(!result.error().text.contains(u"Q~"));
        QVERIFY(result.error().text.contains(u"(hidden)"));
    }

    void syntaxErrorsQuoteOnlyTheDocumentsOwnNames_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QByteArray& text, QStringView says) {
            QTest::newRow(name) << text << says.toString();
        };
        row("a member", "{\"id\": \"a\"\n\"targets\": []}"_ba,
            u"Line 2, column 1: a comma is missing before \"targets\". Nothing was loaded.");
        row("a value", "{\"password\"\n\"hunter2\"}"_ba, u"what stands there");
        row("a long value", QByteArray("{\"id\": \"a\"\n\"" + QByteArray(200, 'x') + "\"}"),
            u"what stands there");
        row("a bare word", "{\"password\": hunter2}"_ba, u"what stands there");
    }
    void syntaxErrorsQuoteOnlyTheDocumentsOwnNames()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const auto broken = setup::parseSetup(text);
        QVERIFY2(broken.error().text.contains(says), qPrintable(broken.error().text));
        QVERIFY(!broken.error().text.contains(u"hunter2"));
        QVERIFY(!broken.error().text.contains(u"xxx"));
    }

    void editingLeavesEverythingElseAsItStands()
    {
        setup::Setup before = *setup::parseSetup(m_full, u"full.json"_s);
        before.onDisk = "digest"_ba;
        const auto after
            = setup::edited(before, u"/apps/0/credentials/2/subject", R"("project_path:tailspin/toys")");
        QVERIFY(after);
        QCOMPARE(after->app(u"toys")->credentials[2].subject, u"project_path:tailspin/toys"_s);
        QByteArray expected = m_full;
        const QByteArray subject = "\"subject\": \"project_path:tailspin/toys:ref:main\",\n"_ba;
        QCOMPARE(expected.count(subject), 1);
        expected.replace(subject, "\"subject\": \"project_path:tailspin/toys\",\n");
        QCOMPARE(after->document.source(), expected);
        QCOMPARE(after->file, u"full.json"_s);
        QCOMPARE(after->onDisk, "digest"_ba);
        QVERIFY(!setup::edited(before, u"/apps/0/kind", R"("robot")"));
        QVERIFY(!setup::edited(before, u"/nowhere/at/all", "1"));
    }
};

QTEST_GUILESS_MAIN(TestSetup)
#include "tst_setup.moc"
