// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/jose/keypair.h"
#include "core/trust/managedidentity.h"
#include "core/trust/workloadtoken.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What outside platforms and hosts decide before they sign for a workload, what Entra says to a certificate that is over,
/// and the grant of agent users. Sources stand beside the rows.
class TestWorkload : public QObject
{
    Q_OBJECT

private slots:
    void platforms_data();
    void platforms();
    void arc_data();
    void arc();
    void certificateExpiry_data();
    void certificateExpiry();
    void previewsAreLeftOpen();
    void agentUser_data();
    void agentUser();
};

namespace {

setup::Issuer issuer(const QString& kind) { return {.name = kind, .displayName = kind, .kind = kind}; }

QString code(const base::Verdict& verdict)
{
    return verdict.refusal ? verdict.refusal->code.mid(6) : QString();
}

constexpr auto exchange = "audience=api%3A%2F%2FAzureADTokenExchange";

} // namespace

void TestWorkload::platforms_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<http::Request>("request");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("audience");
    const QByteArray url = QByteArray("https://platform.example/token?") + exchange;
    const QString wanted = u"api://AzureADTokenExchange"_s;
    const http::Headers bearer {{"Authorization", "Bearer request-token"}};
    // GitHub: "OpenID Connect reference": bearer of the job, audience as a parameter, a default of the platform's own
    QTest::newRow("github") << u"github"_s << http::Request {.url = url, .headers = bearer} << QString() << wanted;
    QTest::newRow("github without the job's token") << u"github"_s << http::Request {.url = url} << u"credential"_s << wanted;
    QTest::newRow("github without an audience") << u"github"_s << http::Request {.url = "https://p.example/", .headers = bearer} << QString() << QString();
    // Kubernetes: TokenRequest v1, spec.audiences
    const QByteArray body = R"({"kind": "TokenRequest", "spec": {"audiences": ["api://AzureADTokenExchange"]}})";
    QTest::newRow("kubernetes") << u"kubernetes"_s << http::Request {.method = "POST", .url = "https://api.example/", .headers = bearer, .body = body} << QString() << wanted;
    // Google: "Verify the identity of a VM instance": the header is mandatory, so is the audience
    QTest::newRow("google") << u"google"_s << http::Request {.url = url, .headers = {{"Metadata-Flavor", "Google"}}} << QString() << wanted;
    QTest::newRow("google without the header") << u"google"_s << http::Request {.url = url} << u"header"_s << wanted;
    QTest::newRow("google, another flavour") << u"google"_s << http::Request {.url = url, .headers = {{"Metadata-Flavor", "google"}}} << u"header"_s << wanted;
    QTest::newRow("google without an audience") << u"google"_s << http::Request {.url = "https://p.example/", .headers = {{"Metadata-Flavor", "Google"}}} << u"audience"_s << QString();
    // SPIFFE: JWT-SVID 3: aud is mandatory
    QTest::newRow("spiffe") << u"spiffe"_s << http::Request {.url = url} << QString() << wanted;
    QTest::newRow("spiffe without an audience") << u"spiffe"_s << http::Request {.url = "https://p.example/"} << u"audience"_s << QString();
    // AWS: GetWebIdentityToken, Audience.member.N
    QTest::newRow("aws") << u"aws"_s << http::Request {.method = "POST", .url = "https://sts.example/", .headers = {{"Authorization", "AWS4-HMAC-SHA256 x"}}, .body = "Action=GetWebIdentityToken&Audience.member.1=api%3A%2F%2FAzureADTokenExchange"} << QString() << wanted;
    QTest::newRow("any other") << u"other"_s << http::Request {.url = url} << QString() << wanted;
}

void TestWorkload::platforms()
{
    QFETCH(QString, kind);
    QFETCH(http::Request, request);
    QFETCH(QString, failing);
    QFETCH(QString, audience);
    const auto asReceiver = trust::decideWorkloadToken(issuer(kind), request, true, world::all());
    QCOMPARE(world::failing(asReceiver.verdict), failing);
    QCOMPARE(asReceiver.audience, audience);
    // A prediction never says that the job's credential is right.
    const auto predicted = trust::decideWorkloadToken(issuer(kind), request, {}, world::keysOnly());
    QCOMPARE(world::failing(predicted.verdict), failing);
    const base::Check* credential = world::find(predicted.verdict, u"credential"_s);
    if (credential && failing.isEmpty())
        QCOMPARE(credential->outcome, base::Outcome::NotEvaluated);
    const auto wrong = trust::decideWorkloadToken(issuer(kind), request, false, world::all());
    if (world::find(wrong.verdict, u"credential"_s))
        QVERIFY(world::failing(wrong.verdict).contains(u"credential"_s));
}

