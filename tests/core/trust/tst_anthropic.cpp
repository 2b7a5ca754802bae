// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/anthropic.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

/// The exchange at Anthropic: its form, its rule, its silence. And calls with what it minted.
class TestAnthropic : public QObject
{
    Q_OBJECT

private slots:
    void requests_data();
    void requests();
    void assertions_data();
    void assertions();
    void rules_data();
    void rules();
    void keysOfTheIssuer_data();
    void keysOfTheIssuer();
    void lifetimes_data();
    void lifetimes();
    void switchedOnFaults();
    void denialsReadAlikeOnTheWire();
    void predicts();
    void aFixPointsIntoTheSetup();
    void calls_data();
    void calls();
};

namespace {

QJsonObject agentClaims()
{
    return world::with(world::appClaims(u"e47a1d93-6b20-4f8c-a5d7-91c3e0b8f264"_s, world::agent),
                       {{u"xms_par_app_azp"_s, QString::fromLatin1(world::blueprint)}, {u"uti"_s, u"u1"_s}});
}

QJsonObject request(const QByteArray& assertion)
{
    return {{u"grant_type"_s, u"urn:ietf:params:oauth:grant-type:jwt-bearer"_s}, {u"assertion"_s, QString::fromLatin1(assertion)},
            {u"federation_rule_id"_s, u"fdrl_01Rule"_s}, {u"organization_id"_s, u"4d8f1c62-0b7e-4953-a6c8-e2f97b3d5a01"_s},
            {u"service_account_id"_s, u"svac_01Runner"_s}, {u"workspace_id"_s, u"wrkspc_01Main"_s}};
}

QByteArray good()
{
    return world::token(agentClaims(), world::tenantKey());
}

trust::AnthropicDecision exchange(const QJsonObject& body, const setup::Setup& setup = world::setup(), const trust::Knowledge& knowledge = world::all())
{
    const json::Document document = json::Document::read(QJsonDocument(body).toJson());
    return trust::decideAnthropicExchange(setup, *setup.target(u"anthropic"), document.root(), knowledge, world::at());
}

} // namespace

void TestAnthropic::requests_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("inHistory");
    const QJsonObject body = request(good());
    const auto row = [&](const char* name, const QJsonObject& changes, int status, const char* reason, bool inHistory) {
        QTest::newRow(name) << world::with(body, changes) << status << QString::fromLatin1(reason) << inHistory;
    };
    // downstream.md 1.1, 1.4
    row("accepted", {}, 200, "", true);
    row("without account", {{u"service_account_id"_s, QJsonValue()}}, 200, "", true);
    row("without workspace", {{u"workspace_id"_s, QJsonValue()}}, 200, "", true);
    row("another grant", {{u"grant_type"_s, u"client_credentials"_s}}, 400, "", false);
    row("no grant", {{u"grant_type"_s, QJsonValue()}}, 400, "", false);
    row("no assertion", {{u"assertion"_s, QJsonValue()}}, 400, "", false);
    row("assertion over 16 KiB", {{u"assertion"_s, QString(17000, u'a')}}, 400, "", false);
    row("rule id without prefix", {{u"federation_rule_id"_s, u"01Rule"_s}}, 400, "", false);
    row("no rule id", {{u"federation_rule_id"_s, QJsonValue()}}, 400, "", false);
    row("organization with a prefix", {{u"organization_id"_s, u"org_4d8f1c62"_s}}, 400, "", false);
    row("account with another prefix", {{u"service_account_id"_s, u"user_01"_s}}, 400, "", false);
    row("workspace of another form", {{u"workspace_id"_s, u"main"_s}}, 400, "", false);
    row("default workspace, rule names another", {{u"workspace_id"_s, u"default"_s}}, 401, "workspace_mismatch", true);
    row("unknown rule", {{u"federation_rule_id"_s, u"fdrl_01Other"_s}}, 401, "rule_unknown", false);
    row("another organization", {{u"organization_id"_s, u"00000000-0000-4000-8000-000000000000"_s}}, 401, "organization_mismatch", true);
    row("another account", {{u"service_account_id"_s, u"svac_01Other"_s}}, 401, "service_account_mismatch", true);
    row("garbage for an assertion", {{u"assertion"_s, u"garbage"_s}}, 401, "assertion_malformed", true);
}

