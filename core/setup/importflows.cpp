// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "importassemble_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup::importing {

namespace {

QString textOf(const QJsonObject& object, QStringView member) { return object[member].toString(); }

/// How the app proves itself: without a secret where it can.
QJsonObject proofOf(const QJsonObject& app)
{
    const QJsonArray credentials = app[u"credentials"].toArray();
    const auto find = [&](auto fits) { return std::ranges::find_if(credentials, fits); };
    const auto federated = find([](const QJsonValue& c) { return c[u"type"].toString() == u"federated"; });
    if (federated != credentials.end()) {
        const QJsonValue source = (*federated)[u"source"];
        const bool identity = source[u"type"].toString() == u"managed-identity";
        return {{u"credential"_s, identity ? u"managed-identity"_s : u"issuer"_s}, {identity ? u"managedIdentity"_s : u"issuer"_s, source[u"name"]}};
    }
    for (const QString& type : {u"certificate"_s, u"secret"_s})
        if (find([&](const QJsonValue& c) { return c[u"type"].toString() == type; }) != credentials.end())
            return {{u"credential"_s, type}};
    return {};
}

QJsonObject with(QJsonObject base, const QJsonObject& more)
{
    for (auto it = more.begin(); it != more.end(); ++it)
        base[it.key()] = it.value();
    return base;
}

struct AgentFlow
{
    QLatin1StringView target;
    QLatin1StringView recipe;
    QLatin1StringView title;
    int option;
};
constexpr AgentFlow agentFlows[] {{"anthropic"_L1, "agent-autonomous"_L1, "Agent to Anthropic"_L1, 0}, {"aws"_L1, "aws-agent"_L1, "Agent to AWS"_L1, 2},
    {"google"_L1, "google-direct"_L1, "Agent to Google Cloud"_L1, 2}};

/// A client's file that names an account acts as that account.
QString googleRecipe(const QJsonObject& target)
{
    return textOf(target, u"serviceAccount").isEmpty() ? u"google-direct"_s : u"google-impersonation"_s;
}

void agentTo(Draft& draft, const QJsonObject& agent, const QJsonObject& blueprint, const QJsonObject& target)
{
    const auto row = std::ranges::find_if(agentFlows, [&](const AgentFlow& f) { return textOf(target, u"kind") == f.target; });
    const QJsonObject proof = proofOf(blueprint);
    if (row == std::end(agentFlows) || proof.isEmpty())
        return;
    QJsonObject flow {{u"id"_s, u"%1-to-%2"_s.arg(textOf(agent, u"name"), textOf(target, u"name"))}, {u"title"_s, QString(row->title)}, {u"recipe"_s, QString(row->recipe)},
        {u"blueprint"_s, textOf(blueprint, u"name")}, {u"agent"_s, textOf(agent, u"name")}, {u"target"_s, textOf(target, u"name")}};
    if (row->option)
        flow[u"option"_s] = row->option;
    if (textOf(target, u"kind") == u"google")
        flow[u"recipe"_s] = googleRecipe(target);
    draft.flows.append(with(flow, proof));
}

void bySidecar(Draft& draft, const QJsonObject& agent, const QJsonObject& blueprint, const QJsonObject& sidecar)
{
    const QJsonObject proof = proofOf(blueprint);
    for (const QJsonValue& api : sidecar[u"settings"][u"apis"].toArray())
        if (api[u"requestAppToken"].toBool() && !proof.isEmpty())
            draft.flows.append(with({{u"id"_s, u"sidecar-%1"_s.arg(api[u"name"].toString())}, {u"title"_s, u"Agent to %1, by the sidecar"_s.arg(api[u"name"].toString())},
                                        {u"recipe"_s, u"sidecar-autonomous"_s}, {u"blueprint"_s, textOf(blueprint, u"name")}, {u"agent"_s, textOf(agent, u"name")},
                                        {u"via"_s, textOf(sidecar, u"name")}, {u"target"_s, api[u"target"]}, {u"settings"_s, QJsonObject {{u"api"_s, api[u"name"]}}}},
                proof));
}

void workloadTo(Draft& draft, const QJsonObject& app, const QJsonObject& target)
{
    const QJsonObject proof = proofOf(app);
    const QString kind = textOf(target, u"kind");
    if (proof.isEmpty())
        return;
    if (kind == u"api")
        draft.flows.append(with({{u"id"_s, u"%1-to-%2"_s.arg(textOf(app, u"name"), textOf(target, u"name"))}, {u"title"_s, u"Workload to API"_s}, {u"recipe"_s, u"workload"_s},
                                    {u"middleTier"_s, textOf(app, u"name")}, {u"target"_s, textOf(target, u"name")}},
            proof));
    if (kind == u"aws" && textOf(target, u"resource") == textOf(app, u"name"))
        draft.flows.append(with({{u"id"_s, u"workload-to-aws"_s}, {u"title"_s, u"Managed identity to AWS"_s}, {u"recipe"_s, u"aws-intermediary"_s}, {u"option"_s, 1},
                                    {u"intermediary"_s, textOf(app, u"name")}, {u"target"_s, textOf(target, u"name")}},
            proof));
}

/// A federation that needs no application in between.
void identityToGoogle(Draft& draft, const QJsonObject& target)
{
    if (draft.identities.isEmpty())
        return;
    draft.flows.append({{u"id"_s, u"identity-to-%1"_s.arg(textOf(target, u"name"))}, {u"title"_s, u"Managed identity to Google Cloud"_s}, {u"recipe"_s, googleRecipe(target)}, {u"option"_s, 1},
        {u"credential"_s, u"managed-identity"_s}, {u"managedIdentity"_s, textOf(draft.identities.front(), u"name")}, {u"target"_s, textOf(target, u"name")}});
}

} // namespace

void deriveFlows(Draft& draft)
{
    const QJsonObject* blueprint = appOfKind(draft, u"blueprint");
    for (const QJsonObject& target : std::as_const(draft.targets)) {
        for (const QJsonObject& app : std::as_const(draft.apps)) {
            if (textOf(app, u"kind") == u"agent" && blueprint && textOf(target, u"kind") == u"sidecar")
                bySidecar(draft, app, *blueprint, target);
            else if (textOf(app, u"kind") == u"agent" && blueprint)
                agentTo(draft, app, *blueprint, target);
            else if (textOf(app, u"kind") == u"confidential")
                workloadTo(draft, app, target);
        }
        if (!blueprint && textOf(target, u"kind") == u"google")
            identityToGoogle(draft, target);
    }
    if (draft.flows.isEmpty())
        draft.out.notUnderstood.append({{}, u"/flows"_s, u"The files are not enough for a flow: it takes somebody who proves himself and a target that decides."_s});
}

} // namespace setup::importing
