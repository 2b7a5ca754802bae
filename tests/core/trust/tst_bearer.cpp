// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/trust/audience.h"
#include "core/trust/evaluate.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

/// A bearer token at an API and at Graph; lists of audiences and issuers; and the way from a request to whoever decides.
class TestBearer : public QObject
{
    Q_OBJECT

private slots:
    void api_data();
    void api();
    void opaqueTokensAreLeftOpen();
    void withoutIssuersOnlyTheAudienceIsCompared();
    void graph_data();
    void graph();
    void graphNonce();
    void lists_data();
    void lists();
    void listsMadeFromTheResource();
    void evaluates_data();
    void evaluates();
    void providersAreLeftOpen();
};

namespace {

const QString webApi = QString::fromLatin1(world::webApi);

base::Verdict decide(const char16_t* target, const QByteArray& authorization, const trust::Knowledge& knowledge = world::all(),
    const setup::Setup& setup = world::setup())
{
    return trust::decideBearer(setup, *setup.target(QStringView(target)), authorization, knowledge, world::at());
}

QByteArray bearer(const QJsonObject& claims, const jose::Key& key = world::tenantKey())
{
    return "Bearer " + world::token(claims, key);
}

QJsonObject roleClaims(const char* role)
{
    return world::with(world::appClaims(webApi, world::agent), {{u"roles"_s, QJsonArray {QString::fromLatin1(role)}}});
}

} // namespace

void TestBearer::api_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("near");
    const auto row = [](const char* name, const QByteArray& authorization, const char* failing, int status, const char* near = "") {
        QTest::newRow(name) << authorization << QString::fromLatin1(failing) << status << QString::fromLatin1(near);
    };
    using world::with;
    const QJsonObject user = world::userClaims(webApi);
    row("user's token", bearer(user), "", 200);
    row("application's token", bearer(roleClaims("Claims.Read")), "", 200);
    row("scheme in lower case", "bearer " + world::token(user, world::tenantKey()), "", 200);
    // RFC 6750 3.1
    row("no header", {}, "authorization", 401);
    row("another scheme", "Basic eDp5", "authorization", 401);
    row("no token", "Bearer ", "authorization", 401);
    row("URI for GUID", bearer(with(user, {{u"aud"_s, u"api://lab-web-api"_s}})), "audience", 401, "oneOfTwo");
    row("another audience", bearer(with(user, {{u"aud"_s, u"https://graph.microsoft.com"_s}})), "audience", 401);
    row("version 1 issuer", bearer(with(user, {{u"iss"_s, world::v1Issuer()}})), "issuer", 401, "v1v2Issuer");
    row("another tenant", bearer(with(user, {{u"iss"_s, world::setup().tenants[1].issuerV2()}})), "signature issuer", 401);
    row("ended", bearer(with(user, {{u"exp"_s, world::now - 301}})), "lifetime.exp", 401, "clockSkew");
    row("begins too late", bearer(with(user, {{u"nbf"_s, world::now + 301}})), "lifetime.nbf", 401, "clockSkew");
    row("ended long ago", bearer(with(user, {{u"exp"_s, world::now - 90000}})), "lifetime.exp", 401);
    row("forged", "Bearer " + world::token(user, world::strangerKey(), {{u"kid"_s, u"tenant"_s}}), "signature", 401);
    row("unknown key", bearer(user, world::strangerKey()), "signature", 401);
    row("not signed", "Bearer eyJhbGciOiJub25lIn0." + world::token(user, world::tenantKey()).split('.')[1] + ".AA", "form signature", 401);
    row("a critical member", "Bearer " + world::token(user, world::tenantKey(), {{u"crit"_s, QJsonArray {u"x"_s}}}), "form", 401);
    row("bound to a key", bearer(with(user, {{u"cnf"_s, QJsonObject {{u"x5t#S256"_s, u"x"_s}}}})), "binding", 401); // entra.md 9
    row("audience is a number", bearer(with(user, {{u"aud"_s, 5}})), "audience", 401);
    row("garbage", "Bearer garbage", "form signature lifetime.exp issuer audience roles", 401);
    row("another scope", bearer(with(user, {{u"scp"_s, u"other"_s}})), "scope", 403);
    row("one of several scopes", bearer(with(user, {{u"scp"_s, u"other access_as_user"_s}})), "", 200);
    row("no role", bearer(world::appClaims(webApi, world::agent)), "roles", 403);
    row("another role", bearer(roleClaims("Claims.Write")), "roles", 403);
}

