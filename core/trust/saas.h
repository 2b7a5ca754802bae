// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/message.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

struct SaasAuthorizeDecision
{
    base::Verdict verdict {};
    bool redirectTrusted = false; ///< false: show the error on a page, never redirect
    QStringList scopes {};
    bool offline = false;         ///< a refresh token will come
};
/// The authorize endpoint of a third party before anyone signs in: client, redirect URI, response type, PKCE, scopes.
SaasAuthorizeDecision decideSaasAuthorize(const setup::Target& target, const http::Form& query);

struct SaasTokenDecision
{
    base::Verdict verdict {};
    QString reason {};            ///< id of the check that decided; empty when accepted
    bool refreshed = false;       ///< by a refresh token rather than a code
    std::optional<CodeGrant> code {};
    std::optional<RefreshGrant> refresh {};
};
/// Its token endpoint: client, then the code with redirect URI and verifier, or the refresh token. The answers are the
/// provider's own words and statuses, by the target's profile.
SaasTokenDecision decideSaasToken(const setup::Target& target, const http::Form& form, QByteArrayView authorization,
    const Knowledge& knowledge, base::Instant now);

/// Its API, asked who the bearer token is for.
base::Verdict decideSaasCall(const setup::Target& target, const http::Headers& headers, const Knowledge& knowledge, base::Instant now);

} // namespace trust
