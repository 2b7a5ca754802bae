// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/setup/file.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;

} // namespace

/// The manifest, version 1, member by member, and the life of the lab around it.
class TestLabManifest : public QObject
{
    Q_OBJECT
    LabFixture f {};

private slots:
    void initTestCase() { QVERIFY2(f.start(), qPrintable(f.problem)); }

    void headIsRight()
    {
        QCOMPARE(f.manifest()[u"schema"_s].toString(), u"lab-manifest"_s);
        QCOMPARE(f.manifest()[u"version"_s].toInt(), 1);
        QCOMPARE(f.manifest()[u"tenant"_s][u"id"_s].toString().toLower(),
            f.manifest()[u"tenant"_s][u"id"_s].toString());
        QVERIFY(f.manifest()[u"vaultSecrets"_s].isArray());
    }

    void namesAreUnique()
    {
        for (const QString& list :
            {u"endpoints"_s, u"issuers"_s, u"apps"_s, u"managedIdentities"_s, u"users"_s, u"trusts"_s}) {
            QStringList names;
            for (const QJsonValue& each : f.manifest()[list].toArray()) {
                QVERIFY2(!names.contains(each[u"name"_s].toString()),
                    qPrintable(list + u' ' + each[u"name"_s].toString()));
                names += each[u"name"_s].toString();
            }
        }
    }

