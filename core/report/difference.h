// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

#include <QList>
#include <QString>

namespace report {

/// One value that is not the same in two runs.
struct Difference
{
    QString place {};       ///< "request field scope", "claim aud of T1", "check subject"
    QString left {};        ///< empty: not there
    QString right {};
    bool isVolatile = false;///< changes from run to run by nature: times, ids, nonces, the lab's ports
};

/// Two runs of a flow, step beside step.
struct StepDifference
{
    QString id {};
    QString title {};
    QString left {};        ///< state, empty when the run has no such step
    QString right {};
    QList<Difference> differences {};
    bool differs() const;   ///< in something that is not volatile
};

struct RunDifference
{
    QList<StepDifference> steps {};
    QString first {};       ///< the first meaningful difference as a sentence; empty when there is none
    bool differs() const { return !first.isEmpty(); }
};

/// Two runs as `walk --json` writes them, aligned by step id.
RunDifference difference(const json::Value& left, const json::Value& right);

QByteArray differenceJson(const RunDifference& difference);
QString differenceText(const RunDifference& difference);

} // namespace report
