// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "json.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

using namespace Qt::StringLiterals;

namespace json {

namespace {

bool same(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    return a.isEmpty() || (a.front() == b.front() && std::memcmp(a.data(), b.data(), size_t(a.size())) == 0);
}

/// One reference token of RFC 6901, unescaped: ~1 is a slash, ~0 a tilde.
QByteArray unescapedToken(QStringView token)
{
    QByteArray name = token.toUtf8();
    name.replace("~1", "/");
    name.replace("~0", "~");
    return name;
}

/// An array index of RFC 6901: no sign, no leading zero.
std::optional<qsizetype> arrayIndex(const QByteArray& token)
{
    const bool digits = !token.isEmpty() && token.size() < 18
        && std::all_of(token.begin(), token.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (token.size() > 1 && token.front() == '0'))
        return {};
    return token.toLongLong();
}

} // namespace

Type Value::type() const { return m_doc ? m_doc->m_nodes[size_t(m_node)].type : Type::Null; }

QByteArrayView Value::bytes() const
{
    if (!isString())
        return {};
    const auto& node = m_doc->m_nodes[size_t(m_node)];
    return QByteArrayView(m_doc->m_unescaped).sliced(node.text, node.textSize);
}

QString Value::text() const { return QString::fromUtf8(bytes()); }

QByteArrayView Value::raw() const
{
    if (!m_doc)
        return {};
    const qsizetype start = offset();
    return QByteArrayView(m_doc->m_source).sliced(start, m_doc->endOf(m_node) - start);
}

QString Value::display() const { return isString() ? text() : QString::fromUtf8(raw()); }

std::optional<qint64> Value::integer() const
{
    if (!isNumber())
        return {};
    const QByteArrayView digits = raw();
    qint64 value = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), value);
    if (error != std::errc {} || end != digits.end())
        return {};
    return value;
}

std::optional<double> Value::number() const
{
    if (!isNumber())
        return {};
    // Times are whole numbers, and those are read several times faster.
    if (const auto whole = integer(); whole && std::abs(*whole) < (qint64(1) << 53))
        return double(*whole);
    const QByteArrayView digits = raw();
    double value = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), value);
    if (error != std::errc {} || end != digits.end())
        return {};
    return value;
}

bool Value::boolean() const { return isBool() && raw().startsWith('t'); }

qsizetype Value::size() const { return m_doc ? m_doc->m_nodes[size_t(m_node)].children : 0; }

Value Value::operator[](QByteArrayView name) const
{
    if (!isObject())
        return {};
    for (Value member = first(); member; member = member.next()) {
        if (same(member.key(), name))
            return member;
    }
    return {};
}

qsizetype Value::count(QByteArrayView name) const
{
    qsizetype found = 0;
    if (isObject()) {
        for (Value member = first(); member; member = member.next())
            found += same(member.key(), name);
    }
    return found;
}

Value Value::at(qsizetype index) const
{
    if (index < 0 || index >= size())
        return {};
    Value child = first();
    for (; index > 0; --index)
        child = child.next();
    return child;
}

QByteArrayView Value::key() const
{
    if (!m_doc)
        return {};
    const auto& node = m_doc->m_nodes[size_t(m_node)];
    return node.key < 0 ? QByteArrayView()
                        : QByteArrayView(m_doc->m_unescaped).sliced(node.key, node.keySize);
}

QByteArrayView Value::rawKey() const
{
    if (key().data() == nullptr)
        return {};
    const qsizetype start = m_doc->m_nodes[size_t(m_node)].key - 1;
    return QByteArrayView(m_doc->m_source).sliced(start, m_doc->endOfKey(m_node) - start);
}

QString Value::keyText() const { return QString::fromUtf8(key()); }

Value Value::next() const
{
    const int next = m_doc ? m_doc->m_nodes[size_t(m_node)].next : -1;
    return next < 0 ? Value() : Value(m_doc, next);
}

Value Value::first() const { return size() > 0 ? Value(m_doc, m_node + 1) : Value(); }

QString Value::pointer() const
{
    QString out;
    for (Value value = *this; value;) {
        const int parent = m_doc->m_nodes[size_t(value.m_node)].parent;
        if (parent < 0)
            break;
        const Value container(m_doc, parent);
        QString token;
        if (container.isObject()) {
            token = value.keyText();
            token.replace(u"~"_s, u"~0"_s);
            token.replace(u"/"_s, u"~1"_s);
        } else {
            qsizetype index = 0;
            for (Value sibling = container.first(); sibling.m_node != value.m_node; sibling = sibling.next())
                ++index;
            token = QString::number(index);
        }
        out.prepend(u'/' + token);
        value = container;
    }
    return out;
}

Position Value::position() const
{
    Position at;
    if (!m_doc)
        return at;
    const QByteArrayView before = QByteArrayView(m_doc->m_source).first(offset());
    at.line += int(std::count(before.begin(), before.end(), '\n'));
    at.column += int(before.size() - (before.lastIndexOf('\n') + 1));
    return at;
}

qsizetype Value::offset() const { return m_doc ? m_doc->m_nodes[size_t(m_node)].start : 0; }

Value Document::root() const { return m_nodes.empty() ? Value() : Value(this, 0); }

Value Document::find(QStringView pointer) const
{
    Value value = root();
    if (pointer.isEmpty())
        return value;
    if (!pointer.startsWith(u'/'))
        return {};
    for (QStringView token : pointer.sliced(1).tokenize(u'/')) {
        const QByteArray name = unescapedToken(token);
        if (value.isArray()) {
            const auto index = arrayIndex(name);
            value = index ? value.at(*index) : Value();
        } else {
            value = value[name];
        }
        if (!value)
            return {};
    }
    return value;
}

/// One past the closing quote of the string whose content starts at `content`.
qsizetype Document::endOfString(qsizetype content) const
{
    const char* bytes = m_source.constData();
    qsizetype i = content;
    while (i < m_source.size() && bytes[i] != '"')
        i += bytes[i] == '\\' ? 2 : 1;
    return std::min(i + 1, m_source.size());
}

qsizetype Document::endOf(int node) const
{
    const Node& n = m_nodes[size_t(node)];
    return n.type == Type::String ? endOfString(n.text) : n.end;
}

qsizetype Document::endOfKey(int node) const { return endOfString(m_nodes[size_t(node)].key); }

} // namespace json
