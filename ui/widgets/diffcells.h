// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>

/// One column of two values laid below each other.
struct DiffCell
{
    enum class Form {
        Letter, ///< as it is
        Mark,   ///< a raised dot for a blank, an arrow for a tab
        Chip,   ///< "U+202E": invisible, or looks like another letter
        Gap,    ///< nothing here, something in the other value; the first of a run carries a caret
        More    ///< "…": equal text left out
    };
    struct Half
    {
        Form form = Form::Letter;
        QString text {};
        bool operator==(const Half&) const = default;
    };
    Half presented {};
    Half expected {};
    bool differs = false;
    int place = -1; ///< number of the differing place; -1 where both are the same
    bool operator==(const DiffCell&) const = default;
};

/// Presented and expected column by column, aligned by edit script. Blanks are marked only where they differ or stand at
/// an end, where nobody sees them.
QList<DiffCell> diffCells(const QString& presented, const QString& expected);
/// One value alone: marks and chips, no differences.
QList<DiffCell> plainCells(const QString& text);
/// Only what differs, with `context` columns around.
QList<DiffCell> abbreviated(const QList<DiffCell>& cells, int context = 12);
int differingPlaces(const QList<DiffCell>& cells);
/// Longer values are abbreviated until somebody asks for all.
inline constexpr qsizetype longestWhole = 120;
