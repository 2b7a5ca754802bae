// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/aws.h"
#include "core/trust/contractfile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

/// A web identity token in front of an AWS role: provider, trust policy, their operators and their near misses.
class TestAws : public QObject
{
    Q_OBJECT

private slots:
    void published_data();
    void published();
    void operators_data();
    void operators();
    void statements_data();
    void statements();
    void nearMisses_data();
    void nearMisses();
    void mappingOfTheCaller_data();
    void mappingOfTheCaller();
    void onlyWhatDiffersFails();
    void policyAloneLeavesTheListOpen();
    void theNearestStatementIsShown();
    void aConditionIsShownAsATree();
    void aFixPointsIntoTheSetup();
    void requests_data();
    void requests();
    void badContracts_data();
    void badContracts();
    void arns();
};

namespace {

constexpr auto hcp = "app.terraform.io";

QByteArray quoted(const char* text) { return QByteArray(text).replace('\'', '"'); }

QJsonObject claims(const QJsonObject& changes = {})
{
    return world::with({{u"iss"_s, u"https://app.terraform.io"_s}, {u"aud"_s, u"aws.workload.identity"_s},
                        {u"sub"_s, u"organization:tailspin:project:toys:workspace:web:run_phase:apply"_s}}, changes);
}

jose::Jwt jwt(const QJsonObject& claims)
{
    return jose::decode(world::token(claims, world::outsideKey()));
}

/// Provider of HCP Terraform and one allowing statement with this condition.
QByteArray contract(const QByteArray& condition, const char* host = hcp, const QByteArray& list = R"(["aws.workload.identity"])")
{
    return QByteArray(R"({ "provider": { "Url": "%H", "ClientIDList": %L }, "trustPolicy": { "Version": "2012-10-17", "Statement": [ {
        "Sid": "Web", "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/%H" },
        "Action": "sts:AssumeRoleWithWebIdentity", "Condition": %C } ] } })").replace("%L", list).replace("%C", condition).replace("%H", host);
}

base::Verdict match(const QJsonObject& claims, const QByteArray& contract)
{
    const json::Document document = json::Document::read(contract);
    const trust::Knowledge nothing;
    const jose::Jwt token = jwt(claims);
    const auto verdict = trust::matchContract({token, document.root(), nullptr, nothing, world::at()});
    return verdict ? *verdict : base::Verdict {.contract = verdict.error().where};
}

} // namespace

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

