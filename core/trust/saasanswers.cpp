// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "saasanswers_p.h"

#include <algorithm>
#include <array>
#include <string_view>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

struct Row
{
    std::string_view profile; ///< empty: whoever has no row of its own (RFC 6749 section 5.2)
    SaasFault fault;
    Answer answer;
};

constexpr Answer said(int status, const char* error, const char* text, bool confirmed = true)
{
    return {.status = status, .error = error, .text = text, .confirmed = confirmed};
}

// `false`: its class or code is not promised by the vendor's page.
constexpr std::array rows {
    Row {"github", SaasFault::Client, said(200, "incorrect_client_credentials", "The client_id or client_secret is incorrect.")},
    Row {"github", SaasFault::Code, said(200, "bad_verification_code", "The code is incorrect or expired.")},
    Row {"github", SaasFault::Redirect, said(200, "redirect_uri_mismatch", "The redirect_uri is not the one registered.")},
    Row {"github", SaasFault::VerifierMissing, said(200, "bad_verification_code", "The code verifier is missing.", false)},
    Row {"github", SaasFault::VerifierWrong, said(200, "bad_verification_code", "The code verifier does not fit.", false)},
    Row {"github", SaasFault::Refresh, said(200, "bad_refresh_token", "The refresh token is incorrect or expired.", false)},
    Row {"google", SaasFault::Redirect, said(400, "redirect_uri_mismatch", "Bad Request", false)},
    Row {"salesforce", SaasFault::Client, said(400, "invalid_client", "The client credentials are invalid.", false)},
    Row {"salesforce", SaasFault::Redirect, said(400, "redirect_uri_mismatch", "The redirect_uri must match the configuration.", false)},
    Row {"salesforce", SaasFault::VerifierMissing, said(400, "invalid_grant", "The code verifier is missing.")},
    Row {"salesforce", SaasFault::VerifierWrong, said(400, "invalid_request", "The code verifier is invalid.")},
    Row {"", SaasFault::Grant, said(400, "unsupported_grant_type", "The grant type is not supported.")},
    Row {"", SaasFault::Client, said(401, "invalid_client", "The client did not prove who it is.")},
    Row {"", SaasFault::Code, said(400, "invalid_grant", "The code is not good.")},
    Row {"", SaasFault::Redirect, said(400, "invalid_grant", "The redirect URI is not the one of the authorization.")},
    Row {"", SaasFault::VerifierMissing, said(400, "invalid_grant", "The code verifier is missing.")},
    Row {"", SaasFault::VerifierWrong, said(400, "invalid_grant", "The code verifier does not fit.")},
    Row {"", SaasFault::Refresh, said(400, "invalid_grant", "The refresh token is not good.")},
};

} // namespace

const Answer& saasAnswer(const setup::Target& target, SaasFault fault)
{
    const std::string profile = target.profile.toStdString();
    const auto own = std::ranges::find_if(rows, [&](const Row& r) { return r.fault == fault && r.profile == profile; });
    const auto plain = std::ranges::find_if(rows, [&](const Row& r) { return r.fault == fault && r.profile.empty(); });
    return own != rows.end() ? own->answer : plain->answer;
}

} // namespace trust