void TestWorkload::arc_data()
{
    QTest::addColumn<http::Form>("query");
    QTest::addColumn<http::Headers>("headers");
    QTest::addColumn<std::optional<bool>>("holds");
    QTest::addColumn<base::Decision>("decision");
    const http::Form query = world::form({{"api-version", "2020-06-01"}, {"resource", "https://vault.azure.net"}});
    const http::Headers plain {{"Metadata", "true"}}, answered {{"Metadata", "true"}, {"Authorization", "Basic key"}};
    using enum base::Decision;
    // entra.md 5.3
    QTest::newRow("first request: a challenge, no refusal") << query << plain << std::optional<bool>(false) << Accept;
    QTest::newRow("right key") << query << answered << std::optional(true) << Accept;
    QTest::newRow("wrong key") << query << answered << std::optional(false) << Refuse;
    QTest::newRow("a prediction does not know the key") << query << answered << std::optional<bool>() << NotEvaluated;
    QTest::newRow("no header Metadata") << query << http::Headers {} << std::optional(true) << Refuse;
    // system-assigned only: no user-assigned identity of the setup answers here
    QTest::newRow("a user-assigned identity") << world::with(query, {{"client_id", world::uamiClient}}) << answered << std::optional(true) << Refuse;
}

void TestWorkload::arc()
{
    QFETCH(http::Form, query);
    QFETCH(http::Headers, headers);
    QFETCH(std::optional<bool>, holds);
    QFETCH(base::Decision, decision);
    const auto setup = world::changed(u"/managedIdentities/-", R"({"name": "server", "displayName": "srv", "type": "systemAssigned",
        "clientId": "c94d2f81-3b7a-4e06-8f59-a16e0d7b5c93", "objectId": "07a5e9d3-c816-4f72-b40e-9d3c61f82b57", "flavour": "arc",
        "endpoint": "http://127.0.0.1:40342"})");
    const auto made = trust::decideArcIdentity(setup, query, headers, holds, world::all(), world::at());
    QVERIFY2(made.verdict.decision == decision, world::described(made.verdict));
    if (decision == base::Decision::Accept)
        QCOMPARE(made.identity->name, u"server"_s);
}

