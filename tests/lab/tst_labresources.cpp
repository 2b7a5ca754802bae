// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

http::Headers bearer(const QByteArray& token)
{
    return http::Headers {http::Header {"Authorization", "Bearer " + token}};
}

} // namespace

/// Graph, the demo API and Anthropic.
class TestLabResources : public QObject
{
    Q_OBJECT
    LabFixture f {};

    QJsonObject exchangeBody(const QByteArray& assertion) const
    {
        const QJsonObject s = f.entry(u"trusts"_s, u"anthropic"_s)[u"settings"_s].toObject();
        return {{u"grant_type"_s, u"urn:ietf:params:oauth:grant-type:jwt-bearer"_s},
            {u"assertion"_s, QString::fromLatin1(assertion)},
            {u"federation_rule_id"_s, s[u"federationRuleId"_s]},
            {u"organization_id"_s, s[u"organizationId"_s]},
            {u"service_account_id"_s, s[u"serviceAccountId"_s]}};
    }
    http::Response exchange(const QJsonObject& body)
    {
        return f.postJson(f.url(u"anthropic"_s) + u"/v1/oauth/token"_s, QJsonDocument(body).toJson());
    }
    QByteArray agentsToken()
    {
        return member(f.agentToken(f.exchangeToken(), f.scope(u"anthropic-api"_s)), "access_token");
    }
    QString apiError(const http::Response& reply) const
    {
        return jsonOf(reply)[u"error"_s][u"type"_s].toString();
    }

private slots:
    void initTestCase() { QVERIFY2(f.start(), qPrintable(f.problem)); }

    void graphSaysWhoIsSignedIn()
    {
        const auto reply = f.get(f.url(u"graph"_s) + u"/v1.0/me"_s,
            bearer(member(f.userToken("https://graph.microsoft.com/User.Read"), "access_token")));
        QVERIFY2(reply.status == 200, reply.body.constData());
        const QJsonObject alice = f.entry(u"users"_s, u"alice"_s), me = jsonOf(reply);
        QCOMPARE(me[u"id"_s], alice[u"objectId"_s]);
        QCOMPARE(me[u"displayName"_s], alice[u"displayName"_s]);
        QCOMPARE(me[u"userPrincipalName"_s], alice[u"username"_s]);
    }

    void graphReadsAlone()
    {
        const auto reply = f.post(f.url(u"graph"_s) + u"/v1.0/me"_s, {},
            bearer(member(f.userToken("https://graph.microsoft.com/User.Read"), "access_token")));
        QCOMPARE(reply.status, 405);
        QCOMPARE(reply.headers.value("Allow"), "GET, HEAD");
    }

    void defaultScopeOpensGraph_data() // entra.md 2.5
    {
        QTest::addColumn<QByteArray>("asked"); // at the sign-in
        QTest::addColumn<QByteArray>("refreshed");
        QTest::newRow("code") << "https://graph.microsoft.com/.default"_ba << QByteArray();
        QTest::newRow("refresh token") << f.scope(u"web-api"_s, u"access_as_user"_s) + " offline_access" << "https://graph.microsoft.com/.default"_ba;
        QTest::newRow("on behalf of") << f.scope(u"web-api"_s) << QByteArray();
    }
    void defaultScopeOpensGraph()
    {
        QFETCH(QByteArray, asked);
        QFETCH(QByteArray, refreshed);
        const bool onBehalf = asked.startsWith(f.scope(u"web-api"_s));
        auto reply = f.userToken(asked);
        if (!refreshed.isEmpty())
            reply = f.token({{"grant_type", "refresh_token"}, {"client_id", f.clientId(u"public-client"_s)},
                {"refresh_token", member(reply, "refresh_token")}, {"scope", refreshed}});
        else if (onBehalf)
            reply = f.token({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, {"client_id", f.clientId(u"web-api"_s)},
                {"client_secret", f.secret(u"web-api"_s)}, {"assertion", member(reply, "access_token")},
                {"scope", "https://graph.microsoft.com/.default"}, {"requested_token_use", "on_behalf_of"}});
        QCOMPARE(claimsOf(member(reply, "access_token"))[u"scp"_s].toString(), u"User.Read"_s);
        QVERIFY2(member(reply, "scope").contains("https://graph.microsoft.com/User.Read"), member(reply, "scope").constData());
        QCOMPARE(f.get(f.url(u"graph"_s) + u"/v1.0/me"_s, bearer(member(reply, "access_token"))).status, 200);
    }

