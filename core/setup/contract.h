// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace setup {

/// What decides on a request, as a name and a place in the setup. A step carries it, core/trust evaluates it, so that
/// neither knows the other.
struct ContractRef
{
    /// "entra.authorize", "entra.token", "managed-identity", "api.bearer", "anthropic.exchange", "anthropic.api",
    /// "oidc.provider", "aws.web-identity", "aws.call", "google.exchange", "google.impersonation", "google.call",
    /// "token-exchange", "jwt-grant", "mcp.resource", "key-vault", "saas.authorize", "saas.token", "broker", "sidecar", ...;
    /// empty where nothing is decided (a metadata document). core/trust/evaluate.cpp has a row for each.
    QString kind {};
    QString pointer {}; ///< of the tenant, managed identity, target or provider in the setup

    bool operator==(const ContractRef&) const = default;
};

} // namespace setup
