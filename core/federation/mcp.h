// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"
#include "core/setup/setup.h"

/// Steps of an MCP client (MCP authorization 2026-07-28; downstream.md section 5). Functions describe; they neither sign
/// nor send.
namespace federation {

/// Who walks to an MCP server, and by which authorization server.
struct McpWalk
{
    const setup::Target& target;
    const setup::Tenant* tenant = nullptr; ///< Entra is the authorization server; nullptr: the server's own
    const setup::App* client = nullptr;    ///< the client as it is registered in Entra
    const setup::User* user = nullptr;
    QString scopes {};                     ///< asked for first, as the server's metadata spells them
    QString scopesPointer {};
    bool registers = false;                ///< the client id comes out of a registration (RFC 7591)
    bool documented = false;               ///< the client id is the address of the client's own metadata document

    QString issuer() const { return tenant ? tenant->issuerV2() : target.authorizationServer; }
};

flow::Party mcpServerParty(const setup::Target& target);
flow::Party mcpClientParty(const McpWalk& walk);

/// A request without a token. The 401 is what the step is for: it names the metadata.
flow::Step mcpChallenge(const McpWalk& walk, const flow::Frame& frame);
/// The RFC 9728 document, one step a place, in the order of the specification: where the challenge says, before the server's path,
/// at the root. Is it this server's, and whom does it send to.
QList<flow::Step> mcpResourceMetadata(const McpWalk& walk, const flow::Frame& frame);
/// The authorization server's metadata, one step a place, in the order of the specification. A 404 leads to the next.
QList<flow::Step> mcpServerMetadata(const McpWalk& walk, const flow::Frame& frame);
/// RFC 7591: a client nobody knew gets an id.
flow::Step mcpRegister(const McpWalk& walk, const flow::Frame& frame);
/// The client's own metadata document, as an authorization server will find it at the client id: does it name that address.
flow::Step mcpClientDocument(const McpWalk& walk, const flow::Frame& frame);
/// Code flow with PKCE and `resource`. `again`: for the scopes that a challenge named.
flow::Step mcpSignIn(const McpWalk& walk, bool again, const flow::Frame& frame);
/// The code for a token, slot `Tc`; `again`: slot `Ts`.
flow::Step mcpRedeem(const McpWalk& walk, bool again, const flow::Frame& frame);
/// The second leg of enterprise-managed authorization (RFC 7523 with an ID-JAG): slot `Tj` for an access token, slot `Tm`.
/// The client is the one the server knows by the target's `clientId`.
flow::Step mcpRedeemAssertion(const setup::Setup& setup, const McpWalk& walk, const flow::Frame& frame);
/// JSON-RPC initialize, then the notification that it is done.
flow::Step mcpInitialize(const McpWalk& walk, const QString& tokenSlot, const flow::Frame& frame);
flow::Step mcpInitialized(const McpWalk& walk, const QString& tokenSlot, const flow::Frame& frame);
/// tools/call.
flow::Step mcpCallTool(const McpWalk& walk, const setup::Tool& tool, const QString& tokenSlot, const flow::Frame& frame);
/// tools/call with too little: the 403 is what the step is for, its challenge names the scopes to ask for.
flow::Step mcpStepUpChallenge(const McpWalk& walk, const setup::Tool& tool, const QString& tokenSlot, const flow::Frame& frame);
/// Where the authorization server's keys are: `jwks_uri` of its metadata.
flow::KeySource mcpKeys(const McpWalk& walk, const flow::Frame& frame);

} // namespace federation
