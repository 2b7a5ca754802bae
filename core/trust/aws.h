// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/json.h"
#include "core/http/message.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

/// What a role's owner configured: the answer of GetOpenIDConnectProvider and the role's trust policy, as IAM writes
/// them. Either may be missing; what only it knows is then not evaluated.
struct AwsTrust
{
    json::Value provider {};
    json::Value policy {};
    /// Switches for disputed behaviour: "azpAsAudience" and "refuseExchangeAudience", both on by default
    /// (downstream.md 2.5 and 2.6, neither is confirmed by AWS).
    json::Value settings {};
    QString roleArn {};     ///< empty: not known, as with a policy alone
    QString sessionName {}; ///< as the request names it; empty: not known
    QString pointer {};     ///< of the target in a setup; empty: of a contract file, whose own members these are
};

/// Policies that a request passes for its session alone: the session's rights are the intersection of the role's own policies and
/// these (IAM User Guide, "Session policies").
struct AwsSessionPolicy
{
    QByteArray inlinePolicy {}; ///< `Policy`, as sent; null: none
    QStringList arns {};        ///< `PolicyArns`

    bool isThere() const { return !inlinePolicy.isNull() || !arns.isEmpty(); }
    qsizetype characters() const;
    /// Of the space for session policies. Counted on the plain text: how AWS packs it is not documented.
    int packedPercent() const;
};
AwsSessionPolicy awsSessionPolicyIn(const http::Form& request);

struct AwsDecision
{
    base::Verdict verdict {};
    QString reason {};   ///< what the authentication history says: "condition"; empty when accepted
    QString audience {}; ///< what the answer calls the audience
    std::chrono::seconds lifetime {3600}; ///< of the session that is made
};

/// A web identity token against an OIDC provider and a trust policy (IAM User Guide, "Create a role for OpenID Connect
/// federation" and "IAM JSON policy elements: Condition operators").
AwsDecision matchAws(const jose::Jwt& token, const AwsTrust& trust, const setup::Setup* setup,
    const Knowledge& knowledge, base::Instant now);

/// AssumeRoleWithWebIdentity, whole: parameters, token, provider, trust policy (STS API Reference).
AwsDecision decideAwsWebIdentity(const setup::Setup& setup, const setup::Target& target, const http::Form& request,
    const Knowledge& knowledge, base::Instant now);

/// A request signed with Signature Version 4, as it arrived.
struct AwsCall
{
    QByteArray method {};
    QByteArray path {};
    QByteArray query {};
    const http::Headers& headers;
    QByteArrayView body {};
};
/// Whether the signature holds, by the key that the session was given (IAM User Guide, "AWS Signature Version 4").
base::Verdict decideAwsCall(const setup::Target& target, const AwsCall& call, const Knowledge& knowledge,
    base::Instant now);

/// "arn:aws:iam::123456789012:role/path/name" -> "123456789012"
QString awsAccountOf(QStringView arn);
/// "arn:aws:iam::123456789012:role/path/name", "session" -> "arn:aws:sts::123456789012:assumed-role/name/session"
QString awsSessionArn(const QString& roleArn, const QString& session);
/// A provider's URL or an issuer as IAM writes it: without https://, a slash at the end kept.
QString awsWithoutScheme(const QString& url);
/// What `presentedFrom` says where the name of a condition key is wrong, and not its value: the member at `fixPointer` is to
/// be named as `presented`.
const QString& awsKeyOrigin();
/// The ARN of the provider with this URL, in the partition and the account of another ARN; without an account when that is no ARN.
QString awsProviderArn(const QString& beside, const QString& url);
/// The provider's URL in arn:aws:iam::<account>:oidc-provider/<url>; empty for another ARN.
QString awsProviderOf(const QString& arn);

} // namespace trust
