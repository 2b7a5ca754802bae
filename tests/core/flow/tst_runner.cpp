// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/flow/runner.h"
#include "core/http/server.h"
#include "core/jose/jws.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#include <atomic>

using namespace Qt::StringLiterals;
using flow::StepState;

namespace {

/// A token endpoint of our own on loopback.
struct Endpoint
{
    http::Server server {1};
    std::atomic<int> requests = 0;
    int port = 0;
    QByteArray lastBody {};

    explicit Endpoint(std::function<http::ServerResponse(const http::ServerRequest&, int)> answer)
    {
        const auto listening = server.listen(0, [this, answer](const http::ServerRequest& request) {
            lastBody = request.body;
            return answer(request, ++requests);
        });
        port = listening.value_or(0);
    }
    ~Endpoint() { server.stop(); }
    QByteArray url(const QByteArray& path) const { return "http://127.0.0.1:" + QByteArray::number(port) + path; }
};

http::ServerResponse jsonAnswer(int status, const QByteArray& body)
{
    http::ServerResponse response {.status = status, .body = body};
    response.headers.append(http::Header {"Content-Type", "application/json"});
    return response;
}

flow::Step tokenStep(const QString& id, const QByteArray& url, const QString& slot)
{
    flow::Step step;
    step.id = id;
    step.url = flow::literal(url);
    step.format = flow::BodyFormat::Form;
    step.body = {{"grant_type", flow::literal("client_credentials")}};
    step.yields = {{.pointer = u"/access_token"_s, .slot = slot, .token = true}};
    return step;
}

/// Answers everything at once with one exchange.
struct Answers : http::Transport
{
    http::Exchange exchange {};
    void send(http::Request, QObject*, http::Done done) override { done(exchange); }
};

const setup::SecretKey key {u"s"_s, u"t"_s, u"c"_s, u"n"_s};

void callBack(const QByteArray& url)
{
    const http::UrlParts parts = http::splitUrl(url);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(parts.port));
    QVERIFY(socket.waitForConnected(2000));
    socket.write("GET " + parts.path + '?' + parts.query + " HTTP/1.1\r\nHost: " + parts.authority + "\r\nConnection: close\r\n\r\n");
    QVERIFY(socket.waitForReadyRead(2000));
}

} // namespace

class TestRunner : public QObject
{
    Q_OBJECT
private slots:
    void stepsFollowEachOtherAndStopAtARefusal()
    {
        Endpoint endpoint([](const http::ServerRequest&, int n) {
            return n == 2 ? jsonAnswer(401, R"({"error":"invalid_client","error_description":"AADSTS7000215: no"})") : jsonAnswer(200, R"({"access_token":"t"})");
        });
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        flow::Flow flow {.id = u"f"_s};
        flow.steps = {tokenStep(u"a"_s, endpoint.url("/a"), u"T1"_s), tokenStep(u"b"_s, endpoint.url("/b"), u"T2"_s), tokenStep(u"c"_s, endpoint.url("/c"), u"T3"_s)};
        runner.start(flow, u"s"_s, u"lab"_s);
        QSignalSpy finished(&runner, &flow::Runner::finished);
        runner.sendAll();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(runner.run().state(u"a"), StepState::Accepted);
        QCOMPARE(runner.run().state(u"b"), StepState::Refused);
        QCOMPARE(runner.run().state(u"c"), StepState::NotReached);
        QCOMPARE(endpoint.requests.load(), 2);
        QCOMPARE(runner.nextStep(), u"b"_s);
        runner.sendAll(); // the cause is gone: the run goes on where it stopped
        QTRY_COMPARE(finished.count(), 2);
        QCOMPARE(runner.run().state(u"c"), StepState::Accepted);
        QCOMPARE(endpoint.requests.load(), 4);
        QCOMPARE(runner.run().records.size(), 4);
    }

    void aSecretGoesOutAndIsNotInThePrediction()
    {
        Endpoint endpoint([](const http::ServerRequest&, int) { return jsonAnswer(200, R"({"access_token":"t"})"); });
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        secrets.put(key, base::Secret("canary-secret"));
        flow::Runner runner(transport, secrets);
        QByteArray predictedOn;
        runner.setPredict([&](const flow::Step&, const http::Request& request) -> std::optional<base::Verdict> {
            predictedOn = request.body;
            return std::nullopt;
        });
        flow::Step step = tokenStep(u"a"_s, endpoint.url("/a"), u"T1"_s);
        step.body.append({"client_secret", flow::fromSecret(key)});
        runner.start({.id = u"f"_s, .steps = {step}}, u"s"_s, u"lab"_s);
        QSignalSpy finished(&runner, &flow::Runner::finished);
        runner.send();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(endpoint.lastBody.contains("canary-secret"));
        QVERIFY(!predictedOn.contains("canary-secret"));
        QVERIFY(!predictedOn.isEmpty());
    }

