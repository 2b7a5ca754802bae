// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/chain/chain.h"
#include "core/flow/run.h"
#include "core/setup/setup.h"

#include <span>

namespace diagnosis {

/// Everything a rule may look at.
struct Case
{
    const setup::Setup& setup;
    const flow::Flow* flow = nullptr;   ///< nullptr: the setup alone
    const flow::Run* run = nullptr;
    const chain::Chain* chain = nullptr;
    base::Instant now {};
};

struct Rule
{
    const char* id;       ///< "ID-FIC-CASE"
    const char* title;    ///< one short clause
    const char* why;      ///< a sentence: what goes wrong
    const char* fix;      ///< a sentence: what to do
    const char* source;   ///< vendor page or RFC
    void (*check)(const Case&, const Rule&, QList<base::Finding>&);
};

/// All tables, in order.
std::span<const Rule* const> rules();
const Rule* rule(QStringView id);

/// Every rule over the case, sorted by severity, then step.
QList<base::Finding> lint(const Case& c);
/// "No findings. 31 rules looked at this run, 9 did not apply." needs both numbers.
int ruleCount();

} // namespace diagnosis
