// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "aws_p.h"

#include "core/trust/near_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// A condition key of a provider, and the claim it stands for (IAM User Guide, "Available keys for AWS OIDC
/// federation").
struct ClaimKey
{
    QLatin1StringView key;
    const char* claim;
};
constexpr std::array claimKeys {
    ClaimKey {"aud"_L1, "aud"}, ClaimKey {"sub"_L1, "sub"}, ClaimKey {"amr"_L1, "amr"},
    ClaimKey {"email"_L1, "email"},
};

/// Providers of which AWS reads more than that. Which claims these are is not confirmed here.
constexpr std::array richProviders {"token.actions.githubusercontent.com"_L1, "accounts.google.com"_L1,
    "oidc.circleci.com"_L1};

bool isSame(QStringView a, QStringView b) { return a.compare(b, Qt::CaseInsensitive) == 0; }

AwsValue ofClaim(const AwsCase& c, const char* claim)
{
    const json::Value value = c.token.claim(claim);
    return {.values = awsTexts(value), .from = u"claim "_s + QString::fromLatin1(claim)};
}

AwsValue ofAudience(const AwsCase& c, bool original)
{
    if (c.mapsCaller() && !original)
        return {.values = {callerOf(c.token)}, .from = u"claim azp, read as the audience (unconfirmed)"_s};
    if (original && !c.mapsCaller())
        return {.from = u"claim aud"_s};
    return ofClaim(c, "aud");
}

AwsValue ofProvider(const AwsCase& c, const QString& url, const QString& name)
{
    if (isSame(name, u"aud"))
        return ofAudience(c, false);
    if (isSame(name, u"oaud"))
        return ofAudience(c, true);
    const auto row = std::ranges::find_if(claimKeys, [&](const ClaimKey& k) { return isSame(name, QString(k.key)); });
    if (row != claimKeys.end())
        return ofClaim(c, row->claim);
    const bool rich = std::ranges::any_of(richProviders, [&](QLatin1StringView host) { return url.startsWith(host); });
    if (rich)
        return {.why = u"Whether AWS reads the claim %1 of this provider is not known here."_s.arg(name)};
    return {.from = u"no key of this request: AWS reads aud, sub, amr, email and oaud of a provider (reported)"_s};
}

/// Keys that every AWS request has, as far as a web identity request decides them.
AwsValue ofRequest(const AwsCase& c, const QString& url, const QString& key)
{
    if (isSame(key, u"sts:RoleSessionName") && !c.trust.sessionName.isEmpty())
        return {.values = {c.trust.sessionName}, .from = u"RoleSessionName in the request"_s};
    if (isSame(key, u"aws:FederatedProvider") && !awsAccountOf(c.trust.roleArn).isEmpty())
        return {.values = {awsProviderArn(c.trust.roleArn, url)}, .from = u"the provider's ARN"_s};
    return {.why = u"%1 depends on the request, not on the token. It is not known here."_s.arg(key)};
}

bool isOfRequest(const QString& prefix)
{
    return std::ranges::any_of(std::array {u"aws", u"sts", u"saml", u"iam"},
        [&](const char16_t* service) { return isSame(prefix, QString::fromUtf16(service)); });
}

} // namespace

QStringList awsKeysOf(const jose::Jwt& token)
{
    QStringList out;
    for (const ClaimKey& each : claimKeys)
        if (!awsTexts(token.claim(each.claim)).isEmpty())
            out.append(QString(each.key));
    return out;
}

AwsValue awsValueOf(const AwsCase& c, const QString& providerUrl, const QString& key)
{
    // A key ends with the last colon: the URL before it may name a port.
    const qsizetype colon = key.lastIndexOf(u':');
    const QString prefix = colon < 0 ? QString() : key.left(colon), name = key.sliced(colon + 1);
    if (isOfRequest(prefix))
        return ofRequest(c, providerUrl, key);
    // Names of keys are compared without case (IAM User Guide, "Condition").
    if (isSame(prefix, providerUrl))
        return ofProvider(c, providerUrl, name);
    return {.from = u"no key of this request"_s, .rightKey = providerUrl.isEmpty() ? QString() : QString(providerUrl + u':' + name)};
}

} // namespace trust
