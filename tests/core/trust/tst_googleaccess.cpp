// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "googleprovider.h"

#include "core/trust/google.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto poolName = "iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p";

trust::Knowledge holding(const trust::OpaqueGrant& grant)
{
    trust::Knowledge out = knowing();
    out.opaque = [grant](QByteArrayView token) { return token == "the-token" ? std::optional(grant) : std::nullopt; };
    return out;
}

const http::Headers& bearer()
{
    static const http::Headers headers {http::Header {"Authorization", "Bearer the-token"}};
    return headers;
}

QByteArray policy(const QByteArray& role, const QByteArray& member, const QByteArray& more = {})
{
    return R"({"bindings":[{"role":")" + role + R"(","members":[")" + member + "\"]" + more + "}]}";
}

} // namespace

/// Google Cloud behind the exchange: whom a binding names, who may act as an account, who may call.
class TestGoogleAccess : public QObject
{
    Q_OBJECT

private slots:
    void members_data();
    void members();
    void impersonations_data();
    void impersonations();
    void calls_data();
    void calls();
};

void TestGoogleAccess::members_data()
{
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QString>("decision");
    QTest::addColumn<QString>("near");
    const QByteArray pool = poolName, user = "roles/iam.workloadIdentityUser";
    const auto row = [](const char* name, const QByteArray& policy, const char* decision, const char* near = "") {
        QTest::newRow(name) << policy << QString::fromLatin1(decision) << QString::fromLatin1(near);
    };
    // Google Cloud: IAM, principal identifiers; service account impersonation.
    row("the principal", policy(user, "principal://" + pool + "/subject/7c1d"), "accept");
    row("a group", policy(user, "principalSet://" + pool + "/group/dev"), "accept");
    row("an attribute", policy(user, "principalSet://" + pool + "/attribute.env/prod"), "accept");
    row("the whole pool", policy(user, "principalSet://" + pool + "/*"), "accept");
    row("token creator", policy("roles/iam.serviceAccountTokenCreator", "principal://" + pool + "/subject/7c1d"), "accept");
    row("case", policy(user, "principal://" + pool + "/subject/7C1D"), "refuse", "case");
    row("another attribute", policy(user, "principalSet://" + pool + "/attribute.env/test"), "refuse");
    row("another pool", policy(user, "principalSet://" + pool + "2/*"), "refuse");
    row("a principal where a set belongs", policy(user, "principal://" + pool + "/attribute.env/prod"), "refuse");
    row("a role that lacks it", policy("roles/iam.serviceAccountUser", "principal://" + pool + "/subject/7c1d"), "refuse");
    row("a role of one's own", policy("projects/x/roles/own", "principal://" + pool + "/subject/7c1d"), "notEvaluated");
    row("a condition on the binding", policy(user, "principal://" + pool + "/subject/7c1d", R"x(,"condition":{"expression":"request.time < timestamp('2027-01-01T00:00:00Z')"})x"), "notEvaluated");
    row("nobody", R"({"bindings":[]})", "refuse");
}

void TestGoogleAccess::members()
{
    QFETCH(QByteArray, policy);
    QFETCH(QString, decision);
    QFETCH(QString, near);
    const setup::Setup setup = changed(u"/settings/serviceAccountPolicy", policy);
    const json::Document body = json::Document::read(R"({"scope":["x"]})");
    const auto out = trust::decideGoogleImpersonation(setup, target(setup), target(setup).serviceAccount, bearer(), body.root(), holding(grant()), world::at());
    QCOMPARE(base::decisionName(out.verdict.decision), decision);
    const base::Check* check = world::find(out.verdict, u"impersonation"_s);
    QVERIFY(check);
    QCOMPARE(check->near ? base::nearName(check->near->kind) : QString(), near);
    if (decision == u"refuse") {
        QCOMPARE(out.verdict.refusal->status, 403);
        QCOMPARE(out.verdict.refusal->error, u"PERMISSION_DENIED"_s);
        QVERIFY(check->fix.contains(grant().principal));
    }
}

