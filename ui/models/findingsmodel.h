// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"

#include <QAbstractListModel>
#include <QSet>

/// One finding as its row shows it.
struct FindingRow
{
    base::Finding finding {};
    QString place {};      ///< in words
    bool open = false;     ///< the fix stands below
    bool operator==(const FindingRow&) const = default;
};
Q_DECLARE_METATYPE(FindingRow)

/// The session's findings, in its order, and which of them show their fix.
class FindingsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { RowRole = Qt::UserRole };

    explicit FindingsModel(session::Session& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    const base::Finding& finding(int row) const { return m_rows.at(row).finding; }
    void toggleFix(int row);
    /// "1 error, 1 warning", "none"
    QString summary() const;

signals:
    void refreshed();

private:
    void refresh();
    static QString key(const base::Finding& finding);

    session::Session& m_session;
    QList<FindingRow> m_rows {};
    QSet<QString> m_open {};
};
