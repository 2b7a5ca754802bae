// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/base/json.h"
#include "core/catalog/explain.h"

#include <QList>
#include <QString>

namespace report {

/// One value that is not the same in two runs.
struct Difference
{
    QString kind {};        ///< "request field", "claim", "check", "status"
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

/// A step of the one run beside the step of the other that is the same.
struct StepDifference
{
    QString id {};          ///< on the left, else on the right
    QString leftId {};      ///< empty where the run has no such step
    QString rightId {};
    QString title {};
    QString left {};        ///< state, empty when the run has no such step
    QString right {};
    QList<Difference> differences {};
    QList<Same> same {};
    QString sentence {};    ///< its first meaningful difference; empty when there is none
    QList<std::pair<QString, QString>> tokens {}; ///< tokens that were compared: "T1", "T2"
    bool differs() const;   ///< in something that is not volatile
    const Difference* first() const; ///< of those that stay; null where there is none, or one run alone has the step
};

/// Findings of one run that the other has not: the same rule at the same step, claim and place of the setup.
struct FindingDifference
{
    QList<base::Finding> onlyLeft {};
    QList<base::Finding> onlyRight {}; ///< their places name steps of the right run
};

struct RunDifference
{
    QList<Overall> overall {};
    QList<StepDifference> steps {};
    FindingDifference findings {};
    QString first {};       ///< the first meaningful difference as a sentence; empty when there is none
    bool differs() const { return !first.isEmpty(); }

    qsizetype indexOf(QStringView id, bool onRight) const; ///< of the step that has this id in that run, else -1
    /// A place of one run in the other one; its step is empty where the other has no such step.
    base::Place across(base::Place place, bool fromRight) const;
};

/// Why what differs first in a step matters, and what to look at; without texts where nothing does.
catalog::Explanation explained(const StepDifference& step);
/// The same of the first meaningful difference.
catalog::Explanation explained(const RunDifference& difference);

/// What the two runs are called in sentences.
struct Sides
{
    QString left = QStringLiteral("on the left");
    QString right = QStringLiteral("on the right");
    QString leftRun = QStringLiteral("the left run");
    QString rightRun = QStringLiteral("the right run");
};

/// Two runs as `walk --json` writes them, step beside step. A lab's address and the real one it plays are the same.
RunDifference difference(const json::Value& left, const json::Value& right, const Sides& sides = {});

QByteArray differenceJson(const RunDifference& difference);
QString differenceText(const RunDifference& difference);

} // namespace report
