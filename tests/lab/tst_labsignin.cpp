// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signinsteps.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Authorize, pages, codes, refresh tokens, on behalf of.
class TestLabSignIn : public QObject, private SignInSteps
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(f.start(), qPrintable(f.problem)); }

    void pageIsWhatTheManifestSays()
    {
        const auto page = f.get(f.authorizeUrl(f.authorizeRequest(webScope())));
        QCOMPARE(page.status, 200);
        const HtmlForm form = formOf(page);
        QCOMPARE(form.id, "signin");
        QVERIFY(!form.title.isEmpty());
        QCOMPARE(form.visible, QByteArrayList({"username", "password"}));
        QVERIFY(form.html.contains("<label for=\"username\">Username</label>"));
        QVERIFY(form.html.contains("<label for=\"password\">Password</label>"));
        QVERIFY(form.html.contains("type=\"password\""));
        QVERIFY(form.html.contains(">Sign in</button>"));
        QVERIFY(form.html.contains("Trustwalk lab")); // L03
        QVERIFY(form.html.contains(f.entry(u"users"_s, u"alice"_s)[u"password"_s].toString().toUtf8()));
        QVERIFY(!form.html.contains("<script") && !form.html.contains("http://")
            && !form.html.contains("https://"));
        const QByteArray policy = page.headers.value("Content-Security-Policy");
        QVERIFY(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'")); // L12
        QCOMPARE(page.headers.value("X-Frame-Options"), "DENY");
    }

    void codeComesBackWithStateAndIssuer_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::newRow("default") << QByteArray();
        QTest::newRow("query") << QByteArray("query");
        QTest::newRow("fragment") << QByteArray("fragment");
        QTest::newRow("form_post") << QByteArray("form_post");
    }

    void codeComesBackWithStateAndIssuer()
    {
        QFETCH(QByteArray, mode);
        http::Form request = f.authorizeRequest(webScope());
        if (!mode.isEmpty())
            set(request, "response_mode", mode);
        const http::Form answer = f.signIn(request);
        QVERIFY(answer.value("code").size() > 40);
        QCOMPARE(answer.value("state"), request.value("state"));
        QCOMPARE(answer.value("iss"), QString(f.authority() + u"/v2.0"_s).toUtf8());
        QCOMPARE(f.token(redemption(answer.value("code"))).status, 200);
    }

    void oddStatesSurvive_data() // L12, naughty strings
    {
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("script") << QByteArray("\"><script>alert(1)</script>");
        QTest::newRow("entities") << QByteArray("&quot;&#x27;&amp;amp;");
        QTest::newRow("percent") << QByteArray("%00%0d%0aSet-Cookie:%20a=b");
        QTest::newRow("line breaks") << QByteArray("a\r\nb");
        QTest::newRow("plus and blank") << QByteArray("a+b c");
        QTest::newRow("unicode") << QByteArray("\u202e\u00e9\u4e16");
        QTest::newRow("template") << QByteArray("${7*7}{{7*7}}");
        QTest::newRow("empty") << QByteArray("");
    }

    void oddStatesSurvive()
    {
        QFETCH(QByteArray, state);
        http::Form request = f.authorizeRequest(webScope());
        set(request, "state", state);
        set(request, "login_hint", state);
        const auto page = f.get(f.authorizeUrl(request));
        QVERIFY(!page.body.contains("<script"));
        QCOMPARE(f.signIn(request).value("state"), state);
        set(request, "response_mode", "form_post");
        const auto posted = f.signIn(request);
        if (!state.contains('\r'))
            QCOMPARE(posted.value("state"), state);
    }

    void acceptsWhatTheRealServiceTakes()
    {
        http::Form request = f.authorizeRequest("openid profile offline_access " + webScope());
        for (const auto& [name, value] :
            std::initializer_list<std::pair<const char*, const char*>> {{"prompt", "select_account"},
                {"client_info", "1"}, {"x-client-SKU", "msal.js.node"}, {"x-client-VER", "5.0"},
                {"claims", "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}"},
                {"domain_hint", "harbour.example"}, {"instance_aware", "true"},
                {"client-request-id", "1c9b0f5e-7a55-4d19-8b5e-2f0a9e3d7c11"}})
            set(request, name, value);
        const auto reply = f.token(redemption(f.signIn(request).value("code")));
        QVERIFY2(reply.status == 200, reply.body.constData());
        QVERIFY(!member(reply, "refresh_token").isEmpty());
    }

    void authorizeByPost()
    {
        const auto page = f.post(f.authority() + u"/oauth2/v2.0/authorize"_s, f.authorizeRequest(webScope()),
            http::Headers {http::Header {"Origin", "https://client.example"}});
        QCOMPARE(page.status, 200);
        QCOMPARE(formOf(page).id, "signin");
    }

    void badClientsSeeAPage_data() // L04
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* title, const char* name, const char* value) {
            QTest::newRow(title) << QByteArray(name) << QByteArray(value);
        };
        row("unknown client", "client_id", "5c11a0b4-0000-4000-8000-000000000000");
        row("no client", "client_id", "");
        row("no redirect", "redirect_uri", "");
        row("other path", "redirect_uri", "http://127.0.0.1:51873/callback2");
        row("deeper path", "redirect_uri", "http://127.0.0.1:51873/callback/x");
        row("closing slash", "redirect_uri", "http://127.0.0.1:51873/callback/");
        row("path case", "redirect_uri", "http://127.0.0.1:51873/Callback");
        row("https", "redirect_uri", "https://127.0.0.1:51873/callback");
        row("longer host", "redirect_uri", "http://127.0.0.1.evil.test/callback");
        row("user part", "redirect_uri", "http://127.0.0.1@evil.test/callback");
        row("user part with port", "redirect_uri", "http://127.0.0.1:80@evil.test/callback");
        row("backslash", "redirect_uri", "http://127.0.0.1\\@evil.test/callback");
        row("query", "redirect_uri", "http://127.0.0.1/callback?next=evil");
        row("fragment", "redirect_uri", "http://127.0.0.1/callback#x");
        row("dot segments", "redirect_uri", "http://127.0.0.1/callback/../other");
        row("decimal address", "redirect_uri", "http://2130706433/callback");
        row("ipv6", "redirect_uri", "http://[::1]/callback");
        row("header", "redirect_uri", "http://127.0.0.1/callback\r\nX: y");
        row("script", "redirect_uri", "javascript:alert(1)");
    }

    void badClientsSeeAPage() // L04
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        http::Form request = f.authorizeRequest(webScope());
        set(request, name, value);
        const auto page = f.get(f.authorizeUrl(request));
        QVERIFY2(page.status >= 400 && page.status < 500, QByteArray::number(page.status).constData());
        QVERIFY(page.headers.value("Location").isEmpty());
        QVERIFY(page.headers.value("Content-Type").startsWith("text/html"));
        QVERIFY(page.body.contains("AADSTS"));
    }

    void otherFaultsGoToTheClient_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("no challenge")
            << QByteArray("code_challenge") << QByteArray() << QByteArray("invalid_request");
        QTest::newRow("plain") << QByteArray("code_challenge_method") << QByteArray("plain")
                               << QByteArray("invalid_request");
        QTest::newRow("short challenge")
            << QByteArray("code_challenge") << QByteArray("abc") << QByteArray("invalid_request");
        QTest::newRow("implicit") << QByteArray("response_type") << QByteArray("token")
                                  << QByteArray("unsupported_response_type");
        QTest::newRow("silent") << QByteArray("prompt") << QByteArray("none") << QByteArray("login_required");
        QTest::newRow("unknown resource")
            << QByteArray("scope") << QByteArray("api://nobody/x") << QByteArray("invalid_resource");
    }

    void otherFaultsGoToTheClient()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, error);
        http::Form request = f.authorizeRequest(webScope());
        set(request, name, value);
        const http::Form answer = parametersOf(f.get(f.authorizeUrl(request)));
        QCOMPARE(answer.value("error"), error);
        QVERIFY(answer.value("error_description").startsWith("AADSTS"));
        QCOMPARE(answer.value("state"), request.value("state"));
        QVERIFY(!answer.value("iss").isEmpty());
    }

    void loopbackPortIsFree_data()
    {
        QTest::addColumn<QByteArray>("redirect");
        QTest::newRow("no port") << QByteArray("http://127.0.0.1/callback");
        QTest::newRow("other port") << QByteArray("http://127.0.0.1:9/callback");
        QTest::newRow("localhost") << QByteArray("http://localhost:33333/callback");
    }

    void loopbackPortIsFree() // L04
    {
        QFETCH(QByteArray, redirect);
        http::Form request = f.authorizeRequest(webScope());
        set(request, "redirect_uri", redirect);
        http::Form redeem = redemption(f.signIn(request).value("code"));
        set(redeem, "redirect_uri", redirect);
        QCOMPARE(f.token(redeem).status, 200);
    }

    void wrongCredentialsShowThePageAgain()
    {
        const HtmlForm form = formOf(f.get(f.authorizeUrl(f.authorizeRequest(webScope()))));
        http::Form typed = alice();
        set(typed, "password", "wrong");
        const auto again = postPage(form, typed);
        QCOMPARE(again.status, 200);
        QCOMPARE(formOf(again).id, "signin");
        QVERIFY(again.body.contains("role=\"alert\""));
        QCOMPARE(formOf(again).hidden.value("request"), form.hidden.value("request"));
        set(typed, "username", "<b>nobody</b>");
        QVERIFY(!postPage(form, typed).body.contains("<b>nobody"));
    }

    void cancelIsAccessDenied()
    {
        const http::Form request = f.authorizeRequest(webScope());
        const http::Form answer
            = parametersOf(postPage(formOf(f.get(f.authorizeUrl(request))), {{"action", "cancel"}}));
        QCOMPARE(answer.value("error"), "access_denied");
        QCOMPARE(answer.value("state"), request.value("state"));
    }

    void consentIsAskedAndCanBeDeclined()
    {
        http::Form request = f.authorizeRequest(webScope());
        set(request, "prompt", "consent");
        const auto page = postPage(formOf(f.get(f.authorizeUrl(request))), alice());
        const HtmlForm form = formOf(page);
        QCOMPARE(form.id, "consent");
        QVERIFY(form.visible.isEmpty());
        QVERIFY(page.body.contains("access_as_user"));
        QCOMPARE(parametersOf(postPage(form, {{"action", "cancel"}})).value("error"), "access_denied");
        QVERIFY(!parametersOf(postPage(form, {{"action", "accept"}})).value("code").isEmpty());
    }

    void consentPageCannotBeForged() // L12
    {
        http::Form request = f.authorizeRequest(webScope());
        set(request, "prompt", "consent");
        HtmlForm form = formOf(postPage(formOf(f.get(f.authorizeUrl(request))), alice()));
        set(form.hidden, "request", http::encodeForm(f.authorizeRequest("openid")));
        QCOMPARE(formOf(postPage(form, {{"action", "accept"}})).id, "signin");
        set(form.hidden, "ticket", "a.9999999999.b");
        QCOMPARE(formOf(postPage(form, {{"action", "accept"}})).id, "signin");
    }
};

QTEST_GUILESS_MAIN(TestLabSignIn)
#include "tst_labsignin.moc"
