// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/expression.h"
#include "core/trust/federated.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

/// A token against federated credentials, as Entra compares them.
class TestFederated : public QObject
{
    Q_OBJECT

private slots:
    void decides_data();
    void decides();
    void refusesByTheRightNumber_data();
    void refusesByTheRightNumber();
    void onlyTheFailingComparisonFails();
    void reportsAllChecksInOrder();
    void choosesTheNearestOfSeveral();
    void predictsWithoutKeys();
    void expressions_data();
    void expressions();
    void expressionsOfPlayedIssuers_data();
    void expressionsOfPlayedIssuers();
    void aFixSaysWhereToWriteWhat();
    void warnsOfTheCredentialItself();
    void hostileTokensAreRefused_data();
    void hostileTokensAreRefused();
    void noChangedLetterIsAccepted();
};

namespace {

setup::Credential credential(const QString& issuer, const QString& subject, const QString& audience, const QString& name = u"fic"_s)
{
    return {.type = setup::CredentialType::Federated, .name = name, .issuer = issuer, .subject = subject, .audiences = {audience},
            .pointer = u"/apps/1/credentials/0"_s};
}

setup::Credential ofIdentity()
{
    return credential(world::v2Issuer(), QString::fromLatin1(world::uamiObject), u"api://AzureADTokenExchange"_s);
}

setup::Credential ofOutside()
{
    return credential(world::outsideIssuer(), u"repo:lab/demo:ref:refs/heads/main"_s, u"api://AzureADTokenExchange"_s);
}

base::Verdict match(const QByteArray& token, const QList<setup::Credential>& credentials)
{
    return trust::matchFederated(jose::decode(token), credentials, &world::setup(), world::all(), world::at());
}

QString code(const base::Verdict& verdict)
{
    return verdict.refusal ? verdict.refusal->code.mid(6) : QString();
}

} // namespace

void TestFederated::decides_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<setup::Credential>("contract");
    QTest::addColumn<QString>("failing");
    QTest::addColumn<QString>("near");

    const QJsonObject mi = world::managedIdentityClaims(), outside = world::outsideClaims();
    const auto signedBy = [](const QJsonObject& claims) {
        const bool ours = claims.value(u"iss").toString() == world::outsideIssuer();
        return world::token(claims, ours ? world::outsideKey() : world::tenantKey());
    };
    const auto row = [&](const char* name, const QJsonObject& claims, const setup::Credential& contract, const QString& failing, const QString& near) {
        QTest::newRow(name) << signedBy(claims) << contract << failing << near;
    };
    const QString uri = u"api://AzureADTokenExchange"_s, oid = QString::fromLatin1(world::uamiObject);
    // Microsoft: "Configure an application to trust a managed identity"
    row("managed identity fits", mi, ofIdentity(), {}, {});
    row("outside workload fits", outside, ofOutside(), {}, {});
    row("subject in another case", mi, credential(world::v2Issuer(), oid.toUpper(), uri), u"subject"_s, u"case"_s);
    row("subject is the client id", mi, credential(world::v2Issuer(), QString::fromLatin1(world::uamiClient), uri), u"subject"_s, u"clientIdForObjectId"_s);
    row("issuer with a slash", mi, credential(world::v2Issuer() + u'/', oid, uri), u"issuer"_s, u"trailingSlash"_s);
    row("issuer of version 1", mi, credential(world::v1Issuer(), oid, uri), u"issuer"_s, u"v1v2Issuer"_s);
    row("issuer of another tenant", mi, credential(world::setup().tenants[1].issuerV2(), oid, uri), u"issuer"_s, u"wrongTenant"_s);
    row("issuer with a blank", outside, credential(u' ' + world::outsideIssuer(), u"repo:lab/demo:ref:refs/heads/main"_s, uri), u"issuer"_s, u"whitespace"_s);
    // "Putting the GUID in the FIC gives 700214 (observed)": whatever the token carries
    row("audience is the GUID", mi, credential(world::v2Issuer(), oid, QString::fromLatin1(world::exchangeGuid)), u"audience"_s, u"guidUriTwin"_s);
    row("audience of another cloud", outside, credential(world::outsideIssuer(), u"repo:lab/demo:ref:refs/heads/main"_s, u"api://AzureADTokenExchangeUSGov"_s), u"audience"_s, u"cloudVariant"_s);
    row("managed identity, audience of another cloud", mi, credential(world::v2Issuer(), oid, u"api://AzureADTokenExchangeUSGov"_s), u"audience"_s, u"cloudVariant"_s);
    row("audience in another case", outside, credential(world::outsideIssuer(), u"repo:lab/demo:ref:refs/heads/main"_s, u"api://azureadtokenexchange"_s), u"audience"_s, u"case"_s);
    row("wildcard in the subject", outside, credential(world::outsideIssuer(), u"repo:lab/demo:*"_s, uri), u"subject"_s, u"wildcardLiteral"_s);
    // Only the audience of Entra's own tokens is mapped.
    row("outside token with the GUID", world::with(outside, {{u"aud"_s, QString::fromLatin1(world::exchangeGuid)}}), ofOutside(), u"audience"_s, u"guidUriTwin"_s);
    row("audience among several", world::with(outside, {{u"aud"_s, QJsonArray {u"x"_s, uri}}}), ofOutside(), {}, {});
}

