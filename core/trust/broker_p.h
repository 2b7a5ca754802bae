// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/broker.h"
#include "core/trust/tokenexchange_p.h"

namespace trust {

/// What is asked of a broker's policies.
struct PolicyQuestion
{
    QString client {};
    QString grant {};      ///< "jwt-bearer", "token-exchange", "connection"
    QStringList scopes {};
};

/// `records` of the settings, one for each client and principal: not revoked. There is none before the first issuance.
void checkRecord(Sheet& sheet, const setup::Target& broker, const QString& client, const QString& principal);
/// `policies` of the settings: one names the client and the grant and allows all of the scopes.
void checkPolicy(Sheet& sheet, const setup::Target& broker, const PolicyQuestion& question);
/// Both, for a token request at a broker.
void checkBroker(ExchangeCase& c, const QString& grant);

} // namespace trust
