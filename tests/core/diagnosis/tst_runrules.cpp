// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "../chain/stage.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

using Break = void (*)(Stage&);
Q_DECLARE_METATYPE(Break)

class RunRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void triggers_data();
    void triggers();
    void uncheckedSignaturesAreToldAsSuch();
    void codesOfLiveRefusals_data();
    void codesOfLiveRefusals();
    void everyRefusalIsExplained();
    void cancelledIsNoFinding();
    void worstFirst();
};

namespace {

http::Response reply(int status, const QByteArray& body)
{
    return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = body};
}

void answerWith(Stage& stage, const QString& step, const QByteArray& query)
{
    stage.receive(step,
        http::Response {.status = 302, .headers = {{"Location", stage.known.redirectUri + '?' + query}}});
}

/// A secret is read, a new version is made, and a program still holds what it read.
void rotated(Stage& s)
{
    flow::Step use {.id = u"use"_s, .title = u"Use the password"_s, .url = flow::literal("https://db.harbour.example/"), .headers = {{"X-Password", flow::literal("an old password")}}};
    s.flow.steps.append(use);
    const auto record = [&](const flow::Step& step, const QByteArray& method, const QByteArray& value) {
        http::Request& request = s.receive(step.id, reply(200, R"({"value": ")" + value + "\"}")).exchange.request;
        request.method = method;
        request.url = "https://kv-harbour.vault.azure.net/secrets/claims-db-password?api-version=7.4";
    };
    for (const flow::Step& step : QList<flow::Step>(s.flow.steps))
        if (step.explain == u"read-secret")
            record(step, "GET", "an old password");
        else if (step.method == "PUT")
            record(step, "PUT", "a new password");
}

} // namespace