    void graphRefuses()
    {
        const QString me = f.url(u"graph"_s) + u"/v1.0/me"_s;
        const auto app = f.get(me,
            bearer(member(f.appToken(u"web-api"_s, "https://graph.microsoft.com/.default"), "access_token")));
        QVERIFY(app.status == 400 || app.status == 403);
        for (const QByteArray& token :
            {member(f.userToken(f.scope(u"web-api"_s, u"access_as_user"_s)), "access_token"),
                QByteArray("x.y.z"), QByteArray()}) {
            const auto reply = f.get(me, bearer(token));
            QCOMPARE(reply.status, 401);
            QCOMPARE(jsonOf(reply)[u"error"_s][u"code"_s].toString(), u"InvalidAuthenticationToken"_s);
        }
        QCOMPARE(f.get(me).status, 401);
    }

    void demoApiChecksAudienceAndScope()
    {
        const QString api = f.url(u"demo-api"_s) + u"/claims"_s;
        const auto reply = f.get(
            api, bearer(member(f.userToken(f.scope(u"claims-api"_s, u"Claims.Read"_s)), "access_token")));
        QVERIFY2(reply.status == 200, reply.body.constData());
        QCOMPARE(jsonOf(reply)[u"caller"_s][u"scp"_s].toString(), u"Claims.Read"_s);
        const auto other = f.get(
            api, bearer(member(f.userToken(f.scope(u"web-api"_s, u"access_as_user"_s)), "access_token")));
        QCOMPARE(other.status, 401);
        QVERIFY(other.headers.value("WWW-Authenticate").contains("error=\"invalid_token\""));
        QVERIFY(f.get(api).headers.value("WWW-Authenticate").startsWith("Bearer"));
        const auto weak
            = f.get(api, bearer(member(f.appToken(u"web-api"_s, f.scope(u"claims-api"_s)), "access_token")));
        QCOMPARE(weak.status, 403);
        QVERIFY(weak.headers.value("WWW-Authenticate").contains("insufficient_scope"));
    }

    void replayedCodeTakesTheTokenBack() // L05
    {
        const http::Form answer = f.signIn(f.authorizeRequest(f.scope(u"claims-api"_s, u"Claims.Read"_s)));
        const http::Form redeem {{"grant_type", "authorization_code"},
            {"client_id", f.clientId(u"public-client"_s)}, {"code", answer.value("code")},
            {"redirect_uri", LabFixture::redirectUri}, {"code_verifier", LabFixture::verifier}};
        const QByteArray token = member(f.token(redeem), "access_token");
        const QString api = f.url(u"demo-api"_s) + u"/claims"_s;
        QCOMPARE(f.get(api, bearer(token)).status, 200);
        QCOMPARE(f.token(redeem).status, 400);
        QCOMPARE(f.get(api, bearer(token)).status, 401);
    }

    void anthropicExchangesTheAgentsToken()
    {
        const auto reply = exchange(exchangeBody(agentsToken()));
        QVERIFY2(reply.status == 200, reply.body.constData());
        QVERIFY(member(reply, "access_token").startsWith("sk-ant-oat01-"));
        QCOMPARE(member(reply, "token_type"), "Bearer");
        QVERIFY(jsonOf(reply)[u"expires_in"_s].isDouble());
        QVERIFY(!reply.headers.value("request-id").isEmpty());

        http::Headers headers = bearer(member(reply, "access_token"));
        headers.append(http::Header {"anthropic-version", "2023-06-01"});
        const QByteArray ask
            = R"({"model":"claude-sonnet-5-5","max_tokens":64,"messages":[{"role":"user","content":"hi"}]})";
        const auto said = f.postJson(f.url(u"anthropic"_s) + u"/v1/messages"_s, ask, headers);
        QVERIFY2(said.status == 200, said.body.constData());
        const QJsonObject message = jsonOf(said);
        QCOMPARE(message[u"type"_s].toString(), u"message"_s);
        QCOMPARE(message[u"model"_s].toString(), u"claude-sonnet-5-5"_s);
        QCOMPARE(message[u"content"_s][0][u"type"_s].toString(), u"text"_s);
        QCOMPARE(message[u"stop_reason"_s].toString(), u"end_turn"_s);
        QVERIFY(message[u"usage"_s][u"output_tokens"_s].isDouble());
        QCOMPARE(f.postJson(f.url(u"anthropic"_s) + u"/v1/messages"_s, "{}", headers).status, 400);
    }

