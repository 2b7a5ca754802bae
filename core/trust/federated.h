// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

/// One token against federated credentials of an app or a managed identity, as Entra compares: issuer, subject, audience,
/// letter by letter, RS256 only (entra.md section 6). With several, the one that fits decides; else `closest` and the
/// checks are those of the nearest. The refusal carries 70025, 700211, 700213, 7002138, 700212, 700214, ...
base::Verdict matchFederated(const jose::Jwt& token, const QList<setup::Credential>& credentials,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now);

/// The checks of just one credential: issuer, subject (or expression), audience.
QList<base::Check> federatedChecks(const jose::Jwt& token, const setup::Credential& credential, const setup::Setup* setup);

/// Signature, algorithm, time and kind of a client assertion: "The token itself".
QList<base::Check> assertionChecks(const jose::Jwt& token, const Knowledge& knowledge, base::Instant now, const setup::Setup* setup);

} // namespace trust
