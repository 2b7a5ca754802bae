// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "redacting.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace redacting;
using http::Sensitivity;

namespace {

QByteArray everything(const http::Exchange& e)
{
    QByteArray all = e.request.url + '\n' + e.request.body + '\n';
    for (const http::Header& h : e.request.headers)
        all += h.name + ": " + h.value + '\n';
    if (e.response) {
        all += e.response->body + '\n';
        for (const http::Header& h : e.response->headers)
            all += h.name + ": " + h.value + '\n';
    }
    return e.failure ? QByteArray(all + e.failure->text.toUtf8()) : all;
}

} // namespace

/// Checklist S08, S09: what is hidden, what stays, and that the rest is untouched.
class RedactTest : public QObject
{
    Q_OBJECT

private slots:
    void names_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, Sensitivity kind) {
            QTest::newRow(name) << QByteArray(name) << int(kind);
        };
        for (const char* n : {"access_token", "id_token", "refresh_token", "subject_token", "actor_token",
                 "assertion", "client_assertion", "logout_token", "id_token_hint", "accessToken", "ID-TOKEN",
                 "WebIdentityToken", "SessionToken", "token"})
            row(n, Sensitivity::Token);
        for (const char* n : {"client_secret", "clientSecret", "Client-Secret", "secret", "password", "code",
                 "code_verifier", "device_code", "Authorization", "Proxy-Authorization", "Cookie",
                 "Set-Cookie", "X-IDENTITY-HEADER", "x-api-key", "apikey", "SAMLResponse", "SecretAccessKey",
                 "private_key", "Ocp-Apim-Subscription-Key", "sig", "X-Amz-Signature"})
            row(n, Sensitivity::Secret);
        for (const char* n : {"", "client_id", "scope", "state", "nonce", "token_type", "token_endpoint",
                 "subject_token_type", "requested_token_type", "client_assertion_type", "grant_type",
                 "code_challenge", "code_challenge_method", "expires_in", "error_codes", "redirect_uri",
                 "authorization_endpoint", "WWW-Authenticate", "kid", "Metadata", "fmi_path", "username"})
            row(n, Sensitivity::Open);
    }
    void names()
    {
        QFETCH(QByteArray, name);
        QFETCH(int, kind);
        QCOMPARE(int(http::sensitivity(name)), kind);
    }

    void marksTellEqualFromDifferent() // S09
    {
        const QString one = http::redactionMark(secret);
        QVERIFY2(QRegularExpression(u"^\\[hidden, 36 characters, [0-9a-f]{8}\\]$"_s).match(one).hasMatch(),
            qPrintable(one));
        QCOMPARE(http::redactionMark(secret), one);
        QVERIFY(http::redactionMark(QByteArray(secret + "x")) != one);
    }

    void looks_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("is");
        const auto row
            = [](const char* what, const QByteArray& value, bool is) { QTest::newRow(what) << value << is; };
        row("JWT", jwt, true);
        row("unsigned JWT", jwtHead, true);
        row("Bearer JWT", "Bearer " + jwt, true);
        row("Anthropic key", "sk-ant-api03-abcDEF123_456-789", true);
        row("AWS key id", "AKIAIOSFODNN7EXAMPLE", true);
        row("AWS session key id", "ASIAIOSFODNN7EXAMPLE", true);
        row("GitHub", "ghp_0123456789abcdefghijABCDEFGHIJ456789", true);
        row("Entra client secret", "aB18Q~0123456789abcdefghijklmnopqrstuvwx", true);
        row("private key", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n", true);
        row("RSA private key, cut", "-----BEGIN RSA PRIVATE KEY-----\nMIIE", true);
        row("random", "Zx81kPq0LmN4vB7tR2yW9cD3fG6hJ5sA", true);
        row("empty", "", false);
        row("word", "production", false);
        row("GUID", "fb60f99c-7a34-4190-8149-302f77469936", false);
        row("URL", "https://login.microsoftonline.com/6a2f0c1e-1111-4222-8333-0123456789ab/v2.0", false);
        row("App ID URI", "api://6a2f0c1e-1111-4222-8333-0123456789ab/access_agent", false);
        row("resource id",
            "/subscriptions/6a2f0c1e-1111-4222-8333-0123456789ab/resourceGroups/Main/providers/"
            "Microsoft.ManagedIdentity/userAssignedIdentities/uami1",
            false);
        row("ARN", "arn:aws:iam::123456789012:role/lab-agent", false);
        row("words run together", "federatedIdentityCredentialForTheProductionAgent2024", false);
        row("subject", "repo:lab/demo:ref:refs/heads/main", false);
        row("sentence", "This is a sentence with MANY words and 12 numbers in it.", false);
        row("public key", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n", false);
        row("fingerprint", "9c41e07ab2d8f6539c41e07ab2d8f6539c41e07a", false);
    }
    void looks()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, is);
        QCOMPARE(http::looksSecret(value), is);
    }

    void setCookies_data() // RFC 6265; several in one value, as recorders and proxies write them
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArrayList>("hidden");
        QTest::newRow("one") << "sid=abc; Path=/; HttpOnly"_ba << QByteArrayList {"abc"};
        QTest::newRow("a date has a comma") << "sid=abc; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Path=/"_ba << QByteArrayList {"abc"};
        QTest::newRow("line break") << "a=123\nsid=abc; Path=/"_ba << QByteArrayList {"123", "abc"};
        QTest::newRow("comma") << "a=123; Path=/, sid=abc; Path=/x"_ba << QByteArrayList {"123", "abc"};
        QTest::newRow("comma behind a date") << "a=123; Expires=Thu, 01 Jan 2026 00:00:00 GMT, sid=abc"_ba << QByteArrayList {"123", "abc"};
        QTest::newRow("no name") << "abc"_ba << QByteArrayList {"abc"};
    }
    void setCookies()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArrayList, hidden);
        http::Exchange e;
        e.response = http::Response {.status = 200, .headers = {{"Set-Cookie", value}}};
        QByteArray expected = value;
        for (const QByteArray& each : hidden)
            expected.replace(each, mark(each));
        QCOMPARE(http::redacted(e).response->headers.front().value, expected);
    }

    void text_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const auto row = [](const char* what, const QByteArray& before, const QByteArray& after) {
            QTest::newRow(what) << QString::fromUtf8(before) << QString::fromUtf8(after);
        };
        const auto same = [&row](const char* what, const QByteArray& text) { row(what, text, text); };
        const QByteArray m = mark(secret);
        row("address", "GET https://h/cb?code=" + secret + "&x=1#id_token=" + jwt,
            "GET https://h/cb?code=" + m + "&x=1#id_token=" + mark(jwt));
        row("query and fragment", "Referer: https://h/cb?code=" + secret + "#access_token=" + secret, "Referer: https://h/cb?code=" + m + "#access_token=" + m);
        row("plain word as code", "https://h/cb?code=abc", "https://h/cb?code=" + mark("abc"));
        row("token in words", "the token \"" + jwt + "\" é", "the token \"" + mark(jwt) + "\" é");
        row("header line", "Authorization: Bearer " + secret, "Authorization: Bearer " + m);
        row("basic", "Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic " + mark("dXNlcjpwYXNz"));
        row("cookies", "Cookie: a=" + secret + "; b=2", "Cookie: " + mark("a=" + secret + "; b=2"));
        row("name and value", "client_secret=" + secret + ", x-api-key: " + secret,
            "client_secret=" + m + ", x-api-key: " + m);
        row("password in an address", "https://me:" + secret + "@h/", "https://me:" + m + "@h/");
        row("token in an address", "https://" + secret + "@h/x", "https://" + m + "@h/x");
        row("token as a name", "https://" + secret + ":x-oauth-basic@h/x", "https://" + m + ":" + mark("x-oauth-basic") + "@h/x");
        row("Entra secret", "secret aB18Q~0123456789abcdefghijklmnopqrstuvwx.",
            "secret " + mark("aB18Q~0123456789abcdefghijklmnopqrstuvwx") + ".");
        row("quoted", "{'password': '" + secret + "'}", "{'password': '" + m + "'}");
        row("a pair behind a colon", "AADSTS50126: password=" + secret + " is wrong", "AADSTS50126: password=" + m + " is wrong");
        row("a variable of a shell", "$env:CLIENT_SECRET = \"" + secret + "\"", "$env:CLIENT_SECRET = \"" + m + "\"");
        row("an option", "az login --client-secret " + secret + " --tenant t", "az login --client-secret " + m + " --tenant t");
        row("an option that looks like a code", "--password hunter2222 x", "--password " + mark("hunter2222") + " x");
        row("a name and a blank", "client_secret plainsecretvalue12345 is invalid", "client_secret " + mark("plainsecretvalue12345") + " is invalid");
        row("two words and a blank", "The refresh token 1.AXplainvalue12345 was used", "The refresh token " + mark("1.AXplainvalue12345") + " was used");
        const QByteArray spaced = QByteArray(jwt).replace(".", " . ");
        row("blanks around the dots", "token: '" + spaced + "'", "token: '" + mark(spaced) + "'");
        const QByteArray refresh = "0.AXkAZGVtbzEyMzQ1Njc4.AgABAwEAAADW6jl31mB3T7ugrWTT8pFe";
        row("an Entra refresh token", "The refresh token " + refresh + " was revoked", "The refresh token " + mark(refresh) + " was revoked");
        for (const QByteArray& each : QByteArrayList {"sk-proj-" + QByteArray("aB3dE5").repeated(8), "sk_live_" + QByteArray("aB3dE5").repeated(4), "npm_" + QByteArray("aB3dE5").repeated(6),
                 "glpat-" + QByteArray("aB3d_").repeated(4), "GOCSPX-" + QByteArray("aB3d-").repeated(5), "1//0g" + QByteArray("aB3d_").repeated(5), "hvs." + QByteArray("aB3d").repeated(6),
                 "FwoG" + QByteArray("aB3/").repeated(30), "ST-" + QByteArray("aB3").repeated(10), "xoxe-" + QByteArray("1aB").repeated(5), "ya29." + QByteArray("aB3d").repeated(6)})
            row(each.left(6).constData(), "got " + each + " here", "got " + mark(each) + " here");
        row("a hook", "https://hooks.slack.com/services/T0000/B0000/" + QByteArray("aB3").repeated(8), "https://hooks.slack.com/services/T0000/B0000/" + mark(QByteArray("aB3").repeated(8)));
        same("subjects hold such words", "subject 'repo:octo/token:ref:refs/heads/main' and 'organization:o:project:secret:workspace:w' and system:serviceaccount:token:x");
        same("names of secrets", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf urn:ietf:params:oauth:token-type:saml2");
        same("a page about an error", "See https://login.microsoftonline.com/error?code=700213");
        same("ids behind such names", "client_secret fb60f99c-7a34-4190-8149-302f77469936 --client-secret fb60f99c-7a34-4190-8149-302f77469936 "
             "subject_token urn:ietf:params:oauth:saml2 client_secret AADSTS7000215: access_token 2026-11-25T12:00:00Z");
        same("options without a value", "--client-secret $SECRET --token --password ${P} id_token and access_token were both expected here");
        same("a claim that begins like a refresh token", "rh 0.AVYAd_ghpUJKo0OuYMfOXLHRwe0fUPRVU7NBpBHZJrAuMGxWAFQ.");
        same("names that begin like tokens", "sk-some-name-that-is-made-of-words-only ST-ANDREWS npm_config_registry 1//2 glob-patterns");
        same("limits", "max_tokens: 4096, total_tokens=12");
        same("prose",
            "AADSTS7000215: Invalid client secret provided. Code: 7000215, token: expired. See "
            "https://aka.ms/x?id=1");
        same("challenge",
            "Bearer authorization=\"https://login.test/tenant\", resource_metadata=\"https://h\", "
            "error=\"invalid_token\"");
        same("identifiers", "client_id=fb60f99c-7a34-4190-8149-302f77469936 kid=abc state=xyz");
        same("a repository", "ssh://git@github.com/o/r.git https://h/a@b mailto:x@y");
        same("umlauts", "Größe: 12 – code: 50011");
    }
    void text()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QCOMPARE(http::redactedText(before), after);
    }

    void headers()
    {
        http::Exchange e;
        e.request.url = "https://h/";
        e.request.headers = {{"Authorization", "Bearer " + jwt}, {"authorization", "Basic " + secret},
            {"Authorization", secret}, {"Cookie", "a=" + secret + "; b=" + secret},
            {"X-IDENTITY-HEADER", secret}, {"Accept", "a"}};
        e.response = http::Response{.status = 302,
            .headers = {{"Set-Cookie", "sid=" + secret + "; Path=/; HttpOnly"},
                {"Location", "https://h/cb?code=abc&state=1"}}};
        const http::Exchange r = http::redacted(e);
        QCOMPARE(r.request.headers,
            (http::Headers{{"Authorization", "Bearer " + jwtHead + mark(jwtSignature)},
                {"authorization", "Basic " + mark(secret)}, {"Authorization", mark(secret)},
                {"Cookie", "a=" + mark(secret) + "; b=" + mark(secret)}, {"X-IDENTITY-HEADER", mark(secret)},
                {"Accept", "a"}}));
        QCOMPARE(r.response->headers,
            (http::Headers{{"Set-Cookie", "sid=" + mark(secret) + "; Path=/; HttpOnly"},
                {"Location", "https://h/cb?code=" + mark("abc") + "&state=1"}}));
        QCOMPARE(http::redacted(r), r);
    }

    void signedAwsRequestsKeepTheirScope()
    {
        http::Exchange e;
        e.request.headers = {{"Authorization",
            "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, "
            "Signature=abcdef"}};
        QCOMPARE(http::redacted(e).request.headers.front().value,
            QByteArray("AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/sts/aws4_request, "
                       "SignedHeaders=host, Signature="
                + mark("abcdef")));
    }

    // S08: fifteen planted values in one exchange, none in what is shown.
    void noCanarySurvives_data()
    {
        QTest::addColumn<bool>("keepClaims");
        QTest::newRow("claims kept") << true;
        QTest::newRow("claims gone") << false;
    }
    void noCanarySurvives() // S08
    {
        QFETCH(bool, keepClaims);
        const auto canary = [](int i) { return QByteArray("CANARY" + QByteArray::number(i) + "x7f3"); };
        http::Exchange e;
        e.request = {"POST", "https://h.test/a?code=" + canary(1) + "&x=1#access_token=" + canary(2),
            {{"Authorization", "Bearer " + canary(3)}, {"Cookie", "sid=" + canary(4)},
                {"X-Api-Key", canary(5)}, {"Content-Type", "application/x-www-form-urlencoded"},
                {"Referer", "https://h/?id_token=" + canary(6)}},
            "client_secret=" + canary(7) + "&code_verifier=" + canary(8) + "&client_assertion=" + canary(9)
                + "&assertion=" + canary(10) + "&refresh_token=" + canary(11) + "&password=" + canary(12)};
        e.response = http::Response{.status = 200,
            .headers = {{"Set-Cookie", "a=" + canary(13) + "; Path=/"}, {"Content-Type", "application/json"}},
            .body = "{\"access_token\":\"" + jwtHead + canary(14) + "\",\"nested\":{\"refresh_token\":\""
                + canary(15) + "\"}}"};
        e.failure = http::Failure{.text = u"client_secret=CANARY16x7f3"_s};
        const http::Exchange before = e;
        const QByteArray all = everything(http::redacted(e, keepClaims));
        QVERIFY2(!all.contains("CANARY"), all.constData());
        QCOMPARE(all.contains(jwtHead), keepClaims);
        QCOMPARE(e, before);
    }

    void hugeBodiesTakeLinearTime_data()
    {
        QTest::addColumn<QByteArray>("unit");
        QTest::newRow("letters") << "a"_ba;
        QTest::newRow("almost tokens") << "ey"_ba;
        QTest::newRow("dots") << "eyaaaaaaaaaa."_ba;
        QTest::newRow("blanks") << " "_ba;
        QTest::newRow("names") << "a="_ba;
        QTest::newRow("queries") << "?a=b&"_ba;
        QTest::newRow("quotes") << "\""_ba;
        QTest::newRow("tags") << "<input "_ba;
        QTest::newRow("backslashes") << "a\\"_ba;
        QTest::newRow("keys") << "-----BEGIN PRIVATE KEY-----"_ba;
        QTest::newRow("schemes") << "Bearer "_ba;
        QTest::newRow("addresses") << "://a:"_ba;
        QTest::newRow("secret names") << "token="_ba;
        QTest::newRow("options") << "--client-secret "_ba;
        QTest::newRow("names of several words") << "a_b "_ba;
        QTest::newRow("names of two words") << "access token "_ba;
        QTest::newRow("spaced tokens") << "eyaaaaaaaaaa . "_ba;
        QTest::newRow("refresh tokens") << "0.Aaaaaaaaa."_ba;
    }
    void hugeBodiesTakeLinearTime() // F12
    {
        QFETCH(QByteArray, unit);
        const QByteArray body = unit.repeated(1024 * 1024 / unit.size());
        QElapsedTimer timer;
        timer.start();
        for (const char* type : {"text/plain", "text/html", "application/json"})
            http::redactedBody(body, type);
        QVERIFY2(timer.elapsed() < 8000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(RedactTest)
#include "tst_http_redact.moc"
