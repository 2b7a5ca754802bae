// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "anthropic_p.h"

#include <algorithm>
#include <array>
#include <string_view>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer denied(const char* reason, const char* text)
{
    return {.aadsts = 0, .status = 401, .error = "authentication_error", .text = text, .suberror = "",
            .confirmed = true, .reason = reason};
}

// match_subject_prefix, workspace_id_required and jti_reused are the vendor's; the other reasons are named in
// their manner.
constexpr std::array denials {
    denied("rule_unknown", "No federation rule has the id '{presented}'."),
    denied("organization_mismatch", "The rule belongs to another organization than '{presented}'."),
    denied("rule_malformed", "The federation rule cannot be read: {presented}."),
    denied("issuer_archived", "The issuer of the rule is archived."),
    denied("rule_archived", "The federation rule is archived."),
    denied("service_account_mismatch", "The rule's target is '{expected}', not '{presented}'."),
    denied("account_not_in_workspace", "The service account is not a member of the workspace."),
    denied("workspace_id_required", "The rule is enabled for several workspaces and the request names none."),
    denied("workspace_mismatch", "The rule is not enabled for the workspace '{presented}'."),
    denied("assertion_malformed", "The assertion is not a well-formed JWT."),
    denied("algorithm_not_allowed", "The algorithm '{presented}' is not accepted."),
    denied("issuer_mismatch", "The issuer '{presented}' is not the registered one."),
    denied("key_unknown", "The key of the assertion is not in the issuer's key set."),
    denied("signature_invalid", "The signature of the assertion does not hold."),
    denied("claim_missing", "The assertion lacks a claim that has to be there: {expected}."),
    denied("time_invalid", "The assertion is not within its time: {presented}."),
    denied("lifetime_too_long", "The assertion lives {presented}, the issuer allows {expected}."),
    denied("jti_reused", "This assertion was used before."),
    denied("match_subject_prefix", "The subject '{presented}' does not match the rule."),
    denied("match_audience", "The audience '{presented}' does not match the rule."),
    denied("match_claims", "The claim '{presented}' does not match the rule."),
    denied("match_condition", "The condition of the rule does not hold."),
};

} // namespace

const Answer& denial(const char* reason)
{
    const auto it = std::ranges::find_if(denials,
        [&](const Answer& row) { return std::string_view(row.reason) == reason; });
    return it == denials.end() ? denials.front() : *it;
}

const Answer& malformed()
{
    static constexpr Answer row {.aadsts = 0, .status = 400, .error = "invalid_request_error",
                                 .text = "{expected}"};
    return row;
}

AnthropicDecision anthropicDecision(Sheet& sheet, const json::Value& rule, const jose::Jwt& token,
    base::Instant now)
{
    AnthropicDecision out;
    const Answer* answer = sheet.answer();
    out.verdict = sheet.verdict(rule["name"].isString() ? rule["name"].text() : rule["id"].text());
    if (answer) {
        out.reason = QString::fromLatin1(answer->reason);
        // A 400 leaves no entry, and neither does a rule that is not known: there is no history it belongs to.
        out.inHistory = answer->status != 400 && out.reason != "rule_unknown"_L1;
        return out;
    }
    const qint64 wanted = std::clamp<qint64>(rule["token_lifetime_seconds"].integer().value_or(3600), 60,
        86400);
    const qint64 end = secondsIn(token.claim("exp")).value_or(0);
    const qint64 remaining = std::clamp<qint64>(end - base::epochSeconds(now), -86400, 7 * 86400);
    out.lifetime = std::chrono::seconds {std::max<qint64>(60, std::min(wanted, 2 * remaining))};
    out.scope = rule["oauth_scope"].text();
    return out;
}

} // namespace trust
