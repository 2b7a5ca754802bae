// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace report {

/// A text from outside for a page: escaped, and nothing in it stays invisible.
QString escapedHtml(const QString& text);

/// One file that is a whole page: no script, nothing loaded from elsewhere, light or dark as the reader has it, black on white on
/// paper. The title is text, the body HTML; the style stands behind the colours and shapes that all pages share.
QByteArray htmlPage(const QString& title, QLatin1StringView style, const QString& body);

} // namespace report
