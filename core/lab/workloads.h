// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// The endpoint where a workload of an outside platform asks for its token, in that platform's own form (downstream.md 7):
/// GitHub's JSON `value`, a Kubernetes TokenRequest, Google's plain text, the query protocol of AWS, a SPIFFE token as text.
http::ServerResponse workloadToken(World& world, const setup::Issuer& issuer, const http::ServerRequest& request);

/// What the platform gave the running job to ask with: kept by the walker, compared by the endpoint.
QByteArray requestTokenOf(const World& world, const setup::Issuer& issuer);

/// The path of the endpoint when an issuer names none: below the issuer itself.
inline constexpr auto defaultTokenPath = "/token";

} // namespace lab
