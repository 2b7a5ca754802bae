// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/reviewevidence_p.h"

#include "core/diagnosis/facts_p.h"
#include "core/diagnosis/finding_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// All, some or none of what was counted; nothing counted is no answer.
ReviewAnswer share(qsizetype good, qsizetype all)
{
    if (all == 0)
        return ReviewAnswer::Unknown;
    return good == all ? ReviewAnswer::Yes : good == 0 ? ReviewAnswer::No : ReviewAnswer::Partly;
}

/// Who calls in a flow, when it is nobody's agent: its host or an application.
QString callerOf(const setup::FlowSpec& spec) { return spec.middleTier.isEmpty() ? spec.managedIdentity : spec.middleTier; }

QString callerTitle(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const setup::App* app = setup.app(callerOf(spec));
    const setup::ManagedIdentity* identity = setup.managedIdentity(callerOf(spec));
    return app ? titleOf(*app) : identity ? titleOf(*identity) : callerOf(spec);
}

/// Receivers that are not the directory's own: other clouds, third parties, servers with an issuer of their own.
bool isElsewhere(const setup::Target& target)
{
    static constexpr std::array kinds {"anthropic"_L1, "aws"_L1, "google"_L1, "token-exchange"_L1, "saas"_L1, "broker"_L1};
    return std::ranges::find(kinds, QLatin1StringView(target.kind.toLatin1())) != kinds.end() || (target.kind == u"mcp" && !target.authorizationServer.isEmpty());
}

QString storedKey(const setup::Target& target) { return target.settings.root()["apiKeySecret"].text(); }

constexpr std::array fields {"agent", "workload", "user", "tenant", "decision"};

} // namespace

Grounds identityGrounds(const Material& m)
{
    Grounds out;
    qsizetype own = 0, all = 0;
    for (const setup::App& app : m.setup.apps)
        if (app.kind == setup::AppKind::Agent) {
            ++all;
            ++own;
            out.evidence.append({u"%1 is an agent identity of its own, client id %2."_s.arg(titleOf(app), app.clientId), app.pointer, {}});
        }
    for (const setup::FlowSpec& spec : m.setup.flows)
        if (spec.agent.isEmpty() && spec.user.isEmpty() && !callerOf(spec).isEmpty()) {
            ++all;
            out.evidence.append({u"%1 calls by itself, no agent identity stands for it: \"%2\"."_s.arg(callerTitle(m.setup, spec), spec.title), spec.pointer, {}});
        }
    out.answer = share(own, all);
    out.because = all == 0 ? u"The setup names no agent, and no flow that runs by itself."_s : u"%1 of %2 callers have an agent identity."_s.arg(own).arg(all);
    return out;
}

Grounds credentialGrounds(const Material& m)
{
    Grounds out;
    qsizetype good = 0, all = 0;
    for (const setup::App& app : m.setup.apps)
        for (const setup::Credential& credential : app.credentials) {
            ++all;
            const bool federated = credential.type == setup::CredentialType::Federated;
            good += federated;
            out.evidence.append({u"%1 proves itself by %2 %3."_s.arg(titleOf(app), federated ? u"the federated credential"_s : credential.type == setup::CredentialType::Secret ? u"the client secret"_s : u"the certificate"_s, credential.name), credential.pointer, {}});
        }
    for (const setup::Target& target : m.setup.targets) {
        const json::Value seconds = target.rule.root()["token_lifetime_seconds"];
        if (seconds.integer())
            out.evidence.append({u"%1 mints tokens of %2, scope %3."_s.arg(titleOf(target), base::duration(std::chrono::seconds {*seconds.integer()}), target.rule.root()["oauth_scope"].text()), target.pointer + u"/rule"_s, {}});
        if (const QString key = storedKey(target); !key.isEmpty()) {
            ++all;
            out.evidence.append({u"%1 is opened by the stored key %2."_s.arg(titleOf(target), key), target.pointer + u"/settings/apiKeySecret"_s, {}});
        }
    }
    out.answer = share(good, all);
    out.because = all == 0 ? u"The setup names no credential."_s : u"%1 of %2 credentials are short-lived."_s.arg(good).arg(all);
    return out;
}

Grounds rightsGrounds(const Material& m)
{
    Grounds out;
    qsizetype kept = 0, all = 0;
    for (const setup::FlowSpec& spec : m.setup.flows) {
        const setup::User* named = m.setup.user(spec.user);
        const setup::User* user = named && named->agent.isEmpty() ? named : nullptr; // an agent's own user has nobody's rights
        const setup::Target* target = m.setup.target(spec.target);
        const bool needed = target && Facts(m.setup, target->pointer).is("userData", true);
        if (!user && !needed)
            continue;
        ++all;
        kept += user != nullptr;
        out.evidence.append({user ? u"\"%1\" begins with %2."_s.arg(spec.title, user->displayName) : u"\"%1\" reaches users' data at %2 and begins with nobody."_s.arg(spec.title, titleOf(*target)), spec.pointer, {}});
    }
    int index = 0;
    for (json::Value step = m.run["steps"].first(); step; step = step.next(), ++index)
        for (json::Value token = step["tokens"].first(); token; token = token.next())
            if (token["claims"]["scp"])
                out.evidence.append({u"%1 carries the user's scopes %2."_s.arg(token["slot"].text(), token["claims"]["scp"].text()), {}, u"/steps/%1/tokens"_s.arg(index)});
    out.answer = share(kept, all);
    out.because = all == 0 ? u"No flow has a user, and nothing says that a target holds users' data."_s : u"%1 of %2 flows that concern a user begin with one."_s.arg(kept).arg(all);
    return out;
}

