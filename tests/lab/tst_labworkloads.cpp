// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/setup/file.h"
#include "core/setup/workloadkeys.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

/// The endpoints of outside platforms and of the Azure Arc agent, each in its platform's own form.
class TestLabWorkloads : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void github();
    void githubByIds();
    void kubernetes();
    void google();
    void spiffe();
    void otherIssuers();
    void metadataNamesTheKeys();
    void arcNamesAFileAndWantsItsContent();
    void certificatesAreHandedToTheWalker();

private:
    const setup::Issuer& issuer(const QString& name) { return *m_lab.lab().played().issuer(name); }
    QByteArray secret(const setup::SecretKey& key);
    QByteArray bearer(const QString& name)
    {
        return "Bearer " + secret(setup::requestTokenKey(m_lab.lab().played(), issuer(name)));
    }
    LabFixture m_lab {};
    setup::MemorySecrets m_secrets {};
};

namespace {

constexpr auto asked = "?audience=api%3A%2F%2FAzureADTokenExchange";

} // namespace

void TestLabWorkloads::initTestCase()
{
    QVERIFY2(m_lab.play(*setup::sample(u"workload-federation"_s)), qPrintable(m_lab.problem));
    m_lab.lab().fillSecrets(m_secrets);
}

QByteArray TestLabWorkloads::secret(const setup::SecretKey& key)
{
    QByteArray out;
    m_secrets.read(key, this, [&](base::Result<base::Secret> read) {
        if (read)
            out = read->reveal().toByteArray();
    });
    QCoreApplication::sendPostedEvents();
    return out;
}

/// GitHub: "OpenID Connect reference"; downstream.md 7
void TestLabWorkloads::github()
{
    const QString url = issuer(u"github"_s).endpoint + QLatin1StringView(asked);
    QCOMPARE(m_lab.get(url).status, 401);
    QCOMPARE(m_lab.get(url, {{"Authorization", "Bearer something"}}).status, 401);
    const auto reply = m_lab.get(url, {{"Authorization", bearer(u"github"_s)}});
    QCOMPARE(reply.status, 200);
    const QJsonObject claims = claimsOf(member(reply, "value"));
    QCOMPARE(claims[u"iss"_s].toString(), issuer(u"github"_s).issuer);
    QCOMPARE(claims[u"sub"_s].toString(), u"repo:harbour/claims-batch:ref:refs/heads/main"_s);
    QCOMPARE(claims[u"aud"_s].toString(), u"api://AzureADTokenExchange"_s);
    QCOMPARE(claims[u"repository"_s].toString(), u"harbour/claims-batch"_s);
    for (const char* name : {"repository_id", "repository_owner_id", "job_workflow_ref", "workflow_ref", "run_id", "jti"})
        QVERIFY2(claims.contains(QLatin1StringView(name)), name);
    // Nobody asked for an audience: the platform writes the owner's URL.
    const auto unasked = m_lab.get(issuer(u"github"_s).endpoint, {{"Authorization", bearer(u"github"_s)}});
    QCOMPARE(claimsOf(member(unasked, "value"))[u"aud"_s].toString(), u"https://github.com/harbour"_s);
}

void TestLabWorkloads::githubByIds()
{
    const auto reply = m_lab.get(issuer(u"actions-by-ids"_s).endpoint + QLatin1StringView(asked), {{"Authorization", bearer(u"actions-by-ids"_s)}});
    const QJsonObject claims = claimsOf(member(reply, "value"));
    QCOMPARE(claims[u"sub"_s].toString(), u"repo:harbour@81240077/claims-archive@744120931:environment:production"_s);
    QCOMPARE(claims[u"repository"_s].toString(), u"harbour/claims-archive"_s);
}

/// Kubernetes: TokenRequest v1
void TestLabWorkloads::kubernetes()
{
    const QString url = issuer(u"kubernetes"_s).endpoint + u"/api/v1/namespaces/claims/serviceaccounts/batch/token"_s;
    const QByteArray body = R"({"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"audiences": ["api://AzureADTokenExchange"]}})";
    QCOMPARE(m_lab.postJson(url, body).status, 401);
    const auto reply = m_lab.postJson(url, body, {{"Authorization", bearer(u"kubernetes"_s)}});
    QCOMPARE(reply.status, 201);
    const QJsonObject answer = jsonOf(reply);
    QCOMPARE(answer[u"kind"_s].toString(), u"TokenRequest"_s);
    const QJsonObject claims = claimsOf(answer[u"status"_s][u"token"_s].toString().toUtf8());
    QVERIFY(claims[u"iss"_s].toString().endsWith(u'/'));
    QCOMPARE(claims[u"aud"_s].toArray(), QJsonArray {u"api://AzureADTokenExchange"_s});
    QCOMPARE(claims[u"kubernetes.io"_s][u"namespace"_s].toString(), u"claims"_s);
    QCOMPARE(claims[u"kubernetes.io"_s][u"serviceaccount"_s][u"name"_s].toString(), u"batch"_s);
}

