// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "yaml_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

bool isItemAt(const QString& line, qsizetype column)
{
    return column < line.size() && line[column] == u'-' && (column + 1 == line.size() || line[column + 1].isSpace());
}

/// Behind a quoted key; -1 where the quote is not closed on this line.
qsizetype behindQuote(const QString& line, qsizetype column)
{
    const QChar quote = line[column];
    for (qsizetype i = column + 1; i < line.size(); ++i) {
        if (quote == u'"' && line[i] == u'\\')
            ++i;
        else if (line[i] == quote && quote == u'\'' && i + 1 < line.size() && line[i + 1] == quote)
            ++i;
        else if (line[i] == quote)
            return i + 1;
    }
    return -1;
}

/// Where the ":" of "key: value" stands; -1 where the text is something else.
qsizetype colonAt(const QString& line, qsizetype column)
{
    if (column >= line.size() || QStringView(u"[{#|>*&!%@`").contains(line[column]))
        return -1;
    qsizetype i = column;
    if (line[i] == u'"' || line[i] == u'\'') {
        i = behindQuote(line, i);
        while (i >= 0 && i < line.size() && line[i] == u' ')
            ++i;
        return i >= 0 && i < line.size() && line[i] == u':' ? i : -1;
    }
    for (; i < line.size(); ++i) {
        if (line[i] == u'#' && line[i - 1].isSpace())
            return -1;
        if (line[i] == u':' && (i + 1 == line.size() || line[i + 1].isSpace()))
            return i > column ? i : -1;
    }
    return -1;
}

/// Block structure, told by indents. Whatever stands inside of a line is read by a cursor.
class Blocks
{
public:
    explicit Blocks(YamlState& state) : m(state) {}

    QList<YamlNode> documents()
    {
        QList<YamlNode> all;
        while (goToText()) {
            QString& line = m.lines[m_at];
            const bool marker = isYamlMarker(line);
            if (line.startsWith(u'%') || (marker && line.front() == u'.')) {
                ++m_at;
            } else if (marker) {
                m.anchors.clear(); // names are of one document
                line.replace(0, 3, u"   "_s);
            } else {
                YamlNode document;
                fill(document, -1, 0);
                all += document.children;
            }
        }
        return all;
    }

private:
    /// To the next line that says something; false at the end.
    bool goToText()
    {
        for (; m_at < m.lines.size(); ++m_at)
            if (!YamlCursor {m.lines, m_at, 0}.atLineEnd())
                return true;
        return false;
    }
    /// Whether a line of this document stands deeper than `indent`.
    bool isDeeper(int indent) { return goToText() && !isYamlMarker(m.lines[m_at]) && yamlIndent(m.lines[m_at]) > indent; }

    void skipDeeper(int indent)
    {
        for (++m_at; isDeeper(indent); ++m_at) { }
    }

    /// What begins on this line: a mapping, a list, or a scalar.
    void fill(YamlNode& node, int indent, int depth)
    {
        const QString& line = m.lines[m_at];
        if (depth > deepestYaml) {
            m.giveUp(m_at, u"nested too deeply"_s);
            return skipDeeper(indent);
        }
        if (line[yamlIndent(line)] == u'\t')
            return void(entry(depth)); // says so
        YamlCursor at {m.lines, m_at, yamlIndent(line)};
        if (at.here() != u'&' && at.here() != u'!')
            return isItemAt(line, at.column) || colonAt(line, at.column) >= 0 || line.sliced(at.column).startsWith("? "_L1)
                ? void(node.children = entries(indent, depth))
                : value(node, at.column, indent, depth, false);
        QStringList told;
        YamlState quiet {.lines = {}, .notRead = told};
        YamlCursor ahead = at;
        const QString anchor = yamlProperties(ahead, quiet);
        if (colonAt(line, ahead.column) < 0)
            return value(node, at.column, indent, depth, false);
        // "&name key: value": it is the key that is named.
        m.notRead += told;
        m.lines[m_at].replace(at.column, ahead.column - at.column, QString(ahead.column - at.column, u' '));
        node.children = entries(indent, depth);
        if (!anchor.isEmpty() && !node.children.isEmpty())
            m.anchors.insert(anchor, {.value = node.children.front().key});
    }