void TestAnthropic::requests()
{
    QFETCH(QJsonObject, body);
    QFETCH(int, status);
    QFETCH(QString, reason);
    QFETCH(bool, inHistory);
    const trust::AnthropicDecision decision = exchange(body);
    QVERIFY2((decision.verdict.decision == base::Decision::Accept) == (status == 200), world::described(decision.verdict));
    QCOMPARE(decision.reason, reason);
    QCOMPARE(decision.inHistory, inHistory);
    if (status == 200)
        return;
    QCOMPARE(decision.verdict.refusal->status, status);
    QCOMPARE(decision.verdict.refusal->error, status == 400 ? u"invalid_request_error"_s : u"authentication_error"_s);
}

void TestAnthropic::assertions_data()
{
    QTest::addColumn<QByteArray>("assertion");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const QJsonObject& changes, const char* reason) {
        QTest::newRow(name) << world::token(world::with(agentClaims(), changes), world::tenantKey()) << QString::fromLatin1(reason);
    };
    // downstream.md 1.5
    row("good", {}, "");
    row("ended", {{u"exp"_s, world::now - 31}, {u"iat"_s, world::now - 100}}, "time_invalid");
    row("30 seconds of leeway", {{u"exp"_s, world::now - 29}, {u"iat"_s, world::now - 100}}, "");
    row("begins too late", {{u"nbf"_s, world::now + 31}}, "time_invalid");
    row("issued in the future", {{u"iat"_s, world::now + 31}}, "time_invalid");
    row("no sub", {{u"sub"_s, QJsonValue()}}, "claim_missing");
    row("lives too long", {{u"iat"_s, world::now}, {u"exp"_s, world::now + 7501}}, "lifetime_too_long");
    row("lives just long enough", {{u"iat"_s, world::now}, {u"exp"_s, world::now + 7500}}, "");
    row("jti, first use", {{u"jti"_s, u"fresh"_s}}, "");
    row("jti, second use", {{u"jti"_s, u"used"_s}}, "jti_reused");
    row("another issuer", {{u"iss"_s, world::v1Issuer()}}, "issuer_mismatch");
    row("another subject", {{u"sub"_s, u"x"_s}}, "match_subject_prefix");
    row("another audience", {{u"aud"_s, u"api://anthropic-wif"_s}}, "match_audience");
    row("audience among several", {{u"aud"_s, QJsonArray {u"x"_s, u"e47a1d93-6b20-4f8c-a5d7-91c3e0b8f264"_s}}}, "");
    row("another claim", {{u"tid"_s, u"7b3a1d2f-2222-4333-8444-123456789abc"_s}}, "match_claims");
    row("claim of another type", {{u"tid"_s, 5}}, "match_claims");
    row("condition", {{u"idtyp"_s, u"user"_s}}, "match_condition");
    QTest::newRow("foreign signature") << world::token(agentClaims(), world::strangerKey(), {{u"kid"_s, u"tenant"_s}}) << u"signature_invalid"_s;
    QTest::newRow("no key id") << world::token(agentClaims(), world::tenantKey(), {{u"kid"_s, QJsonValue()}}) << u"key_unknown"_s;
    QTest::newRow("PS512") << world::token(agentClaims(), world::tenantKey(), {}, "PS512") << QString();
    QTest::newRow("alg none") << QByteArray("eyJhbGciOiJub25lIn0." + good().split('.')[1] + ".") << u"assertion_malformed"_s;
    QTest::newRow("HS256 with the public key") << jose::decode(good()).raw.replace(0, good().indexOf('.'), "eyJhbGciOiJIUzI1NiIsImtpZCI6InRlbmFudCJ9") << u"algorithm_not_allowed"_s;
}

