// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QStackedLayout;
class QTableView;
QT_END_NAMESPACE
namespace session { class Session; }
class EmptyState;
class InventoryModel;
class PageHead;

/// Which agents there are, who owns them and may invoke them, what they reach and can broker, which are dormant or too wide:
/// what `trustwalk inventory` says, of the open setup and the run as far as it went.
class InventoryPage : public QWidget
{
    Q_OBJECT
public:
    explicit InventoryPage(session::Session& session, QWidget* parent = nullptr);

    const InventoryModel& model() const { return *m_model; }
    QString markdown() const;

signals:
    void closed();
    /// Wants to be a file of this name.
    void saved(const QString& name, const QByteArray& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void createTable();
    void refresh();

    session::Session& m_session;
    PageHead* m_head = nullptr;
    InventoryModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
};
