// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/facts_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/visit_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

void unused(const QString& object, const std::optional<base::Instant>& last, bool orphaned, const Case& c, const QString& pointer, const Rule& rule, QList<base::Finding>& out)
{
    if (!orphaned && !isOlder(last, c.now, quarter))
        return;
    const QString text = orphaned ? u"What it was made for is gone."_s : u"It last got a token %1 ago."_s.arg(ago(*last, c.now));
    out.append(finding(rule, Severity::Warning, {.object = object, .text = text + u" Its rights are still there."_s}, {.pointer = pointer}));
}

void dormant(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::App& app : c.setup.apps)
        if (!app.disabled && app.kind != setup::AppKind::Resource)
            unused(titleOf(app), base::fromRfc3339(app.lastSignIn), factsOf(c, app).is("parentDeleted", true), c, app.pointer, rule, out);
    for (const setup::ManagedIdentity& identity : c.setup.managedIdentities) {
        const Facts facts = factsOf(c, identity);
        unused(titleOf(identity), facts.time("lastSignIn"), facts.is("hostDeleted", true), c, identity.pointer, rule, out);
    }
}

void sharedInRun(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    QHash<QString, QString> speakers; // who a token's oid belonged to before
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        for (const flow::Token& token : record.tokens) {
            const QString oid = token.speaker.kind == flow::PartyKind::Agent && token.jwt.isJwt() && !token.jwt.claim("scp") ? token.jwt.text("oid") : QString();
            if (oid.isEmpty())
                continue;
            if (speakers.contains(oid) && speakers.value(oid) != token.speaker.title)
                out.append(finding(rule, Severity::Warning, {.object = token.speaker.title, .presented = speakers.value(oid)},
                    {.step = step.id, .part = u"token:"_s + token.slot, .claim = u"oid"_s}));
            speakers.insert(oid, token.speaker.title);
        }
    });
}

/// Two entries of the setup, one object in the directory.
void sharedIdentity(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    QHash<QString, QString> seen;
    forAgents(c, [&](const setup::App& agent) {
        if (seen.contains(agent.clientId))
            out.append(finding(rule, Severity::Warning, {.object = titleOf(agent), .presented = seen.value(agent.clientId)}, {.pointer = agent.pointer + u"/clientId"_s}));
        seen.insert(agent.clientId, titleOf(agent));
    });
    sharedInRun(c, rule, out);
}

const setup::App* agentWithId(const Case& c, const QString& id)
{
    const setup::App* app = id.isEmpty() ? nullptr : c.setup.appByObjectId(id);
    return app && app->kind == setup::AppKind::Agent ? app : nullptr;
}

/// Rules of one organization that differ in the sibling they name: the parent's claim says it once.
void rulePerAgent(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    QHash<QString, const setup::App*> first; // by organization and blueprint
    for (const setup::Target& target : c.setup.targets) {
        const setup::App* agent = agentWithId(c, target.rule.root()["match"]["subject_prefix"].text());
        if (!agent || agent->parent.isEmpty() || !factsOf(c, target).text("perAgentRule").isEmpty())
            continue;
        const QString key = target.organizationId + u'\n' + agent->parent;
        if (const setup::App* before = first.value(key); before && before != agent)
            out.append(finding(rule, Severity::Info, {.object = titleOf(target), .presented = titleOf(*agent), .expected = titleOf(*before)},
                {.pointer = target.pointer + u"/rule/match/subject_prefix"_s}));
        first.insert(key, first.value(key, agent));
    }
}

/// What two agents have in common and one of them may lose: the identity a cloud trusts, a stored secret.
void revokeBlast(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    QHash<QString, QString> first; // who leaned on it before
    for (const setup::FlowSpec& spec : c.setup.flows) {
        const bool byHost = spec.option == 1 && !spec.managedIdentity.isEmpty();
        const QString shared = byHost ? u"the identity "_s + spec.managedIdentity : spec.secret.isEmpty() ? QString() : u"the secret "_s + spec.secret;
        if (shared.isEmpty() || spec.agent.isEmpty())
            continue;
        const QString key = shared + u'\n' + (spec.via.isEmpty() ? spec.target : spec.via);
        if (first.contains(key) && first.value(key) != spec.agent)
            out.append(finding(rule, Severity::Warning, {.object = spec.agent, .presented = shared, .expected = first.value(key)}, {.pointer = spec.pointer}));
        first.insert(key, first.value(key, spec.agent));
    }
}