void TestBearer::api()
{
    QFETCH(QByteArray, authorization);
    QFETCH(QString, failing);
    QFETCH(int, status);
    QFETCH(QString, near);
    const base::Verdict verdict = decide(u"api", authorization);
    QVERIFY2(world::failing(verdict) == failing, world::described(verdict));
    QCOMPARE(verdict.decision, failing.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    if (status != 200)
        QCOMPARE(verdict.refusal->status, status);
    if (!near.isEmpty())
        QCOMPARE(base::nearName(verdict.decisive()->near->kind), near);
    for (const base::Check& check : verdict.checks)
        QVERIFY(!check.presented.contains(QString::fromLatin1(authorization.split('.').value(2, "none"))));
}

/// What an opaque token stands for, only its issuer can tell, and the receiver that asks it.
void TestBearer::opaqueTokensAreLeftOpen()
{
    trust::Knowledge others = world::all();
    others.receiver = false;
    const base::Verdict verdict = decide(u"api", "Bearer opaque-token", others);
    QVERIFY2(verdict.decision == base::Decision::NotEvaluated, world::described(verdict));
    QCOMPARE(verdict.decisive()->id, u"form"_s);
    QVERIFY2(world::failing(verdict).isEmpty(), world::described(verdict));
    QCOMPARE(decide(u"api", "Bearer opaque-token").decision, base::Decision::Refuse);
}

void TestBearer::withoutIssuersOnlyTheAudienceIsCompared()
{
    setup::Setup setup = world::setup();
    setup.tenants.clear();
    for (setup::Target& target : setup.targets)
        target.validIssuers.clear();
    const auto decided = [&](const QJsonObject& claims) { return decide(u"api", bearer(claims), world::all(), setup); };
    const QJsonObject user = world::userClaims(webApi);
    const base::Verdict right = decided(user);
    QVERIFY2(right.decision == base::Decision::Accept, world::described(right));
    QVERIFY(std::ranges::none_of(right.checks, [](const base::Check& check) { return check.id == u"issuer"_s; }));
    QCOMPARE(world::failing(decided(world::with(user, {{u"aud"_s, u"https://other.example"_s}}))), u"audience"_s);
}

void TestBearer::graph_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<int>("status");
    const QJsonObject user = world::with(world::userClaims(u"https://graph.microsoft.com"_s), {{u"scp"_s, u"openid User.Read"_s}, {u"iss"_s, world::v1Issuer()}});
    using world::with;
    // entra.md 2.6: URI with and without slash, or the GUID
    QTest::newRow("URI") << user << QString() << 200;
    QTest::newRow("URI with slash") << with(user, {{u"aud"_s, u"https://graph.microsoft.com/"_s}}) << QString() << 200;
    QTest::newRow("GUID") << with(user, {{u"aud"_s, u"00000003-0000-0000-c000-000000000000"_s}}) << QString() << 200;
    QTest::newRow("version 2 issuer") << with(user, {{u"iss"_s, world::v2Issuer()}}) << QString() << 200;
    QTest::newRow("for another API") << with(user, {{u"aud"_s, webApi}}) << u"audience"_s << 401;
    QTest::newRow("app-only") << with(world::appClaims(u"https://graph.microsoft.com"_s), {}) << u"kind"_s << 400;
    QTest::newRow("without User.Read") << with(user, {{u"scp"_s, u"Mail.Read"_s}}) << u"scope"_s << 403;
    QTest::newRow("ended") << with(user, {{u"exp"_s, world::now - 400}}) << u"lifetime.exp"_s << 401;
}

void TestBearer::graph()
{
    QFETCH(QJsonObject, claims);
    QFETCH(QString, failing);
    QFETCH(int, status);
    const base::Verdict verdict = decide(u"graph", bearer(claims));
    QVERIFY2(world::failing(verdict) == failing, world::described(verdict));
    if (status == 200)
        return;
    QCOMPARE(verdict.refusal->status, status);
    if (status == 401)
        QCOMPARE(verdict.refusal->error, u"InvalidAuthenticationToken"_s);
}

