// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "brokerprofile.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

constexpr std::array profiles {
    BrokerProfile {.name = "descope", .title = "Descope Agentic Identity Hub",
        .token = "A JWT of the project, and behind it connection tokens of third parties. The form of its issuer is unconfirmed.",
        .place = "Between the workload's own issuer and third parties that know nothing of it.",
        .records = "one agentic identity for each client and principal, revoked by itself, and every issuance with the policy that allowed it",
        .source = "Descope docs: Workload Identity, Token Exchange, Downstream Credential Access", .played = true},
    BrokerProfile {.name = "agentcore", .title = "AWS AgentCore Identity",
        .token = "A workload access token: opaque, signed by AWS, good at AgentCore's own services alone. No prefix is published, so it is not told by its shape.",
        .place = "Behind AWS: the agent proves itself by IAM or the runtime does it, a user's JWT names the user by iss and sub.",
        .records = "the workload identity together with the user that the token binds, and credentials kept under both",
        .source = "Amazon Bedrock AgentCore: Get workload access token", .played = false},
    BrokerProfile {.name = "google-agent", .title = "Google agent identity",
        .token = "Certificate-bound access tokens, and identity tokens whose subject is a SPIFFE ID under agents.*.system.id.goog.",
        .place = "At the agent itself: each has a principal of its own, no service account is shared or impersonated.",
        .records = "the agent's principal; for delegated access its logs show the user and the agent",
        .source = "Google Cloud: Agent Identity overview", .played = false},
};

} // namespace

const BrokerProfile& brokerProfile(const Target& target)
{
    const auto it = std::ranges::find_if(
        profiles, [&](const BrokerProfile& p) { return target.profile == QLatin1StringView(p.name); });
    return it == profiles.end() ? profiles.front() : *it;
}

QString brokerKeysUrl(const Target& target)
{
    return target.url + u'/' + target.audience + u"/.well-known/jwks.json"_s;
}

} // namespace setup
