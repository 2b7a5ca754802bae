// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

namespace theme {

/// A drawing of resources/icons ("copy", "party-user"), ink and paper replaced; from the pixmap cache on screen, as
/// vectors elsewhere.
void paintGlyph(QPainter& painter, const QRectF& rect, const QString& name, const QColor& ink, const QColor& paper);

} // namespace theme
