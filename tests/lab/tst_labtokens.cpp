// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signinsteps.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

void drop(http::Form& form, const QByteArray& name)
{
    form.removeIf([&name](const http::Parameter& p) { return p.name == name; });
}

} // namespace

/// What a sign-in at the lab's tenant brings: codes that are good once, id tokens, refresh, on behalf of.
class TestLabTokens : public QObject, private SignInSteps
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(f.start(), qPrintable(f.problem)); }

    void idTokenAnswersTheRequest()
    {
        http::Form request = f.authorizeRequest("openid profile " + webScope());
        http::Form redeem = redemption(f.signIn(request).value("code"));
        set(redeem, "client_info", "1");
        const auto reply = f.token(redeem);
        const QJsonObject id = claimsOf(member(reply, "id_token"));
        const QJsonObject alicia = f.entry(u"users"_s, u"alice"_s);
        QCOMPARE(id[u"nonce"_s].toString(), u"n-77ab"_s);
        QCOMPARE(id[u"aud"_s].toString(), QString::fromLatin1(f.clientId(u"public-client"_s)));
        QCOMPARE(id[u"preferred_username"_s], alicia[u"username"_s]);
        QCOMPARE(id[u"name"_s], alicia[u"displayName"_s]);
        QCOMPARE(id[u"oid"_s], alicia[u"objectId"_s]);
        QCOMPARE(id[u"tid"_s], f.manifest()[u"tenant"_s][u"id"_s]);
        const QByteArray info
            = QByteArray::fromBase64(member(reply, "client_info"), QByteArray::Base64UrlEncoding);
        QVERIFY(info.contains(alicia[u"objectId"_s].toString().toUtf8()));
        QVERIFY(member(reply, "refresh_token").isEmpty());
    }

    void userTokenHasThePromisedClaims()
    {
        const QJsonObject web = claimsOf(member(f.userToken(webScope()), "access_token"));
        const QJsonObject blueprint
            = claimsOf(member(f.userToken(f.scope(u"blueprint"_s, u"access_agent"_s)), "access_token"));
        QCOMPARE(web[u"scp"_s].toString(), u"access_as_user"_s);
        QCOMPARE(web[u"aud"_s].toString(), QString::fromLatin1(f.clientId(u"web-api"_s)));
        QCOMPARE(web[u"azp"_s].toString(), QString::fromLatin1(f.clientId(u"public-client"_s)));
        QCOMPARE(web[u"azpacr"_s].toString(), u"0"_s);
        QCOMPARE(web[u"oid"_s], blueprint[u"oid"_s]);
        QVERIFY(web[u"sub"_s] != blueprint[u"sub"_s]);
        QVERIFY(web[u"sub"_s] != web[u"oid"_s]);
        QVERIFY(!web.contains(u"roles"_s));
    }

    void codeIsGoodOnce() // L05
    {
        const QByteArray code = f.signIn(f.authorizeRequest("offline_access " + webScope())).value("code");
        const auto first = f.token(redemption(code));
        QCOMPARE(first.status, 200);
        QCOMPARE(errorOf(f.token(redemption(code))), u"invalid_grant 54005"_s);
        const auto refreshed
            = f.token({{"grant_type", "refresh_token"}, {"client_id", f.clientId(u"public-client"_s)},
                {"refresh_token", member(first, "refresh_token")}, {"scope", webScope()}});
        QVERIFY(errorOf(refreshed).startsWith("invalid_grant"_L1));
    }

    void codeIsBound_data() // L05, L06
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* title, const char* name, const QByteArray& value) {
            QTest::newRow(title) << QByteArray(name) << value;
        };
        row("other verifier", "code_verifier", QByteArray(43, 'a'));
        row("short verifier", "code_verifier", "dBjftJeZ4CVP");
        row("no verifier", "code_verifier", "");
        row("other port", "redirect_uri", "http://127.0.0.1:51874/callback");
        row("other host", "redirect_uri", "http://localhost:51873/callback");
        row("no redirect", "redirect_uri", "");
        row("other client", "client_id", "web-api");
        row("altered code", "code", "x");
    }

    void codeIsBound() // L05, L06
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        http::Form redeem = redemption(f.signIn(f.authorizeRequest(webScope())).value("code"));
        const http::Form right = redeem;
        set(redeem, name, value);
        if (name == "client_id") {
            set(redeem, "client_id", f.clientId(u"web-api"_s));
            set(redeem, "client_secret", f.secret(u"web-api"_s));
        }
        const auto reply = f.token(redeem);
        QCOMPARE(reply.status, 400);
        QVERIFY2(errorOf(reply).startsWith("invalid_grant"_L1)
                || (value.isEmpty() && errorOf(reply).startsWith("invalid_request"_L1)),
            qPrintable(errorOf(reply)));
        // entra.md 2.3: a refused attempt does not burn the code.
        QCOMPARE(errorOf(f.token(right)), u" 0"_s);
        QCOMPARE(errorOf(f.token(right)), u"invalid_grant 54005"_s);
    }

    void metadataSaysLab_data() // L03
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QString>("before"); // of the endpoint's path
        QTest::addColumn<QString>("after");
        const QString openid = u"/.well-known/openid-configuration"_s, tenant = u'/' + f.manifest()[u"tenant"_s][u"id"_s].toString();
        QTest::newRow("v2") << u"entra"_s << QString() << QString(tenant + u"/v2.0"_s + openid);
        QTest::newRow("v1") << u"entra"_s << QString() << QString(tenant + openid);
        QTest::newRow("common") << u"entra"_s << QString() << QString(u"/common/v2.0"_s + openid);
        QTest::newRow("exchange") << u"token-exchange"_s << u"/.well-known/oauth-authorization-server"_s << QString();
        QTest::newRow("protected resource") << u"mcp"_s << u"/.well-known/oauth-protected-resource"_s << QString();
        QTest::newRow("another protected resource") << u"mcp-open"_s << u"/.well-known/oauth-protected-resource"_s << QString();
    }
    void metadataSaysLab()
    {
        QFETCH(QString, endpoint);
        QFETCH(QString, before);
        QFETCH(QString, after);
        const http::UrlParts parts = http::splitUrl(f.url(endpoint).toUtf8());
        const auto reply = f.get(QString::fromUtf8(parts.origin()) + before + QString::fromUtf8(parts.path) + after);
        QCOMPARE(reply.status, 200);
        QCOMPARE(jsonOf(reply)[u"trustwalk_lab"_s], QJsonValue(true));
    }

    void outsideIssuerSaysLab() // L03
    {
        const QString issuer = f.entry(u"issuers"_s, u"outside"_s)[u"issuer"_s].toString();
        QCOMPARE(jsonOf(f.get(issuer + u"/.well-known/openid-configuration"_s))[u"trustwalk_lab"_s], QJsonValue(true));
    }

    void everyAnswerSaysLab() // L03
    {
        for (const auto& reply : {f.token({}), f.get(QString(f.authority() + u"/v2.0/.well-known/openid-configuration"_s))})
            QCOMPARE(reply.headers.value("Server"), "Trustwalk-lab"_ba);
    }

    void refreshTokenServesOtherResources()
    {
        const auto first = f.userToken("openid offline_access " + webScope());
        http::Form ask {{"grant_type", "refresh_token"}, {"client_id", f.clientId(u"public-client"_s)},
            {"refresh_token", member(first, "refresh_token")},
            {"scope", "https://graph.microsoft.com/User.Read"}};
        const auto graph = f.token(ask);
        QVERIFY2(graph.status == 200, graph.body.constData());
        QCOMPARE(claimsOf(member(graph, "access_token"))[u"aud"_s].toString(),
            QString::fromLatin1(f.clientId(u"graph"_s)));
        QVERIFY(!member(graph, "refresh_token").isEmpty());
        QCOMPARE(f.token(ask).status, 200); // using it does not revoke it
        drop(ask, "scope");
        const auto same = f.token(ask);
        QVERIFY2(same.status == 200, same.body.constData());
        QCOMPARE(claimsOf(member(same, "access_token"))[u"scp"_s].toString(), u"access_as_user"_s);
        QVERIFY(!member(same, "id_token").isEmpty());
        set(ask, "client_id", f.clientId(u"web-api"_s));
        ask.append({"client_secret", f.secret(u"web-api"_s)});
        QVERIFY(errorOf(f.token(ask)).startsWith("invalid_grant"_L1));
    }

    void onBehalfOf_data()
    {
        QTest::addColumn<QString>("assertion");
        QTest::addColumn<QString>("error");
        QTest::newRow("user token for the caller") << u"web-api"_s << QString();
        QTest::newRow("user token for another app") << u"blueprint"_s << u"invalid_grant 500131"_s;
        QTest::newRow("app token") << u"app"_s << u"invalid_grant 7000113"_s;
        QTest::newRow("id token") << u"id"_s << u"invalid_grant 240002"_s;
        QTest::newRow("altered") << u"altered"_s << u"invalid_grant 50013"_s;
    }

    void onBehalfOf() // C27
    {
        QFETCH(QString, assertion);
        QFETCH(QString, error);
        QByteArray token;
        if (assertion == "blueprint"_L1)
            token = member(f.userToken(f.scope(u"blueprint"_s, u"access_agent"_s)), "access_token");
        else if (assertion == "id"_L1)
            token = member(f.userToken("openid " + webScope()), "id_token");
        else if (assertion == "app"_L1)
            token = member(f.appToken(u"web-api"_s, f.clientId(u"web-api"_s) + "/.default"), "access_token");
        else
            token = member(f.userToken(webScope()), "access_token");
        if (assertion == "altered"_L1)
            token[token.lastIndexOf('.') + 5] = token[token.lastIndexOf('.') + 5] == 'A' ? 'B' : 'A';
        QVERIFY(!token.isEmpty());
        const auto reply = f.token({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
            {"client_id", f.clientId(u"web-api"_s)}, {"client_secret", f.secret(u"web-api"_s)},
            {"assertion", token}, {"scope", "https://graph.microsoft.com/User.Read offline_access"},
            {"requested_token_use", "on_behalf_of"}});
        if (!error.isEmpty()) {
            QCOMPARE(errorOf(reply), error);
            return;
        }
        QVERIFY2(reply.status == 200, reply.body.constData());
        const QJsonObject c = claimsOf(member(reply, "access_token"));
        QCOMPARE(c[u"oid"_s], f.entry(u"users"_s, u"alice"_s)[u"objectId"_s]);
        QCOMPARE(c[u"azp"_s].toString(), QString::fromLatin1(f.clientId(u"web-api"_s)));
        QCOMPARE(c[u"scp"_s].toString(), u"User.Read"_s);
        QVERIFY(!member(reply, "refresh_token").isEmpty());
    }

    void userInfoKnowsTheSubjectOfTheIdToken()
    {
        const auto reply = f.userToken("openid profile");
        const QString address = jsonOf(
            f.get(f.authority() + u"/v2.0/.well-known/openid-configuration"_s))[u"userinfo_endpoint"_s]
                                    .toString();
        const auto info = f.get(address,
            http::Headers {http::Header {"Authorization", "Bearer " + member(reply, "access_token")}});
        QVERIFY2(info.status == 200, info.body.constData());
        QCOMPARE(jsonOf(info)[u"sub"_s], claimsOf(member(reply, "id_token"))[u"sub"_s]);
        QCOMPARE(f.get(address).status, 401);
    }
};

QTEST_GUILESS_MAIN(TestLabTokens)
#include "tst_labtokens.moc"
