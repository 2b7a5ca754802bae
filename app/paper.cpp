// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "paper.h"

#include "core/base/text.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPageSize>
#include <QSvgRenderer>
#include <QTextLayout>

#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal margin = 42;      // points; 15 mm
constexpr qreal columnGap = 8;
constexpr qreal rowGap = 4;
constexpr qsizetype mostInCell = 2000; // characters: a row has to fit on a page
constexpr QRgb ink = 0xff1a2028, pale = 0xff4a5462, rule = 0xffd3d8df, green = 0xff17714b, red = 0xffc2251f; // as the HTML report

QFont fontOf(Paper::Style style, bool fixedPitch)
{
    QFont font = fixedPitch ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QFont();
    font.setPointSizeF(style == Paper::Style::Title ? 16 : style == Paper::Style::Heading ? 12 : fixedPitch ? 8 : 9);
    font.setWeight(style == Paper::Style::Body || style == Paper::Style::Muted ? QFont::Normal : QFont::DemiBold);
    return font;
}

QColor colorOf(Paper::Style style)
{
    switch (style) {
    case Paper::Style::Muted:
        return QColor::fromRgb(pale);
    case Paper::Style::Good:
        return QColor::fromRgb(green);
    case Paper::Style::Bad:
        return QColor::fromRgb(red);
    default:
        return QColor::fromRgb(ink);
    }
}

} // namespace

Paper::Paper(QIODevice& out, const QString& title)
    : m_writer(&out)
{
    m_writer.setTitle(title);
    m_writer.setCreator(u"Trustwalk"_s);
    m_writer.setPageSize(QPageSize(QPageSize::A4));
    m_writer.setPageMargins({margin, margin, margin, margin}, QPageLayout::Point);
    m_writer.setResolution(600);
    m_painter.begin(&m_writer);
    m_page = QRectF(0, 0, m_writer.width(), m_writer.height());
}

void Paper::need(qreal height, bool inTable)
{
    if (m_y + height <= m_page.height() || m_y == 0)
        return;
    m_writer.newPage();
    m_y = 0;
    if (inTable)
        heads();
}

/// Most texts fit on one line, and finding out is much cheaper than laying out. Gives the height.
qreal Paper::draw(const QString& text, const QFont& font, const QRectF& box, const QColor& color, bool measureOnly)
{
    const QFontMetricsF metrics(font, &m_writer);
    if (!measureOnly) {
        m_painter.setFont(font);
        m_painter.setPen(color);
    }
    if (metrics.horizontalAdvance(text) <= box.width()) {
        if (!measureOnly)
            m_painter.drawText(QPointF(box.x(), box.y() + metrics.ascent()), text);
        return metrics.height();
    }
    QTextLayout layout(text, font, &m_writer);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    qreal height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(box.width());
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    if (!measureOnly)
        layout.draw(&m_painter, box.topLeft());
    return height;
}

void Paper::paragraph(const QString& text, Style style)
{
    if (text.isEmpty())
        return;
    const QString shown = base::visible(text);
    const QFont font = fontOf(style, false);
    const QRectF box(0, 0, m_page.width(), 0);
    need(draw(shown, font, box, {}, true) + (style == Style::Heading ? points(40) : 0), false);
    m_y += draw(shown, font, box.translated(0, m_y), colorOf(style), false) + points(3);
}

void Paper::gap(qreal count) { m_y += m_y == 0 ? 0 : points(count); }

void Paper::table(QList<Column> columns)
{
    m_columns = std::move(columns);
    need(points(40), false);
    heads();
}

void Paper::heads()
{
    QList<Cell> heads;
    for (const Column& column : m_columns)
        heads.append({column.head, Style::Muted});
    m_y += cells(heads, false, true);
}

void Paper::row(const QList<Cell>& row)
{
    need(cells(row, true), true);
    m_y += cells(row, false);
}

qreal Paper::cells(const QList<Cell>& row, bool measureOnly, bool isHead)
{
    qreal shares = 0, x = 0, height = 0;
    for (const Column& column : m_columns)
        shares += column.share;
    const qreal width = m_page.width() - points(columnGap) * qreal(m_columns.size() - 1);
    for (qsizetype i = 0; i < std::min(row.size(), m_columns.size()); ++i) {
        const Column& column = m_columns[i];
        const QRectF box(x, m_y + points(rowGap), width * column.share / shares, 0);
        const QString text = base::elidedMiddle(base::visible(row[i].text), mostInCell);
        height = std::max(height, draw(text, fontOf(row[i].style, column.fixedPitch && !isHead), box, colorOf(row[i].style), measureOnly));
        x = box.right() + points(columnGap);
    }
    height += 2 * points(rowGap);
    if (!measureOnly) {
        m_painter.setPen(QPen(QColor::fromRgb(rule), points(0.5)));
        m_painter.drawLine(QPointF(0, m_y + height), QPointF(m_page.width(), m_y + height));
    }
    return height;
}

void Paper::picture(const QByteArray& svg, qreal mostHeight)
{
    QSvgRenderer renderer(svg);
    if (!renderer.isValid())
        return;
    const QSizeF natural = QSizeF(renderer.defaultSize()) * points(0.75); // a unit of the drawing is 1/96 inch
    QSizeF size = natural;
    const QSizeF most(m_page.width(), m_page.height() * mostHeight);
    if (size.width() > most.width() || size.height() > most.height())
        size.scale(most, Qt::KeepAspectRatio);
    need(size.height(), false);
    renderer.render(&m_painter, QRectF(QPointF(0, m_y), size));
    m_y += size.height() + points(6);
}

} // namespace app
