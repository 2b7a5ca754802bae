// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "lifetimebar.h"

#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;

namespace {

constexpr int lineAt4 = 18;

} // namespace

LifetimeBar::LifetimeBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme::watcher(), &theme::Watcher::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void LifetimeBar::setFacts(const LifetimeFacts& facts)
{
    if (facts == m_facts)
        return;
    m_facts = facts;
    setAccessibleName(u"Lifetime: "_s + facts.text);
    update();
}

QSize LifetimeBar::sizeHint() const { return {px(320), 2 * px(lineAt4) + px(14)}; }
QSize LifetimeBar::minimumSizeHint() const { return {px(200), sizeHint().height()}; }

/// The axis runs from begin to whichever is later, the end or now.
qreal LifetimeBar::xOf(base::Instant t, const QRectF& bar) const
{
    const base::Instant first = m_facts.begin ? std::min(*m_facts.begin, m_facts.now) : m_facts.now;
    const base::Instant last = std::max(m_facts.end.value_or(m_facts.now), m_facts.now);
    if (last <= first)
        return bar.left();
    return bar.left() + bar.width() * qreal((t - first).count()) / qreal((last - first).count());
}

void LifetimeBar::paintTitle(QPainter& painter) const
{
    const QRect line(0, 0, width(), px(lineAt4));
    painter.setFont(theme::font(theme::Type::Caption));
    painter.setPen(theme::color(Token::Text2));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, u"Lifetime"_s);
    painter.setFont(theme::font(theme::Type::Caption, 600));
    painter.setPen(theme::color(m_facts.isOver() ? Token::Refuse : Token::Text2));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_facts.text);
}

void LifetimeBar::paintBar(QPainter& painter, const QRectF& bar) const
{
    painter.fillRect(bar, theme::color(Token::Line));
    if (!m_facts.end)
        return;
    const qreal now = xOf(m_facts.now, bar);
    const qreal end = xOf(*m_facts.end, bar);
    const qreal begin = m_facts.begin ? xOf(*m_facts.begin, bar) : bar.left();
    if (now > begin)
        painter.fillRect(QRectF(QPointF(begin, bar.top()), QPointF(std::min(now, end), bar.bottom())), theme::color(Token::Text2));
    if (m_facts.isOver()) {
        const QRectF over(QPointF(end, bar.top()), bar.bottomRight());
        painter.fillRect(over, theme::color(Token::Surface));
        painter.fillRect(over, QBrush(theme::color(Token::Refuse), Qt::BDiagPattern));
        painter.setPen(QPen(theme::color(Token::Refuse), 1));
        painter.drawRect(over.adjusted(0, 0, -1, -1));
    }
    painter.fillRect(QRectF(std::clamp(now - 1, bar.left(), bar.right() - 2), bar.top() - px(3), 2, bar.height() + px(6)), theme::color(Token::Text));
}

void LifetimeBar::paintTimes(QPainter& painter, const QRectF& bar) const
{
    painter.setFont(theme::font(theme::Type::Caption));
    painter.setPen(theme::color(Token::Text2));
    const QFontMetrics metrics = painter.fontMetrics();
    const QRect line(0, int(bar.bottom()) + px(3), width(), px(lineAt4));
    const QString begin = m_facts.begin ? QString(base::toClock(*m_facts.begin) + u' ' + m_facts.beginName) : QString();
    const QString end = m_facts.end ? QString(base::toClock(*m_facts.end) + u' ' + m_facts.endName) : QString();
    const QString now = u"now "_s + base::toClock(m_facts.now);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, begin);
    if (!m_facts.isOver())
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, end);
    // Now stands below its mark, unless it would meet its neighbours there; then in the middle, or not at all.
    const int left = metrics.horizontalAdvance(begin) + px(12);
    const int right = width() - metrics.horizontalAdvance(end) - px(12);
    const int wide = metrics.horizontalAdvance(now);
    if (m_facts.isOver()) {
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, right - left > wide ? now : QString());
        painter.setPen(theme::color(Token::Refuse));
        const int at = std::clamp(int(xOf(*m_facts.end, bar)) - metrics.horizontalAdvance(end) / 2, left, std::max(left, width() - wide - px(12) - metrics.horizontalAdvance(end)));
        painter.drawText(line.adjusted(at, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, end);
        return;
    }
    if (right - left > wide)
        painter.drawText(line.adjusted(std::clamp(int(xOf(m_facts.now, bar)) - wide / 2, left, right - wide), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, now);
}

void LifetimeBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF bar(0, px(lineAt4) + px(2), width(), px(8));
    paintTitle(painter);
    paintBar(painter, bar);
    paintTimes(painter, bar);
}
