// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "lifetimechart.h"

#include "core/base/text.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using theme::px;
using theme::Token;

namespace {

constexpr int rowAt4 = 24;
constexpr int headAt4 = 24;
constexpr int labelAt4 = 136;
constexpr qsizetype mostTicks = 6;
constexpr std::array<std::chrono::minutes, 13> steps {1min, 2min, 5min, 10min, 15min, 20min, 30min, 60min, 120min, 360min, 720min, 1440min, 10080min};

QString clockText(base::Instant t) { return base::toClock(t).left(5); }

QString dayText(base::Instant t)
{
    // Month names of the file, not of the locale: the pane is in English.
    static const QStringList months {u"Jan"_s, u"Feb"_s, u"Mar"_s, u"Apr"_s, u"May"_s, u"Jun"_s, u"Jul"_s, u"Aug"_s, u"Sep"_s, u"Oct"_s, u"Nov"_s, u"Dec"_s};
    const QDate date = QDateTime::fromSecsSinceEpoch(base::epochSeconds(t), Qt::UTC).date();
    return u"%1 %2 %3"_s.arg(date.day()).arg(months.value(date.month() - 1), clockText(t));
}

bool hasLife(const chain::Audience& row) { return row.expires.has_value(); }

base::Instant beginOf(const chain::Audience& row, base::Instant now) { return row.notBefore.value_or(std::min(now, row.expires.value_or(now))); }

std::chrono::seconds lengthOf(base::Instant from, base::Instant to) { return std::chrono::floor<std::chrono::seconds>(to - from); }

} // namespace

LifetimeAxis lifetimeAxis(const QList<chain::Audience>& rows, base::Instant now)
{
    LifetimeAxis axis {.begin = now, .end = now + 1min};
    std::optional<base::Instant> nearest;
    for (const chain::Audience& row : rows) {
        if (!hasLife(row))
            continue;
        axis.begin = std::min(axis.begin, beginOf(row, now));
        nearest = nearest ? std::min(*nearest, *row.expires) : *row.expires;
    }
    if (nearest) {
        const auto longest = 4 * std::max<base::Instant::duration>(*nearest - axis.begin, 1min);
        for (const chain::Audience& row : rows)
            if (hasLife(row) && *row.expires - axis.begin <= longest)
                axis.end = std::max(axis.end, *row.expires);
    }
    axis.end += (axis.end - axis.begin) / 20;
    const auto step = *std::ranges::find_if(steps, [&](auto s) { return (axis.end - axis.begin) / s < mostTicks || s == steps.back(); });
    const auto first = std::chrono::ceil<std::chrono::minutes>(axis.begin).time_since_epoch();
    for (auto t = (first + step - 1min) / step * step; base::Instant {t} < axis.end && axis.ticks.size() < 12; t += step)
        axis.ticks.append(base::Instant {t});
    return axis;
}

LifetimeChart::LifetimeChart(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme::watcher(), &theme::Watcher::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void LifetimeChart::setRows(const QList<chain::Audience>& rows, base::Instant now)
{
    m_rows.clear();
    std::ranges::copy_if(rows, std::back_inserter(m_rows), hasLife);
    m_now = now;
    m_axis = lifetimeAxis(m_rows, now);
    QStringList spoken;
    for (const chain::Audience& row : m_rows)
        spoken.append(row.slot + u": "_s + lengthText(row));
    setAccessibleName(u"Lifetimes. "_s + base::visible(spoken.join(u". "_s)));
    updateGeometry();
    update();
}

QSize LifetimeChart::sizeHint() const { return {px(480), px(headAt4) + int(m_rows.size()) * px(rowAt4) + px(8)}; }
QSize LifetimeChart::minimumSizeHint() const { return {px(280), sizeHint().height()}; }

QRectF LifetimeChart::area() const
{
    const qreal left = std::min(px(labelAt4), width() / 3);
    return {left, qreal(px(headAt4)), std::max(10.0, width() - left - px(24)), qreal(m_rows.size() * px(rowAt4))};
}

QRectF LifetimeChart::rowRect(qsizetype row) const { return {0, qreal(px(headAt4) + row * px(rowAt4)), qreal(width()), qreal(px(rowAt4))}; }

qreal LifetimeChart::xOf(base::Instant t) const
{
    const QRectF a = area();
    return a.left() + a.width() * qreal((t - m_axis.begin).count()) / qreal((m_axis.end - m_axis.begin).count());
}

void LifetimeChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintAxis(painter);
    for (qsizetype row = 0; row < m_rows.size(); ++row)
        paintRow(painter, row);
    paintNow(painter);
}

