// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"
#include "core/setup/setup.h"

/// Steps in Entra's vocabulary. Functions here describe; they neither sign nor send.
namespace entra {

flow::Party entraParty();
flow::Party party(const setup::App& app);
flow::Party party(const setup::ManagedIdentity& identity);
flow::Party party(const setup::User& user);

/// Shown name of an app: its display name, else its name.
QString title(const setup::App& app);

/// The token endpoint of a tenant as a value that points into the setup.
flow::Value tokenEndpoint(const setup::Tenant& tenant);
/// "<resource>/.default" as a value.
flow::Value defaultScope(const setup::App& resource);
QString defaultScopeText(const setup::App& resource);

/// A POST to the token endpoint with the fields every grant has.
flow::Step tokenRequest(const setup::Tenant& tenant, const QByteArray& grantType, const setup::App& client);

inline constexpr auto clientCredentials = "client_credentials";
inline constexpr auto jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";           // RFC 7523 section 2.1
inline constexpr auto assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"; // RFC 7523 section 2.2

} // namespace entra
