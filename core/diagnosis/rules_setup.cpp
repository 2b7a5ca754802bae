// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/catalog/catalog.h"
#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/visit_p.h"
#include "core/trust/entratoken.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;
using setup::AppKind;

void systemAssigned(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::App& app : c.setup.apps) {
        for (const setup::Credential& credential : app.credentials) {
            const setup::ManagedIdentity* identity = credential.source.type == u"managed-identity"
                ? c.setup.managedIdentity(credential.source.name)
                : nullptr;
            if (identity && identity->systemAssigned)
                out.append(finding(rule, Severity::Error,
                    {.object = u"Federated credential "_s + credential.name, .presented = titleOf(*identity)},
                    {.pointer = credential.pointer + u"/source"_s}));
        }
    }
}

/// At a cloud it works, until the host is deployed again.
void systemAssignedAtCloud(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const setup::FlowSpec* walked = c.flow ? c.setup.flow(c.flow->id) : nullptr;
    for (const setup::Target& target : c.setup.targets) {
        if (walked && walked->target != target.name && walked->alsoTarget != target.name)
            continue;
        const QString subject = target.rule.root()["match"]["subject_prefix"].text();
        const setup::ManagedIdentity* identity = c.setup.managedIdentityByObjectId(subject);
        if (identity && identity->systemAssigned)
            out.append(finding(rule, Severity::Warning, {.object = titleOf(target), .presented = titleOf(*identity)},
                {.pointer = target.pointer + u"/rule/match/subject_prefix"_s}));
    }
}

void systemAssignedAnywhere(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    systemAssigned(c, rule, out);
    systemAssignedAtCloud(c, rule, out);
}

void noOwner(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forAgents(c, [&](const setup::App& agent) {
        if (agent.owners.isEmpty())
            out.append(finding(rule, Severity::Warning, {.object = u"Agent identity "_s + titleOf(agent)},
                {.pointer = agent.pointer}));
    });
}

void agentHasCredential(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forAgents(c, [&](const setup::App& agent) {
        for (const setup::Credential& credential : agent.credentials)
            if (credential.type != setup::CredentialType::Federated)
                out.append(finding(rule, Severity::Error,
                    {.object = u"Agent identity "_s + titleOf(agent),
                        .presented
                        = credential.type == setup::CredentialType::Secret ? u"secret"_s : u"certificate"_s},
                    {.pointer = credential.pointer}));
    });
}

void federatedOnAgent(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forAgents(c, [&](const setup::App& agent) {
        for (const setup::Credential& credential : agent.credentials)
            if (credential.type == setup::CredentialType::Federated)
                out.append(finding(rule, Severity::Error,
                    {.object = u"Federated credential "_s + credential.name, .presented = titleOf(agent)},
                    {.pointer = credential.pointer}));
    });
}

void parentOfAgent(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forAgents(c, [&](const setup::App& agent) {
        const setup::App* parent = c.setup.app(agent.parent);
        if (!parent || parent->kind != AppKind::Blueprint)
            out.append(finding(rule, Severity::Error,
                {.object = u"Agent identity "_s + titleOf(agent),
                    .text = u"It has no blueprint. Only a child of a blueprint can present its token."_s},
                {.pointer = agent.pointer + u"/parent"_s}));
    });
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        const setup::App* agent = c.setup.app(spec.agent);
        const setup::App* blueprint = c.setup.app(spec.blueprint);
        if (agent && blueprint && c.setup.app(agent->parent) && agent->parent != blueprint->name)
            out.append(finding(rule, Severity::Error, {.object = u"Agent identity "_s + titleOf(*agent)},
                {.pointer = agent->pointer + u"/parent"_s}));
    }
}

/// Whether Entra issues the tokens for a target: then its audience is an object of the tenant. An API behind
/// another provider has none.
/// What takes tokens of an issuer of its own, or from a server on the way, needs no resource app in the tenant.
bool takesOtherTokens(const setup::Setup& setup, const setup::Target& target)
{
    const bool own = target.kind == "saas"_L1 || (target.kind == "mcp"_L1 && !target.authorizationServer.isEmpty());
    const auto exchanged = [&](const setup::Target& t) {
        return t.kind == "token-exchange"_L1 && target.validIssuers.contains(t.url);
    };
    return target.resource.isEmpty() && (own || std::ranges::any_of(setup.targets, exchanged));
}

