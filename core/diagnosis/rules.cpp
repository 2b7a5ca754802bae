// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/rules.h"

#include "core/diagnosis/exchangetables_p.h"
#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/rules_intake_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/vaulttables_p.h"

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

std::vector<const Rule*> allRules()
{
    std::vector<const Rule*> all;
    for (const auto table : {trustRules(), setupRules(), runRules(), secretRules(), credentialRules(), awsRules(), googleRules(), intakeRules(), mcpRules(), vaultRules(), sidecarRules(), exchangeRules(), saasRules(),
             keyRules(), identityRules(), contractRules(), delegationRules(), fileRules(), codeRules()})
        for (const Rule& rule : table)
            all.push_back(&rule);
    return all;
}

bool hasCredential(const Case& c, setup::CredentialType type)
{
    return std::ranges::any_of(c.setup.apps, [type](const setup::App& app) { return app.credential(type); });
}

bool signsIn(const Case& c)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    return std::ranges::any_of(
        specs, [](const setup::FlowSpec& s) { return !s.user.isEmpty() || !s.client.isEmpty(); });
}

bool hasTarget(const Case& c, bool withRule)
{
    return std::ranges::any_of(
        c.setup.targets, [withRule](const setup::Target& t) { return bool(t.rule.root()) == withRule; });
}

bool hasRole(const Case& c)
{
    return std::ranges::any_of(c.setup.targets, [](const setup::Target& t) { return t.kind == u"aws"; });
}

unsigned factsOf(const Case& c)
{
    const bool agents = std::ranges::any_of(
        c.setup.apps, [](const setup::App& app) { return app.kind == setup::AppKind::Agent; });
    const std::array facts {
        std::pair {hasCredential(c, setup::CredentialType::Federated), unsigned(AboutFederated)},
        std::pair {!c.setup.managedIdentities.isEmpty(), unsigned(AboutManaged)},
        std::pair {agents, unsigned(AboutAgents)},
        std::pair {hasTarget(c, true), unsigned(AboutRule)},
        std::pair {hasTarget(c, false), unsigned(AboutApi)},
        std::pair {hasCredential(c, setup::CredentialType::Secret), unsigned(AboutSecret)},
        std::pair {signsIn(c), unsigned(AboutUser)},
        std::pair {hasRole(c), unsigned(AboutRole)},
        std::pair {std::ranges::any_of(c.setup.targets, [](const setup::Target& t) { return t.kind == u"google"; }), unsigned(AboutGoogle)},
        std::pair {c.run && !c.run->records.isEmpty(), unsigned(AboutRun)},
        std::pair {c.files != nullptr, unsigned(AboutFiles)},
    };
    unsigned out = 0;
    for (const auto& [holds, fact] : facts)
        out |= holds ? fact : 0;
    return out;
}

} // namespace

std::span<const Rule* const> rules()
{
    static const std::vector<const Rule*> all = allRules();
    return all;
}

const Rule* rule(QStringView id)
{
    const auto it
        = std::ranges::find_if(rules(), [id](const Rule* r) { return id == QLatin1StringView(r->id); });
    return it == rules().end() ? nullptr : *it;
}

int ruleCount() { return int(rules().size()); }

int applicableRules(const Case& c)
{
    const unsigned facts = factsOf(c);
    return int(std::ranges::count_if(
        rules(), [facts](const Rule* r) { return r->about == AboutAll || (r->about & facts); }));
}

} // namespace diagnosis
