// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace json {

namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The blanks in front of the line that holds an offset.
QByteArray indentationAt(const QByteArray& source, qsizetype offset)
{
    const qsizetype start = offset > 0 ? source.lastIndexOf('\n', offset - 1) + 1 : 0;
    qsizetype end = start;
    while (end < source.size() && (source[end] == ' ' || source[end] == '\t'))
        ++end;
    return source.sliced(start, end - start);
}

QByteArray quotedUtf8(QByteArrayView text) { return quoted(QString::fromUtf8(text)); }

} // namespace

/// One change of a document's text that leaves every other byte alone.
struct Splice
{
    const Document& doc;

    const QByteArray& source() const { return doc.m_source; }

    base::Result<Document> replaced(qsizetype start, qsizetype end, QByteArrayView by) const
    {
        QByteArray text = source();
        text.replace(start, end - start, by);
        return Document::parse(std::move(text));
    }

    qsizetype startOf(const Value& value) const
    {
        const qsizetype key = doc.m_nodes[size_t(value.m_node)].key;
        return key < 0 ? value.offset() : key - 1;
    }

    qsizetype endOf(const Value& value) const { return doc.endOf(value.m_node); }

    Value lastChild(const Value& container) const
    {
        Value last;
        for (Value child = container.first(); child; child = child.next())
            last = child;
        return last;
    }

    /// What stands between name and value: ":", ": " or something prettier.
    QByteArray colonLike(const Value& sibling) const
    {
        if (!sibling || sibling.key().data() == nullptr)
            return ": "_ba;
        const qsizetype end = doc.endOfKey(sibling.m_node);
        return source().sliced(end, sibling.offset() - end);
    }

    QByteArray unit() const
    {
        const Value top = doc.root().first();
        const QByteArray indentation = top ? indentationAt(source(), startOf(top)) : QByteArray();
        return indentation.isEmpty() ? "  "_ba : indentation;
    }

    /// A value of several lines moves to the right with the place it is put at.
    static QByteArray indented(QByteArrayView value, const QByteArray& indentation)
    {
        return value.toByteArray().replace("\n"_ba, QByteArray("\n" + indentation));
    }

    base::Result<Document> append(const Value& container, QByteArrayView name, QByteArrayView value) const
    {
        const Value last = lastChild(container);
        return last ? appendAfter(last, container, name, value) : appendFirst(container, name, value);
    }

    base::Result<Document> appendAfter(
        const Value& last, const Value& container, QByteArrayView name, QByteArrayView value) const
    {
        const qsizetype start = startOf(last);
        const qsizetype end = endOf(last);
        // The layout before the last child is the layout before the new one.
        qsizetype layout = start;
        while (layout > 0 && blank(source()[layout - 1]))
            --layout;
        QByteArray text = ","_ba + source().sliced(layout, start - layout);
        const bool alone = container.size() == 1 && !text.contains('\n');
        if (alone)
            text = colonLike(last).endsWith(' ') || container.isArray() ? ", "_ba : ","_ba;
        if (container.isObject())
            text += quotedUtf8(name) + colonLike(last);
        text += indented(value, text.contains('\n') ? indentationAt(source(), start) : QByteArray());
        return replaced(end, end, text);
    }

    base::Result<Document> appendFirst(
        const Value& container, QByteArrayView name, QByteArrayView value) const
    {
        const bool lines = source().trimmed().contains('\n');
        const QByteArray outer = indentationAt(source(), container.offset());
        const QByteArray inner = outer + unit();
        QByteArray text;
        if (container.isObject())
            text = quotedUtf8(name) + ": ";
        text += lines ? indented(value, inner) : value.toByteArray();
        if (lines)
            text = "\n" + inner + text + "\n" + outer;
        return replaced(container.offset() + 1, endOf(container) - 1, text);
    }

    base::Result<Document> removed(const Value& value, const Value& container) const
    {
        if (const Value next = value.next())
            return replaced(startOf(value), startOf(next), {});
        if (container.size() == 1)
            return replaced(container.offset() + 1, endOf(container) - 1, {});
        Value previous = container.first();
        while (previous.next().m_node != value.m_node)
            previous = previous.next();
        return replaced(endOf(previous), endOf(value), {});
    }
};