bool isReachedByEntra(const setup::Setup& setup, const setup::Target& target)
{
    if (takesOtherTokens(setup, target))
        return false;
    return std::ranges::any_of(setup.flows, [&](const setup::FlowSpec& spec) {
        return (spec.target == target.name || spec.alsoTarget == target.name) && presenterOf(setup, spec);
    });
}

void thirdObject(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target& target : c.setup.targets) {
        const setup::App* resource = c.setup.app(target.resource);
        if (!isReachedByEntra(c.setup, target))
            continue;
        if (!resource)
            out.append(finding(rule, Severity::Error, {.object = titleOf(target)},
                {.pointer = target.pointer + u"/resource"_s}));
        else if (resource->clientId.isEmpty()
            || (resource->identifierUris.isEmpty() && resource->kind == AppKind::Resource))
            out.append(finding(rule, Severity::Error,
                {.object = titleOf(target),
                    .text
                    = u"The resource app %1 has no identifier URI, so nobody can ask for it by name."_s.arg(
                        titleOf(*resource))},
                {.pointer = resource->pointer + u"/identifierUris"_s}));
    }
}

/// The client a user signs in with, directly or as a provider's.
const setup::App* clientOf(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    if (const setup::App* app = setup.app(spec.client))
        return app;
    const setup::Provider* provider = setup.provider(spec.client);
    return provider ? setup.appByClientId(provider->clientId) : nullptr;
}

/// The step that asks the browser, when a flow is walked.
QString interactiveStep(const Case& c)
{
    if (!c.flow)
        return {};
    const auto it = std::ranges::find(c.flow->steps, true, &flow::Step::interactive);
    return it == c.flow->steps.end() ? QString() : it->id;
}

void redirect(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    // What this program's own listener answers to; the port is free (RFC 8252 section 7.3).
    constexpr QStringView ours = u"http://127.0.0.1:49152/callback";
    QStringList seen;
    const QString step = interactiveStep(c);
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        const setup::App* client = clientOf(c.setup, spec);
        if (!client || seen.contains(client->name) || trust::redirectMatches(ours, client->redirectUris))
            continue;
        seen.append(client->name);
        const QString registered
            = client->redirectUris.isEmpty() ? u"none"_s : client->redirectUris.join(u", "_s);
        out.append(finding(rule, Severity::Error,
            {.object = titleOf(*client), .presented = u"http://127.0.0.1/callback"_s, .expected = registered},
            {.step = step,
                .part = step.isEmpty() ? QString() : u"match"_s,
                .claim = step.isEmpty() ? QString() : u"redirect_uri"_s,
                .pointer = client->pointer + u"/redirectUris"_s}));
    }
}

const setup::Permission* permissionFor(const setup::App* app, const QString& resource)
{
    if (!app)
        return nullptr;
    const auto it = std::ranges::find(app->permissions, resource, &setup::Permission::resource);
    return it == app->permissions.end() ? nullptr : &*it;
}

/// An agent has what its blueprint was granted, too.
void checkConsent(const Case& c, const setup::App& presenter, const setup::Target& target, const Rule& rule,
    QList<base::Finding>& out)
{
    const setup::Permission* own = permissionFor(&presenter, target.resource);
    const bool refused = own && (own->consent == setup::Consent::None || own->scopes.isEmpty());
    const bool inherited = permissionFor(c.setup.app(presenter.parent), target.resource);
    if (inherited || (own && !refused))
        return;
    out.append(finding(rule, Severity::Error, {.object = titleOf(presenter), .expected = titleOf(target)},
        {.pointer = refused ? own->pointer : QString(presenter.pointer + u"/permissions"_s)}));
}

/// Grants without a page, so that nobody can be asked: on behalf of, and agents for users.
void consentMissing(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        const setup::App* presenter = presenterOf(c.setup, spec);
        const bool onBehalf = !spec.user.isEmpty() && (!spec.agent.isEmpty() || !spec.middleTier.isEmpty());
        if (!presenter || !onBehalf)
            continue;
        for (const QString& name : {spec.target, spec.alsoTarget})
            if (const setup::Target* target = c.setup.target(name); target && !takesOtherTokens(c.setup, *target))
                checkConsent(c, *presenter, *target, rule, out);
    }
}