    QList<YamlNode> entries(int indent, int depth)
    {
        QList<YamlNode> nodes;
        while (isDeeper(indent))
            nodes.append(entry(depth));
        nodes.removeIf([](const YamlNode& n) { return n.line < 0; });
        mergeKeys(nodes);
        return nodes;
    }

    /// A list may stand at its key's own indent.
    QList<YamlNode> itemsBeside(int indent, int depth)
    {
        QList<YamlNode> nodes;
        while (isDeeper(indent - 1) && yamlIndent(m.lines[m_at]) == indent && isItemAt(m.lines[m_at], indent))
            nodes.append(entry(depth));
        return nodes;
    }

    YamlNode entry(int depth)
    {
        QString& line = m.lines[m_at];
        const int indent = yamlIndent(line);
        YamlNode node {.line = int(m_at) + 1};
        if (isItemAt(line, indent)) {
            node.item = true;
            line[indent] = u' ';
            if (YamlCursor {m.lines, m_at, indent}.atLineEnd())
                below(node, indent, depth, false);
            else
                fill(node, indent, depth + 1);
            return node;
        }
        if (line[indent] == u'\t') {
            m.giveUp(m_at, u"a tabulator where blanks belong"_s);
            skipDeeper(indent);
            return {.line = -1};
        }
        const bool isLong = line.sliced(indent).startsWith("? "_L1);
        const qsizetype colon = isLong ? -1 : colonAt(line, indent);
        if (colon < 0) {
            m.giveUp(m_at, isLong ? u"a key of several lines"_s : u"neither a member nor an item"_s);
            skipDeeper(indent);
            return {.line = -1};
        }
        YamlCursor key {m.lines, m_at, indent};
        if (key.here() == u'"' || key.here() == u'\'')
            readQuoted(key, node.key);
        else
            node.key = line.sliced(indent, colon - indent).trimmed();
        value(node, colon + 1, indent, depth, true);
        return node;
    }

    void below(YamlNode& node, int indent, int depth, bool listBeside)
    {
        ++m_at;
        if (isDeeper(indent))
            fill(node, indent, depth + 1);
        else if (listBeside)
            node.children = itemsBeside(indent, depth + 1);
    }

    void value(YamlNode& node, qsizetype column, int indent, int depth, bool listBeside)
    {
        YamlCursor at {m.lines, m_at, column};
        const QString anchor = yamlProperties(at, m);
        if (at.atLineEnd())
            below(node, indent, depth, listBeside);
        else if (at.here() == u'|' || at.here() == u'>')
            block(node, at, indent);
        else if (QStringView(u"\"'[{*").contains(at.here()))
            flow(node, at, indent, depth);
        else
            plain(node, at, indent);
        if (!anchor.isEmpty())
            m.anchors.insert(anchor, node);
    }

    void block(YamlNode& node, YamlCursor at, int indent)
    {
        node.value = readBlockScalar(at, indent, m);
        m_at = at.line;
    }

    void flow(YamlNode& node, YamlCursor at, int indent, int depth)
    {
        const QChar sign = at.here();
        if (!readFlow(at, node, m, depth)) {
            m.giveUp(m_at, u"%1 is not closed"_s.arg(sign));
            node.value.clear();
            node.children.clear();
            return skipDeeper(indent);
        }
        if (!at.atLineEnd())
            m.giveUp(at.line, u"\"%1\" behind a value"_s.arg(at.lines[at.line].sliced(at.column).trimmed().left(20)));
        m_at = at.line + (at.column > 0 ? 1 : 0);
    }

    /// Lines that stand deeper go on with it.
    void plain(YamlNode& node, YamlCursor at, int indent)
    {
        if (QStringView(u"@`%").contains(at.here()))
            m.giveUp(m_at, u"a value cannot begin with %1"_s.arg(at.here()));
        node.value = restOf(at);
        qsizetype last = m_at++;
        while (isDeeper(indent)) {
            if (colonAt(m.lines[m_at], yamlIndent(m.lines[m_at])) >= 0) {
                m.giveUp(m_at, u"a member under a value"_s);
                return skipDeeper(indent);
            }
            node.value += (m_at - last > 1 ? QString(m_at - last - 1, u'\n') : QString(u' ')) + restOf({m.lines, m_at, yamlIndent(m.lines[m_at])});
            last = m_at++;
        }
    }

