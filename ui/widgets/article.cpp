// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "article.h"

#include <QPainter>
#include <QTextBlockFormat>
#include <QTextDocument>

using namespace Qt::StringLiterals;
using theme::Token;
using theme::Type;

Article::Article(const QString& name, QWidget* parent)
    : QTextBrowser(parent)
{
    setAccessibleName(name);
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUndoRedoEnabled(false);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
}

void Article::begin()
{
    document()->clear();
    document()->setDefaultFont(theme::font(Type::Body));
    m_cursor = QTextCursor(document());
    m_cursor.beginEditBlock();
    m_first = true;
}

void Article::end()
{
    m_cursor.endEditBlock();
    moveCursor(QTextCursor::Start);
}

void Article::block(int above, int lineHeight)
{
    QTextBlockFormat format;
    format.setTopMargin(m_first ? 0 : theme::px(above));
    format.setLineHeight(lineHeight, QTextBlockFormat::ProportionalHeight);
    if (m_first)
        m_cursor.setBlockFormat(format);
    else
        m_cursor.insertBlock(format);
    m_first = false;
}

void Article::put(const QString& text, const QFont& font, const QColor& ink)
{
    QTextCharFormat format;
    format.setFont(font);
    format.setForeground(ink);
    m_cursor.insertText(text, format);
}

void Article::caption(const QString& text)
{
    block(0, 100);
    put(text, theme::font(Type::Body), theme::color(Token::Text2));
}

void Article::title(const QString& text, bool fixed)
{
    block(2, 100);
    put(text, fixed ? theme::font(Type::FixedCompared, 600) : theme::font(Type::Lead), theme::color(Token::Text));
}

void Article::heading(const QString& text)
{
    block(12, 100);
    put(text, theme::font(Type::Body, 600), theme::color(Token::Text2));
}

void Article::paragraph(const QString& text)
{
    block(3, 118);
    runs(text);
}

// Two kinds of mark, never nested.
void Article::runs(const QString& text)
{
    qsizetype from = 0;
    while (from < text.size()) {
        const qsizetype code = text.indexOf(u'`', from);
        const qsizetype bold = text.indexOf("**"_L1, from);
        const bool isCode = code >= 0 && (bold < 0 || code < bold);
        const qsizetype start = isCode ? code : bold;
        const qsizetype width = isCode ? 1 : 2;
        const qsizetype stop = start < 0 ? -1 : isCode ? text.indexOf(u'`', start + 1) : text.indexOf("**"_L1, start + 2);
        if (stop < 0)
            break;
        put(text.mid(from, start - from), theme::font(Type::Body), theme::color(Token::Text));
        put(text.mid(start + width, stop - start - width), isCode ? theme::font(Type::Fixed) : theme::font(Type::Body, 600),
            theme::color(Token::Text));
        from = stop + width;
    }
    put(text.mid(from), theme::font(Type::Body), theme::color(Token::Text));
}

void Article::plain(const QString& text)
{
    block(3, 118);
    put(text, theme::font(Type::Body), theme::color(Token::Text));
}

void Article::code(const QString& text)
{
    block(3, 112);
    put(text, theme::font(Type::Fixed), theme::color(Token::Text));
}

void Article::link(const QString& text, const QString& target, const QString& after)
{
    block(2, 112);
    QTextCharFormat format;
    format.setFont(theme::font(Type::Body));
    format.setFontUnderline(true);
    format.setForeground(theme::color(Token::Text));
    format.setAnchor(true);
    format.setAnchorHref(target);
    m_cursor.insertText(text, format);
    if (!after.isEmpty())
        put(QString(u' ' + after), theme::font(Type::Body), theme::color(Token::Text2));
}

void Article::party(flow::PartyKind kind, const QString& name)
{
    block(3, 112);
    const qreal ratio = devicePixelRatioF();
    const int side = theme::px(14);
    QImage image(QSize(side, side) * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    theme::paintParty(painter, QRectF(0, 0, side, side), kind);
    painter.end();
    m_cursor.insertImage(image);
    put(QString(u' ' + name + u"  "), theme::font(Type::Body, 600), theme::partyColor(kind));
    put(theme::partyWord(kind), theme::font(Type::Body), theme::partyColor(kind));
}
