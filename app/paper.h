// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFont>
#include <QList>
#include <QPainter>
#include <QPdfWriter>
#include <QRectF>
#include <QStringList>

QT_BEGIN_NAMESPACE
class QTextLayout;
QT_END_NAMESPACE

namespace app {

/// A4 pages that are filled from top to bottom with paragraphs, tables and pictures. What does not fit goes on a new page; a
/// table says its heads again there. All text is plain, and characters that draw nothing are written out.
class Paper
{
public:
    enum class Style { Title, Heading, Body, Muted, Strong, Good, Bad };

    struct Column
    {
        QString head {};
        qreal share = 1; ///< of the width
        bool fixedPitch = false;
    };
    struct Cell
    {
        QString text {};
        Style style = Style::Body;
    };

    Paper(QIODevice& out, const QString& title);

    void paragraph(const QString& text, Style style);
    void gap(qreal points);
    /// Starts a table; rows follow.
    void table(QList<Column> columns);
    void row(const QList<Cell>& cells);
    /// As wide as the page at most, and at most that part of its height.
    void picture(const QByteArray& svg, qreal mostHeight);

private:
    qreal points(qreal count) const { return count * m_writer.resolution() / 72; }
    qreal draw(const QString& text, const QFont& font, const QRectF& box, const QColor& color, bool measureOnly);
    qreal cells(const QList<Cell>& cells, bool measureOnly, bool isHead = false);
    void heads();
    void need(qreal height, bool inTable);

    QPdfWriter m_writer;
    QPainter m_painter;
    QList<Column> m_columns {};
    QRectF m_page {};
    qreal m_y = 0;
};

} // namespace app