void TestFederated::decides()
{
    QFETCH(QByteArray, token);
    QFETCH(setup::Credential, contract);
    QFETCH(QString, failing);
    QFETCH(QString, near);
    const base::Verdict verdict = match(token, {contract});
    QVERIFY2(world::failing(verdict) == failing, world::described(verdict));
    QCOMPARE(verdict.decision, failing.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    if (!near.isEmpty()) {
        QVERIFY(verdict.decisive()->near);
        QCOMPARE(base::nearName(verdict.decisive()->near->kind), near);
    }
}

void TestFederated::refusesByTheRightNumber_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<setup::Credential>("contract");
    QTest::addColumn<QString>("number");
    const QJsonObject mi = world::managedIdentityClaims(), outside = world::outsideClaims();
    const QString uri = u"api://AzureADTokenExchange"_s, oid = QString::fromLatin1(world::uamiObject);
    const auto entra = [](const QJsonObject& claims) { return world::token(claims, world::tenantKey()); };
    const auto ci = [](const QJsonObject& claims) { return world::token(claims, world::outsideKey()); };
    // entra.md 6.2, 6.5 and 10
    QTest::newRow("issuer") << ci(world::with(outside, {{u"iss"_s, u"https://elsewhere.example"_s}})) << ofOutside() << u"700211"_s;
    QTest::newRow("subject") << ci(world::with(outside, {{u"sub"_s, u"repo:lab/other:ref:refs/heads/main"_s}})) << ofOutside() << u"700213"_s;
    QTest::newRow("subject by case") << ci(world::with(outside, {{u"sub"_s, u"repo:Lab/demo:ref:refs/heads/main"_s}})) << ofOutside() << u"7002138"_s;
    QTest::newRow("audience") << ci(world::with(outside, {{u"aud"_s, u"api://other"_s}})) << ofOutside() << u"700212"_s;
    QTest::newRow("issuer comes before subject") << ci(world::with(outside, {{u"iss"_s, u"https://elsewhere.example"_s}, {u"sub"_s, u"x"_s}})) << ofOutside() << u"700211"_s;
    QTest::newRow("audience of an Entra token") << entra(world::with(mi, {{u"aud"_s, u"https://management.azure.com"_s}})) << ofIdentity() << u"7002121"_s;
    QTest::newRow("GUID in the credential") << entra(mi) << credential(world::v2Issuer(), oid, QString::fromLatin1(world::exchangeGuid)) << u"700214"_s;
    QTest::newRow("version 1 token") << entra(world::with(mi, {{u"iss"_s, world::v1Issuer()}})) << ofIdentity() << u"700227"_s;
    QTest::newRow("version 1 token and credential") << entra(world::with(mi, {{u"iss"_s, world::v1Issuer()}})) << credential(world::v1Issuer(), oid, uri) << u"700227"_s;
    QTest::newRow("user's token") << entra(world::userClaims(QString::fromLatin1(world::exchangeGuid))) << ofIdentity() << u"700229"_s;
    QTest::newRow("application's token") << entra(world::appClaims(QString::fromLatin1(world::exchangeGuid))) << ofIdentity() << u"700226"_s;
    QTest::newRow("chained") << entra(world::with(mi, {{u"xms_ficinfo"_s, u"CAAQ"_s}})) << ofIdentity() << u"700231"_s;
    QTest::newRow("exchange subject") << entra(world::with(mi, {{u"sub"_s, u"/eid1/c/pub/t/x/a/y/z"_s}})) << ofIdentity() << u"7002137"_s;
    QTest::newRow("other managed identity") << entra(world::with(mi, {{u"sub"_s, QString::fromLatin1(world::systemObject)}, {u"oid"_s, QString::fromLatin1(world::systemObject)}})) << ofIdentity() << u"700213"_s;
    QTest::newRow("ended") << ci(world::with(outside, {{u"exp"_s, world::now - 301}})) << ofOutside() << u"700024"_s;
    QTest::newRow("not yet begun") << ci(world::with(outside, {{u"nbf"_s, world::now + 301}})) << ofOutside() << u"700024"_s;
    QTest::newRow("within five minutes, ended") << ci(world::with(outside, {{u"exp"_s, world::now - 299}})) << ofOutside() << QString();
    QTest::newRow("within five minutes, begins") << ci(world::with(outside, {{u"nbf"_s, world::now + 300}})) << ofOutside() << QString();
    QTest::newRow("foreign signature") << world::token(outside, world::strangerKey(), {{u"kid"_s, u"outside"_s}}) << ofOutside() << u"700027"_s;
    QTest::newRow("unknown key id") << world::token(outside, world::outsideKey(), {{u"kid"_s, u"nobody"_s}}) << ofOutside() << u"700027"_s;
    // "Only RS256 is supported officially; ES256 ... rejected with 501661 (observed)"
    QTest::newRow("a critical member") << world::token(outside, world::outsideKey(), {{u"crit"_s, QJsonArray {u"x"_s}}}) << ofOutside() << u"50027"_s;
    QTest::newRow("RS512") << world::token(outside, world::outsideKey(), {}, "RS512") << ofOutside() << u"501661"_s;
}

