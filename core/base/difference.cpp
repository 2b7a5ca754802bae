// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/codepoints_p.h"
#include "core/base/text.h"

#include <algorithm>
#include <vector>

namespace base {

namespace {

using Points = QList<char32_t>;
using Kind = Span::Kind;

// Beyond this many cells the table costs more than it tells: the middle is shown as one difference.
constexpr qsizetype mostCells = 4'000'000;

enum class Move : char { Both, Drop, Insert };

struct Piece
{
    Kind kind {};
    Points presented {};
    Points expected {};
    bool caseOnly = false;

    qsizetype size() const { return std::max(presented.size(), expected.size()); }
};

bool sameButCase(char32_t a, char32_t b) { return QChar::toCaseFolded(a) == QChar::toCaseFolded(b); }

int costOfPair(char32_t a, char32_t b)
{
    if (a == b)
        return 0;
    return sameButCase(a, b) ? 1 : 3;
}

/// Least-cost alignment (Needleman-Wunsch), as the moves from front to back.
std::vector<Move> alignment(const Points& a, const Points& b)
{
    const qsizetype n = a.size();
    const qsizetype m = b.size();
    constexpr int gap = 2;
    std::vector<int> previous(size_t(m + 1));
    std::vector<int> current(size_t(m + 1));
    std::vector<Move> moves(size_t((n + 1) * (m + 1)));
    for (qsizetype j = 0; j <= m; ++j) {
        previous[size_t(j)] = int(j) * gap;
        moves[size_t(j)] = Move::Insert;
    }
    for (qsizetype i = 1; i <= n; ++i) {
        current[0] = int(i) * gap;
        moves[size_t(i * (m + 1))] = Move::Drop;
        for (qsizetype j = 1; j <= m; ++j) {
            const int both = previous[size_t(j - 1)] + costOfPair(a[i - 1], b[j - 1]);
            const int drop = previous[size_t(j)] + gap;
            const int insert = current[size_t(j - 1)] + gap;
            const int best = std::min({both, drop, insert});
            current[size_t(j)] = best;
            moves[size_t(i * (m + 1) + j)] = best == both ? Move::Both
                : best == drop                            ? Move::Drop
                                                          : Move::Insert;
        }
        std::swap(previous, current);
    }
    std::vector<Move> path;
    for (qsizetype i = n, j = m; i > 0 || j > 0;) {
        const Move move = moves[size_t(i * (m + 1) + j)];
        path.push_back(move);
        i -= move != Move::Insert;
        j -= move != Move::Drop;
    }
    std::ranges::reverse(path);
    return path;
}

Kind kindOf(const Piece& piece)
{
    if (piece.presented.isEmpty())
        return Kind::OnlyExpected;
    return piece.expected.isEmpty() ? Kind::OnlyPresented : Kind::Differs;
}

/// Adds to the last piece when both are equal text or both are plain differences. A change of case stays on
/// its own.
void add(QList<Piece>& pieces, const Piece& piece)
{
    const bool same = piece.kind == Kind::Same;
    const bool joins = !pieces.isEmpty() && !piece.caseOnly && !pieces.last().caseOnly
        && (pieces.last().kind == Kind::Same) == same;
    if (!joins) {
        pieces.append(piece);
        return;
    }
    Piece& last = pieces.last();
    last.presented += piece.presented;
    last.expected += piece.expected;
    last.kind = same ? Kind::Same : kindOf(last);
}

QList<Piece> piecesOf(const Points& a, const Points& b)
{
    QList<Piece> pieces;
    if ((a.size() + 1) * (b.size() + 1) > mostCells || a.isEmpty() || b.isEmpty()) {
        Piece whole {.presented = a, .expected = b};
        whole.kind = kindOf(whole);
        return a.isEmpty() && b.isEmpty() ? pieces : QList {whole};
    }
    qsizetype i = 0;
    qsizetype j = 0;
    for (Move move : alignment(a, b)) {
        Piece piece;
        if (move != Move::Insert)
            piece.presented = {a[i++]};
        if (move != Move::Drop)
            piece.expected = {b[j++]};
        piece.kind = piece.presented == piece.expected ? Kind::Same : kindOf(piece);
        piece.caseOnly = piece.kind == Kind::Differs && sameButCase(piece.presented[0], piece.expected[0]);
        add(pieces, piece);
    }
    return pieces;
}

/// Chance matches inside a difference (two GUIDs share a digit here and there) would tear it to confetti: an
/// equal run shorter than what differs beside it belongs to the difference.
QList<Piece> withoutConfetti(QList<Piece> pieces)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (qsizetype i = 1; i + 1 < pieces.size() && !changed; ++i) {
            const Piece& before = pieces[i - 1];
            const Piece& after = pieces[i + 1];
            const bool chance = pieces[i].kind == Kind::Same && pieces[i].size() <= 3
                && before.kind != Kind::Same && after.kind != Kind::Same && !before.caseOnly
                && !after.caseOnly && pieces[i].size() < std::max(before.size(), after.size());
            if (!chance)
                continue;
            Piece joined {.presented = before.presented + pieces[i].presented + after.presented,
                .expected = before.expected + pieces[i].expected + after.expected};
            joined.kind = kindOf(joined);
            pieces[i - 1] = joined;
            pieces.remove(i, 2);
            changed = true;
        }
    }
    return pieces;
}

/// The same at either end: "main" and "production" have an n in common, and nothing else.
void dropChanceAtEnds(QList<Piece>& pieces)
{
    const auto chance = [](const Piece& end, const Piece& beside) {
        return end.kind == Kind::Same && end.size() <= 2 && beside.kind == Kind::Differs && !beside.caseOnly
            && std::min(beside.presented.size(), beside.expected.size()) > end.size();
    };
    if (pieces.size() > 1 && chance(pieces.first(), pieces[1])) {
        pieces[1].presented = pieces.first().presented + pieces[1].presented;
        pieces[1].expected = pieces.first().expected + pieces[1].expected;
        pieces.removeFirst();
    }
    if (pieces.size() > 1 && chance(pieces.last(), pieces[pieces.size() - 2])) {
        const Piece end = pieces.takeLast();
        pieces.last().presented += end.presented;
        pieces.last().expected += end.expected;
    }
}

QString toText(const Points& points)
{
    QString out;
    for (char32_t c : points)
        out += QChar::fromUcs4(c);
    return out;
}

} // namespace

QList<Span> difference(QStringView presented, QStringView expected)
{
    const Points a = codePoints(presented);
    const Points b = codePoints(expected);
    const qsizetype shorter = std::min(a.size(), b.size());
    qsizetype front = 0;
    while (front < shorter && a[front] == b[front])
        ++front;
    qsizetype back = 0;
    while (back < shorter - front && a[a.size() - 1 - back] == b[b.size() - 1 - back])
        ++back;

    QList<Piece> pieces;
    if (front > 0)
        pieces.append({Kind::Same, a.first(front), b.first(front)});
    pieces += piecesOf(a.sliced(front, a.size() - front - back), b.sliced(front, b.size() - front - back));
    if (back > 0)
        pieces.append({Kind::Same, a.last(back), b.last(back)});

    pieces = withoutConfetti(std::move(pieces));
    dropChanceAtEnds(pieces);
    QList<Span> spans;
    for (const Piece& piece : std::as_const(pieces))
        spans.append({piece.kind, toText(piece.presented), toText(piece.expected)});
    return spans;
}

} // namespace base