void RunRulesTest::triggers_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("sample");
    QTest::addColumn<Break>("act");
    const auto row = [](const char* name, const char16_t* rule, const char16_t* sample, Break act) {
        QTest::newRow(name) << QString::fromUtf16(rule) << QString::fromUtf16(sample) << act;
    };
    row("assertion used twice", u"X-JTI-REPLAY", u"federated-agent", [](Stage& s) {
        s.walk();
        s.knowledge.jtiUsed = [](const QString&, QByteArrayView) { return true; };
        s.send(u"exchange-at-anthropic"_s);
    });
    row("assertion used by others", u"X-JTI-REPLAY", u"federated-agent", [](Stage& s) {
        s.knowledge.jtiUsed = [](const QString&, QByteArrayView) { return true; };
        s.walk();
    });
    row("expired on the way", u"X-CLOCK-SKEW", u"federated-agent", [](Stage& s) {
        s.overlay(u"T1"_s, "exp", QByteArray::number(base::epochSeconds(s.now) - 400));
        s.walk();
    });
    row("from the future", u"X-CLOCK-SKEW", u"federated-agent", [](Stage& s) {
        s.overlay(u"T2"_s, "nbf", QByteArray::number(base::epochSeconds(s.now) + 120));
        s.walk();
    });
    row("secret's id", u"SEC-ID-NOT-VALUE", u"secret-agent", [](Stage& s) {
        s.knowledge.secret = [](const setup::App&, QByteArrayView) { return trust::SecretState::IsTheId; };
        s.walk();
    });
    row("wrong secret", u"SEC-WRONG-SECRET", u"secret-agent", [](Stage& s) {
        s.knowledge.secret = [](const setup::App&, QByteArrayView) { return trust::SecretState::Wrong; };
        s.walk();
    });
    row("expired secret", u"SEC-EXPIRED", u"secret-agent", [](Stage& s) {
        s.knowledge.secret = [](const setup::App&, QByteArrayView) { return trust::SecretState::Expired; };
        s.walk();
    });
    row("declined", u"DEL-CONSENT-DENIED", u"on-behalf-of",
        [](Stage& s) { answerWith(s, u"sign-in"_s, "error=access_denied&state=" + s.known.state); });
    row("declined, with a code", u"DEL-CONSENT-DENIED", u"on-behalf-of", [](Stage& s) {
        answerWith(s, u"sign-in"_s,
            "error=access_denied&error_description=AADSTS65004%3A%20declined&state=" + s.known.state);
    });
    row("no challenge", u"DEL-PKCE-MISSING", u"sign-in-api", [](Stage& s) {
        for (flow::Step& step : s.flow.steps)
            step.query.removeIf([](const flow::Field& f) { return f.name.startsWith("code_challenge"); });
    });
    row("plain challenge", u"DEL-PKCE-MISSING", u"sign-in-api", [](Stage& s) {
        for (flow::Step& step : s.flow.steps)
            for (flow::Field& field : step.query)
                if (field.name == "code_challenge_method")
                    field.value = flow::literal("plain");
    });
    row("nobody consented", u"DEL-CONSENT-MISSING", u"on-behalf-of", [](Stage& s) {
        s.knowledge.consented
            = [](const setup::App&, const setup::App&, const QStringList&, const QString&) { return false; };
        for (setup::App& app : s.setup.apps)
            for (setup::Permission& permission : app.permissions)
                permission.consent = setup::Consent::User;
        s.walk();
    });
    row("somebody else's user token", u"DEL-OBO-AUDIENCE", u"on-behalf-of", [](Stage& s) {
        s.overlay(u"Tc"_s, "aud", "\"https://graph.microsoft.com\"");
        s.walk();
    });
    row("passed on unchanged", u"DEL-PASSTHROUGH", u"on-behalf-of", [](Stage& s) {
        s.overlay(u"T1"_s, "aud", json::quoted(s.setup.app(u"web-api")->clientId));
        s.walk();
    });
    row("forged", u"TOK-SIGNATURE", u"federated-agent", [](Stage& s) {
        s.forge = true;
        s.walk();
    });
    row("keys that cannot be read", u"TOK-SIGNATURE", u"federated-agent", [](Stage& s) {
        s.walk(u"managed-identity"_s);
        for (flow::FetchedKeys& fetched : s.run.keys)
            fetched = {.url = fetched.url, .problem = u"The key set could not be fetched."_s};
    });
    row("a key that nobody publishes", u"TOK-SIGNATURE", u"federated-agent", [](Stage& s) {
        s.walk(u"managed-identity"_s);
        for (flow::FetchedKeys& fetched : s.run.keys)
            fetched.keys.keys.front().kid = "another";
    });
    row("an id token that ended", u"X-CLOCK-SKEW", u"on-behalf-of", [](Stage& s) {
        s.overlay(u"Ti"_s, "exp", "1000");
        s.walk();
    });
    row("nobody there", u"NET-NO-ANSWER", u"federated-agent", [](Stage& s) {
        s.receive(u"managed-identity"_s, {},
            http::Failure {http::Failure::Kind::Timeout, u"No answer from 169.254.169.254."_s});
    });
    row("not JSON", u"NET-BAD-ANSWER", u"federated-agent",
        [](Stage& s) { s.receive(u"managed-identity"_s, reply(200, "<html>")); });
    row("no token in it", u"NET-BAD-ANSWER", u"federated-agent",
        [](Stage& s) { s.receive(u"managed-identity"_s, reply(200, "{}")); });
    row("a broken server", u"NET-BAD-ANSWER", u"federated-agent",
        [](Stage& s) { s.receive(u"managed-identity"_s, reply(502, "")); });
    row("secret missing", u"RUN-NOT-SENT", u"secret-agent", [](Stage& s) {
        s.receive(u"exchange-as-blueprint"_s, {}).error
            = base::Error {u"secret-missing"_s, u"The keychain has no such secret."_s, {}};
    });
    row("another state", u"RUN-ANSWER-MISMATCH", u"on-behalf-of",
        [](Stage& s) { answerWith(s, u"sign-in"_s, "code=x&state=another"); });
    row("another nonce", u"RUN-ANSWER-MISMATCH", u"on-behalf-of", [](Stage& s) {
        s.overlay(u"Ti"_s, "nonce", "\"another\"");
        s.walk();
    });
    row("accepted was predicted", u"RUN-PREDICTION-DIFFERS", u"federated-agent", [](Stage& s) {
        s.receive(u"managed-identity"_s,
            reply(400, R"({"error": "invalid_request", "error_description": "Identity not found"})"));
    });
    row("refused was predicted", u"RUN-PREDICTION-DIFFERS", u"federated-agent", [](Stage& s) {
        s.walk(u"managed-identity"_s);
        s.setup.apps[1].credentials[0].subject = u"another"_s;
        s.receive(u"exchange-as-blueprint"_s, reply(200, R"({"access_token": "a.b.c", "token_type": "Bearer"})"));
    });
    row("a reason nobody knows", u"RUN-REFUSED", u"federated-agent", [](Stage& s) {
        s.receive(u"managed-identity"_s, reply(400, R"({"error": "odd", "error_description": "strange"})"));
    });
    row("not a member", u"TR-ACCOUNT-NOT-MEMBER", u"federated-agent", [](Stage& s) {
        s.knowledge.faults = {u"account-not-in-workspace"_s};
        s.walk();
    });
    row("archived at the receiver", u"TR-RULE-ARCHIVED", u"federated-agent", [](Stage& s) {
        s.knowledge.faults = {u"rule-archived"_s};
        s.walk();
    });
    row("identity's token is too long for the cloud", u"X-MI-24H", u"federated-agent", [](Stage& s) {
        s.overlay(u"T2"_s, "exp", QByteArray::number(base::epochSeconds(s.now) + 86400));
        s.walk();
    });
    row("minted with a narrow scope", u"TR-SCOPE-MISSING", u"federated-agent", [](Stage& s) {
        s.knowledge.opaque = [&s](QByteArrayView) {
            return std::optional(trust::OpaqueGrant {
                u"anthropic"_s, {}, u"workspace:manage_tunnels"_s, s.now + std::chrono::hours {1}});
        };
        s.walk();
    });
    row("an API that wants more", u"TR-SCOPE-MISSING", u"sign-in-api", [](Stage& s) {
        s.overlay(u"Tc"_s, "scp", "\"Other.Read\"");
        s.walk();
    });
    row("an old value after a rotation", u"SEC-STALE-CACHE", u"vault", [](Stage& s) {
        s = Stage(u"vault"_s, u"rotate-secret"_s);
        rotated(s);
        s.receive(u"use"_s, reply(200, "{}")).exchange.request.headers = {{"X-Password", "an old password"}};
    });
    row("child of another blueprint", u"ID-AGENT-PARENT", u"federated-agent", [](Stage& s) {
        s.overlay(u"T1"_s, "sub",
            "\"/eid1/c/pub/t/AAAAAAAAAAAAAAAAAAAAAA/a/AAAAAAAAAAAAAAAAAAAAAA/"
            "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae\"");
        s.walk();
    });
}