void TestFederated::refusesByTheRightNumber()
{
    QFETCH(QByteArray, token);
    QFETCH(setup::Credential, contract);
    QFETCH(QString, number);
    const base::Verdict verdict = match(token, {contract});
    QVERIFY2(code(verdict) == number, world::described(verdict));
    if (number.isEmpty())
        return;
    QVERIFY(!verdict.refusal->text.isEmpty() && !verdict.refusal->text.contains(u'{'));
    QVERIFY(verdict.refusal->status == 400 || verdict.refusal->status == 401);
}

void TestFederated::onlyTheFailingComparisonFails()
{
    const base::Verdict verdict = match(world::token(world::with(world::outsideClaims(), {{u"sub"_s, u"x"_s}}), world::outsideKey()), {ofOutside()});
    QCOMPARE(world::find(verdict, u"issuer"_s)->outcome, base::Outcome::Pass);
    QCOMPARE(world::find(verdict, u"audience"_s)->outcome, base::Outcome::Pass);
    QCOMPARE(world::find(verdict, u"subject"_s)->outcome, base::Outcome::Fail);
}

void TestFederated::reportsAllChecksInOrder()
{
    const base::Verdict verdict = match(world::token(world::managedIdentityClaims(), world::tenantKey()), {ofIdentity()});
    QStringList ids;
    for (const base::Check& check : verdict.checks) {
        ids.append(check.id);
        QVERIFY2(!check.source.isEmpty() && !check.title.isEmpty() && !check.group.isEmpty() && !check.relation.isEmpty(), qPrintable(check.id));
        QVERIFY(!check.source.contains(u".md"));
    }
    QCOMPARE(ids, (QStringList {u"form"_s, u"algorithm"_s, u"signature"_s, u"lifetime.exp"_s, u"lifetime.nbf"_s, u"kind"_s, u"issuer"_s, u"subject"_s, u"audience"_s}));
    QCOMPARE(verdict.contract, u"fic"_s);
    QCOMPARE(world::find(verdict, u"audience"_s)->relation, u"GUID of api://AzureADTokenExchange"_s);
    QCOMPARE(world::find(verdict, u"subject"_s)->group, u"Federated credential fic"_s);
}