constexpr auto agents = "Microsoft: agent identities and blueprints";

/// What cannot be planned cannot be walked; a run says so itself.
void unplanned(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    if (c.flow)
        return;
    for (const setup::FlowSpec& spec : c.setup.flows)
        if (const auto flow = catalog::build(c.setup, spec); !flow)
            out.append(finding(rule, Severity::Error, {.object = u"Flow "_s + spec.id, .text = flow.error().text}, {.pointer = flow.error().where.startsWith(u'/') ? flow.error().where : spec.pointer}));
}

constexpr std::array table {
    Rule {"RUN-FLOW-UNPLANNED", "{object} cannot be walked", "Something that its recipe asks for is missing.",
        "Supply it, or take the flow out.", "Trustwalk", unplanned, AboutRun},
    Rule {"ID-SAMI", "{object}: the identity {presented} is system-assigned",
        "A system-assigned identity dies with its host and gets a new object id at each deployment. An app "
        "cannot trust it, and a cloud that does forgets it with the next deployment.",
        "Use a user-assigned identity.", "Microsoft: configure an app to trust a managed identity",
        systemAssignedAnywhere, AboutManaged},
    Rule {"ID-NO-OWNER", "{object} has no owner and no sponsor",
        "Nobody answers for what it does, and nobody will switch it off.", "Assign an owner or a sponsor.",
        agents, noOwner, AboutAgents},
    Rule {"ID-AGENT-HAS-CREDENTIAL", "{object} holds a {presented} of its own",
        "An agent proves itself by its blueprint's token. Entra takes no credential on the agent.",
        "Move the credential to the blueprint.", agents, agentHasCredential, AboutAgents},
    Rule {"ID-FIC-ON-AGENT", "{object} is on the agent {presented}",
        "Entra looks for federated credentials on the blueprint, never on its children.",
        "Move the credential to the blueprint.", agents, federatedOnAgent, AboutAgents},
    Rule {"ID-AGENT-PARENT", "{object} is not a child of this blueprint",
        "The blueprint's token names an agent, and only a child of that blueprint can use it.",
        "Name the agent's own blueprint in the flow, or make the agent its child.", agents, parentOfAgent,
        AboutAgents},
    Rule {"ID-THIRD-OBJECT-MISSING", "{object}: there is no resource app for its audience",
        "Entra issues a token only for a resource that is registered in the tenant.",
        "Register a resource app with this audience and a service principal.",
        "Microsoft: error codes, AADSTS500011", thirdObject, AboutRule | AboutApi},
    Rule {"ID-RESOURCE-APP-V1", "{object} expects v2 tokens, the resource app issues v1",
        "The token is v1, the receiver expects v2. The resource app decides which one Entra issues.",
        "Set `requestedAccessTokenVersion` to 2 on the resource app.",
        "Microsoft: access tokens in the identity platform", nullptr, AboutRule | AboutApi},
    Rule {"ID-OPTIONAL-CLAIM-MISSING", "{object} looks at xms_par_app_azp, the token does not carry it",
        "An API of your own gets this claim only when its resource app asks for it.",
        "Add the optional claim to the resource app.", "Microsoft: agent token claims", nullptr, AboutRule},
    Rule {"ID-WRONG-TENANT", "{object}: another tenant than the token's",
        "Application, credential and address have to belong to one tenant: {presented} is not {expected}.",
        "Put the tenant's id into the address and into the issuer.",
        "Microsoft: OAuth 2.0 endpoints of the identity platform", nullptr, AboutAll},
    Rule {"ID-REDIRECT-MISMATCH", "{object}: the redirect URI is not registered",
        "The answer would go to {presented}, registered is {expected}.",
        "Register http://127.0.0.1/callback for the client. The port is free, the path is not.",
        "RFC 8252, 7.3", redirect, AboutUser},
    Rule {"DEL-CONSENT-MISSING", "{object}: nobody consented to {expected}",
        "There is no page on this way, so nobody can be asked for consent.",
        "Let an administrator grant the scopes to the application that asks.",
        "Microsoft: error codes, AADSTS65001", consentMissing, AboutUser},
};

} // namespace

std::span<const Rule> setupRules() { return table; }

} // namespace diagnosis
