// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/message.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

/// A bearer token at an API that validates signature, issuer, audience, time and scope or role itself. Graph is one of
/// them (its tokens' signatures are not meaningful elsewhere, entra.md 2.6).
base::Verdict decideBearer(const setup::Setup& setup, const setup::Target& target, QByteArrayView authorization,
    const Knowledge& knowledge, base::Instant now);

/// What a target is configured to take in `aud` and `iss`; made from its resource app where the setup does not list it.
QStringList validAudiencesOf(const setup::Setup& setup, const setup::Target& target);
QStringList validIssuersOf(const setup::Setup& setup, const setup::Target& target);

/// Just audiences and issuers, as a validation settings list has them (contract files).
base::Verdict matchAudiences(const jose::Jwt& token, const QStringList& validAudiences, const QStringList& validIssuers,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now);

/// The bytes a Graph token's signature is made over: its header's `nonce` replaced by the base64url SHA-256 of it (public
/// analyses, entra.md 2.6; Microsoft says only that nobody else can verify). The token's own bytes when there is none.
QByteArray graphSigningInput(const jose::Jwt& token);

} // namespace trust