    void anthropicRefuses_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("type");
        const QString denied = u"authentication_error"_s, invalid = u"invalid_request_error"_s;
        QTest::newRow("same audience, user") << u"user"_s << 401 << denied;
        QTest::newRow("same audience, managed identity") << u"identity"_s << 401 << denied;
        QTest::newRow("same agent, other audience") << u"audience"_s << 401 << denied;
        QTest::newRow("unknown rule") << u"rule"_s << 401 << denied;
        QTest::newRow("malformed rule id") << u"ruleform"_s << 400 << invalid;
        QTest::newRow("other organization") << u"organization"_s << 401 << denied;
        QTest::newRow("no assertion") << u"assertion"_s << 400 << invalid;
        QTest::newRow("other grant") << u"grant"_s << 400 << invalid;
        QTest::newRow("altered") << u"altered"_s << 401 << denied;
    }
    void anthropicRefuses()
    {
        QFETCH(QString, kind);
        QFETCH(int, status);
        QFETCH(QString, type);
        const QByteArray scope = f.scope(u"anthropic-api"_s);
        QByteArray token;
        if (kind == "user"_L1)
            token = member(f.userToken(f.scope(u"anthropic-api"_s, u"Inference.Use"_s)), "access_token");
        else if (kind == "identity"_L1)
            token = f.identityToken("api://anthropic-wif");
        else if (kind == "audience"_L1)
            token = member(f.agentToken(f.exchangeToken(), f.scope(u"aws-api"_s)), "access_token");
        else
            token = agentsToken();
        QVERIFY(!token.isEmpty());
        if (kind == "altered"_L1)
            token[token.lastIndexOf('.') + 5] = token[token.lastIndexOf('.') + 5] == 'A' ? 'B' : 'A';
        QJsonObject body = exchangeBody(token);
        if (kind == "rule"_L1)
            body[u"federation_rule_id"_s] = u"fdrl_01AbCdEfGhJkLmNpQrStUvWx"_s;
        if (kind == "ruleform"_L1)
            body[u"federation_rule_id"_s] = u"rule-1"_s;
        if (kind == "organization"_L1)
            body[u"organization_id"_s] = u"11111111-2222-4333-8444-555555555555"_s;
        if (kind == "assertion"_L1)
            body.remove(u"assertion"_s);
        if (kind == "grant"_L1)
            body[u"grant_type"_s] = u"client_credentials"_s;
        const auto reply = exchange(body);
        QCOMPARE(reply.status, status);
        QCOMPARE(apiError(reply), type);
        if (status == 401)
            QCOMPARE(jsonOf(reply)[u"error"_s][u"message"_s].toString(), u"Authentication failed"_s);
    }

    void historyKnowsTheTrueReason()
    {
        const auto reply = exchange(exchangeBody(
            member(f.userToken(f.scope(u"anthropic-api"_s, u"Inference.Use"_s)), "access_token")));
        const auto history = f.lab().history();
        QVERIFY(!history.isEmpty());
        const lab::HistoryEntry& last = history.last();
        QCOMPARE(last.requestId.toLatin1(), reply.headers.value("request-id"));
        QCOMPARE(last.target, u"anthropic"_s);
        QCOMPARE(last.reason, u"match_subject_prefix"_s);
        QVERIFY(!last.text.isEmpty());
        QCOMPARE(last.verdict.decision, base::Decision::Refuse);
    }

    void anthropicTakesJsonAlone()
    {
        const auto reply = f.post(f.url(u"anthropic"_s) + u"/v1/oauth/token"_s,
            {{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}});
        QCOMPARE(reply.status, 400);
        QCOMPARE(apiError(reply), u"invalid_request_error"_s);
        QCOMPARE(f.postJson(f.url(u"anthropic"_s) + u"/v1/oauth/token"_s, "{\"a\":").status, 400);
        QCOMPARE(f.postJson(f.url(u"anthropic"_s) + u"/v1/models"_s, "{}").status, 404);
    }

    void messagesNeedTheMintedToken_data()
    {
        QTest::addColumn<QByteArray>("authorization");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("entra token") << QByteArray("Bearer eyJhbGciOiJSUzI1NiJ9.e30.x");
        QTest::newRow("invented") << QByteArray("Bearer sk-ant-oat01-invented");
        QTest::newRow("api key") << QByteArray("Bearer sk-ant-api03-invented");
    }
    void messagesNeedTheMintedToken()
    {
        QFETCH(QByteArray, authorization);
        http::Headers headers {http::Header {"anthropic-version", "2023-06-01"}};
        if (!authorization.isEmpty())
            headers.append(http::Header {"Authorization", authorization});
        const auto reply = f.postJson(f.url(u"anthropic"_s) + u"/v1/messages"_s,
            R"({"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"}]})", headers);
        QCOMPARE(reply.status, 401);
        QCOMPARE(apiError(reply), u"authentication_error"_s);
    }
};

QTEST_GUILESS_MAIN(TestLabResources)
#include "tst_labresources.moc"
