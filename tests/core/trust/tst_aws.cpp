// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awspolicies.h"

#include "core/trust/aws.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto role = "arn:aws:iam::111122223333:role/build/toys";

setup::Setup withRole()
{
    QJsonObject target = QJsonDocument::fromJson(contract(quoted("{ 'StringEquals': { '%H:sub': 'x' } }"), "outside.example/ci", R"(["toys"])")).object();
    target.insert(u"name"_s, u"aws"_s);
    target.insert(u"kind"_s, u"aws"_s);
    target.insert(u"url"_s, u"https://sts.eu-central-1.amazonaws.com"_s);
    target.insert(u"region"_s, u"eu-central-1"_s);
    target.insert(u"roleArn"_s, QString::fromLatin1(role));
    return world::changed(u"/targets/-", QJsonDocument(target).toJson().constData());
}

http::Form request(const QByteArray& token)
{
    return world::form({{"Action", "AssumeRoleWithWebIdentity"}, {"Version", "2011-06-15"}, {"RoleArn", role},
        {"RoleSessionName", "toys@build"}, {"WebIdentityToken", token}});
}

} // namespace

/// A web identity token in front of an AWS role: provider, trust policy, their operators and their near misses.
class TestAws : public QObject
{
    Q_OBJECT

private slots:
    void published_data();
    void published();
    void mappingOfTheCaller_data();
    void mappingOfTheCaller();
    void onlyWhatDiffersFails();
    void policyAloneLeavesTheListOpen();
    void theNearestStatementIsShown();
    void aFixPointsIntoTheSetup();
    void requests_data();
    void requests();
    void badContracts_data();
    void badContracts();
    void arns();
};