    void endpoints_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("entra") << u"https"_s;
        QTest::newRow("imds") << u"http"_s;
        QTest::newRow("app-service") << u"http"_s;
        QTest::newRow("graph") << u"https"_s;
        QTest::newRow("anthropic") << u"https"_s;
        QTest::newRow("key-vault") << u"https"_s;
        QTest::newRow("demo-api") << u"https"_s;
        QTest::newRow("aws-sts") << u"https"_s;
    }
    void endpoints()
    {
        QFETCH(QString, scheme);
        const QString url = f.url(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY2(url.startsWith(QString(scheme + u"://127.0.0.1:"_s)), qPrintable(url));
        QVERIFY(!url.endsWith(u'/'));
    }

    void apps_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("credentials");
        const QStringList none;
        QTest::newRow("public-client") << u"public"_s << none;
        QTest::newRow("web-api") << u"confidential"_s
                                 << QStringList {
                                        u"secret"_s, u"certificate"_s, u"federated"_s, u"federated"_s};
        QTest::newRow("blueprint") << u"blueprint"_s << QStringList {u"secret"_s, u"federated"_s};
        QTest::newRow("agent") << u"agent"_s << none;
        QTest::newRow("other-blueprint") << u"blueprint"_s << QStringList {u"secret"_s};
        for (const char* name :
            {"graph", "key-vault", "token-exchange", "anthropic-api", "aws-api", "gcp-api", "mcp"})
            QTest::newRow(name) << u"resource"_s << none;
    }
    void apps()
    {
        QFETCH(QString, kind);
        QFETCH(QStringList, credentials);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const QJsonObject app = f.entry(u"apps"_s, name);
        QCOMPARE(app[u"kind"_s].toString(), kind);
        for (const QString& member :
            {u"identifierUris"_s, u"redirectUris"_s, u"delegatedScopes"_s, u"credentials"_s})
            QVERIFY(app[member].isArray());
        QStringList types;
        for (const QJsonValue& c : app[u"credentials"_s].toArray())
            types += c[u"type"_s].toString();
        QCOMPARE(types, credentials);
        QVERIFY(kind != "resource"_L1 || !app[u"identifierUris"_s].toArray().isEmpty());
        QCOMPARE(app[u"parent"_s].toString(), name == "agent"_L1 ? u"blueprint"_s : QString());
    }

    void federatedCredentialsNameTheirSource()
    {
        QStringList sources;
        for (const QJsonValue& c : f.entry(u"apps"_s, u"web-api"_s)[u"credentials"_s].toArray()) {
            if (c[u"type"_s].toString() != "federated"_L1)
                continue;
            sources += QString(
                c[u"source"_s][u"type"_s].toString() + u'/' + c[u"source"_s][u"name"_s].toString());
            const bool outside = c[u"source"_s][u"type"_s].toString() == "issuer"_L1;
            QCOMPARE(c[u"issuer"_s].toString(),
                outside ? f.entry(u"issuers"_s, u"outside"_s)[u"issuer"_s].toString()
                        : QString(f.authority() + u"/v2.0"_s));
        }
        QCOMPARE(sources, QStringList({u"issuer/outside"_s, u"managed-identity/uami"_s}));
    }

    void wellKnownIdentifiers()
    {
        QCOMPARE(f.clientId(u"token-exchange"_s), "fb60f99c-7a34-4190-8149-302f77469936");
        QCOMPARE(f.entry(u"apps"_s, u"graph"_s)[u"identifierUris"_s][0].toString(),
            u"https://graph.microsoft.com"_s);
        QVERIFY(f.entry(u"apps"_s, u"graph"_s)[u"delegatedScopes"_s].toArray().contains(u"User.Read"_s));
        QCOMPARE(f.entry(u"apps"_s, u"public-client"_s)[u"redirectUris"_s].toArray(),
            QJsonArray({u"http://127.0.0.1/callback"_s, u"http://localhost/callback"_s}));
        QCOMPARE(f.entry(u"managedIdentities"_s, u"system"_s)[u"type"_s].toString(), u"systemAssigned"_s);
        QVERIFY(!f.entry(u"managedIdentities"_s, u"uami"_s)[u"resourceId"_s].toString().isEmpty());
        QVERIFY(!f.entry(u"users"_s, u"alice"_s)[u"password"_s].toString().isEmpty());
        QCOMPARE(f.entry(u"trusts"_s, u"anthropic"_s)[u"principal"_s][u"name"_s].toString(), u"agent"_s);
        const QJsonObject aws = f.entry(u"trusts"_s, u"aws"_s);
        QCOMPARE(aws[u"principal"_s][u"name"_s].toString(), u"agent"_s);
        QCOMPARE(aws[u"scope"_s].toString(), u"api://aws-wif/.default"_s);
        QVERIFY(aws[u"settings"_s][u"roleArn"_s].toString().startsWith(u"arn:aws:iam::"_s));
        QCOMPARE(aws[u"settings"_s][u"region"_s], f.entry(u"endpoints"_s, u"aws-sts"_s)[u"region"_s]);
    }

    void vaultSecretsAreThoseThatCanBeRead()
    {
        QStringList names;
        for (const QJsonValue& secret : f.manifest()[u"vaultSecrets"_s].toArray()) {
            names += secret[u"name"_s].toString();
            QVERIFY(secret[u"value"_s].toString().size() >= 40);
        }
        QVERIFY(names.contains(u"db-password"_s));
        QVERIFY(!names.contains(u"retired-password"_s)); // disabled
    }

    void filesAreThereAndPrivate() // S16
    {
        const QDir folder(f.folder());
        const QFile::Permissions of = QFileInfo(f.manifestFile()).permissions();
        QCOMPARE(of, QFile::Permissions(ownerOnly));
        QStringList keys {f.entry(u"issuers"_s, u"outside"_s)[u"keyFile"_s].toString(),
            f.credential(u"web-api"_s, u"certificate"_s)[u"keyFile"_s].toString()};
        for (const QString& key : keys) {
            QVERIFY(!key.contains(u'/'));
            QCOMPARE(QFileInfo(folder.filePath(key)).permissions(), QFile::Permissions(ownerOnly));
            QFile file(folder.filePath(key));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(file.readAll().startsWith("-----BEGIN PRIVATE KEY-----"));
            QVERIFY(f.keyIn(key).bits() >= 2048);
        }
        const auto leaf = QSslCertificate::fromPath(
            folder.filePath(f.credential(u"web-api"_s, u"certificate"_s)[u"certificateFile"_s].toString()));
        QCOMPARE(leaf.size(), 1);
    }

    void authorityIsACertificateAuthority()
    {
        const QString file = QDir(f.folder()).filePath(f.manifest()[u"tls"_s][u"caFile"_s].toString());
        QCOMPARE(f.lab().caFile(), file);
        const auto ca = QSslCertificate::fromPath(file);
        QCOMPARE(ca.size(), 1);
        bool isAuthority = false;
        for (const QSslCertificateExtension& e : ca.front().extensions())
            isAuthority
                = isAuthority || (e.name() == "basicConstraints"_L1 && e.value().toMap()[u"ca"_s].toBool());
        QVERIFY(isAuthority);
        QCOMPARE(f.lab().authorities().size(), 1);
    }

    void labSpeaksOfTheSameThings()
    {
        QVERIFY(f.lab().isRunning());
        const auto signIn = f.lab().signInFor(u"alice"_s);
        QVERIFY(signIn);
        QCOMPARE(signIn->password, f.entry(u"users"_s, u"alice"_s)[u"password"_s].toString());
        QVERIFY(!f.lab().signInFor(u"bob"_s));
        QCOMPARE(QString::fromLatin1(f.lab().identityHeader()),
            f.entry(u"endpoints"_s, u"app-service"_s)[u"header"_s].toString());
        QVERIFY(f.lab().endpoints().size() >= 6);
    }

    void everySamplePlaysAsItIsWritten_data()
    {
        QTest::addColumn<QString>("id");
        for (const QString& id : setup::sampleIds())
            QTest::newRow(qPrintable(id)) << id;
    }
    void everySamplePlaysAsItIsWritten()
    {
        QFETCH(QString, id);
        LabFixture lab({.listsIssuers = false});
        const auto sample = setup::sample(id);
        QVERIFY2(lab.play(*sample), qPrintable(lab.problem));
        const setup::Setup& played = lab.lab().played();
        for (const setup::App& app : sample->apps) {
            const setup::App* same = played.app(app.name);
            QVERIFY(same);
            QCOMPARE(same->pointer, app.pointer);
            QCOMPARE(same->credentials.size(), app.credentials.size());
            QCOMPARE(same->permissions.size(), app.permissions.size());
        }
        QVERIFY(played.appByAudience(setup::exchangeAudienceUri));
        QVERIFY(!played.app(u"other-blueprint"));
        QVERIFY(played.home()->authority.startsWith("https://127.0.0.1:"_L1));
        QVERIFY(lab.lab().bindings().size() >= 2);
    }

    /// What the manifest promises of its entries holds under every setup.
    void everySampleCanBeCompleted_data() { everySamplePlaysAsItIsWritten_data(); }
    void everySampleCanBeCompleted()
    {
        QFETCH(QString, id);
        LabFixture lab({.complete = true, .listsIssuers = false});
        QVERIFY2(lab.play(*setup::sample(id)), qPrintable(lab.problem));
        for (const QJsonValue& app : f.manifest()[u"apps"_s].toArray())
            QVERIFY2(!lab.entry(u"apps"_s, app[u"name"_s].toString()).isEmpty(),
                qPrintable(app[u"name"_s].toString()));
        QVERIFY(!lab.credential(u"blueprint"_s, u"secret"_s).isEmpty());
        QVERIFY(!lab.credential(u"web-api"_s, u"certificate"_s).isEmpty());
        QCOMPARE(lab.appToken(u"web-api"_s, "https://graph.microsoft.com/.default").status, 200);
        const QJsonObject user = claimsOf(member(lab.userToken("https://graph.microsoft.com/User.Read"), "access_token"));
        QCOMPARE(user[u"ver"_s].toString(), u"2.0"_s);
        QCOMPARE(user[u"iss"_s].toString(), QString(lab.authority() + u"/v2.0"_s));
        QStringList sources;
        for (const QJsonValue& c : lab.entry(u"apps"_s, u"web-api"_s)[u"credentials"_s].toArray())
            sources += c[u"source"_s][u"type"_s].toString() + u'/' + c[u"subject"_s].toString();
        QVERIFY2(sources.contains(u"issuer/repo:lab/demo:ref:refs/heads/main"_s), qPrintable(sources.join(u' ')));
        QVERIFY2(sources.contains(u"managed-identity/"_s + lab.entry(u"managedIdentities"_s, u"uami"_s)[u"objectId"_s].toString()), qPrintable(sources.join(u' ')));
        for (const QString& trust : {u"anthropic"_s, u"aws"_s, u"gcp"_s, u"token-exchange"_s})
            QVERIFY2(!lab.entry(u"trusts"_s, trust).isEmpty(), qPrintable(trust));
        const QByteArray token = member(lab.appToken(u"web-api"_s, "https://vault.azure.net/.default"), "access_token");
        for (const QJsonValue& secret : lab.manifest()[u"vaultSecrets"_s].toArray()) {
            const auto reply = lab.get(QString(lab.url(u"key-vault"_s) + u"/secrets/"_s + secret[u"name"_s].toString() + u"?api-version=7.4"_s),
                http::Headers {http::Header {"Authorization", "Bearer " + token}});
            QVERIFY2(jsonOf(reply)[u"value"_s] == secret[u"value"_s], reply.body.constData());
        }
        const QJsonObject aws = lab.entry(u"trusts"_s, u"aws"_s);
        const auto assumed = lab.post(lab.url(u"aws-sts"_s), {{"Action", "AssumeRoleWithWebIdentity"}, {"Version", "2011-06-15"}, {"RoleSessionName", "session"},
            {"RoleArn", aws[u"settings"_s][u"roleArn"_s].toString().toUtf8()},
            {"WebIdentityToken", member(lab.agentToken(lab.exchangeToken(), aws[u"scope"_s].toString().toUtf8()), "access_token")}});
        QVERIFY2(assumed.status == 200, assumed.body.constData());
        const QJsonObject anthropic = lab.entry(u"trusts"_s, u"anthropic"_s), settings = anthropic[u"settings"_s].toObject();
        const QByteArray assertion = member(lab.agentToken(lab.exchangeToken(), anthropic[u"scope"_s].toString().toUtf8()), "access_token");
        const auto exchanged = lab.postJson(lab.url(u"anthropic"_s) + u"/v1/oauth/token"_s, QJsonDocument(QJsonObject {
            {u"grant_type"_s, u"urn:ietf:params:oauth:grant-type:jwt-bearer"_s}, {u"assertion"_s, QString::fromLatin1(assertion)},
            {u"federation_rule_id"_s, settings[u"federationRuleId"_s]}, {u"organization_id"_s, settings[u"organizationId"_s]},
            {u"service_account_id"_s, settings[u"serviceAccountId"_s]}}).toJson());
        QVERIFY2(exchanged.status == 200, exchanged.body.constData());
    }

    void sameSeedSameKeysAndIds()
    {
        const auto run = [](LabFixture& lab) {
            if (!lab.play(*setup::sample(u"secret-agent"_s)))
                return QByteArray(lab.problem.toUtf8());
            return QByteArray(lab.get(lab.authority() + u"/discovery/v2.0/keys"_s).body
                + lab.secret(u"blueprint"_s) + claimsOf(lab.exchangeToken())[u"uti"_s].toString().toUtf8());
        };
        // The ports differ, and with them the issuer in the key set.
        const auto withoutPorts = [](QByteArray text) {
            return QString::fromUtf8(text).remove(QRegularExpression(u"127\\.0\\.0\\.1:\\d+"_s));
        };
        LabFixture a({.seed = "one"}), b({.seed = "one"}), c({.seed = "two"});
        const QString first = withoutPorts(run(a));
        QCOMPARE(withoutPorts(run(b)), first);
        QVERIFY(withoutPorts(run(c)) != first);
    }

    void stopEndsEverything()
    {
        LabFixture lab;
        QVERIFY(lab.start());
        const QString address = lab.authority() + u"/v2.0/.well-known/openid-configuration"_s;
        QCOMPARE(lab.get(address).status, 200);
        QElapsedTimer timer;
        timer.start();
        lab.lab().stop();
        QVERIFY(timer.elapsed() < 1000); // L11
        QCOMPARE(lab.get(address).status, 0);
        QVERIFY(QDir(lab.folder()).isEmpty()); // a stale manifest would send somebody to a dead port
        QVERIFY(!lab.lab().isRunning());
        QVERIFY(lab.start());
        QCOMPARE(lab.appToken(u"web-api"_s, "https://graph.microsoft.com/.default").status, 200);
    }

    void takenPortIsSaid() // X14
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        LabFixture lab({.portBase = taken.serverPort()});
        QVERIFY(!lab.start());
        QVERIFY2(lab.problem.startsWith("port-taken"_L1), qPrintable(lab.problem));
        QVERIFY(lab.problem.contains(QString::number(taken.serverPort())));
    }

    void manifestThatCannotBeWrittenIsSaid()
    {
        lab::Lab lab;
        QString code;
        connect(&lab, &lab::Lab::failed, this, [&code](const base::Error& error) { code = error.code; });
        lab.start(*setup::sample(u"sign-in-api"_s), {.manifest = u"/nowhere/at/all/lab-manifest.json"_s});
        QTRY_COMPARE_WITH_TIMEOUT(code, u"lab-manifest-unwritable"_s, 30000);
        QVERIFY(!lab.isRunning());
    }

    void startOverStartPlaysTheSecond()
    {
        lab::Lab lab;
        int ready = 0;
        connect(&lab, &lab::Lab::ready, this, [&ready] { ++ready; });
        lab.start(*setup::sample(u"sign-in-api"_s), {});
        lab.start(*setup::sample(u"secret-agent"_s), {});
        QTRY_COMPARE_WITH_TIMEOUT(ready, 1, 30000);
        QCOMPARE(lab.played().id, u"secret-agent"_s);
    }

    void destroyedWhileStarting()
    {
        auto lab = std::make_unique<lab::Lab>();
        lab->start(*setup::sample(u"sign-in-api"_s), {});
        lab.reset();
    }
};

QTEST_GUILESS_MAIN(TestLabManifest)
#include "tst_labmanifest.moc"
