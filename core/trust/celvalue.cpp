// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "celvalue_p.h"

#include "core/base/text.h"

#include <algorithm>
#include <compare>

using namespace Qt::StringLiterals;

namespace cel {

namespace {

std::optional<double> numberIn(const Value& value)
{
    if (const auto* whole = value.as<qint64>())
        return double(*whole);
    if (const auto* fraction = value.as<double>())
        return *fraction;
    return {};
}

std::optional<bool> equalLists(const List& a, const List& b)
{
    if (a.size() != b.size())
        return false;
    for (size_t i = 0; i < b.size(); ++i)
        if (const auto same = equal(a[i], b[i]); !same.value_or(false))
            return same;
    return true;
}

QByteArray jsonOf(const Map& map)
{
    QByteArrayList members;
    for (size_t i = 0; i < map.keys.size(); ++i) {
        const auto* name = map.keys[i].as<QString>();
        const QByteArray key = name ? json::quoted(*name) : json::quoted(QString::fromUtf8(toJson(map.keys[i])));
        members.append(key + ':' + toJson(map.values[i]));
    }
    return '{' + members.join(',') + '}';
}

QByteArray jsonOf(const List& list)
{
    QByteArrayList items;
    for (const Value& item : list)
        items.append(toJson(item));
    return '[' + items.join(',') + ']';
}

} // namespace

Value error(QString text) { return Trouble {std::move(text), false}; }
Value unknown(QString text) { return Trouble {std::move(text), true}; }

QString notKnown(const QString& part)
{
    return u"The condition uses %1, which Trustwalk does not know."_s.arg(part);
}

Value fromJson(const json::Value& value)
{
    switch (value.type()) {
    case json::Type::Null: return std::monostate {};
    case json::Type::Bool: return value.boolean();
    case json::Type::String: return value.text();
    case json::Type::Object: return value;
    case json::Type::Number: break;
    case json::Type::Array: {
        List out;
        for (json::Value item = value.first(); item; item = item.next())
            out.push_back(fromJson(item));
        return out;
    }
    }
    if (const auto whole = value.integer())
        return *whole;
    return value.number().value_or(0.0);
}

QByteArray toJson(const Value& value)
{
    return std::visit(base::overloaded {
        [](std::monostate) { return QByteArray("null"); },
        [](bool truth) { return QByteArray(truth ? "true" : "false"); },
        [](qint64 whole) { return QByteArray::number(whole); },
        [](double fraction) { return QByteArray::number(fraction, 'g', 17); },
        [](const QString& text) { return json::quoted(text); },
        [](const List& list) { return jsonOf(list); },
        [](const Map& map) { return jsonOf(map); },
        [](const json::Value& object) { return object.raw().toByteArray(); },
        [](const Trouble&) { return QByteArray("null"); }},
        static_cast<const std::variant<std::monostate, bool, qint64, double, QString, List, Map, json::Value, Trouble>&>(value));
}

QString typeName(const Value& value)
{
    static const QString names[] {u"null"_s, u"bool"_s, u"number"_s, u"number"_s, u"string"_s, u"list"_s, u"map"_s, u"map"_s, {}};
    return names[value.index()];
}

std::optional<bool> equal(const Value& a, const Value& b)
{
    for (const Value* side : {&a, &b})
        if (side->as<json::Value>() || side->as<Map>())
            return {};
    if (const auto x = a.as<qint64>(), y = b.as<qint64>(); x && y)
        return *x == *y;
    if (const auto x = numberIn(a), y = numberIn(b); x && y)
        return *x == *y;
    if (a.index() != b.index())
        return false;
    if (const auto* x = a.as<List>())
        return equalLists(*x, *b.as<List>());
    if (const auto* x = a.as<bool>())
        return *x == *b.as<bool>();
    if (const auto* x = a.as<QString>())
        return *x == *b.as<QString>();
    return true; // null and null
}

std::optional<bool> ordered(const QString& op, const Value& a, const Value& b)
{
    std::partial_ordering order = std::partial_ordering::unordered;
    if (const auto x = a.as<qint64>(), y = b.as<qint64>(); x && y)
        order = *x <=> *y;
    else if (const auto p = numberIn(a), q = numberIn(b); p && q)
        order = *p <=> *q;
    else if (const auto s = a.as<QString>(), t = b.as<QString>(); s && t)
        order = s->compare(*t) <=> 0;
    else
        return {};
    if (op == "<"_L1)
        return std::is_lt(order);
    if (op == "<="_L1)
        return std::is_lteq(order);
    return op == ">"_L1 ? std::is_gt(order) : std::is_gteq(order);
}

Value contained(const Value& item, const Value& in)
{
    if (const auto* object = in.as<json::Value>()) {
        const auto* name = item.as<QString>();
        return name ? Value(bool((*object)[name->toUtf8()])) : error(u"A member is looked for by its name."_s);
    }
    const auto* items = in.as<List>();
    if (const auto* map = in.as<Map>())
        items = &map->keys;
    if (!items)
        return error(u"`in` needs a list on its right."_s);
    return std::ranges::any_of(*items, [&](const Value& other) { return equal(item, other).value_or(false); });
}

} // namespace cel
