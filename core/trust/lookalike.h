// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <optional>

namespace trust {

/// A character that looks like another one, or like nothing.
struct Lookalike
{
    char32_t character {};
    qsizetype at = 0;      ///< UTF-16 index
    QString script {};     ///< "Cyrillic", "Greek", "fullwidth"
    QString latin {};      ///< what it looks like; empty for invisible ones
};

/// The text with every look-alike replaced by what it looks like, and invisible characters left out. Only for comparing.
QString skeleton(QStringView text);
/// The first look-alike or invisible character of the text.
std::optional<Lookalike> firstLookalike(QStringView text);

} // namespace trust
