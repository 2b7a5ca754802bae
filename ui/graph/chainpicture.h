// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

/// The chain as the report draws it (SVG), as an image with two pixels for each of its units; empty when the SVG is none.
QByteArray chainPng(const QByteArray& svg);
/// The same on one page of its own size. `title` is the document's; it names no person and no secret.
QByteArray chainPdf(const QByteArray& svg, const QString& title);