void LifetimeChart::paintAxis(QPainter& painter) const
{
    painter.setFont(theme::font(theme::Type::Caption));
    const QFontMetrics metrics = painter.fontMetrics();
    const bool days = m_axis.end - m_axis.begin > 20h;
    qreal free = 0;
    for (const base::Instant tick : m_axis.ticks) {
        const qreal x = xOf(tick);
        painter.fillRect(QRectF(x, area().top(), 1, area().height()), theme::color(Token::Line));
        const QString text = days ? dayText(tick) : clockText(tick);
        const int wide = metrics.horizontalAdvance(text);
        const qreal left = std::min(x - wide / 2.0, qreal(width() - wide));
        if (left < free)
            continue;
        free = left + wide + px(8);
        painter.setPen(theme::color(Token::Text2));
        painter.drawText(QRectF(left, 0, wide + 2, px(headAt4) - px(4)), Qt::AlignVCenter | Qt::AlignLeft, text);
    }
}

/// "65 min", "24 h, ends 21 Nov 15:58" where the bar runs off the axis.
QString LifetimeChart::lengthText(const chain::Audience& row) const
{
    const QString length = base::duration(lengthOf(beginOf(row, m_now), *row.expires));
    if (*row.expires < m_now)
        return u"%1, ended %2 ago"_s.arg(length, base::duration(lengthOf(*row.expires, m_now)));
    return *row.expires > m_axis.end ? u"%1, ends %2"_s.arg(length, dayText(*row.expires)) : length;
}

void LifetimeChart::paintRow(QPainter& painter, qsizetype row) const
{
    const QRectF line = rowRect(row);
    const chain::Audience& audience = m_rows[row];
    theme::paintParty(painter, QRectF(0, line.center().y() - px(7), px(14), px(14)), audience.speaker.kind);
    painter.setFont(theme::font(theme::Type::Body, 600));
    painter.setPen(theme::color(Token::Text));
    const QRectF name(px(20), line.top(), area().left() - px(28), line.height());
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft, audience.slot);
    const int used = painter.fontMetrics().horizontalAdvance(audience.slot) + px(8);
    painter.setFont(theme::font(theme::Type::Body));
    painter.setPen(theme::color(Token::Text2));
    painter.drawText(name.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(base::visible(audience.speaker.title), Qt::ElideRight, int(name.width()) - used));
    paintBar(painter, audience, line);
}

void LifetimeChart::paintBar(QPainter& painter, const chain::Audience& row, const QRectF& line) const
{
    const bool runsOff = *row.expires > m_axis.end;
    const QColor own = theme::partyColor(row.speaker.kind);
    const qreal from = xOf(beginOf(row, m_now));
    const qreal to = runsOff ? area().right() : xOf(*row.expires);
    const QRectF bar(QPointF(from, line.center().y() - px(7)), QPointF(std::max(to, from + 2), line.center().y() + px(7)));
    painter.setPen(QPen(own, 1));
    painter.setBrush(theme::partyTint(row.speaker.kind));
    painter.drawRect(bar);
    if (runsOff) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(own, 2));
        const QPointF tip(bar.right() - px(3), bar.center().y());
        painter.drawPolyline(QPolygonF {tip + QPointF(-px(4), -px(4)), tip, tip + QPointF(-px(4), px(4))});
        painter.restore();
    }
    if (row.presented && *row.presented >= m_axis.begin && *row.presented <= m_axis.end)
        painter.fillRect(QRectF(xOf(*row.presented) - 1, line.top() + px(1), 2, line.height() - px(2)), theme::color(Token::Text));
    painter.setFont(theme::font(theme::Type::Caption));
    painter.setPen(theme::color(*row.expires < m_now ? Token::Refuse : Token::Text));
    const QString text = lengthText(row);
    // Right of now, where there is room; else left-aligned in the bar or behind it.
    qreal left = std::max(bar.left(), std::min(xOf(m_now), bar.right())) + px(8);
    const qreal wide = painter.fontMetrics().horizontalAdvance(text);
    left = std::min(left, width() - wide - px(2));
    painter.drawText(QRectF(left, bar.top(), wide + 2, bar.height()), Qt::AlignVCenter | Qt::AlignLeft, text);
}

void LifetimeChart::paintNow(QPainter& painter) const
{
    if (m_rows.isEmpty())
        return;
    QPen pen(theme::color(Token::Text), 1);
    pen.setDashPattern({2, 2});
    painter.setPen(pen);
    const qreal x = xOf(m_now);
    painter.drawLine(QPointF(x, area().top() - px(4)), QPointF(x, area().bottom() + px(4)));
}

void LifetimeChart::mousePressEvent(QMouseEvent* event)
{
    for (qsizetype row = 0; row < m_rows.size(); ++row)
        if (rowRect(row).contains(event->position()))
            emit rowClicked(m_rows[row].slot);
}

bool LifetimeChart::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString text;
    for (qsizetype row = 0; row < m_rows.size(); ++row)
        if (rowRect(row).contains(help->pos()))
            text = u"%1 of %2: %3 to %4 UTC, %5"_s.arg(m_rows[row].slot, m_rows[row].speaker.title, dayText(beginOf(m_rows[row], m_now)),
                                                        dayText(*m_rows[row].expires), lengthText(m_rows[row]));
    QToolTip::showText(help->globalPos(), controls::plainToolTip(base::visible(text)), this);
    return true;
}
