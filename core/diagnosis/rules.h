// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/chain/chain.h"
#include "core/flow/run.h"
#include "core/setup/setup.h"

#include <span>

namespace diagnosis {

class SourceSet;

/// Everything a rule may look at.
struct Case
{
    const setup::Setup& setup;
    const flow::Flow* flow = nullptr; ///< nullptr: the setup alone, with all its flows
    const flow::Run* run = nullptr;
    const chain::Chain* chain = nullptr;
    base::Instant now {};
    const SourceSet* files = nullptr; ///< files of a project beside it
};

/// What has to be there for a rule to mean anything: any of these.
enum About : unsigned {
    AboutAll = 0,
    AboutFederated = 1, ///< a federated credential
    AboutManaged = 2,   ///< a managed identity
    AboutAgents = 4,    ///< an agent identity
    AboutRule = 8,      ///< a federation rule of a cloud
    AboutApi = 16,      ///< an API that validates tokens
    AboutSecret = 32,   ///< a client secret
    AboutUser = 64,     ///< a flow in which somebody signs in
    AboutRun = 128,     ///< something was sent
    AboutRole = 256,    ///< a role of AWS
    AboutGoogle = 1U << 20, ///< a target at Google Cloud
    AboutFiles = 1U << 21   ///< files of a project
};

/// Title, why and fix are sentences in which {object}, {check}, {presented}, {expected}, {receiver}, {near}
/// and {step} stand for what the finding is about.
struct Rule
{
    const char* id;     ///< "ID-FIC-CASE"
    const char* title;  ///< one short clause
    const char* why;    ///< a sentence: what goes wrong
    const char* fix;    ///< a sentence: what to do
    const char* source; ///< vendor page or RFC
    /// nullptr: only a receiver's verdict, expected or real, tells (symptoms.cpp).
    void (*check)(const Case&, const Rule&, QList<base::Finding>&);
    unsigned about = AboutAll;
};

/// A rule's sentences as they are true of every finding: those that need a word of one are left out, and where that leaves
/// nothing, general words stand in ("the object").
QString generalText(const char* sentences);

/// All tables, in order.
std::span<const Rule* const> rules();
const Rule* rule(QStringView id);

/// Every rule over the case, sorted by severity, then step.
QList<base::Finding> lint(const Case& c);
/// "No findings. 31 rules looked at this run, 9 did not apply." needs both numbers.
int ruleCount();
int applicableRules(const Case& c);

} // namespace diagnosis
