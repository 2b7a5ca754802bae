// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
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
    bool isVolatile = false;///< changes from run to run by nature: times, ids, nonces, the lab's ports; or a bundle has a pseudonym for it
    QString name {};        ///< "scope", "aud": the last part of the place
    base::Place at {};      ///< where it is shown
    QString why {};         ///< of a check: what the failing side was told
};

/// What was compared and is the same: "claims of T1", and their names.
struct Same
{
    QString kind {};        ///< "request field", "claim", "check"
    QString of {};          ///< "T1"
    QStringList names {};
};

/// Something of the runs as a whole.
struct Overall
{
    QString what {};        ///< "Root of trust", "Audit log of Anthropic"
    QString left {};
    QString right {};
    bool isHidden = false;  ///< one of them is a bundle's pseudonym: nobody can tell
    bool differs() const { return left != right && !isHidden; }
};

/// Two runs of a flow, step beside step.
struct StepDifference
{
    QString id {};
    QString title {};
    QString left {};        ///< state, empty when the run has no such step
    QString right {};
    QList<Difference> differences {};
    QList<Same> same {};
    bool differs() const;   ///< in something that is not volatile
};

struct RunDifference
{
    QList<Overall> overall {};
    QList<StepDifference> steps {};
    QString first {};       ///< the first meaningful difference as a sentence; empty when there is none
    bool differs() const { return !first.isEmpty(); }
};

/// What the two runs are called in sentences.
struct Sides
{
    QString left = QStringLiteral("on the left");
    QString right = QStringLiteral("on the right");
    QString leftRun = QStringLiteral("the left run");
    QString rightRun = QStringLiteral("the right run");
};

/// Two runs as `walk --json` writes them, aligned by step id. A lab's address and the real one it plays are the same.
RunDifference difference(const json::Value& left, const json::Value& right, const Sides& sides = {});

QByteArray differenceJson(const RunDifference& difference);
QString differenceText(const RunDifference& difference);

} // namespace report