    static QString restOf(YamlCursor at)
    {
        QString text;
        for (; at.here() != u'\n' && !(at.here() == u'#' && (text.isEmpty() || text.back().isSpace())); at.next())
            text += at.here();
        return text.trimmed();
    }

    YamlState& m;
    qsizetype m_at = 0;
};

qsizetype sizeOf(const YamlNode& node)
{
    qsizetype size = 1;
    for (const YamlNode& each : node.children)
        size += sizeOf(each);
    return size;
}

} // namespace

void YamlState::giveUp(qsizetype line, const QString& why) { notRead.append(u"line %1: %2"_s.arg(line + 1).arg(why)); }

void YamlState::put(const QString& name, YamlNode& node)
{
    constexpr qsizetype most = 100'000; // aliases of aliases grow without end
    const auto known = anchors.constFind(name);
    if (known == anchors.cend())
        return giveUp(node.line - 1, u"*%1 names nothing before it"_s.arg(name));
    const qsizetype size = sizeOf(*known);
    if (copied + size > most)
        return giveUp(node.line - 1, u"*%1 makes the file too large"_s.arg(name));
    copied += int(size);
    node.value = known->value;
    node.children = known->children;
}

bool YamlCursor::atLineEnd() const
{
    if (atEnd())
        return true;
    const QString& text = lines[line];
    qsizetype i = column;
    while (i < text.size() && text[i].isSpace())
        ++i;
    return i >= text.size() || (text[i] == u'#' && (i == 0 || text[i - 1].isSpace()));
}

QChar YamlCursor::here() const { return atEnd() || column >= lines[line].size() ? QChar(u'\n') : lines[line][column]; }
QChar YamlCursor::after() const { return atEnd() || column + 1 >= lines[line].size() ? QChar(u'\n') : lines[line][column + 1]; }

void YamlCursor::next()
{
    if (atEnd())
        return;
    if (++column <= lines[line].size())
        return;
    column = 0;
    ++line;
}

void YamlCursor::skipSpaces()
{
    while (here() == u' ' || here() == u'\t')
        next();
}

void YamlCursor::skipAll()
{
    while (!atEnd()) {
        if (atLineEnd()) {
            ++line;
            column = 0;
        } else if (here().isSpace()) {
            next();
        } else {
            return;
        }
    }
}

void mergeKeys(QList<YamlNode>& members)
{
    QList<YamlNode> sources;
    for (const YamlNode& each : std::as_const(members))
        if (each.key == "<<"_L1)
            for (const YamlNode& from : each.children)
                sources += from.item ? from.children : QList<YamlNode> {from};
    if (sources.isEmpty())
        return;
    members.removeIf([](const YamlNode& n) { return n.key == "<<"_L1; });
    for (const YamlNode& each : std::as_const(sources))
        if (std::ranges::none_of(members, [&](const YamlNode& n) { return n.key == each.key; }))
            members.append(each);
}

int yamlIndent(const QString& line)
{
    const auto first = std::ranges::find_if(line, [](QChar c) { return c != u' '; });
    return int(first - line.begin());
}

bool isYamlMarker(const QString& line)
{
    return (line.startsWith("---"_L1) || line.startsWith("..."_L1)) && (line.size() == 3 || line[3].isSpace());
}

const YamlNode* YamlNode::child(QStringView name) const
{
    const auto it = std::ranges::find_if(children, [name](const YamlNode& n) { return n.key == name; });
    return it == children.end() ? nullptr : &*it;
}

YamlNode readYaml(QByteArrayView text, QStringList& notRead)
{
    QString all = QString::fromUtf8(text);
    all.replace(u"\r\n"_s, u"\n"_s);
    YamlState state {.lines = all.split(u'\n'), .notRead = notRead};
    return {.children = Blocks(state).documents()};
}

} // namespace setup
