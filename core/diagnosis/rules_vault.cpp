// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/vaulttables_p.h"
#include "core/diagnosis/visit_p.h"
#include "core/trust/vaultroles.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// Assignments to agent identities: what an agent that is talked into something can reach.
template <typename Visit>
void forAgentRoles(const Case& c, Visit visit)
{
    forVaults(c, [&](const setup::Target& vault) {
        for (const setup::RoleAssignment& assignment : vault.roleAssignments) {
            const setup::App* app = c.setup.app(assignment.principal);
            if (app && app->kind == setup::AppKind::Agent)
                visit(vault, assignment, *app);
        }
    });
}

void wideScope(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forAgentRoles(c, [&](const setup::Target& vault, const setup::RoleAssignment& assignment, const setup::App& agent) {
        if (trust::scopeOf(assignment, vault).reach != trust::VaultReach::OneSecret)
            out.append(finding(rule, Severity::Warning, {.object = titleOf(agent), .presented = trust::shown(assignment), .receiver = titleOf(vault)},
                {.pointer = assignment.pointer + u"/scope"_s}));
    });
}

void writingAgent(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forAgentRoles(c, [&](const setup::Target& vault, const setup::RoleAssignment& assignment, const setup::App& agent) {
        if (trust::mayWrite(assignment.role))
            out.append(finding(rule, Severity::Error, {.object = titleOf(agent), .presented = assignment.role, .receiver = titleOf(vault)},
                {.pointer = assignment.pointer + u"/role"_s}));
    });
}

void accessPolicies(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forVaults(c, [&](const setup::Target& vault) {
        const json::Value rbac = vault.settings.root()["enableRbacAuthorization"];
        if (rbac.isBool() && !rbac.boolean())
            out.append(finding(rule, Severity::Warning, {.object = titleOf(vault)}, {.pointer = vault.pointer + u"/settings/enableRbacAuthorization"_s}));
    });
}

const setup::VaultSecret* enabledTwin(const setup::Target& vault, const QString& name)
{
    const auto twin = std::ranges::find_if(vault.secrets, [&](const setup::VaultSecret& s) { return s.name == name && s.enabled; });
    return twin == vault.secrets.end() ? nullptr : &*twin;
}

void noTwin(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static constexpr QStringView suffix = u"-primary";
    forVaults(c, [&](const setup::Target& vault) {
        for (const setup::VaultSecret& secret : vault.secrets) {
            if (!secret.name.endsWith(suffix) || enabledTwin(vault, secret.name.chopped(suffix.size()) + u"-secondary"_s))
                continue;
            out.append(finding(rule, Severity::Warning,
                {.object = secret.name, .text = u"There is no enabled %1-secondary to fall back to."_s.arg(secret.name.chopped(suffix.size()))}, {.pointer = secret.pointer}));
        }
    });
}

/// A version that was followed by another one a month ago and can still be read.
void oldVersionOpen(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    constexpr auto window = std::chrono::days {30}; // a design threshold, as in the catalogue
    forVaults(c, [&](const setup::Target& vault) {
        for (const setup::VaultSecret& old : vault.secrets) {
            const bool followed = std::ranges::any_of(vault.secrets, [&](const setup::VaultSecret& next) {
                const auto made = base::fromRfc3339(next.created);
                return next.name == old.name && next.enabled && next.created > old.created && made && *made + window < c.now;
            });
            if (old.enabled && followed)
                out.append(finding(rule, Severity::Warning, {.object = old.name, .text = u"Version %1 was followed by another one more than 30 days ago, and can still be read."_s.arg(old.version)},
                    {.pointer = old.pointer + u"/enabled"_s}));
        }
    });
}

void blueGreen(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    noTwin(c, rule, out);
    oldVersionOpen(c, rule, out);
}

/// A step that is there for certain answers was sent after another one: by hand, or because the flow says so.
void swallowingFallback(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::FlowSpec& spec : specsOf(c))
        if (spec.settings.root()["fallback"].text() == u"any")
            out.append(finding(rule, Severity::Warning, {.object = spec.title.isEmpty() ? spec.id : spec.title}, {.pointer = spec.pointer + u"/settings/fallback"_s}));
    if (!c.flow || !c.run)
        return;
    for (const flow::Step& step : c.flow->steps) {
        const flow::StepRecord* record = step.explain == u"read-secondary" ? c.run->record(step.id) : nullptr;
        const flow::StepRecord* before = record && step.onlyAfter ? c.run->record(step.onlyAfter->stepId) : nullptr;
        const bool sent = record && record->exchange.response;
        const int status = before ? before->observed.status : 0;
        const bool right = status == 404 || (status == 403 && before->observed.code == u"SecretDisabled");
        if (sent && before && !right)
            out.append(finding(rule, Severity::Warning, {.object = step.title,
                                   .text = u"The primary was answered %1 %2, and the fallback hid it."_s.arg(status).arg(before->observed.code.isEmpty() ? before->observed.error : before->observed.code)},
                {.step = step.id, .part = u"request"_s}));
    }
}

