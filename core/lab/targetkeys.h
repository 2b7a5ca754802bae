// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/world.h"

namespace lab {

/// Of the client that an exchange, a third party or a broker knows. Derived when it is asked for, and kept nowhere.
QByteArray clientSecret(const Entropy& entropy, const setup::Target& target);
/// Of a broker; what it may do is not bounded by policies.
QByteArray managementKey(const Entropy& entropy, const setup::Target& broker);

/// Whether a target signs tokens of its own: an exchange or a broker.
bool isIssuer(const setup::Target& target);
/// Its name among the run's keys, and the keys themselves.
QString keyName(const setup::Target& target);
const IssuerKeys& keysOf(const World& world, const setup::Target& target);

/// The client with that id, at whichever target knows it.
std::optional<trust::RegisteredClient> registration(const World& world, QByteArrayView clientId);
/// What the ledger knows of an opaque token. A broker's management key is one nobody issued; an access token ends when the
/// refresh token it came with is used (see refreshUses).
std::optional<trust::OpaqueGrant> opaqueGrant(World& world, QByteArrayView token);

/// Refresh tokens that are good once are kept as single-use values of this name, by their hash.
inline constexpr QLatin1StringView refreshUses {"refresh tokens"};

} // namespace lab
