// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/claimcatalogue.h"
#include "core/flow/run.h"
#include "core/setup/setup.h"

namespace chain {

/// The objects whose facts stand in one token.
struct TokenParties
{
    flow::Party issuer {};
    flow::Party subject {};
    flow::Party client {};
    flow::Party resource {};
    flow::Party parent {};
    flow::Party versionFrom {}; ///< who decided on v1 or v2: the resource, for an id token the endpoint
};

TokenParties partiesIn(const flow::Token& token, const setup::Setup& setup);
/// Who filled a claim by the catalogue's rule; the issuer when nobody else is known.
const flow::Party& fillerOf(const TokenParties& parties, const ClaimEntry* entry);
/// "client id of claims-desk", "object id of Alice Reyes", "tenant Harbour Insurance"; empty for ids of
/// nothing here.
QString nameOfId(const setup::Setup& setup, const QString& id);
/// The party an app of the setup is.
flow::Party partyOfApp(const setup::App& app);

} // namespace chain
