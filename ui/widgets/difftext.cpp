// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "difftext.h"

#include "core/base/text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using Form = DiffCell::Form;

namespace {

QFont compared() { return theme::font(theme::Type::FixedCompared); }
QFont caption() { return theme::font(theme::Type::Body); }
QFont chipFont() { return theme::font(theme::Type::Caption); }

/// Column by column without saying what belongs to what.
QList<DiffCell> sideBySide(const QString& presented, const QString& expected)
{
    QList<DiffCell> cells = plainCells(presented);
    const QList<DiffCell> lower = plainCells(expected);
    for (qsizetype i = 0; i < cells.size(); ++i)
        cells[i].expected = i < lower.size() ? lower[i].expected : DiffCell::Half {Form::Gap};
    for (qsizetype i = cells.size(); i < lower.size(); ++i)
        cells.append({.presented = {Form::Gap}, .expected = lower[i].expected});
    return cells;
}

QString nameOf(const QString& text) { return text.isEmpty() ? u"nothing"_s : base::visible(text); }

} // namespace

DiffText::DiffText(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &DiffText::restyle);
}

void DiffText::setValues(const QString& presented, const QString& expected, bool marked)
{
    m_marked = marked;
    m_presented = presented;
    m_expected = expected;
    m_long = std::max(presented.size(), expected.size()) > longestWhole;
    setWhole(m_whole);
    setAccessibleName(u"presented %1, expected %2"_s.arg(nameOf(presented), nameOf(expected)));
}

void DiffText::setOrigins(const Origin& presented, const Origin& expected)
{
    m_from = presented;
    m_of = expected;
    restyle();
}

void DiffText::setWhole(bool whole)
{
    m_whole = whole;
    m_cells = m_marked ? diffCells(m_presented, m_expected) : sideBySide(m_presented, m_expected);
    if (isAbbreviated() && m_marked)
        m_cells = abbreviated(m_cells);
    restyle();
}

void DiffText::setCurrentPlace(int place)
{
    m_place = place;
    update();
}

void DiffText::restyle()
{
    m_arranged = arrange(width());
    updateGeometry();
    update();
}

int DiffText::labelWidth() const
{
    return int(std::ceil(QFontMetricsF(caption()).horizontalAdvance(u"presented"_s))) + px(16);
}

int DiffText::lineHeight() const { return std::max(px(24), int(std::ceil(QFontMetricsF(compared()).height())) + px(4)); }
int DiffText::blockHeight() const { return 2 * lineHeight(); }

int DiffText::originWidth(const Origin& origin) const
{
    const QFontMetrics metrics(caption());
    const int party = origin.party ? px(14) + px(10) + metrics.horizontalAdvance(base::visible(origin.name)) : 0;
    return origin.text.isEmpty() && !party ? 0 : metrics.horizontalAdvance(base::visible(origin.text)) + party;
}

qreal DiffText::cellWidth(const DiffCell& cell) const
{
    const QFontMetricsF letters(compared());
    const QFontMetricsF chips(chipFont());
    const auto widthOf = [&](const DiffCell::Half& half) {
        return half.form == Form::Chip ? chips.horizontalAdvance(half.text) + px(8) : letters.horizontalAdvance(half.text);
    };
    return std::max({widthOf(cell.presented), widthOf(cell.expected), letters.horizontalAdvance(u'0')});
}

DiffText::Arrangement DiffText::arrange(int width) const
{
    Arrangement result;
    const qreal room = std::max(width - labelWidth(), px(60));
    qreal x = 0;
    for (qsizetype i = 0; i < m_cells.size(); ++i) {
        const qreal wide = cellWidth(m_cells[i]);
        if (x > 0 && x + wide > room) {
            ++result.lines;
            x = 0;
        }
        result.cells.append({i, QRectF(x, 0, wide, lineHeight()), result.lines - 1});
        x += wide;
        result.widest = std::max(result.widest, x);
    }
    const int origins = std::max(originWidth(m_from), originWidth(m_of));
    result.originsBelow = origins > 0 && (result.lines > 1 || result.widest + px(16) + origins > room);
    return result;
}

int DiffText::heightForWidth(int width) const
{
    const Arrangement arranged = arrange(width);
    return arranged.lines * blockHeight() + (arranged.lines - 1) * px(4) + (arranged.originsBelow ? 2 * px(20) : 0);
}

QSize DiffText::sizeHint() const { return {labelWidth() + px(320), heightForWidth(std::max(width(), labelWidth() + px(320)))}; }
QSize DiffText::minimumSizeHint() const { return {labelWidth() + px(80), blockHeight()}; }

void DiffText::resizeEvent(QResizeEvent*) { m_arranged = arrange(width()); }

QRect DiffText::placeRect(int place) const
{
    QRectF found;
    for (const Placed& placed : m_arranged.cells)
        if (m_cells[placed.cell].place == place)
            found |= placed.rect.translated(labelWidth(), placed.line * (blockHeight() + px(4))).adjusted(0, 0, 0, lineHeight());
    return found.toAlignedRect();
}

