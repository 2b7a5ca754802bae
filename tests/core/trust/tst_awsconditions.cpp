// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awspolicies.h"

#include "core/trust/aws.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

/// The conditions of a trust policy: operators, statements, near misses, the tree that is shown.
class TestAwsConditions : public QObject
{
    Q_OBJECT

private slots:
    void operators_data();
    void operators();
    void statements_data();
    void statements();
    void nearMisses_data();
    void nearMisses();
    void aConditionIsShownAsATree();
};

void TestAwsConditions::operators_data()
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
    row("{ 'Null': { '%H:sub': ['true', 'false'] } }", Pass);
    row("{ 'Bool': { '%H:email': 'true' } }", Fail);
    row("{ 'Bool': { '%H:loud': 'TRUE' } }", Fail); // no key of a provider
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
    row("{ 'Bool': { '%H:sub': 'a:b/c' } }", NotEvaluated); // what AWS makes of a word that is neither true nor false is not documented
    row("{ 'Bool': { '%H:amr': ['true', 'yes'] } }", NotEvaluated);
    row("{ 'BoolIfExists': { '%H:email': 'yes' } }", NotEvaluated);
    row("{ 'Null': { '%H:sub': 'a:b/c' } }", NotEvaluated);
    row("{ 'Null': { '%H:email': 'yes' } }", NotEvaluated);
    row("{ 'Null': { '%H:email': [] } }", NotEvaluated);
}

void TestAwsConditions::operators()
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

void TestAwsConditions::statements_data()
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
    row("several providers, another account first", "[ { 'Effect': 'Allow', 'Principal': { 'Federated': ['arn:aws:iam::444455556666:oidc-provider/gitlab.com', 'arn:aws:iam::111122223333:oidc-provider/app.terraform.io'] }, %A } ]", Accept);
    row("GovCloud", "[ { 'Effect': 'Allow', 'Principal': { 'Federated': 'arn:aws-us-gov:iam::111122223333:oidc-provider/app.terraform.io' }, %A } ]", Accept);
    row("China", "[ { 'Effect': 'Allow', 'Principal': { 'Federated': 'arn:aws-cn:iam::111122223333:oidc-provider/app.terraform.io' }, %A } ]", Accept);
    row("no partition", "[ { 'Effect': 'Allow', 'Principal': { 'Federated': 'arn:gov:iam::111122223333:oidc-provider/app.terraform.io' }, %A } ]", Refuse, "principal");
    row("no account", "[ { 'Effect': 'Allow', 'Principal': { 'Federated': 'arn:aws:iam:::oidc-provider/app.terraform.io' }, %A } ]", Refuse, "principal");
    row("the URL in place of the ARN", "[ { 'Effect': 'Allow', 'Principal': { 'Federated': 'app.terraform.io' }, %A } ]", Refuse, "principal");
    row("NotPrincipal", "[ { 'Effect': 'Allow', 'NotPrincipal': { 'AWS': 'x' }, %A } ]", NotEvaluated);
    row("effect in other letters", "[ { 'Effect': 'allow', %P, %A } ]", Refuse, "effect");
    row("several conditions, all have to hold", "[ { 'Effect': 'Allow', %P, %A, 'Condition': { 'StringEquals': { 'app.terraform.io:aud': 'aws.workload.identity', 'app.terraform.io:sub': 'x' } } } ]", Refuse, "condition.StringEquals.sub");
}

void TestAwsConditions::statements()
{
    QFETCH(QByteArray, statements);
    QFETCH(base::Decision, decision);
    QFETCH(QString, failing);
    const base::Verdict verdict = match(claims(),
        R"({ "provider": { "Url": "https://app.terraform.io", "ClientIDList": ["aws.workload.identity"] }, "trustPolicy": { "Statement": )" + statements + " } }");
    QVERIFY2(verdict.decision == decision, world::described(verdict));
    QCOMPARE(world::failing(verdict), failing);
}

void TestAwsConditions::nearMisses_data()
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

void TestAwsConditions::nearMisses()
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

void TestAwsConditions::aConditionIsShownAsATree()
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

QTEST_GUILESS_MAIN(TestAwsConditions)
#include "tst_awsconditions.moc"
