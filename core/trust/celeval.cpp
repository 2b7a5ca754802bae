// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "cel.h"

#include "core/trust/cel_p.h"

#include <algorithm>
#include <compare>

using namespace Qt::StringLiterals;

namespace cel {

namespace {

struct Trouble
{
    QString text {};
    bool unknown = false; ///< not evaluated, rather than an evaluation error
};
struct Value;
using List = std::vector<Value>;
struct Value : std::variant<std::monostate, bool, qint64, double, QString, List, json::Value, Trouble>
{
    using variant::variant;
    template <typename T> const T* as() const { return std::get_if<T>(this); }
};

Value error(QString text) { return Trouble {std::move(text), false}; }
Value unknown(QString text) { return Trouble {std::move(text), true}; }

QString notKnown(const QString& part)
{
    return u"The condition uses %1, which Trustwalk does not know."_s.arg(part);
}

/// Objects stay JSON, lists and plain values are taken over.
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

std::optional<double> numberIn(const Value& value)
{
    if (const auto* whole = value.as<qint64>())
        return double(*whole);
    if (const auto* fraction = value.as<double>())
        return *fraction;
    return {};
}

/// Equal or not; nothing for maps, whose comparison is not offered.
std::optional<bool> equal(const Value& a, const Value& b)
{
    if (a.as<json::Value>() || b.as<json::Value>())
        return {};
    if (const auto x = a.as<qint64>(), y = b.as<qint64>(); x && y)
        return *x == *y;
    if (const auto x = numberIn(a), y = numberIn(b); x && y)
        return *x == *y;
    if (a.index() != b.index())
        return false;
    if (const auto* x = a.as<List>()) {
        const auto& y = *b.as<List>();
        if (x->size() != y.size())
            return false;
        for (size_t i = 0; i < y.size(); ++i)
            if (const auto same = equal((*x)[i], y[i]); !same.value_or(false))
                return same;
        return true;
    }
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

class Evaluator
{
public:
    explicit Evaluator(const json::Value& claims) : m_claims(claims) { }

    Value of(const Node& n)
    {
        switch (n.kind) {
        case Node::Kind::Null: return std::monostate {};
        case Node::Kind::Bool: return n.truth;
        case Node::Kind::Int: return n.whole;
        case Node::Kind::Double: return n.fraction;
        case Node::Kind::Text: return n.text;
        case Node::Kind::List: return list(n);
        case Node::Kind::Name: return n.text == "claims"_L1 ? Value(m_claims)
            : unknown(notKnown(u"the variable "_s + n.text));
        case Node::Kind::Member: return member(of(*n.children[0]), n.text, path(n));
        case Node::Kind::Index: return index(n);
        case Node::Kind::Call: return call(n);
        case Node::Kind::Not: return negated(of(*n.children[0]));
        case Node::Kind::Minus: return minus(of(*n.children[0]));
        case Node::Kind::Binary: return binary(n);
        case Node::Kind::Choice: return choice(n);
        case Node::Kind::Unsupported: break;
        }
        return unknown(notKnown(n.text));
    }

    QStringList values {};

private:
    static QString path(const Node& n)
    {
        if (n.kind == Node::Kind::Name)
            return n.text;
        if (n.kind == Node::Kind::Member)
            return path(*n.children[0]) + u'.' + n.text;
        if (n.kind == Node::Kind::Index && n.children[1]->kind == Node::Kind::Text)
            return path(*n.children[0]) + u'.' + n.children[1]->text;
        return u"..."_s;
    }

    Value list(const Node& n)
    {
        List out;
        for (const auto& child : n.children) {
            Value item = of(*child);
            if (item.as<Trouble>())
                return item;
            out.push_back(std::move(item));
        }
        return out;
    }

    Value member(const Value& object, const QString& name, const QString& where)
    {
        if (object.as<Trouble>())
            return object;
        const auto* map = object.as<json::Value>();
        if (!map)
            return error(u"%1 has no members."_s.arg(where.section(u'.', 0, -2)));
        const json::Value found = (*map)[name.toUtf8()];
        const QString seen = where + u" = "_s + (found ? QString::fromUtf8(found.raw()) : u"(missing)"_s);
        if (!values.contains(seen))
            values.append(seen);
        return found ? fromJson(found) : error(u"The token has no claim %1."_s.arg(where.section(u'.', 1)));
    }

    Value index(const Node& n)
    {
        const Value object = of(*n.children[0]), key = of(*n.children[1]);
        if (object.as<Trouble>() || key.as<Trouble>())
            return object.as<Trouble>() ? object : key;
        if (const auto* text = key.as<QString>())
            return member(object, *text, path(*n.children[0]) + u'.' + *text);
        const auto* items = object.as<List>();
        const auto* at = key.as<qint64>();
        if (!items || !at || *at < 0 || size_t(*at) >= items->size())
            return error(u"There is no such element in %1."_s.arg(path(*n.children[0])));
        return (*items)[size_t(*at)];
    }

    static Value negated(const Value& value)
    {
        if (value.as<Trouble>())
            return value;
        const auto* truth = value.as<bool>();
        return truth ? Value(!*truth) : error(u"`!` needs true or false."_s);
    }

    static Value minus(const Value& value)
    {
        if (const auto* whole = value.as<qint64>(); whole && *whole != std::numeric_limits<qint64>::min())
            return -*whole;
        if (const auto* fraction = value.as<double>())
            return -*fraction;
        return value.as<Trouble>() ? value : error(u"`-` needs a number."_s);
    }

    /// && and || take the decisive side whatever is wrong with the other (CEL specification, logical operators).
    Value logical(const Node& n, bool decisive)
    {
        const Value a = of(*n.children[0]);
        if (const auto* truth = a.as<bool>(); truth && *truth == decisive)
            return decisive;
        const Value b = of(*n.children[1]);
        if (const auto* truth = b.as<bool>(); truth && *truth == decisive)
            return decisive;
        for (const Value* side : {&a, &b})
            if (const auto* trouble = side->as<Trouble>(); trouble && trouble->unknown)
                return *side;
        for (const Value* side : {&a, &b})
            if (side->as<Trouble>())
                return *side;
        if (!a.as<bool>() || !b.as<bool>())
            return error(u"`%1` needs true or false on both sides."_s.arg(n.text));
        return !decisive;
    }

    Value binary(const Node& n)
    {
        if (n.text == "&&"_L1 || n.text == "||"_L1)
            return logical(n, n.text == "||"_L1);
        const Value a = of(*n.children[0]), b = of(*n.children[1]);
        for (const Value* side : {&a, &b})
            if (const auto* trouble = side->as<Trouble>(); trouble && trouble->unknown)
                return *side;
        if (a.as<Trouble>() || b.as<Trouble>())
            return a.as<Trouble>() ? a : b;
        if (n.text == "in"_L1)
            return contained(a, b);
        const bool equality = n.text == "=="_L1 || n.text == "!="_L1;
        const auto holds = equality ? equal(a, b) : ordered(n.text, a, b);
        if (!holds)
            return equality ? unknown(notKnown(u"a comparison of objects"_s))
                : error(u"`%1` cannot compare these two."_s.arg(n.text));
        return n.text == "!="_L1 ? !*holds : *holds;
    }

    static Value contained(const Value& item, const Value& in)
    {
        if (const auto* map = in.as<json::Value>()) {
            const auto* name = item.as<QString>();
            return name ? Value(bool((*map)[name->toUtf8()]))
                : error(u"A member is looked for by its name."_s);
        }
        const auto* items = in.as<List>();
        if (!items)
            return error(u"`in` needs a list on its right."_s);
        return std::ranges::any_of(*items,
            [&](const Value& other) { return equal(item, other).value_or(false); });
    }

    Value choice(const Node& n)
    {
        Value condition = of(*n.children[0]);
        if (condition.as<Trouble>())
            return condition;
        const auto* truth = condition.as<bool>();
        return truth ? of(*n.children[*truth ? 1 : 2]) : error(u"`?` needs true or false before it."_s);
    }

    Value has(const Node& n)
    {
        if (n.children.size() != 1 || n.children[0]->kind != Node::Kind::Member)
            return unknown(notKnown(u"has() of something other than a member"_s));
        const Node& asked = *n.children[0];
        Value object = of(*asked.children[0]);
        if (object.as<Trouble>())
            return object;
        const auto* map = object.as<json::Value>();
        if (!map)
            return error(u"%1 has no members."_s.arg(path(*asked.children[0])));
        const Value found = member(object, asked.text, path(asked));
        return !found.as<Trouble>();
    }

    static Value size(const Value& value)
    {
        if (value.as<Trouble>())
            return value;
        if (const auto* text = value.as<QString>())
            return qint64(text->toUcs4().size());
        if (const auto* items = value.as<List>())
            return qint64(items->size());
        if (const auto* map = value.as<json::Value>())
            return qint64(map->size());
        return error(u"size() needs a text, a list or an object."_s);
    }

    Value textCall(const Node& n)
    {
        const Value object = of(*n.children[0]), argument = of(*n.children[1]);
        if (object.as<Trouble>() || argument.as<Trouble>())
            return object.as<Trouble>() ? object : argument;
        const auto* text = object.as<QString>();
        const auto* part = argument.as<QString>();
        if (!text || !part)
            return error(u"%1() needs two texts."_s.arg(n.text));
        return n.text == "startsWith"_L1 ? text->startsWith(*part) : n.text == "endsWith"_L1
            ? text->endsWith(*part) : text->contains(*part);
    }

    Value call(const Node& n)
    {
        const bool ofText = n.text == "startsWith"_L1 || n.text == "endsWith"_L1 || n.text == "contains"_L1;
        if (n.method && ofText && n.children.size() == 2)
            return textCall(n);
        if (n.text == "size"_L1 && n.children.size() == 1)
            return size(of(*n.children[0]));
        if (n.text == "has"_L1 && !n.method)
            return has(n);
        return unknown(notKnown(n.text + u"()"_s));
    }

    json::Value m_claims {};
};

} // namespace

QString notRead(const Parsed& parsed)
{
    return u"The condition cannot be read: %1 is not understood."_s.arg(parsed.problem);
}

Result evaluate(QStringView expression, const json::Value& claims)
{
    const Parsed parsed = parse(expression);
    return parsed.root ? evaluate(*parsed.root, claims) : Result {.why = notRead(parsed)};
}

Result evaluate(const Node& node, const json::Value& claims)
{
    Evaluator evaluator(claims);
    const Value value = evaluator.of(node);
    Result out {.values = evaluator.values};
    if (const auto* trouble = value.as<Trouble>()) {
        out.why = trouble->text;
        if (!trouble->unknown)
            out.holds = false;
    } else if (const auto* truth = value.as<bool>()) {
        out.holds = *truth;
    } else {
        out.holds = false;
        out.why = u"The condition gives neither true nor false."_s;
    }
    return out;
}

} // namespace cel
