// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "claimsmodel.h"

#include "core/base/text.h"

using namespace Qt::StringLiterals;
using chain::ClaimRow;

namespace {

constexpr quintptr noGroup = 0; // internal id of groups; rows carry their group's number + 1

/// "alg, kid, typ", and how much is wrong.
QString summaryOf(const QList<ClaimRow>& rows)
{
    QStringList names;
    int problems = 0;
    for (const ClaimRow& row : rows) {
        if (row.part == ClaimRow::Part::Problem)
            ++problems;
        else
            names.append(row.name);
    }
    QString text = names.size() > 8 ? u"%1 claims"_s.arg(names.size()) : names.join(u", "_s);
    if (problems)
        text += problems == 1 ? u", 1 problem"_s : u", %1 problems"_s.arg(problems);
    return text;
}

QString textOf(const ClaimRow& row, int column)
{
    switch (column) {
    case ClaimsModel::Claim: return base::visible(row.name);
    case ClaimsModel::Value: return base::visible(row.value);
    case ClaimsModel::Meaning: return base::visible(row.meaning);
    case ClaimsModel::FilledBy: return base::visible(row.fillerTitle);
    default: return {};
    }
}

} // namespace

ClaimsModel::ClaimsModel(QObject* parent) : QAbstractItemModel(parent) {}

void ClaimsModel::setContent(const TokenContent& content)
{
    beginResetModel();
    QList<ClaimRow> header, payload;
    ClaimRow::Part part = ClaimRow::Part::Header;
    for (const ClaimRow& row : content.rows) {
        // A problem belongs to the part it stands in.
        part = row.part == ClaimRow::Part::Problem ? part : row.part;
        (part == ClaimRow::Part::Header ? header : payload).append(row);
    }
    m_signature = content.raw.mid(content.raw.lastIndexOf('.') + 1);
    m_facts = content.signature;
    m_groups.clear();
    if (!content.rows.isEmpty())
        m_groups = {{u"Header"_s, summaryOf(header), header}, {u"Payload"_s, summaryOf(payload), payload}, {u"Signature"_s}};
    endResetModel();
    setSignatureShown(m_signatureShown);
}

void ClaimsModel::setSignatureShown(bool shown)
{
    m_signatureShown = shown;
    if (m_groups.isEmpty())
        return;
    m_groups[Signature].summary = shown ? QString::fromUtf8(m_signature) : maskedSignature(m_facts);
    emit dataChanged(index(Signature, 0), index(Signature, ColumnCount - 1));
}

QModelIndex ClaimsModel::indexOf(const QString& claim) const
{
    for (int group = int(m_groups.size()) - 1; group >= 0; --group)
        for (int row = 0; row < m_groups[group].rows.size(); ++row)
            if (m_groups[group].rows[row].name == claim && m_groups[group].rows[row].part != ClaimRow::Part::Problem)
                return index(row, 0, index(group, 0));
    return {};
}

const ClaimRow* ClaimsModel::row(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == noGroup)
        return nullptr;
    return &m_groups[int(index.internalId()) - 1].rows[index.row()];
}

QModelIndex ClaimsModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : noGroup);
}

QModelIndex ClaimsModel::parent(const QModelIndex& index) const
{
    return index.isValid() && index.internalId() != noGroup ? createIndex(int(index.internalId()) - 1, 0, noGroup) : QModelIndex();
}

int ClaimsModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    return parent.internalId() == noGroup && parent.column() == 0 ? int(m_groups[parent.row()].rows.size()) : 0;
}

int ClaimsModel::columnCount(const QModelIndex&) const { return ColumnCount; }

QVariant ClaimsModel::groupData(const Group& group, int column, int role) const
{
    if (role == SummaryRole)
        return group.summary;
    if (role == Qt::AccessibleTextRole && column == Claim)
        return QString(group.title + u", " + group.summary);
    return role == Qt::DisplayRole && column == Claim ? QVariant(group.title) : QVariant();
}

QVariant ClaimsModel::rowData(const ClaimRow& row, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole: return textOf(row, column);
    case AsideRole: return base::visible(row.aside);
    case FillerRole: return int(row.filler);
    case ProblemRole: return row.part == ClaimRow::Part::Problem;
    case Qt::AccessibleTextRole:
        return column == Meaning && !row.aside.isEmpty() ? QString(textOf(row, column) + u", " + base::visible(row.aside)) : textOf(row, column);
    default: return {};
    }
}

QVariant ClaimsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ClaimRow* claim = row(index);
    return claim ? rowData(*claim, index.column(), role) : groupData(m_groups[index.row()], index.column(), role);
}

QVariant ClaimsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const QStringList titles {u"Claim"_s, u"Value"_s, u"Meaning"_s, u"Filled by"_s};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? titles.value(section) : QVariant();
}
