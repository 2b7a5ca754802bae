// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signinpage.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/progressline.h"

#include <QAction>
#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

QLayout* SignInPage::createHead()
{
    m_glyph = new Glyph(28, this);
    m_title = new Label(Type::Display, Token::Text, this);
    m_title->setElide(Qt::ElideRight);
    m_text = new Label(Type::Body, Token::Text2, this);
    m_text->setWordWrap(true);
    m_listening = new QWidget(this);
    auto* line = new QHBoxLayout(m_listening);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(px(4));
    auto* before = new Label(Type::Body, Token::Text2, m_listening);
    before->setText(u"Listening on"_s);
    m_address = new Label(Type::Fixed, Token::Text, m_listening);
    auto* after = new Label(Type::Body, Token::Text2, m_listening);
    after->setText(u"for one answer."_s);
    for (QWidget* part : {before, m_address, after})
        line->addWidget(part);
    line->addStretch();

    auto* words = new QVBoxLayout;
    words->setSpacing(px(3));
    for (QWidget* part : {static_cast<QWidget*>(m_title), m_listening, static_cast<QWidget*>(m_text)})
        words->addWidget(part);

    m_clockBox = new QWidget(this);
    auto* clock = new QVBoxLayout(m_clockBox);
    clock->setContentsMargins(0, 0, 0, 0);
    clock->setSpacing(px(3));
    m_clock = new Label(Type::Display, Token::Text, m_clockBox);
    m_limit = new Label(Type::Body, Token::Text2, m_clockBox);
    for (Label* label : {m_clock, m_limit})
        clock->addWidget(label);
    m_head = new QGridLayout;
    m_head->setHorizontalSpacing(px(14));
    m_head->setVerticalSpacing(px(8));
    m_head->setColumnStretch(1, 1);
    m_head->addWidget(m_glyph, 0, 0, Qt::AlignVCenter);
    m_head->addLayout(words, 0, 1);
    m_head->addWidget(m_clockBox, 0, 2);
    return m_head;
}

QLayout* SignInPage::createButtons()
{
    m_open = controls::button(u"Open the browser again"_s, u"browser"_s, controls::Kind::Primary, this);
    m_copy = controls::button(u"Copy address"_s, u"copy"_s, controls::Kind::Plain, this);
    m_cancel = controls::button(u"Cancel sign-in (Esc)"_s, {}, controls::Kind::Plain, this);
    m_again = controls::button(u"Sign in again"_s, u"reset"_s, controls::Kind::Plain, this);
    connect(m_open, &QPushButton::clicked, this, [this] { m_session.openBrowserAgain(); });
    connect(m_copy, &QPushButton::clicked, this, [this] { controls::copyText(QString::fromUtf8(m_shown.url)); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_session.cancel(); });
    connect(m_again, &QPushButton::clicked, this, [this] { m_session.sendAgain(m_shown.stepId); });
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(px(8));
    for (QWidget* part : {m_open, m_copy, m_again})
        m_buttons->addWidget(part);
    m_buttons->addStretch();
    m_buttons->addWidget(m_cancel);
    return m_buttons;
}

QWidget* SignInPage::createPaste()
{
    m_paste = new QWidget(this);
    auto* layout = new QVBoxLayout(m_paste);
    layout->setContentsMargins(0, px(8), 0, 0);
    layout->setSpacing(px(6));
    auto* question = new Label(Type::Body, Token::Text, m_paste);
    question->setWeight(600);
    question->setText(u"Browser on another machine?"_s);
    auto* how = new Label(Type::Body, Token::Text2, m_paste);
    how->setText(u"Paste the address it ended on. It may show an error there; the address is enough."_s);
    how->setWordWrap(true);
    m_field = new QLineEdit(m_paste);
    m_field->setAccessibleName(u"Address the browser ended on"_s);
    m_field->addAction(theme::icon(u"paste"_s), QLineEdit::LeadingPosition);
    controls::followType(m_field, Type::Fixed);
    m_use = controls::button(u"Use it"_s, {}, controls::Kind::Plain, m_paste);
    m_use->setEnabled(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(px(8));
    row->addWidget(m_field, 1);
    row->addWidget(m_use);
    auto* note = new Label(Type::Caption, Token::Text2, m_paste);
    note->setText(u"The browser is yours, not a window of Trustwalk: passkeys, managed sign-in and several accounts work as usual."_s);
    note->setWordWrap(true);
    layout->addWidget(question);
    layout->addWidget(how);
    layout->addLayout(row);
    layout->addSpacing(px(4));
    layout->addWidget(note);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) { m_use->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_field, &QLineEdit::returnPressed, this, &SignInPage::usePasted);
    connect(m_use, &QPushButton::clicked, this, &SignInPage::usePasted);
    return m_paste;
}

QWidget* SignInPage::createLeft()
{
    auto* left = new QWidget(this);
    auto* layout = new QVBoxLayout(left);
    layout->setContentsMargins(px(20), px(18), px(20), px(16));
    layout->setSpacing(px(14));
    m_line = new ProgressLine(u"Time waited"_s, left);
    m_problems = new QWidget(left);
    auto* problems = new QVBoxLayout(m_problems);
    problems->setContentsMargins(0, 0, 0, 0);
    problems->setSpacing(px(4));
    layout->addLayout(createHead());
    layout->addWidget(m_line);
    layout->addLayout(createButtons());
    layout->addWidget(m_problems);
    layout->addWidget(createPaste());
    layout->addStretch();
    m_left = left;
    return left;
}

QWidget* SignInPage::createRight()
{
    auto* right = new Panel(Token::Raised, Qt::LeftEdge, this);
    auto* layout = new QVBoxLayout(right);
    layout->setContentsMargins(px(16), px(16), px(16), px(16));
    layout->setSpacing(px(8));
    m_checksTitle = new Label(Type::Body, Token::Text, right);
    m_checksTitle->setWeight(600);
    m_checks = new QGridLayout;
    m_checks->setHorizontalSpacing(px(10));
    m_checks->setVerticalSpacing(px(10));
    m_checks->setColumnStretch(2, 1);
    auto* askedTitle = new Label(Type::Body, Token::Text, right);
    askedTitle->setWeight(600);
    askedTitle->setText(u"What was asked"_s);
    m_asked = new QGridLayout;
    m_asked->setHorizontalSpacing(px(16));
    m_asked->setVerticalSpacing(px(6));
    m_asked->setColumnStretch(1, 1);
    layout->addWidget(m_checksTitle);
    layout->addLayout(m_checks);
    layout->addSpacing(px(8));
    layout->addWidget(askedTitle);
    layout->addLayout(m_asked);
    layout->addStretch();
    m_right = right;
    return right;
}
