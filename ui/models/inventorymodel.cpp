// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "inventorymodel.h"

#include "core/base/text.h"
#include "core/report/inventory.h"
#include "ui/widgets/controls.h"

using namespace Qt::StringLiterals;
using diagnosis::AgentRecord;
using diagnosis::Known;

namespace {

QString first(const QString& text) { return text.left(1).toUpper() + text.mid(1); }

QString linesOf(const report::InventoryQuestion& question, const Known& known, bool withPlaces)
{
    if (!known.known)
        return u"Unknown"_s;
    QStringList lines;
    for (const diagnosis::Evidence& each : known.values)
        lines.append(base::visible(withPlaces ? u"%1 (%2)"_s.arg(each.text, each.pointer.isEmpty() ? u"run "_s + each.run : each.pointer) : each.text));
    return lines.isEmpty() ? first(QString::fromUtf16(question.none)) : lines.join(u'\n');
}

} // namespace

void InventoryModel::setAgents(QList<AgentRecord> agents)
{
    beginResetModel();
    m_agents = std::move(agents);
    endResetModel();
}

int InventoryModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_agents.size()); }
int InventoryModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(report::inventoryQuestions().size()) + 1; }

QVariant InventoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount())
        return {};
    return section == 0 ? u"Agent"_s : first(QString::fromUtf16(report::inventoryQuestions()[std::size_t(section) - 1].title));
}

QVariant InventoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const AgentRecord& agent = m_agents[index.row()];
    if (index.column() == 0) {
        const QString title = base::visible(agent.title), kind = report::agentKindWords(agent.kind);
        switch (role) {
        case HeadRole: return title;
        case KnownRole: return true;
        case Qt::DisplayRole: return kind;
        case Qt::AccessibleTextRole: return u"%1, %2"_s.arg(title, kind);
        case Qt::ToolTipRole: return controls::plainToolTip(u"%1\n%2\n%3"_s.arg(title, kind, agent.pointer));
        default: return {};
        }
    }
    const report::InventoryQuestion& question = report::inventoryQuestions()[std::size_t(index.column()) - 1];
    const Known& known = agent.*question.answer;
    const bool alarms = question.answer == &AgentRecord::dormant || question.answer == &AgentRecord::tooWide;
    switch (role) {
    case KnownRole: return known.known;
    case AlarmRole: return alarms && known.known && !known.values.isEmpty();
    case Qt::DisplayRole: return linesOf(question, known, false);
    case Qt::ToolTipRole: return controls::plainToolTip(linesOf(question, known, true));
    case Qt::AccessibleTextRole: return u"%1: %2"_s.arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), linesOf(question, known, false));
    default: return {};
    }
}
