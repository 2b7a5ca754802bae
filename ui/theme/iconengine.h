// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QIconEngine>

namespace theme {

/// A stroke icon that takes its ink when it is painted, so that a change of scheme needs no new icons.
class IconEngine : public QIconEngine
{
public:
    explicit IconEngine(QString name) : m_name(std::move(name)) { }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QIconEngine* clone() const override { return new IconEngine(m_name); }
    QString key() const override { return QStringLiteral("trustwalk"); }
    QString iconName() override { return m_name; }

private:
    QString m_name;
};

} // namespace theme
