// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/entra/parties.h"

namespace entra {

/// How a confidential client, or a blueprint, proves itself.
enum class Proof { Secret, ManagedIdentity };

/// The host asks its metadata service for a token of a managed identity, for the exchange audience. Slot `T0`.
flow::Step managedIdentityToken(const setup::Setup& setup, const setup::ManagedIdentity& identity, const flow::Frame& frame);

/// Adds client authentication to a token request: the secret, or T0 as client assertion. Sets the evidence and the name
/// of the contract. An Error when the app has no such credential.
base::Result<void> authenticate(flow::Step& step, const setup::Setup& setup, const setup::App& app, Proof proof, const flow::Frame& frame);
/// Client authentication by an earlier token.
void authenticateWith(flow::Step& step, const QString& slot);

} // namespace entra