/// A flow that sends a static key out of a vault: a finding whose weight depends on what there is instead.
template <typename Visit>
void forStaticKeys(const Case& c, Visit visit)
{
    forStepsAtTarget(c, u"send-message.key", visit);
}

void staticKey(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    staticKeysInFiles(c, rule, out);
    const auto report = [&](const flow::Flow&, const flow::Step& step, const setup::Target& target) {
        if (target.rule.root())
            out.append(finding(rule, Severity::Error, {.object = titleOf(target)},
                placeAt(c, step, u"request"_s, target.pointer + u"/settings/apiKeySecret"_s)));
    };
    forStaticKeys(c, report);
    forStepsAtTarget(c, u"call-with-key", report); // as it was recorded, wherever the key came from
}

void keyInsteadOfFederation(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forStaticKeys(c, [&](const flow::Flow& flow, const flow::Step& step, const setup::Target& target) {
        const bool attested = std::ranges::any_of(flow.steps, [](const flow::Step& s) { return s.from.kind == flow::PartyKind::Host; });
        if (flow.environment == setup::Environment::Higher && attested && !target.rule.root())
            out.append(finding(rule, Severity::Warning, {.object = titleOf(target)},
                placeAt(c, step, u"request"_s, target.pointer + u"/settings/apiKeySecret"_s)));
    });
}

constexpr auto rbac = "Microsoft: Azure RBAC for Key Vault data plane operations";
constexpr auto rotation = "Microsoft: rotation with two sets of credentials";
constexpr auto answers = "Microsoft: Key Vault REST API error codes";

constexpr std::array table {
    Rule {"SEC-VAULT-SCOPE", "{object}: the role reaches more than one secret",
        "{presented}. An agent that is talked into something reads all of it.", "Assign the role at the single secret: /secrets/NAME.", rbac, wideScope, AboutVault},
    Rule {"SEC-VAULT-ROLE", "{object} may change secrets", "The role {presented} writes and deletes. An agent that only reads needs neither.",
        "Give it Key Vault Secrets User, at the single secret.", rbac, writingAgent, AboutVault},
    Rule {"SEC-ACCESS-POLICY", "{object} uses access policies", "An access policy reaches the whole vault, and the log does not name a role.",
        "Move the vault to Azure RBAC.", "Microsoft: migrate from vault access policy to Azure RBAC", accessPolicies, AboutVault},
    Rule {"SEC-NO-BLUE-GREEN", "{object}: rotation leaves a gap or an open end", "While one credential is replaced the other one has to work, and the old one has to close afterwards.",
        "Keep both enabled during the change, and disable the old one when the new one was seen to work.", rotation, blueGreen, AboutVault},
    Rule {"SEC-FALLBACK-SWALLOWS", "{object}: the fallback hides every failure", "A missing role, a closed network and a vault in trouble look like a rotation. A disabled version never comes as enabled: false.",
        "Fall back on 404 and on 403 SecretDisabled alone; show everything else.", rotation, swallowingFallback, AboutVault},
    Rule {"SEC-STATIC-KEY", "{object}: a static key goes where federation is set up", "The key opens the account from anywhere, and nobody sees who sent it. The federated way is there and not used.",
        "Remove the key, exchange an assertion, and disable keys at the workspace.", "Claude Platform: workload identity federation", staticKey, AboutVault},
    Rule {"SEC-VAULT-AS-FEDERATION", "{object}: a stored key where the host has an identity", "The vault keeps the key from lying about, but it is still a key. The host is attested and the receiver takes federated tokens.",
        "Set up federation for the managed identity or the agent, then delete the key.", "Claude Platform: workload identity federation", keyInsteadOfFederation, AboutVault},
    Rule {"TR-ROLE-MISSING", "{receiver}: the caller has no role that allows this", "It has {presented}; needed is {expected}. Owner and Contributor manage a vault and read nothing in it.",
        "Assign Key Vault Secrets User to the caller, at the single secret.", rbac, nullptr, AboutVault},
    Rule {"TR-ROLE-SCOPE", "{receiver}: the caller's role does not reach this secret", "It has {presented}; needed is {expected}.",
        "Write the secret that is read into the assignment's scope.", rbac, nullptr, AboutVault},
    Rule {"SEC-SECRET-DISABLED", "{receiver}: the secret's version is disabled", "The vault answers 403 SecretDisabled. A reader that looks for enabled: false never sees it.",
        "Read the current version or the twin. Enable this one only when it was disabled by mistake.", answers, nullptr, AboutVault},
    Rule {"SEC-SECRET-MISSING", "{receiver}: there is no such secret", "{presented} is not in the vault, under this name and version.",
        "Compare the name with the vault's list, or recover the deleted secret.", answers, nullptr, AboutVault},
    Rule {"SEC-KEY-REFUSED", "{receiver} takes no static keys", "The workspace's keys are disabled. That is the end of a migration to federation.",
        "Exchange an assertion. Do not enable keys again for one caller.", "Claude Platform: API keys", nullptr, AboutVault},
};

} // namespace

std::span<const Rule> vaultRules() { return table; }

} // namespace diagnosis
