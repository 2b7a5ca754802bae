// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/entra/parties.h"

namespace entra {

/// How a confidential client, or a blueprint, proves itself.
enum class Proof { Secret, ManagedIdentity, Certificate, Issuer };

/// What a proof needs to know beside its kind.
struct Witness
{
    QString source {};   ///< name of the managed identity or outside issuer whose token is the proof; empty: the first that fits
    QString audience {}; ///< certificate: whom the assertion is addressed to, when it is not the token endpoint
};

/// The host asks its metadata service for a token of a managed identity, for the exchange audience. Slot `T0`. `pinned`:
/// the identity is named by its client id, so that a second one on the same host does not take its place.
flow::Step managedIdentityToken(const setup::Setup& setup, const setup::ManagedIdentity& identity, const flow::Frame& frame, bool pinned = true);
/// The same on a server that Azure Arc manages: the agent there answers with a challenge that names a file only
/// administrators can read, and wants its content (entra.md 5.3). Three steps, slot `T0`.
QList<flow::Step> arcToken(const setup::ManagedIdentity& identity, const flow::Frame& frame);

/// Adds client authentication to a token request: secret, assertion signed with a certificate's key, or T0 as client
/// assertion. Sets the evidence and the name of the contract. An Error when the app has no such credential.
base::Result<void> authenticate(flow::Step& step, const setup::Setup& setup, const setup::App& app, Proof proof, const flow::Frame& frame,
    const Witness& witness = {});
/// What follows the key of a step's explanation: "", ".secret", ".certificate", ".issuer".
QString explainedBy(Proof proof);
/// Client authentication by an earlier token.
void authenticateWith(flow::Step& step, const QString& slot);

/// An app asks for a token for itself (client credentials). Slot `T1`.
base::Result<flow::Step> tokenAsApp(const setup::Setup& setup, const setup::Tenant& tenant, const setup::App& app, Proof proof,
    const setup::App& resource, const flow::Frame& frame, const Witness& witness = {});

} // namespace entra