void RunRulesTest::triggers()
{
    QFETCH(QString, rule);
    QFETCH(QString, sample);
    QFETCH(Break, act);
    QVERIFY(!Stage::ids(Stage(sample).findings()).contains(rule));
    Stage stage(sample);
    act(stage);
    const QList<base::Finding> findings = stage.findings();
    const auto found = std::ranges::find(findings, rule, &base::Finding::rule);
    QVERIFY2(found != findings.end(), qPrintable(Stage::ids(findings, base::Severity::Info).join(u' ')));
    QVERIFY2(stage.flow.step(found->place.step), qPrintable(found->place.step));
    QVERIFY(!found->place.part.isEmpty());
    QVERIFY2(!QString(found->title + found->text + found->fix).contains(u'{'),
        qPrintable(found->title + found->text));
    QCOMPARE(Stage::ids(findings, base::Severity::Info).count(rule), 1);
}

/// V13: what could not be looked at is not said to be forged.
void RunRulesTest::uncheckedSignaturesAreToldAsSuch()
{
    const auto told = [](const std::function<void(flow::FetchedKeys&)>& change) {
        Stage stage(u"federated-agent"_s);
        stage.walk(u"managed-identity"_s);
        for (flow::FetchedKeys& fetched : stage.run.keys)
            change(fetched);
        const QList<base::Finding> findings = stage.findings();
        const auto found = std::ranges::find(findings, u"TOK-SIGNATURE"_s, &base::Finding::rule);
        return found == findings.end() || found->severity != base::Severity::Error ? QString() : QString(found->title + u'\n' + found->text);
    };
    const QString unread = told([](flow::FetchedKeys& fetched) { fetched = {.problem = u"Half of it came."_s}; });
    QVERIFY2(unread.contains(u"could not be checked") && unread.contains(u"Half of it came."), qPrintable(unread));
    const QString empty = told([](flow::FetchedKeys& fetched) { fetched.keys.keys.clear(); });
    QVERIFY2(empty.contains(u"could not be checked") && empty.contains(u"holds no key"), qPrintable(empty));
    const QString unknown = told([](flow::FetchedKeys& fetched) { fetched.keys.keys.front().kid = "another"; });
    QVERIFY2(unknown.contains(u"could not be checked") && unknown.contains(u"no such key") && !unknown.contains(u"does not hold"), qPrintable(unknown));
    QCOMPARE(told([](flow::FetchedKeys&) {}), QString());
}

