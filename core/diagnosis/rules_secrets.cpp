// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/setup/file.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;
using setup::AppKind;

/// One app that proves itself by a secret on the way of a flow.
struct SecretAtRoot
{
    const setup::App* app = nullptr;
    QString step {};
    setup::Environment environment {};
    bool toCloud = false; ///< the flow ends at a cloud that trusts by federation
};

bool endsAtCloud(const flow::Flow& flow)
{
    return std::ranges::any_of(
        flow.steps, [](const flow::Step& s) { return s.contract.kind == u"anthropic.exchange"; });
}

/// A private key signs and stays; a secret is sent.
bool isSignedHere(const flow::Step& step)
{
    return std::ranges::any_of(step.body,
        [](const flow::Field& field) { return std::holds_alternative<flow::SignedAssertion>(field.value.v); });
}

QList<SecretAtRoot> secretsAtRoot(const Case& c)
{
    QList<SecretAtRoot> found;
    const QList<flow::Flow> flows = flowsOf(c);
    for (const flow::Flow& flow : flows) {
        for (const flow::Step& step : flow.steps) {
            const bool secret = !isSignedHere(step) && std::ranges::any_of(step.presents,
                [](const flow::Evidence& e) { return e.kind == flow::Evidence::Kind::Secret; });
            const setup::App* app = secret ? c.setup.app(step.from.id) : nullptr;
            if (!app)
                continue;
            const SecretAtRoot root {app, c.flow ? step.id : QString(), flow.environment, endsAtCloud(flow)};
            const bool known = std::ranges::any_of(found,
                [&](const SecretAtRoot& f) { return f.app == app && f.environment == root.environment; });
            if (!known)
                found.append(root);
        }
    }
    return found;
}

QString secretPointer(const setup::App& app)
{
    const setup::Credential* secret = app.credential(setup::CredentialType::Secret);
    return secret ? secret->pointer : app.pointer;
}

base::Finding atRoot(const Rule& rule, Severity severity, const SecretAtRoot& root)
{
    const QString part = root.step.isEmpty() ? QString() : u"match"_s;
    return finding(rule, severity, {.object = titleOf(*root.app)},
        {.step = root.step, .part = part, .pointer = secretPointer(*root.app)});
}

/// No flow of a higher environment, and no higher setup at all, roots in a secret.
void secretInProduction(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    QStringList reported;
    for (const SecretAtRoot& root : secretsAtRoot(c)) {
        if (root.environment != setup::Environment::Higher)
            continue;
        reported.append(root.app->name);
        out.append(atRoot(rule, Severity::Error, root));
    }
    secretsOfProduction(c, rule, out);
    if (c.setup.environment != setup::Environment::Higher)
        return;
    for (const setup::App& app : c.setup.apps)
        if (app.kind != AppKind::Agent && app.credential(setup::CredentialType::Secret)
            && !reported.contains(app.name))
            out.append(
                finding(rule, Severity::Error, {.object = titleOf(app)}, {.pointer = secretPointer(app)}));
}

bool presents(const flow::Step& step, flow::Evidence::Kind kind)
{
    return std::ranges::any_of(step.presents, [kind](const flow::Evidence& e) { return e.kind == kind; });
}

/// A recording shows it without a setup: the blueprint's secret, and a token of the same way at a cloud's exchange.
void recordedBlueprintSecret(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static const QStringList clouds {u"exchange-at-anthropic"_s, u"assume-role"_s, u"exchange-at-google"_s};
    if (!c.flow || !c.run || c.run->against != u"file")
        return;
    const auto& steps = c.flow->steps;
    const bool toCloud = std::ranges::any_of(steps, [](const flow::Step& step) { return clouds.contains(step.explain) && presents(step, flow::Evidence::Kind::Token); });
    const auto byBlueprint = std::ranges::find_if(steps, [&](const flow::Step& step) {
        return step.explain == u"exchange-as-blueprint" && presents(step, flow::Evidence::Kind::Secret) && !c.setup.app(step.from.id);
    });
    if (toCloud && byBlueprint != steps.end())
        out.append(finding(rule, Severity::Warning, {.object = byBlueprint->from.title}, {.step = byBlueprint->id, .part = u"request"_s}));
}

