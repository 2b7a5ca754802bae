// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

void set(http::Form& form, const QByteArray& name, const QByteArray& value)
{
    for (http::Parameter& p : form) {
        if (p.name == name) {
            p.value = value;
            return;
        }
    }
    form.append({name, value});
}

void drop(http::Form& form, const QByteArray& name)
{
    form.removeIf([&name](const http::Parameter& p) { return p.name == name; });
}

} // namespace

/// Authorize, pages, codes, refresh tokens, on behalf of.
class TestLabSignIn : public QObject
{
    Q_OBJECT
    LabFixture f {};

    QByteArray webScope() const { return f.scope(u"web-api"_s, u"access_as_user"_s); }
    http::Form redemption(const QByteArray& code) const
    {
        return {{"grant_type", "authorization_code"}, {"client_id", f.clientId(u"public-client"_s)},
            {"code", code}, {"redirect_uri", LabFixture::redirectUri},
            {"code_verifier", LabFixture::verifier}};
    }
    http::Response postPage(const HtmlForm& form, http::Form more)
    {
        http::Form filled = form.hidden;
        filled += more;
        return f.post(f.url(u"entra"_s) + QString::fromUtf8(form.action), filled);
    }
    http::Form alice(const QByteArray& action = "signin") const
    {
        const QJsonObject person = f.entry(u"users"_s, u"alice"_s);
        return {{"username", person[u"username"_s].toString().toUtf8()},
            {"password", person[u"password"_s].toString().toUtf8()}, {"action", action}};
    }

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

    void idTokenAnswersTheRequest()
    {
        http::Form request = f.authorizeRequest("openid profile " + webScope());
        http::Form redeem = redemption(f.signIn(request).value("code"));
        set(redeem, "client_info", "1");
        const auto reply = f.token(redeem);
        const QJsonObject id = claimsOf(member(reply, "id_token"));
        const QJsonObject alicia = f.entry(u"users"_s, u"alice"_s);
        QCOMPARE(id[u"nonce"_s].toString(), u"n-77ab"_s);
        QCOMPARE(id[u"aud"_s].toString(), QString::fromLatin1(f.clientId(u"public-client"_s)));
        QCOMPARE(id[u"preferred_username"_s], alicia[u"username"_s]);
        QCOMPARE(id[u"name"_s], alicia[u"displayName"_s]);
        QCOMPARE(id[u"oid"_s], alicia[u"objectId"_s]);
        QCOMPARE(id[u"tid"_s], f.manifest()[u"tenant"_s][u"id"_s]);
        const QByteArray info
            = QByteArray::fromBase64(member(reply, "client_info"), QByteArray::Base64UrlEncoding);
        QVERIFY(info.contains(alicia[u"objectId"_s].toString().toUtf8()));
        QVERIFY(member(reply, "refresh_token").isEmpty());
    }

    void userTokenHasThePromisedClaims()
    {
        const QJsonObject web = claimsOf(member(f.userToken(webScope()), "access_token"));
        const QJsonObject blueprint
            = claimsOf(member(f.userToken(f.scope(u"blueprint"_s, u"access_agent"_s)), "access_token"));
        QCOMPARE(web[u"scp"_s].toString(), u"access_as_user"_s);
        QCOMPARE(web[u"aud"_s].toString(), QString::fromLatin1(f.clientId(u"web-api"_s)));
        QCOMPARE(web[u"azp"_s].toString(), QString::fromLatin1(f.clientId(u"public-client"_s)));
        QCOMPARE(web[u"azpacr"_s].toString(), u"0"_s);
        QCOMPARE(web[u"oid"_s], blueprint[u"oid"_s]);
        QVERIFY(web[u"sub"_s] != blueprint[u"sub"_s]);
        QVERIFY(web[u"sub"_s] != web[u"oid"_s]);
        QVERIFY(!web.contains(u"roles"_s));
    }

    void codeIsGoodOnce() // L05
    {
        const QByteArray code = f.signIn(f.authorizeRequest("offline_access " + webScope())).value("code");
        const auto first = f.token(redemption(code));
        QCOMPARE(first.status, 200);
        QCOMPARE(errorOf(f.token(redemption(code))), u"invalid_grant 54005"_s);
        const auto refreshed
            = f.token({{"grant_type", "refresh_token"}, {"client_id", f.clientId(u"public-client"_s)},
                {"refresh_token", member(first, "refresh_token")}, {"scope", webScope()}});
        QVERIFY(errorOf(refreshed).startsWith("invalid_grant"_L1));
    }

