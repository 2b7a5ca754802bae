// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/lab/setupedits.h"
#include "core/setup/file.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

// Outside the class, where moc reads what it cannot take apart inside.
constexpr auto question = R"({"contents":[{"role":"user","parts":[{"text":"x"}]}]})";
constexpr auto halfAnHour = R"({"scope":["https://www.googleapis.com/auth/cloud-platform"],"lifetime":"1800s"})";
constexpr auto noKeys = "{\"keys\":[]}";
constexpr auto otherScope = R"({"scope":["s"]})";
constexpr auto twoHours = R"({"scope":["s"],"lifetime":"7200s"})";

} // namespace

/// Google Cloud in the lab: what the manifest promises, the wire's errors, and the true reasons beside them.
class TestLabGoogle : public QObject
{
    Q_OBJECT
    LabFixture f {};

    QJsonObject settings() const { return f.entry(u"trusts"_s, u"gcp"_s)[u"settings"_s].toObject(); }
    QByteArray subject(const QByteArray& resource = "api://gcp-wif", bool named = true)
    {
        const QByteArray id = f.entry(u"managedIdentities"_s, u"uami"_s)[u"clientId"_s].toString().toLatin1();
        return f.identityToken(resource, named ? QByteArray("client_id=" + id) : QByteArray());
    }
    http::Form form(const QByteArray& token) const
    {
        return {{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"},
            {"audience", settings()[u"audience"_s].toString().toUtf8()},
            {"scope", "https://www.googleapis.com/auth/cloud-platform"},
            {"requested_token_type", "urn:ietf:params:oauth:token-type:access_token"}, {"subject_token", token},
            {"subject_token_type", settings()[u"subjectTokenType"_s].toString().toUtf8()}};
    }
    http::Response exchange(const http::Form& body) { return f.post(f.url(u"gcp-sts"_s), body); }
    QByteArray federated() { return member(exchange(form(subject())), "access_token"); }
    static http::Headers bearer(const QByteArray& token)
    {
        return http::Headers {http::Header {"Authorization", "Bearer " + token}};
    }
    http::Response impersonate(const QByteArray& token, const QByteArray& body, const QString& account = {})
    {
        const QString name = account.isEmpty() ? settings()[u"serviceAccount"_s].toString() : account;
        return f.postJson(f.url(u"gcp-iamcredentials"_s) + u"/v1/projects/-/serviceAccounts/"_s + name + u":generateAccessToken"_s,
            body, bearer(token));
    }
    http::Response ask(const QByteArray& token)
    {
        return f.postJson(f.url(u"gcp"_s)
                + u"/v1/projects/harbour-ai/locations/europe-west1/publishers/google/models/gemini-2.5-flash:generateContent"_s,
            question, bearer(token));
    }
    QString reasonOf(const http::Response& reply)
    {
        for (const lab::HistoryEntry& entry : f.lab().history())
            if (entry.requestId == QString::fromLatin1(reply.headers.value("x-ms-request-id")))
                return entry.reason;
        return u"no entry"_s;
    }

private slots:
    void initTestCase() { QVERIFY2(f.start(), qPrintable(f.problem)); }

    void theManifestSaysWhoIsTrusted()
    {
        const QJsonObject trust = f.entry(u"trusts"_s, u"gcp"_s);
        QCOMPARE(trust[u"service"_s].toString(), u"gcp"_s);
        QCOMPARE(trust[u"principal"_s][u"type"_s].toString(), u"managed-identity"_s);
        QCOMPARE(trust[u"principal"_s][u"name"_s].toString(), u"uami"_s);
        QCOMPARE(trust[u"scope"_s].toString(), QString::fromLatin1(f.scope(u"gcp-api"_s)));
        QVERIFY(settings()[u"audience"_s].toString().startsWith(u"//iam.googleapis.com/projects/"_s));
        QVERIFY(f.url(u"gcp-sts"_s).endsWith(u"/v1/token"_s));
        QVERIFY(!f.url(u"gcp-iamcredentials"_s).endsWith(u'/'));
    }

    void fromTheIdentityToTheModel()
    {
        const auto reply = exchange(form(subject()));
        QVERIFY2(reply.status == 200, reply.body.constData());
        const QJsonObject body = jsonOf(reply);
        QCOMPARE(body[u"token_type"_s].toString(), u"Bearer"_s);
        QCOMPARE(body[u"issued_token_type"_s].toString(), u"urn:ietf:params:oauth:token-type:access_token"_s);
        QVERIFY(body[u"expires_in"_s].toInt() > 0);
        const auto direct = ask(member(reply, "access_token"));
        QVERIFY2(direct.status == 200, direct.body.constData());
        QVERIFY(direct.body.contains("principal://iam.googleapis.com/"));
        const auto account = impersonate(member(reply, "access_token"),
            halfAnHour);
        QVERIFY2(account.status == 200, account.body.constData());
        const QDateTime end = QDateTime::fromString(jsonOf(account)[u"expireTime"_s].toString(), Qt::ISODate);
        QVERIFY(std::abs(QDateTime::currentDateTimeUtc().secsTo(end) - 1800) < 60);
        const auto asAccount = ask(member(account, "accessToken"));
        QVERIFY2(asAccount.status == 200, asAccount.body.constData());
        QVERIFY(asAccount.body.contains("serviceAccount:"));
    }

    void theExchangeRefuses_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("reason");
        const QByteArray token = "subject_token", audience = "audience";
        QTest::newRow("another audience") << token << subject("api://AzureADTokenExchange") << u"invalid_grant"_s << u"audience_mismatch"_s;
        QTest::newRow("another identity") << token << subject("api://gcp-wif", false) << u"unauthorized_client"_s << u"condition_false"_s;
        QTest::newRow("garbage") << token << QByteArray("x.y.z") << u"invalid_grant"_s << u"assertion_malformed"_s;
        const QByteArray asked = settings()[u"audience"_s].toString().toUtf8();
        QTest::newRow("unknown provider") << audience << QByteArray(asked + "2") << u"invalid_target"_s << u"provider_unavailable"_s;
        QTest::newRow("with a scheme") << audience << QByteArray("https:" + asked) << u"invalid_request"_s << u"audience_form"_s;
    }
    void theExchangeRefuses()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(QString, error);
        QFETCH(QString, reason);
        http::Form body = form(subject());
        for (http::Parameter& each : body)
            if (each.name == field)
                each.value = value;
        const auto reply = exchange(body);
        QCOMPARE(reply.status, 400);
        QCOMPARE(jsonOf(reply)[u"error"_s].toString(), error);
        QVERIFY(!jsonOf(reply)[u"error_description"_s].toString().isEmpty());
        QCOMPARE(reasonOf(reply), reason);
    }

    void theAgentIsSomebodyElse()
    {
        const auto agents = member(f.agentToken(f.exchangeToken(), f.scope(u"gcp-api"_s)), "access_token");
        QVERIFY(!agents.isEmpty());
        QCOMPARE(jsonOf(exchange(form(agents)))[u"error"_s].toString(), u"unauthorized_client"_s);
    }

    void impersonationRefuses()
    {
        const QByteArray scope = otherScope;
        const auto unknown = impersonate(federated(), scope, u"nobody@harbour-ai.iam.gserviceaccount.com"_s);
        QCOMPARE(unknown.status, 403);
        QCOMPARE(jsonOf(unknown)[u"error"_s][u"status"_s].toString(), u"PERMISSION_DENIED"_s);
        QCOMPARE(jsonOf(unknown)[u"error"_s][u"code"_s].toInt(), 403);
        QCOMPARE(impersonate("stranger", scope).status, 401);
        QCOMPARE(impersonate(federated(), twoHours).status, 400);
        QCOMPARE(impersonate(federated(), "{}").status, 400);
        QCOMPARE(impersonate(federated(), "no json").status, 400);
        QCOMPARE(ask("stranger").status, 401);
        // A token of the account for another scope opens nothing.
        QCOMPARE(ask(member(impersonate(federated(), scope), "accessToken")).status, 403);
    }

    void keysInTheProviderDecide_data()
    {
        QTest::addColumn<QString>("jwks");
        QTest::addColumn<int>("status");
        QTest::newRow("empty") << QString::fromLatin1(noKeys) << 400;
        QTest::newRow("too weak for a signature") << QString::fromLatin1(R"({"keys":[{"kty":"RSA","kid":"x","n":"AQAB","e":"AQAB"}]})") << 400;
        QTest::newRow("the live issuer's: the lab's stand in") << QString::fromLatin1(jose::toJwks({jose::Key::generateRsa()})) << 200;
        QTest::newRow("from before a change of keys") << QString::fromLatin1(QByteArray("{\"keys\":[" + lab::formerKey() + "]}")) << 400;
    }
    /// oidc.jwksJson: the lab's Google looks at those keys alone.
    void keysInTheProviderDecide()
    {
        QFETCH(QString, jwks);
        QFETCH(int, status);
        const auto sample = setup::sample(u"google-agent"_s);
        const auto given = setup::edited(*sample, QString(sample->target(u"gcp")->pointer + u"/provider/oidc/jwksJson"_s), json::quoted(jwks));
        LabFixture other;
        QVERIFY2(other.play(*given), qPrintable(other.problem));
        const QByteArray id = other.entry(u"managedIdentities"_s, u"uami"_s)[u"clientId"_s].toString().toLatin1();
        const auto reply = other.post(other.url(u"gcp-sts"_s), form(other.identityToken("api://gcp-wif", "client_id=" + id)));
        QVERIFY2(reply.status == status, reply.body.constData());
        const auto history = other.lab().history();
        QVERIFY(!history.isEmpty());
        const QList<base::Check> checks = history.constLast().verdict.checks;
        QVERIFY(std::ranges::any_of(checks, [](const base::Check& check) { return check.id == u"signature" && check.expectedFrom.startsWith(u"keys given inline"); }));
    }

    void whatCannotBeDecidedIsNotGooglesWord()
    {
        const auto sample = setup::sample(u"google-agent"_s);
        const auto open = setup::edited(*sample, QString(sample->target(u"gcp")->pointer + u"/provider/attributeCondition"_s),
            "\"assertion.sub.substring(1) == 'x'\"");
        LabFixture other;
        QVERIFY2(other.play(*open), qPrintable(other.problem));
        const QByteArray id = other.entry(u"managedIdentities"_s, u"uami"_s)[u"clientId"_s].toString().toLatin1();
        const auto reply = other.post(other.url(u"gcp-sts"_s), form(other.identityToken("api://gcp-wif", "client_id=" + id)));
        QCOMPARE(reply.status, 501);
        QVERIFY2(reply.body.contains("substring()"), reply.body.constData());
    }
};

QTEST_GUILESS_MAIN(TestLabGoogle)
#include "tst_labgoogle.moc"
