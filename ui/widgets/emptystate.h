// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include <functional>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

class Label;

/// Where content would be: one display line, one sentence, one button. The same for errors inside a pane, whose button
/// copies the details.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);

    void show(const QString& line, const QString& sentence);
    /// Without `act` there is no button.
    void setAction(const QString& text, std::function<void()> act, bool enabled = true);

private:
    Label* m_line = nullptr;
    Label* m_sentence = nullptr;
    QPushButton* m_button = nullptr;
    std::function<void()> m_act {};
};