void DiffText::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintLabels(painter);
    paintCells(painter);
    paintOrigins(painter);
    if (m_place < 0)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme::color(Token::Accent), 2));
    painter.drawRoundedRect(QRectF(placeRect(m_place)).adjusted(-2, 1, 2, -1), 3, 3);
}

void DiffText::paintLabels(QPainter& painter) const
{
    painter.setFont(caption());
    painter.setPen(theme::color(Token::Text2));
    for (int line = 0; line < m_arranged.lines; ++line) {
        const QRect rect(0, line * (blockHeight() + px(4)), labelWidth(), lineHeight());
        painter.drawText(rect, Qt::AlignVCenter, u"presented"_s);
        painter.drawText(rect.translated(0, lineHeight()), Qt::AlignVCenter, u"expected"_s);
    }
    // An empty value is said in words: an empty line looks like a mistake of the drawing.
    const int x = labelWidth();
    if (m_presented.isEmpty())
        painter.drawText(QRect(x, 0, width() - x, lineHeight()), Qt::AlignVCenter, u"nothing"_s);
    if (m_expected.isEmpty())
        painter.drawText(QRect(x, lineHeight(), width() - x, lineHeight()), Qt::AlignVCenter, u"nothing"_s);
}

void DiffText::paintCells(QPainter& painter) const
{
    const bool oneIsEmpty = m_presented.isEmpty() || m_expected.isEmpty();
    for (const Placed& placed : m_arranged.cells) {
        const DiffCell& cell = m_cells[placed.cell];
        const QRectF upper = placed.rect.translated(labelWidth(), placed.line * (blockHeight() + px(4)));
        paintHalf(painter, upper, cell.presented, cell.differs && !oneIsEmpty);
        paintHalf(painter, upper.translated(0, lineHeight()), cell.expected, cell.differs && !oneIsEmpty);
    }
}

void DiffText::paintHalf(QPainter& painter, const QRectF& rect, const DiffCell::Half& half, bool differs) const
{
    const QRectF body = rect.adjusted(0, px(2), 0, -px(2));
    if (half.form == Form::Gap) {
        if (!differs || half.text.isEmpty())
            return;
        const QPointF tip(rect.left(), rect.bottom() - px(8));
        painter.setPen(QPen(theme::color(Token::Refuse), 2));
        painter.drawLine(tip, tip + QPointF(-px(3), px(5)));
        painter.drawLine(tip, tip + QPointF(px(3), px(5)));
        return;
    }
    if (differs) {
        painter.fillRect(body, theme::color(Token::DiffBg));
        painter.fillRect(QRectF(body.left(), body.bottom() - 2, body.width(), 2), theme::color(Token::Refuse));
    }
    const bool weak = half.form == Form::More || (half.form == Form::Mark && !differs);
    painter.setPen(theme::color(weak ? Token::Text3 : Token::Text));
    painter.setFont(half.form == Form::Chip ? chipFont() : compared());
    if (half.form == Form::Chip)
        painter.drawRect(body.adjusted(1.5, 1.5, -1.5, -3.5));
    painter.drawText(rect, Qt::AlignCenter, half.text);
}

void DiffText::paintOrigin(QPainter& painter, const QRect& rect, const Origin& origin) const
{
    if (origin.text.isEmpty() && !origin.party)
        return;
    painter.setFont(caption());
    painter.setPen(theme::color(Token::Text2));
    const QFontMetrics metrics(caption());
    const int left = m_arranged.originsBelow ? rect.left() : rect.right() - originWidth(origin);
    const QString text = metrics.elidedText(base::visible(origin.text), Qt::ElideRight, rect.right() - left + 2); // a text's width is rounded
    painter.drawText(QRect(left, rect.top(), rect.right() - left + 2, rect.height()), Qt::AlignVCenter, text);
    if (!origin.party)
        return;
    const int glyph = left + metrics.horizontalAdvance(text) + px(6);
    theme::paintParty(painter, QRectF(glyph, rect.center().y() - px(7), px(14), px(14)), *origin.party);
    const QRect name(glyph + px(18), rect.top(), rect.right() - glyph - px(18) + 2, rect.height());
    painter.drawText(name, Qt::AlignVCenter, metrics.elidedText(base::visible(origin.name), Qt::ElideMiddle, name.width()));
}

void DiffText::paintOrigins(QPainter& painter) const
{
    if (m_arranged.originsBelow) {
        const int top = m_arranged.lines * blockHeight() + (m_arranged.lines - 1) * px(4);
        const QRect rect(labelWidth(), top, width() - labelWidth(), px(20));
        paintOrigin(painter, rect, m_from);
        paintOrigin(painter, rect.translated(0, px(20)), m_of);
        return;
    }
    const QRect rect(labelWidth(), 0, width() - labelWidth() - 1, lineHeight());
    paintOrigin(painter, rect, m_from);
    paintOrigin(painter, rect.translated(0, lineHeight()), m_of);
}