void TestGoogleAccess::impersonations_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("seconds");
    const QString own = target().serviceAccount;
    const auto row = [&](const char* name, const QByteArray& body, const char* error, int seconds, const QString& account) {
        QTest::newRow(name) << body << account << QString::fromLatin1(error) << seconds;
    };
    // Google Cloud: IAM credentials, generateAccessToken.
    row("an hour when nothing is asked", R"({"scope":["s"]})", "", 3600, own);
    row("half an hour", R"({"scope":["s"],"lifetime":"1800s"})", "", 1800, own);
    row("with a fraction", R"({"scope":["s"],"lifetime":"1800.5s"})", "", 1800, own);
    row("two hours", R"({"scope":["s"],"lifetime":"7200s"})", "INVALID_ARGUMENT", 0, own);
    row("a number", R"({"scope":["s"],"lifetime":1800})", "INVALID_ARGUMENT", 0, own);
    row("no unit", R"({"scope":["s"],"lifetime":"1800"})", "INVALID_ARGUMENT", 0, own);
    row("no scope", R"({"lifetime":"1800s"})", "INVALID_ARGUMENT", 1800, own);
    row("a text as scope", R"({"scope":"s"})", "INVALID_ARGUMENT", 3600, own);
    row("another account", R"({"scope":["s"]})", "PERMISSION_DENIED", 3600, u"nobody@harbour-ai.iam.gserviceaccount.com"_s);
}

void TestGoogleAccess::impersonations()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, account);
    QFETCH(QString, error);
    QFETCH(int, seconds);
    const json::Document document = json::Document::read(body);
    const auto known = holding(trust::googleGrant(target(), exchange(request(good())), world::at()));
    const auto out = trust::decideGoogleImpersonation(sample(), target(), account, bearer(), document.root(), known, world::at());
    QVERIFY2((out.verdict.decision == base::Decision::Accept) == error.isEmpty(), world::described(out.verdict));
    QCOMPARE(out.verdict.refusal ? out.verdict.refusal->error : QString(), error);
    QCOMPARE(int(out.lifetime.count()), seconds);
    QCOMPARE(trust::googleAccountIn("/v1/projects/-/serviceAccounts/a%40b:generateAccessToken"), u"a@b"_s);
    QCOMPARE(trust::googleAccountIn("/v1/projects/-/serviceAccounts/a@b:generateIdToken"), QString());
}

void TestGoogleAccess::calls_data()
{
    QTest::addColumn<trust::OpaqueGrant>("grant");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const trust::OpaqueGrant& grant, const char* token, int status) {
        QTest::newRow(name) << grant << QByteArray(token) << status;
    };
    const trust::OpaqueGrant account = grant(u"serviceAccount:claims-desk@harbour-ai.iam.gserviceaccount.com"_s);
    row("the account", account, "Bearer the-token", 200);
    row("in lower case", account, "bearer the-token", 200);
    row("a stranger", grant(), "Bearer the-token", 403);
    row("another token", account, "Bearer other", 401);
    row("no token", account, "", 401);
    trust::OpaqueGrant ended = account, narrow = account, elsewhere = account;
    ended.expires = world::at(-1);
    narrow.scope = u"https://www.googleapis.com/auth/devstorage.read_only"_s;
    elsewhere.target = u"another"_s;
    row("ended", ended, "Bearer the-token", 401);
    row("another scope", narrow, "Bearer the-token", 403);
    row("of another cloud", elsewhere, "Bearer the-token", 401);
}

void TestGoogleAccess::calls()
{
    QFETCH(trust::OpaqueGrant, grant);
    QFETCH(QByteArray, token);
    QFETCH(int, status);
    http::Headers headers;
    if (!token.isEmpty())
        headers.append(http::Header {"Authorization", token});
    const base::Verdict verdict = trust::decideGoogleCall(sample(), target(), headers, holding(grant), world::at());
    QVERIFY2((verdict.decision == base::Decision::Accept) == (status == 200), world::described(verdict));
    if (status != 200)
        QCOMPARE(verdict.refusal->status, status);
    // A prediction does not know whom a token stands for.
    trust::Knowledge little = knowing();
    little.opaque = {};
    const auto open = trust::decideGoogleCall(sample(), target(), bearer(), little, world::at());
    QCOMPARE(open.decision, base::Decision::NotEvaluated);
}

QTEST_GUILESS_MAIN(TestGoogleAccess)
#include "tst_googleaccess.moc"