void TestFederated::choosesTheNearestOfSeveral()
{
    const QString uri = u"api://AzureADTokenExchange"_s;
    const QList<setup::Credential> list {
        credential(u"https://gitlab.com"_s, u"x"_s, uri, u"far"_s),
        credential(world::outsideIssuer(), u"repo:Lab/demo:ref:refs/heads/main"_s, uri, u"near"_s),
        credential(world::outsideIssuer(), u"repo:lab/other"_s, uri, u"middle"_s)};
    const QByteArray token = world::token(world::outsideClaims(), world::outsideKey());
    const base::Verdict verdict = match(token, list);
    QCOMPARE(verdict.closest, u"near"_s);
    QCOMPARE(verdict.contract, u"near"_s);
    QCOMPARE(code(verdict), u"7002138"_s);
    const base::Verdict fits = match(token, list + QList<setup::Credential> {ofOutside()});
    QCOMPARE(fits.decision, base::Decision::Accept);
    QCOMPARE(fits.contract, u"fic"_s);
    QVERIFY(fits.closest.isEmpty());
    QCOMPARE(code(match(token, {})), u"70025"_s);
}

/// A contract alone can be judged: what only keys would tell is mentioned and decides nothing.
void TestFederated::predictsWithoutKeys()
{
    const jose::Jwt token = jose::decode(world::token(world::outsideClaims(), world::outsideKey()));
    const base::Verdict verdict = trust::matchFederated(token, {ofOutside()}, nullptr, {}, world::at());
    QVERIFY2(verdict.decision == base::Decision::Accept, world::described(verdict));
    QCOMPARE(world::find(verdict, u"signature"_s)->outcome, base::Outcome::Warning);
    QCOMPARE(verdict.confidence, base::Confidence::Likely);
    const QList<base::Check> checks = trust::assertionChecks(token, {}, world::at(), nullptr);
    QVERIFY(std::ranges::any_of(checks, [](const base::Check& c) { return c.id == u"signature" && c.outcome == base::Outcome::NotEvaluated; }));
}

void TestFederated::expressions_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<int>("result"); // 1 holds, 0 does not, -1 not evaluated
    const auto row = [](const char* expression, int result) { QTest::newRow(expression) << QString::fromUtf8(expression) << result; };
    // Microsoft: "Flexible federated identity credentials", entra.md 6.3
    row("claims['sub'] eq 'repo:lab/demo:ref:refs/heads/main'", 1);
    row("claims['sub'] matches 'repo:lab/demo:ref:refs/heads/*'", 1);
    row("claims['sub'] matches 'repo:lab/dem?:*'", 1);
    row("claims['sub'] matches 'repo:other/*'", 0);
    row("claims['sub'] matches 'repo:lab/*' and claims['job_workflow_ref'] eq 'lab/.github/workflows/x.yml'", 1);
    row("claims['sub'] matches 'repo:lab/*' and claims['job_workflow_ref'] eq 'y'", 0);
    row("claims['missing'] eq 'y'", -1); // sub, and job_workflow_ref of GitHub, are all that Entra compares
    row("claims['sub'] startswith 'repo'", -1);
    row("claims['sub'] eq 'x' or claims['sub'] eq 'y'", -1);
    row("not claims['sub'] eq 'x'", -1);
    row("claims['sub'] eq 'x", -1);
    row("claims.sub eq 'x'", -1);
    row("garbage", -1);
}

