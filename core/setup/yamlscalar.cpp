// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "yaml_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

struct Escape
{
    char16_t letter;
    char16_t character;
};
/// YAML 1.2.2, 5.7
constexpr Escape escapes[] {{u'0', 0}, {u'a', 7}, {u'b', 8}, {u't', 9}, {u'n', 10}, {u'v', 11}, {u'f', 12}, {u'r', 13}, {u'e', 27},
    {u'N', 0x85}, {u'_', 0xa0}, {u'L', 0x2028}, {u'P', 0x2029}};

/// \x41, é, \U0001F600: so many hexadecimal digits behind the letter.
int digitsOf(QChar letter) { return letter == u'x' ? 2 : letter == u'u' ? 4 : letter == u'U' ? 8 : 0; }

void readEscape(YamlCursor& at, QString& into)
{
    const QChar letter = at.here();
    at.next();
    if (letter == u'\n') // the line goes on without a blank
        return at.skipSpaces();
    if (const int digits = digitsOf(letter)) {
        QString number;
        for (int i = 0; i < digits && at.here() != u'\n'; ++i, at.next())
            number += at.here();
        bool good = false;
        const char32_t code = number.toUInt(&good, 16);
        into += good && code <= 0x10ffff ? QString::fromUcs4(&code, 1) : QString(QChar::ReplacementCharacter);
        return;
    }
    const auto known = std::ranges::find(escapes, letter.unicode(), &Escape::letter);
    into += known == std::end(escapes) ? letter : QChar(known->character);
}

/// Ends of lines inside of a scalar: one is a blank, each more is an end of a line.
void foldLines(YamlCursor& at, QString& into)
{
    while (!into.isEmpty() && (into.back() == u' ' || into.back() == u'\t'))
        into.chop(1);
    int ends = 0;
    while (!at.atEnd() && (at.here() == u'\n' || at.here().isSpace())) {
        ends += at.here() == u'\n';
        at.next();
    }
    into += ends == 1 ? QString(u' ') : QString(ends - 1, u'\n');
}

struct Header
{
    bool folded = false;
    QChar chomping {};
    int indent = 0; ///< as written; 0: told by the first line
};

Header readHeader(YamlCursor& at)
{
    Header out {.folded = at.here() == u'>'};
    for (at.next(); at.here() == u'+' || at.here() == u'-' || at.here().isDigit(); at.next())
        if (at.here().isDigit())
            out.indent = at.here().digitValue();
        else
            out.chomping = at.here();
    return out;
}

/// In a folded scalar one end of a line becomes a blank, unless a line beside it stands further in.
QString joined(const QStringList& lines, bool folded)
{
    if (!folded)
        return lines.join(u'\n');
    const auto isDeeper = [](const QString& line) { return line.startsWith(u' ') || line.startsWith(u'\t'); };
    QString out;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const bool first = i == 0, blank = lines[i].isEmpty();
        const bool keeps = !first && (isDeeper(lines[i]) || isDeeper(lines[i - 1]));
        if (!first && (blank || keeps))
            out += u'\n';
        else if (!first && !lines[i - 1].isEmpty())
            out += u' ';
        out += lines[i];
    }
    return out;
}

} // namespace

bool readQuoted(YamlCursor& at, QString& into)
{
    const QChar quote = at.here();
    at.next();
    while (!at.atEnd()) {
        const QChar c = at.here();
        if (c == u'\n') {
            foldLines(at, into);
        } else if (c == quote && quote == u'\'' && at.after() == quote) {
            into += c;
            at.next();
            at.next();
        } else if (c == quote) {
            at.next();
            return true;
        } else {
            at.next();
            if (c == u'\\' && quote == u'"')
                readEscape(at, into);
            else
                into += c;
        }
    }
    return false;
}

QString readBlockScalar(YamlCursor& at, int indent, YamlState& state)
{
    const Header header = readHeader(at);
    if (!at.atLineEnd())
        state.giveUp(at.line, u"%1 behind the sign of a block"_s.arg(at.lines[at.line].sliced(at.column).trimmed()));
    ++at.line;
    at.column = 0;
    int inner = header.indent ? std::max(indent, 0) + header.indent : 0;
    QStringList lines;
    for (; !at.atEnd(); ++at.line) {
        const QString& line = at.lines[at.line];
        const bool blank = line.trimmed().isEmpty();
        if (!blank && !inner)
            inner = yamlIndent(line);
        if (!blank && (inner <= indent || yamlIndent(line) < inner))
            break;
        lines.append(blank && line.size() <= inner ? QString() : line.sliced(std::min<qsizetype>(inner, line.size())));
    }
    qsizetype ends = 0; // blank lines behind it
    while (!lines.isEmpty() && lines.back().isEmpty()) {
        lines.removeLast();
        ++ends;
    }
    const QString text = joined(lines, header.folded);
    if (header.chomping == u'-' || lines.isEmpty())
        return text;
    return text + QString(header.chomping == u'+' ? ends + 1 : 1, u'\n');
}

} // namespace setup
