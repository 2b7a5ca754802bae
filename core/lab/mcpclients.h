// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/entropy.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace lab {

/// Under which name an MCP authorization server's keys are kept.
QString mcpKeyName(const QString& issuer);

/// Clients that register themselves are not kept: the id holds all that was said, and a mark that this lab wrote it
/// (stateless registration, RFC 7591 appendix A.5.2).
trust::RegisteredClient mcpClientOf(const Entropy& entropy, trust::RegisteredClient said);
/// By its id: one that registered, or one that an MCP server knows beforehand, with its secret.
std::optional<trust::RegisteredClient> mcpClient(const Entropy& entropy, const setup::Setup& setup, const QByteArray& clientId);

/// The secret of the client that an MCP server knows by its `clientId`; empty where there is none.
QByteArray mcpClientSecret(const Entropy& entropy, const setup::Target& target);

} // namespace lab
