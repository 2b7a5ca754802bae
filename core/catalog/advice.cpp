// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "advice.h"

#include "core/base/json.h"
#include "core/base/jsonwriter.h"
#include "core/setup/file.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace catalog {

namespace {

constexpr std::array acts {AdviceChoice {"user", u"A person, in an application"}, AdviceChoice {"service", u"A service of ours that a person's application calls"},
    AdviceChoice {"agent", u"An agent"}, AdviceChoice {"workload", u"A job or service, for nobody in particular"}};
constexpr std::array data {AdviceChoice {"user", u"A person's, with that person's rights"}, AdviceChoice {"own", u"Its own, or the organization's"}};
constexpr std::array runs {AdviceChoice {"azure", u"Azure compute"}, AdviceChoice {"kubernetes", u"A Kubernetes cluster elsewhere"}, AdviceChoice {"aws", u"AWS"},
    AdviceChoice {"google", u"Google Cloud"}, AdviceChoice {"github", u"GitHub Actions"}, AdviceChoice {"laptop", u"A laptop or another host without attestation"}};
constexpr std::array targets {AdviceChoice {"entra-api", u"Microsoft Graph or an API of ours, by Entra tokens"}, AdviceChoice {"anthropic", u"Anthropic"}, AdviceChoice {"aws", u"AWS"},
    AdviceChoice {"google", u"Google Cloud"}, AdviceChoice {"mcp", u"An MCP server"}, AdviceChoice {"saas", u"A third party's SaaS"}, AdviceChoice {"vault", u"A secret in Key Vault"}};
constexpr std::array questions {AdviceQuestion {"acts", u"Who acts?", acts}, AdviceQuestion {"data", u"Whose data?", data}, AdviceQuestion {"runs", u"Where does it run?", runs},
    AdviceQuestion {"target", u"What is called?", targets}};

/// One row a situation; an empty list fits every answer, several are parted by blanks. The first that fits is the advice. A row
/// without a sample says why there is none.
struct Row
{
    const char* acts;
    const char* data;
    const char* runs;
    const char* target;
    const char* sample;
    const char* flow;
    const char16_t* title;
    const char16_t* reason;
    const char16_t* caveats; ///< parted by "|"
};

constexpr Row rows[] {
    // A person in an application
    {"user", "", "", "entra-api", "sign-in-api", "sign-in-api", u"Sign in and call the API",
        u"The person is there: authorization code with PKCE gives a token with that person's rights, and nothing is kept by the client.", u"Ask for the API's own scope, not for Graph's, and check `aud` at the API."},
    {"user", "", "", "mcp", "mcp-server", "mcp-tool", u"Sign in at the MCP server's authorization server",
        u"MCP's authorization is a person's: challenge, metadata, PKCE with `resource`, a token for this server alone.", u"The issuer in the metadata is compared byte by byte.|A token for another resource is refused, and rightly."},
    {"user", "", "", "saas", "saas-github", "plain", u"Sign in at the third party",
        u"Authorization code with PKCE at the third party; its refresh token is the person's and goes to the keychain or the vault.", u"Providers differ: whether there is a refresh token, whether it turns, whether a secret is wanted beside PKCE."},
    {"user", "", "", "vault", "", "", u"", u"A person's application does not read secrets from a vault: whoever has the application would have the secret. Let a service read it, and the person call the service.", u""},
    {"user", "", "", "", "", "", u"", u"A person does not federate into a cloud by a program's token. Put an agent or a service between, which acts on the person's behalf.", u""},
    // A service on behalf of a person
    {"service", "user", "", "entra-api", "on-behalf-of", "on-behalf-of", u"On behalf of the user",
        u"The service exchanges the token that it was called with: the API sees the person, and the service beside.", u"The token has to be for the service itself, not for Graph.|Consent for the service's own permission has to be there before.|The sample proves itself by a secret. On Azure give the service a federated credential for a managed identity."},
    {"service", "user", "", "mcp", "mcp-server", "mcp-enterprise", u"Enterprise-managed authorization (ID-JAG)",
        u"The organization's identity provider vouches for the person at the MCP server's: no consent page for each tool, and one place to take it back.", u"A draft: both authorization servers have to know it."},
    {"service", "user", "", "saas", "credential-broker", "broker", u"A credential broker",
        u"The third party's refresh tokens stay with a broker; the service gets short tokens for one connection.", u"The person connects once. The broker's record of the caller is what is revoked."},
    {"service", "user", "", "vault", "", "", u"", u"A vault knows no rights of a person: whoever may read a secret reads it for all. Read as the service itself, and choose 'its own data'.", u""},
    {"service", "user", "", "", "", "", u"", u"A cloud's federation takes the service, not the person behind it: the person's rights end at the border. Call as the service itself and check the person's rights before.", u""},
    // An agent on behalf of a person
    {"agent", "user", "laptop", "entra-api anthropic", "agent-for-user", "agent-for-user-secret", u"Agent on behalf of a user, from a lower environment",
        u"The agent's token carries both: the person whose data it is, and the agent that acts. A laptop attests nothing, so the blueprint proves itself by a secret.", u"The secret is a warning in a lower environment and an error in a higher one.|Another process on the laptop that finds it is the blueprint."},
    {"agent", "user", "", "entra-api anthropic", "agent-for-user", "agent-for-user", u"Agent on behalf of a user",
        u"The agent's token carries both: the person whose data it is, and the agent that acts.", u"The user's token has to be for the blueprint.|Delegated consent is needed for the agent identity, not for the blueprint."},
    {"agent", "user", "", "mcp", "mcp-server", "mcp-tool", u"The person signs in, the agent calls the tool",
        u"MCP's authorization is the person's: the agent's client asks for a token for this server alone, with PKCE and `resource`.", u"The agent is not in that token. Where tool calls must name it, let the server demand enterprise-managed authorization."},
    {"agent", "user", "", "saas", "credential-broker", "broker", u"A credential broker",
        u"The agent never sees the third party's refresh token: it shows the broker who it is and gets a short token for one connection of one person.", u"The broker's record of the agent decides: keep owner and scopes in it.|Revoke the record, not the refresh token."},
    {"agent", "user", "", "vault", "vault", "agent-reads-secret", u"The agent reads the person's stored token",
        u"One vault secret for each person and provider, and a role assignment on that secret alone.", u"A vault knows no person: the agent's code decides whose secret it reads."},
    {"agent", "user", "", "aws google", "", "", u"", u"Inbound federation of AWS and Google takes agents app-only; the vendors' pages say that acting for a user is not covered. Choose 'its own data', or reach the data through an API of ours.", u""},
    // An agent by itself
    {"agent", "own", "laptop", "anthropic", "secret-agent", "agent-to-claude-secret", u"Secret-based agent",
        u"A laptop attests nothing, so the blueprint proves itself by a secret. Everything after it is as in production.", u"Only in lower environments. The cloud sees no difference: the root of trust does."},
    {"agent", "own", "laptop", "entra-api", "secret-agent", "agent-to-claude-secret", u"Secret-based agent",
        u"A laptop attests nothing, so the blueprint proves itself by a secret.", u"The sample ends at Anthropic: give it your API as target.|Only in lower environments."},
    {"agent", "own", "laptop", "aws google vault", "", "", u"", u"Nothing on a laptop can be federated, and a cloud key beside the blueprint's secret would be a second secret. Run it on a host that attests, or stay with Anthropic in the lower environment.", u""},
    {"agent", "own", "azure", "anthropic", "federated-agent", "agent-to-claude", u"Federated agent",
        u"The host attests a managed identity, the blueprint trusts it by a federated credential, the agent reaches the cloud. Nothing is on disk.", u"The subject of the credential is the identity's object id, letter by letter."},
    {"agent", "own", "azure", "entra-api", "agent-estate", "option-2", u"Two federations from one seed",
        u"The same managed identity seeds both: the token for your API, and the cloud beside it.", u"The sample goes on to Anthropic after the API: leave the last steps out where they are not wanted."},
    {"agent", "own", "", "anthropic entra-api", "agent-estate", "customer-fjord", u"Federated agent from another platform",
        u"The platform's own token is the blueprint's proof: one federated credential for each cluster or customer.", u"Entra takes RS256 alone.|The sample shows a cluster: replace issuer and subject by those of your platform."},
    {"agent", "own", "", "aws", "aws-agent", "agent-to-aws", u"Agent to AWS",
        u"The agent's token is for a resource app; the role's trust policy names issuer, audience and the agent's object id. AWS records the agent.", u"AWS reads `azp` as the audience where a token has it.|The sample roots in a managed identity: elsewhere give the blueprint a credential for your platform's issuer."},
    {"agent", "own", "", "google", "google-agent", "agent-direct", u"Agent straight to Google Cloud",
        u"The pool maps the agent's subject and pins the blueprint; access is granted to that principal directly.", u"Grant to the principal, and impersonate only where an API wants an account.|The sample roots in a managed identity: elsewhere give the blueprint a credential for your platform's issuer."},
    {"agent", "own", "", "vault", "vault", "agent-reads-secret", u"The agent reads one secret",
        u"A role assignment on that secret alone, for the agent identity.", u"Where the target accepts federation, federate: a stored secret is the second best."},
    {"agent", "own", "", "mcp", "", "", u"", u"MCP's authorization is built on a person's consent. Machine-to-machine is an extension that not every server has; it is not played here.", u""},
    {"agent", "own", "", "saas", "", "", u"", u"A third party's token belongs to a person. Choose 'a person's data' for a broker, or an app installation of the provider.", u""},
    // A job or service
    {"workload service", "own", "azure", "entra-api", "workload-federation", "from-a-vm", u"Managed identity as credential",
        u"The application trusts the host's managed identity by a federated credential. Nothing is on disk.", u"Where the API accepts it, the managed identity can ask for the token itself."},
    {"workload service", "own", "github", "entra-api", "workload-federation", "from-github", u"GitHub's token as credential",
        u"The job's token names repository and ref; the application trusts exactly that.", u"Names can be taken over: prefer the subject with ids."},
    {"workload service", "own", "kubernetes", "entra-api", "workload-federation", "from-kubernetes", u"The cluster's token as credential", u"The projected token names namespace and service account.", u"Mind the slash at the end of the issuer."},
    {"workload service", "own", "aws", "entra-api", "workload-federation", "from-aws", u"AWS's outbound token as credential", u"The role asks AWS for a token for Entra's exchange; the subject is the role's ARN.", u"At most 300 seconds: ask for it when it is needed."},
    {"workload service", "own", "google", "entra-api", "workload-federation", "from-google", u"Google's token as credential", u"The metadata server gives a token for Entra's exchange audience; the subject is the account's number.", u"The subject is a number, not the e-mail address."},
    {"workload service", "own", "laptop", "entra-api", "workload-federation", "with-a-certificate", u"A certificate",
        u"Nothing attests the host, so something has to be stored: a key that signs is better than a secret that is sent.", u"Keep the key in the system's store, and renew it before it ends."},
    {"workload service", "own", "azure", "anthropic", "agent-estate", "host-user-assigned", u"The host itself at the cloud", u"The managed identity's token goes straight to the cloud: simple, and every program of the host is one principal.", u"Where several agents share the host, federate the agents."},
    {"workload service", "own", "azure", "aws", "aws-agent", "identity-to-aws", u"Managed identity to AWS, by an intermediary", u"AWS does not take the managed identity's token as it is; an application in between gives one that it does.", u"The role's policy names the application's object id."},
    {"workload service", "own", "azure", "google", "google-agent", "identity-direct", u"Managed identity to Google Cloud", u"The pool takes the managed identity's token; access is granted to the mapped principal.", u"Pin the subject in the attribute condition."},
    {"workload service", "own", "azure", "vault", "vault", "read-secret", u"The host reads one secret", u"A role assignment on that secret alone, for the managed identity.", u"Where the target accepts federation, federate: a stored secret is the second best."},
    {"workload service", "own", "aws", "aws", "", "", u"", u"Within AWS a role needs no federation: use the instance's or function's own role.", u""},
    {"workload service", "own", "google", "google", "", "", u"", u"Within Google Cloud an account needs no federation: attach the service account.", u""},
    {"workload service", "own", "laptop", "", "", "", u"", u"Nothing on this host can be federated. Move the job to a host that attests, or keep to an API by Entra tokens with a certificate.", u""},
    {"workload service", "own", "", "anthropic aws google", "", "", u"", u"The target takes this platform's token directly: write its issuer into the target's rule. No flow of this version walks that way; trustwalk match holds a token against the rule.", u""},
    {"workload service", "own", "", "vault", "", "", u"", u"From outside of Azure a vault is reached by an application with a federated credential: choose the API by Entra tokens, and give that application a role on the secret.", u""},
    {"workload service", "own", "", "mcp saas", "", "", u"", u"MCP servers and third parties give tokens to persons. Let an agent or a service act for one.", u""},
    {"workload", "user", "", "", "", "", u"", u"A job has no person to act for: with an application's own rights it would reach everybody's data. Let a service or an agent act on a person's behalf.", u""},
};

struct Dispute
{
    const char* flows; ///< of the advice, parted by blanks
    const char16_t* one;
    const char16_t* other;
    const char16_t* ours;
};
constexpr Dispute disputes[] {
    {"agent-to-claude option-2 agent-for-user agent-to-aws agent-direct host-user-assigned identity-direct identity-to-aws from-a-vm agent-reads-secret read-secret",
        u"General advice on managed identities takes the system-assigned one as the baseline: it lives and dies with its host. (From secondary sources, not confirmed here.)",
        u"The series \"Entra Agent ID Across Clouds\" never uses it for federated agents: after a new deployment its object id is another, and every trust contract breaks silently.",
        u"User-assigned. Lab > Faults > \"The host was deployed again\" shows the difference."},
    {"agent-to-claude agent-to-aws agent-direct option-2", u"Option 1 federates the host: one contract, and every agent of the host is one principal in the cloud's log.",
        u"Option 2 federates the agent: one principal for each agent, and each can be revoked alone.", u"Option 2, where the cloud shall know who acted."},
    {"agent-to-claude-secret agent-for-user-secret", u"A public sample says that a client secret cannot be used for the first leg.",
        u"Microsoft's own reference shows the first leg with a client secret for local development.", u"It works, and the root of trust is drawn back to the secret."},
    {"customer-fjord", u"A sample for a foreign cluster asks at the tenant that holds blueprint and agent.", u"Microsoft's runtime reference names the agent identity's home tenant where the two differ.",
        u"The tenant is a visible field of the flow."},
};

bool fits(const char* list, const QString& answer)
{
    return *list == 0 || QString::fromLatin1(list).split(u' ').contains(answer);
}

QStringList parted(const char16_t* text) { return QString::fromUtf16(text).split(u'|', Qt::SkipEmptyParts); }

base::Result<void> known(const AdviceQuestion& question, const QString& answer)
{
    if (std::ranges::any_of(question.choices, [&](const AdviceChoice& c) { return answer == QLatin1StringView(c.id); }))
        return {};
    QStringList ids;
    for (const AdviceChoice& choice : question.choices)
        ids.append(QString::fromLatin1(choice.id));
    const QString id = QString::fromLatin1(question.id);
    return base::fail(u"advice-answer"_s, u"%1 takes one of %2%3."_s.arg(id, ids.join(u", "_s), answer.isEmpty() ? QString() : u", and got "_s + answer), id);
}

} // namespace

