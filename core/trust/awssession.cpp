// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awssession_p.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// Inline policy and ARNs together, as plain text (STS API Reference, AssumeRoleWithWebIdentity, Policy and PolicyArns).
constexpr qsizetype mostCharacters = 2048;
constexpr qsizetype mostArns = 10;

const QString& page()
{
    static const QString text = u"AWS STS: AssumeRoleWithWebIdentity, Policy and PolicyArns; IAM User Guide: session policies"_s;
    return text;
}

base::Check line(const char16_t* id, const char16_t* title, const char16_t* from)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .presentedFrom = QString::fromUtf16(from), .source = page()};
}

bool isOneOf(const json::Value& value, std::initializer_list<QLatin1StringView> texts)
{
    return std::ranges::any_of(texts, [&](QLatin1StringView text) { return value.text() == text; });
}

/// What keeps a statement from being one of an identity's policy; empty when nothing does. A session policy names no principal: it is
/// about the session that it comes with.
QString faultOfStatement(const json::Value& statement)
{
    if (!statement.isObject())
        return u"A statement is no object."_s;
    if (!isOneOf(statement["Effect"], {"Allow"_L1, "Deny"_L1}))
        return u"Effect is neither Allow nor Deny."_s;
    if (!statement["Action"] && !statement["NotAction"])
        return u"A statement names no Action."_s;
    if (!statement["Resource"] && !statement["NotResource"])
        return u"A statement names no Resource."_s;
    return statement["Principal"] || statement["NotPrincipal"] ? u"A session policy may not name a Principal."_s : QString();
}

QString faultOfPolicy(QByteArrayView text)
{
    const auto document = json::Document::parse(text.toByteArray());
    if (!document)
        return u"It is no JSON: "_s + document.error().text;
    const json::Value policy = document->root(), statements = policy["Statement"];
    if (!policy.isObject() || !(statements.isArray() || statements.isObject()))
        return u"It is no object with Statement."_s;
    if (policy["Version"] && !isOneOf(policy["Version"], {"2012-10-17"_L1, "2008-10-17"_L1}))
        return u"Version is neither 2012-10-17 nor 2008-10-17."_s;
    for (json::Value each = statements.isArray() ? statements.first() : statements; each; each = statements.isArray() ? each.next() : json::Value())
        if (const QString fault = faultOfStatement(each); !fault.isEmpty())
            return fault;
    return {};
}

void checkPolicy(Sheet& sheet, const AwsSessionPolicy& given, const QString& place)
{
    if (given.inlinePolicy.isNull())
        return;
    base::Check check = line(u"sessionPolicy", u"Session policy", u"Policy in the request");
    check.expected = u"a policy document without a principal"_s;
    check.presented = u"%1 characters"_s.arg(given.inlinePolicy.size());
    check.fix = u"Send a policy of Version 2012-10-17 with Effect, Action and Resource in each statement."_s;
    check.fixPointer = place + u"/sessionPolicy"_s;
    const QString fault = faultOfPolicy(given.inlinePolicy);
    check.relation = u"well formed"_s;
    if (fault.isEmpty())
        sheet.hold(std::move(check), true, awsDenial("session_policy"));
    else
        sheet.refuse(std::move(check), fault, awsDenial("session_policy"), sentence(awsDenial("session_policy"), fault));
}

void checkArns(Sheet& sheet, const AwsSessionPolicy& given, const QString& roleArn, const QString& place)
{
    if (given.arns.isEmpty())
        return;
    static const QRegularExpression form(u"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[\\x21-\\x7e]+$"_s);
    const QString account = awsAccountOf(roleArn);
    const auto fits = [&](const QString& arn) {
        const auto parts = form.match(arn);
        return parts.hasMatch() && (parts.captured(1) == u"aws" || account.isEmpty() || parts.captured(1) == account);
    };
    base::Check check = line(u"sessionPolicy.arns", u"Managed session policies", u"PolicyArns in the request");
    check.expected = u"at most 10 managed policies of the role's account or of AWS"_s;
    check.presented = given.arns.join(u", "_s);
    check.relation = u"well formed"_s;
    check.fix = u"Name managed policies by their ARNs, in the account of the role."_s;
    check.fixPointer = place + u"/sessionPolicyArns"_s;
    sheet.hold(std::move(check), given.arns.size() <= mostArns && std::ranges::all_of(given.arns, fits), awsDenial("session_policy_arns"));
}

/// AWS packs policies in a form it does not document and answers with the percentage. What is counted here is the plain text, of
/// which 2048 characters are allowed: the real packed size differs.
void checkSize(Sheet& sheet, const AwsSessionPolicy& given, const QString& place)
{
    base::Check check = line(u"sessionPolicy.size", u"Packed size", u"Policy and PolicyArns in the request");
    check.expected = u"100 % at most, 2048 characters"_s;
    check.presented = u"%1 %, %2 characters"_s.arg(given.packedPercent()).arg(given.characters());
    check.relation = u"within the limit. How AWS packs is not documented (unconfirmed): the plain text is counted here."_s;
    check.fix = u"Make the policy shorter: drop what the role's own policies do not allow anyway, or use a managed policy."_s;
    check.fixPointer = place + u"/sessionPolicy"_s;
    sheet.hold(std::move(check), given.characters() <= mostCharacters, awsDenial("session_policy_size"),
        sentence(awsDenial("session_policy_size"), QString::number(given.packedPercent())));
}

/// What the session may do is no matter of getting it; it is said here, where the policy is passed.
void sayRights(Sheet& sheet)
{
    base::Check check = line(u"sessionPolicy.rights", u"Rights of the session", u"Policy and PolicyArns in the request");
    check.expected = u"what the role's policies allow"_s;
    check.presented = u"what the session policy allows"_s;
    check.expectedFrom = u"policies of the role, which are not in a setup"_s;
    check.relation = u"The session has the intersection of both: a session policy takes away and never adds."_s;
    sheet.hold(std::move(check), true, awsDenial("session_policy"));
}

} // namespace

qsizetype AwsSessionPolicy::characters() const
{
    qsizetype count = QString::fromUtf8(inlinePolicy).size();
    for (const QString& arn : arns)
        count += arn.size();
    return count;
}

int AwsSessionPolicy::packedPercent() const { return int((characters() * 100 + mostCharacters - 1) / mostCharacters); }

AwsSessionPolicy awsSessionPolicyIn(const http::Form& request)
{
    AwsSessionPolicy out;
    if (request.has("Policy"))
        out.inlinePolicy = request.value("Policy").isNull() ? QByteArray("") : request.value("Policy");
    const auto member = [](int number) { return QByteArray("PolicyArns.member." + QByteArray::number(number) + ".arn"); };
    for (int i = 1; request.has(member(i)); ++i)
        out.arns.append(QString::fromUtf8(request.value(member(i))));
    return out;
}

void checkAwsSessionPolicy(Sheet& sheet, const AwsSessionPolicy& given, const setup::Target& target)
{
    if (!given.isThere())
        return;
    const QString place = target.pointer + u"/settings"_s;
    sheet.begin(u"Session policy"_s);
    checkPolicy(sheet, given, place);
    checkArns(sheet, given, target.roleArn, place);
    checkSize(sheet, given, place);
    sayRights(sheet);
}

} // namespace trust
