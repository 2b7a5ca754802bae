// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/flow/demands.h"
#include "core/flow/resolve.h"
#include "core/flow/run.h"
#include "core/jose/base64url.h"

#include <QTest>

using namespace Qt::StringLiterals;
using flow::StepState;

namespace {

flow::Step tokenStep()
{
    flow::Step step;
    step.id = u"s"_s;
    step.yields = {{.pointer = u"/access_token"_s, .slot = u"T1"_s, .token = true}};
    return step;
}

flow::Step redeemStep()
{
    flow::Step step;
    step.id = u"redeem"_s;
    step.yields = {
        {.pointer = u"/access_token"_s, .slot = u"Tc"_s, .token = true},
        {.pointer = u"/id_token"_s, .slot = u"Ti"_s, .token = true, .use = flow::TokenUse::Id},
    };
    step.expects = {flow::tokenType(), flow::idTokenOf(u"Ti"_s, flow::literal("client"))};
    return step;
}

constexpr qint64 now = 1800000000;

/// JSON that is written here with single quotes.
QByteArray doubleQuoted(QByteArray text) { return text.replace('\'', '"'); }

QByteArray idToken(const QByteArray& claims) { return jose::base64url(R"({"alg":"RS256"})") + '.' + jose::base64url(claims) + ".AAAA"; }

/// The ids of the checks with this outcome.
QStringList with(base::Outcome outcome, const flow::StepRecord& record)
{
    QStringList ids;
    for (const base::Check& check : record.checks)
        if (check.outcome == outcome)
            ids.append(check.id);
    return ids;
}

http::Exchange answer(int status, const QByteArray& body, const http::Headers& headers = {})
{
    http::Exchange exchange;
    exchange.response = http::Response {.status = status, .headers = headers, .body = body};
    return exchange;
}

flow::Step callbackStep()
{
    flow::Step step;
    step.id = u"sign-in"_s;
    step.interactive = true;
    step.yields = {{.pointer = u"/code"_s, .slot = u"code"_s}};
    step.expects = {
        {.on = flow::Expectation::On::Reply, .name = u"/iss"_s, .how = flow::Expectation::How::EqualsIfPromised,
            .value = flow::literal("https://issuer.example"), .promisedBy = u"promised"_s, .id = u"iss"_s, .title = u"Issuer"_s},
    };
    return step;
}

} // namespace