QString nativeIssuerOf(const setup::Target& target)
{
    return target.kind == u"google" ? target.provider.root()["oidc"]["issuerUri"].text() : target.issuer.root()["issuer_url"].text();
}

/// A cloud's own identity is trusted in another domain, and no application of the directory stands for it.
void cloudSilo(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target& target : c.setup.targets) {
        const QString url = nativeIssuerOf(target);
        const auto issuer = std::ranges::find_if(c.setup.issuers, [&](const setup::Issuer& i) { return !url.isEmpty() && i.issuer == url; });
        if (issuer == c.setup.issuers.end() || (issuer->kind != u"aws" && issuer->kind != u"google") || issuer->kind == target.kind)
            continue;
        bool mapped = false;
        forCredentials(c, setup::CredentialType::Federated, [&](const setup::App&, const setup::Credential& credential) { mapped = mapped || credential.issuer == url; });
        if (!mapped)
            out.append(finding(rule, Severity::Info, {.object = issuer->displayName, .receiver = titleOf(target)}, {.pointer = issuer->pointer}));
    }
}

void noManagedIdentity(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs)
        if (const Facts facts = factsOf(c, spec); facts.text("host") == u"azure" && c.setup.managedIdentities.isEmpty())
            out.append(finding(rule, Severity::Warning, {.object = spec.title}, {.pointer = facts.pointer("host")}));
}

/// Federation moves the trust from a secret to the place where the program runs.
void softRuntime(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static constexpr std::array measures {"nonRoot", "readOnlyRoot", "egressLimited", "imageSigned"};
    for (const setup::ManagedIdentity& identity : c.setup.managedIdentities) {
        const Facts facts = factsOf(c, identity);
        if (std::ranges::all_of(measures, [&](const char* measure) { return facts.is(measure, false); }))
            out.append(finding(rule, Severity::Warning, {.object = identity.host.isEmpty() ? titleOf(identity) : identity.host, .presented = titleOf(identity)}, {.pointer = facts.pointer("nonRoot")}));
    }
}

constexpr auto agents = "Microsoft: agent identities and blueprints";
constexpr auto managed = "Microsoft: managed identities, best practices";

constexpr std::array table {
    Rule {"ID-DORMANT", "{object} is not used any more", "Its rights are still there.", "Disable it, and delete it when nobody misses it.", "Microsoft: recommendation to remove unused applications", dormant},
    Rule {"ID-SHARED-IDENTITY", "{object} and {presented} are one identity", "No log can tell them apart, and neither can be switched off alone.",
        "Give each agent an identity of its own under the blueprint.", agents, sharedIdentity, AboutAgents},
    Rule {"ID-RULE-PER-AGENT", "{object}: a rule of its own for one of several siblings",
        "{presented} and {expected} are children of one blueprint. Each new sibling needs another rule, and one is forgotten.",
        "Match the parent (xms_par_app_azp), or write down why this agent stands alone.", "Anthropic: workload identity federation reference", rulePerAgent, AboutRule},
    Rule {"ID-REVOKE-BLAST", "Who cuts off {object} cuts off {expected}", "Both lean on {presented}.", "Give each agent a contract of its own.", agents, revokeBlast, AboutAgents},
    Rule {"ID-CLOUD-SILO", "{object} is known in its own cloud alone", "It calls {receiver}, and no record outside its cloud says who it is or who answers for it.",
        "Map it to a neutral record: a federated credential of an application, or of a blueprint.", "Microsoft: workload identity federation", cloudSilo},
    Rule {"PAT-NO-MI", "{object} runs in Azure without a managed identity", "The host could vouch for it, and nothing asks it to.", "Assign a user-assigned identity.", managed, noManagedIdentity},
    Rule {"PAT-RUNTIME-TRUSTED", "{object}: nothing hardens the place that is trusted",
        "Whoever runs code there is {presented}: root, a writable system, open egress, unsigned images.",
        "Run without root, mount the root read-only, limit egress, and admit signed images alone.", "Microsoft: container security baseline", softRuntime, AboutManaged},
};

} // namespace

std::span<const Rule> identityRules() { return table; }

} // namespace diagnosis
