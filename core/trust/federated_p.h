// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/assertion_p.h"
#include "core/trust/federated.h"

namespace trust {

/// What is demanded of a client assertion that someone else signed.
TokenDemand federatedDemand(Unknowns unknowns);

/// Puts all checks of the token and of the fitting, or nearest, credential on the sheet. Returns that credential.
struct FederatedMatch
{
    const setup::Credential* credential = nullptr;
    QString closest {};
};
FederatedMatch checkFederated(Sheet& sheet, const jose::Jwt& token, const QList<setup::Credential>& credentials,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now, Unknowns unknowns);

/// A flexible credential's expression on the token; not evaluated where Entra keeps no such expression (entra.md 6.3).
base::Check expressionCheck(const jose::Jwt& token, const setup::Credential& credential, const setup::Setup* setup);

/// Of tokens that Entra issued itself, only an unchained one of a managed identity is a credential (entra.md 6.5).
void checkIssuedKind(Sheet& sheet, const jose::Jwt& token, const setup::Setup* setup, bool receiver, Unknowns unknowns);

} // namespace trust