Grounds recordGrounds(const Material& m)
{
    Grounds out;
    qsizetype whole = 0, some = 0;
    for (const setup::Target& target : m.setup.targets) {
        const Facts facts(m.setup, target.pointer);
        if (!facts.has("auditFields"))
            continue;
        QStringList recorded;
        for (json::Value each = facts.at("auditFields").first(); each; each = each.next())
            recorded.append(each.text());
        ++some;
        whole += std::ranges::all_of(fields, [&](const char* field) { return recorded.contains(QLatin1StringView(field)); });
        out.evidence.append({u"%1 records %2."_s.arg(titleOf(target), recorded.isEmpty() ? u"nothing"_s : recorded.join(u", "_s)), facts.pointer("auditFields"), {}});
    }
    int index = 0;
    for (json::Value audit = m.run["auditPrincipals"].first(); audit; audit = audit.next(), ++index)
        out.evidence.append({u"%1 sees %2."_s.arg(audit["target"].text(), audit["principal"].text()), {}, u"/auditPrincipals/%1"_s.arg(index)});
    out.answer = some == 0 ? ReviewAnswer::Unknown : whole == some ? ReviewAnswer::Yes : ReviewAnswer::Partly;
    out.because = some == 0 ? u"Nothing says what the receivers record of a call (facts/auditFields)."_s : u"%1 of %2 receivers that are known record agent, workload, user, tenant and decision."_s.arg(whole).arg(some);
    return out;
}

Grounds elsewhereGrounds(const Material& m)
{
    Grounds out;
    qsizetype federated = 0, all = 0;
    for (const setup::Target& target : m.setup.targets) {
        const bool used = std::ranges::any_of(m.setup.flows, [&](const setup::FlowSpec& s) { return s.target == target.name || s.alsoTarget == target.name; });
        if (!isElsewhere(target) || !used)
            continue;
        ++all;
        const bool byKey = !storedKey(target).isEmpty();
        federated += !byKey;
        out.evidence.append({byKey ? u"%1 is reached by a key that any holder can use."_s.arg(titleOf(target)) : u"%1 is reached by a token that it checks against a contract of its own."_s.arg(titleOf(target)), target.pointer, {}});
    }
    for (const setup::Issuer& issuer : m.setup.issuers)
        out.evidence.append({u"%1, outside the directory, vouches for a workload."_s.arg(issuer.displayName), issuer.pointer, {}});
    out.answer = all == 0 && !m.setup.issuers.isEmpty() ? ReviewAnswer::Yes : all > 0 && federated == 0 ? ReviewAnswer::No : share(federated, all);
    out.because = all == 0 ? (m.setup.issuers.isEmpty() ? u"No flow leaves the directory it begins in."_s : u"Workloads of other platforms come in by federation."_s)
                           : u"%1 of %2 receivers outside the directory take a federated token."_s.arg(federated).arg(all);
    return out;
}

Grounds secretGrounds(const Material& m)
{
    Grounds out;
    qsizetype secrets = 0, all = 0;
    for (const setup::App& app : m.setup.apps)
        for (const setup::Credential& credential : app.credentials) {
            ++all;
            if (credential.type != setup::CredentialType::Secret)
                continue;
            ++secrets;
            out.evidence.append({u"%1 has the client secret %2."_s.arg(titleOf(app), credential.name), credential.pointer, {}});
        }
    for (const setup::Target& target : m.setup.targets)
        if (const QString key = storedKey(target); !key.isEmpty()) {
            ++all;
            ++secrets;
            out.evidence.append({u"%1 is opened by the stored key %2."_s.arg(titleOf(target), key), target.pointer + u"/settings/apiKeySecret"_s, {}});
        }
    all += m.setup.managedIdentities.size();
    out.answer = share(all - secrets, all);
    if (const QString root = m.run["chain"]["root"].isString() ? m.run["chain"]["root"].text() : QString(); !root.isEmpty())
        out.evidence.append({u"The recorded chain roots in: %1. %2."_s.arg(m.run["chain"]["rootText"].text(), m.run["chain"]["rootDetail"].text()), {}, u"/chain"_s});
    out.because = all == 0 ? u"The setup names no credential and no identity of a host."_s : secrets == 0 ? u"No client secret and no stored key is left."_s : secrets == 1 ? u"One secret is left."_s : u"%1 secrets are left."_s.arg(secrets);
    return out;
}

} // namespace diagnosis
