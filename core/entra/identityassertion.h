// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/entra/workload.h"

namespace entra {

/// For which MCP server, at which authorization server, an identity assertion is wanted.
struct AssertionFor
{
    QString server {};         ///< issuer of the authorization server
    QString serverPointer {};
    QString resource {};       ///< URL of the MCP server
    QString resourcePointer {};
    QString scopes {};
    QString scopesPointer {};
};

/// The first leg of enterprise-managed authorization (ID-JAG draft 4.3, RFC 8693 2.1): the id token in slot `Ti` becomes
/// an identity assertion, slot `Tj`. The tenant plays the identity provider; Entra itself is not known to offer it.
base::Result<flow::Step> identityAssertion(const setup::Setup& setup, const setup::Tenant& tenant, const setup::App& client, Proof proof,
    const AssertionFor& wanted, const flow::Frame& frame);

} // namespace entra
