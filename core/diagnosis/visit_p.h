// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/expected_p.h"

namespace diagnosis {

/// The last record of each step of the walked flow, in its order.
template <typename Visit>
void forSteps(const Case& c, Visit visit)
{
    if (!c.flow || !c.run)
        return;
    for (const flow::Step& step : c.flow->steps)
        if (const flow::StepRecord* record = c.run->record(step.id))
            visit(step, *record);
}

/// The steps of the case's flows that are explained by `explain`, with the target each of them asks.
template <typename Visit>
void forStepsAtTarget(const Case& c, QStringView explain, Visit visit)
{
    const QList<flow::Flow> flows = flowsOf(c);
    for (const flow::Flow& flow : flows)
        for (const flow::Step& step : flow.steps)
            if (const setup::Target* target = step.explain == explain ? c.setup.target(step.to.id) : nullptr)
                visit(flow, step, *target);
}

/// A place in the setup; of a flow that is walked, also the step.
inline base::Place placeAt(const Case& c, const flow::Step& step, const QString& part, const QString& pointer)
{
    return {.step = c.flow ? step.id : QString(), .part = c.flow ? part : QString(), .pointer = pointer};
}

template <typename Visit>
void forAgents(const Case& c, Visit visit)
{
    for (const setup::App& app : c.setup.apps)
        if (app.kind == setup::AppKind::Agent)
            visit(app);
}

template <typename Visit>
void forVaults(const Case& c, Visit visit)
{
    for (const setup::Target& target : c.setup.targets)
        if (target.kind == QLatin1StringView("key-vault"))
            visit(target);
}

template <typename Visit>
void forCredentials(const Case& c, setup::CredentialType type, Visit visit)
{
    for (const setup::App& app : c.setup.apps)
        for (const setup::Credential& credential : app.credentials)
            if (credential.type == type)
                visit(app, credential);
}

} // namespace diagnosis