/// The header's nonce is replaced by its hash before signing: nobody but Graph finds the signature right.
void TestBearer::graphNonce()
{
    const QByteArray payload = R"({"iss":")" + world::v2Issuer().toUtf8() + R"(","aud":"https://graph.microsoft.com","sub":"s","oid":"o","scp":"User.Read","idtyp":"user","exp":1800003600})";
    const QByteArray header = R"({"typ":"JWT","nonce":"abc","alg":"RS256","kid":"tenant"})";
    const jose::Jwt unsignedToken = jose::decode(QByteArray(jose::base64url(header) + '.' + jose::base64url(payload) + ".AA"));
    const QByteArray input = trust::graphSigningInput(unsignedToken);
    QVERIFY(input != unsignedToken.signingInput());
    const QByteArray signature = jose::sign(input, world::tenantKey(), *jose::algorithm("RS256")).value();
    const QByteArray token = "Bearer " + jose::base64url(header) + '.' + jose::base64url(payload) + '.' + jose::base64url(signature);

    QVERIFY2(decide(u"graph", token).decision == base::Decision::Accept, world::described(decide(u"graph", token)));
    QCOMPARE(decide(u"graph", token, world::keysOnly()).decision, base::Decision::Accept);
    const QByteArray plain = "Bearer " + jose::signCompact(header, payload, world::tenantKey(), *jose::algorithm("RS256")).value();
    QCOMPARE(world::failing(decide(u"graph", plain)), u"signature"_s);
    const base::Verdict predicted = decide(u"graph", plain, world::keysOnly());
    QCOMPARE(predicted.decision, base::Decision::NotEvaluated);
    QCOMPARE(predicted.decisive()->relation, u"Signature not checked: Graph tokens carry a nonce in the header and are meant for Graph alone."_s);
    QVERIFY(world::failing(decide(u"api", token)).startsWith(u"signature"_s));
}

void TestBearer::lists_data()
{
    QTest::addColumn<QStringList>("audiences");
    QTest::addColumn<QStringList>("issuers");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("near");
    const QString guid = QString::fromLatin1(world::exchangeGuid), uri = u"api://AzureADTokenExchange"_s;
    const QString caller = QString::fromLatin1(world::uamiClient), v2 = world::v2Issuer();
    // contract-files.md, "How some answers are to be read"
    QTest::newRow("both") << QStringList {uri, guid} << QStringList {v2} << QString() << QString();
    QTest::newRow("any tenant") << QStringList {guid} << QStringList {u"https://login.microsoftonline.com/{tenantid}/v2.0"_s} << QString() << QString();
    QTest::newRow("one of two") << QStringList {uri} << QStringList {} << u"audience"_s << u"oneOfTwo"_s;
    QTest::newRow("caller instead") << QStringList {caller} << QStringList {} << u"audience"_s << u"azpNotAud"_s;
    QTest::newRow("caller's URI instead") << QStringList {u"api://"_s + caller} << QStringList {} << u"audience"_s << u"azpNotAud"_s;
    QTest::newRow("upper case") << QStringList {guid.toUpper()} << QStringList {} << u"audience"_s << u"case"_s;
    QTest::newRow("version 1 issuer") << QStringList {guid} << QStringList {world::v1Issuer()} << u"issuer"_s << u"v1v2Issuer"_s;
    QTest::newRow("issuer with slash") << QStringList {guid} << QStringList {QString(v2 + u'/')} << u"issuer"_s << u"trailingSlash"_s;
    QTest::newRow("nothing alike") << QStringList {u"https://x.example"_s} << QStringList {} << u"audience"_s << QString();
}