void blueprintSecret(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    recordedBlueprintSecret(c, rule, out);
    for (const SecretAtRoot& root : secretsAtRoot(c))
        if (root.environment == setup::Environment::Lower && root.app->kind == AppKind::Blueprint
            && root.toCloud)
            out.append(atRoot(rule, Severity::Warning, root));
}

void secretInLower(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const SecretAtRoot& root : secretsAtRoot(c))
        if (root.environment == setup::Environment::Lower
            && !(root.app->kind == AppKind::Blueprint && root.toCloud))
            out.append(atRoot(rule, Severity::Warning, root));
}

void inSetup(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::SecretSighting& sighting : setup::findSecrets(c.setup))
        out.append(finding(rule, Severity::Error,
            {.object = u"%1, line %2"_s.arg(sighting.pointer).arg(sighting.line),
                .presented = sighting.looksLike},
            {.pointer = sighting.pointer}));
}

void expired(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::App& app : c.setup.apps) {
        for (const setup::Credential& credential : app.credentials) {
            const auto end = base::fromRfc3339(credential.expires);
            if (credential.type == setup::CredentialType::Secret && end && *end <= c.now)
                out.append(finding(rule, Severity::Error,
                    {.object = titleOf(app),
                        .text = u"It ended %1 ago, at %2."_s.arg(
                            base::duration(std::chrono::floor<std::chrono::seconds>(c.now - *end)),
                            base::toRfc3339(*end))},
                    {.pointer = credential.pointer + u"/expires"_s}));
        }
    }
}

constexpr auto secretCodes = "Microsoft: error codes, AADSTS7000215";

constexpr std::array table {
    Rule {"PAT-SECRET-IN-PROD", "{object} is rooted in a secret in a higher environment",
        "Whoever copies the secret is {object}, from any machine. Nothing on the way to the receiver shows "
        "it.",
        "Give it a federated credential for a managed identity, and delete the secret.",
        "Microsoft: security best practices for application registration", secretInProduction, AboutSecret},
    Rule {"PAT-BLUEPRINT-SECRET-VARIANT",
        "{object} looks federated to the cloud, yet a secret on disk opens it from any machine",
        "The cloud sees a federated agent. At the root stands a secret that can be copied.",
        "Give the blueprint a federated credential for a managed identity. In a lower environment the secret "
        "may stay.",
        "Microsoft: agent identity blueprints, credentials", blueprintSecret, AboutSecret},
    Rule {"PAT-SECRET-AT-ROOT", "{object} proves itself by a secret",
        "Whoever copies the secret is {object}.",
        "Use a federated credential or a certificate where the host has an identity.",
        "Microsoft: on-behalf-of flow, client credentials", secretInLower, AboutSecret},
    Rule {"SEC-ID-NOT-VALUE", "{object}: the secret's id was presented, not its value",
        "Secret id, not secret value. The value was shown once, when the secret was made.",
        "Store the secret's value. When it is lost, make a new secret.", secretCodes, nullptr, AboutSecret},
    Rule {"SEC-EXPIRED", "{object}: the client secret expired", "Entra takes no expired secret.",
        "Make a new secret, or use a federated credential.", "Microsoft: error codes, AADSTS7000222", expired,
        AboutSecret},
    Rule {"SEC-WRONG-SECRET", "{object}: the client secret is wrong", "The receiver knows another value, or none.",
        "Store the value that was shown when the secret was made.", secretCodes, nullptr, AboutSecret},
    Rule {"SEC-IN-SETUP", "{object}: this looks like a secret",
        "It looks like {presented}. Setups are copied and shared; a secret does not belong there.",
        "Move it to the keychain, and rotate it when the file was shared.", "OWASP: secrets management",
        inSetup, AboutAll},
};

} // namespace

std::span<const Rule> secretRules() { return table; }

} // namespace diagnosis
