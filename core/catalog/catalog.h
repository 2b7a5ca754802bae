// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

/// The only place that knows all vendors.
namespace catalog {

struct Recipe
{
    const char* id;        ///< "agent-autonomous"
    const char* title;
    const char* summary;   ///< one sentence for the chooser
    base::Result<flow::Flow> (*build)(const setup::Setup&, const setup::FlowSpec&);
};
const QList<Recipe>& recipes();

/// The flow of one spec; an Error names the object or member that is missing.
base::Result<flow::Flow> build(const setup::Setup& setup, const setup::FlowSpec& spec);
struct Built
{
    QList<flow::Flow> flows {};
    QList<base::Error> problems {};
};
/// All flows of a setup, in its order.
Built flows(const setup::Setup& setup);

} // namespace catalog
