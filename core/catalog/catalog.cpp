// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "catalog.h"

#include "agentrecipes.h"
#include "awsrecipes.h"
#include "googlerecipes.h"
#include "mcprecipes.h"
#include "recipes.h"
#include "sidecarrecipes.h"
#include "vaultrecipes.h"
#include "brokerrecipes.h"
#include "exchangerecipes.h"
#include "saasrecipes.h"

#include <algorithm>

namespace catalog {

using namespace Qt::StringLiterals;

const QList<Recipe>& recipes()
{
    static const QList<Recipe> table {
        {"sign-in-api", "Sign in and call an API", "PKCE sign-in by discovery, then a protected API.", signInApi},
        {"on-behalf-of", "On behalf of", "A middle tier calls the next API as the user.", onBehalfOf},
        {"agent-autonomous", "Agent to Claude", "An agent identity acts for itself at Anthropic.", agentAutonomous},
        {"agent-for-user", "Agent for a user", "An agent identity acts on behalf of a user.", agentForUser},
        {"agent-two-patterns", "Two patterns", "The same agent, rooted in a secret and in attested compute.", agentTwoPatterns},
        {"aws-agent", "Agent to AWS", "An agent identity is federated to an AWS role.", awsAgent},
        {"aws-intermediary", "Managed identity to AWS", "A managed identity reaches an AWS role through an intermediary app.", awsIntermediary},
        {"aws-direct", "Managed identity straight to AWS", "The managed identity's own token at AWS, which is reported to refuse it.", awsDirect},
        {"google-direct", "Straight to Google Cloud", "A federated token calls an API of Google Cloud.", googleDirect},
        {"google-impersonation", "Google service account", "A federated token acts as a service account of Google Cloud.", googleImpersonation},
        {"workload", "Workload to an API", "A workload proves itself as an app, without a user, and calls an API.", workload},
        {"agent-user", "Agent user", "An agent identity speaks as its own agent user.", agentUser},
        {"two-federations", "Two federations", "One identity of the host seeds two federations: to the own API, and to a cloud.", twoFederations},
        {"host-to-cloud", "Host to a cloud", "The host's own identity is trusted by a cloud, without an agent.", hostToCloud},
        {"siblings", "Siblings", "Two agents of one blueprint, each with a rule of its own.", siblings},
        {"mcp-tool", "Tool of an MCP server", "Challenge, metadata, sign-in with PKCE and resource, tool call; Entra issues the token.", mcpTool},
        {"mcp-register", "MCP with registration", "The same at the server's own authorization server, where the client registers itself.", mcpRegistered},
        {"mcp-client-document", "MCP with a client's document", "The same with a client whose id is the address of its own metadata document.", mcpDocumented},
        {"mcp-step-up", "MCP step-up", "A tool needs more than the first sign-in asked for: the server says what, the user is asked again.", mcpStepUp},
        {"mcp-enterprise", "MCP by the enterprise", "Enterprise-managed authorization: an identity assertion in place of a sign-in at the server.", mcpEnterprise},
        {"vault-secret", "Secret from the vault", "A workload reads a Key Vault secret with a token, not with a password.", vaultSecret},
        {"vault-blue-green", "Blue-green retrieval", "The primary secret, and its twin only where that one is disabled or missing.", vaultBlueGreen},
        {"vault-rotation", "Rotation", "A new version is written and read, then the old one is disabled.", vaultRotation},
        {"vault-key", "Static key from the vault", "The fallback without federation: a static key out of the vault.", vaultKey},
        {"sidecar-autonomous", "Agent with a sidecar", "The agent asks the Entra SDK beside it; it holds no credential.", sidecarAutonomous},
        {"sidecar-obo", "Agent with a sidecar, for a user", "The sidecar exchanges the user's token for the agent's.", sidecarForUser},
        {"token-exchange", "Token exchange", "A user's token becomes one for another API; nobody sees who asked.", tokenExchange},
        {"token-exchange-delegation", "Token exchange with an actor", "User and agent both stand in the new token.", tokenExchangeDelegation},
        {"saas-sign-in", "Third-party sign-in", "Code and PKCE at a third party, its API, and a refresh.", saasSignIn},
        {"credential-broker", "Credential broker", "A broker turns an agent's token into a third party's.", credentialBroker},
        {"jwt-grant", "JWT as a grant", "An agent's own token is the grant; no user takes part.", jwtGrant},
    };
    return table;
}

base::Result<flow::Flow> build(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const auto recipe = std::ranges::find_if(recipes(), [&](const Recipe& r) { return spec.recipe == QLatin1String(r.id); });
    if (recipe == recipes().end()) {
        QStringList known;
        for (const Recipe& r : recipes())
            known.append(QLatin1String(r.id));
        return base::fail(u"flow-recipe"_s, u"The flow %1 asks for the recipe %2. Known are %3."_s.arg(spec.id, spec.recipe, known.join(u", "_s)), spec.pointer + u"/recipe"_s);
    }
    auto flow = recipe->build(setup, spec);
    if (!flow)
        return flow;
    flow->id = spec.id;
    flow->title = spec.title.isEmpty() ? QString::fromUtf8(recipe->title) : spec.title;
    flow->recipe = spec.recipe;
    flow->environment = spec.environment.value_or(setup.environment);
    return flow;
}

Built flows(const setup::Setup& setup)
{
    Built built;
    for (const setup::FlowSpec& spec : setup.flows) {
        auto flow = build(setup, spec);
        if (flow)
            built.flows.append(std::move(*flow));
        else
            built.problems.append(flow.error());
    }
    return built;
}

} // namespace catalog
