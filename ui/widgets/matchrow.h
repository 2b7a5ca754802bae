// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/matchcontent.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QBoxLayout;
class QHBoxLayout;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

class DiffText;

/// One comparison. Passing: one line. Failing, or opened with Enter: presented above expected, near miss, fix.
class MatchCheckRow : public QWidget
{
    Q_OBJECT
public:
    MatchCheckRow(const MatchRow& row, bool canApply, QWidget* parent = nullptr);

    const MatchRow& row() const { return m_row; }
    bool isUnfolded() const { return m_unfolded; }
    void setUnfolded(bool unfolded);
    void setSelected(bool selected);

    int places() const;                    ///< differing places to stop at
    void setCurrentPlace(int place);
    QRect placeRect(int place) const;      ///< in this widget's coordinates
    QString value() const;                 ///< what Ctrl+C copies

signals:
    void applyAsked();
    void activated();                      ///< got the focus

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    void createHead();
    void fillBody();
    void fillLine(QVBoxLayout* body);
    void fillDetails(QVBoxLayout* body);
    void addValues(QVBoxLayout* body);
    void addNear(QVBoxLayout* body);
    void addCondition(QVBoxLayout* body);
    void addSentence(QVBoxLayout* body, const QString& text);
    void settle();

    MatchRow m_row;
    bool m_canApply;
    bool m_unfolded = false;
    bool m_selected = false;
    QBoxLayout* m_layout = nullptr;
    QWidget* m_head = nullptr;
    QWidget* m_body = nullptr;
    DiffText* m_values = nullptr;
};
