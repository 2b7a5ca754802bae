// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/setup/file.h"
#include "core/trust/principal.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

/// Blueprint, agent identity, managed identity: the exchange and what comes of it (entra.md sections 5 to 7).
class TestLabAgent : public QObject
{
    Q_OBJECT
    LabFixture f {};

    QByteArray byIdentity(const QByteArray& identityToken)
    {
        return member(
            f.token({{"grant_type", "client_credentials"}, {"client_id", f.clientId(u"blueprint"_s)},
                {"scope", "api://AzureADTokenExchange/.default"}, {"fmi_path", f.clientId(u"agent"_s)},
                {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                {"client_assertion", identityToken}}),
            "access_token");
    }

private slots:
    void initTestCase() { QVERIFY2(f.start(), qPrintable(f.problem)); }

    void exchangeTokenNamesTenantBlueprintAndAgent()
    {
        const QJsonObject c = claimsOf(f.exchangeToken());
        QCOMPARE(c[u"aud"_s].toString(), u"fb60f99c-7a34-4190-8149-302f77469936"_s);
        QCOMPARE(c[u"azp"_s].toString(), QString::fromLatin1(f.clientId(u"blueprint"_s)));
        QCOMPARE(c[u"oid"_s], f.entry(u"apps"_s, u"blueprint"_s)[u"objectId"_s]);
        QCOMPARE(c[u"azpacr"_s].toString(), u"1"_s);
        const auto subject = trust::readExchangeSubject(c[u"sub"_s].toString());
        QVERIFY(subject);
        QCOMPARE(subject->tenant, f.manifest()[u"tenant"_s][u"id"_s].toString());
        QCOMPARE(subject->app.toLatin1(), f.clientId(u"blueprint"_s));
        QCOMPARE(subject->path.toLatin1(), f.clientId(u"agent"_s));
        QCOMPARE(c[u"exp"_s].toInteger() - c[u"nbf"_s].toInteger(), 3900);
        QVERIFY(!c.contains(u"xms_par_app_azp"_s));
        QVERIFY(c.contains(u"xms_ficinfo"_s));
    }

    void agentActsForItself()
    {
        const auto reply = f.agentToken(f.exchangeToken(), f.scope(u"anthropic-api"_s));
        QVERIFY2(reply.status == 200, reply.body.constData());
        const QJsonObject c = claimsOf(member(reply, "access_token"));
        const QString agent = QString::fromLatin1(f.clientId(u"agent"_s));
        QCOMPARE(c[u"azp"_s].toString(), agent);
        QCOMPARE(c[u"oid"_s].toString(), agent);
        QCOMPARE(c[u"sub"_s].toString(), agent);
        QCOMPARE(c[u"idtyp"_s].toString(), u"app"_s);
        QCOMPARE(c[u"azpacr"_s].toString(), u"2"_s);
        QCOMPARE(c[u"xms_par_app_azp"_s].toString(), QString::fromLatin1(f.clientId(u"blueprint"_s)));
        QVERIFY(c[u"xms_act_fct"_s].toString().split(u' ').contains(u"11"_s));
        QVERIFY(!c.contains(u"xms_ficinfo"_s));
        QCOMPARE(c[u"roles"_s].toArray().first().toString(), u"Inference.Call"_s);
    }

    void agentActsForAUser()
    {
        const QByteArray user
            = member(f.userToken(f.scope(u"blueprint"_s, u"access_agent"_s)), "access_token");
        http::Form ask {{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
            {"client_id", f.clientId(u"agent"_s)},
            {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
            {"client_assertion", f.exchangeToken()}, {"assertion", user},
            {"scope", "https://graph.microsoft.com/User.Read offline_access"},
            {"requested_token_use", "on_behalf_of"}};
        const auto reply = f.token(ask);
        QVERIFY2(reply.status == 200, reply.body.constData());
        const QJsonObject c = claimsOf(member(reply, "access_token"));
        QCOMPARE(c[u"azp"_s].toString(), QString::fromLatin1(f.clientId(u"agent"_s)));
        QCOMPARE(c[u"oid"_s], f.entry(u"users"_s, u"alice"_s)[u"objectId"_s]);
        QCOMPARE(c[u"xms_par_app_azp"_s].toString(), QString::fromLatin1(f.clientId(u"blueprint"_s)));
        QCOMPARE(c[u"scp"_s].toString(), u"User.Read"_s);
        QCOMPARE(c[u"exp"_s].toInteger() - c[u"nbf"_s].toInteger(), 29100);
        const auto refreshed
            = f.token({{"grant_type", "refresh_token"}, {"client_id", f.clientId(u"agent"_s)},
                {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                {"client_assertion", f.exchangeToken()}, {"refresh_token", member(reply, "refresh_token")},
                {"scope", "https://graph.microsoft.com/User.Read"}});
        QVERIFY2(refreshed.status == 200, refreshed.body.constData());
        for (http::Parameter& p : ask) {
            if (p.name == "assertion")
                p.value = member(f.userToken(f.scope(u"web-api"_s, u"access_as_user"_s)), "access_token");
        }
        QCOMPARE(errorOf(f.token(ask)), u"invalid_grant 500131"_s);
    }

    void federatedRoot()
    {
        const QByteArray identity = f.identityToken("api://AzureADTokenExchange",
            "client_id=" + f.entry(u"managedIdentities"_s, u"uami"_s)[u"clientId"_s].toString().toUtf8());
        const QJsonObject c = claimsOf(byIdentity(identity));
        QCOMPARE(c[u"azpacr"_s].toString(), u"2"_s);
        const QByteArray system = f.identityToken("api://AzureADTokenExchange");
        QVERIFY(byIdentity(system).isEmpty());
        QVERIFY(byIdentity(
            f.identityToken("https://graph.microsoft.com",
                "client_id=" + f.entry(u"managedIdentities"_s, u"uami"_s)[u"clientId"_s].toString().toUtf8()))
                    .isEmpty());
    }

    void refusedAgents_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("error");
        QTest::newRow("other parent") << u"other"_s << u"invalid_client 7002137"_s;
        QTest::newRow("a secret") << u"secret"_s << u"invalid_client 7000215"_s;
        QTest::newRow("nothing") << u"none"_s << u"invalid_client 7000216"_s;
        QTest::newRow("managed identity") << u"identity"_s << u"invalid_client 700213"_s;
        QTest::newRow("for another child") << u"path"_s << u"invalid_client 7002137"_s;
    }
    void refusedAgents()
    {
        QFETCH(QString, kind);
        QFETCH(QString, error);
        http::Form ask {{"grant_type", "client_credentials"}, {"client_id", f.clientId(u"agent"_s)},
            {"scope", f.scope(u"anthropic-api"_s)}};
        QByteArray assertion;
        if (kind == "other"_L1)
            assertion = f.exchangeToken(u"other-blueprint"_s);
        if (kind == "path"_L1)
            assertion = f.exchangeToken(u"blueprint"_s, u"web-api"_s);
        if (kind == "identity"_L1)
            assertion = f.identityToken("api://AzureADTokenExchange");
        if (kind == "secret"_L1)
            ask.append({"client_secret", f.secret(u"blueprint"_s)});
        if (!assertion.isEmpty())
            ask += {{"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                {"client_assertion", assertion}};
        QCOMPARE(errorOf(f.token(ask)), error);
    }

    void blueprintRules_data()
    {
        QTest::addColumn<QByteArray>("scope");
        QTest::addColumn<bool>("path");
        QTest::addColumn<QString>("error");
        QTest::newRow("no fmi_path") << QByteArray("api://AzureADTokenExchange/.default") << false
                                     << u"82008"_s;
        QTest::newRow("resource of its own")
            << QByteArray("api://anthropic-wif/.default") << false << u"82001"_s;
        QTest::newRow("graph") << QByteArray("https://graph.microsoft.com/.default") << false << QString();
    }
    void blueprintRules()
    {
        QFETCH(QByteArray, scope);
        QFETCH(bool, path);
        QFETCH(QString, error);
        Q_UNUSED(path)
        const auto reply = f.appToken(u"blueprint"_s, scope);
        if (error.isEmpty())
            QVERIFY2(reply.status == 200, reply.body.constData());
        else
            QVERIFY2(errorOf(reply).endsWith(error), qPrintable(errorOf(reply)));
    }

    void metadataService_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("metadata");
        QTest::addColumn<int>("status");
        const QString token = u"/metadata/identity/oauth2/token"_s,
                      ask = u"?api-version=2018-02-01&resource=https://vault.azure.net"_s;
        QTest::newRow("plain") << token + ask << QByteArray("true") << 200;
        QTest::newRow("closing slash") << token + u'/' + ask << QByteArray("true") << 200;
        QTest::newRow("upper case") << token + ask << QByteArray("True") << 200;
        QTest::newRow("no header") << token + ask << QByteArray() << 400;
        QTest::newRow("header false") << token + ask << QByteArray("false") << 400;
        QTest::newRow("no resource") << token + u"?api-version=2018-02-01"_s << QByteArray("true") << 400;
        QTest::newRow("unknown resource") << token + u"?resource=api://nobody"_s << QByteArray("true") << 400;
        QTest::newRow("unknown identity")
            << token + ask + u"&client_id=11111111-2222-3333-4444-555555555555"_s << QByteArray("true")
            << 400;
        QTest::newRow("by object id") << token + ask + u"&object_id=7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7"_s
                                      << QByteArray("true") << 200;
        QTest::newRow("two selectors") << token + ask
                + u"&object_id=7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7&client_id=5d0e8a4c-17b3-4f29-9c61-2e7f80b4a6d3"_s
                                       << QByteArray("true") << 400;
        QTest::newRow("elsewhere") << u"/metadata/instance"_s << QByteArray("true") << 404;
    }
    void metadataService()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, metadata);
        QFETCH(int, status);
        http::Headers headers;
        if (!metadata.isEmpty())
            headers.append(http::Header {"Metadata", metadata});
        const auto reply = f.get(f.url(u"imds"_s) + path, headers);
        QCOMPARE(reply.status, status);
        const QJsonObject body = jsonOf(reply);
        QVERIFY(status == 200 || !body[u"error"_s].toString().isEmpty());
        if (status != 200)
            return;
        for (const QString& name :
            {u"access_token"_s, u"expires_on"_s, u"expires_in"_s, u"resource"_s, u"token_type"_s})
            QVERIFY2(body[name].isString(), qPrintable(name));
        const QJsonObject c = claimsOf(member(reply, "access_token"));
        QCOMPARE(QString::number(c[u"exp"_s].toInteger()), body[u"expires_on"_s].toString());
        QVERIFY(c[u"exp"_s].toInteger() - c[u"iat"_s].toInteger() <= 86400);
        QCOMPARE(c[u"iss"_s].toString(), QString(f.authority() + u"/v2.0"_s));
        QCOMPARE(c[u"idtyp"_s].toString(), u"app"_s);
    }

    void selectorsByResourceId_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QByteArray>("selector");
        QTest::addColumn<int>("status");
        QTest::newRow("imds") << u"imds"_s << QByteArray("msi_res_id") << 200;
        QTest::newRow("app service") << u"app-service"_s << QByteArray("mi_res_id") << 200;
        QTest::newRow("app service, other spelling") << u"app-service"_s << QByteArray("msi_res_id") << 200;
    }
    void selectorsByResourceId()
    {
        QFETCH(QString, endpoint);
        QFETCH(QByteArray, selector);
        QFETCH(int, status);
        const QJsonObject uami = f.entry(u"managedIdentities"_s, u"uami"_s);
        const QByteArray query = "?api-version=2019-08-01&resource=api%3A%2F%2FAzureADTokenExchange&"
            + selector + '=' + http::percentEncoded(uami[u"resourceId"_s].toString().toUtf8());
        const QString address = f.url(endpoint)
            + (endpoint == "imds"_L1 ? u"/metadata/identity/oauth2/token"_s : QString())
            + QString::fromLatin1(query);
        const QByteArray header = f.entry(u"endpoints"_s, u"app-service"_s)[u"header"_s].toString().toUtf8();
        const auto reply = f.get(address,
            http::Headers {http::Header {"Metadata", "true"}, http::Header {"X-IDENTITY-HEADER", header}});
        QCOMPARE(reply.status, status);
        const QJsonObject c = claimsOf(member(reply, "access_token"));
        QCOMPARE(c[u"oid"_s], uami[u"objectId"_s]);
        QCOMPARE(c[u"aud"_s].toString(), u"fb60f99c-7a34-4190-8149-302f77469936"_s);
        QCOMPARE(c[u"xms_mirid"_s], uami[u"resourceId"_s]);
    }

    void metadataServiceSaysEntrasNumber() // entra.md 5.1
    {
        const auto reply = f.get(f.url(u"imds"_s) + u"/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api://nobody"_s,
            http::Headers {http::Header {"Metadata", "true"}});
        QCOMPARE(member(reply, "error"), "invalid_resource");
        QVERIFY2(member(reply, "error_description").startsWith("AADSTS500011: "), reply.body.constData());
    }

    /// entra.md 7.6: no interactive sign-in for any agent object.
    void theUserOfAnAgentSignsInNowhere()
    {
        lab::Options whole;
        whole.complete = true;
        LabFixture estate(whole);
        QVERIFY2(estate.play(*setup::sample(u"agent-estate"_s)), qPrintable(estate.problem));
        const QJsonObject desk = estate.entry(u"agentUsers"_s, u"desk-user"_s);
        QVERIFY(!desk[u"username"_s].toString().isEmpty() && !desk.contains(u"password"_s));
        QVERIFY(estate.entry(u"users"_s, u"desk-user"_s).isEmpty());
        QVERIFY(!estate.lab().signInFor(u"desk-user"_s));
        const HtmlForm page = formOf(estate.get(estate.authorizeUrl(estate.authorizeRequest("openid"))));
        QCOMPARE(page.id, "signin");
        http::Form typed = page.hidden;
        typed += http::Form {{"username", desk[u"username"_s].toString().toUtf8()}, {"password", "any"}, {"action", "signin"}};
        const auto again = estate.post(estate.url(u"entra"_s) + QString::fromUtf8(page.action), typed);
        QVERIFY2(again.body.contains("the user of an agent"), again.body.constData());
    }

    void appServiceNeedsItsHeader()
    {
        const QString address
            = f.url(u"app-service"_s) + u"?api-version=2019-08-01&resource=https://vault.azure.net"_s;
        QVERIFY(f.get(address).status >= 400);
        QVERIFY(f.get(address, http::Headers {http::Header {"X-IDENTITY-HEADER", "wrong"}}).status >= 400);
        const QByteArray header = f.entry(u"endpoints"_s, u"app-service"_s)[u"header"_s].toString().toUtf8();
        const auto reply = f.get(address, http::Headers {http::Header {"X-IDENTITY-HEADER", header}});
        QCOMPARE(reply.status, 200);
        QVERIFY(jsonOf(reply)[u"expires_on"_s].isString());
        QCOMPARE(claimsOf(member(reply, "access_token"))[u"oid"_s],
            f.entry(u"managedIdentities"_s, u"system"_s)[u"objectId"_s]);
    }
};

QTEST_GUILESS_MAIN(TestLabAgent)
#include "tst_labagent.moc"
