// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "diffcells.h"

#include "core/base/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Form = DiffCell::Form;
using Half = DiffCell::Half;

namespace {

QStringList lettersOf(QStringView text)
{
    QStringList letters;
    for (qsizetype i = 0; i < text.size();) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        letters.append(text.sliced(i, pair ? 2 : 1).toString());
        i += pair ? 2 : 1;
    }
    return letters;
}

char32_t codeOf(const QString& letter) { return letter.toUcs4().value(0); }

bool isInvisible(const QString& letter) { return base::visible(letter) != letter; }

/// A letter that differs and is not ASCII may look like the other one: its number says which it is.
Half halfOf(const QString& letter, bool differs, bool marked)
{
    if (letter == u" "_s)
        return {marked ? Form::Mark : Form::Letter, marked ? u"·"_s : letter};
    if (letter == u"\t"_s)
        return {Form::Mark, u"→"_s};
    if (isInvisible(letter) || (differs && codeOf(letter) > 0x7e))
        return {Form::Chip, base::codePoint(codeOf(letter))};
    return {Form::Letter, letter};
}

void appendSame(QList<DiffCell>& cells, const QString& text, bool first, bool last)
{
    const QStringList letters = lettersOf(text);
    for (qsizetype i = 0; i < letters.size(); ++i) {
        const bool atEnd = (first && i == 0) || (last && i + 1 == letters.size());
        const Half half = halfOf(letters[i], false, atEnd);
        cells.append({.presented = half, .expected = half});
    }
}

void appendDifference(QList<DiffCell>& cells, const base::Span& span, int place)
{
    const QStringList presented = lettersOf(span.presented);
    const QStringList expected = lettersOf(span.expected);
    for (qsizetype i = 0; i < std::max(presented.size(), expected.size()); ++i) {
        DiffCell cell {.presented = {Form::Gap}, .expected = {Form::Gap}, .differs = true, .place = place};
        if (i < presented.size())
            cell.presented = halfOf(presented[i], true, true);
        if (i < expected.size())
            cell.expected = halfOf(expected[i], true, true);
        if (cell.presented.form == Form::Gap && i == presented.size())
            cell.presented.text = u"^"_s;
        if (cell.expected.form == Form::Gap && i == expected.size())
            cell.expected.text = u"^"_s;
        cells.append(cell);
    }
}

} // namespace

QList<DiffCell> diffCells(const QString& presented, const QString& expected)
{
    QList<DiffCell> cells;
    const QList<base::Span> spans = base::difference(presented, expected);
    int place = -1;
    bool wasSame = true;
    for (const base::Span& span : spans) {
        const bool same = span.kind == base::Span::Kind::Same;
        // Neighbouring differences, as of a run of letters in another case, are one place to stop at.
        place += !same && wasSame;
        if (same)
            appendSame(cells, span.presented, &span == &spans.first(), &span == &spans.last());
        else
            appendDifference(cells, span, place);
        wasSame = same;
    }
    return cells;
}

QList<DiffCell> plainCells(const QString& text)
{
    QList<DiffCell> cells;
    appendSame(cells, text, true, true);
    return cells;
}

QList<DiffCell> abbreviated(const QList<DiffCell>& cells, int context)
{
    QList<DiffCell> kept;
    bool skipping = false;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const qsizetype from = std::max<qsizetype>(0, i - context);
        const qsizetype to = std::min<qsizetype>(cells.size(), i + context + 1);
        const bool near = std::any_of(cells.begin() + from, cells.begin() + to, [](const DiffCell& cell) { return cell.differs; });
        if (near)
            kept.append(cells[i]);
        else if (!skipping)
            kept.append({.presented = {Form::More, u"…"_s}, .expected = {Form::More, u"…"_s}});
        skipping = !near;
    }
    return kept;
}

int differingPlaces(const QList<DiffCell>& cells)
{
    int places = 0;
    for (const DiffCell& cell : cells)
        places = std::max(places, cell.place + 1);
    return places;
}
