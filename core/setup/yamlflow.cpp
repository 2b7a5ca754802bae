// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "yaml_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

bool isFlowSign(QChar c) { return QStringView(u",[]{}").contains(c); }

/// ":" parts key and value where a blank, an end or another sign follows; behind a quoted key it always does.
bool isColon(const YamlCursor& at, bool quoted)
{
    return at.here() == u':' && (quoted || at.after().isSpace() || isFlowSign(at.after()));
}

QString readPlain(YamlCursor& at)
{
    QString text;
    while (!at.atEnd() && !isFlowSign(at.here()) && !isColon(at, false)) {
        if (at.here() == u'\n' || (at.here() == u'#' && text.endsWith(u' '))) {
            at.skipAll();
            text = text.trimmed() + u' ';
            continue;
        }
        text += at.here();
        at.next();
    }
    return text.trimmed();
}

QString readName(YamlCursor& at)
{
    QString name;
    for (at.next(); !at.atEnd() && !at.here().isSpace() && !isFlowSign(at.here()); at.next())
        name += at.here();
    return name;
}

/// A key, or the item of a list; `pair` is told when a ":" follows it.
bool readOne(YamlCursor& at, YamlNode& into, YamlState& state, int depth, bool& pair)
{
    at.skipAll();
    const bool quoted = at.here() == u'"' || at.here() == u'\'';
    if (!readFlow(at, into, state, depth))
        return false;
    at.skipAll();
    pair = isColon(at, quoted);
    if (pair)
        at.next();
    return true;
}

bool readValue(YamlCursor& at, YamlNode& into, YamlState& state, int depth)
{
    at.skipAll();
    return isFlowSign(at.here()) && at.here() != u'[' && at.here() != u'{' ? true : readFlow(at, into, state, depth);
}

bool readMapping(YamlCursor& at, YamlNode& into, YamlState& state, int depth)
{
    at.next();
    for (at.skipAll(); !at.atEnd(); at.skipAll()) {
        if (at.here() == u'}') {
            at.next();
            mergeKeys(into.children);
            return true;
        }
        if (at.here() == u',') {
            at.next();
            continue;
        }
        YamlNode key, member {.line = int(at.line) + 1};
        bool pair = false;
        if (!readOne(at, key, state, depth + 1, pair) || (pair && !readValue(at, member, state, depth + 1)))
            return false;
        member.key = key.value;
        if (!key.children.isEmpty())
            state.giveUp(member.line - 1, u"a key that is no text"_s);
        into.children.append(std::move(member));
        at.skipAll();
        if (at.here() != u',' && at.here() != u'}')
            return false;
    }
    return false;
}

bool readSequence(YamlCursor& at, YamlNode& into, YamlState& state, int depth)
{
    at.next();
    for (at.skipAll(); !at.atEnd(); at.skipAll()) {
        if (at.here() == u']') {
            at.next();
            return true;
        }
        if (at.here() == u',') {
            at.next();
            continue;
        }
        YamlNode item {.item = true, .line = int(at.line) + 1};
        bool pair = false;
        if (!readOne(at, item, state, depth + 1, pair))
            return false;
        if (pair) { // [a: b] is a list of one mapping
            YamlNode member {.key = std::exchange(item.value, {}), .line = item.line};
            if (!readValue(at, member, state, depth + 1))
                return false;
            item.children = {std::move(member)};
        }
        into.children.append(std::move(item));
        at.skipAll();
        if (at.here() != u',' && at.here() != u']')
            return false;
    }
    return false;
}

} // namespace

QString yamlProperties(YamlCursor& at, YamlState& state)
{
    QString anchor;
    for (at.skipSpaces(); at.here() == u'&' || at.here() == u'!'; at.skipSpaces()) {
        const bool tag = at.here() == u'!';
        const QString name = readName(at);
        if (!tag)
            anchor = name;
        else if (!name.isEmpty() && !name.startsWith(u'!')) // "!!str" and its like say what the value is anyway
            state.giveUp(at.line, u"the tag !%1 is not applied"_s.arg(name));
    }
    return anchor;
}

bool readFlow(YamlCursor& at, YamlNode& into, YamlState& state, int depth)
{
    const qsizetype from = at.line;
    if (depth > deepestYaml) {
        state.giveUp(from, u"nested too deeply"_s);
        return false;
    }
    const QString anchor = yamlProperties(at, state);
    at.skipAll();
    const QChar sign = at.here();
    bool closed = true;
    if (sign == u'{')
        closed = readMapping(at, into, state, depth);
    else if (sign == u'[')
        closed = readSequence(at, into, state, depth);
    else if (sign == u'"' || sign == u'\'')
        closed = readQuoted(at, into.value);
    else if (sign == u'*')
        state.put(readName(at), into);
    else
        into.value = readPlain(at);
    if (!anchor.isEmpty())
        state.anchors.insert(anchor, into);
    return closed;
}

} // namespace setup
