// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/setup/file.h"
#include "core/trust/sidecar.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

/// The Entra SDK for Agent ID over HTTP: addresses, parameters, overrides (entra.md 8.1 to 8.3).
class TestLabSidecar : public QObject
{
    Q_OBJECT
    LabFixture f {lab::Options {.complete = true}};

    QString agent() const { return QString::fromLatin1(f.clientId(u"agent"_s)); }
    QByteArray caller() { return member(f.userToken(f.scope(u"blueprint"_s, u"access_agent"_s)), "access_token"); }
    http::Response ask(const QByteArray& method, const QString& route, const http::Form& query, const QByteArray& bearer = {})
    {
        http::Request request;
        request.method = method;
        request.url = f.url(u"sidecar"_s).toUtf8() + route.toUtf8() + (query.isEmpty() ? QByteArray() : QByteArray('?' + http::encodeForm(query)));
        if (!bearer.isEmpty())
            request.headers.append(http::Header {"Authorization", "Bearer " + bearer});
        return f.send(request);
    }
    QJsonObject claimsIn(const http::Response& reply) { return claimsOf(member(reply, "authorizationHeader").mid(7)); }
    const base::Check* lineOf(const base::Verdict& verdict, const QString& id)
    {
        const auto it = std::ranges::find(verdict.checks, id, &base::Check::id);
        return it == verdict.checks.end() ? nullptr : &*it;
    }

private slots:
    void initTestCase()
    {
        auto setup = setup::sample(u"sidecar"_s);
        setup = setup::edited(*setup, u"/users/-"_s, R"({"name": "desk-user", "username": "claims-desk@harbour.example",
            "objectId": "d3a07f58-91be-4c26-8e4d-5f0b7c19a682", "displayName": "Claims Desk agent", "agent": "agent"})");
        QVERIFY2(setup && f.play(*setup), qPrintable(f.problem));
    }

    void validateSaysWhatTheTokenSays()
    {
        const QByteArray token = caller();
        const auto reply = ask("GET", u"/Validate"_s, {}, token);
        QVERIFY2(reply.status == 200, reply.body.constData());
        const QJsonObject body = jsonOf(reply);
        QCOMPARE(body[u"protocol"_s].toString(), u"Bearer"_s);
        QCOMPARE(body[u"token"_s].toString().toLatin1(), token);
        QCOMPARE(body[u"claims"_s].toObject(), claimsOf(token));
        QVERIFY(reply.headers.value("Cache-Control").contains("no-store"));
        QCOMPARE(ask("GET", u"/Validate"_s, {}).status, 400);
        QCOMPARE(ask("GET", u"/Validate"_s, {}, member(f.userToken("https://graph.microsoft.com/User.Read"), "access_token")).status, 401);
        QCOMPARE(ask("POST", u"/Validate"_s, {}, token).status, 405);
    }

    void downstreamCallsGoWhereTheOverrideSays()
    {
        const http::Form agentOnly {{"AgentIdentity", agent().toLatin1()}};
        http::Form me = agentOnly;
        me.append(http::Parameter {"optionsOverride.RelativePath", "v1.0/me"});
        const auto base = ask("POST", u"/DownstreamApi/graph"_s, agentOnly, caller());
        QCOMPARE(jsonOf(base)[u"statusCode"_s].toInt(), 404);
        const auto reply = ask("POST", u"/DownstreamApi/graph"_s, me, caller());
        QVERIFY2(jsonOf(reply)[u"statusCode"_s].toInt() == 200, reply.body.constData());
        QVERIFY(jsonOf(reply)[u"content"_s].toString().contains(u"alice@harbour.example"_s));
        me.append(http::Parameter {"optionsOverride.HttpMethod", "delete"});
        QCOMPARE(jsonOf(ask("POST", u"/DownstreamApi/graph"_s, me, caller()))[u"statusCode"_s].toInt(), 405);
    }

    void tokensAreAskedForAsTheOverrideSays()
    {
        http::Form query {{"AgentIdentity", agent().toLatin1()}};
        QCOMPARE(claimsIn(ask("GET", u"/AuthorizationHeader/graph"_s, query, caller()))[u"scp"_s].toString(), u"User.Read"_s);
        query.append(http::Parameter {"optionsOverride.RequestAppToken", "True"});
        query.append(http::Parameter {"optionsOverride.Scopes", f.scope(u"anthropic-api"_s)});
        const QJsonObject app = claimsIn(ask("GET", u"/AuthorizationHeader/graph"_s, query, caller()));
        QCOMPARE(app[u"aud"_s].toString().toLatin1(), f.clientId(u"anthropic-api"_s));
        QCOMPARE(app[u"oid"_s].toString(), agent());
        query.append(http::Parameter {"optionsOverride.AcquireTokenOptions.Tenant", "elsewhere.example"});
        QVERIFY(jsonOf(ask("GET", u"/AuthorizationHeader/graph"_s, query, caller()))[u"detail"_s].toString().contains(u"AADSTS90002"_s));
    }

    void anUnknownAgentIsAskedForByItsId()
    {
        const auto reply = ask("GET", u"/AuthorizationHeaderUnauthenticated/claude-api"_s, {{"AgentIdentity", "11111111-2222-4333-8444-555555555555"}});
        QCOMPARE(reply.status, 401);
        QVERIFY2(jsonOf(reply)[u"detail"_s].toString().contains(u"AADSTS700016"_s), reply.body.constData());
    }

    void agentUsers_data() // entra.md 8.2: UPN beats object id, and what is no object id is passed over
    {
        QTest::addColumn<http::Form>("query");
        QTest::addColumn<bool>("asUser");
        const QByteArray id = "d3a07f58-91be-4c26-8e4d-5f0b7c19a682", name = "claims-desk@harbour.example";
        QTest::newRow("by name") << http::Form {{"AgentUsername", name}} << true;
        QTest::newRow("by object id") << http::Form {{"AgentUserId", id}} << true;
        QTest::newRow("name beats id") << http::Form {{"AgentUserId", "11111111-2222-4333-8444-555555555555"}, {"AgentUsername", name}} << true;
        QTest::newRow("no object id") << http::Form {{"AgentUserId", "desk"}} << false;
    }
    void agentUsers()
    {
        QFETCH(http::Form, query);
        QFETCH(bool, asUser);
        query.append(http::Parameter {"AgentIdentity", agent().toLatin1()});
        query.append(http::Parameter {"optionsOverride.Scopes", "https://graph.microsoft.com/.default"});
        const auto reply = ask("GET", u"/AuthorizationHeaderUnauthenticated/graph"_s, query);
        QVERIFY2(reply.status == 200, reply.body.constData());
        QCOMPARE(claimsIn(reply)[u"oid"_s].toString(), asUser ? u"d3a07f58-91be-4c26-8e4d-5f0b7c19a682"_s : agent());
        QCOMPARE(claimsIn(reply)[u"scp"_s].toString(), asUser ? u"User.Read"_s : QString());
    }

    /// Since 1.1.0 the anonymous routes pass parameters over; what is passed over is said.
    void aClosedGateSaysWhatItPassesOver()
    {
        const auto newer = setup::edited(f.lab().played(), QString(f.lab().played().target(u"sidecar")->pointer + u"/settings/version"_s), "\"1.1.1\"");
        QVERIFY(newer);
        const auto decide = [&](const char* path) {
            const auto call = trust::sidecarCall(path, QByteArray("optionsOverride.RelativePath=/v1.0/me&optionsOverride.BaseUrl=x&AgentIdentity=" + f.clientId(u"agent"_s)), {});
            return trust::decideSidecar(*newer, *newer->target(u"sidecar"), call, {}, base::systemNow());
        };
        const auto closed = decide("/DownstreamApiUnauthenticated/graph"), open = decide("/DownstreamApi/graph");
        QVERIFY(closed.agent.isEmpty() && closed.overrides.relativePath.isEmpty());
        QVERIFY(lineOf(closed.verdict, u"override.RelativePath"_s) && lineOf(closed.verdict, u"override.BaseUrl"_s));
        QCOMPARE(open.overrides.relativePath, u"/v1.0/me"_s);
        QVERIFY(!lineOf(open.verdict, u"override.RelativePath"_s) && lineOf(open.verdict, u"override.BaseUrl"_s));
    }
};

QTEST_GUILESS_MAIN(TestLabSidecar)
#include "tst_labsidecar.moc"
