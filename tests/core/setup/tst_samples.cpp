// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/file.h"

#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

/// The documents that ship: they load, hold no secret, play with one cast, and the lab's base has what its
/// manifest owes.
class TestSamples : public QObject
{
    Q_OBJECT

    static setup::Setup base()
    {
        setup::initResources();
        QFile file(u":/lab/base.json"_s);
        return file.open(QIODevice::ReadOnly) ? setup::parseSetup(file.readAll()).value_or(setup::Setup{})
                                              : setup::Setup{};
    }
    static QList<setup::Setup> all()
    {
        QList<setup::Setup> setups;
        for (const QString& id : setup::sampleIds())
            setups += setup::sample(id).value_or(setup::Setup{});
        setups += base();
        return setups;
    }

private slots:
    void samples_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<bool>("higher");
        QTest::addColumn<QStringList>("flows");
        QTest::newRow("sign-in-api") << u"Claims portal"_s << false << QStringList(u"sign-in-api"_s);
        QTest::newRow("on-behalf-of") << u"Claims on behalf"_s << false << QStringList(u"on-behalf-of"_s);
        QTest::newRow("secret-agent")
            << u"Claims desk, secret"_s << false << QStringList(u"agent-to-claude-secret"_s);
        QTest::newRow("federated-agent") << u"Claims desk"_s << true << QStringList(u"agent-to-claude"_s);
        QTest::newRow("agent-for-user") << u"Claims desk for Alice"_s << false
                                        << QStringList({u"agent-for-user"_s, u"agent-for-user-secret"_s});
        QTest::newRow("two-patterns")
            << u"Two patterns"_s << false
            << QStringList({u"two-patterns"_s, u"pattern-secret"_s, u"pattern-federated"_s});
        QTest::newRow("aws-agent") << u"Claims desk at AWS"_s << true
                                   << QStringList({u"agent-to-aws"_s, u"identity-to-aws"_s});
        QTest::newRow("mcp-server")
            << u"Tools behind MCP"_s << false
            << QStringList({u"mcp-tool"_s, u"mcp-step-up"_s, u"mcp-register"_s, u"mcp-client-document"_s, u"mcp-enterprise"_s});
    }
    void samples()
    {
        QFETCH(QString, title);
        QFETCH(bool, higher);
        QFETCH(QStringList, flows);
        const QString id = QString::fromLatin1(QTest::currentDataTag());
        const auto sample = setup::load(id);
        QVERIFY2(sample, qPrintable(sample ? QString() : sample.error().text + sample.error().where));
        QVERIFY(setup::load(u"sample:"_s + id));
        QCOMPARE(sample->id, id);
        QCOMPARE(sample->title, title);
        QCOMPARE(sample->environment == setup::Environment::Higher, higher);
        QStringList ids;
        for (const setup::FlowSpec& flow : sample->flows)
            ids += flow.id;
        QCOMPARE(ids, flows);
        QVERIFY(sample->file.isEmpty());
    }

    void comeInTheirOrder()
    {
        QCOMPARE(setup::sampleIds(),
            QStringList({u"federated-agent"_s, u"sign-in-api"_s, u"on-behalf-of"_s, u"secret-agent"_s,
                u"agent-for-user"_s, u"two-patterns"_s, u"workload-federation"_s, u"agent-estate"_s, u"aws-agent"_s, u"google-agent"_s, u"mcp-server"_s,
                u"vault"_s, u"sidecar"_s, u"token-exchange"_s, u"saas-github"_s, u"credential-broker"_s}));
    }

    void holdNoSecret()
    {
        for (const setup::Setup& setup : all()) {
            for (const setup::SecretSighting& sighting : setup::findSecrets(setup))
                QFAIL(qPrintable(setup.id + sighting.pointer + u": "_s + sighting.looksLike));
        }
    }

    /// One name is one object in the samples of the one agent, so that the lab can put its base under any. Later ones have
    /// casts of their own, which the lab completes by aliases (tst_labmanifest).
    void playWithOneCast()
    {
        QMap<QString, QString> ids;
        QMap<QString, QString> names;
        const auto same = [&](const QString& kind, const QString& name, const QString& clientId,
                              const QString& objectId) {
            const QString key = kind + u' ' + name;
            const QString id = clientId + u' ' + objectId;
            QCOMPARE(ids.value(key, id), id);
            QCOMPARE(names.value(id, key), key);
            ids[key] = id;
            names[id] = key;
        };
        for (const setup::Setup& setup : all().first(6)) {
            same(u"tenant"_s, setup.home()->name, setup.home()->id, setup.home()->authority);
            for (const setup::App& app : setup.apps)
                same(u"app"_s, app.name, app.clientId, app.objectId);
            for (const setup::ManagedIdentity& identity : setup.managedIdentities)
                same(u"identity"_s, identity.name, identity.clientId, identity.objectId);
            for (const setup::User& user : setup.users)
                same(u"user"_s, user.name, user.username, user.objectId);
            for (const setup::Target& target : setup.targets)
                same(u"target"_s, target.name, target.kind,
                    target.url + target.roleArn + QString::fromUtf8(json::formatted(target.rule.root(), -1)));
        }
    }

    void agentsFollowTheRules()
    {
        for (const setup::Setup& setup : all()) {
            for (const setup::App& app : setup.apps) {
                if (app.isAgentic())
                    QCOMPARE(app.owners, QStringList(u"alice"_s));
                if (app.kind != setup::AppKind::Agent)
                    continue;
                QCOMPARE(app.objectId, app.clientId);
                QVERIFY(app.credentials.isEmpty());
                QCOMPARE(setup.app(app.parent)->kind, setup::AppKind::Blueprint);
            }
        }
    }

    /// What would be refused although nobody broke it.
    void contractsFitTheirObjects()
    {
        for (const setup::Setup& setup : all()) {
            for (const setup::App& app : setup.apps) {
                for (const setup::Credential& credential : app.credentials) {
                    if (credential.source.type != "managed-identity"_L1)
                        continue;
                    QCOMPARE(credential.issuer, setup.home()->issuerV2());
                    QCOMPARE(credential.subject, setup.managedIdentity(credential.source.name)->objectId);
                    QCOMPARE(credential.audiences, QStringList(setup::exchangeAudienceUri.toString()));
                }
            }
            for (const setup::Target& target : setup.targets) {
                if (target.kind != "anthropic"_L1 || !target.rule.root())
                    continue;
                QCOMPARE(target.issuer.root()["issuer_url"].text(), setup.home()->issuerV2());
                QCOMPARE(target.rule.find(u"/match/audience").text(), setup.app(target.resource)->clientId);
                QCOMPARE(target.rule.find(u"/target/service_account_id").text(), target.serviceAccountId);
                QCOMPARE(target.rule.root()["issuer_id"].text(), target.issuer.root()["id"].text());
            }
        }
    }

    void permissionsExist()
    {
        for (const setup::Setup& setup : all()) {
            for (const setup::App& app : setup.apps) {
                for (const setup::Permission& permission : app.permissions) {
                    const setup::App& resource = *setup.app(permission.resource);
                    for (const QString& scope : permission.scopes)
                        QVERIFY2(resource.delegatedScopes.contains(scope),
                            qPrintable(setup.id + permission.pointer));
                    for (const QString& role : permission.roles)
                        QVERIFY2(resource.appRoles.contains(role), qPrintable(setup.id + permission.pointer));
                }
            }
        }
    }

    void theBaseHasWhatTheManifestOwes_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("credentials");
        QTest::addColumn<QString>("identifier");
        const auto row
            = [](const char* name, QStringView kind, const QStringList& credentials, QStringView identifier) {
                  QTest::newRow(name) << kind.toString() << credentials << identifier.toString();
              };
        row("public-client", u"public", {}, u"");
        row("web-api", u"confidential",
            {u"secret"_s, u"certificate"_s, u"federated outside"_s, u"federated uami"_s},
            u"api://claims-backend.harbour.example");
        row("blueprint", u"blueprint", {u"secret"_s, u"federated uami"_s},
            u"api://b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52");
        row("agent", u"agent", {}, u"");
        row("other-blueprint", u"blueprint", {u"secret"_s}, u"api://d7419e3c-60a8-4b2f-a1e5-8f9c02b6d743");
        row("graph", u"resource", {}, u"https://graph.microsoft.com");
        row("key-vault", u"resource", {}, u"https://vault.azure.net");
        row("token-exchange", u"resource", {}, u"api://AzureADTokenExchange");
        row("anthropic-api", u"resource", {}, u"api://anthropic-wif");
        row("aws-api", u"resource", {}, u"api://aws-wif");
        row("gcp-api", u"resource", {}, u"api://gcp-wif");
        row("mcp", u"resource", {}, u"https://tools.harbour.example/mcp");
    }
    void theBaseHasWhatTheManifestOwes()
    {
        QFETCH(QString, kind);
        QFETCH(QStringList, credentials);
        QFETCH(QString, identifier);
        const setup::Setup s = base();
        const setup::App* app = s.app(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(app);
        QCOMPARE(s.document.find(QString(app->pointer + u"/kind"_s)).text(), kind);
        QStringList found;
        for (const setup::Credential& credential : app->credentials) {
            const QString type = s.document.find(QString(credential.pointer + u"/type"_s)).text();
            found += credential.source.name.isEmpty() ? type : QString(type + u' ' + credential.source.name);
        }
        QCOMPARE(found, credentials);
        QCOMPARE(app->identifierUris.value(0), identifier);
    }

    void theBaseGrantsWhatTheManifestOwes()
    {
        const setup::Setup s = base();
        QSet<QString> asked;
        for (const setup::Permission& permission : s.app(u"public-client")->permissions)
            asked += permission.resource;
        for (const QString& resource : {u"web-api"_s, u"blueprint"_s, u"graph"_s, u"mcp"_s})
            QVERIFY(asked.contains(resource));
        QVERIFY(s.managedIdentity(u"system")->systemAssigned);
        QCOMPARE(s.managedIdentity(u"uami")->flavour, u"imds"_s);
        QCOMPARE(s.issuer(u"outside")->issuer, s.app(u"web-api")->credentials[2].issuer);
        QCOMPARE(
            s.target(u"anthropic")->rule.find(u"/match/subject_prefix").text(), s.app(u"agent")->clientId);
        QVERIFY(s.target(u"graph") && s.target(u"demo-api") && s.user(u"alice"));
    }

    void anIssuerNeedsNoTenant()
    {
        const auto s = setup::load(QStringLiteral(TESTS_DIR "/data/setups/any-issuer.json"));
        QVERIFY(s);
        QVERIFY(!s->home());
        QCOMPARE(s->provider(s->flows[0].client)->issuer, u"https://id.tailspin.example"_s);
        QCOMPARE(s->flows[0].recipe, u"sign-in-api"_s);
    }
};

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"
