// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "messagestrip.h"

#include "controls.h"
#include "glyph.h"
#include "label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;

MessageStrip::MessageStrip(QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(px(16), px(8), px(8), px(8));
    layout->setSpacing(px(12));
    m_glyph = new Glyph(20, this);
    m_what = new Label(theme::Type::Body, theme::Token::Text, this);
    m_what->setWeight(600);
    m_what->setWordWrap(true);
    m_text = new Label(theme::Type::Body, theme::Token::Text, this);
    m_text->setWordWrap(true);
    for (Label* label : {m_what, m_text}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setFocusPolicy(Qt::NoFocus);
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(px(2));
    words->addWidget(m_what);
    words->addWidget(m_text);
    m_copy = controls::button(u"Copy details"_s, u"copy"_s, controls::Kind::Small, this);
    auto* close = controls::iconButton(u"close"_s, u"Close message"_s, this);
    layout->addWidget(m_glyph, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    layout->addWidget(m_copy, 0, Qt::AlignTop);
    layout->addWidget(close, 0, Qt::AlignTop);
    connect(m_copy, &QPushButton::clicked, this, [this] { controls::copyText(m_details); });
    connect(close, &QToolButton::clicked, this, &MessageStrip::clear);
    hide();
}

void MessageStrip::say(base::Severity severity, const QString& what, const QString& text, const QString& details)
{
    m_severity = severity;
    m_details = details;
    m_glyph->setDraw([severity](QPainter& painter, const QRectF& rect) { theme::paintSeverity(painter, rect, severity); });
    m_what->setText(what);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_copy->setVisible(!details.isEmpty());
    setAccessibleName(QString(what + u' ' + text));
    show();
    update();
}

void MessageStrip::clear()
{
    m_what->clear();
    hide();
}

QString MessageStrip::what() const
{
    return m_what->text();
}

void MessageStrip::paintEvent(QPaintEvent*)
{
    using theme::Token;
    const Token ground = m_severity == base::Severity::Error ? Token::RefuseBg
        : m_severity == base::Severity::Warning             ? Token::WarnBg
                                                            : Token::NotEvalBg;
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(ground));
    painter.fillRect(0, height() - 1, width(), 1, theme::color(Token::Line));
}
