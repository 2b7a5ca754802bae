// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

/// What the parts of the theme share and nobody else sees.
namespace theme {

/// Which column of the colour table is in use.
enum class Column { Light, Dark, HighContrast };

Column column();
/// Paper behind glyphs and the ink they take unless told otherwise.
inline QColor ink() { return color(Token::Text); }
inline QColor paper() { return color(Token::Surface); }
/// Forgets metrics and glyphs made for another font or scheme.
void forgetType();

QPalette palette();

} // namespace theme