    void codeIsBound_data() // L05, L06
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* title, const char* name, const QByteArray& value) {
            QTest::newRow(title) << QByteArray(name) << value;
        };
        row("other verifier", "code_verifier", QByteArray(43, 'a'));
        row("short verifier", "code_verifier", "dBjftJeZ4CVP");
        row("no verifier", "code_verifier", "");
        row("other port", "redirect_uri", "http://127.0.0.1:51874/callback");
        row("other host", "redirect_uri", "http://localhost:51873/callback");
        row("no redirect", "redirect_uri", "");
        row("other client", "client_id", "web-api");
        row("altered code", "code", "x");
    }
    void codeIsBound() // L05, L06
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        http::Form redeem = redemption(f.signIn(f.authorizeRequest(webScope())).value("code"));
        const http::Form right = redeem;
        set(redeem, name, value);
        if (name == "client_id") {
            set(redeem, "client_id", f.clientId(u"web-api"_s));
            set(redeem, "client_secret", f.secret(u"web-api"_s));
        }
        const auto reply = f.token(redeem);
        QCOMPARE(reply.status, 400);
        QVERIFY2(errorOf(reply).startsWith("invalid_grant"_L1)
                || (value.isEmpty() && errorOf(reply).startsWith("invalid_request"_L1)),
            qPrintable(errorOf(reply)));
        QCOMPARE(f.token(right).status, 200); // a wrong try does not burn the code
    }

    void refreshTokenServesOtherResources()
    {
        const auto first = f.userToken("openid offline_access " + webScope());
        http::Form ask {{"grant_type", "refresh_token"}, {"client_id", f.clientId(u"public-client"_s)},
            {"refresh_token", member(first, "refresh_token")},
            {"scope", "https://graph.microsoft.com/User.Read"}};
        const auto graph = f.token(ask);
        QVERIFY2(graph.status == 200, graph.body.constData());
        QCOMPARE(claimsOf(member(graph, "access_token"))[u"aud"_s].toString(),
            QString::fromLatin1(f.clientId(u"graph"_s)));
        QVERIFY(!member(graph, "refresh_token").isEmpty());
        QCOMPARE(f.token(ask).status, 200); // using it does not revoke it
        drop(ask, "scope");
        const auto same = f.token(ask);
        QVERIFY2(same.status == 200, same.body.constData());
        QCOMPARE(claimsOf(member(same, "access_token"))[u"scp"_s].toString(), u"access_as_user"_s);
        QVERIFY(!member(same, "id_token").isEmpty());
        set(ask, "client_id", f.clientId(u"web-api"_s));
        ask.append({"client_secret", f.secret(u"web-api"_s)});
        QVERIFY(errorOf(f.token(ask)).startsWith("invalid_grant"_L1));
    }

    void onBehalfOf_data()
    {
        QTest::addColumn<QString>("assertion");
        QTest::addColumn<QString>("error");
        QTest::newRow("user token for the caller") << u"web-api"_s << QString();
        QTest::newRow("user token for another app") << u"blueprint"_s << u"invalid_grant 500131"_s;
        QTest::newRow("app token") << u"app"_s << u"invalid_grant 7000113"_s;
        QTest::newRow("id token") << u"id"_s << u"invalid_grant 240002"_s;
        QTest::newRow("altered") << u"altered"_s << u"invalid_grant 50013"_s;
    }
    void onBehalfOf() // C27
    {
        QFETCH(QString, assertion);
        QFETCH(QString, error);
        QByteArray token;
        if (assertion == "blueprint"_L1)
            token = member(f.userToken(f.scope(u"blueprint"_s, u"access_agent"_s)), "access_token");
        else if (assertion == "id"_L1)
            token = member(f.userToken("openid " + webScope()), "id_token");
        else if (assertion == "app"_L1)
            token = member(f.appToken(u"web-api"_s, f.clientId(u"web-api"_s) + "/.default"), "access_token");
        else
            token = member(f.userToken(webScope()), "access_token");
        if (assertion == "altered"_L1)
            token[token.lastIndexOf('.') + 5] = token[token.lastIndexOf('.') + 5] == 'A' ? 'B' : 'A';
        QVERIFY(!token.isEmpty());
        const auto reply = f.token({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
            {"client_id", f.clientId(u"web-api"_s)}, {"client_secret", f.secret(u"web-api"_s)},
            {"assertion", token}, {"scope", "https://graph.microsoft.com/User.Read offline_access"},
            {"requested_token_use", "on_behalf_of"}});
        if (!error.isEmpty()) {
            QCOMPARE(errorOf(reply), error);
            return;
        }
        QVERIFY2(reply.status == 200, reply.body.constData());
        const QJsonObject c = claimsOf(member(reply, "access_token"));
        QCOMPARE(c[u"oid"_s], f.entry(u"users"_s, u"alice"_s)[u"objectId"_s]);
        QCOMPARE(c[u"azp"_s].toString(), QString::fromLatin1(f.clientId(u"web-api"_s)));
        QCOMPARE(c[u"scp"_s].toString(), u"User.Read"_s);
        QVERIFY(!member(reply, "refresh_token").isEmpty());
    }

    void userInfoKnowsTheSubjectOfTheIdToken()
    {
        const auto reply = f.userToken("openid profile");
        const QString address = jsonOf(
            f.get(f.authority() + u"/v2.0/.well-known/openid-configuration"_s))[u"userinfo_endpoint"_s]
                                    .toString();
        const auto info = f.get(address,
            http::Headers {http::Header {"Authorization", "Bearer " + member(reply, "access_token")}});
        QVERIFY2(info.status == 200, info.body.constData());
        QCOMPARE(jsonOf(info)[u"sub"_s], claimsOf(member(reply, "id_token"))[u"sub"_s]);
        QCOMPARE(f.get(address).status, 401);
    }
};

QTEST_GUILESS_MAIN(TestLabSignIn)
#include "tst_labsignin.moc"