std::span<const AdviceQuestion> adviceQuestions() { return questions; }

base::Result<Advice> advise(const AdviceAnswers& answers)
{
    const std::array given {answers.acts, answers.data, answers.runs, answers.target};
    for (std::size_t i = 0; i < given.size(); ++i)
        if (auto good = known(questions[i], given[i]); !good)
            return tl::unexpected(good.error());
    const auto row = std::ranges::find_if(rows, [&](const Row& r) {
        return fits(r.acts, answers.acts) && fits(r.data, answers.data) && fits(r.runs, answers.runs) && fits(r.target, answers.target);
    });
    if (row == std::end(rows))
        return base::fail(u"advice-none"_s, u"Nothing is known for this choice."_s);
    Advice advice {.sample = QString::fromLatin1(row->sample), .flow = QString::fromLatin1(row->flow), .title = QString::fromUtf16(row->title), .reason = QString::fromUtf16(row->reason),
        .caveats = parted(row->caveats)};
    for (const Dispute& dispute : disputes)
        if (!advice.flow.isEmpty() && fits(dispute.flows, advice.flow))
            advice.disagreements.append({QString::fromUtf16(dispute.one), QString::fromUtf16(dispute.other), QString::fromUtf16(dispute.ours)});
    return advice;
}

base::Result<QByteArray> advisedSetup(const Advice& advice)
{
    const auto sample = setup::sample(advice.sample);
    if (!sample)
        return tl::unexpected(sample.error());
    const setup::FlowSpec* flow = sample->flow(advice.flow);
    if (!flow)
        return base::fail(u"advice-flow"_s, u"The sample %1 has no flow %2."_s.arg(advice.sample, advice.flow));
    const QByteArray only = '[' + sample->document.find(flow->pointer).raw().toByteArray() + ']';
    base::Result<json::Document> made = sample->document;
    for (const auto& [pointer, value] : {std::pair(u"/flows"_s, only), std::pair(u"/id"_s, json::quoted(u"advised-%1"_s.arg(advice.flow))),
             std::pair(u"/title"_s, json::quoted(advice.title)), std::pair(u"/summary"_s, json::quoted(advice.reason))})
        if (made)
            made = made->with(pointer, value);
    if (!made)
        return tl::unexpected(made.error());
    return made->source();
}

} // namespace catalog
