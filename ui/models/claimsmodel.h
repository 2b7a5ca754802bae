// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/tokencontent.h"

#include <QAbstractItemModel>

/// The claims of a token in their order, in the groups header, payload and signature.
class ClaimsModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum GroupRow { Header, Payload, Signature };
    enum Column { Claim, Value, Meaning, FilledBy, ColumnCount };
    enum Role {
        AsideRole = Qt::UserRole, ///< second half of the meaning
        FillerRole,               ///< int of flow::PartyKind; invalid for groups
        ProblemRole,              ///< bool: a line about what is wrong here
        SummaryRole               ///< of a group
    };

    explicit ClaimsModel(QObject* parent = nullptr);

    void setContent(const TokenContent& content);
    /// Shows the signature itself instead of its length.
    void setSignatureShown(bool shown);

    /// First row of that name, payload before header; invalid when there is none.
    QModelIndex indexOf(const QString& claim) const;
    const chain::ClaimRow* row(const QModelIndex& index) const; ///< nullptr for groups

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group
    {
        QString title {};
        QString summary {};
        QList<chain::ClaimRow> rows {};
    };
    QVariant groupData(const Group& group, int column, int role) const;
    QVariant rowData(const chain::ClaimRow& row, int column, int role) const;

    QList<Group> m_groups {};
    QByteArray m_signature {};
    SignatureFacts m_facts {};
    bool m_signatureShown = false;
};
