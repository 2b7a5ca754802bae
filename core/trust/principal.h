// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/jwt.h"
#include "core/setup/setup.h"

namespace trust {

enum class PrincipalKind { User, App, ManagedIdentity, Blueprint, AgentIdentity, AgentUser, ExternalWorkload, Unknown };

/// Who a token speaks for, read from its claims and, where there is one, from the setup.
struct Principal
{
    PrincipalKind kind = PrincipalKind::Unknown;
    QString name {};     ///< object of the setup, when it is one
    QString title {};    ///< for people: "claims-desk", or the id
    QString actor {};    ///< client application acting for a user; empty when it speaks for itself
};
Principal principalOf(const jose::Jwt& token, const setup::Setup* setup);
QString principalName(PrincipalKind kind); ///< "user", "agentIdentity", ... as in cli.md

/// "/eid1/c/pub/t/<T>/a/<A>/<path>" taken apart (entra.md 7.4); nothing when it is not one.
struct ExchangeSubject
{
    QString tenant {};
    QString app {};
    QString path {};
};
std::optional<ExchangeSubject> readExchangeSubject(QStringView subject);
QString exchangeSubject(QStringView tenant, QStringView app, QStringView path);

} // namespace trust
