// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "diagnosemodel.h"

#include "ui/theme.h"
#include "ui/widgets/controls.h"

using namespace Qt::StringLiterals;

namespace {

QString wordOf(const DiagnoseRow& row)
{
    if (row.mixed)
        return u"Taken by one, refused by another"_s;
    return row.decision == base::Decision::Refuse ? u"Wrong"_s : theme::decisionWord(row.decision);
}

} // namespace

void DiagnoseModel::setInspection(diagnosis::Inspection inspection)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    endResetModel();
}

int DiagnoseModel::worst() const
{
    for (int i = 0; i < int(m_inspection.items.size()); ++i)
        if (diagnoseRow(m_inspection.items[i]).decision == base::Decision::Refuse)
            return i;
    for (int i = 0; i < int(m_inspection.items.size()); ++i)
        if (diagnoseRow(m_inspection.items[i]).mixed)
            return i;
    return m_inspection.items.isEmpty() ? -1 : 0;
}

int DiagnoseModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_inspection.items.size()); }

QVariant DiagnoseModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const DiagnoseRow row = diagnoseRow(m_inspection.items[index.row()]);
    switch (role) {
    case RowRole: return QVariant::fromValue(row);
    case Qt::DisplayRole: return row.title;
    case Qt::ToolTipRole: return controls::plainToolTip(row.aside.isEmpty() ? row.title : QString(row.title + u'\n' + row.aside));
    case Qt::AccessibleTextRole: return u"%1. %2. %3"_s.arg(row.title, wordOf(row), row.aside);
    default: return {};
    }
}
