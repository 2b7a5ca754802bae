// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signinsteps.h"

#include "core/setup/brokerprofile.h"
#include "core/setup/file.h"
#include "core/setup/saasprofile.h"
#include "core/setup/targetsecrets.h"

#include <QJsonArray>

#include <atomic>

namespace {

/// A clock that the test moves.
struct Hands
{
    std::atomic<qint64> seconds {base::epochSeconds(base::systemNow())};

    base::Clock clock()
    {
        return [this] { return base::fromEpochSeconds(seconds); };
    }
};

Hands& hands()
{
    static Hands ours; // there before the labs that ask for it
    return ours;
}

QByteArray numbered(int i) { return QByteArray("guess-" + QByteArray::number(i)); }

} // namespace

/// L08: codes, passwords and secrets cannot be tried out one after the other (RFC 6749 section 10.10), and who sends what is
/// right, or one wrong thing again and again, never notices.
class TestLabGuesses : public QObject, private SignInSteps
{
    Q_OBJECT
    LabFixture m_parties {{.clock = hands().clock()}}; ///< third parties
    LabFixture m_broker {{.clock = hands().clock()}};
    QByteArray m_mcpClient {}, m_mcpSecret {};

    QString mcpIssuer()
    {
        const http::UrlParts parts = http::splitUrl(f.url(u"mcp-open"_s).toUtf8());
        const auto document = f.get(QString::fromUtf8(parts.origin() + "/.well-known/oauth-protected-resource" + parts.path));
        return jsonOf(document)[u"authorization_servers"_s].toArray().first().toString();
    }
    const setup::Target& github() { return *m_parties.lab().played().target(u"github"_s); }

