// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// Temporary keys of an AWS role, as `aws configure export-credentials` prints them for a process: what the walker holds.
QByteArray roleCredentials(const World& world, const setup::Issuer& issuer);
/// Whether a request carries a Signature Version 4 made with those keys.
bool isSignedByRole(const World& world, const setup::Issuer& issuer, const http::ServerRequest& request);

/// GetWebIdentityToken's answers, query protocol, version 2011-06-15.
http::ServerResponse awsWorkloadToken(const QByteArray& token, qint64 expires);
http::ServerResponse awsWorkloadError(const base::Refusal& refusal);

} // namespace lab