    void aMissingSecretFailsTheStepAndNothingIsSent()
    {
        Endpoint endpoint([](const http::ServerRequest&, int) { return jsonAnswer(200, "{}"); });
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        flow::Step step = tokenStep(u"a"_s, endpoint.url("/a"), u"T1"_s);
        step.body.append({"client_secret", flow::fromSecret(key)});
        runner.start({.id = u"f"_s, .steps = {step}}, u"s"_s, u"lab"_s);
        QSignalSpy finished(&runner, &flow::Runner::finished);
        runner.send();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(runner.run().state(u"a"), StepState::Failed);
        QCOMPARE(runner.run().record(u"a")->error->code, u"secret-missing"_s);
        QCOMPARE(endpoint.requests.load(), 0);
    }

    void nobodyThereIsNoAnswerAndTheRunIsKept() // X01
    {
        int dead = 0;
        {
            Endpoint gone([](const http::ServerRequest&, int) { return http::ServerResponse {}; });
            dead = gone.port;
        }
        Endpoint endpoint([](const http::ServerRequest&, int) { return jsonAnswer(200, R"({"access_token":"t"})"); });
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        runner.start({.id = u"f"_s, .steps = {tokenStep(u"a"_s, endpoint.url("/a"), u"T1"_s), tokenStep(u"b"_s, "http://127.0.0.1:" + QByteArray::number(dead) + "/b", u"T2"_s)}}, u"s"_s, u"lab"_s);
        QSignalSpy finished(&runner, &flow::Runner::finished);
        runner.sendAll();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(runner.run().state(u"a"), StepState::Accepted);
        QCOMPARE(runner.run().state(u"b"), StepState::Failed);
        QVERIFY(!runner.run().record(u"b")->error->text.isEmpty());
        QVERIFY(runner.run().token(u"T1"));
    }

