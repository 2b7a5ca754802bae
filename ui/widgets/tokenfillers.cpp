// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenfillers.h"

#include "core/base/text.h"
#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;

namespace {

constexpr int lineAt4 = 22;
constexpr int glyphAt4 = 14;

QFont countFont() { return theme::font(theme::Type::Body, 600); }
QFont wordFont() { return theme::font(theme::Type::Body); }

} // namespace

TokenFillers::TokenFillers(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme::watcher(), &theme::Watcher::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void TokenFillers::setFillers(const QList<chain::Filler>& fillers)
{
    m_fillers = fillers;
    QStringList words;
    for (const chain::Filler& filler : fillers)
        words.append(u"%1 by %2"_s.arg(filler.claims).arg(filler.title));
    setAccessibleName(u"Claims filled: "_s + words.join(u", "_s));
    updateGeometry();
    update();
}

int TokenFillers::barWidth(int width) const { return std::clamp(width / 4, px(96), px(220)); }

int TokenFillers::entryWidth(const chain::Filler& filler) const
{
    return px(glyphAt4 + 6) + QFontMetrics(countFont()).horizontalAdvance(QString::number(filler.claims)) + px(4)
        + QFontMetrics(wordFont()).horizontalAdvance(base::visible(filler.title));
}

/// Left to right beside the bar; what does not fit goes on below.
QList<QRect> TokenFillers::legendRects(int width) const
{
    QList<QRect> rects;
    const int start = barWidth(width) + px(16);
    int x = start;
    int y = 0;
    for (const chain::Filler& filler : m_fillers) {
        const int wide = std::min(entryWidth(filler), width - start);
        if (x > start && x + wide > width) {
            x = start;
            y += px(lineAt4);
        }
        rects.append({x, y, wide, px(lineAt4)});
        x += wide + px(18);
    }
    return rects;
}

int TokenFillers::heightForWidth(int width) const
{
    const QList<QRect> rects = legendRects(width);
    return rects.isEmpty() ? px(lineAt4) : rects.last().bottom() + 1;
}

QSize TokenFillers::sizeHint() const { return {px(480), heightForWidth(std::max(width(), px(480)))}; }
QSize TokenFillers::minimumSizeHint() const { return {px(240), px(lineAt4)}; }

void TokenFillers::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    int total = 0;
    for (const chain::Filler& filler : m_fillers)
        total += filler.claims;
    const QRectF bar(0, px(lineAt4 - 8) / 2.0, barWidth(width()), px(8));
    qreal x = bar.left();
    for (const chain::Filler& filler : m_fillers) {
        if (!filler.claims)
            continue;
        const qreal wide = bar.width() * filler.claims / total;
        painter.fillRect(QRectF(x, bar.top(), std::max(wide - 1, 1.0), bar.height()), theme::partyColor(filler.kind));
        x += wide;
    }
    const QList<QRect> rects = legendRects(width());
    for (qsizetype i = 0; i < rects.size(); ++i) {
        const chain::Filler& filler = m_fillers[i];
        const QRect& rect = rects[i];
        const QColor ink = filler.claims ? theme::partyColor(filler.kind) : theme::color(Token::Text2);
        theme::paintParty(painter, QRectF(rect.left(), rect.center().y() - px(glyphAt4) / 2, px(glyphAt4), px(glyphAt4)), filler.kind, filler.claims ? QColor() : ink);
        painter.setPen(ink);
        painter.setFont(countFont());
        const QString count = QString::number(filler.claims);
        painter.drawText(rect.adjusted(px(glyphAt4 + 6), 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine, count);
        const int used = px(glyphAt4 + 10) + painter.fontMetrics().horizontalAdvance(count);
        painter.setFont(wordFont());
        const QString word = painter.fontMetrics().elidedText(base::visible(filler.title), Qt::ElideMiddle, rect.width() - used + 2);
        painter.drawText(rect.adjusted(used, 0, 2, 0), Qt::AlignVCenter | Qt::TextSingleLine, word);
    }
}
