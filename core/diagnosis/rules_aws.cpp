// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/awsrules_p.h"
#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/trust/aws.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// AWS roles of the case's flows, each once.
QList<const setup::Target*> roles(const Case& c)
{
    QList<const setup::Target*> found;
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::Target& target : c.setup.targets) {
        const bool used = std::ranges::any_of(specs,
            [&](const setup::FlowSpec& s) { return s.target == target.name || s.alsoTarget == target.name; });
        if (target.kind == u"aws" && (used || !c.flow))
            found.append(&target);
    }
    return found;
}

/// An allowing statement of a role's trust policy.
struct Allow
{
    const setup::Target* target = nullptr;
    json::Value statement {};
    QString name {};
    QString place() const { return target->pointer + u"/trustPolicy"_s + statement.pointer(); }
};

QList<Allow> allowsIn(const setup::Target& target)
{
    QList<Allow> out;
    const json::Value list = target.trustPolicy.root()["Statement"];
    int index = 0;
    for (json::Value each = list.isArray() ? list.first() : list; each; each = list.isArray() ? each.next() : json::Value()) {
        const QString sid = each["Sid"].text();
        ++index;
        if (each["Effect"].text() == u"Allow")
            out.append({&target, each, u"Trust policy, "_s + (sid.isEmpty() ? u"statement %1"_s.arg(index) : sid)});
    }
    return out;
}

struct Pinned
{
    bool subject = false;  ///< something of :sub is pinned
    bool wildcard = false; ///< :sub is compared with nothing but wildcards
    bool audience = false, original = false;
};

bool isAnything(const json::Value& value)
{
    const auto bare = [](const json::Value& v) {
        return !v.text().isEmpty() && std::ranges::all_of(v.text(), [](QChar c) { return c == u'*' || c == u'?'; });
    };
    if (!value.isArray())
        return bare(value);
    for (json::Value each = value.first(); each; each = each.next())
        if (bare(each))
            return true;
    return false;
}

Pinned pinnedBy(const json::Value& statement)
{
    Pinned out;
    for (json::Value op = statement["Condition"].first(); op; op = op.next()) {
        const bool positive = !op.keyText().contains(u"Not"_s) && op.keyText() != u"Null";
        for (json::Value key = op.first(); key; key = key.next()) {
            const QString name = key.keyText().toLower(); // names of keys have no case
            if (name.endsWith(u":sub"_s) && positive)
                (isAnything(key) ? out.wildcard : out.subject) = true;
            out.audience = out.audience || name.endsWith(u":aud"_s);
            out.original = out.original || name.endsWith(u":oaud"_s);
        }
    }
    return out;
}

void exchangeAudience(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target* target : roles(c))
        for (json::Value id = target->provider.root()["ClientIDList"].first(); id; id = id.next())
            if (id.text() == setup::exchangeAudienceGuid || id.text() == setup::exchangeAudienceUri)
                out.append(finding(rule, Severity::Error,
                    {.object = u"OIDC provider of "_s + titleOf(*target)},
                    {.pointer = target->pointer + u"/provider"_s + id.pointer()}));
}

/// Only tokens of v2.0 carry azp. Which of the two is compared is not documented for Entra.
void callerAsAudience(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target* target : roles(c)) {
        const setup::App* resource = c.setup.app(target->resource);
        if (!resource || resource->requestedAccessTokenVersion != 2)
            continue;
        for (const Allow& allow : allowsIn(*target))
            if (const Pinned pinned = pinnedBy(allow.statement); pinned.audience && !pinned.original)
                out.append(finding(rule, Severity::Warning, {.object = allow.name}, {.pointer = allow.place()}));
    }
}

constexpr auto policy = "AWS: IAM JSON policy elements, condition operators";
constexpr auto sts = "AWS STS: AssumeRoleWithWebIdentity";