    // Every door takes one thing that can be guessed; empty: the right one.
    http::Response entraSecret(const QByteArray& guess)
    {
        return f.token({{"grant_type", "client_credentials"}, {"client_id", f.clientId(u"web-api"_s)},
            {"client_secret", guess.isEmpty() ? f.secret(u"web-api"_s) : guess}, {"scope", "https://graph.microsoft.com/.default"}});
    }
    http::Response entraBasic(const QByteArray& guess)
    {
        const QByteArray pair = f.clientId(u"blueprint"_s) + ':' + http::percentEncoded(guess.isEmpty() ? f.secret(u"blueprint"_s) : guess);
        return f.token({{"grant_type", "client_credentials"}, {"scope", "api://AzureADTokenExchange/.default"},
                           {"fmi_path", f.clientId(u"agent"_s)}},
            http::Headers {http::Header {"Authorization", "Basic " + pair.toBase64()}});
    }
    http::Response entraCode(const QByteArray& guess)
    {
        return f.token(redemption(guess.isEmpty() ? f.signIn(f.authorizeRequest(webScope())).value("code") : guess));
    }
    http::Response password(const QByteArray& guess)
    {
        http::Form typed = alice();
        if (!guess.isEmpty())
            set(typed, "password", guess);
        return postPage(formOf(f.get(f.authorizeUrl(f.authorizeRequest("openid")))), typed);
    }
    http::Response exchangeSecret(const QByteArray& guess)
    {
        const QJsonObject known = f.entry(u"trusts"_s, u"token-exchange"_s)[u"settings"_s].toObject();
        return f.post(f.url(u"token-exchange"_s) + u"/token"_s,
            {{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"}, {"client_id", known[u"clientId"_s].toString().toUtf8()},
                {"client_secret", guess.isEmpty() ? known[u"clientSecret"_s].toString().toUtf8() : guess}});
    }
    http::Response mcpSecret(const QByteArray& guess)
    {
        return f.post(mcpIssuer() + u"/token"_s, {{"grant_type", "refresh_token"}, {"refresh_token", "none"}, {"client_id", m_mcpClient},
            {"client_secret", guess.isEmpty() ? m_mcpSecret : guess}});
    }
    http::Response githubCode(const QByteArray& guess)
    {
        return m_parties.post(setup::saasTokenUrl(github()), {{"client_id", github().clientId.toUtf8()}, {"client_secret", secretOf(m_parties, github())},
            {"code", guess.isEmpty() ? codeOfGithub() : guess}, {"redirect_uri", LabFixture::redirectUri}, {"code_verifier", LabFixture::verifier}});
    }
    QByteArray codeOfGithub()
    {
        const http::Form request {{"client_id", github().clientId.toUtf8()}, {"response_type", "code"}, {"redirect_uri", LabFixture::redirectUri},
            {"scope", "repo"}, {"state", "s"}, {"code_challenge", LabFixture::challenge}, {"code_challenge_method", "S256"}};
        const auto who = m_parties.lab().signInFor(u"alice"_s);
        const QByteArray origin = http::splitUrl(setup::saasAuthorizeUrl(github()).toUtf8()).origin();
        return parametersOf(m_parties.post(QString::fromUtf8(origin + "/lab/login"), {{"request", http::encodeForm(request)},
            {"username", who->username.toUtf8()}, {"password", who->password.toUtf8()}, {"action", "signin"}})).value("code");
    }
    http::Response brokerSecret(const QByteArray& guess)
    {
        const setup::Target& hub = *m_broker.lab().played().target(u"hub"_s);
        return m_broker.post(hub.url + QLatin1StringView(setup::brokerTokenPath), {{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
            {"client_id", hub.clientId.toUtf8()}, {"client_secret", guess.isEmpty() ? secretOf(m_broker, hub) : guess}});
    }
    QByteArray secretOf(LabFixture& lab, const setup::Target& target)
    {
        setup::MemorySecrets store;
        lab.lab().fillSecrets(store);
        QByteArray secret;
        store.read(setup::secretKey(lab.lab().played(), target), this,
            [&](base::Result<base::Secret> value) { secret = value ? value->reveal().toByteArray() : QByteArray(); });
        (void)QTest::qWaitFor([&] { return !secret.isEmpty(); });
        return secret;
    }
    /// The lab's own word on an answer.
    lab::HistoryEntry truthOf(const http::Response& reply)
    {
        const QByteArray own = reply.headers.value("x-request-id"), id = own.isEmpty() ? reply.headers.value("x-ms-request-id") : own;
        for (LabFixture* each : {&f, &m_parties, &m_broker}) {
            for (const lab::HistoryEntry& entry : each->lab().history()) {
                if (entry.requestId.toLatin1() == id)
                    return entry;
            }
        }
        return {};
    }

    struct Door
    {
        const char* name;
        http::Response (TestLabGuesses::*knock)(const QByteArray& guess);
        int wrong; ///< status of a wrong guess
        int right; ///< status with the right value
        const char* says; ///< what stands in the answer of a door that is shut
    };
    static constexpr Door doors[] {
        {"secret at Entra", &TestLabGuesses::entraSecret, 401, 200, R"("error_codes")"},
        {"secret at Entra, Basic", &TestLabGuesses::entraBasic, 401, 200, R"("error_codes")"},
        {"code at Entra", &TestLabGuesses::entraCode, 400, 200, R"("error_codes")"},
        {"password", &TestLabGuesses::password, 200, 302, "id=\"signin\""},
        {"secret at an exchange", &TestLabGuesses::exchangeSecret, 401, 400, R"("error":"temporarily_unavailable")"},
        {"secret at an MCP authorization server", &TestLabGuesses::mcpSecret, 401, 400, R"("error":"temporarily_unavailable")"},
        {"code at a third party", &TestLabGuesses::githubCode, 200, 200, "error=temporarily_unavailable"},
        {"secret at a broker", &TestLabGuesses::brokerSecret, 401, 400, R"("error":"temporarily_unavailable")"},
    };
    void addDoors()
    {
        QTest::addColumn<int>("door");
        for (int i = 0; i < int(std::size(doors)); ++i)
            QTest::newRow(doors[i].name) << i;
    }
    http::Response knock(const Door& door, const QByteArray& guess) { return (this->*door.knock)(guess); }

public:
    TestLabGuesses()
        : SignInSteps {.f = LabFixture({.clock = hands().clock()})}
    {
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(f.start(), qPrintable(f.problem));
        QVERIFY2(m_parties.play(*setup::sample(u"saas-github"_s)), qPrintable(m_parties.problem));
        const auto hub = setup::sample(u"credential-broker"_s)->document.with(u"/targets/0/settings/publicClient"_s, "false");
        QVERIFY2(hub && m_broker.play(*setup::parseSetup(hub->source())), qPrintable(m_broker.problem));
        const auto client = f.postJson(mcpIssuer() + u"/register"_s,
            R"({"client_name":"Test","redirect_uris":["http:/)" R"(/127.0.0.1/callback"],"token_endpoint_auth_method":"client_secret_post"})");
        m_mcpClient = member(client, "client_id");
        m_mcpSecret = member(client, "client_secret");
        QVERIFY2(!m_mcpSecret.isEmpty(), client.body.constData());
    }
    void init() { hands().seconds += 61; } // what another test guessed is forgotten

    void guessesArePausedAndSaidSo_data() { addDoors(); }
    void guessesArePausedAndSaidSo()
    {
        QFETCH(int, door);
        const Door& d = doors[door];
        for (int i = 0; i < 10; ++i)
            QCOMPARE(knock(d, numbered(i)).status, d.wrong);
        hands().seconds += 20;
        const auto shut = knock(d, numbered(10));
        QVERIFY2(shut.status == 429, shut.body.constData());
        QCOMPARE(shut.headers.value("Retry-After"), "40"); // RFC 6585 4
        QVERIFY2(shut.body.contains(d.says), shut.body.constData());
        QCOMPARE(shut.headers.value("Content-Type"), knock(d, numbered(11)).headers.value("Content-Type"));
        const lab::HistoryEntry truth = truthOf(shut);
        QCOMPARE(truth.reason, u"too_many_guesses"_s);
        QCOMPARE(truth.verdict.checks.first().id, u"guesses"_s);
        QVERIFY(!truth.text.isEmpty());
        QCOMPARE(knock(d, {}).status, 429); // else the answer would tell which guess was right
        hands().seconds += 40;
        const auto open = knock(d, {});
        QCOMPARE(open.status, d.right);
        QVERIFY2(!open.body.contains("incorrect_client") && !open.body.contains("bad_verification"), open.body.constData()); // GitHub refuses under 200
    }

    /// A client that is set up wrongly guesses nothing.
    void oneWrongValueIsOneGuess_data() { addDoors(); }
    void oneWrongValueIsOneGuess()
    {
        QFETCH(int, door);
        const Door& d = doors[door];
        for (int i = 0; i < 30; ++i)
            QCOMPARE(knock(d, "the same").status, d.wrong);
        QCOMPARE(knock(d, {}).status, d.right);
    }

    void whoIsRightIsNeverPaused_data() { addDoors(); }
    void whoIsRightIsNeverPaused()
    {
        QFETCH(int, door);
        for (int i = 0; i < 30; ++i)
            QCOMPARE(knock(doors[door], {}).status, doors[door].right);
    }

    void othersGoOn()
    {
        for (int i = 0; i < 11; ++i)
            entraSecret(numbered(i));
        QCOMPARE(entraSecret({}).status, 429);
        QCOMPARE(entraBasic({}).status, 200);
        QCOMPARE(password({}).status, 302);
        QCOMPARE(mcpSecret({}).status, 400);
    }

    /// Who is not known is refused whatever is guessed, and nothing is kept of it.
    void unknownClientsAreNotCounted()
    {
        for (int i = 0; i < 15; ++i) {
            const auto reply = f.token({{"grant_type", "client_credentials"}, {"client_id", "5c11a0b4-0000-4000-8000-000000000000"},
                {"client_secret", numbered(i)}, {"scope", "https://graph.microsoft.com/.default"}});
            QCOMPARE(reply.status, 400);
        }
    }
};

QTEST_GUILESS_MAIN(TestLabGuesses)
#include "tst_labguesses.moc"