class TestCollect : public QObject
{
    Q_OBJECT
private slots:
    void errorBodiesOfAnyShapeAreRead_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("code");
        QTest::newRow("RFC 6749 5.2") << 401 << QByteArray(R"({"error":"invalid_client","error_description":"AADSTS7000215: wrong. Trace ID: x"})") << u"invalid_client"_s << u"AADSTS7000215"_s;
        QTest::newRow("envelope, type") << 401 << QByteArray(R"({"type":"error","error":{"type":"authentication_error","message":"Authentication failed"}})") << u"authentication_error"_s << QString();
        QTest::newRow("envelope, code") << 401 << QByteArray(R"({"error":{"code":"InvalidAuthenticationToken","message":"no"}})") << u"InvalidAuthenticationToken"_s << QString();
        QTest::newRow("RFC 9457") << 403 << QByteArray(R"({"title":"Forbidden","detail":"why"})") << u"Forbidden"_s << QString();
        QTest::newRow("html") << 502 << QByteArray("<html>Bad gateway</html>") << QString() << QString();
        QTest::newRow("empty") << 400 << QByteArray() << QString() << QString();
    }
    void errorBodiesOfAnyShapeAreRead()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, error);
        QFETCH(QString, code);
        const flow::Observed observed = flow::observe(answer(status, body));
        QCOMPARE(observed.status, status);
        QCOMPARE(observed.error, error);
        QCOMPARE(observed.code, code);
        QCOMPARE(observed.decision, status < 500 ? base::Decision::Refuse : base::Decision::NotEvaluated);
    }

    void aChallengeIsReadWhenTheBodySaysNothing()
    {
        const auto observed = flow::observe(answer(401, {}, {{"WWW-Authenticate", R"(Bearer error="invalid_token", error_description="wrong audience")"}}));
        QCOMPARE(observed.error, u"invalid_token"_s);
        QCOMPARE(observed.text, u"wrong audience"_s);
    }

    void repliesThatAreNotAsTheyShouldBeFailByName_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("says");
        QTest::newRow("garbage") << QByteArray("\x01\x02 no json") << u"not a JSON object"_s;
        QTest::newRow("html") << QByteArray("<html>ok</html>") << u"not a JSON object"_s;
        QTest::newRow("empty") << QByteArray() << u"not a JSON object"_s;
        QTest::newRow("member missing") << QByteArray(R"({"token_type":"Bearer"})") << u"access_token"_s;
        QTest::newRow("member null") << QByteArray(R"({"access_token":null})") << u"access_token"_s;
    }
    void repliesThatAreNotAsTheyShouldBeFailByName()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, says);
        const flow::StepRecord record = flow::collect(tokenStep(), answer(200, body), {});
        QCOMPARE(record.state, StepState::Failed);
        QVERIFY(record.error);
        QVERIFY2(record.error->text.contains(says), qPrintable(record.error->text));
    }

    /// A step that takes nothing out of its answer needs none; half a document is no answer even then.
    void aCallNeedsNoBody_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("nothing with 200") << 200 << QByteArray() << true;
        QTest::newRow("nothing with 204") << 204 << QByteArray() << true;
        QTest::newRow("a document") << 200 << QByteArray("[]") << true;
        QTest::newRow("half a document") << 200 << QByteArray("{\"a\":") << false;
        QTest::newRow("another thing") << 200 << QByteArray("ok") << false;
    }
    void aCallNeedsNoBody()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const auto record = flow::collect({.id = u"call"_s}, answer(status, body, {{"Content-Type", "application/json"}}), {});
        QTEST(record.state == StepState::Accepted, "accepted");
    }

    void cutOffAnswersFailAndAreKept()
    {
        http::Exchange exchange = answer(200, R"({"access_token":"x"})");
        exchange.response->truncated = true;
        const flow::StepRecord record = flow::collect(tokenStep(), exchange, {});
        QCOMPARE(record.state, StepState::Failed);
        QCOMPARE(record.exchange.response->body, exchange.response->body);
        QVERIFY2(record.tokens.isEmpty(), "half an answer gives no token");
    }

    void expiresInIsReadAsNumberAndAsText_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("number") << QByteArray("3599") << qint64(3599);
        QTest::newRow("text, as metadata services write it") << QByteArray("\"86399\"") << qint64(86399);
        QTest::newRow("nonsense") << QByteArray("\"soon\"") << qint64(-1);
        QTest::newRow("negative") << QByteArray("-5") << qint64(-1);
    }
    void expiresInIsReadAsNumberAndAsText()
    {
        QFETCH(QByteArray, written);
        QFETCH(qint64, seconds);
        const auto record = flow::collect(tokenStep(), answer(200, R"({"access_token":"opaque","expires_in":)" + written + "}"), {});
        QCOMPARE(record.state, StepState::Accepted);
        QCOMPARE(record.tokens.front().expiresIn.value_or(-1), seconds);
        QVERIFY(record.tokens.front().isOpaque());
    }

    void idTokensAreHeldAgainstTheClient_data()
    {
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QString>("failing");
        const auto row = [](const char* name, const QByteArray& claims, const char* failing) {
            QTest::newRow(name) << doubleQuoted('{' + claims + '}') << QString::fromLatin1(failing);
        };
        const QByteArray sub = "'sub':'s',", times = "'iat':1799999990,'exp':1800000600", aud = "'aud':'client',";
        row("as it should be", sub + aud + times, "");
        row("a list of one audience", sub + "'aud':['client']," + times, "");
        row("two audiences, azp is this client", sub + "'aud':['x','client'],'azp':'client'," + times, "");
        row("azp is this client", sub + aud + "'azp':'client'," + times, "");
        row("begins now, within what clocks are off by", sub + aud + "'nbf':1800000200,'iat':1800000200,'exp':1800000600", "");
        row("another audience", sub + "'aud':'other'," + times, "aud");
        row("a list of others", sub + "'aud':['x','y'],'azp':'client'," + times, "aud");
        row("an audience that only holds the client's name", sub + "'aud':'[client]'," + times, "aud");
        row("no audience", sub + times, "aud");
        row("two audiences without azp", sub + "'aud':['client','x']," + times, "azp");
        row("two audiences, azp is the other", sub + "'aud':['client','x'],'azp':'x'," + times, "azp");
        row("another azp", sub + aud + "'azp':'other'," + times, "azp");
        row("no sub", aud + times, "sub");
        row("an empty sub", "'sub':''," + aud + times, "sub");
        row("a number for sub", "'sub':5," + aud + times, "sub");
        row("ended", sub + aud + "'iat':900,'exp':1000", "lifetime.exp");
        row("no exp", sub + aud + "'iat':1799999990", "id_token.exp");
        row("a text for exp", sub + aud + "'iat':1799999990,'exp':'1800000600'", "id_token.exp");
        row("no iat", sub + aud + "'exp':1800000600", "id_token.iat");
        row("issued in the future", sub + aud + "'iat':1800009999,'exp':1800019999", "lifetime.iat");
        row("begins in the future", sub + aud + "'nbf':1800009999," + times, "lifetime.nbf");
        row("a claim twice", sub + aud + "'sub':'t'," + times, "id_token.form");
    }
    void idTokensAreHeldAgainstTheClient() // V06, X22
    {
        QFETCH(QByteArray, claims);
        QFETCH(QString, failing);
        const QByteArray body = doubleQuoted("{'access_token':'a','token_type':'bearer','id_token':") + json::quoted(QString::fromLatin1(idToken(claims))) + '}';
        const flow::StepRecord record = flow::collect(redeemStep(), answer(200, body), {.now = base::fromEpochSeconds(now)});
        QCOMPARE(with(base::Outcome::Fail, record).join(u' '), failing);
        QCOMPARE(record.state, failing.isEmpty() ? StepState::Accepted : StepState::Refused);
    }

    void tokenAnswersAreWhatTheyHaveToBe_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<QString>("failing");
        QTest::addColumn<QString>("warned");
        const auto row = [](const char* name, const char* members, const char* failing, const char* warned = "") {
            QTest::newRow(name) << doubleQuoted(members) << QString::fromLatin1(failing) << QString::fromLatin1(warned);
        };
        row("right", "'access_token':'a','token_type':'Bearer','expires_in':600", "");
        row("type in another case", "'access_token':'a','token_type':'BEARER'", "");
        row("lifetime as text", "'access_token':'a','token_type':'Bearer','expires_in':'600'", "");
        row("error is null", "'access_token':'a','token_type':'Bearer','error':null", "");
        row("a number for a token", "'access_token':5,'token_type':'Bearer'", "access_token");
        row("an object for a token", "'access_token':{},'token_type':'Bearer'", "access_token");
        row("two tokens", "'access_token':'a','access_token':'b','token_type':'Bearer'", "access_token");
        row("no type", "'access_token':'a'", "token_type");
        row("DPoP", "'access_token':'a','token_type':'DPoP'", "token_type");
        row("mac", "'access_token':'a','token_type':'mac'", "token_type");
        row("an error beside it", "'access_token':'a','token_type':'Bearer','error':'x'", "error");
        row("a negative lifetime", "'access_token':'a','token_type':'Bearer','expires_in':-5", "", "expires_in");
    }
    void tokenAnswersAreWhatTheyHaveToBe() // X06, V08
    {
        QFETCH(QByteArray, members);
        QFETCH(QString, failing);
        QFETCH(QString, warned);
        flow::Step step = tokenStep();
        step.expects = {flow::tokenType()};
        const flow::StepRecord record = flow::collect(step, answer(200, '{' + members + '}'), {});
        QCOMPARE(with(base::Outcome::Fail, record).join(u' '), failing);
        QCOMPARE(with(base::Outcome::Warning, record).join(u' '), warned);
        QCOMPARE(record.state, failing.isEmpty() ? StepState::Accepted : StepState::Refused);
        QCOMPARE(record.tokens.isEmpty(), failing == u"access_token");
    }

    void aTypeThatTheVendorNeedNotNameMayBeAbsent()
    {
        flow::Step step = tokenStep();
        step.expects = {flow::tokenTypeIfAny()};
        QCOMPARE(flow::collect(step, answer(200, doubleQuoted("{'access_token':'a'}")), {}).state, StepState::Accepted);
        QCOMPARE(flow::collect(step, answer(200, doubleQuoted("{'access_token':'a','token_type':'DPoP'}")), {}).state, StepState::Refused);
    }

    void theIssuerOfTheAnswerIsDemandedWherePromised_data()
    {
        QTest::addColumn<QByteArray>("callback");
        QTest::addColumn<bool>("promised");
        QTest::addColumn<StepState>("state");
        QTest::newRow("right") << QByteArray("code=c&iss=https%3A%2F%2Fissuer.example") << true << StepState::Accepted;
        QTest::newRow("closing slash") << QByteArray("code=c&iss=https%3A%2F%2Fissuer.example%2F") << true << StepState::Refused;
        QTest::newRow("case") << QByteArray("code=c&iss=https%3A%2F%2FIssuer.example") << true << StepState::Refused;
        QTest::newRow("missing though promised") << QByteArray("code=c") << true << StepState::Refused;
        QTest::newRow("missing, not promised") << QByteArray("code=c") << false << StepState::Accepted;
        QTest::newRow("wrong, not promised") << QByteArray("code=c&iss=https%3A%2F%2Fother") << false << StepState::Refused;
    }
    void theIssuerOfTheAnswerIsDemandedWherePromised() // C11
    {
        QFETCH(QByteArray, callback);
        QFETCH(bool, promised);
        QFETCH(StepState, state);
        flow::Ingredients known;
        if (promised)
            known.values.insert(u"promised"_s, "true");
        const auto record = flow::collect(callbackStep(), answer(302, {}, {{"Location", "http://127.0.0.1:1/callback?" + callback}}), known);
        QCOMPARE(record.state, state);
    }

    void deniedConsentIsARefusalInTheIssuersWords()
    {
        const auto record = flow::collect(callbackStep(), answer(302, {}, {{"Location", "http://127.0.0.1:1/callback?error=access_denied&error_description=AADSTS65004%3A%20declined"}}), {});
        QCOMPARE(record.state, StepState::Refused);
        QCOMPARE(record.observed.error, u"access_denied"_s);
        QCOMPARE(record.observed.code, u"AADSTS65004"_s);
    }
};

QTEST_GUILESS_MAIN(TestCollect)
#include "tst_collect.moc"