void TestFederated::expressions()
{
    QFETCH(QString, expression);
    QFETCH(int, result);
    const QString github = u"https://token.actions.githubusercontent.com"_s; // Entra holds expressions for few issuers
    const auto claims = world::with(world::outsideClaims(), {{u"iss"_s, github}, {u"job_workflow_ref"_s, u"lab/.github/workflows/x.yml"_s}});
    const jose::KeySet keys {.keys = {world::outsideKey().publicPart()}};
    trust::Knowledge knowledge = world::all();
    knowledge.keys = [&keys](const QString&) { return &keys; };
    setup::Credential contract = ofOutside();
    contract.issuer = github;
    contract.subject.clear();
    contract.expression = expression;
    const base::Verdict verdict = trust::matchFederated(jose::decode(world::token(claims, world::outsideKey())), {contract}, &world::setup(), knowledge, world::at());
    const auto expected = result < 0 ? base::Decision::NotEvaluated : result ? base::Decision::Accept : base::Decision::Refuse;
    QVERIFY2(verdict.decision == expected, world::described(verdict));
    if (result < 0)
        QVERIFY2(verdict.decisive()->relation.contains(u"not understood") || verdict.decisive()->relation.contains(u"Entra compares"), qPrintable(verdict.decisive()->relation));
}

void TestFederated::expressionsOfPlayedIssuers_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("kept");
    // entra.md 6.3: GitHub, GitLab, Terraform Cloud; 6.1: an expression excludes a subject
    QTest::newRow("GitHub") << u"github"_s << QString() << true;
    QTest::newRow("GitLab") << u"gitlab"_s << QString() << true;
    QTest::newRow("Terraform") << u"terraform"_s << QString() << true;
    QTest::newRow("Kubernetes") << u"kubernetes"_s << QString() << false;
    QTest::newRow("SPIFFE") << u"spiffe"_s << QString() << false;
    QTest::newRow("any other") << QString() << QString() << false;
    QTest::newRow("with a subject") << u"github"_s << u"repo:lab/demo:ref:refs/heads/main"_s << false;
}

/// The lab plays every issuer at a loopback address: what Entra keeps goes by the issuer that is played.
void TestFederated::expressionsOfPlayedIssuers()
{
    QFETCH(QString, kind);
    QFETCH(QString, subject);
    QFETCH(bool, kept);
    const QString here = u"https://127.0.0.1:41007"_s;
    setup::Setup setup = world::setup();
    setup.issuers = {{.name = u"played"_s, .kind = kind, .issuer = here}};
    const jose::KeySet keys {.keys = {world::outsideKey().publicPart()}};
    trust::Knowledge knowledge = world::all();
    knowledge.keys = [&keys](const QString&) { return &keys; };
    setup::Credential contract = ofOutside();
    contract.issuer = here;
    contract.subject = subject;
    contract.expression = u"claims['sub'] matches 'repo:lab/*'"_s;
    const jose::Jwt token = jose::decode(world::token(world::with(world::outsideClaims(), {{u"iss"_s, here}}), world::outsideKey()));
    const base::Verdict verdict = trust::matchFederated(token, {contract}, &setup, knowledge, world::at());
    QVERIFY2(verdict.decision == (kept ? base::Decision::Accept : base::Decision::NotEvaluated), world::described(verdict));
    QVERIFY2(kept || world::find(verdict, u"subject"_s)->relation.startsWith(u"Entra "_s), world::described(verdict));
}

void TestFederated::aFixSaysWhereToWriteWhat()
{
    const QString oid = QString::fromLatin1(world::uamiObject);
    const base::Verdict verdict = match(world::token(world::managedIdentityClaims(), world::tenantKey()),
                                        {credential(world::v2Issuer(), QString::fromLatin1(world::uamiClient), u"api://AzureADTokenExchange"_s)});
    const base::Check& subject = *verdict.decisive();
    QCOMPARE(subject.fixPointer, u"/apps/1/credentials/0/subject"_s);
    QCOMPARE(subject.fixValue, oid);
    QCOMPARE(subject.fix, u"Give the credential the object id exactly as the token carries it."_s);
    QCOMPARE(subject.presentedFrom, u"claim sub"_s);
    QCOMPARE(subject.expectedFrom, u"field subject of the credential"_s);
    const base::Verdict wrong = match(world::token(world::managedIdentityClaims(), world::tenantKey()),
                                      {credential(world::v2Issuer(), oid, QString::fromLatin1(world::exchangeGuid))});
    QCOMPARE(wrong.decisive()->fixValue, u"api://AzureADTokenExchange"_s);
    QCOMPARE(wrong.decisive()->fixPointer, u"/apps/1/credentials/0/audiences/0"_s);
}

