// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/secrets.h"

namespace setup {

/// The key of the client secret at a target that knows this program by its `clientId`. Other things kept for a target have
/// names of their own.
SecretKey secretKey(const Setup& setup, const Target& target, const QString& credential = QStringLiteral("client-secret"));
/// Whether a target wants a client secret: kinds token-exchange, saas and broker, unless settings say `"publicClient": true`.
bool hasClientSecret(const Target& target);
/// A broker whose settings say `"managementKey": true` is also asked with its own key.
bool hasManagementKey(const Target& target);

} // namespace setup