void TestAws::operators_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<base::Outcome>("outcome");
    using enum base::Outcome;
    // IAM User Guide: "IAM JSON policy elements: Condition operators", "Multivalued context keys"
    const auto row = [](const char* condition, base::Outcome outcome) { QTest::newRow(condition) << quoted(condition) << outcome; };
    row("{ 'StringEquals': { '%H:sub': 'a:b/c' } }", Pass);
    row("{ 'StringEquals': { '%H:sub': 'A:b/c' } }", Fail);
    row("{ 'StringEquals': { '%H:sub': ['x', 'a:b/c'] } }", Pass);
    row("{ 'StringEquals': { '%H:sub': ['x', 'y'] } }", Fail);
    row("{ 'StringEquals': { '%H:sub': 'a:*' } }", Fail);
    row("{ 'StringEquals': { '%H:SUB': 'a:b/c' } }", Pass); // names of keys are compared without case
    row("{ 'StringNotEquals': { '%H:sub': 'a:b/c' } }", Fail);
    row("{ 'StringNotEquals': { '%H:sub': ['x', 'y'] } }", Pass);
    row("{ 'StringNotEquals': { '%H:sub': ['x', 'a:b/c'] } }", Fail);
    row("{ 'StringNotEquals': { '%H:email': 'x' } }", Pass); // a negated comparison holds for a missing key
    row("{ 'StringEqualsIgnoreCase': { '%H:sub': 'A:B/C' } }", Pass);
    row("{ 'StringEqualsIgnoreCase': { '%H:sub': 'A:B' } }", Fail);
    row("{ 'StringNotEqualsIgnoreCase': { '%H:sub': 'A:B/C' } }", Fail);
    row("{ 'StringLike': { '%H:sub': 'a:?/*' } }", Pass);
    row("{ 'StringLike': { '%H:sub': 'A:*' } }", Fail);
    row("{ 'StringLike': { '%H:sub': ['x*', 'a*'] } }", Pass);
    row("{ 'StringLike': { '%H:sub': 'a' } }", Fail);
    row("{ 'StringNotLike': { '%H:sub': 'a*' } }", Fail);
    row("{ 'StringNotLike': { '%H:sub': 'x*' } }", Pass);
    row("{ 'StringEquals': { '%H:email': 'x' } }", Fail);
    row("{ 'StringEqualsIfExists': { '%H:email': 'x' } }", Pass);
    row("{ 'StringEqualsIfExists': { '%H:sub': 'x' } }", Fail);
    row("{ 'StringLikeIfExists': { '%H:sub': 'a*' } }", Pass);
    row("{ 'Null': { '%H:email': 'true' } }", Pass);
    row("{ 'Null': { '%H:sub': 'true' } }", Fail);
    row("{ 'Null': { '%H:sub': 'false' } }", Pass);
    row("{ 'Null': { '%H:email': false } }", Fail);
    row("{ 'Bool': { '%H:email': 'true' } }", Fail);
    row("{ 'ForAnyValue:StringEquals': { '%H:amr': 'two' } }", Pass);
    row("{ 'ForAnyValue:StringEquals': { '%H:amr': 'three' } }", Fail);
    row("{ 'ForAnyValue:StringEquals': { '%H:email': 'x' } }", Fail);
    row("{ 'ForAllValues:StringEquals': { '%H:amr': ['one', 'two', 'three'] } }", Pass);
    row("{ 'ForAllValues:StringEquals': { '%H:amr': ['one', 'three'] } }", Fail);
    row("{ 'ForAllValues:StringLike': { '%H:amr': ['o*', 't*'] } }", Pass);
    row("{ 'ForAllValues:StringEquals': { '%H:email': 'x' } }", Pass); // true for an empty set, which is why it is dangerous with Allow
    row("{ 'ForAllValues:StringNotEquals': { '%H:amr': 'three' } }", Pass);
    row("{ 'ForAnyValue:StringNotEquals': { '%H:amr': ['one', 'two'] } }", Fail);
    row("{ 'StringEquals': { 'other.example:sub': 'a:b/c' } }", Fail);
    // What is not evaluated says so by its name
    row("{ 'DateGreaterThan': { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }", NotEvaluated);
    row("{ 'IpAddress': { 'aws:SourceIp': '203.0.113.0/24' } }", NotEvaluated);
    row("{ 'NumericEquals': { '%H:sub': '1' } }", NotEvaluated);
    row("{ 'stringequals': { '%H:sub': 'a:b/c' } }", NotEvaluated);
    row("{ 'StringEquals': { 'aws:RequestTag/team': 'x' } }", NotEvaluated);
    row("{ 'StringEquals': { '%H:sub': '${aws:username}' } }", NotEvaluated);
    row("{ 'NullIfExists': { '%H:sub': 'true' } }", NotEvaluated);
}

void TestAws::operators()
{
    QFETCH(QByteArray, condition);
    QFETCH(base::Outcome, outcome);
    const QJsonObject token = claims({{u"sub"_s, u"a:b/c"_s}, {u"amr"_s, QJsonArray {u"one"_s, u"two"_s}}});
    const base::Verdict verdict = match(token, contract(condition));
    const auto check = std::ranges::find_if(verdict.checks, [](const base::Check& c) { return c.id.startsWith(u"condition."_s); });
    QVERIFY2(check != verdict.checks.end(), world::described(verdict));
    QVERIFY2(check->outcome == outcome, world::described(verdict));
    const QString op = check->id.section(u'.', 1, 1);
    if (outcome == base::Outcome::NotEvaluated)
        QVERIFY2(check->relation.contains(op) || check->relation.contains(u"aws:"_s), qPrintable(check->relation));
}

