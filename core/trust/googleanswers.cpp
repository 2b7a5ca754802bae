// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "google_p.h"

#include <algorithm>
#include <array>
#include <string_view>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer denied(const char* error, const char* reason, const char* text)
{
    return {.aadsts = 0, .status = 400, .error = error, .text = text, .suberror = "", .confirmed = true, .reason = reason};
}

/// The code, the sentence or both are not promised by Google and not reported reliably.
constexpr Answer likely(const char* error, const char* reason, const char* text)
{
    Answer out = denied(error, reason, text);
    out.confirmed = false;
    return out;
}

constexpr Answer api(int status, const char* error, const char* reason, const char* text)
{
    Answer out = denied(error, reason, text);
    out.status = status;
    return out;
}

// Token exchange: downstream.md 3.2. Codes of the last rows: google-github-actions/auth issues 124, 378, 423 and others.
constexpr std::array answers {
    likely("invalid_request", "request_malformed", "Invalid request: {expected}."),
    denied("invalid_request", "audience_form",
        "Invalid value for \"audience\". This value should be the full resource name of the Identity Provider."),
    denied("invalid_target", "provider_unavailable",
        "The target service indicated by the \"audience\" parameters is invalid. This might either be because the pool or "
        "provider is disabled or deleted or because it doesn't exist."),
    likely("invalid_grant", "assertion_malformed", "The subject token is not a well-formed JWT."),
    likely("invalid_grant", "algorithm_not_allowed", "The algorithm of the subject token is not supported."),
    denied("invalid_grant", "issuer_mismatch",
        "The issuer in ID Token {presented} does not match the expected ones: {expected}"),
    likely("invalid_grant", "issuer_slash",
        "The issuer in ID Token {presented} does not match the expected ones: {expected}"),
    denied("invalid_grant", "audience_mismatch", "The audience in ID Token does not match the expected audience."),
    likely("invalid_grant", "key_unavailable", "Error connecting to the given credential's issuer."),
    likely("invalid_grant", "signature_invalid", "The signature of the subject token does not hold."),
    likely("invalid_grant", "claim_missing", "The subject token lacks a claim: {expected}."),
    likely("invalid_grant", "time_invalid", "The subject token is not within its time."),
    likely("invalid_grant", "lifetime_too_long", "The subject token lives {presented}, at most {expected} is taken."),
    likely("invalid_request", "subject_missing", "Could not obtain a value for google.subject from the given credential."),
    likely("unauthorized_client", "mapping_not_text", "The mapped attribute 'google.subject' must be of type STRING."),
    likely("invalid_request", "mapping_too_long", "The size of mapped attribute exceeds the 127 bytes limit."),
    denied("unauthorized_client", "condition_false", "The given credential is rejected by the attribute condition."),
    likely("invalid_grant", "condition_false_grant", "The given credential is rejected by the attribute condition."),
    // Google APIs: google.rpc.Code names.
    api(401, "UNAUTHENTICATED", "bearer_unknown",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential."),
    api(403, "PERMISSION_DENIED", "scope_insufficient", "Request had insufficient authentication scopes."),
    api(403, "PERMISSION_DENIED", "impersonation_denied",
        "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist)."),
    api(403, "PERMISSION_DENIED", "call_denied",
        "Permission 'aiplatform.endpoints.predict' denied on resource (or it may not exist)."),
    api(400, "INVALID_ARGUMENT", "argument_invalid", "Request contains an invalid argument."),
};

} // namespace

const Answer& googleAnswer(const char* reason)
{
    const auto it = std::ranges::find_if(answers, [&](const Answer& row) { return std::string_view(row.reason) == reason; });
    return it == answers.end() ? answers.front() : *it;
}

const QString& googlePage()
{
    static const QString text = u"Google Cloud: workload identity federation"_s;
    return text;
}

} // namespace trust
