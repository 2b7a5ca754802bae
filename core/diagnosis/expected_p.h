// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/diagnosis/rules.h"

namespace diagnosis {

/// What a receiver of the setup will say to the token that the setup's own objects make. Nothing was sent;
/// the checks are those of core/trust on a token put together from the setup.
struct Expected
{
    QString contract {}; ///< "entra.token", "api.bearer", "anthropic.exchange"
    QString object {};   ///< "Federated credential mi-agents-prod"
    QString receiver {};
    QList<base::Check> checks {};
    QString pointer {};  ///< of the object in the setup, for a check that names no place
};

/// Every federated credential whose workload is known, every target of a flow.
QList<Expected> expectations(const Case& c);

/// Google's providers, by a token of whoever a flow federates there.
void addGoogle(const Case& c, QList<Expected>& out);
/// MCP servers of a case's flows: their audience, and what they do with the token.
void addMcpServers(const Case& c, QList<Expected>& out);

/// The flows a case is about: the one that is walked, else all of the setup.
QList<setup::FlowSpec> specsOf(const Case& c);
/// Their steps.
QList<flow::Flow> flowsOf(const Case& c);
/// The application that asks for the token a flow ends with: the agent, the middle tier, the client.
const setup::App* presenterOf(const setup::Setup& setup, const setup::FlowSpec& spec);

} // namespace diagnosis