void TestAws::published_data()
{
    QTest::addColumn<QJsonObject>("token");
    QTest::addColumn<QByteArray>("contract");
    QTest::addColumn<base::Decision>("decision");
    QTest::addColumn<QString>("failing");
    using enum base::Decision;
    const auto row = [](const char* name, const QJsonObject& token, const QByteArray& contract, base::Decision decision, const char* failing = "") {
        QTest::newRow(name) << token << contract << decision << QString::fromLatin1(failing);
    };
    // HashiCorp: "Dynamic credentials with the AWS provider", trust policy of the role
    const QByteArray terraform = contract(quoted("{ 'StringEquals': { 'app.terraform.io:aud': 'aws.workload.identity' }, 'StringLike': "
        "{ 'app.terraform.io:sub': 'organization:tailspin:project:toys:workspace:*:run_phase:*' } }"));
    row("terraform", claims(), terraform, Accept);
    row("terraform, other project", claims({{u"sub"_s, u"organization:tailspin:project:tools:workspace:web:run_phase:apply"_s}}), terraform, Refuse, "condition.StringLike.sub");
    row("terraform, other audience", claims({{u"aud"_s, u"vault.workload.identity"_s}}), terraform, Refuse, "audience condition.StringEquals.aud");
    // GitHub Docs: "Configuring OpenID Connect in Amazon Web Services", exact subject and StringLike
    const char* github = "token.actions.githubusercontent.com";
    const QJsonObject run {{u"iss"_s, u"https://token.actions.githubusercontent.com"_s}, {u"aud"_s, u"sts.amazonaws.com"_s},
        {u"sub"_s, u"repo:octo-org/octo-repo:ref:refs/heads/octo-branch"_s}};
    const QByteArray exact = contract(quoted("{ 'StringEquals': { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', "
        "'token.actions.githubusercontent.com:sub': 'repo:octo-org/octo-repo:ref:refs/heads/octo-branch' } }"), github, R"(["sts.amazonaws.com"])");
    row("github, branch", run, exact, Accept);
    row("github, environment", world::with(run, {{u"sub"_s, u"repo:octo-org/octo-repo:environment:prod"_s}}), exact, Refuse, "condition.StringEquals.sub");
    row("github, any ref", run, contract(quoted("{ 'StringLike': { 'token.actions.githubusercontent.com:sub': 'repo:octo-org/octo-repo:*' } }"), github, R"(["sts.amazonaws.com"])"), Accept);
    // aws-actions/configure-aws-credentials issue 317: the token's default audience is not the action's
    row("github, default audience", world::with(run, {{u"aud"_s, u"https://github.com/octo-org"_s}}), exact, Refuse, "audience condition.StringEquals.aud");
    // Amazon EKS User Guide: "Assign IAM roles to Kubernetes service accounts"
    const char* eks = "oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
    const QByteArray pod = contract(quoted("{ 'StringEquals': { '%H:sub': 'system:serviceaccount:default:my-service-account', '%H:aud': 'sts.amazonaws.com' } }"), eks, R"(["sts.amazonaws.com"])");
    const QJsonObject account {{u"iss"_s, u"https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"_s},
        {u"aud"_s, QJsonArray {u"sts.amazonaws.com"_s}}, {u"sub"_s, u"system:serviceaccount:default:my-service-account"_s}};
    row("eks service account", account, pod, Accept);
    row("eks, other namespace", world::with(account, {{u"sub"_s, u"system:serviceaccount:kube-system:my-service-account"_s}}), pod, Refuse, "condition.StringEquals.sub");
    row("eks, other cluster", world::with(account, {{u"iss"_s, u"https://oidc.eks.us-west-2.amazonaws.com/id/ANOTHER539D4633E53DE1B71EXAMPLE"_s}}), pod, Refuse, "issuer");
    // GitLab Docs: "Configure OpenID Connect in AWS to retrieve temporary credentials"
    const QByteArray gitlab = contract(quoted("{ 'StringEquals': { 'gitlab.com:sub': 'project_path:tailspin/toys:ref_type:branch:ref:main' } }"), "gitlab.com", R"(["https://gitlab.com"])");
    row("gitlab branch", {{u"iss"_s, u"https://gitlab.com"_s}, {u"aud"_s, u"https://gitlab.com"_s}, {u"sub"_s, u"project_path:tailspin/toys:ref_type:branch:ref:main"_s}}, gitlab, Accept);
    row("gitlab tag", {{u"iss"_s, u"https://gitlab.com"_s}, {u"aud"_s, u"https://gitlab.com"_s}, {u"sub"_s, u"project_path:tailspin/toys:ref_type:tag:ref:main"_s}}, gitlab, Refuse, "condition.StringEquals.sub");
    // microsoft/entra-agentid-samples, "v1 token exchange": the intermediary's v1 token, provider URL with its slash
    const QByteArray v1 = contract(quoted("{ 'StringEquals': { '%H:aud': 'api://4c8e1a70-95d3-4b2f-8e67-b1f0d9a3c582', '%H:sub': 'd25f9b08-3e74-4c61-a9b8-6f0e2c7d1a94' } }"),
        "sts.windows.net/6a2f0c1e-1111-4222-8333-0123456789ab/", R"(["api://4c8e1a70-95d3-4b2f-8e67-b1f0d9a3c582"])");
    const QJsonObject intermediary {{u"iss"_s, u"https://sts.windows.net/6a2f0c1e-1111-4222-8333-0123456789ab/"_s}, {u"aud"_s, u"api://4c8e1a70-95d3-4b2f-8e67-b1f0d9a3c582"_s},
        {u"sub"_s, u"d25f9b08-3e74-4c61-a9b8-6f0e2c7d1a94"_s}, {u"appid"_s, u"4c8e1a70-95d3-4b2f-8e67-b1f0d9a3c582"_s}};
    row("intermediary", intermediary, v1, Accept);
    row("without the issuer's slash", world::with(intermediary, {{u"iss"_s, u"https://sts.windows.net/6a2f0c1e-1111-4222-8333-0123456789ab"_s}}), v1, Refuse, "issuer");
    // The same sample: the managed identity's own token, its audience the exchange GUID, listed and yet refused
    row("managed identity as it is", world::with(world::managedIdentityClaims(), {{u"azp"_s, QJsonValue()}}),
        contract(quoted("{ 'StringEquals': { '%H:sub': '7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7' } }"), "login.microsoftonline.com/6a2f0c1e-1111-4222-8333-0123456789ab/v2.0", R"(["fb60f99c-7a34-4190-8149-302f77469936"])"),
        Refuse, "audience.exchange");
    // IAM User Guide, "Available keys for AWS OIDC federation": amr has several values
    row("amr", world::with(claims(), {{u"amr"_s, QJsonArray {u"authenticated"_s, u"login.provider.com"_s}}}), contract(quoted("{ 'ForAnyValue:StringLike': { '%H:amr': 'login.*' } }")), Accept);
    row("amr, none", claims(), contract(quoted("{ 'ForAnyValue:StringLike': { '%H:amr': 'login.*' } }")), Refuse, "condition.ForAnyValue:StringLike.amr");
    // downstream.md 2.5: other claims are no condition keys
    row("tenant as a key", world::with(claims(), {{u"tid"_s, u"t"_s}}), contract(quoted("{ 'StringEquals': { '%H:tid': 't' } }")), Refuse, "condition.StringEquals.tid");
    // STS API Reference: ExpiredTokenException; "Token too old"
    row("ended", claims({{u"exp"_s, world::now - 3600}, {u"iat"_s, world::now - 7200}}), terraform, Refuse, "lifetime.exp");
    row("issued two days ago", claims({{u"iat"_s, world::now - 2 * 86400}}), terraform, Refuse, "lifetime.iat");
}

void TestAws::published()
{
    QFETCH(QJsonObject, token);
    QFETCH(QByteArray, contract);
    QFETCH(base::Decision, decision);
    QFETCH(QString, failing);
    const base::Verdict verdict = match(token, contract);
    QVERIFY2(verdict.decision == decision, world::described(verdict));
    QCOMPARE(world::failing(verdict), failing);
}

void TestAws::mappingOfTheCaller_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<bool>("mapped");
    QTest::addColumn<base::Decision>("decision");
    QTest::addColumn<QString>("failing");
    using enum base::Decision;
    const auto row = [](const char* name, const char* list, const char* condition, bool mapped, base::Decision decision, const char* failing = "") {
        QTest::newRow(name) << quoted(list) << quoted(condition) << mapped << decision << QString::fromLatin1(failing);
    };
    // aws/aws-sdk-net issue 3071: v2 token, aud listed, azp another app: "Incorrect token audience"
    row("aud listed", "['aud-app']", "{ 'StringEquals': { '%H:sub': 's' } }", true, Refuse, "audience");
    row("aud listed, mapping off", "['aud-app']", "{ 'StringEquals': { '%H:aud': 'aud-app' } }", false, Accept);
    row("azp listed, mapping off", "['azp-app']", "{ 'StringEquals': { '%H:sub': 's' } }", false, Refuse, "audience");
    // IAM User Guide, keys aud and oaud of accounts.google.com
    row("both keys", "['azp-app', 'aud-app']", "{ 'StringEquals': { '%H:aud': 'azp-app', '%H:oaud': 'aud-app' } }", true, Accept);
    row("aud names the audience", "['azp-app', 'aud-app']", "{ 'StringEquals': { '%H:aud': 'aud-app' } }", true, Refuse, "condition.StringEquals.aud");
    row("no oaud without the mapping", "['aud-app']", "{ 'StringEquals': { '%H:oaud': 'aud-app' } }", false, Refuse, "condition.StringEquals.oaud");
}

void TestAws::mappingOfTheCaller()
{
    QFETCH(QByteArray, list);
    QFETCH(QByteArray, condition);
    QFETCH(bool, mapped);
    QFETCH(base::Decision, decision);
    QFETCH(QString, failing);
    const QJsonObject token = claims({{u"aud"_s, u"aud-app"_s}, {u"azp"_s, u"azp-app"_s}, {u"sub"_s, u"s"_s}});
    QByteArray text = contract(condition, hcp, list);
    if (!mapped)
        text.replace(0, 1, R"({ "settings": { "azpAsAudience": false },)");
    const base::Verdict verdict = match(token, text);
    QVERIFY2(verdict.decision == decision, world::described(verdict));
    QCOMPARE(world::failing(verdict), failing);
    // What rests on the mapping is shown as unconfirmed.
    const bool signatureLeftOpen = verdict.decision == base::Decision::Accept;
    QCOMPARE(verdict.confidence, mapped || signatureLeftOpen ? base::Confidence::Likely : base::Confidence::Certain);
    QCOMPARE(world::find(verdict, u"audience.azp"_s) != nullptr, mapped);
    const base::Check* check = world::find(verdict, failing);
    if (check && failing != u"condition.StringEquals.oaud")
        QCOMPARE(check->near->kind, base::Near::AzpNotAud);
}

void TestAws::onlyWhatDiffersFails()
{
    const QByteArray terraform = contract(quoted("{ 'StringEquals': { '%H:aud': 'aws.workload.identity', '%H:sub': 'x' } }"));
    const base::Verdict verdict = match(claims(), terraform);
    for (const char* id : {"issuer", "audience", "principal", "action", "condition.StringEquals.aud"})
        QCOMPARE(world::find(verdict, QString::fromLatin1(id))->outcome, base::Outcome::Pass);
    QCOMPARE(verdict.refusal->error, u"AccessDenied"_s);
    QCOMPARE(verdict.refusal->status, 403);
}

void TestAws::policyAloneLeavesTheListOpen()
{
    json::Document document = json::Document::read(contract(quoted("{ 'StringEquals': { '%H:aud': 'aws.workload.identity' } }")));
    const QByteArray alone = document.without(u"/provider")->source();
    const base::Verdict fits = match(claims(), alone);
    QCOMPARE(world::find(fits, u"issuer"_s)->outcome, base::Outcome::Pass); // the principal says whose tokens are taken
    QCOMPARE(world::find(fits, u"audience"_s)->outcome, base::Outcome::NotEvaluated);
    QCOMPARE(fits.decision, base::Decision::NotEvaluated);
    const base::Verdict other = match(claims({{u"iss"_s, u"https://gitlab.com"_s}}), alone);
    QCOMPARE(world::failing(other), u"issuer"_s);
}

void TestAws::theNearestStatementIsShown()
{
    const base::Verdict verdict = match(claims(), quoted("{ 'provider': { 'Url': 'app.terraform.io', 'ClientIDList': ['aws.workload.identity'] }, 'trustPolicy': { 'Statement': ["
        "{ 'Sid': 'Far', 'Effect': 'Allow', 'Principal': { 'Federated': 'arn:aws:iam::1:oidc-provider/gitlab.com' }, 'Action': 'sts:AssumeRole', 'Condition': { 'StringEquals': { 'gitlab.com:sub': 'x' } } },"
        "{ 'Sid': 'Near', 'Effect': 'Allow', 'Principal': { 'Federated': 'arn:aws:iam::1:oidc-provider/app.terraform.io' }, 'Action': 'sts:AssumeRoleWithWebIdentity', 'Condition': { 'StringEquals': { 'app.terraform.io:sub': 'x' } } } ] } }"));
    QCOMPARE(verdict.closest, u"Near"_s);
    QCOMPARE(world::failing(verdict), u"condition.StringEquals.sub"_s);
}

void TestAws::aFixPointsIntoTheSetup()
{
    const setup::Setup setup = withRole();
    const auto decision = trust::decideAwsWebIdentity(setup, *setup.target(u"aws"), request(workload(u"y"_s)), world::all(), world::at());
    const base::Check* check = world::find(decision.verdict, u"condition.StringEquals.sub"_s);
    QVERIFY2(check, world::described(decision.verdict));
    QCOMPARE(check->fixValue, u"y"_s);
    QCOMPARE(setup.document.find(check->fixPointer).text(), u"x"_s);
}

void TestAws::requests_data()
{
    QTest::addColumn<http::Form>("request");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("code");
    const http::Form good = request(workload(u"x"_s));
    const auto row = [](const char* name, const http::Form& form, const char* reason, const char* code = "") {
        QTest::newRow(name) << form << QString::fromLatin1(reason) << QString::fromLatin1(code);
    };
    // STS API Reference: AssumeRoleWithWebIdentity, parameters and errors
    row("accepted", good, "");
    row("no role", world::with(good, {{"RoleArn", {}}}), "parameter", "ValidationError");
    row("a user's ARN", world::with(good, {{"RoleArn", "arn:aws:iam::111122223333:user/toys"}}), "parameter", "ValidationError");
    row("role of another account", world::with(good, {{"RoleArn", "arn:aws:iam::999999999999:role/build/toys"}}), "provider_unknown", "InvalidIdentityToken");
    row("unknown role", world::with(good, {{"RoleArn", "arn:aws:iam::111122223333:role/other"}}), "role_unknown", "AccessDenied");
    row("session name of one letter", world::with(good, {{"RoleSessionName", "x"}}), "parameter", "ValidationError");
    row("session name with a blank", world::with(good, {{"RoleSessionName", "x y"}}), "parameter", "ValidationError");
    row("no token", world::with(good, {{"WebIdentityToken", {}}}), "parameter", "ValidationError");
    row("garbage for a token", world::with(good, {{"WebIdentityToken", "garbage"}}), "token_malformed", "InvalidIdentityToken");
    row("too short a session", world::with(good, {{"DurationSeconds", "899"}}), "parameter", "ValidationError");
    row("as long as the role allows", world::with(good, {{"DurationSeconds", "3600"}}), "");
    row("longer than the role allows", world::with(good, {{"DurationSeconds", "3601"}}), "parameter", "ValidationError");
    row("ProviderId with OpenID Connect", world::with(good, {{"ProviderId", "graph.facebook.com"}}), "parameter", "ValidationError");
    row("foreign key", world::with(good, {{"WebIdentityToken", world::token({{u"iss"_s, world::outsideIssuer()}, {u"aud"_s, u"toys"_s}, {u"sub"_s, u"x"_s}}, world::strangerKey())}}), "signature", "InvalidIdentityToken");
    row("another issuer", world::with(good, {{"WebIdentityToken", world::token({{u"iss"_s, world::v2Issuer()}, {u"aud"_s, u"toys"_s}, {u"sub"_s, u"x"_s}}, world::tenantKey())}}), "provider_unknown", "InvalidIdentityToken");
    row("another audience", world::with(good, {{"WebIdentityToken", world::token({{u"iss"_s, world::outsideIssuer()}, {u"aud"_s, u"other"_s}, {u"sub"_s, u"x"_s}}, world::outsideKey())}}), "audience", "InvalidIdentityToken");
    row("another subject", world::with(good, {{"WebIdentityToken", workload(u"y"_s)}}), "condition", "AccessDenied");
    row("ended", world::with(good, {{"WebIdentityToken", world::token({{u"iss"_s, world::outsideIssuer()}, {u"aud"_s, u"toys"_s}, {u"sub"_s, u"x"_s}, {u"exp"_s, world::now - 4000}, {u"iat"_s, world::now - 8000}}, world::outsideKey())}}), "time", "ExpiredTokenException");
}

void TestAws::requests()
{
    QFETCH(http::Form, request);
    QFETCH(QString, reason);
    QFETCH(QString, code);
    const setup::Setup setup = withRole();
    const auto decision = trust::decideAwsWebIdentity(setup, *setup.target(u"aws"), request, world::all(), world::at());
    QVERIFY2(decision.reason == reason, world::described(decision.verdict));
    QCOMPARE(decision.verdict.decision, reason.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    QCOMPARE(decision.verdict.refusal ? decision.verdict.refusal->error : QString(), code);
}

void TestAws::badContracts_data()
{
    QTest::addColumn<QByteArray>("contract");
    QTest::addColumn<QString>("where");
    const auto row = [](const char* contract, const char* where) { QTest::newRow(contract) << quoted(contract) << QString::fromLatin1(where); };
    row("{ 'trustPolicy': { 'Version': '2012-10-17' } }", "/trustPolicy");
    row("{ 'trustPolicy': { 'Statement': [ 1 ] } }", "/trustPolicy/Statement/0");
    row("{ 'trustPolicy': { 'Statement': [ { 'Action': '*' } ] } }", "/trustPolicy/Statement/0");
    row("{ 'trustPolicy': { 'Statement': [ { 'Effect': 'Allow', 'Condition': [] } ] } }", "/trustPolicy/Statement/0/Condition");
    row("{ 'trustPolicy': { 'Statement': [ { 'Effect': 'Allow', 'Condition': { 'StringEquals': 'x' } } ] } }", "/trustPolicy/Statement/0/Condition/StringEquals");
    row("{ 'provider': { 'ClientIDList': ['x'] }, 'trustPolicy': { 'Statement': [] } }", "/provider");
    row("{ 'provider': { 'Url': 'x', 'ClientIDList': [1] } }", "/provider/ClientIDList/0");
}

void TestAws::badContracts()
{
    QFETCH(QByteArray, contract);
    QFETCH(QString, where);
    QCOMPARE(match(claims(), contract).contract, where);
}

void TestAws::arns()
{
    QCOMPARE(trust::awsSessionArn(u"arn:aws:iam::123456789012:role/path/of/toys"_s, u"s"_s), u"arn:aws:sts::123456789012:assumed-role/toys/s"_s);
    QCOMPARE(trust::awsSessionArn(u"arn:aws-us-gov:iam::123456789012:role/toys"_s, u"s"_s), u"arn:aws-us-gov:sts::123456789012:assumed-role/toys/s"_s);
    QCOMPARE(trust::awsProviderOf(u"arn:aws:iam::1:oidc-provider/127.0.0.1:4100/t/"_s), u"127.0.0.1:4100/t/"_s);
    QCOMPARE(trust::awsProviderOf(u"arn:aws:iam::1:saml-provider/x"_s), QString());
}

QTEST_GUILESS_MAIN(TestAws)
#include "tst_aws.moc"