void TestWorkload::certificateExpiry_data()
{
    QTest::addColumn<qint64>("at");
    QTest::addColumn<QString>("code");
    // The certificate of the fixture: 2026-11-23 to 2126-10-30. RFC 5280, 4.1.2.5: both ends count.
    QTest::newRow("within") << qint64(1'800'000'000) << QString();
    QTest::newRow("before it begins") << qint64(1'795'408'104) << u"700027"_s;
    QTest::newRow("when it begins") << qint64(1'795'408'105) << QString();
    QTest::newRow("after it ended") << qint64(4'950'000'000) << u"700027"_s;
}

void TestWorkload::certificateExpiry()
{
    QFETCH(qint64, at);
    QFETCH(QString, code);
    const auto pair = jose::readKeyPair(QByteArray(world::file("client-key.pem") + world::file("client-cert.pem"))).value();
    const QString id = QString::fromLatin1(world::webApi), thumbprint = QString::fromLatin1(jose::x5tS256(pair.certificate.x5c.first()));
    const QByteArray assertion = world::token({{u"iss"_s, id}, {u"sub"_s, id}, {u"aud"_s, world::setup().home()->tokenEndpoint()}, {u"jti"_s, u"1"_s},
        {u"iat"_s, at}, {u"nbf"_s, at}, {u"exp"_s, at + 600}}, pair.key, {{u"kid"_s, QJsonValue()}, {u"x5t#S256"_s, thumbprint}}, "PS256");
    const http::Form form = world::form({{"grant_type", "client_credentials"}, {"client_id", world::webApi}, {"scope", "https://graph.microsoft.com/.default"},
        {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}, {"client_assertion", assertion}});
    const auto decision = trust::decideToken(world::setup(), {.tenant = QString::fromLatin1(world::tenantId), .form = form}, world::all(), base::fromEpochSeconds(at));
    QVERIFY2(::code(decision.verdict) == code, world::described(decision.verdict));
    QCOMPARE(world::failing(decision.verdict), code.isEmpty() ? QString() : u"certificate.expiry"_s);
}

/// Before the key is at hand the assertion has everything but its signature: nothing is said of that, and nothing wrong.
void TestWorkload::previewsAreLeftOpen()
{
    const jose::Key certificate = jose::Key::fromPem(world::file("client-cert.pem")).value();
    const QByteArray id = world::webApi, endpoint = world::setup().home()->tokenEndpoint().toUtf8();
    const QByteArray header = R"({"alg":"PS256","typ":"JWT","x5t#S256":")" + jose::x5tS256(certificate.x5c.first()) + "\"}";
    const QByteArray claims = "{\"aud\":\"" + endpoint + "\",\"iss\":\"" + id + "\",\"sub\":\"" + id + "\",\"exp\":" + QByteArray::number(world::now + 600) + '}';
    const auto base64 = [](const QByteArray& text) { return text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals); };
    const http::Form form = world::form({{"grant_type", "client_credentials"}, {"client_id", id}, {"scope", "https://graph.microsoft.com/.default"},
        {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}, {"client_assertion", base64(header) + '.' + base64(claims) + '.'}});
    const trust::TokenRequest request {.tenant = QString::fromLatin1(world::tenantId), .form = form};
    const auto predicted = trust::decideToken(world::setup(), request, world::keysOnly(), world::at());
    QVERIFY2(predicted.verdict.decision == base::Decision::NotEvaluated, world::described(predicted.verdict));
    QCOMPARE(world::find(predicted.verdict, u"signature"_s)->outcome, base::Outcome::NotEvaluated);
    QCOMPARE(world::find(predicted.verdict, u"keyId"_s)->outcome, base::Outcome::Pass);
    // A receiver takes no unsigned assertion.
    QCOMPARE(::code(trust::decideToken(world::setup(), request, world::all(), world::at()).verdict), u"700027"_s);
}

void TestWorkload::agentUser_data()
{
    QTest::addColumn<http::Form>("changes");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, std::initializer_list<std::pair<const char*, QByteArray>> changes, const char* code) {
        QTest::newRow(name) << world::form(changes) << QString::fromLatin1(code);
    };
    // entra.md 7.4: username or user_id; requested_token_use on one page, not on the other
    row("by user name", {}, "");
    row("by object id", {{"username", {}}, {"user_id", "d3a07f58-91be-4c26-8e4d-5f0b7c19a682"}}, "");
    row("with requested_token_use", {{"requested_token_use", "on_behalf_of"}}, "");
    row("a user name as object id", {{"user_id", "claims-desk@lab.example"}}, "50000"); // observed
    row("neither", {{"username", ""}}, "900144");
    row("nobody of that name", {{"username", "nobody@lab.example"}}, "50034");
    row("an ordinary user", {{"username", "alice@lab.example"}}, "70000");
    row("no second token", {{"user_federated_identity_credential", ""}}, "900144");
    row("the blueprint's token as second", {{"user_federated_identity_credential", world::token(world::exchangeClaims(), world::tenantKey())}}, "70000");
    row("by its default scope", {{"scope", "https://graph.microsoft.com/.default openid offline_access"}}, ""); // entra.md 7.4
    row("an ordinary application asks", {{"client_id", world::webApi}, {"client_assertion", ""}, {"client_assertion_type", ""}, {"client_secret", world::rightSecret}}, "none");
    row("the blueprint asks itself", {{"client_id", world::blueprint}, {"client_assertion", ""}, {"client_assertion_type", ""}, {"client_secret", world::rightSecret}}, "82002");
}

void TestWorkload::agentUser()
{
    QFETCH(http::Form, changes);
    QFETCH(QString, code);
    const auto setup = world::changed(u"/users/-", R"({"name": "desk", "username": "claims-desk@lab.example",
        "objectId": "d3a07f58-91be-4c26-8e4d-5f0b7c19a682", "displayName": "Claims Desk agent", "agent": "agent"})");
    QJsonObject second = world::appClaims(QString::fromLatin1(world::exchangeGuid), world::agent);
    http::Form form = world::form({{"grant_type", "user_fic"}, {"client_id", world::agent}, {"scope", "https://graph.microsoft.com/User.Read"},
        {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
        {"client_assertion", world::token(world::exchangeClaims(), world::tenantKey())},
        {"user_federated_identity_credential", world::token(second, world::tenantKey())}, {"username", "claims-desk@lab.example"}});
    for (const http::Parameter& change : changes) {
        form.removeIf([&](const http::Parameter& p) { return p.name == change.name; });
        if (!change.value.isEmpty())
            form.append(change);
    }
    const auto decision = trust::decideToken(setup, {.tenant = QString::fromLatin1(world::tenantId), .form = form}, world::all(), world::at());
    if (code == "none"_L1) { // refused, without a number of Entra's
        QCOMPARE(decision.verdict.refusal->error, u"unauthorized_client"_s);
        QVERIFY2(decision.verdict.refusal->code.isEmpty() && !decision.verdict.refusal->text.contains(u"blueprint"_s), world::described(decision.verdict));
        return;
    }
    QVERIFY2(::code(decision.verdict) == code, world::described(decision.verdict));
    if (code.isEmpty())
        QCOMPARE(decision.userObjectId, u"d3a07f58-91be-4c26-8e4d-5f0b7c19a682"_s);
    if (code.isEmpty())
        QCOMPARE(decision.scopes, QStringList {u"User.Read"_s});
}

QTEST_GUILESS_MAIN(TestWorkload)
#include "tst_workload.moc"
