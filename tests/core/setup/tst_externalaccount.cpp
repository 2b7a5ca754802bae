// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/externalaccount.h"
#include "core/setup/file.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Google's credential configuration files: read, written, and told from keys.
class TestExternalAccount : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void tellsFilesApart_data();
    void tellsFilesApart();
    void namesWhatItDoesNotUnderstand();
    void survivesWriting_data();
    void survivesWriting();
    void writesTheFileOfATarget();
    void neverWritesASecret();
};

namespace {

constexpr auto head = R"("type":"external_account","audience":"//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
    "subject_token_type":"urn:ietf:params:oauth:token-type:jwt","token_url":"https://sts.googleapis.com/v1/token")";

json::Document file(const QByteArray& members) { return json::Document::parse('{' + QByteArray(head) + ',' + members + '}').value(); }

constexpr auto azure = R"("credential_source":{"url":"http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api://x",
    "headers":{"Metadata":"True"},"format":{"type":"json","subject_token_field_name":"access_token"}})";
constexpr auto aws = R"("credential_source":{"environment_id":"aws1","region_url":"http://169.254.169.254/r","url":"http://169.254.169.254/s",
    "regional_cred_verification_url":"https://sts.{region}.amazonaws.com"})";

} // namespace

void TestExternalAccount::reads_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<int>("from");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* name, const QByteArray& members, setup::TokenFrom from, const char* source, const char* field = "") {
        QTest::newRow(name) << members << int(from) << QString::fromUtf8(source) << QString::fromUtf8(field);
    };
    using enum setup::TokenFrom;
    // Google Cloud: configure workload identity federation with Azure, with other providers, with X.509 certificates, with AWS.
    row("Azure VM", azure, Url, "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api://x", "access_token");
    row("file, text", R"("credential_source":{"file":"/var/run/token","format":{"type":"text"}})", File, "/var/run/token");
    row("file, no format", R"("credential_source":{"file":"/var/run/token"})", File, "/var/run/token");
    row("file, JSON", R"("credential_source":{"file":"t.json","format":{"type":"json","subject_token_field_name":"id_token"}})", File, "t.json", "id_token");
    row("certificate", R"("credential_source":{"certificate":{"certificate_config_location":"/c.json"}})", Certificate, "/c.json");
    row("default certificate", R"("credential_source":{"certificate":{"use_default_certificate_config":true}})", Certificate, "");
    row("executable", R"("credential_source":{"executable":{"command":"/bin/token","timeout_millis":5000}})", Executable, "/bin/token");
    row("AWS", aws, Aws, "aws1");
}

void TestExternalAccount::reads()
{
    QFETCH(QByteArray, members);
    QFETCH(int, from);
    QFETCH(QString, source);
    QFETCH(QString, field);
    const json::Document document = file(members);
    const auto account = setup::readExternalAccount(document.root());
    QVERIFY2(account, account ? "" : qPrintable(account.error().text));
    QCOMPARE(int(account->from), from);
    QCOMPARE(account->source, source);
    QCOMPARE(account->field, field);
    QCOMPARE(account->json, !field.isEmpty());
    QCOMPARE(account->providerName(), u"projects/1/locations/global/workloadIdentityPools/p/providers/q"_s);
    QCOMPARE(account->notUnderstood, QStringList());
}

void TestExternalAccount::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("where");
    const auto row = [](const char* name, const QByteArray& text, const char* code, const char* where) {
        QTest::newRow(name) << text << QString::fromUtf8(code) << QString::fromUtf8(where);
    };
    const QByteArray begin = '{' + QByteArray(head) + ',';
    row("a key", R"({"type":"service_account","private_key":"x","client_email":"a@b"})", "service-account-key", "/");
    row("another type", R"({"type":"authorized_user","refresh_token":"x"})", "not-external-account", "/");
    row("no source", begin + R"("x":1})", "external-account", "/");
    row("an empty source", begin + R"("credential_source":{}})", "external-account", "/credential_source");
    row("two sources", begin + R"("credential_source":{"url":"http://x","file":"y"}})", "external-account", "/credential_source");
    row("JSON without a field", begin + R"("credential_source":{"file":"y","format":{"type":"json"}}})", "external-account", "/credential_source/format");
    row("another format", begin + R"("credential_source":{"file":"y","format":{"type":"xml"}}})", "external-account", "/credential_source/format/type");
    row("no audience", R"({"type":"external_account","subject_token_type":"x","token_url":"y","credential_source":{"file":"z"}})", "external-account", "/");
    row("a number for a text", R"({"type":"external_account","audience":5})", "external-account", "/audience");
    row("an impersonation URL of another form", begin + R"("service_account_impersonation_url":"https://x/a@b:generateIdToken","credential_source":{"file":"z"}})",
        "external-account", "/service_account_impersonation_url");
    row("a lifetime that is no number", begin + R"("service_account_impersonation":{"token_lifetime_seconds":"long"},"credential_source":{"file":"z"}})",
        "external-account", "/service_account_impersonation/token_lifetime_seconds");
}

