// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainpicture.h"

#include <QBuffer>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace {

constexpr int pixelsPerUnit = 2;
constexpr int largestSide = 16'000; // pixels; larger images are drawn smaller

} // namespace

QByteArray chainPng(const QByteArray& svg)
{
    QSvgRenderer renderer(svg);
    if (!renderer.isValid())
        return {};
    QSize size = renderer.defaultSize() * pixelsPerUnit;
    if (std::max(size.width(), size.height()) > largestSide)
        size.scale(largestSide, largestSide, Qt::KeepAspectRatio);
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    renderer.render(&painter);
    painter.end();
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, "PNG") ? png : QByteArray();
}

QByteArray chainPdf(const QByteArray& svg, const QString& title)
{
    QSvgRenderer renderer(svg);
    if (!renderer.isValid())
        return {};
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setCreator(u"Trustwalk"_s);
    writer.setPageSize(QPageSize(QSizeF(renderer.defaultSize()), QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins({0, 0, 0, 0});
    QPainter painter(&writer);
    renderer.render(&painter);
    painter.end();
    return pdf;
}
