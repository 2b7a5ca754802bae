// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/codes.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// The authorize endpoint before anyone signs in, and which redirect URIs are registered.
class TestAuthorize : public QObject
{
    Q_OBJECT

private slots:
    void redirects_data();
    void redirects();
    void decides_data();
    void decides();
    void neverTrustsABadRedirect_data();
    void neverTrustsABadRedirect();
    void grantsWhatWasAsked();
    void asksForConsent();
    void tableIsComplete_data();
    void tableIsComplete();
};

namespace {

http::Form query()
{
    return world::form({{"client_id", world::publicClient}, {"response_type", "code"}, {"redirect_uri", "http://127.0.0.1:51873/callback"},
                        {"scope", "openid offline_access api://lab-web-api/access_as_user"}, {"state", "s"}, {"nonce", "n"},
                        {"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, {"code_challenge_method", "S256"}});
}

trust::AuthorizeDecision decide(const http::Form& form, const QString& tenant = QString::fromLatin1(world::tenantId),
    const trust::Knowledge& knowledge = world::all())
{
    return trust::decideAuthorize(world::setup(), tenant, form, knowledge, world::at());
}

} // namespace

void TestAuthorize::redirects_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("registered");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* asked, const char* registered, bool matches) {
        QTest::addRow("%s at %s", asked, registered) << QString::fromUtf8(asked) << QString::fromUtf8(registered) << matches;
    };
    // Microsoft: "Redirect URI (reply URL) best practices and limitations"; RFC 8252 7.3
    row("http://127.0.0.1/callback", "http://127.0.0.1/callback", true);
    row("http://127.0.0.1:51873/callback", "http://127.0.0.1/callback", true);
    row("http://127.0.0.1:51873/callback", "http://127.0.0.1:80/callback", true);
    row("http://localhost:1/callback", "http://localhost/callback", true);
    row("http://localhost:65535/callback?x=1", "http://localhost/callback?x=1", true);
    row("http://localhost:5000", "http://localhost", true);
    row("http://localhost:5000/", "http://localhost/", true);
    row("https://app.example/signin", "https://app.example/signin", true);
    // One letter off each
    row("http://127.0.0.1:51873/callback/", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:51873/Callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:51873/callback?x", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:51873/callback#x", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:51873/callback%2f", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:51873/x/../callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:51873", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:51873//callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:0/callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:65536/callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:/callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:8a/callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:+80/callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:80@evil.example/callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1@evil.example/callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1.evil.example/callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1\\@evil.example/callback", "http://127.0.0.1/callback", false);
    row("http://user@127.0.0.1:51873/callback", "http://127.0.0.1/callback", false);
    row("http://localhost:51873/callback", "http://127.0.0.1/callback", false);
    row("http://LOCALHOST:51873/callback", "http://localhost/callback", false);
    row("http://localhost.:51873/callback", "http://localhost/callback", false);
    row("http://127.1:51873/callback", "http://127.0.0.1/callback", false);
    row("http://2130706433:51873/callback", "http://127.0.0.1/callback", false);
    row("http://[::1]:51873/callback", "http://[::1]/callback", false);
    row("https://127.0.0.1:51873/callback", "http://127.0.0.1/callback", false);
    row("https://app.example:444/signin", "https://app.example/signin", false);
    row("https://app.example/signin/extra", "https://app.example/signin", false);
    row("https://app.example.evil/signin", "https://app.example/signin", false);
    row("javascript:alert(1)", "https://app.example/signin", false);
    row("", "https://app.example/signin", false);
    row(" http://127.0.0.1/callback", "http://127.0.0.1/callback", false);
    row("http://127.0.0.1:51873/callback\n", "http://127.0.0.1/callback", false);
}

void TestAuthorize::redirects()
{
    QFETCH(QString, asked);
    QFETCH(QString, registered);
    QFETCH(bool, matches);
    QCOMPARE(trust::redirectMatches(asked, {u"https://unrelated.example/x"_s, registered}), matches);
    QVERIFY(!trust::redirectMatches(asked, {}));
}

void TestAuthorize::decides_data()
{
    QTest::addColumn<http::Form>("form");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("error");
    QTest::addColumn<bool>("trusted");
    const auto row = [](const char* name, const http::Form& form, const char* code, const char* error, bool trusted) {
        QTest::newRow(name) << form << QString::fromLatin1(code) << QString::fromLatin1(error) << trusted;
    };
    using world::with;
    // entra.md 0.2, 2.1, 2.3, 2.4; the first group is a page, never a redirect
    row("accepted", query(), "", "", true);
    row("unknown client", with(query(), {{"client_id", "x"}}), "700016", "unauthorized_client", false);
    row("no client", with(query(), {{"client_id", {}}}), "900144", "invalid_request", false);
    row("disabled client", with(query(), {{"client_id", "5ca07fd4-b168-4dce-a9f5-d81406c23a17"}}), "7000112", "unauthorized_client", false);
    row("unregistered redirect", with(query(), {{"redirect_uri", "https://evil.example/"}}), "50011", "invalid_request", false);
    row("no redirect", with(query(), {{"redirect_uri", {}}}), "900144", "invalid_request", false);
    row("blueprint", with(query(), {{"client_id", world::blueprint}}), "82007", "unauthorized_client", false);
    row("agent", with(query(), {{"client_id", world::agent}}), "82007", "unauthorized_client", false);
    // these go back to the client
    row("no response type", with(query(), {{"response_type", {}}}), "900144", "invalid_request", true);
    row("implicit", with(query(), {{"response_type", "token"}}), "700054", "unsupported_response_type", true);
    row("hybrid", with(query(), {{"response_type", "code id_token"}}), "700054", "unsupported_response_type", true);
    row("form_post", with(query(), {{"response_mode", "form_post"}}), "", "", true);
    row("unknown response mode", with(query(), {{"response_mode", "web_message"}}), "9002313", "invalid_request", true);
    row("no challenge", with(query(), {{"code_challenge", {}}, {"code_challenge_method", {}}}), "9002325", "invalid_request", true);
    row("plain", with(query(), {{"code_challenge_method", "plain"}}), "9002325", "invalid_request", true);
    row("method missing", with(query(), {{"code_challenge_method", {}}}), "9002325", "invalid_request", true);
    row("short challenge", with(query(), {{"code_challenge", "abc"}}), "501491", "invalid_request", true);
    row("padded challenge", with(query(), {{"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c="}}), "501491", "invalid_request", true);
    row("confidential client without challenge", world::with(query(), {{"client_id", world::webApi}, {"redirect_uri", "https://app.lab.example/signin"},
        {"code_challenge", {}}, {"code_challenge_method", {}}, {"scope", "openid"}}), "", "", true);
    row("no scope", with(query(), {{"scope", {}}}), "900144", "invalid_request", true);
    row("sign-in only", with(query(), {{"scope", "openid profile"}}), "", "", true);
    row("unknown resource", with(query(), {{"scope", "openid api://nobody/x"}}), "500011", "invalid_resource", true);
    row("unknown scope", with(query(), {{"scope", "openid api://lab-web-api/nothing"}}), "70011", "invalid_scope", true);
    row("several resources", with(query(), {{"scope", "api://lab-web-api/access_as_user api://b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52/access_agent"}}), "", "", true);
    row("refused consent", with(query(), {{"scope", "openid User.Read"}}), "65004", "access_denied", true);
    row("resource parameter", with(query(), {{"resource", "api://lab-web-api"}}), "", "", true);
    row("resource parameter of another", with(query(), {{"resource", "https://vault.azure.net"}}), "901002", "invalid_request", true);
    row("other parameters", with(query(), {{"prompt", "select_account"}, {"client_info", "1"}, {"x-client-SKU", "x"}, {"claims", "{}"}, {"login_hint", "a"}}), "", "", true);
}

void TestAuthorize::decides()
{
    QFETCH(http::Form, form);
    QFETCH(QString, code);
    QFETCH(QString, error);
    QFETCH(bool, trusted);
    const trust::AuthorizeDecision decision = decide(form);
    const base::Verdict& verdict = decision.verdict;
    QVERIFY2((verdict.refusal ? verdict.refusal->code.mid(6) : QString()) == code, world::described(verdict));
    QCOMPARE(verdict.decision, code.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    QVERIFY2(decision.redirectTrusted == trusted, world::described(verdict));
    if (!code.isEmpty())
        QCOMPARE(verdict.refusal->error, error);
}

void TestAuthorize::neverTrustsABadRedirect_data()
{
    QTest::addColumn<QString>("tenant");
    QTest::addColumn<http::Form>("form");
    const QString home = QString::fromLatin1(world::tenantId);
    QTest::newRow("unknown tenant") << u"nobody"_s << query();
    QTest::newRow("tenant of no application") << QString::fromLatin1(world::otherTenantId) << query();
    QTest::newRow("consumers") << u"consumers"_s << query();
    QTest::newRow("empty query") << home << http::Form {};
    http::Form twice = query();
    twice.append(http::Parameter {"client_id", world::webApi});
    QTest::newRow("two clients") << home << twice;
}

void TestAuthorize::neverTrustsABadRedirect()
{
    QFETCH(QString, tenant);
    QFETCH(http::Form, form);
    const trust::AuthorizeDecision decision = decide(form, tenant);
    QVERIFY(!decision.redirectTrusted);
    QCOMPARE(decision.verdict.decision, base::Decision::Refuse);
}

void TestAuthorize::grantsWhatWasAsked()
{
    for (const QString& tenant : {QString::fromLatin1(world::tenantId), u"lab.example"_s, u"common"_s, u"organizations"_s}) {
        const trust::AuthorizeDecision decision = decide(query(), tenant);
        QVERIFY2(decision.verdict.decision == base::Decision::Accept, world::described(decision.verdict));
        QCOMPARE(decision.tenant, world::setup().home());
        QCOMPARE(decision.client->name, u"public-client"_s);
        QCOMPARE(decision.resource->name, u"web-api"_s);
        QCOMPARE(decision.scopes, QStringList {u"access_as_user"_s});
        QVERIFY(decision.openid && decision.offline);
    }
}

void TestAuthorize::asksForConsent()
{
    // What is agreed to is what is configured, not a name that stands for it (entra.md 2.5).
    const trust::AuthorizeDecision byDefault = decide(world::with(query(), {{"scope", "openid api://lab-web-api/.default"}}));
    QVERIFY(byDefault.consentNeeded);
    QCOMPARE(byDefault.scopes, QStringList {u"access_as_user"_s});
    QVERIFY(decide(query()).consentNeeded);
    QVERIFY(decide(query(), QString::fromLatin1(world::tenantId), world::keysOnly()).consentNeeded);
    QVERIFY(!decide(world::with(query(), {{"scope", "openid api://b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52/access_agent"}})).consentNeeded);
    QVERIFY(!decide(world::with(query(), {{"scope", "openid"}})).consentNeeded);
    trust::Knowledge given = world::all();
    given.consented = [](const setup::App&, const setup::App&, const QStringList&, const QString&) { return true; };
    QVERIFY(!decide(query(), QString::fromLatin1(world::tenantId), given).consentNeeded);
}

void TestAuthorize::tableIsComplete_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("status");
    const auto row = [](int number, const char* error, int status) { QTest::addRow("%d", number) << number << QString::fromLatin1(error) << status; };
    // entra.md 0.1 and 10: 401 for invalid_client, 400 for everything else
    row(50013, "invalid_grant", 400);
    row(500011, "invalid_resource", 400);
    row(500131, "invalid_grant", 400);
    row(54005, "invalid_grant", 400);
    row(65001, "invalid_grant", 400);
    row(70011, "invalid_scope", 400);
    row(70025, "invalid_client", 401);
    row(700016, "unauthorized_client", 400);
    row(700024, "invalid_client", 401);
    row(700027, "invalid_client", 401);
    row(700211, "invalid_client", 401);
    row(7000215, "invalid_client", 401);
    row(7000216, "invalid_client", 401);
    row(7000218, "invalid_client", 401);
    row(7000222, "invalid_client", 401);
    row(900144, "invalid_request", 400);
    row(9000411, "invalid_request", 400);
    row(12345, "server_error", 400);
}

void TestAuthorize::tableIsComplete()
{
    QFETCH(int, number);
    QFETCH(QString, error);
    QFETCH(int, status);
    const base::Refusal refusal = trust::refusal(number);
    QCOMPARE(refusal.error, error);
    QCOMPARE(refusal.status, status);
    QCOMPARE(refusal.code, number == 12345 ? u"AADSTS50000"_s : u"AADSTS%1"_s.arg(number));
}

QTEST_GUILESS_MAIN(TestAuthorize)
#include "tst_authorize.moc"