    void theBrowsersAnswerGoesIntoTheNextStep()
    {
        Endpoint endpoint([](const http::ServerRequest&, int) { return jsonAnswer(200, R"({"access_token":"t"})"); });
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        flow::Step signIn;
        signIn.id = u"sign-in"_s;
        signIn.interactive = true;
        signIn.method = "GET";
        signIn.url = flow::literal("https://issuer.example/authorize");
        signIn.query = {{"redirect_uri", flow::made(flow::Made::RedirectUri)}, {"state", flow::made(flow::Made::State)}, {"code_challenge", flow::made(flow::Made::Challenge)}};
        signIn.yields = {{.pointer = u"/code"_s, .slot = u"code"_s}};
        flow::Step redeem = tokenStep(u"redeem"_s, endpoint.url("/t"), u"Tc"_s);
        redeem.body = {{"code", flow::fromReply(u"code"_s)}, {"redirect_uri", flow::made(flow::Made::RedirectUri)}, {"code_verifier", flow::made(flow::Made::Verifier)}};
        http::Form asked;
        runner.setBrowser([&](const QByteArray& url) -> base::Result<void> {
            asked = http::parseForm(http::splitUrl(url).query);
            return {};
        });
        runner.start({.id = u"f"_s, .steps = {signIn, redeem}}, u"s"_s, u"lab"_s);
        QSignalSpy finished(&runner, &flow::Runner::finished);
        runner.sendAll();
        QTRY_VERIFY(runner.waiting().has_value());
        QVERIFY(asked.value("redirect_uri").startsWith("http://127.0.0.1:"));
        callBack(asked.value("redirect_uri") + "?code=the-code&state=" + asked.value("state"));
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!runner.waiting());
        const http::Form sent = http::parseForm(endpoint.lastBody);
        QCOMPARE(sent.value("code"), QByteArray("the-code"));
        QCOMPARE(sent.value("redirect_uri"), asked.value("redirect_uri"));
        QCOMPARE(flow::challengeOf(sent.value("code_verifier")), asked.value("code_challenge"));
    }

    void cancelFreesThePortAndKeepsTheRun() // C04, X15
    {
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        flow::Step signIn;
        signIn.id = u"sign-in"_s;
        signIn.interactive = true;
        signIn.url = flow::literal("https://issuer.example/authorize");
        runner.start({.id = u"f"_s, .steps = {signIn}}, u"s"_s, u"lab"_s);
        runner.send();
        QTRY_VERIFY(runner.waiting().has_value());
        QVERIFY(!runner.waiting()->browserProblem.isEmpty()); // no browser was given
        const int port = runner.waiting()->port;
        runner.cancel();
        QVERIFY(!runner.isBusy());
        QCOMPARE(runner.run().record(u"sign-in")->error->code, u"cancelled"_s);
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(port));
        QVERIFY(!socket.waitForConnected(500));
    }

    void oddAddressesAreNotOpened_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QString>("code");
        for (const char* url : {"javascript:alert(1)", "file:///etc/passwd", "http://issuer.example/authorize", "ftp://x"})
            QTest::newRow(url) << QByteArray(url) << u"authorize-scheme"_s;
        QTest::newRow("a fragment") << QByteArray("https://issuer.example/authorize#x") << u"authorize-fragment"_s;
        QTest::newRow("an empty fragment") << QByteArray("https://issuer.example/authorize#") << u"authorize-fragment"_s;
        QTest::newRow("a name before the host") << QByteArray("http://a:hidden@127.0.0.1/authorize") << u"authorize-name"_s;
    }
    void oddAddressesAreNotOpened() // C17
    {
        QFETCH(QByteArray, url);
        QFETCH(QString, code);
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        bool opened = false;
        runner.setBrowser([&](const QByteArray&) -> base::Result<void> { opened = true; return {}; });
        flow::Step signIn;
        signIn.id = u"sign-in"_s;
        signIn.interactive = true;
        signIn.url = flow::literal(url);
        signIn.query = {{"state", flow::made(flow::Made::State)}};
        runner.start({.id = u"f"_s, .steps = {signIn}}, u"s"_s, u"lab"_s);
        runner.send();
        QTRY_COMPARE(runner.run().state(u"sign-in"), StepState::Failed);
        QVERIFY(!opened);
        QCOMPARE(runner.run().record(u"sign-in")->error->code, code);
        QVERIFY(!runner.run().record(u"sign-in")->error->where.contains(u"hidden"));
    }

    void whatCameAndWasNotUsedIsToldWhereTheRunIsKept_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("says");
        QTest::newRow("nothing") << QByteArray() << u"No answer came from the browser within 1 s. The port"_s;
        QTest::newRow("another state") << QByteArray("code=c&state=other") << u"state` is not the one sent"_s;
        QTest::newRow("no state") << QByteArray("code=c") << u"has no `state`"_s;
        QTest::newRow("two codes") << QByteArray("code=c&code=d&state=STATE") << u"has code more than once"_s;
        QTest::newRow("code and error") << QByteArray("code=c&error=e&state=STATE") << u"a code and an error at once"_s;
    }
    void whatCameAndWasNotUsedIsToldWhereTheRunIsKept() // C09
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, says);
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        http::Form asked;
        runner.setBrowser([&](const QByteArray& url) -> base::Result<void> {
            asked = http::parseForm(http::splitUrl(url).query);
            return {};
        });
        runner.setSignInLimit(std::chrono::seconds {1});
        flow::Step signIn;
        signIn.id = u"sign-in"_s;
        signIn.interactive = true;
        signIn.url = flow::literal("https://issuer.example/authorize");
        signIn.query = {{"redirect_uri", flow::made(flow::Made::RedirectUri)}, {"state", flow::made(flow::Made::State)}};
        runner.start({.id = u"f"_s, .steps = {signIn}}, u"s"_s, u"live"_s);
        QSignalSpy finished(&runner, &flow::Runner::finished);
        runner.send();
        QTRY_VERIFY(runner.waiting().has_value());
        if (!answer.isEmpty())
            callBack(asked.value("redirect_uri") + '?' + answer.replace("STATE", asked.value("state")));
        QTRY_COMPARE(finished.count(), 1);
        const auto& error = runner.run().record(u"sign-in")->error;
        QCOMPARE(error->code, u"sign-in-timeout"_s);
        QVERIFY2(error->text.contains(says), qPrintable(error->text));
    }

    void halfAKeySetIsNone() // X02
    {
        const jose::Key key = jose::Key::generateEc();
        Answers transport;
        transport.exchange.response = http::Response {.status = 200, .body = jose::toJwks({key})};
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        flow::Flow flow {.id = u"f"_s, .steps = {tokenStep(u"a"_s, "https://issuer.example/t", u"T1"_s)}};
        flow.keys = {{u"https://issuer.example"_s, flow::literal("https://issuer.example/keys")}};
        runner.start(flow, u"s"_s, u"live"_s);
        runner.readKeysAgain();
        QVERIFY(runner.run().keysOf(u"https://issuer.example"_s));
        transport.exchange.response->truncated = true;
        runner.readKeysAgain();
        QVERIFY(!runner.run().keysOf(u"https://issuer.example"_s));
        transport.exchange.response->truncated = false;
        transport.exchange.failure = http::Failure {http::Failure::Kind::Closed, u"The connection ended in the middle of the answer."_s};
        runner.readKeysAgain();
        QVERIFY(!runner.run().keysOf(u"https://issuer.example"_s));
        QCOMPARE(runner.run().keys.value(u"https://issuer.example"_s).problem, transport.exchange.failure->text);
    }

    void keysAreReadAgain() // before any token is there, and whenever asked
    {
        jose::Key first = jose::Key::generateEc(), second = jose::Key::generateEc();
        first.kid = "first";
        second.kid = "second";
        std::atomic<int> asked = 0;
        Endpoint endpoint([&](const http::ServerRequest&, int) { return jsonAnswer(200, jose::toJwks({asked++ == 0 ? first : second})); });
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        flow::Flow flow {.id = u"f"_s, .steps = {tokenStep(u"a"_s, endpoint.url("/t"), u"T1"_s)}};
        flow.keys = {{u"https://issuer.example"_s, flow::literal(endpoint.url("/keys"))}};
        runner.start(flow, u"s"_s, u"lab"_s);
        QSignalSpy changed(&runner, &flow::Runner::changed);
        for (const char* kid : {"first", "second"}) {
            changed.clear();
            runner.readKeysAgain();
            QTRY_VERIFY(!changed.isEmpty());
            const jose::KeySet* keys = runner.run().keysOf(u"https://issuer.example"_s);
            QVERIFY(keys && keys->keys.size() == 1 && keys->find(kid));
            QVERIFY(!runner.isBusy() && runner.run().records.isEmpty());
        }
    }

    void keysAreFetchedFromTheFlowNeverFromTheToken() // C22
    {
        const jose::Key signing = [] { auto k = jose::Key::generateEc(); k.kid = "k1"; return k; }();
        std::atomic<int> jwks = 0;
        Endpoint endpoint([&](const http::ServerRequest& request, int) {
            if (request.path == "/keys") {
                ++jwks;
                return jsonAnswer(200, jose::toJwks({signing}));
            }
            const auto token = jose::signCompact(R"({"alg":"ES256","kid":"k1","jku":"http://127.0.0.1:1/evil"})", R"({"iss":"https://issuer.example"})", signing, *jose::algorithm("ES256"));
            return jsonAnswer(200, R"({"access_token":")" + *token + "\"}");
        });
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        flow::Runner runner(transport, secrets);
        flow::Flow flow {.id = u"f"_s, .steps = {tokenStep(u"a"_s, endpoint.url("/t"), u"T1"_s), tokenStep(u"b"_s, endpoint.url("/t"), u"T2"_s)}};
        flow.keys = {{u"https://issuer.example"_s, flow::literal(endpoint.url("/keys"))}};
        runner.start(flow, u"s"_s, u"lab"_s);
        QSignalSpy finished(&runner, &flow::Runner::finished);
        runner.sendAll();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(jwks.load(), 1);
        const jose::KeySet* keys = runner.run().keysOf(u"https://issuer.example"_s);
        QVERIFY(keys);
        const auto checked = jose::verify(runner.run().token(u"T1")->jwt, *keys, {.now = base::systemNow()});
        QVERIFY(std::ranges::any_of(checked.checks, [](const base::Check& c) { return c.id == u"signature" && c.outcome == base::Outcome::Pass; }));
    }

    void destroyingTheRunnerWhileARequestIsOutCallsNothing()
    {
        Endpoint endpoint([](const http::ServerRequest&, int) { return http::ServerResponse {.hang = true}; });
        http::NetworkTransport transport;
        setup::MemorySecrets secrets;
        auto runner = std::make_unique<flow::Runner>(transport, secrets);
        runner->start({.id = u"f"_s, .steps = {tokenStep(u"a"_s, endpoint.url("/a"), u"T1"_s)}}, u"s"_s, u"lab"_s);
        QSignalSpy recorded(runner.get(), &flow::Runner::recorded);
        runner->send();
        QTRY_COMPARE(endpoint.requests.load(), 1);
        runner.reset();
        QCOMPARE(recorded.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRunner)
#include "tst_runner.moc"
