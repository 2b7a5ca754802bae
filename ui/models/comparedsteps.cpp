// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "comparedsteps.h"

#include "core/chain/beside.h"
#include "ui/theme.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using report::StepDifference;
using session::Session;

namespace {

std::optional<flow::StepState> stateIn(const Session& session, const QString& step)
{
    return session.flow().step(step) ? std::optional(session.run().state(step)) : std::nullopt;
}

QString stateWordIn(const Session& session, const QString& step)
{
    return theme::stateWord(session.run().state(step)).toLower();
}

QString wordOf(const StepDifference& step, const Session& left, const Session& right)
{
    if (step.left.isEmpty() || step.right.isEmpty())
        return step.left.isEmpty() ? u"only in B"_s : u"only in A"_s;
    const report::Difference* first = step.first();
    if (!first)
        return u"same"_s;
    return first->place == u"state" ? u"%1, %2"_s.arg(stateWordIn(left, step.leftId), stateWordIn(right, step.rightId)) : first->place;
}

QString spoken(const ComparedStep& step)
{
    const auto word = [](const std::optional<flow::StepState>& state) { return state ? theme::stateWord(*state) : u"not there"_s; };
    return u"%1. %2, A %3, B %4, %5"_s.arg(step.number).arg(step.title, word(step.left), word(step.right), step.differs ? u"differs: "_s + step.word : step.word);
}

/// What both receivers took, on the same grounds.
bool isSame(const StepDifference& step) { return !step.differs() && step.left == u"accepted" && step.right == u"accepted"; }

struct Frame
{
    QStringList parties {};
    QString title {};
};

/// In the chain of one of the two runs.
Frame frameOf(const report::RunDifference& difference, const chain::Chain& chain, bool onRight)
{
    const auto isSameIn = [&](const QString& step) {
        const qsizetype index = difference.indexOf(step, onRight);
        return index >= 0 && isSame(difference.steps[index]);
    };
    QList<const chain::Link*> links;
    for (const chain::Link& link : chain.links)
        if (!link.askFor)
            links.append(&link);
    const auto same = [&](const chain::Link* link) { return std::ranges::all_of(link->carries, isSameIn); };
    qsizetype from = links.size(), to = 0;
    while (from > 0 && same(links[from - 1]))
        --from;
    while (to < links.size() && same(links[to]))
        ++to;
    const bool roots = std::ranges::all_of(chain.roots, [&](const chain::RootPlate& root) { return root.stepId.isEmpty() || isSameIn(root.stepId); });
    Frame frame;
    if (from < links.size() && (from > 0 || !roots)) {
        for (qsizetype i = from; i < links.size(); ++i)
            frame.parties.append(links[i]->to);
        frame.title = u"From here on the receivers see the same"_s;
        return frame;
    }
    for (const chain::RootPlate& root : chain.roots)
        if (isSameIn(root.stepId))
            frame.parties.append(root.party);
    for (qsizetype i = 0; i < to; ++i)
        frame.parties += {links[i]->from, links[i]->to};
    frame.title = to == links.size() ? u"The receivers see the same"_s : u"Up to here the receivers see the same"_s;
    return frame;
}

} // namespace

ComparedSteps::ComparedSteps(const report::RunDifference& difference, const Session& left, const Session& right, QObject* parent)
    : QAbstractListModel(parent)
{
    for (const StepDifference& step : difference.steps)
        m_steps.append({.number = int(m_steps.size()) + 1, .title = step.title, .left = stateIn(left, step.leftId), .right = stateIn(right, step.rightId), .differs = step.differs(), .word = wordOf(step, left, right)});
}

int ComparedSteps::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_steps.size()); }

QVariant ComparedSteps::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ComparedStep& step = m_steps.at(index.row());
    switch (role) {
    case RowRole: return QVariant::fromValue(step);
    case Qt::DisplayRole: return u"%1. %2"_s.arg(step.number).arg(step.title);
    case Qt::AccessibleTextRole: return spoken(step);
    default: return {};
    }
}

chain::Chain comparedChain(const report::RunDifference& difference, const Session& left, const Session& right)
{
    chain::Chain chain = chain::beside(left.chain(), u"A. "_s + left.setup().title, right.chain(), u"B. "_s + right.setup().title);
    const Frame upper = frameOf(difference, left.chain(), false), lower = frameOf(difference, right.chain(), true);
    for (const QString& party : upper.parties)
        chain.framed.append(QString(QString(chain::upperSide) + u':' + party));
    // A run with a step more may part elsewhere: then the parties of the other are looked for in it.
    for (const QString& party : lower.title == upper.title ? lower.parties : upper.parties)
        chain.framed.append(QString(QString(chain::lowerSide) + u':' + party));
    chain.frameTitle = upper.title;
    return chain;
}
