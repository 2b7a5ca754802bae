// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QStackedLayout;
class QTableView;
class QToolButton;
QT_END_NAMESPACE

namespace session { class Session; }
class ChainScene;
class ChainTableModel;
enum class ChainForm;
class ChainView;

/// The trust chain as a drawing, and the same chain as a table: graphics items say nothing to a screen reader, so the
/// table is always there and carries the same selection.
class ChainPane : public QWidget
{
    Q_OBJECT
public:
    explicit ChainPane(session::Session& session, QWidget* parent = nullptr);
    ~ChainPane() override;

    /// Asks for one row of small nodes. The pane also takes this form by itself where it is lower than 200 px at u = 4 or
    /// where the full form would shrink below 70 %.
    void setCompact(bool compact);
    bool isCompact() const;

    void zoomIn();
    void zoomOut();
    void fit();
    void toggleTable();
    bool showsTable() const;
    /// 1.0 is one unit of the theme per unit of the drawing.
    qreal zoom() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// Enter or a double click: the gate's Match, the evidence's token, the party's place in the setup.
    void opened(const base::Place& place);
    void zoomChanged(qreal zoom);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createTable();
    void createButtons();
    void connectSession();
    void rebuild();
    void restyle();
    void settle();
    ChainForm fittingForm() const;
    struct Fit
    {
        qreal width = 0; ///< to lay out for
        qreal zoom = 1;
    };
    Fit fitOf(ChainForm form) const;
    void zoomBy(int steps);
    void placeButtons();
    void selectRow(int row);
    void showSelection(const base::Place& place);

    session::Session& m_session;
    ChainScene* m_scene = nullptr;
    ChainView* m_view = nullptr;
    ChainTableModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    QStackedLayout* m_stack = nullptr;
    QWidget* m_buttons = nullptr;
    QToolButton* m_tableButton = nullptr;
    QList<QToolButton*> m_zoomButtons {};
    bool m_asked = false;     ///< for the compact form
    bool m_byHand = false;    ///< zoomed; stays so until the next fit
    bool m_selecting = false;
};
