// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/assertion_p.h"

namespace trust {

/// Where a receiver of federated tokens takes its issuer's keys from: they stand in its own configuration, or it fetches what the
/// issuer publishes.
struct KeySource
{
    bool given = false;               ///< in the configuration itself
    QString from {};                  ///< "keys given inline, field oidc.jwksJson of the provider": for the screen
    QString pointer {};               ///< of the keys, where the configuration stands in a document
    QString url {};                   ///< where they are fetched from, when not from where the issuer says
    base::Result<jose::KeySet> keys {}; ///< what is given; meaningless when nothing is
};

/// `oidc.jwksJson` of a workload identity pool provider: a key set as text (IAM API, projects.locations.workloadIdentityPools.providers).
KeySource googleKeySource(const json::Value& provider, const QString& pointer);
/// `jwks` of a federation issuer: of type inline with `keys`, of type explicit_url, else by discovery (Admin API, federation issuers).
KeySource anthropicKeySource(const json::Value& issuer, const QString& pointer);

/// The signature by the keys of that source. Keys that are given are used without asking anybody, also where the issuer publishes
/// others; a private key among them is said. `trusted` as in checkSignature.
void checkSignatureBy(const KeySource& source, Sheet& sheet, const jose::Jwt& token, const QString& issuer, bool trusted,
    const Knowledge& knowledge, TokenDemand demand);

} // namespace trust
