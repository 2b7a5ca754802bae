// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "timebar.h"

#include "ui/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

TimeBar::TimeBar(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize TimeBar::sizeHint() const
{
    return {px(240), px(26)};
}

void TimeBar::setTimings(const http::Exchange::Timings& timings)
{
    m_parts.clear();
    double from = 0;
    const auto add = [&](const QString& word, double to) {
        if (to < 0 || to - from < 0.05) // not known, or nothing that a number could show
            return;
        m_parts.append({word, from, std::max(from, to)});
        from = std::max(from, to);
    };
    add(u"connect"_s, timings.connected);
    add(u"TLS"_s, timings.encrypted);
    add(u"first byte"_s, timings.firstByte);
    add(u"end"_s, timings.finished);
    QStringList words;
    for (const Part& part : m_parts)
        words.append(u"%1 %2 ms"_s.arg(part.word, QString::number(part.to - part.from, 'f', part.to - part.from < 10 ? 1 : 0)));
    m_text = words.join(", "_L1);
    setAccessibleName(u"Times: %1"_s.arg(m_text));
    setVisible(!m_parts.isEmpty());
    update();
}

void TimeBar::paintEvent(QPaintEvent*)
{
    static constexpr Token inks[] {Token::LineStrong, Token::Text3, Token::Text2, Token::Accent};
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(Token::Window));
    painter.fillRect(0, 0, width(), 1, theme::color(Token::Line));
    if (m_parts.isEmpty())
        return;
    painter.setFont(theme::font(Type::Caption));
    const double whole = std::max(m_parts.last().to, 0.001);
    const QString total = u"%1 ms"_s.arg(QString::number(whole, 'f', whole < 10 ? 1 : 0));
    const int left = px(16), bar = std::min(px(180), width() / 3);
    int index = 0;
    for (const Part& part : m_parts) {
        const int x = left + qRound(bar * part.from / whole);
        const int end = left + qRound(bar * part.to / whole);
        painter.fillRect(x, height() / 2 - px(3), std::max(1, end - x - 1), px(6), theme::color(inks[index++ % 4]));
    }
    painter.setPen(theme::color(Token::Text));
    int x = left + bar + px(10);
    painter.drawText(QRect(x, 0, width() - x, height()), int(Qt::AlignLeft | Qt::AlignVCenter), total);
    x += painter.fontMetrics().horizontalAdvance(total) + px(12);
    painter.setPen(theme::color(Token::Text2));
    painter.drawText(QRect(x, 0, width() - x - px(12), height()), int(Qt::AlignLeft | Qt::AlignVCenter), painter.fontMetrics().elidedText(m_text, Qt::ElideRight, width() - x - px(12)));
}
