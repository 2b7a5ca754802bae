// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/panel.h"

QT_BEGIN_NAMESPACE
class QBoxLayout;
class QPushButton;
QT_END_NAMESPACE
class Label;

/// The bar above a page that stands in place of the run: what it is, what is on it, what can be done, and the way back.
class PageHead : public Panel
{
    Q_OBJECT
public:
    explicit PageHead(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& text);
    void setSummary(const QString& text);
    QString summary() const;
    /// Before the way back.
    QPushButton* addButton(const QString& text, const QString& icon);
    void add(QWidget* widget);

signals:
    void closed();

private:
    Label* m_title = nullptr;
    Label* m_summary = nullptr;
    QBoxLayout* m_row = nullptr;
};
