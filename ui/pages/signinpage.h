// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/signin.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QBoxLayout;
class QGridLayout;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

class Glyph;
class Label;
class ProgressLine;

/// The browser's turn: where the answer is awaited and how long, what it will be checked for, what was asked. Stays as the
/// record of the sign-in.
class SignInPage : public QWidget
{
    Q_OBJECT
public:
    explicit SignInPage(session::Session& session, QWidget* parent = nullptr);

    bool isWaiting() const { return m_shown.waiting; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* createLeft();
    QWidget* createPaste();
    QWidget* createRight();
    QLayout* createHead();
    QLayout* createButtons();
    void refresh();
    void showChecks();
    void showAsked();
    void showProblems();
    void usePasted();
    void settle();

    session::Session& m_session;
    SignIn m_shown {};
    QString m_pasteProblem {};
    QBoxLayout* m_halves = nullptr;
    QGridLayout* m_head = nullptr;
    QBoxLayout* m_buttons = nullptr;
    QWidget* m_left = nullptr;
    QWidget* m_right = nullptr;
    Glyph* m_glyph = nullptr;
    Label* m_title = nullptr;
    QWidget* m_listening = nullptr;
    Label* m_address = nullptr;
    Label* m_text = nullptr;
    QWidget* m_clockBox = nullptr;
    Label* m_clock = nullptr;
    Label* m_limit = nullptr;
    ProgressLine* m_line = nullptr;
    QPushButton* m_open = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_again = nullptr;
    QWidget* m_problems = nullptr;
    QWidget* m_paste = nullptr;
    QLineEdit* m_field = nullptr;
    QPushButton* m_use = nullptr;
    Label* m_checksTitle = nullptr;
    QGridLayout* m_checks = nullptr;
    QGridLayout* m_asked = nullptr;
};
