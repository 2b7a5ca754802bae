// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"
#include "core/lab/world.h"
#include "core/trust/tokenexchange.h"

#include <QJsonObject>

namespace lab {

/// An authorization server for token exchange (RFC 8693) and JWT grants (RFC 7523): metadata (RFC 8414, its path before the
/// issuer's), /jwks and /token below the issuer. Several targets may share the address; the client id tells them apart.
http::ServerResponse exchangeServer(World& world, const QList<const setup::Target*>& targets,
    const http::ServerRequest& request, const QByteArray& path);

/// The token of a decision: a JWT as access tokens are written (RFC 9068), with the actor of RFC 8693 section 4.1.
QByteArray mintExchanged(World& world, const setup::Target& server, const trust::ExchangeDecision& d);

/// The target as a trust of the manifest: its first subject, its first actor, and what a client has to know. Nothing for a
/// target that pins no subject.
QJsonObject exchangeTrust(const World& world, const setup::Target& target);

} // namespace lab
