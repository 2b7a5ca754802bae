// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "redacting.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace redacting;

/// Checklist S08: bodies of every kind lose their secrets and nothing else.
class RedactBodiesTest : public QObject
{
    Q_OBJECT

private slots:
    void vaultValues_data() // Key Vault REST API: SecretBundle, SecretSetParameters; other people's "value" stays
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("hidden");
        QTest::newRow("bundle") << QByteArray(R"({"value":"Winter2026","contentType":"password","id":"https:/)" R"(/kv.vault.azure.net/secrets/db/0123","attributes":{"enabled":true}})") << true;
        QTest::newRow("what is set") << QByteArray(R"({"value":"Winter2026"})") << true;
        QTest::newRow("what is set, with attributes") << QByteArray(R"({"value":"Winter2026","attributes":{"enabled":true},"tags":{"a":"b"}})") << true;
        QTest::newRow("managed, with a predecessor") << QByteArray(R"({"value":"Winter2026","id":"i","managed":true,"kid":"k","previousVersion":"p"})") << true;
        QTest::newRow("a named setting") << QByteArray(R"({"name":"color","value":"Winter2026"})") << false;
        QTest::newRow("a list") << QByteArray(R"({"value":[{"id":"Winter2026"}],"nextLink":null})") << false;
    }
    void vaultValues()
    {
        QFETCH(QByteArray, body);
        QFETCH(bool, hidden);
        const QByteArray shown = json(body);
        QCOMPARE(shown.contains("Winter2026"), !hidden);
        QCOMPARE(shown, hidden ? QByteArray(body).replace("Winter2026", mark("Winter2026")) : body);
    }

    void jsonIsSpliced_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char* what, const QByteArray& before, const QByteArray& after) {
            QTest::newRow(what) << before << after;
        };
        const auto same = [&row](const char* what, const QByteArray& text) { row(what, text, text); };
        const QByteArray m = mark(secret);
        row("everything else byte for byte",
            "{ \"a\" : 1.0e3,\r\n\t\"client_secret\":\"" + secret
                + "\" ,\"b\":[ true,null , \"\\u00e9\"] }  ",
            "{ \"a\" : 1.0e3,\r\n\t\"client_secret\":\"" + m + "\" ,\"b\":[ true,null , \"\\u00e9\"] }  ");
        row("signature of a token", "{\"access_token\":\"" + jwt + "\"}",
            "{\"access_token\":\"" + jwtHead + mark(jwtSignature) + "\"}");
        row("opaque token", "{\"refresh_token\":\"" + secret + "\"}", "{\"refresh_token\":\"" + m + "\"}");
        row("token under any name", "{\"x\":\"" + jwt + "\"}",
            "{\"x\":\"" + jwtHead + mark(jwtSignature) + "\"}");
        row("token in a sentence", "{\"x\":\"got " + jwt + " here\"}",
            "{\"x\":\"got " + jwtHead + mark(jwtSignature) + " here\"}");
        row("twice the same name", "{\"code\":\"" + secret + "\",\"code\":\"" + secret + "\"}",
            "{\"code\":\"" + m + "\",\"code\":\"" + m + "\"}");
        row("deep", "[[{\"a\":{\"password\":\"" + secret + "\"}}]]",
            "[[{\"a\":{\"password\":\"" + m + "\"}}]]");
        row("list of secrets", "{\"tokens\":1,\"secret\":[\"" + secret + "\",\"x\"]}",
            "{\"tokens\":1,\"secret\":[\"" + m + "\",\"" + mark("x") + "\"]}");
        row("objects in a secret", "{\"client_secret\":[\"x\",{\"a\":\"" + secret + "\",\"b\":[\"y\"]}]}",
            "{\"client_secret\":[\"" + mark("x") + "\",{\"a\":\"" + m + "\",\"b\":[\"" + mark("y") + "\"]}]}");
        row("a secret that Graph has made", "{\"secretText\":\"" + secret + "\",\"hint\":\"s3c\"}", "{\"secretText\":\"" + m + "\",\"hint\":\"s3c\"}");
        row("a secret that AWS keeps", "{\"Name\":\"db\",\"SecretString\":\"" + secret + "\"}", "{\"Name\":\"db\",\"SecretString\":\"" + m + "\"}");
        row("lists", "{\"tokens\":[\"" + secret + "\"],\"passwords\":[\"x\"],\"max_tokens\":12}", "{\"tokens\":[\"" + m + "\"],\"passwords\":[\"" + mark("x") + "\"],\"max_tokens\":12}");
        row("a map of secrets", "{\"secrets\":{\"db\":\"" + secret + "\"}}", "{\"secrets\":{\"db\":\"" + m + "\"}}");
        row("name and value", "[{\"name\":\"client_secret\",\"value\":\"" + secret + "\"},{\"Key\":\"DB_PASSWORD\",\"slot\":false,\"Value\":\"x\"}]",
            "[{\"name\":\"client_secret\",\"value\":\"" + m + "\"},{\"Key\":\"DB_PASSWORD\",\"slot\":false,\"Value\":\"" + mark("x") + "\"}]");
        const QByteArray key = "eJs0yvVPLiIKzZQecbiNWDaGbQ2Fi2NUnpS+LKzGf1t+8o8tmQOVn2PT2JPc51J3nIQWKRfsj/GvSmQi02fhjQ==", hex = "5bda6a317873a59e01b29a0a9a4d296e";
        row("keys of an account", "{\"keys\":[{\"keyName\":\"key1\",\"value\":\"" + key + "\",\"permissions\":\"FULL\"}]}", "{\"keys\":[{\"keyName\":\"key1\",\"value\":\"" + mark(key) + "\",\"permissions\":\"FULL\"}]}");
        row("two keys", "{\"key1\":\"" + hex + "\",\"primaryMasterKey\":\"" + key + "\"}", "{\"key1\":\"" + mark(hex) + "\",\"primaryMasterKey\":\"" + mark(key) + "\"}");
        row("key of a client", "{\"client-key-data\":\"" + key + "\",\"client-certificate-data\":\"" + key + "\"}", "{\"client-key-data\":\"" + mark(key) + "\",\"client-certificate-data\":\"" + key + "\"}");
        same("names of keys", "{\"primaryKey\":\"id\",\"encryptionKey\":\"arn:aws:kms:eu-west-1:1:key/1234abcd\",\"signingKey\":\"alias/my-signing-key-2024\",\"accessKey\":{\"id\":\"a\"},\"key1\":\"value1\"}");
        same("ids of keys", "{\"primaryKey\":\"fb60f99c-7a34-4190-8149-302f77469936\",\"signing_key\":\"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1x2y3z\"}");
        same("ids and hashes", "{\"id\":\"fdrl_01HbXq2Zk9\",\"etag\":\"" + key + "\",\"x5t#S256\":\"" + key.left(43) + "\",\"nonce\":\"aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW\",\"state\":\"Zx81kPq0LmN4vB7tR2yW9cD3fG6hJ5sA\",\"uti\":\"hKQVn1cF2E6xCn3sWQ4BAA\"}");
        same("other names and values", "[{\"name\":\"region\",\"value\":\"" + key + "\"},{\"name\":\"code\",\"value\":\"AccessDenied\"},{\"key\":\"token_endpoint\",\"value\":\"x\"}]");
        row("device flow", "{\"user_code\":\"WDJB-MJHT\",\"interval\":5}", "{\"user_code\":\"" + mark("WDJB-MJHT") + "\",\"interval\":5}");
        row("escaped", "{\"password\":\"a\\u0062\\n\"}", "{\"password\":\"" + mark("ab\n") + "\"}");
        row("number", "{\"pin\":1234}", "{\"pin\":\"" + mark("1234") + "\"}");
        row("private members of a key",
            "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"abc\",\"d\":\"def\",\"p\":\"ghi\"}]}",
            "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"abc\",\"d\":\"" + mark("def") + "\",\"p\":\"" + mark("ghi")
                + "\"}]}");
        row("address in a string", "{\"u\":\"https://h/cb?x=1&code=" + secret + "&state=2\"}",
            "{\"u\":\"https://h/cb?x=1&code=" + m + "&state=2\"}");
        row("address with escaped &", "{\"u\":\"https://h/cb?x=1\\u0026code=" + secret + "\\u0026state=2\"}",
            "{\"u\":\"https://h/cb?x=1\\u0026code=" + m + "\\u0026state=2\"}");
        row("JSON in a string", "{\"body\":\"{\\\"client_secret\\\":\\\"" + secret + "\\\"}\"}",
            "{\"body\":\"{\\\"client_secret\\\":\\\"" + m + "\\\"}\"}");
        row("already hidden", "{\"code\":\"" + m + "\"}", "{\"code\":\"" + m + "\"}");
        row("cut off", "{\"a\":1,\"access_token\":\"" + secret, "{\"a\":1,\"access_token\":\"" + m);
        row("broken", "{\"a\":1,,\"access_token\" : \"" + secret + "\"",
            "{\"a\":1,,\"access_token\" : \"" + m + "\"");
        same("error codes", "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"x\"}}");
        same("numeric error codes", "{\"error_codes\":[7000215],\"code\":7000215}");
        same("AADSTS", "{\"code\":\"AADSTS7000215\",\"error\":\"invalid_client\"}");
        same("token types", "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"scope\":\"a b\"}");
        same("metadata",
            "{\"token_endpoint\":\"https://h/"
            "token\",\"id_token_signing_alg_values_supported\":[\"RS256\"],\"require_token\":true}");
        same("optional claims", "{\"optionalClaims\":{\"accessToken\":[{\"name\":\"groups\"}]}}");
        same("not JSON at all", "just words");
        same("public key", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"abc\",\"y\":\"def\",\"kid\":\"k\"}");
    }
    void jsonIsSpliced()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(json(before), after);
        QCOMPARE(json(after), after); // a second time changes nothing
    }

    void privateKeysInTokens() // S07, V15: the header says that a key is there, and keeps it
    {
        const QByteArray header = R"({"alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"abc","d":"private-part"},"kid":"k"})";
        const QByteArray shown = http::shownClaims(header);
        QCOMPARE(shown, QByteArray(header).replace("private-part", mark("private-part")));
        QCOMPARE(http::shownClaims(shown), shown);
        QCOMPARE(http::shownClaims("no JSON"), "no JSON"_ba);
        const QByteArray claims = R"({"cnf":{"jwk":{"kty":"oct","k":"shared-part"}},"sub":"a"})";
        const QByteArray token = jose::base64url(header) + '.' + jose::base64url(claims) + '.' + jwtSignature;
        const QByteArray hidden = json("{\"access_token\":\"" + token + "\"}");
        const QByteArray expected = jose::base64url(shown) + '.' + jose::base64url(http::shownClaims(claims)) + '.' + mark(jwtSignature);
        QCOMPARE(hidden, QByteArray("{\"access_token\":\"" + expected + "\"}"));
    }

    void claims_data() // some issuers write tokens and secrets into claims
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("hidden");
        const QByteArray opaque = "gho_16C7e42F292c6912E7710c838347Ae178B4a";
        QTest::newRow("token of another provider") << QByteArray("{\"idp_access_token\":\"" + opaque + "\",\"sub\":\"a\"}") << opaque;
        QTest::newRow("a shape, whatever the name") << QByteArray("{\"x\":{\"y\":[\"ya29." + opaque + "\"]}}") << QByteArray("ya29." + opaque);
        QTest::newRow("signature of a token in it") << QByteArray("{\"id_token_hint\":\"" + jwt + "\"}") << jwtSignature;
        QTest::newRow("secret") << QByteArray("{\"client_secret\":\"plainsecretvalue12345\"}") << "plainsecretvalue12345"_ba;
        QTest::newRow("password") << QByteArray("{\"password\":\"letmein\"}") << "letmein"_ba;
        QTest::newRow("what is read") << QByteArray("{\"sub\":\"repo:octo/token:ref:refs/heads/main\",\"sid\":\"0123456789abcdefABCDEF0123456789\",\"session_id\":\"aB3dE5fG7hI9\",\"rh\":\"0.AVYAd_ghpUJKo0OuYMfOXLHRwe0f.\","
            "\"uti\":\"hKQVn1cF2E6xCn3sWQ4BAA\",\"oid\":\"fb60f99c-7a34-4190-8149-302f77469936\",\"aud\":\"api://x\",\"nonce\":\"Zx81kPq0LmN4vB7tR2yW9cD3fG6hJ5sA\",\"code\":\"AADSTS50011\",\"token\":\"none\",\"kid\":\"aB3\"}") << QByteArray();
    }
    void claims()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, hidden);
        const QByteArray shown = http::shownClaims(before);
        QCOMPARE(shown, hidden.isEmpty() ? before : QByteArray(before).replace(hidden, mark(hidden)));
        QCOMPARE(http::shownClaims(shown), shown);
        const QByteArray token = jose::base64url("{\"alg\":\"RS256\"}") + '.' + jose::base64url(before) + '.' + jwtSignature;
        QVERIFY(json("{\"access_token\":\"" + token + "\"}").contains(jose::base64url(shown)));
    }
    void oneClaim()
    {
        QCOMPARE(http::shownClaims("\"gho_16C7e42F\"", "idp_access_token"), QByteArray('"' + mark("gho_16C7e42F") + '"'));
        QCOMPARE(http::shownClaims("\"gho_16C7e42F\"", "sub"), "\"gho_16C7e42F\""_ba);
    }

    void partsOfForms() // RFC 7578
    {
        const QByteArray body = "--X\r\nContent-Disposition: form-data; name=\"client_secret\"\r\n\r\n" + secret
            + "\r\n--X\r\nContent-Disposition: form-data; name=grant_type\r\n\r\nclient_credentials\r\n"
              "--X\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.json\"\r\nContent-Type: application/json\r\n\r\n{\"password\":\"" + secret
            + "\"}\r\n--X--\r\n";
        const QByteArray expected = QByteArray(body).replace(secret, mark(secret));
        QCOMPARE(http::redactedBody(body, "multipart/form-data; boundary=X"), expected);
        QCOMPARE(http::redactedBody(body, "multipart/form-data; boundary=\"X\""), expected);
        QCOMPARE(http::redactedBody(body, "multipart/form-data"), expected); // found in the body itself
        QCOMPARE(http::redactedBody(QByteArray(body).replace("\r\n", "\n"), "Multipart/Form-Data; boundary=X"), QByteArray(expected).replace("\r\n", "\n"));
        QCOMPARE(http::redactedBody(QByteArray("client_secret=" + secret), "multipart/form-data; boundary=Y"), QByteArray("client_secret=" + mark(secret))); // no part begins
        const QByteArray cut = body.left(body.indexOf(secret) + 8);
        QCOMPARE(http::redactedBody(cut, "multipart/form-data; boundary=X"), QByteArray(cut).replace(secret.left(8), mark(secret.left(8))));
    }

    void markup_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("CDATA") << QByteArray("<r><client_secret><![CDATA[" + secret + "]]></client_secret></r>");
        QTest::newRow("name and value") << QByteArray("<r><b name=\"client_secret\" value=\"" + secret + "\"/></r>");
        QTest::newRow("key and value") << QByteArray("<configuration><add key=\"ida:ClientSecret\" value=\"" + secret + "\"/></configuration>");
        QTest::newRow("field of a page") << QByteArray("<form><textarea name=access_token>" + secret + "</textarea></form>");
        QTest::newRow("attribute") << QByteArray("<r password=\"" + secret + "\"/>");
    }
    void markup()
    {
        QFETCH(QByteArray, text);
        const QByteArray after = http::redactedBody(text, "application/xml");
        QVERIFY2(!after.contains(secret), after.constData());
        QVERIFY2(after.contains("[hidden"), after.constData());
    }

    void claimsGoToo()
    {
        QCOMPARE(json("{\"access_token\":\"" + jwt + "\"}", false),
            QByteArray("{\"access_token\":\"" + mark(jwt) + "\"}"));
        QVERIFY(!json("{\"x\":\"" + jwt + "\"}", false).contains(jwt.left(20)));
    }

    void encryptedTokensKeepTheirHeader()
    {
        const QByteArray jwe = jwtHead.left(jwtHead.indexOf('.') + 1) + "key.iv.text.tag";
        QCOMPARE(json("{\"id_token\":\"" + jwe + "\"}"),
            QByteArray("{\"id_token\":\"" + jwtHead.left(jwtHead.indexOf('.') + 1) + mark("key.iv.text.tag")
                + "\"}"));
    }

    void formsAreSpliced()
    {
        QCOMPARE(form("a=%20&client_secret=" + secret + "&b=+"),
            QByteArray("a=%20&client_secret=" + mark(secret) + "&b=+"));
        QCOMPARE(form("client%5Fsecret=a%2Bb"), QByteArray("client%5Fsecret=" + mark("a+b")));
        QCOMPARE(
            form("assertion=" + jwt + "&x"), QByteArray("assertion=" + jwtHead + mark(jwtSignature) + "&x"));
        QCOMPARE(form("code=abc&code=abc"), QByteArray("code=" + mark("abc") + "&code=" + mark("abc")));
        QCOMPARE(form("x=" + jwt), QByteArray("x=" + jwtHead + mark(jwtSignature)));
        QCOMPARE(form("client_secret=&code_challenge=abc"), "client_secret=&code_challenge=abc"_ba);
        const QByteArray inner = "redirect_uri=https%3A%2F%2Fh%2Fcb%3Fcode%3D" + secret + "%26state%3D1";
        QCOMPARE(form(inner),
            QByteArray("redirect_uri=https%3A%2F%2Fh%2Fcb%3Fcode%3D" + mark(secret) + "%26state%3D1"));
    }

    void pagesLoseTheirHiddenFields()
    {
        const QByteArray page = "<form><input type=\"hidden\" name=\"code\" value=\"" + secret
            + "\"/><input value='" + secret + "' name='id_token'><input type=password value=" + secret
            + " name=x><input name=\"state\" value=\"1\"><a href=\"https://h/?a=b&amp;code=" + secret
            + "\">x</a></form>";
        const QByteArray after = http::redactedBody(page, "text/html; charset=utf-8");
        QVERIFY2(!after.contains(secret), after.constData());
        QCOMPARE(QByteArray(after).replace(mark(secret), secret), page);
        const QByteArray xml = "<Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>"
            + secret + "</SecretAccessKey><a:SessionToken>" + secret
            + "</a:SessionToken><Code>AccessDenied</Code></Credentials>";
        const QByteArray gone = http::redactedBody(xml, "text/xml");
        QVERIFY2(
            !gone.contains(secret) && !gone.contains("ASIAIOSFODNN7EXAMPLE") && gone.contains("AccessDenied"),
            gone.constData());
    }
};

QTEST_GUILESS_MAIN(RedactBodiesTest)
#include "tst_http_redact_bodies.moc"
