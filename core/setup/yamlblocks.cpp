// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "yamlblocks.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

constexpr int deepest = 32; // far more than a compose file nests

struct Line
{
    int number = 0;
    int indent = 0;
    QString text {};
};

/// Where a comment begins: a "#" after a blank, outside quotes.
qsizetype commentAt(const QString& text)
{
    QChar quote;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (!quote.isNull())
            quote = c == quote ? QChar() : quote;
        else if (c == u'"' || c == u'\'')
            quote = c;
        else if (c == u'#' && (i == 0 || text[i - 1].isSpace()))
            return i;
    }
    return text.size();
}

QList<Line> linesOf(QByteArrayView text)
{
    QList<Line> lines;
    int number = 0;
    for (const QString& raw : QString::fromUtf8(text).split(u'\n')) {
        ++number;
        const QString bare = raw.left(commentAt(raw));
        const QString trimmed = bare.trimmed();
        if (trimmed.isEmpty() || trimmed == "---"_L1)
            continue;
        const auto first = std::ranges::find_if(bare, [](QChar c) { return c != u' '; });
        lines.append({number, int(first - bare.begin()), trimmed});
    }
    return lines;
}

QString scalar(const QString& text)
{
    if (text.size() < 2 || text.front() != text.back() || (text.front() != u'"' && text.front() != u'\''))
        return text;
    QString inner = text.sliced(1, text.size() - 2);
    return text.front() == u'"' ? inner.replace(u"\\\""_s, u"\""_s).replace(u"\\\\"_s, u"\\"_s) : inner.replace(u"''"_s, u"'"_s);
}

/// Where "key: value" parts; -1 where the text is one scalar.
qsizetype colonAt(const QString& text)
{
    if (text.startsWith(u'"') || text.startsWith(u'\'')) {
        const qsizetype end = text.indexOf(text.front(), 1);
        return end > 0 && text.sliced(end + 1).startsWith(u':') ? end + 1 : -1;
    }
    if (text.endsWith(u':') && !text.contains(u": "_s))
        return text.size() - 1;
    return text.indexOf(u": "_s);
}

class Reader
{
public:
    Reader(QList<Line> lines, QStringList& notRead)
        : m_lines(std::move(lines)), m_notRead(notRead)
    {
    }

    /// Everything that stands deeper than `indent`.
    QList<YamlNode> block(int indent, int depth)
    {
        QList<YamlNode> nodes;
        while (m_at < m_lines.size() && m_lines[m_at].indent > indent) {
            if (depth > deepest) {
                giveUp(m_lines[m_at], u"nested too deeply"_s);
                ++m_at;
                continue;
            }
            nodes.append(entry(depth));
        }
        return nodes;
    }

private:
    void giveUp(const Line& line, const QString& why) { m_notRead.append(u"line %1: %2"_s.arg(line.number).arg(why)); }

    YamlNode entry(int depth)
    {
        Line line = m_lines[m_at];
        YamlNode node {.item = line.text == "-"_L1 || line.text.startsWith("- "_L1), .line = line.number};
        if (node.item)
            return item(std::move(node), line, depth);
        ++m_at;
        fill(node, line, depth);
        return node;
    }

    /// "- key: value" begins a mapping whose other members stand under the key.
    YamlNode item(YamlNode node, Line line, int depth)
    {
        const QString rest = line.text.sliced(1).trimmed();
        const int inner = line.indent + int(line.text.indexOf(rest, 1));
        if (rest.isEmpty() || colonAt(rest) < 0) {
            ++m_at;
            setValue(node, rest, line);
            if (rest.isEmpty())
                node.children = block(line.indent, depth + 1);
            return node;
        }
        m_lines[m_at].indent = inner;
        m_lines[m_at].text = rest;
        node.children = block(line.indent, depth + 1);
        return node;
    }

    void fill(YamlNode& node, const Line& line, int depth)
    {
        const qsizetype colon = colonAt(line.text);
        if (colon < 0)
            return giveUp(line, u"neither a member nor an item"_s);
        node.key = scalar(line.text.left(colon).trimmed());
        const QString value = line.text.sliced(colon + 1).trimmed();
        setValue(node, value, line);
        // A list may stand at its key's own indent.
        const bool listBelow = m_at < m_lines.size() && m_lines[m_at].indent == line.indent && m_lines[m_at].text.startsWith(u'-');
        if (value.isEmpty())
            node.children = listBelow ? items(line.indent, depth + 1) : block(line.indent, depth + 1);
    }

    QList<YamlNode> items(int indent, int depth)
    {
        QList<YamlNode> nodes;
        while (m_at < m_lines.size() && m_lines[m_at].indent == indent && m_lines[m_at].text.startsWith(u'-'))
            nodes.append(entry(depth));
        return nodes;
    }

    void setValue(YamlNode& node, const QString& value, const Line& line)
    {
        static constexpr QStringView outside = u"&*!|>{";
        if (!value.isEmpty() && outside.contains(value.front())) {
            giveUp(line, u"%1 begins something that is not read here"_s.arg(value.front()));
            m_at = std::find_if(m_lines.begin() + m_at, m_lines.end(), [&](const Line& l) { return l.indent <= line.indent; }) - m_lines.begin();
            return;
        }
        if (value.startsWith(u'[') && value.endsWith(u']')) {
            for (const QString& part : value.sliced(1, value.size() - 2).split(u',', Qt::SkipEmptyParts))
                node.children.append({.value = scalar(part.trimmed()), .item = true, .line = line.number});
            return;
        }
        node.value = scalar(value);
    }

    QList<Line> m_lines;
    QStringList& m_notRead;
    qsizetype m_at = 0;
};

} // namespace

const YamlNode* YamlNode::child(QStringView name) const
{
    const auto it = std::ranges::find_if(children, [name](const YamlNode& n) { return n.key == name; });
    return it == children.end() ? nullptr : &*it;
}

YamlNode readYaml(QByteArrayView text, QStringList& notRead)
{
    Reader reader(linesOf(text), notRead);
    return {.children = reader.block(-1, 0)};
}

} // namespace setup
