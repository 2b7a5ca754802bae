// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"

/// Token exchange (RFC 8693) and the JWT as a grant (RFC 7523) at any authorization server with RFC 8414 metadata.
namespace federation {

/// Which tokens go in, what is asked for, and what the new token is called.
struct Exchange
{
    const setup::Setup& setup;
    const setup::Target& server;
    flow::Party asker {};
    QString subject {};       ///< slot of the subject token or of the assertion
    QString actor {};         ///< slot of the actor token; empty: impersonation
    flow::Value audience {};
    QString audienceText {};
    QStringList scopes {};    ///< empty: what the server gives by default
    QString slot {};          ///< of the token that comes out
    flow::Party speaker {};   ///< whom it speaks for
    QByteArray sendAs {};     ///< field the assertion goes into; empty: where it belongs
};

/// Reads the server's metadata, whose address has the well-known part before the issuer's path (RFC 8414 section 3.1).
flow::Step exchangeMetadata(const setup::Target& server, const flow::Frame& frame);
/// The exchange itself; with an actor token the new token names both.
flow::Step exchangeToken(const Exchange& exchange, const flow::Frame& frame);
/// A JWT is presented as the grant; no user and no code take part.
flow::Step grantByJwt(const Exchange& exchange, const flow::Frame& frame);

flow::KeySource exchangeKeys(const setup::Target& server, const flow::Frame& frame);

} // namespace federation