namespace {

struct Parted
{
    QStringView parent {};
    QByteArray name {};
};

Parted parted(QStringView pointer)
{
    const qsizetype slash = pointer.lastIndexOf(u'/');
    QByteArray name = pointer.sliced(slash + 1).toUtf8();
    name.replace("~1", "/");
    name.replace("~0", "~");
    return {pointer.first(std::max<qsizetype>(slash, 0)), name};
}

} // namespace

base::Result<Document> Document::with(QStringView pointer, QByteArrayView value) const
{
    if (const auto valid = parse(value.toByteArray()); !valid)
        return tl::unexpected(valid.error());
    const Splice splice {*this};
    if (const Value present = find(pointer))
        return splice.replaced(present.offset(), splice.endOf(present), value);
    if (pointer.isEmpty())
        return parse(value.toByteArray());
    const auto [parentPointer, name] = parted(pointer);
    const Value parent = find(parentPointer);
    if (parent.isObject() && pointer.startsWith(u'/'))
        return splice.append(parent, name, value);
    if (parent.isArray() && (name == "-" || name == QByteArray::number(parent.size())))
        return splice.append(parent, {}, value);
    return base::fail(
        u"json-pointer"_s, u"There is no object or array to put the value into."_s, pointer.toString());
}

base::Result<Document> Document::without(QStringView pointer) const
{
    const Value value = find(pointer);
    if (!value || pointer.isEmpty())
        return base::fail(
            u"json-pointer"_s, u"There is no member or element to remove."_s, pointer.toString());
    return Splice {*this}.removed(value, find(parted(pointer).parent));
}

namespace {

/// \u and four hex digits.
QByteArray hexEscape(ushort unit) { return "\\u" + QByteArray::number(unit, 16).rightJustified(4, '0'); }

/// How a character stands in a string when it may not stand as itself; empty when it may.
QByteArray escapeOf(QChar c)
{
    switch (c.unicode()) {
    case u'"':
        return "\\\"";
    case u'\\':
        return "\\\\";
    case u'\n':
        return "\\n";
    case u'\r':
        return "\\r";
    case u'\t':
        return "\\t";
    default:
        return c.unicode() < 0x20 || c.unicode() == 0x7f ? hexEscape(c.unicode()) : QByteArray();
    }
}

} // namespace

QByteArray quoted(QStringView text)
{
    QByteArray out = "\""_ba;
    qsizetype plain = 0; // where what can be taken over in one go begins
    const auto escape = [&](qsizetype at, const QByteArray& by) {
        out += text.sliced(plain, at - plain).toUtf8() + by;
        plain = at + 1;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else if (c.isSurrogate())
            escape(i, hexEscape(c.unicode()));
        else if (const QByteArray by = escapeOf(c); !by.isEmpty())
            escape(i, by);
    }
    return out + text.sliced(plain).toUtf8() + '"';
}

namespace {

struct Layout
{
    int indent = 0;
    QByteArray out {};

    void newLine(int level)
    {
        if (indent >= 0)
            out += '\n' + QByteArray(qsizetype(indent) * level, ' ');
    }

    // Recursion is bounded: a Document nests 512 deep at most.
    void write(const Value& value, int level)
    {
        if (value.size() == 0) {
            out += value.isObject() ? "{}"_ba : value.isArray() ? "[]"_ba : value.raw().toByteArray();
            return;
        }
        out += value.isObject() ? '{' : '[';
        for (Value child = value.first(); child; child = child.next()) {
            newLine(level + 1);
            if (value.isObject())
                out += child.rawKey().toByteArray() + (indent < 0 ? ":" : ": ");
            write(child, level + 1);
            if (child.next())
                out += ',';
        }
        newLine(level);
        out += value.isObject() ? '}' : ']';
    }
};

} // namespace

QByteArray formatted(const Value& value, int indent)
{
    Layout layout {indent};
    layout.write(value, 0);
    return layout.out;
}

} // namespace json
