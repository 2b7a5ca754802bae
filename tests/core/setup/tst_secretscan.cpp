// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/file.h"
#include "core/setup/secretshape.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

/// Secrets in a document are found wherever they stand and called by their kind; public ids and keys are left
/// alone. All secrets here are made up, and put together at run time so that no scanner mistakes this file
/// for a leak.
class TestSecretScan : public QObject
{
    Q_OBJECT

    setup::Setup m_setup;

    QList<setup::SecretSighting> at(QStringView pointer, const QByteArray& json) const
    {
        const auto document = m_setup.document.with(pointer, json);
        return setup::findSecrets(setup::parseSetup(document->source()).value_or(setup::Setup{}));
    }

    /// A key set as Google keeps it: JSON in a text.
    static QString keyText(bool secret)
    {
        return secret ? u"{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"f83O\", \"y\": \"x_FE\", \"d\": \"jpsQ\"}]}"_s
                      : u"{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"f83O\", \"y\": \"x_FE\"}]}"_s;
    }

private slots:
    void initTestCase()
    {
        QFile file(QStringLiteral(TESTS_DIR "/data/setups/full.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_setup = *setup::parseSetup(file.readAll());
    }

    void shapes_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("what");
        const QString random = u"aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6kM9oR2uX5"_s;
        const auto row = [](const char* name, const QString& value, QStringView what) {
            QTest::newRow(name) << value << what.toString();
        };
        row("Entra client secret", u"q7R8Q~"_s + random.left(34), u"an Entra client secret");
        row("Entra client secret in a sentence", u"the secret is q7R8Q~"_s + random.left(34) + u", keep it"_s,
            u"an Entra client secret");
        row("PEM private key", u"-----BEGIN "_s + u"PRIVATE KEY-----\nMIIE"_s, u"a private key");
        row("PEM RSA key", u"-----BEGIN "_s + u"RSA PRIVATE KEY-----"_s, u"a private key");
        row("bare PKCS#8", u"MIIEvQIBADAN"_s + u"BgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7"_s,
            u"a private key");
        row("JWT", u"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0."_s + random, u"a JWT");
        row("JWT in a header", u"Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0."_s + random, u"a JWT");
        row("Anthropic key", u"sk-ant-"_s + u"api03-"_s + random, u"an Anthropic API key");
        row("Anthropic token", u"sk-ant-"_s + u"oat01-"_s + random, u"an Anthropic access token");
        row("OpenAI key", u"sk-"_s + u"proj-"_s + random, u"an OpenAI API key");
        row("AWS key id", u"AKIA"_s + u"IOSFODNN7EXAMPLE"_s, u"an AWS access key");
        row("GitHub token", u"ghp_"_s + random.left(36), u"a GitHub token");
        row("GitLab token", u"glpat-"_s + random.left(20), u"a GitLab token");
        row("Slack token", u"xoxb-"_s + u"123456789012-abcdef"_s, u"a Slack token");
        row("Google key", u"AIza"_s + random.left(35), u"a Google API key");
        row("connection string",
            u"DefaultEndpointsProtocol=https;AccountName=x;AccountKey="_s + random + u"=="_s,
            u"an Azure access key");
        row("SAS", u"https://x.example/c?sv=2024&sig="_s + random + u"%3D"_s, u"a shared access signature");
        row("password in a URL", u"https://user:hunter2@x.example/"_s, u"a password in a URL");
        row("Basic", u"Basic dXNlcjpodW50ZXIyaHVudGVyMg=="_s, u"an Authorization header");
    }
    void shapes()
    {
        QFETCH(QString, value);
        QFETCH(QString, what);
        QCOMPARE(setup::secretShape(value), what);
        // In a place nobody has heard of, in a vendor's object, and where a public id belongs.
        for (const QString& pointer : {u"/x"_s, u"/targets/1/rule/note"_s,
                 u"/apps/0/credentials/0/secretId"_s, u"/users/0/displayName"_s}) {
            const auto found = at(pointer, json::quoted(value));
            QCOMPARE(found.size(), 1);
            QCOMPARE(found[0].pointer, pointer);
            QCOMPARE(found[0].looksLike, what);
        }
    }

    void saysWhereAndNeverWhat()
    {
        const QString secret = u"q7R8Q~"_s + u"aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3h"_s;
        const auto found = at(u"/apps/0/displayName", json::quoted(secret));
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0].line, 30);
        QVERIFY(!QString(found[0].pointer + found[0].looksLike).contains(u"Q~"));
    }

    void publicValuesAreLeftAlone_data()
    {
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const QString& value) { QTest::newRow(name) << value; };
        row("GUID", u"3F1c9a54-8d27-4e60-B1f9-6c2a7d90e815"_s);
        row("certificate",
            u"-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYD\n-----END CERTIFICATE-----\n"_s);
        row("certificate without frame",
            u"MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJRTESMBAGA1UEChMJQmFsdGltb3JlMRMwEQYDVQQLEwpDeWJlclRydXN0"_s);
        row("public key", u"-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----"_s);
        row("ARM id",
            u"/subscriptions/0c4b7d1e-93a2-4f65-8b1d-5e2a9f7c3064/resourceGroups/RG7a/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Mi1"_s);
        row("exchange subject",
            u"/eid1/c/pub/t/VJocPyeNYE6x-WwqfZDoFQ/a/yNLgtUcfk0qMbQ6fOnscUg/a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae"_s);
        row("rule id", u"fdrl_01ZyXwVuTsRqPnMkJhGfEdCb"_s);
        row("account id", u"svac_01MnBvCxZaSdFgHjKlPoIuYt"_s);
        row("workspace id", u"wrkspc_01HbClaimsDeskWorkspace7Q"_s);
        row("URL", u"https://login.microsoftonline.com/3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815/v2.0"_s);
        row("URL with a user", u"https://user@x.example/"_s);
        row("URL with a port", u"https://x.example:8443/a@b"_s);
        row("App ID URI", u"api://AzureADTokenExchange"_s);
        row("GitHub subject", u"repo:Org123@456/Repo7@890:ref:refs/heads/Main"_s);
        row("Kubernetes subject", u"system:serviceaccount:ns1:Sa2"_s);
        row("expression", u"claims['sub'] matches 'repo:org/*'"_s);
        row("host", u"vm-Prod01.WestEurope.cloudapp.azure.com"_s);
        row("camel case", u"ContosoClaimsDeskRegistration2026Prod"_s);
        row("kebab", u"contoso-claims-desk-registration-2026"_s);
        row("ARN", u"arn:aws:iam::123456789012:role/Lab-Agent7"_s);
        row("GCP provider",
            u"projects/100200300400/locations/global/workloadIdentityPools/Toys1/providers/gitlab"_s);
        row("hex", u"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"_s);
        row("scope", u"https://graph.microsoft.com/User.Read"_s);
        row("model", u"claude-sonnet-5-5"_s);
    }
    void publicValuesAreLeftAlone()
    {
        QFETCH(QString, value);
        QCOMPARE(setup::secretShape(value), QString());
        QVERIFY(!setup::looksRandom(value));
        QCOMPARE(at(u"/x", json::quoted(value)).size(), 0);
    }

    void namesGiveThemAway_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<int>("found");
        for (const char* name : {"clientSecret", "client_secret", "Client-Secret", "secretText", "password",
                 "api_key", "APIKEY", "privateKey", "access_token"})
            QTest::newRow(name) << QByteArray(json::quoted(QString::fromLatin1(name)) + ": \"hunter2\"") << 1;
        QTest::newRow("number") << R"("password": 123456)"_ba << 1;
        for (const char* name : {"secretId", "tokenLifetime", "passwordHint", "keyId", "tokens"})
            QTest::newRow(name) << QByteArray(json::quoted(QString::fromLatin1(name)) + ": \"hunter2\"") << 0;
        QTest::newRow("empty") << R"("password": "")"_ba << 0;
        QTest::newRow("null") << R"("password": null)"_ba << 0;
        QTest::newRow("a secret's value") << R"("type": "secret", "value": "hunter2")"_ba << 1;
        QTest::newRow("another value") << R"("type": "expression", "value": "hunter2")"_ba << 0;
        QTest::newRow("long random text") << R"("note": "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF")"_ba << 1;
        QTest::newRow("long random text in a list")
            << R"("notes": ["x", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF"])"_ba << 1;
        QTest::newRow("random client id") << R"("clientId": "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF")"_ba << 0;
        QTest::newRow("public JWK")
            << R"("keys": [{"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", "kid": "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF"}])"_ba
            << 0;
        QTest::newRow("private JWK")
            << R"("keys": [{"kty": "EC", "crv": "P-256", "x": "f83O", "y": "x_FE", "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}])"_ba
            << 1;
        QTest::newRow("private JWK without d")
            << R"("keys": [{"kty": "RSA", "n": "f83O", "e": "AQAB", "p": "jpsQ"}])"_ba << 1;
        QTest::newRow("public keys as text") << QByteArray("\"jwksJson\": " + json::quoted(keyText(false))) << 0;
        QTest::newRow("a private key as text") << QByteArray("\"jwksJson\": " + json::quoted(keyText(true))) << 1;
        QTest::newRow("symmetric JWK") << R"("keys": [{"kty": "oct", "k": "hunter2"}])"_ba << 1;
    }
    void namesGiveThemAway()
    {
        QFETCH(QByteArray, member);
        QFETCH(int, found);
        QCOMPARE(at(u"/x", "{ "_ba + member + " }"_ba).size(), found);
    }

    void theFullDocumentIsClean() { QCOMPARE(setup::findSecrets(m_setup).size(), 0); }

    void everySecretIsListed()
    {
        const auto found = at(u"/x", R"({"password": "a", "b": [{"apiKey": "c"}, {"d": {"token": "e"}}]})");
        QStringList pointers;
        for (const setup::SecretSighting& sighting : found)
            pointers += sighting.pointer;
        QCOMPARE(pointers, QStringList({u"/x/password"_s, u"/x/b/0/apiKey"_s, u"/x/b/1/d/token"_s}));
    }
};

QTEST_GUILESS_MAIN(TestSecretScan)
#include "tst_secretscan.moc"