void TestBearer::lists()
{
    QFETCH(QStringList, audiences);
    QFETCH(QStringList, issuers);
    QFETCH(QString, failing);
    QFETCH(QString, near);
    const jose::Jwt token = jose::decode(world::token(world::managedIdentityClaims(), world::tenantKey()));
    for (const setup::Setup* setup : {&world::setup(), static_cast<const setup::Setup*>(nullptr)}) {
        const base::Verdict verdict = trust::matchAudiences(token, audiences, issuers, setup, {}, world::at());
        QCOMPARE(verdict.confidence, failing.isEmpty() ? base::Confidence::Likely : base::Confidence::Certain);
        QVERIFY2(world::failing(verdict) == failing, world::described(verdict));
        QCOMPARE(verdict.decision, failing.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
        if (!near.isEmpty())
            QCOMPARE(base::nearName(verdict.decisive()->near->kind), near);
        else if (!failing.isEmpty())
            QVERIFY(!verdict.decisive()->near);
    }
}

/// Without lists in the setup the API takes what its resource app makes Entra write.
void TestBearer::listsMadeFromTheResource()
{
    setup::Setup made = world::setup();
    made.targets[0].validAudiences.clear();
    made.targets[0].validIssuers.clear();
    const auto two = [&](const QJsonObject& claims) { return world::failing(decide(u"api", bearer(claims), world::all(), made)); };
    QCOMPARE(two(world::userClaims(webApi)), QString());
    QCOMPARE(two(world::with(world::userClaims(u"api://lab-web-api"_s), {{u"iss"_s, world::v1Issuer()}})), u"issuer audience"_s);
    for (setup::App& app : made.apps)
        app.requestedAccessTokenVersion = 1;
    QCOMPARE(two(world::with(world::userClaims(u"api://lab-web-api"_s), {{u"iss"_s, world::v1Issuer()}})), QString());
}

void TestBearer::evaluates_data()
{
    QTest::addColumn<setup::ContractRef>("contract");
    QTest::addColumn<http::Request>("request");
    QTest::addColumn<QString>("receiver");
    QTest::addColumn<QString>("decision"); // empty: nothing is decided
    const QByteArray form = "grant_type=client_credentials&client_id=" + QByteArray(world::agent)
        + "&scope=api%3A%2F%2Fanthropic-wif%2F.default&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion="
        + world::token(world::exchangeClaims(), world::tenantKey());
    const QByteArray origin = "https://login.microsoftonline.com/" + QByteArray(world::tenantId);
    const auto row = [](const char* name, const char16_t* kind, const char16_t* pointer, const http::Request& request, const char* receiver, const char* decision) {
        QTest::newRow(name) << setup::ContractRef {QString::fromUtf16(kind), QString::fromUtf16(pointer)} << request
                            << QString::fromLatin1(receiver) << QString::fromLatin1(decision);
    };
    row("token", u"entra.token", u"/tenants/0", {"POST", origin + "/oauth2/v2.0/token", {}, form}, "Microsoft Entra", "accept");
    row("authorize", u"entra.authorize", u"/tenants/0",
        {"GET", origin + "/oauth2/v2.0/authorize?client_id=x&response_type=code", {}, {}}, "Microsoft Entra", "refuse");
    row("metadata service", u"managed-identity", u"/managedIdentities/1",
        {"GET", "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api%3A%2F%2FAzureADTokenExchange&client_id=" + QByteArray(world::uamiClient),
         {{"Metadata", "true"}}, {}}, "Instance metadata service", "accept");
    row("API", u"api.bearer", u"/targets/0", {"GET", "https://api.lab.example/", {{"Authorization", bearer(world::userClaims(webApi))}}, {}}, "Claims API", "accept");
    row("Graph", u"api.bearer", u"/targets/1", {"GET", "https://graph.microsoft.com/v1.0/me", {}, {}}, "Microsoft Graph", "refuse");
    row("Anthropic exchange", u"anthropic.exchange", u"/targets/2", {"POST", "https://api.anthropic.com/v1/oauth/token", {}, "not json"}, "Anthropic", "refuse");
    row("Anthropic call", u"anthropic.api", u"/targets/2", {"POST", "https://api.anthropic.com/v1/messages", {{"Authorization", "Bearer sk-ant-oat01-x"}}, {}}, "Anthropic", "notEvaluated");
    row("target that is not there", u"api.bearer", u"/targets/9", {}, "", "");
    row("nothing to decide", u"", u"", {}, "", "");
    row("unknown kind", u"aws.sts", u"/targets/0", {}, "", "");
}

void TestBearer::evaluates()
{
    QFETCH(setup::ContractRef, contract);
    QFETCH(http::Request, request);
    QFETCH(QString, receiver);
    QFETCH(QString, decision);
    const auto verdict = trust::evaluate(contract, world::setup(), request, world::keysOnly(), world::at());
    QCOMPARE(verdict.has_value(), !decision.isEmpty());
    if (!verdict)
        return;
    QVERIFY2(base::decisionName(verdict->decision) == decision, world::described(*verdict));
    QCOMPARE(verdict->receiver, receiver);
}

void TestBearer::providersAreLeftOpen()
{
    const auto verdict = trust::evaluate({u"oidc.provider"_s, u"/providers/0"_s}, world::setup(), {}, {}, world::at());
    QVERIFY(verdict);
    QCOMPARE(verdict->decision, base::Decision::NotEvaluated);
    QCOMPARE(verdict->receiver, u"https://op.example"_s);
    QVERIFY(!verdict->checks.isEmpty());
    for (const base::Check& check : verdict->checks)
        QVERIFY(check.outcome == base::Outcome::NotEvaluated && !check.relation.isEmpty());
}

QTEST_GUILESS_MAIN(TestBearer)
#include "tst_bearer.moc"
