// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QListView;
QT_END_NAMESPACE

class FindingsDelegate;
class FindingsModel;
class FoldHeader;
class Label;

/// What the rules found. Closed it still says how many; open it shows at most three rows and scrolls.
class FindingsPane : public QWidget
{
    Q_OBJECT
public:
    explicit FindingsPane(session::Session& session, QWidget* parent = nullptr);

    bool isOpen() const;
    void setOpen(bool open);
    /// Selects the next or previous finding, in a circle, and goes to its place.
    void cycle(int direction);

signals:
    void opened(bool open); ///< by the user

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void show(bool open);
    void settle();
    void go(int row);
    void clicked(QPoint at);
    void showMenu(QPoint at);

    session::Session& m_session;
    FindingsModel* m_model = nullptr;
    FindingsDelegate* m_delegate = nullptr;
    FoldHeader* m_header = nullptr;
    QListView* m_list = nullptr;
    Label* m_none = nullptr;
};
