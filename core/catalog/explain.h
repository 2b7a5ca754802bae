// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/run.h"
#include "core/flow/step.h"

namespace catalog {

struct Term
{
    QString name {};    ///< "client assertion"
    QString source {};  ///< "RFC 7523, 2.2"
    QString text {};    ///< glossary entry
};

/// What the Explain pane says about a step; parts without text are left out. At most 120 words.
struct Explanation
{
    QString title {};
    QString whatHappens {};
    QString whoDecides {};
    QString next {};          ///< what comes next
    QList<Term> terms {};
};
Explanation explain(const flow::Step& step);
/// Why it matters that two runs differ in this ("claim", "aud"), and what to look at next. Without an entry of its own a
/// name takes that of its kind.
Explanation explainDifference(QStringView kind, QStringView name);
const Term* term(QStringView name);

} // namespace catalog
