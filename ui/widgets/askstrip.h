// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include <functional>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

class Label;

/// One question with two answers, inside the pane and not in a box.
class AskStrip : public QWidget
{
    Q_OBJECT
public:
    explicit AskStrip(QWidget* parent = nullptr);

    void ask(const QString& question, const QString& yes, const QString& no, std::function<void()> act);
    void clear();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Label* m_question = nullptr;
    QPushButton* m_yes = nullptr;
    QPushButton* m_no = nullptr;
    std::function<void()> m_act {};
};
