// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "celvalue_p.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace cel {

namespace {

const QString* textAt(const List& arguments, size_t i) { return arguments[i].as<QString>(); }

Value needs(const char16_t* what) { return error(QString::fromUtf16(what)); }

Value startsWith(const List& a)
{
    const auto text = textAt(a, 0), part = textAt(a, 1);
    return text && part ? Value(text->startsWith(*part)) : needs(u"startsWith() needs two texts.");
}

Value endsWith(const List& a)
{
    const auto text = textAt(a, 0), part = textAt(a, 1);
    return text && part ? Value(text->endsWith(*part)) : needs(u"endsWith() needs two texts.");
}

Value containsText(const List& a)
{
    const auto text = textAt(a, 0), part = textAt(a, 1);
    return text && part ? Value(text->contains(*part)) : needs(u"contains() needs two texts.");
}

Value size(const List& a)
{
    if (const auto* text = a[0].as<QString>())
        return qint64(text->toUcs4().size());
    if (const auto* items = a[0].as<List>())
        return qint64(items->size());
    if (const auto* map = a[0].as<Map>())
        return qint64(map->keys.size());
    if (const auto* object = a[0].as<json::Value>())
        return qint64(object->size());
    return needs(u"size() needs a text, a list or an object.");
}

/// What PCRE knows and RE2 refuses: looking around, atoms, back references, conditions (github.com/google/re2, syntax).
bool isBeyondRe2(const QString& pattern)
{
    static const QRegularExpression beyond(
        u"\\(\\?(=|!|<=|<!|>|\\||&|R|\\d|\\(|#|P[=>])|\\\\[1-9gkKRXGZ]|[*+?}]\\+|\\(\\*"_s);
    return beyond.match(pattern).hasMatch();
}

/// `$` ends the text in RE2, and nothing before its last line break.
QString withExactEnd(const QString& pattern)
{
    QString out;
    bool inClass = false;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar c = pattern[i];
        if (c == u'\\' && i + 1 < pattern.size()) {
            out += c;
            out += pattern[++i];
            continue;
        }
        inClass = inClass ? c != u']' : c == u'[';
        out += c == u'$' && !inClass ? u"\\z"_s : QString(c);
    }
    return out;
}

Value matches(const List& a)
{
    constexpr qsizetype longest = 1000;
    const auto text = textAt(a, 0), pattern = textAt(a, 1);
    if (!text || !pattern)
        return needs(u"matches() needs two texts.");
    if (isBeyondRe2(*pattern) || pattern->size() > longest || pattern->contains(u"(?m"_s))
        return unknown(notKnown(u"matches() with the pattern "_s + *pattern));
    const QRegularExpression expression(withExactEnd(*pattern));
    if (!expression.isValid())
        return error(u"The pattern %1 is no regular expression: %2."_s.arg(*pattern, expression.errorString()));
    return expression.match(*text).hasMatch();
}

/// Google's own: what stands between the two parts of a template with one {name}; empty where they are not found (IAM
/// Conditions, extracting values).
Value extract(const List& a)
{
    static const QRegularExpression form(u"^([^{}]*)\\{[A-Za-z0-9_]*\\}([^{}]*)$"_s);
    const auto text = textAt(a, 0), pattern = textAt(a, 1);
    if (!text || !pattern)
        return needs(u"extract() needs two texts.");
    const auto parts = form.match(*pattern);
    if (!parts.hasMatch())
        return error(u"The template %1 of extract() needs one name in braces."_s.arg(*pattern));
    const QString before = parts.captured(1), after = parts.captured(2);
    const qsizetype found = text->indexOf(before);
    if (found < 0)
        return QString();
    const qsizetype from = found + before.size();
    const qsizetype to = after.isEmpty() ? text->size() : text->indexOf(after, from);
    return to < 0 ? QString() : text->mid(from, to - from);
}

/// split(separator[, most]): negative is all, 0 nothing, 1 the whole (cel-go, strings extension).
Value split(const List& a)
{
    const auto text = textAt(a, 0), separator = textAt(a, 1);
    const auto* most = a.size() > 2 ? a[2].as<qint64>() : nullptr;
    if (!text || !separator || (a.size() > 2 && !most))
        return needs(u"split() needs two texts, and perhaps a whole number.");
    if (separator->isEmpty())
        return unknown(notKnown(u"split() at nothing"_s));
    const qint64 limit = most ? *most : -1;
    List out;
    qsizetype at = 0;
    while (limit != 0) {
        const qsizetype next = text->indexOf(*separator, at);
        if (next < 0 || (limit > 0 && qint64(out.size()) + 1 == limit)) {
            out.push_back(text->mid(at));
            break;
        }
        out.push_back(text->mid(at, next - at));
        at = next + separator->size();
    }
    return out;
}

Value join(const List& a)
{
    const auto* items = a[0].as<List>();
    const auto separator = a.size() > 1 ? textAt(a, 1) : nullptr;
    if (!items || (a.size() > 1 && !separator))
        return needs(u"join() needs a list of texts.");
    QStringList texts;
    for (const Value& item : *items) {
        if (!item.as<QString>())
            return needs(u"join() needs a list of texts.");
        texts.append(*item.as<QString>());
    }
    return texts.join(separator ? *separator : QString());
}

template <char16_t First, char16_t Last, int Shift>
Value shifted(const List& a)
{
    const auto text = textAt(a, 0);
    if (!text)
        return needs(u"lowerAscii() and upperAscii() need a text.");
    QString out = *text;
    for (QChar& c : out)
        if (c >= First && c <= Last)
            c = QChar(char16_t(c.unicode() + Shift));
    return out;
}

Value toText(const List& a)
{
    if (a[0].as<QString>())
        return a[0];
    if (const auto* whole = a[0].as<qint64>())
        return QString::number(*whole);
    if (const auto* truth = a[0].as<bool>())
        return *truth ? u"true"_s : u"false"_s;
    return unknown(notKnown(u"string() of such a value"_s));
}

struct Row
{
    QLatin1StringView name;
    size_t least;
    size_t most;
    bool method;      ///< "x.f()"
    bool global;      ///< "f(x)"
    bool mappings;    ///< only where mappings are written
    Value (*call)(const List&);
};
constexpr std::array functions {
    Row {"startsWith"_L1, 2, 2, true, false, false, startsWith},
    Row {"endsWith"_L1, 2, 2, true, false, false, endsWith},
    Row {"contains"_L1, 2, 2, true, false, false, containsText},
    Row {"size"_L1, 1, 1, true, true, false, size},
    Row {"matches"_L1, 2, 2, true, true, true, matches},
    Row {"extract"_L1, 2, 2, true, false, true, extract},
    Row {"split"_L1, 2, 3, true, false, true, split},
    Row {"join"_L1, 1, 2, true, false, true, join},
    Row {"lowerAscii"_L1, 1, 1, true, false, true, shifted<u'A', u'Z', 32>},
    Row {"upperAscii"_L1, 1, 1, true, false, true, shifted<u'a', u'z', -32>},
    Row {"string"_L1, 1, 1, false, true, true, toText},
};

} // namespace

Function functionNamed(const QString& name, bool method, size_t arguments, bool mappings)
{
    const auto known = std::ranges::find_if(functions, [&](const Row& f) {
        return name == f.name && (method ? f.method : f.global) && arguments >= f.least && arguments <= f.most
            && (mappings || !f.mappings);
    });
    return known == functions.end() ? nullptr : known->call;
}

} // namespace cel