void TestAws::statements_data()
{
    QTest::addColumn<QByteArray>("statements");
    QTest::addColumn<base::Decision>("decision");
    QTest::addColumn<QString>("failing");
    using enum base::Decision;
    const auto row = [](const char* name, const char* statements, base::Decision decision, const char* failing = "") {
        QTest::newRow(name) << quoted(statements).replace("%P", R"("Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/app.terraform.io"})")
                                   .replace("%A", R"("Action":"sts:AssumeRoleWithWebIdentity")") << decision << QString::fromLatin1(failing);
    };
    // IAM User Guide: "Policy evaluation logic", "Principal", "Action"
    row("one", "[ { 'Effect': 'Allow', %P, %A } ]", Accept);
    row("an object in place of a list", "{ 'Effect': 'Allow', %P, %A }", Accept);
    row("none allows", "[ { 'Effect': 'Deny', %P, 'Action': 'sts:TagSession' } ]", Refuse, "condition");
    row("empty", "[]", Refuse, "condition");
    row("second fits", "[ { 'Effect': 'Allow', %P, %A, 'Condition': { 'StringEquals': { 'app.terraform.io:sub': 'x' } } }, { 'Effect': 'Allow', %P, %A } ]", Accept);
    row("a denial goes first", "[ { 'Effect': 'Allow', %P, %A }, { 'Effect': 'Deny', 'Principal': '*', %A } ]", Refuse, "deny");
    row("a denial that does not fit", "[ { 'Effect': 'Allow', %P, %A }, { 'Effect': 'Deny', 'Principal': '*', %A, 'Condition': { 'StringEquals': { 'app.terraform.io:aud': 'x' } } } ]", Accept);
    row("a denial that is not evaluated", "[ { 'Effect': 'Allow', %P, %A }, { 'Effect': 'Deny', 'Principal': '*', %A, 'Condition': { 'IpAddress': { 'aws:SourceIp': '203.0.113.0/24' } } } ]", NotEvaluated);
    row("actions in a list", "[ { 'Effect': 'Allow', %P, 'Action': ['sts:TagSession', 'sts:AssumeRoleWithWebIdentity'] } ]", Accept);
    row("action with a wildcard", "[ { 'Effect': 'Allow', %P, 'Action': 'sts:Assume*' } ]", Accept);
    row("action in other letters", "[ { 'Effect': 'Allow', %P, 'Action': 'STS:assumerolewithwebidentity' } ]", Accept);
    row("another action", "[ { 'Effect': 'Allow', %P, 'Action': 'sts:AssumeRole' } ]", Refuse, "action");
    row("every action but", "[ { 'Effect': 'Allow', %P, 'NotAction': 'sts:TagSession' } ]", Accept);
    row("another provider", "[ { 'Effect': 'Allow', 'Principal': { 'Federated': 'arn:aws:iam::111122223333:oidc-provider/gitlab.com' }, %A } ]", Refuse, "principal");
    row("several providers", "[ { 'Effect': 'Allow', 'Principal': { 'Federated': ['arn:aws:iam::111122223333:oidc-provider/gitlab.com', 'arn:aws:iam::111122223333:oidc-provider/app.terraform.io'] }, %A } ]", Accept);
    row("a service", "[ { 'Effect': 'Allow', 'Principal': { 'Service': 'ec2.amazonaws.com' }, %A } ]", Refuse, "principal");
    row("NotPrincipal", "[ { 'Effect': 'Allow', 'NotPrincipal': { 'AWS': 'x' }, %A } ]", NotEvaluated);
    row("effect in other letters", "[ { 'Effect': 'allow', %P, %A } ]", Refuse, "effect");
    row("several conditions, all have to hold", "[ { 'Effect': 'Allow', %P, %A, 'Condition': { 'StringEquals': { 'app.terraform.io:aud': 'aws.workload.identity', 'app.terraform.io:sub': 'x' } } } ]", Refuse, "condition.StringEquals.sub");
}

