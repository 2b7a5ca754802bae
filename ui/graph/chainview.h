// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QGraphicsView>

class ChainScene;

/// Looks at a ChainScene: zoom, pan, keys. Zoom 1 is one unit of the theme per unit of the drawing.
class ChainView : public QGraphicsView
{
    Q_OBJECT
public:
    explicit ChainView(ChainScene* scene, QWidget* parent = nullptr);

    void setZoom(qreal zoom); ///< kept between 0.5 and 3
    qreal zoom() const { return m_zoom; }
    /// What fits, in units of the drawing at zoom 1.
    QSizeF room() const;
    void showCurrent();

signals:
    void zoomAsked(int steps); ///< wheel with Ctrl
    void resized();

protected:
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void pan(const QPoint& by);
    void arrow(Qt::Key key);

    ChainScene* m_scene;
    qreal m_zoom = 1;
    QPoint m_pressed {};
    bool m_panning = false;
};
