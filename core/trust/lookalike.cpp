// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "lookalike.h"

#include <algorithm>
#include <array>
#include <string_view>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

struct Confusable
{
    char16_t character;
    char16_t latin;
};

// Single letters that are drawn like Latin ones (Unicode TR 39, confusables.txt; the letters that fonts draw alike).
constexpr std::array confusables {
    Confusable {u'\u0131', u'i'}, Confusable {u'\u0251', u'a'}, Confusable {u'\u0261', u'g'},
        Confusable {u'\u0391', u'A'},
    Confusable {u'\u0392', u'B'}, Confusable {u'\u0395', u'E'}, Confusable {u'\u0396', u'Z'},
        Confusable {u'\u0397', u'H'},
    Confusable {u'\u0399', u'I'}, Confusable {u'\u039a', u'K'}, Confusable {u'\u039c', u'M'},
        Confusable {u'\u039d', u'N'},
    Confusable {u'\u039f', u'O'}, Confusable {u'\u03a1', u'P'}, Confusable {u'\u03a4', u'T'},
        Confusable {u'\u03a5', u'Y'},
    Confusable {u'\u03a7', u'X'}, Confusable {u'\u03b1', u'a'}, Confusable {u'\u03b9', u'i'},
        Confusable {u'\u03bd', u'v'},
    Confusable {u'\u03bf', u'o'}, Confusable {u'\u03c1', u'p'}, Confusable {u'\u03c5', u'u'},
        Confusable {u'\u03f2', u'c'},
    Confusable {u'\u0405', u'S'}, Confusable {u'\u0406', u'I'}, Confusable {u'\u0408', u'J'},
        Confusable {u'\u0410', u'A'},
    Confusable {u'\u0412', u'B'}, Confusable {u'\u0415', u'E'}, Confusable {u'\u041a', u'K'},
        Confusable {u'\u041c', u'M'},
    Confusable {u'\u041d', u'H'}, Confusable {u'\u041e', u'O'}, Confusable {u'\u0420', u'P'},
        Confusable {u'\u0421', u'C'},
    Confusable {u'\u0422', u'T'}, Confusable {u'\u0423', u'Y'}, Confusable {u'\u0425', u'X'},
        Confusable {u'\u0430', u'a'},
    Confusable {u'\u0432', u'b'}, Confusable {u'\u0435', u'e'}, Confusable {u'\u043a', u'k'},
        Confusable {u'\u043e', u'o'},
    Confusable {u'\u0440', u'p'}, Confusable {u'\u0441', u'c'}, Confusable {u'\u0443', u'y'},
        Confusable {u'\u0445', u'x'},
    Confusable {u'\u0455', u's'}, Confusable {u'\u0456', u'i'}, Confusable {u'\u0458', u'j'},
        Confusable {u'\u04bb', u'h'},
    Confusable {u'\u04cf', u'l'}, Confusable {u'\u0501', u'd'}, Confusable {u'\u051b', u'q'},
        Confusable {u'\u051d', u'w'},
    Confusable {u'\u2010', u'-'}, Confusable {u'\u2011', u'-'}, Confusable {u'\u2012', u'-'},
        Confusable {u'\u2013', u'-'},
    Confusable {u'\u2014', u'-'}, Confusable {u'\u2018', u'\''}, Confusable {u'\u2019', u'\''},
        Confusable {u'\u201c', u'"'},
    Confusable {u'\u201d', u'"'}, Confusable {u'\u2044', u'/'}, Confusable {u'\u2215', u'/'},
        Confusable {u'\u2236', u':'},
    Confusable {u'\ua789', u':'},
};
static_assert(std::ranges::is_sorted(confusables, {}, &Confusable::character));

constexpr bool isFullwidth(char16_t c)
{
    return c >= u'\uff01' && c <= u'\uff5e';
}

constexpr bool isInvisible(char16_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f)
        || c == 0x00ad || c == 0xfeff || c == 0x034f || c == 0x180e || (c >= 0xfe00 && c <= 0xfe0f);
}

/// What the character looks like: itself for everything that is in no table, 0 for invisible ones.
char16_t looksLike(char16_t c)
{
    if (c < 0x80)
        return c;
    if (isInvisible(c))
        return 0;
    if (isFullwidth(c))
        return char16_t(c - 0xff01 + 0x21);
    const auto it = std::ranges::lower_bound(confusables, c, {}, &Confusable::character);
    return it != confusables.end() && it->character == c ? it->latin : c;
}

QString scriptName(char16_t c)
{
    if (isFullwidth(c))
        return u"fullwidth"_s;
    switch (QChar(c).script()) {
    case QChar::Script_Cyrillic: return u"Cyrillic"_s;
    case QChar::Script_Greek: return u"Greek"_s;
    default: return u"foreign"_s;
    }
}

} // namespace

QString skeleton(QStringView text)
{
    QString out;
    out.reserve(text.size());
    for (QChar c : text)
        if (const char16_t like = looksLike(c.unicode()))
            out += QChar(like);
    return out;
}

std::optional<Lookalike> firstLookalike(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const char16_t like = looksLike(c);
        if (like != c)
            return Lookalike {c, i, scriptName(c), like ? QString(QChar(like)) : QString()};
    }
    return {};
}

} // namespace trust