/// "SAMI ... cannot be a FIC on an app", "exactly one" audience (entra.md 5.8, 6.1): said, without deciding.
void TestFederated::warnsOfTheCredentialItself()
{
    const QString system = QString::fromLatin1(world::systemObject);
    const QByteArray token = world::token(world::with(world::managedIdentityClaims(), {{u"sub"_s, system}, {u"oid"_s, system}}), world::tenantKey());
    setup::Credential contract = credential(world::v2Issuer(), system, u"api://AzureADTokenExchange"_s);
    contract.audiences += u"api://other"_s;
    const base::Verdict verdict = match(token, {contract});
    QVERIFY2(verdict.decision == base::Decision::Accept, world::described(verdict));
    QCOMPARE(world::find(verdict, u"subject.kind"_s)->outcome, base::Outcome::Warning);
    QCOMPARE(world::find(verdict, u"audiences.count"_s)->outcome, base::Outcome::Warning);
}

void TestFederated::hostileTokensAreRefused_data()
{
    QTest::addColumn<QByteArray>("token");
    const QByteArray good = world::token(world::outsideClaims(), world::outsideKey());
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("dots") << QByteArray("..");
    QTest::newRow("garbage") << QByteArray("\xff\xfe\x00\x01", 4);
    QTest::newRow("two parts") << good.left(good.lastIndexOf('.'));
    QTest::newRow("no signature") << QByteArray(good.left(good.lastIndexOf('.') + 1));
    QTest::newRow("cut off") << good.left(good.size() / 2);
    QTest::newRow("alg none") << QByteArray("eyJhbGciOiJub25lIn0." + good.split('.')[1] + ".");
    QTest::newRow("header is a list") << QByteArray("W10." + good.split('.')[1] + ".AA");
    QTest::newRow("payload is a list") << QByteArray(good.split('.')[0] + ".W10.AA");
    QTest::newRow("a megabyte") << QByteArray(2'000'000, 'a');
    QTest::newRow("no exp") << world::token(world::with(world::outsideClaims(), {{u"exp"_s, u"soon"_s}}), world::outsideKey());
    QTest::newRow("times beyond all bounds") << world::token(world::with(world::outsideClaims(), {{u"nbf"_s, 9.2e18}}), world::outsideKey());
    QTest::newRow("sub is a number") << world::token(world::with(world::outsideClaims(), {{u"sub"_s, 5}}), world::outsideKey());
}

void TestFederated::hostileTokensAreRefused()
{
    QFETCH(QByteArray, token);
    const base::Verdict verdict = match(token, {ofOutside(), ofIdentity()});
    QVERIFY2(verdict.decision == base::Decision::Refuse, world::described(verdict));
    QVERIFY(verdict.refusal);
}

void TestFederated::noChangedLetterIsAccepted()
{
    const QByteArray good = world::token(world::outsideClaims(), world::outsideKey());
    QCOMPARE(match(good, {ofOutside()}).decision, base::Decision::Accept);
    for (qsizetype i = 0; i < good.size(); ++i) {
        QByteArray changed = good;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        const base::Verdict verdict = match(changed, {ofOutside()});
        QVERIFY2(verdict.decision == base::Decision::Refuse, qPrintable(QString::number(i)));
        changed.insert(i, "=");
        QVERIFY(match(changed, {ofOutside()}).decision == base::Decision::Refuse);
    }
}

QTEST_GUILESS_MAIN(TestFederated)
#include "tst_federated.moc"
