// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/jose/base64url.h"
#include "core/trust/tokenexchange.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto jwtType = "urn:ietf:params:oauth:token-type:jwt";
const QString issuer = u"https://jwt-idp.example.com"_s;

const setup::Setup& withServer()
{
    static const setup::Setup setup = world::changed(u"/targets/-", world::file("jwtgrant.json").constData());
    return setup;
}

trust::Knowledge knowing()
{
    trust::Knowledge out = world::all();
    static const jose::KeySet published {.keys = {world::outsideKey()}};
    out.keys = [known = out.keys](const QString& iss) { return iss == issuer ? &published : known(iss); };
    return out;
}

/// The claims of RFC 7523's example, at the time of the tests.
QJsonObject example(const QJsonObject& changes = {})
{
    return world::with({{u"iss"_s, issuer}, {u"sub"_s, u"mailto:mike@example.com"_s}, {u"aud"_s, u"https://jwt-rp.example.net"_s},
                           {u"nbf"_s, world::now - 60}, {u"exp"_s, world::now + 3540}, {u"http://claims.example.com/member"_s, true}},
        changes);
}

QByteArray signedBy(const QJsonObject& claims, const jose::Key& key = world::outsideKey()) { return world::token(claims, key); }

/// Claims alone, with nothing or something of our own as the signature.
QByteArray unsignedToken(const char* header, const QJsonObject& claims, const QByteArray& signature)
{
    const QByteArray payload = QJsonDocument(claims).toJson(QJsonDocument::Compact);
    return jose::base64url(QByteArray(header)) + '.' + jose::base64url(payload) + '.' + jose::base64url(signature);
}

http::Form grant(const QByteArray& assertion)
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, {"assertion", assertion}, {"scope", "orders"}});
}

http::Form exchange(const QJsonObject& subject)
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"}, {"client_id", "rfc"},
        {"subject_token", signedBy(subject)}, {"subject_token_type", jwtType}, {"audience", "urn:example:cooperation-context"}});
}

http::Form acting(const QJsonObject& subject, const QJsonObject& actor)
{
    return world::with(exchange(subject), {{"actor_token", signedBy(actor)}, {"actor_token_type", jwtType}});
}

http::Form again(http::Form form, const char* name, const QByteArray& value)
{
    form.append({name, value});
    return form;
}

trust::ExchangeDecision decide(const http::Form& form, const setup::Setup& setup = withServer())
{
    return trust::decideTokenExchange(setup, setup.targets.back(), form, {}, knowing(), world::at());
}

} // namespace

/// RFC 7523 and RFC 8693, sentence by sentence, at a server that lists issuers and audiences and nothing else.
class TestJwtGrant : public QObject
{
    Q_OBJECT

private slots:
    void assertions_data();
    void assertions();
    void parameters_data();
    void parameters();
    void mayAct_data();
    void mayAct();
    void example4();
};

void TestJwtGrant::assertions_data()
{
    QTest::addColumn<QByteArray>("assertion");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("near");
    const auto row = [](const char* name, const QByteArray& assertion, const char* failing, const char* near = "") {
        QTest::newRow(name) << assertion << QString::fromLatin1(failing) << QString::fromLatin1(near);
    };
    const auto changed = [](const char16_t* claim, const QJsonValue& value) { return signedBy(example({{QString::fromUtf16(claim), value}})); };
    // RFC 7523, 4: the example
    row("example", signedBy(example()), "");
    // RFC 7523, 3, item 1: iss is there, and compared as a simple string
    row("no issuer", changed(u"iss", QJsonValue()), "issuer");
    row("issuer with a slash", changed(u"iss", u"https://jwt-idp.example.com/"_s), "issuer", "trailingSlash");
    row("issuer in another case", changed(u"iss", u"https://JWT-idp.example.com"_s), "issuer", "case");
    // item 2: sub is there and names the principal
    row("no subject", changed(u"sub", QJsonValue()), "subject");
    row("empty subject", changed(u"sub", u""_s), "subject");
    row("a number as subject", changed(u"sub", 7), "subject");
    // item 3: aud identifies the server; RFC 7519, 4.1.3: a text or a list of which one fits
    row("no audience", changed(u"aud", QJsonValue()), "audience");
    row("another's audience", changed(u"aud", u"https://other.example.net"_s), "audience");
    row("audience with a slash", changed(u"aud", u"https://jwt-rp.example.net/"_s), "audience", "trailingSlash");
    row("audience by http", changed(u"aud", u"http://jwt-rp.example.net"_s), "audience", "scheme");
    row("one of several", changed(u"aud", QJsonArray {u"https://other.example.net"_s, u"https://jwt-rp.example.net"_s}), "");
    row("none of several", changed(u"aud", QJsonArray {u"https://other.example.net"_s, u"urn:x"_s}), "audience");
    // item 4: exp is there and not past, a little skew allowed
    row("no end", world::token(example({{u"exp"_s, u"never"_s}}), world::outsideKey()), "lifetime.exp");
    row("ended", changed(u"exp", world::now - 3600), "lifetime.exp");
    row("ended a moment ago", changed(u"exp", world::now - 60), "");
    row("ended beyond the skew", changed(u"exp", world::now - 400), "lifetime.exp", "clockSkew");
    // item 5: before nbf it is not accepted
    row("not begun", changed(u"nbf", world::now + 3600), "lifetime.nbf", "clockSkew");
    // item 6 and 7: iat and jti may be there
    row("iat long ago", changed(u"iat", 1), "");
    row("with an id", changed(u"jti", u"1"_s), "");
    // item 9: signed by the issuer, RFC 7518, 3.6: "none" is not
    row("a foreign key", signedBy(example(), world::strangerKey()), "signature");
    row("no signature", unsignedToken(R"({"alg":"none"})", example(), {}), "form signature");
    row("MAC by whoever", unsignedToken(R"({"alg":"HS256","kid":"outside"})", example(), "guess"), "signature");
    row("a signature of nothing", unsignedToken(R"({"alg":"RS256","kid":"outside"})", example(), {}), "signature");
    row("a key that is not published", world::token(example(), world::outsideKey(), {{u"kid"_s, u"next"_s}}), "signature");
    // item 10: a JWT, RFC 7519, 7.2
    row("no JWT", "PHNhbWxwOl...", "form");
}