/// Google: "Verify the identity of a VM instance"
void TestLabWorkloads::google()
{
    const QString url = issuer(u"google"_s).endpoint + u"/computeMetadata/v1/instance/service-accounts/default/identity"_s;
    QCOMPARE(m_lab.get(url + QLatin1StringView(asked)).status, 403);
    QCOMPARE(m_lab.get(url, {{"Metadata-Flavor", "Google"}}).status, 400);
    const auto reply = m_lab.get(url + QLatin1StringView(asked), {{"Metadata-Flavor", "Google"}});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.headers.value("Metadata-Flavor"), "Google");
    QVERIFY(reply.headers.value("Content-Type").startsWith("text/plain"));
    const QJsonObject claims = claimsOf(reply.body);
    QCOMPARE(claims[u"azp"_s], claims[u"sub"_s]);
    QVERIFY(claims[u"google"_s].toObject().contains(u"compute_engine"_s));
}

/// SPIFFE: JWT-SVID 3: sub, aud and exp are all that is promised
void TestLabWorkloads::spiffe()
{
    QCOMPARE(m_lab.get(issuer(u"spiffe"_s).endpoint).status, 400);
    const auto reply = m_lab.get(issuer(u"spiffe"_s).endpoint + QLatin1StringView(asked));
    const QJsonObject claims = claimsOf(reply.body);
    QCOMPARE(claims[u"sub"_s].toString(), u"spiffe://harbour.example/claims/batch"_s);
    QCOMPARE(claims.keys(), (QStringList {u"aud"_s, u"exp"_s, u"iat"_s, u"iss"_s, u"sub"_s}));
}

void TestLabWorkloads::otherIssuers()
{
    for (const QString& name : {u"terraform"_s, u"build-farm"_s}) {
        const auto reply = m_lab.get(issuer(name).issuer + u"/token"_s + QLatin1StringView(asked));
        QCOMPARE(claimsOf(reply.body)[u"sub"_s].toString(), issuer(name).subject);
    }
}

/// OpenID Connect Discovery 4.3: the document names the issuer exactly, and its keys verify the token.
void TestLabWorkloads::metadataNamesTheKeys()
{
    const auto document = jsonOf(m_lab.get(issuer(u"kubernetes"_s).issuer + u".well-known/openid-configuration"_s));
    QCOMPARE(document[u"issuer"_s].toString(), issuer(u"kubernetes"_s).issuer);
    const auto keys = jose::readKeys(m_lab.get(document[u"jwks_uri"_s].toString()).body);
    QVERIFY(keys);
    QVERIFY(!keys->keys.isEmpty());
}

/// entra.md 5.3
void TestLabWorkloads::arcNamesAFileAndWantsItsContent()
{
    const QString url = m_lab.lab().played().managedIdentity(u"arc-server"_s)->endpoint
        + u"/metadata/identity/oauth2/token?api-version=2020-06-01&resource=api%3A%2F%2FAzureADTokenExchange"_s;
    QCOMPARE(m_lab.get(url).status, 400); // no header Metadata
    const http::Headers header {{"Metadata", "true"}};
    const auto challenge = m_lab.get(url, header);
    QCOMPARE(challenge.status, 401);
    const QByteArray realm = challenge.headers.value("WWW-Authenticate");
    QVERIFY(realm.startsWith("Basic realm="));
    QFile file(QString::fromUtf8(realm.sliced(12)));
    QVERIFY(file.fileName().endsWith(u".key"));
    QCOMPARE(QFileInfo(file).path(), m_lab.lab().keyFolder());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(int(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)), 0);
    QCOMPARE(m_lab.get(url, {{"Metadata", "true"}, {"Authorization", "Basic guessed"}}).status, 401);
    const auto reply = m_lab.get(url, {{"Metadata", "true"}, {"Authorization", QByteArray("Basic " + file.readAll())}});
    QCOMPARE(reply.status, 200);
    QCOMPARE(claimsOf(member(reply, "access_token"))[u"oid"_s].toString(), m_lab.lab().played().managedIdentity(u"arc-server"_s)->objectId);
}

void TestLabWorkloads::certificatesAreHandedToTheWalker()
{
    const setup::Setup& played = m_lab.lab().played();
    for (const setup::App& app : played.apps) {
        const setup::Credential* certificate = app.credential(setup::CredentialType::Certificate);
        if (!certificate)
            continue;
        const auto key = jose::Key::fromPem(secret(setup::secretKey(played, app, *certificate)));
        QVERIFY(key);
        QCOMPARE(key->thumbprint(), jose::Key::fromPem(certificate->certificate.toLatin1())->thumbprint());
    }
}

QTEST_GUILESS_MAIN(TestLabWorkloads)
#include "tst_labworkloads.moc"
