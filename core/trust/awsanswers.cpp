// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "aws_p.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <string_view>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer answer(int status, const char* code, const char* reason, const char* text, bool confirmed = true)
{
    return {.aadsts = 0, .status = status, .error = code, .text = text, .suberror = "", .confirmed = confirmed,
            .reason = reason};
}

constexpr auto invalid = "InvalidIdentityToken";
constexpr auto denied = "AccessDenied";

// InvalidIdentityToken: the token or the provider is the problem. AccessDenied: the trust policy is.
constexpr std::array denials {
    answer(400, "ValidationError", "parameter", "The request is not well formed: {expected}."),
    answer(403, denied, "role_unknown", "There is no role '{presented}'."),
    answer(400, "MalformedPolicyDocument", "session_policy", "The session policy is malformed: {presented}"),
    answer(400, "ValidationError", "session_policy_arns", "The managed session policies are not well formed: {expected}.", false),
    answer(400, "PackedPolicyTooLarge", "session_policy_size",
        "Packed policy consumes {presented}% of allotted space, please use smaller policy.", false),
    answer(400, invalid, "token_malformed", "The token is not a well-formed JWT."),
    answer(400, invalid, "algorithm", "The algorithm '{presented}' is not accepted."),
    answer(400, invalid, "claim_missing", "The token lacks a claim that has to be there: {expected}."),
    answer(400, invalid, "provider_unknown", "The account has no OIDC provider for the issuer '{presented}'."),
    answer(400, invalid, "audience", "The audience '{presented}' is not in the provider's client-id list."),
    answer(400, invalid, "audience_azp",
        "The caller '{presented}', which AWS is reported to read as the audience, is not in the provider's client-id list.",
        false),
    answer(400, invalid, "exchange_audience",
        "AWS is reported to refuse the audience of Entra's exchange resource even when it is listed.", false),
    answer(400, invalid, "key_unknown", "The keys of the issuer cannot be had, or have none with this id."),
    answer(400, invalid, "signature", "The signature of the token does not hold: {presented}"),
    answer(400, "ExpiredTokenException", "time", "The token is not within its time: {presented}."),
    answer(403, denied, "principal", "No statement of the trust policy names the provider of this token."),
    answer(403, denied, "action", "The statement does not allow sts:AssumeRoleWithWebIdentity."),
    answer(403, denied, "condition", "A condition of the trust policy does not hold: '{presented}' is not '{expected}'."),
    answer(403, denied, "condition_azp",
        "A condition does not hold: AWS is reported to read the caller '{presented}' as the audience.", false),
    answer(403, denied, "explicit_deny", "A statement of the trust policy denies this token."),
    answer(403, denied, "no_statement", "The trust policy has no statement that allows."),
};

} // namespace

const Answer& awsDenial(const char* reason)
{
    const auto it = std::ranges::find_if(denials,
        [&](const Answer& row) { return std::string_view(row.reason) == reason; });
    return it == denials.end() ? denials.front() : *it;
}

const QString& awsProviderPage()
{
    static const QString text = u"AWS: create an OpenID Connect identity provider in IAM"_s;
    return text;
}

const QString& awsPolicyPage()
{
    static const QString text = u"AWS: IAM JSON policy elements, condition operators"_s;
    return text;
}

QStringList awsTexts(const json::Value& value)
{
    if (!value.isArray())
        return value ? QStringList {value.display()} : QStringList {};
    QStringList out;
    for (json::Value each = value.first(); each; each = each.next())
        out.append(each.display());
    return out;
}

QString awsAccountOf(QStringView arn)
{
    const auto parts = arn.split(u':');
    return parts.size() > 4 ? parts[4].toString() : QString();
}

QString awsSessionArn(const QString& roleArn, const QString& session)
{
    // The path of a role is not part of the ARN of its sessions.
    return u"arn:%1:sts::%2:assumed-role/%3/%4"_s.arg(roleArn.section(u':', 1, 1), awsAccountOf(roleArn),
        roleArn.section(u'/', -1), session);
}

QString awsWithoutScheme(const QString& url)
{
    for (const QLatin1StringView scheme : {"https://"_L1, "http://"_L1})
        if (url.startsWith(scheme, Qt::CaseInsensitive))
            return url.sliced(scheme.size());
    return url;
}

const QString& awsKeyOrigin()
{
    static const QString text = u"condition key of the token's provider"_s;
    return text;
}

QString awsProviderArn(const QString& beside, const QString& url)
{
    // aws, aws-cn, aws-us-gov, ...: a policy names nothing outside of its own partition.
    static const QRegularExpression form(u"^arn:(aws[a-z-]*):"_s);
    const QString partition = form.match(beside).captured(1);
    return u"arn:%1:iam::%2:oidc-provider/%3"_s.arg(partition.isEmpty() ? u"aws"_s : partition, awsAccountOf(beside), url);
}

QString awsProviderOf(const QString& arn)
{
    // "arn:aws:iam::111122223333:oidc-provider/host:port/path": the URL itself may hold colons.
    static constexpr QLatin1StringView mark {":oidc-provider/"};
    const qsizetype at = arn.indexOf(mark);
    return arn.startsWith("arn:"_L1) && at > 0 ? arn.sliced(at + mark.size()) : QString();
}

} // namespace trust