void TestAws::statements()
{
    QFETCH(QByteArray, statements);
    QFETCH(base::Decision, decision);
    QFETCH(QString, failing);
    const base::Verdict verdict = match(claims(),
        R"({ "provider": { "Url": "https://app.terraform.io", "ClientIDList": ["aws.workload.identity"] }, "trustPolicy": { "Statement": )" + statements + " } }");
    QVERIFY2(verdict.decision == decision, world::described(verdict));
    QCOMPARE(world::failing(verdict), failing);
}

void TestAws::nearMisses_data()
{
    QTest::addColumn<QJsonObject>("token");
    QTest::addColumn<QByteArray>("contract");
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("near");
    const auto row = [](const char* name, const QJsonObject& token, const QByteArray& contract, const char* check, const char* near) {
        QTest::newRow(name) << token << contract << QString::fromLatin1(check) << QString::fromLatin1(near);
    };
    const QString sub = u"organization:tailspin:project:toys:workspace:web:run_phase:apply"_s;
    const auto equals = [](const QString& value) { return contract(QJsonDocument(QJsonObject {{u"StringEquals"_s, QJsonObject {{u"app.terraform.io:sub"_s, value}}}}).toJson()); };
    const auto like = [](const QString& value) { return contract(QJsonDocument(QJsonObject {{u"StringLike"_s, QJsonObject {{u"app.terraform.io:sub"_s, value}}}}).toJson()); };
    const char* e = "condition.StringEquals.sub";
    const char* l = "condition.StringLike.sub";
    row("case", claims(), equals(QString(sub).replace(u"toys"_s, u"Toys"_s)), e, "case");
    row("wildcard in StringEquals", claims(), equals(u"organization:tailspin:project:toys:*"_s), e, "wildcardLiteral");
    row("prefix", claims(), equals(u"organization:tailspin:project:toys:workspace:web"_s), e, "prefixOnly");
    row("blank", claims(), equals(QString(sub + u' ')), e, "whitespace");
    row("look-alike", claims(), equals(QString(sub).replace(u'o', QChar(0x043e))), e, "lookalike");
    row("slash", claims(), equals(QString(sub + u'/')), e, "trailingSlash");
    row("pattern, case", claims(), like(u"organization:Tailspin:*"_s), l, "case");
    row("pattern, blank", claims(), like(u"organization:tailspin:* "_s), l, "whitespace");
    row("pattern, look-alike", claims(), like(QString(u"organization:tailspin:project:toys:*"_s).replace(u'y', QChar(0x0443))), l, "lookalike");
    row("pattern, no star", claims(), like(u"organization:tailspin:project:toys:"_s), l, "prefixOnly");
    const QJsonObject github {{u"iss"_s, u"https://token.actions.githubusercontent.com"_s}, {u"aud"_s, u"sts.amazonaws.com"_s},
        {u"sub"_s, u"repo:tailspin@7001/toys@9001:ref:refs/heads/main"_s}};
    row("immutable subject", github, contract(quoted("{ 'StringLike': { '%H:sub': 'repo:tailspin/toys:*' } }"), "token.actions.githubusercontent.com", R"(["sts.amazonaws.com"])"), l, "immutableSubject");
    row("immutable subject, exact", github, contract(quoted("{ 'StringEquals': { '%H:sub': 'repo:tailspin/toys:ref:refs/heads/main' } }"), "token.actions.githubusercontent.com", R"(["sts.amazonaws.com"])"), e, "immutableSubject");
    row("issuer with a slash", claims({{u"iss"_s, u"https://app.terraform.io/"_s}}), equals(sub), "issuer", "trailingSlash");
    row("issuer's case", claims({{u"iss"_s, u"https://App.terraform.io"_s}}), equals(sub), "issuer", "case");
    row("issuer by http", claims({{u"iss"_s, u"http://app.terraform.io"_s}}), equals(sub), "issuer", "scheme");
    row("issuer's port", claims({{u"iss"_s, u"https://app.terraform.io:8443"_s}}), equals(sub), "issuer", "port");
    const QByteArray v1 = contract(quoted("{ 'StringEquals': { '%H:sub': 'x' } }"), "sts.windows.net/6a2f0c1e-1111-4222-8333-0123456789ab/", R"(["x"])");
    row("v2 where v1 is registered", {{u"iss"_s, u"https://login.microsoftonline.com/6a2f0c1e-1111-4222-8333-0123456789ab/v2.0"_s}, {u"aud"_s, u"x"_s}, {u"sub"_s, u"x"_s}}, v1, "issuer", "v1v2Issuer");
    row("another tenant", {{u"iss"_s, u"https://sts.windows.net/7b3a1d2f-2222-4333-8444-123456789abc/"_s}, {u"aud"_s, u"x"_s}, {u"sub"_s, u"x"_s}}, v1, "issuer", "wrongTenant");
    row("key without the slash", {{u"iss"_s, u"https://sts.windows.net/6a2f0c1e-1111-4222-8333-0123456789ab/"_s}, {u"aud"_s, u"x"_s}, {u"sub"_s, u"x"_s}},
        contract(quoted("{ 'StringEquals': { 'sts.windows.net/6a2f0c1e-1111-4222-8333-0123456789ab:sub': 'x' } }"), "sts.windows.net/6a2f0c1e-1111-4222-8333-0123456789ab/", R"(["x"])"), e, "trailingSlash");
    row("URI for GUID in the list", {{u"iss"_s, u"https://app.terraform.io"_s}, {u"aud"_s, u"1f7c4b96-d28e-4053-a6b9-e5930c7d2f84"_s}, {u"sub"_s, u"x"_s}},
        contract("{}", hcp, R"(["api://1f7c4b96-d28e-4053-a6b9-e5930c7d2f84"])"), "audience", "oneOfTwo");
    row("audience's case", claims({{u"aud"_s, u"AWS.workload.identity"_s}}), equals(sub), "audience", "case");
    row("ended just now", claims({{u"exp"_s, world::now - 320}}), equals(sub), "lifetime.exp", "clockSkew");
}

void TestAws::nearMisses()
{
    QFETCH(QJsonObject, token);
    QFETCH(QByteArray, contract);
    QFETCH(QString, check);
    QFETCH(QString, near);
    const base::Verdict verdict = match(token, contract);
    const base::Check* found = world::find(verdict, check);
    QVERIFY2(found, world::described(verdict));
    QCOMPARE(found->outcome, base::Outcome::Fail);
    QVERIFY2(found->near, world::described(verdict));
    QCOMPARE(base::nearName(found->near->kind), near);
    QVERIFY(!found->fix.isEmpty() && !found->near->text.isEmpty());
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

void TestAws::aConditionIsShownAsATree()
{
    const base::Verdict verdict = match(claims(), contract(quoted("{ 'StringEquals': { '%H:aud': 'aws.workload.identity' }, 'StringLike': { '%H:sub': 'x*' } }")));
    const base::Check* check = world::find(verdict, u"condition.StringLike.sub"_s);
    QCOMPARE(check->condition.size(), 1);
    const base::Condition& root = check->condition.front();
    QCOMPARE(root.word, u"all of"_s);
    QCOMPARE(root.outcome, base::Outcome::Fail);
    QCOMPARE(root.parts.size(), 2);
    QCOMPARE(root.parts[0].outcome, base::Outcome::Pass);
    QCOMPARE(root.parts[1].outcome, base::Outcome::Fail);
    QVERIFY(root.parts[1].text.contains(u"StringLike app.terraform.io:sub"_s));
    QVERIFY(root.parts[1].values.front().contains(u"organization:tailspin"_s));
}

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

QByteArray workload(const QString& sub)
{
    return world::token({{u"iss"_s, world::outsideIssuer()}, {u"aud"_s, u"toys"_s}, {u"sub"_s, sub}}, world::outsideKey());
}

} // namespace

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
