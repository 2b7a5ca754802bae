// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chaintablemodel.h"

#include "core/base/text.h"
#include "ui/graph/chainstops.h"
#include "ui/theme.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

qsizetype numberOf(const flow::Flow& flow, const QString& stepId)
{
    const auto it = std::ranges::find(flow.steps, stepId, &flow::Step::id);
    return it == flow.steps.end() ? flow.steps.size() + 1 : it - flow.steps.begin() + 1;
}

/// Two patterns are each counted from one.
QString hopName(const flow::Flow& flow, const QString& stepId)
{
    const qsizetype number = numberOf(flow, stepId);
    if (number > flow.steps.size())
        return {};
    const QString group = flow.steps[number - 1].group;
    const auto before = std::ranges::count_if(flow.steps.first(number), [&](const flow::Step& step) { return step.group == group; });
    return group + QString::number(before);
}

QString titleOf(const chain::Chain& chain, const QString& id)
{
    const chain::ChainParty* party = chain.party(id);
    return party ? party->title : id;
}

QString joined(const QString& first, const QString& second, QStringView between)
{
    return first.isEmpty() || second.isEmpty() ? QString(first + second) : QString(first + between + second);
}

bool isDecided(chain::State state) { return state != chain::State::NotReached && state != chain::State::Predicted; }

ChainHop hopOf(const chain::Chain& chain, const flow::Flow& flow, const chain::RootPlate& root)
{
    ChainHop hop {.hop = hopName(flow, root.stepId), .stepId = root.stepId};
    hop.from = joined(root.title, root.detail, u": ");
    hop.evidence = root.evidence;
    hop.contract = joined(root.contractKind, root.contractName, u" ");
    hop.observed = root.stepId.isEmpty() ? QString() : root.word;
    hop.to = titleOf(chain, root.party);
    hop.state = root.state;
    return hop;
}

ChainHop hopOf(const chain::Chain& chain, const flow::Flow& flow, const chain::Link& link, base::Instant now)
{
    ChainHop hop {.hop = hopName(flow, link.carries.value(0, link.stepId)), .stepId = link.stepId, .linkId = link.id};
    hop.from = titleOf(chain, link.from);
    hop.to = titleOf(chain, link.to);
    hop.state = link.state;
    if (link.askFor) {
        hop.evidence = u"asks for"_s;
        return hop;
    }
    hop.evidence = joined(link.evidence, lifetimeText(link, now), u", ");
    hop.contract = joined(link.contractKind, link.contractName, u" ");
    hop.prediction = link.predicted;
    hop.hasPrediction = link.hasPrediction;
    if (link.hasPrediction)
        hop.predicted = theme::decisionWord(link.predicted);
    hop.observed = isDecided(link.state) || !link.hasPrediction ? link.word : u"Not reached"_s;
    return hop;
}

ChainTableModel::Column column(const QString& title, QString ChainHop::*member)
{
    return {title, [member](const ChainHop& hop, int role) {
                const QString text = base::visible(hop.*member);
                return role == Qt::DisplayRole || (role == Qt::ToolTipRole && text.size() > 24) ? QVariant(text) : QVariant();
            }};
}

} // namespace

QList<ChainHop> hopsOf(const chain::Chain& chain, const flow::Flow& flow, base::Instant now)
{
    QList<ChainHop> hops;
    for (const chain::RootPlate& root : chain.roots)
        hops.append(hopOf(chain, flow, root));
    for (const chain::Link& link : chain.links)
        if (!link.askFor)
            hops.append(hopOf(chain, flow, link, now));
    std::ranges::stable_sort(hops, {}, [&](const ChainHop& hop) { return hop.stepId.isEmpty() ? 0 : numberOf(flow, hop.stepId); });
    for (const chain::Link& link : chain.links)
        if (link.askFor)
            hops.append(hopOf(chain, flow, link, now));
    return hops;
}

ChainTableModel::ChainTableModel(QObject* parent)
    : RowsModel({column(u"Hop"_s, &ChainHop::hop), column(u"From"_s, &ChainHop::from), column(u"Evidence"_s, &ChainHop::evidence),
                 column(u"Contract"_s, &ChainHop::contract), column(u"Predicted"_s, &ChainHop::predicted),
                 column(u"Observed"_s, &ChainHop::observed), column(u"To"_s, &ChainHop::to)},
                parent)
{
}

int ChainTableModel::rowOfStep(const QString& stepId, const chain::Chain& chain) const
{
    for (qsizetype i = 0; i < rows().size(); ++i) {
        const auto link = std::ranges::find(chain.links, rows()[i].linkId, &chain::Link::id);
        if (rows()[i].stepId == stepId || (link != chain.links.end() && link->carries.contains(stepId)))
            return int(i);
    }
    return -1;
}