void TestAnthropic::assertions()
{
    QFETCH(QByteArray, assertion);
    QFETCH(QString, reason);
    const trust::AnthropicDecision decision = exchange(request(assertion));
    if (QByteArrayView(QTest::currentDataTag()) == "alg none") // depends on how strict the form is: both are denials
        QVERIFY(decision.reason == reason || decision.reason == u"algorithm_not_allowed"_s);
    else
        QVERIFY2(decision.reason == reason, world::described(decision.verdict));
    QCOMPARE(decision.verdict.decision, reason.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
}

void TestAnthropic::rules_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("reason"); // "-": not evaluated
    QTest::addColumn<QString>("near");
    const auto row = [](const char* name, const char16_t* pointer, const char* value, const char* reason, const char* near = "") {
        QTest::newRow(name) << u"/targets/2"_s + QString::fromUtf16(pointer) << QByteArray(value) << QString::fromLatin1(reason) << QString::fromLatin1(near);
    };
    // downstream.md 1.6, 1.7
    row("prefix", u"/rule/match/subject_prefix", R"("a90f6e1b-*")", "");
    row("prefix in another case", u"/rule/match/subject_prefix", R"("A90F6E1B-*")", "match_subject_prefix", "case");
    row("subject without star", u"/rule/match/subject_prefix", R"("a90f6e1b-")", "match_subject_prefix", "prefixOnly");
    row("star inside", u"/rule/match/subject_prefix", R"("a90f*ae")", "match_subject_prefix", "wildcardLiteral");
    row("bare star with claims", u"/rule/match/subject_prefix", R"("*")", "");
    row("audience by URI", u"/rule/match/audience", R"("api://anthropic-wif")", "match_audience", "guidUriTwin");
    row("audience is the caller", u"/rule/match/audience", R"("a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae")", "match_audience", "azpNotAud");
    row("audience left out", u"/rule/match/audience", "null", "-");
    row("version 1 issuer", u"/issuer/issuer_url", R"("https://sts.windows.net/6a2f0c1e-1111-4222-8333-0123456789ab/")", "issuer_mismatch", "v1v2Issuer");
    row("issuer with a slash", u"/issuer/issuer_url", R"("https://login.microsoftonline.com/6a2f0c1e-1111-4222-8333-0123456789ab/v2.0/")", "issuer_mismatch", "trailingSlash");
    row("issuer of another object", u"/rule/issuer_id", R"("fdis_01Other")", "issuer_mismatch");
    row("short lifetime", u"/issuer/max_jwt_lifetime_seconds", "3600", "lifetime_too_long");
    row("archived", u"/rule/archived_at", R"("2026-11-01T00:00:00Z")", "rule_archived");
    row("issuer archived", u"/issuer/archived_at", R"("2026-11-01T00:00:00Z")", "issuer_archived");
    row("subject is a list", u"/rule/match/subject_prefix", R"(["nope:*"])", "rule_malformed");
    row("flag is a text", u"/issuer/check_jti", R"("no")", "rule_malformed");
    row("condition with the client id for the object id", u"/rule/match/condition", R"("claims.oid == \"48c0a5d1-3e7f-4b92-95a6-f1d82c07be34\"")", "match_condition");
    row("claim that is missing", u"/rule/match/claims", R"({"act":"x"})", "match_claims");
    row("claim in another case", u"/rule/match/claims", R"({"tid":"6A2F0C1E-1111-4222-8333-0123456789AB"})", "match_claims", "case");
    row("condition that does not hold", u"/rule/match/condition", R"("claims.idtyp == \"user\"")", "match_condition");
    row("condition over a missing claim", u"/rule/match/condition", R"("claims.act == \"x\"")", "match_condition");
    row("condition with an unknown function", u"/rule/match/condition", R"("claims.sub.extract(\"x\") == \"y\"")", "-");
    row("all workspaces", u"/rule/applies_to_all_workspaces", "true", "");
}

void TestAnthropic::rules()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, value);
    QFETCH(QString, reason);
    QFETCH(QString, near);
    const auto changed = setup::edited(world::setup(), pointer, value);
    QVERIFY(changed);
    const trust::AnthropicDecision decision = exchange(request(good()), *changed);
    if (reason == u"-"_s) {
        QCOMPARE(decision.verdict.decision, base::Decision::NotEvaluated);
        return;
    }
    QVERIFY2(decision.reason == reason, world::described(decision.verdict));
    if (!near.isEmpty())
        QCOMPARE(base::nearName(decision.verdict.decisive()->near->kind), near);
    const auto& target = *changed->target(u"anthropic");
    const auto matched = trust::matchAnthropic(jose::decode(good()), target.issuer.root(), target.rule.root(), nullptr, {}, world::at());
    QVERIFY2(matched.reason == reason, world::described(matched.verdict));
    QCOMPARE(matched.verdict.decision, reason.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
}

void TestAnthropic::keysOfTheIssuer_data()
{
    QTest::addColumn<QByteArray>("jwks");
    QTest::addColumn<bool>("fetchable");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("from");
    const auto given = [](const QByteArray& keys) { return QByteArray("{\"type\":\"inline\",\"keys\":" + keys + '}'); };
    const QString here = u"keys given inline, field jwks.keys of the issuer"_s;
    // Admin API, federation issuers: type discovery, explicit_url, inline
    QTest::newRow("discovery") << R"({"type":"discovery"})"_ba << true << QString() << u"keys fetched from the issuer"_s;
    QTest::newRow("a URL") << QByteArray("{\"type\":\"explicit_url\",\"url\":\"https://keys.example/k\"}") << true << QString()
                           << u"keys fetched from https://keys.example/k"_s;
    QTest::newRow("a URL, the issuer itself cannot be reached") << QByteArray("{\"type\":\"explicit_url\",\"url\":\"https://keys.example/k\"}") << false << QString()
                           << u"keys fetched from https://keys.example/k"_s;
    QTest::newRow("a URL with other keys") << QByteArray("{\"type\":\"explicit_url\",\"url\":\"https://keys.example/other\"}") << true << u"signature_invalid"_s
                           << u"keys fetched from https://keys.example/other"_s;
    QTest::newRow("a URL with nothing behind it") << QByteArray("{\"type\":\"explicit_url\",\"url\":\"https://keys.example/none\"}") << true << u"key_unknown"_s
                           << u"keys fetched from https://keys.example/none"_s;
    QTest::newRow("the right key, nothing can be fetched") << given('[' + world::tenantKey().toPublicJwk() + ']') << false << QString() << here;
    QTest::newRow("another key, the right one is published") << given('[' + world::outsideKey().toPublicJwk() + ']') << true << u"signature_invalid"_s << here;
    QTest::newRow("no key") << given("[]") << true << u"signature_invalid"_s << here;
    QTest::newRow("no list") << R"({"type":"inline"})"_ba << true << u"key_unknown"_s << here;
}

/// Keys in the issuer object: then nobody fetches any.
void TestAnthropic::keysOfTheIssuer()
{
    QFETCH(QByteArray, jwks);
    QFETCH(bool, fetchable);
    QFETCH(QString, reason);
    QFETCH(QString, from);
    const QString pointer = world::setup().target(u"anthropic")->pointer + u"/issuer/jwks"_s;
    const auto setup = setup::edited(world::setup(), pointer, jwks);
    QVERIFY2(setup, qPrintable(setup ? QString() : setup.error().text));
    trust::Knowledge knowledge = world::all();
    knowledge.keysAt = [](const QString& url) -> std::optional<jose::KeySet> {
        if (url == u"https://keys.example/none"_s)
            return {};
        return jose::KeySet {.keys = {url == u"https://keys.example/k"_s ? world::tenantKey().publicPart() : world::outsideKey().publicPart()}};
    };
    if (!fetchable)
        knowledge.keys = [](const QString&) { return nullptr; };
    const auto decision = exchange(request(good()), *setup, knowledge);
    QCOMPARE(decision.reason, reason);
    QCOMPARE(world::find(decision.verdict, u"signature"_s)->expectedFrom, from);
}

void TestAnthropic::lifetimes_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<int>("remaining");
    QTest::addColumn<int>("minted");
    // max(60, min(rule, 2 x remaining)), rule 60 to 86400 (downstream.md 1.2)
    QTest::newRow("the rule is shorter") << 3600 << 3600 << 3600;
    QTest::newRow("twice what remains is shorter") << 3600 << 600 << 1200;
    QTest::newRow("never under a minute") << 3600 << 10 << 60;
    QTest::newRow("within the leeway") << 3600 << -20 << 60;
    QTest::newRow("rule under a minute") << 10 << 3600 << 60;
    QTest::newRow("a day") << 86400 << 7000 << 14000;
    QTest::newRow("no rule value") << -1 << 3600 << 3600;
}

void TestAnthropic::lifetimes()
{
    QFETCH(int, rule);
    QFETCH(int, remaining);
    QFETCH(int, minted);
    const auto changed = setup::edited(world::setup(), u"/targets/2/rule/token_lifetime_seconds", rule < 0 ? "null" : QByteArray::number(rule));
    const QByteArray assertion = world::token(world::with(agentClaims(), {{u"iat"_s, world::now - 100}, {u"exp"_s, world::now + remaining}}), world::tenantKey());
    const trust::AnthropicDecision decision = exchange(request(assertion), *changed);
    QVERIFY2(decision.verdict.decision == base::Decision::Accept, world::described(decision.verdict));
    QCOMPARE(decision.lifetime.count(), qint64(minted));
    QCOMPARE(decision.scope, u"workspace:inference"_s);
}

void TestAnthropic::switchedOnFaults()
{
    trust::Knowledge knowledge = world::all();
    knowledge.faults = {u"rule-archived"_s};
    QCOMPARE(exchange(request(good()), world::setup(), knowledge).reason, u"rule_archived"_s);
    knowledge.faults = {u"account-not-in-workspace"_s};
    QCOMPARE(exchange(request(good()), world::setup(), knowledge).reason, u"account_not_in_workspace"_s);
    const auto all = setup::edited(world::setup(), u"/targets/2/rule/applies_to_all_workspaces", "true");
    QCOMPARE(exchange(world::with(request(good()), {{u"workspace_id"_s, QJsonValue()}}), *all).reason, u"workspace_id_required"_s);
}

/// Every denial of an assertion is the same 401: the reason is in the history alone.
void TestAnthropic::denialsReadAlikeOnTheWire()
{
    const base::Verdict one = exchange(request(world::token(world::with(agentClaims(), {{u"sub"_s, u"x"_s}}), world::tenantKey()))).verdict;
    const base::Verdict two = exchange(world::with(request(good()), {{u"federation_rule_id"_s, u"fdrl_01Other"_s}})).verdict;
    QVERIFY(one.refusal && two.refusal);
    QCOMPARE(one.refusal->status, two.refusal->status);
    QCOMPARE(one.refusal->error, two.refusal->error);
    QVERIFY(one.refusal->code.isEmpty());
    QVERIFY(one.refusal->text != two.refusal->text);
}

void TestAnthropic::predicts()
{
    QCOMPARE(exchange(request(good()), world::setup(), world::keysOnly()).verdict.decision, base::Decision::Accept);
    QCOMPARE(exchange(request(good()), world::setup(), {}).verdict.decision, base::Decision::NotEvaluated);
    const QByteArray withJti = world::token(world::with(agentClaims(), {{u"jti"_s, u"j"_s}}), world::tenantKey());
    const base::Verdict open = exchange(request(withJti), world::setup(), world::keysOnly()).verdict;
    QCOMPARE(open.decision, base::Decision::NotEvaluated);
    QCOMPARE(open.decisive()->id, u"jti"_s);
    const auto unchecked = setup::edited(world::setup(), u"/targets/2/issuer/check_jti", "false");
    QCOMPARE(exchange(request(withJti), *unchecked, world::keysOnly()).verdict.decision, base::Decision::Accept);
}

void TestAnthropic::aFixPointsIntoTheSetup()
{
    const auto changed = setup::edited(world::setup(), u"/targets/2/rule/match/audience", R"("api://anthropic-wif")");
    const base::Verdict verdict = exchange(request(good()), *changed).verdict;
    const base::Check& check = *verdict.decisive();
    QCOMPARE(check.fixPointer, u"/targets/2/rule/match/audience"_s);
    QCOMPARE(check.fixValue, u"e47a1d93-6b20-4f8c-a5d7-91c3e0b8f264"_s);
    const QByteArray quoted = json::quoted(check.fixValue);
    const auto fixed = setup::edited(*changed, check.fixPointer, quoted);
    QVERIFY(fixed);
    QCOMPARE(exchange(request(good()), *fixed).verdict.decision, base::Decision::Accept);
    QCOMPARE(verdict.contract, u"claims-desk-inference"_s);
}

void TestAnthropic::calls_data()
{
    QTest::addColumn<http::Headers>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("failing");
    const auto row = [](const char* name, const QByteArray& credential, int status, const char* failing, const char* header = "authorization") {
        http::Headers headers;
        headers.append(http::Header {"anthropic-version", "2023-06-01"});
        if (!credential.isEmpty())
            headers.append(http::Header {header, credential});
        QTest::newRow(name) << headers << status << QString::fromLatin1(failing);
    };
    // downstream.md 1.3
    row("minted", "Bearer sk-ant-oat01-good", 200, "");
    row("static key as bearer, which nobody knows", "Bearer sk-ant-api03-unknown", 401, "token");
    row("the assertion itself", "Bearer eyJ", 401, "authorization");
    row("no header", {}, 401, "authorization");
    row("unknown", "Bearer sk-ant-oat01-unknown", 401, "token");
    row("expired", "Bearer sk-ant-oat01-old", 401, "lifetime.exp");
    row("revoked", "Bearer sk-ant-oat01-revoked", 401, "token.state");
    row("of another account", "Bearer sk-ant-oat01-other", 401, "token.target");
    row("another scope", "Bearer sk-ant-oat01-admin", 403, "scope");
    row("static key in its own header", "sk-ant-api03-good", 200, "", "x-api-key");
    row("minted, in the header of keys", "sk-ant-oat01-good", 401, "authorization", "x-api-key");
}

void TestAnthropic::calls()
{
    QFETCH(http::Headers, headers);
    QFETCH(int, status);
    QFETCH(QString, failing);
    trust::Knowledge knowledge = world::all();
    knowledge.opaque = [](QByteArrayView token) -> std::optional<trust::OpaqueGrant> {
        trust::OpaqueGrant grant {.target = u"anthropic"_s, .principal = u"svac_01Runner"_s, .scope = u"workspace:inference"_s, .expires = world::at(60)};
        if (token.endsWith("unknown"))
            return {};
        if (token.endsWith("old"))
            grant.expires = world::at(-1);
        grant.revoked = token.endsWith("revoked");
        if (token.endsWith("other"))
            grant.target = u"elsewhere"_s;
        if (token.endsWith("admin"))
            grant.scope = u"org:admin"_s;
        return grant;
    };
    const auto& target = *world::setup().target(u"anthropic");
    const base::Verdict verdict = trust::decideAnthropicCall(world::setup(), target, headers, knowledge, world::at());
    QVERIFY2(world::failing(verdict) == failing, world::described(verdict));
    if (status != 200)
        QCOMPARE(verdict.refusal->status, status);
    for (const base::Check& check : verdict.checks)
        QVERIFY(!check.presented.contains(u"sk-ant"_s));
}

QTEST_GUILESS_MAIN(TestAnthropic)
#include "tst_anthropic.moc"