void TestJwtGrant::assertions()
{
    QFETCH(QByteArray, assertion);
    QFETCH(QString, failing);
    QFETCH(QString, near);
    const auto decision = decide(grant(assertion));
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    if (failing.isEmpty()) {
        QCOMPARE(decision.verdict.decision, base::Decision::Accept);
        return;
    }
    QCOMPARE(decision.verdict.decision, base::Decision::Refuse);
    // RFC 7523, 3.1
    QCOMPARE(decision.verdict.refusal->error, u"invalid_grant"_s);
    QCOMPARE(decision.verdict.refusal->status, 400);
    const auto& nearMiss = decision.verdict.decisive()->near;
    QCOMPARE(nearMiss ? base::nearName(nearMiss->kind) : QString(), near);
}

void TestJwtGrant::parameters_data()
{
    QTest::addColumn<http::Form>("form");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QStringList>("audiences");
    const auto row = [](const char* name, const http::Form& form, const char* failing, const char* error, const QStringList& audiences = {}) {
        QTest::newRow(name) << form << QString::fromLatin1(failing) << QString::fromLatin1(error) << audiences;
    };
    const http::Form plain = exchange(example());
    const QString context = u"urn:example:cooperation-context"_s, backend = u"https://backend.example.com/api"_s;
    // RFC 8693, 2.1: audience and resource may be there, more than once, and both
    row("audience", plain, "", "", {context});
    row("neither", world::with(plain, {{"audience", {}}}), "", "", {context});
    row("resource", world::with(plain, {{"audience", {}}, {"resource", "https://backend.example.com/api"}}), "", "", {backend});
    row("two audiences", again(plain, "audience", "https://backend.example.com/api"), "", "", {context, backend});
    row("audience and resource", again(plain, "resource", "https://backend.example.com/api"), "", "", {context, backend});
    // RFC 8693, 2.2.2: invalid_target, also when one of several is refused
    row("one of two is not offered", again(plain, "audience", "urn:example:other"), "target", "invalid_target");
    row("a fragment", world::with(plain, {{"resource", "https://backend.example.com/api#x"}}), "target", "invalid_target");
    // RFC 6749, 3.2 and 5.2: any other parameter once
    row("scope twice", again(again(plain, "scope", "orders"), "scope", "profile"), "parameters", "invalid_request");
    row("two subject tokens", again(plain, "subject_token", signedBy(example({{u"sub"_s, u"eve"_s}}))), "parameters", "invalid_request");
    row("two assertions", again(grant(signedBy(example())), "assertion", signedBy(example())), "parameters", "invalid_request");
    row("grant type twice", again(plain, "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), "parameters", "invalid_request");
    // RFC 6749, 3.2: without a value is as if left out; what is not known is ignored
    row("empty requested type", again(plain, "requested_token_type", ""), "", "", {context});
    row("empty actor", again(again(plain, "actor_token", ""), "actor_token_type", ""), "", "", {context});
    row("empty scope", again(plain, "scope", ""), "", "", {context});
    row("an unknown one", again(plain, "x-trace", "1"), "", "", {context});
    // RFC 8693, 2.1: the subject's type is required; 3: known by its URN alone
    row("a short name as type", world::with(plain, {{"subject_token_type", "jwt"}}), "subject_token_type", "invalid_request");
    row("an id token's type", world::with(plain, {{"subject_token_type", "urn:ietf:params:oauth:token-type:id_token"}}), "subject_token_type",
        "invalid_request");
    row("a token of nobody", exchange(example({{u"sub"_s, QJsonValue()}})), "subject", "invalid_request");
}

void TestJwtGrant::parameters()
{
    QFETCH(http::Form, form);
    QFETCH(QString, failing);
    QFETCH(QString, error);
    QFETCH(QStringList, audiences);
    const auto decision = decide(form);
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    QCOMPARE(decision.verdict.refusal ? decision.verdict.refusal->error : QString(), error);
    if (error.isEmpty())
        QCOMPARE(decision.audiences, audiences);
}

void TestJwtGrant::mayAct_data()
{
    QTest::addColumn<QJsonValue>("may");
    QTest::addColumn<QJsonObject>("actor");
    QTest::addColumn<bool>("listed"); // the server lists the actor
    QTest::addColumn<QString>("failing");
    const auto row = [](const char* name, const QJsonValue& may, const QJsonObject& actor, bool listed, const char* failing) {
        QTest::newRow(name) << may << actor << listed << QString::fromLatin1(failing);
    };
    const auto named = [](const char16_t* sub) { return example({{u"sub"_s, QString::fromUtf16(sub)}}); };
    const QJsonObject admin = named(u"admin@example.net"), other = named(u"mallory@example.net");
    const QJsonObject may {{u"sub"_s, u"admin@example.net"_s}};
    // RFC 8693, 4.4: the claim says who may act for the subject
    row("named", may, admin, false, "");
    row("another", may, other, false, "may_act");
    row("another, whom the server lists", may, named(u"listed@example.net"), true, "may_act");
    row("issuer and subject", world::with(may, {{u"iss"_s, issuer}}), admin, false, "");
    row("the subject of another issuer", world::with(may, {{u"iss"_s, u"https://elsewhere.example"_s}}), admin, false, "may_act");
    row("an issuer alone names nobody", QJsonObject {{u"iss"_s, issuer}}, admin, false, "may_act");
    row("nor one by object id", QJsonObject {{u"iss"_s, issuer}}, example({{u"sub"_s, QJsonValue()}, {u"oid"_s, u"0"_s}}), false, "may_act");
    row("no object", u"admin@example.net"_s, admin, false, "may_act");
    // 1.1 and 2.1: without it the server's own policy decides; ours takes only whom it lists
    row("not there", QJsonValue(), admin, false, "may_act");
    row("not there, listed", QJsonValue(), named(u"listed@example.net"), true, "");
    row("not there, another is listed", QJsonValue(), admin, true, "principal.sub");
    row("an actor of nobody", may, example({{u"sub"_s, QJsonValue()}}), false, "subject may_act");
}

void TestJwtGrant::mayAct()
{
    QFETCH(QJsonValue, may);
    QFETCH(QJsonObject, actor);
    QFETCH(bool, listed);
    QFETCH(QString, failing);
    setup::Setup setup = withServer();
    if (listed)
        setup = *setup::edited(setup, QString(setup.targets.back().pointer + u"/settings/actors"_s), R"([{"sub":"listed@example.net"}])");
    const auto decision = decide(acting(example({{u"may_act"_s, may}}), actor), setup);
    QVERIFY2(world::failing(decision.verdict) == failing, world::described(decision.verdict));
    QCOMPARE(decision.verdict.decision, failing.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    if (failing.isEmpty())
        QCOMPARE(QJsonDocument::fromJson(decision.actor).object()[u"sub"_s], actor[u"sub"_s]);
    else
        QCOMPARE(decision.verdict.refusal->error, u"invalid_request"_s);
}

/// RFC 7523, 2.1: the client may stay unnamed; the token is for the assertion's subject, and ends with the assertion.
void TestJwtGrant::example4()
{
    const auto decision = decide(grant(signedBy(example({{u"exp"_s, world::now + 120}}))));
    QCOMPARE(decision.subject, u"mailto:mike@example.com"_s);
    QCOMPARE(decision.scopes, QStringList {u"orders"_s});
    QCOMPARE(decision.lifetime.count(), 120);
    QVERIFY(decision.actor.isEmpty());
    const auto guest = decide(world::with(grant(signedBy(example())), {{"client_id", "guest"}}));
    QCOMPARE(world::failing(guest.verdict), u"client"_s);
    QCOMPARE(guest.verdict.refusal->error, u"invalid_client"_s);
    QCOMPARE(guest.verdict.refusal->status, 401);
}

QTEST_GUILESS_MAIN(TestJwtGrant)
#include "tst_jwtgrant.moc"