void TestExternalAccount::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    QFETCH(QString, where);
    const json::Document document = json::Document::parse(text).value();
    const auto account = setup::readExternalAccount(document.root());
    QVERIFY(!account);
    QCOMPARE(account.error().code, code);
    QCOMPARE(account.error().where, where);
}

void TestExternalAccount::tellsFilesApart_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    using enum setup::GoogleFile;
    QTest::newRow("pointer") << QByteArray(R"({"type":"external_account"})") << int(ExternalAccount);
    QTest::newRow("key") << QByteArray(R"({"type":"service_account","private_key":"-----BEGIN"})") << int(ServiceAccountKey);
    QTest::newRow("key under a wrong type") << QByteArray(R"({"type":"external_account","private_key":"x","client_email":"a@b"})") << int(ServiceAccountKey);
    QTest::newRow("user") << QByteArray(R"({"type":"authorized_user","refresh_token":"x"})") << int(AuthorizedUser);
    QTest::newRow("wrapped") << QByteArray(R"({"type":"impersonated_service_account"})") << int(Impersonated);
    QTest::newRow("something else") << QByteArray(R"({"version":1})") << int(Other);
    QTest::newRow("no object") << QByteArray("[]") << int(Other);
}

void TestExternalAccount::tellsFilesApart()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    const json::Document document = json::Document::parse(text).value();
    QCOMPARE(int(setup::googleFile(document.root())), kind);
}

void TestExternalAccount::namesWhatItDoesNotUnderstand()
{
    const json::Document document = file(R"("new_member":1,"credential_source":{"file":"z","later":true})");
    const auto account = setup::readExternalAccount(document.root());
    QVERIFY(account);
    QCOMPARE(account->notUnderstood, (QStringList {u"/credential_source/later"_s, u"/new_member"_s}));
}

void TestExternalAccount::survivesWriting_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::newRow("Azure VM, impersonation") << QByteArray(R"("service_account_impersonation_url":"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:generateAccessToken",
        "service_account_impersonation":{"token_lifetime_seconds":1800},)") + azure;
    QTest::newRow("file") << QByteArray(R"("quota_project_id":"q","universe_domain":"googleapis.com","credential_source":{"file":"t","format":{"type":"json","subject_token_field_name":"f"}})");
    QTest::newRow("certificate") << QByteArray(R"("credential_source":{"certificate":{"certificate_config_location":"/c"}})");
    QTest::newRow("executable") << QByteArray(R"("credential_source":{"executable":{"command":"/bin/x"}})");
}

void TestExternalAccount::survivesWriting()
{
    QFETCH(QByteArray, members);
    const json::Document document = file(members);
    const auto first = setup::readExternalAccount(document.root());
    QVERIFY(first);
    const json::Document written = json::Document::parse(setup::writeExternalAccount(*first)).value();
    const auto second = setup::readExternalAccount(written.root());
    QVERIFY(second);
    QCOMPARE(setup::writeExternalAccount(*second), setup::writeExternalAccount(*first));
    QCOMPARE(second->serviceAccount(), first->serviceAccount());
    QCOMPARE(second->tokenLifetimeSeconds, first->tokenLifetimeSeconds);
    QCOMPARE(second->source, first->source);
    QCOMPARE(second->headers, first->headers);
    QCOMPARE(second->field, first->field);
}

void TestExternalAccount::writesTheFileOfATarget()
{
    const setup::Setup setup = *setup::sample(u"google-agent"_s);
    const setup::Target& target = *setup.target(u"gcp");
    const auto vm = setup::externalAccountFor(setup, target, setup.managedIdentity(u"uami"), true, {});
    QCOMPARE(vm.tokenUrl, u"https://sts.googleapis.com/v1/token"_s);
    QCOMPARE(vm.source, u"http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api://gcp-wif"
                        "&client_id=5d0e8a4c-17b3-4f29-9c61-2e7f80b4a6d3"_s);
    QCOMPARE(vm.serviceAccount(), target.serviceAccount);
    setup::ManagedIdentity hosted = *setup.managedIdentity(u"uami");
    hosted.flavour = u"app-service"_s;
    const auto container = setup::externalAccountFor(setup, target, &hosted, false, u"/token/file"_s);
    QCOMPARE(int(container.from), int(setup::TokenFrom::File));
    QCOMPARE(container.source, u"/token/file"_s);
    QVERIFY(container.impersonationUrl.isEmpty());
    const json::Document written = json::Document::parse(setup::writeExternalAccount(vm)).value();
    QVERIFY(setup::readExternalAccount(written.root()));
}

void TestExternalAccount::neverWritesASecret()
{
    const json::Document document = file(R"("client_id":"c","client_secret":"a-secret-value","credential_source":{"file":"z"})");
    const auto account = setup::readExternalAccount(document.root());
    QVERIFY(account && account->hasClientSecret);
    QVERIFY(!setup::writeExternalAccount(*account).contains("a-secret-value"));
}

QTEST_GUILESS_MAIN(TestExternalAccount)
#include "tst_externalaccount.moc"
