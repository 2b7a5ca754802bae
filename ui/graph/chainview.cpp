// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainview.h"

#include "ui/graph/chainscene.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace {

constexpr int panStep = 40;

bool isArrow(int key) { return key >= Qt::Key_Left && key <= Qt::Key_Down; }

} // namespace

ChainView::ChainView(ChainScene* scene, QWidget* parent) : QGraphicsView(scene, parent), m_scene(scene)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    setViewportUpdateMode(FullViewportUpdate);
    setTransformationAnchor(NoAnchor);
    viewport()->setMouseTracking(true);
    setAccessibleName(u"Trust chain"_s);
    setAccessibleDescription(u"A drawing. Ctrl+T shows the same chain as a table."_s);
    setZoom(1);
}

void ChainView::setZoom(qreal zoom)
{
    m_zoom = std::clamp(zoom, 0.5, 3.0);
    const qreal scale = m_zoom * theme::u() / 4;
    setTransform(QTransform::fromScale(scale, scale));
}

QSizeF ChainView::room() const { return QSizeF(viewport()->size()) * 4 / theme::u(); }

void ChainView::showCurrent()
{
    if (m_scene->currentStop() >= 0)
        ensureVisible(m_scene->stops().at(m_scene->currentStop()).rect, 24, 24);
}

void ChainView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        pan(event->pixelDelta().isNull() ? event->angleDelta() / 2 : event->pixelDelta());
        event->accept();
        return;
    }
    emit zoomAsked(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

void ChainView::pan(const QPoint& by)
{
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
}

void ChainView::arrow(Qt::Key key)
{
    if (m_scene->move(key)) {
        showCurrent();
        return;
    }
    const int x = key == Qt::Key_Left ? panStep : key == Qt::Key_Right ? -panStep : 0;
    const int y = key == Qt::Key_Up ? panStep : key == Qt::Key_Down ? -panStep : 0;
    pan({x, y});
}

void ChainView::keyPressEvent(QKeyEvent* event)
{
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (plain && isArrow(event->key()))
        arrow(Qt::Key(event->key()));
    else if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        m_scene->openStop(m_scene->currentStop());
    else
        event->ignore();
}

void ChainView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->pos();
    const int stop = m_scene->stopUnder(mapToScene(event->pos()));
    m_panning = stop < 0;
    m_scene->chooseStop(stop);
}

void ChainView::mouseMoveEvent(QMouseEvent* event)
{
    const bool over = m_scene->stopUnder(mapToScene(event->pos())) >= 0;
    viewport()->setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (!m_panning || !(event->buttons() & Qt::LeftButton))
        return;
    pan(event->pos() - m_pressed);
    m_pressed = event->pos();
}

void ChainView::mouseReleaseEvent(QMouseEvent*) { m_panning = false; }

void ChainView::mouseDoubleClickEvent(QMouseEvent* event) { m_scene->openStop(m_scene->stopUnder(mapToScene(event->pos()))); }

void ChainView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    emit resized();
}

void ChainView::paintEvent(QPaintEvent* event)
{
    QGraphicsView::paintEvent(event);
    if (!hasFocus() || m_scene->currentStop() >= 0)
        return;
    // With nothing selected the focus has no place of its own in the drawing.
    QPainter painter(viewport());
    painter.setPen(QPen(theme::color(theme::Token::Accent), 2));
    painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
}

bool ChainView::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QGraphicsView::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int stop = m_scene->stopUnder(mapToScene(help->pos()));
    if (stop < 0)
        QToolTip::hideText();
    else // escaped: a tooltip would read names from outside as rich text
        QToolTip::showText(help->globalPos(), u"<span>"_s + m_scene->stops().at(stop).text.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</span>"_s, viewport());
    return true;
}