constexpr std::array table {
    Rule {"TR-AWS-GUID", "{object}: AWS does not take the exchange audience",
        "The token's audience is the GUID of Entra's exchange resource. AWS is reported to refuse it even when it is listed.",
        "Federate the managed identity to an intermediary app, and present that app's token.",
        "microsoft/entra-agentid-samples (reported)", exchangeAudience, AboutRole},
    Rule {"X-AZP-AS-AUD", "{object}: :aud may be compared with the caller",
        "AWS reads azp as :aud when a token has it, and aud as :oaud. It documents this for Google; for others it is reported.",
        "Test it against your account. List both values, and pin :oaud as well.",
        "AWS: IAM and AWS STS condition context keys; aws/aws-sdk-net issue 3071", callerAsAudience, AboutRole},
    Rule {"TR-AWS-KEY", "{object}: the condition key is not one of this provider",
        "The key {expected} is not in the request; the provider's own is {presented}. A condition on a missing key does not hold.",
        "Write the provider's URL into the key exactly as it is registered, a slash at its end included.", policy, nullptr,
        AboutRole},
    Rule {"TR-AWS-ACTION", "{object}: it does not allow sts:AssumeRoleWithWebIdentity",
        "The statement allows {expected}. A web identity assumes a role by sts:AssumeRoleWithWebIdentity alone.",
        "Add the action to the statement.", sts, nullptr, AboutRole},
    Rule {"TR-AWS-PROVIDER", "{object}: it names another provider",
        "The principal is not the OIDC provider that this token comes from.",
        "Name the provider by its ARN, with its URL exactly as it is registered.", policy, nullptr, AboutRole},
    Rule {"TR-AWS-ACCOUNT", "The role and its provider are in different accounts",
        "The role's account has no OIDC provider for this issuer: the trust policy names one of another account. AWS answers as if nobody had registered it.",
        "Assume a role of the provider's account, or register the provider in the role's.", sts, nullptr, AboutRole},
    Rule {"TR-AWS-ROLE", "There is no such role",
        "The account has no role {presented}. AWS answers as it does to a policy that does not fit.",
        "Copy the role's ARN from the account, its path included.", sts, nullptr, AboutRole},
    Rule {"TR-AWS-DENY", "{object}: the trust policy denies this token",
        "An explicit deny goes before every allow.", "Present another token, or change the denying statement.", policy,
        nullptr, AboutRole},
    Rule {"TR-SESSION-POLICY", "{object}: AWS does not take the session policy",
        "The policy that the request passes for its session is malformed or too large: {presented}. The role itself is not in question.",
        "Send a policy of Effect, Action and Resource alone, 2048 characters at most together with the ARNs.",
        "AWS STS: AssumeRoleWithWebIdentity, Policy and PolicyArns", nullptr, AboutRole},
    Rule {"TR-SESSION-EXPIRED", "The session ended before it was used",
        "Temporary credentials end at their Expiration, whatever else holds.",
        "Assume the role again shortly before the session ends.", "AWS: temporary security credentials in IAM", nullptr,
        AboutRole | AboutRun},
    Rule {"TR-AWS-SIGNATURE", "The request is signed with other keys than the session's",
        "AWS rebuilds the signature from the request and the session's secret key; the two differ.",
        "Use key id, secret key and session token of one answer, and sign the request as it is sent.",
        "AWS: Signature Version 4 for API requests", nullptr, AboutRole | AboutRun},
};

} // namespace

void awsTenantOnly(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target* target : roles(c))
        for (const Allow& allow : allowsIn(*target))
            if (const Pinned pinned = pinnedBy(allow.statement); !pinned.subject && !pinned.wildcard)
                out.append(finding(rule, Severity::Error,
                    {.object = allow.name,
                        .text = u"No condition looks at :sub. Every workload of the issuer can ask for a token with this audience."_s,
                        .fix = u"Compare :sub with the object id of the workload, beside :aud."_s},
                    {.pointer = allow.place()}));
}

void awsWildcardSubject(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target* target : roles(c))
        for (const Allow& allow : allowsIn(*target))
            if (const Pinned pinned = pinnedBy(allow.statement); !pinned.subject && pinned.wildcard)
                out.append(finding(rule, Severity::Error, {.object = allow.name}, {.pointer = allow.place()}));
}

std::span<const Rule> awsRules() { return table; }

} // namespace diagnosis
