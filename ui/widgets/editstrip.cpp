// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "editstrip.h"

#include "controls.h"
#include "label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;
using theme::px;

EditStrip::EditStrip(QWidget* parent)
    : QWidget(parent)
    , m_what(new Label(theme::Type::Body, theme::Token::Text, this))
    , m_field(new QLineEdit(this))
    , m_problem(new Label(theme::Type::Body, theme::Token::Refuse, this))
{
    controls::followType(m_field, theme::Type::Fixed);
    m_field->setMinimumWidth(px(200));
    m_problem->setWordWrap(true);
    auto* save = controls::button(u"Write"_s, {}, controls::Kind::Primary, this);
    save->setToolTip(u"Writes the value into the setup; saved only when you save"_s);
    auto* cancel = controls::button(u"Cancel"_s, {}, controls::Kind::Plain, this);
    auto* line = new QHBoxLayout;
    line->setSpacing(px(12));
    line->addWidget(m_what);
    line->addWidget(m_field, 1);
    line->addWidget(save);
    line->addWidget(cancel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(16), px(8), px(16), px(8));
    layout->setSpacing(px(6));
    layout->addLayout(line);
    layout->addWidget(m_problem);
    connect(m_field, &QLineEdit::returnPressed, this, &EditStrip::take);
    connect(save, &QPushButton::clicked, this, &EditStrip::take);
    connect(cancel, &QPushButton::clicked, this, &EditStrip::clear);
    hide();
}

void EditStrip::edit(const QString& what, const QString& value, Take take)
{
    m_what->setText(what);
    m_field->setText(value);
    m_field->setAccessibleName(what);
    m_problem->hide();
    m_take = std::move(take);
    show();
    m_field->selectAll();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void EditStrip::clear()
{
    m_take = nullptr;
    hide();
}

QString EditStrip::problem() const { return m_problem->isHidden() ? QString() : m_problem->text(); }

void EditStrip::take()
{
    const auto take = m_take;
    const QString problem = take ? take(m_field->text()) : QString();
    if (problem.isEmpty())
        return clear();
    m_problem->setText(problem);
    m_problem->show();
    m_field->setFocus(Qt::OtherFocusReason);
}

void EditStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        clear();
    else
        QWidget::keyPressEvent(event);
}

void EditStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(theme::Token::Raised));
    painter.fillRect(0, height() - 1, width(), 1, theme::color(theme::Token::Line));
}
