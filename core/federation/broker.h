// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"

/// A credential broker as Descope's hub documents it (downstream.md 4.1): a workload's token in, a scoped platform token out,
/// and for that a token of a third party that knows nothing of the workload.
namespace federation {

flow::Party brokerParty(const setup::Target& broker);

/// The workload's token as a JWT grant; slot `T3`.
flow::Step brokerInbound(const setup::Setup& setup, const setup::Target& broker, const flow::Party& asker, const QString& assertion, const QStringList& scopes);
/// The platform token narrowed by RFC 8693; slot `T4`.
flow::Step brokerNarrow(const setup::Setup& setup, const setup::Target& broker, const flow::Party& asker, const QStringList& scopes);

/// Whose account at which third party.
struct Connection
{
    const setup::Setup& setup;
    const setup::Target& broker;
    flow::Party asker {};
    QString appId {};
    const setup::User& user;
    QStringList scopes {};
    bool byKey = false;       ///< with a management key in place of the platform token
};
/// The third party's token for this user; slot `T5`.
flow::Step connectionToken(const Connection& connection);

flow::KeySource brokerKeys(const setup::Target& broker);

} // namespace federation