void RunRulesTest::codesOfLiveRefusals_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QByteArray>("description");
    const auto row = [](const char* code, const char16_t* rule) {
        QTest::newRow(code) << QString::fromUtf16(rule)
                            << QByteArray("AADSTS") + code + ": something happened. Trace ID: x";
    };
    row("7002138", u"ID-FIC-CASE");
    row("700213", u"ID-FIC-MISMATCH");
    row("700214", u"ID-FIC-AUDIENCE");
    row("7000215", u"SEC-WRONG-SECRET");
    row("7000222", u"SEC-EXPIRED");
    row("500011", u"ID-THIRD-OBJECT-MISSING");
    row("700016", u"ID-WRONG-TENANT");
    row("700024", u"X-CLOCK-SKEW");
    row("65001", u"DEL-CONSENT-MISSING");
    row("500131", u"DEL-OBO-AUDIENCE");
    row("50196", u"RUN-REFUSED");
    row("123456", u"RUN-REFUSED");
}

void RunRulesTest::codesOfLiveRefusals()
{
    QFETCH(QString, rule);
    QFETCH(QByteArray, description);
    Stage stage(u"federated-agent"_s);
    stage.lab = false;
    stage.walk(u"managed-identity"_s);
    stage.receive(u"exchange-as-blueprint"_s,
        reply(401, R"({"error": "invalid_client", "error_description": ")" + description + "\"}"));
    const QStringList ids = Stage::ids(stage.findings(), base::Severity::Error);
    QCOMPARE(ids, QStringList {rule});
}

void RunRulesTest::everyRefusalIsExplained()
{
    for (const char16_t* sample :
        {u"on-behalf-of", u"secret-agent", u"federated-agent", u"agent-for-user", u"two-patterns"}) {
        const Stage clean(QString::fromUtf16(sample));
        for (const flow::Step& step : clean.flow.steps) {
            Stage stage(QString::fromUtf16(sample));
            for (const flow::Step& before : clean.flow.steps) {
                if (before.id == step.id)
                    break;
                stage.send(before.id);
            }
            stage.receive(step.id, reply(400, "{}"));
            if (step.interactive)
                answerWith(stage, step.id, "error=server_error&state=" + stage.known.state);
            const QList<base::Finding> findings = stage.findings();
            const bool explained = std::ranges::any_of(findings, [&](const base::Finding& f) {
                return f.place.step == step.id && f.severity == base::Severity::Error;
            });
            QVERIFY2(explained, qPrintable(step.id));
        }
    }
}

void RunRulesTest::cancelledIsNoFinding()
{
    Stage stage(u"on-behalf-of"_s);
    stage.receive(u"sign-in"_s, {},
        http::Failure {http::Failure::Kind::Cancelled, u"Sign-in cancelled. Nothing was sent."_s});
    QCOMPARE(Stage::ids(stage.findings(), base::Severity::Error), QStringList {});
}

void RunRulesTest::worstFirst()
{
    Stage stage(u"secret-agent"_s, {}, {{u"/targets/0/rule/token_lifetime_seconds"_s, "7200"}});
    stage.knowledge.secret = [](const setup::App&, QByteArrayView) { return trust::SecretState::Wrong; };
    stage.walk();
    const QList<base::Finding> findings = stage.findings();
    QCOMPARE(findings.first().severity, base::Severity::Error);
    QVERIFY(std::ranges::is_sorted(findings, std::greater {}, &base::Finding::severity));
}

QTEST_GUILESS_MAIN(RunRulesTest)
#include "tst_runrules.moc"
