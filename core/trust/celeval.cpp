// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "cel.h"

#include "core/trust/cel_p.h"
#include "core/trust/celvalue_p.h"

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace cel {

namespace {

/// Macros walk lists in lists: an expression that takes more than this is not evaluated.
constexpr int mostSteps = 200'000;

constexpr std::array arithmetic {"+"_L1, "-"_L1, "*"_L1, "/"_L1, "%"_L1};

bool isUnknown(const Value& value)
{
    const auto* trouble = value.as<Trouble>();
    return trouble && trouble->unknown;
}

class Evaluator
{
public:
    explicit Evaluator(const Environment& environment) : m_environment(environment) { }

    Value of(const Node& n)
    {
        if (++m_steps > mostSteps)
            return unknown(u"The condition takes too long to evaluate."_s);
        switch (n.kind) {
        case Node::Kind::Null: return std::monostate {};
        case Node::Kind::Bool: return n.truth;
        case Node::Kind::Int: return n.whole;
        case Node::Kind::Double: return n.fraction;
        case Node::Kind::Text: return n.text;
        case Node::Kind::List: return list(n);
        case Node::Kind::Map: return map(n);
        case Node::Kind::Name: return name(n);
        case Node::Kind::Member: return member(of(*n.children[0]), n.text, path(n));
        case Node::Kind::Index: return index(n);
        case Node::Kind::Call: return call(n);
        case Node::Kind::Not: return negated(of(*n.children[0]));
        case Node::Kind::Minus: return minus(of(*n.children[0]));
        case Node::Kind::Binary: return binary(n);
        case Node::Kind::Choice: break;
        }
        return choice(n);
    }

    QStringList values {};
    QList<Unequal> unequal {};

private:
    bool mappings() const { return m_environment.vocabulary == Vocabulary::Mappings; }

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

    Value name(const Node& n) const
    {
        for (auto bound = m_scope.rbegin(); bound != m_scope.rend(); ++bound)
            if (bound->first == n.text)
                return bound->second;
        const auto known = std::ranges::find(m_environment.variables, n.text, &Variable::name);
        return known == m_environment.variables.end() ? unknown(notKnown(u"the variable "_s + n.text)) : Value(known->value);
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

    Value map(const Node& n)
    {
        if (!mappings())
            return unknown(notKnown(u"a map"_s));
        Map out;
        for (size_t i = 0; i + 1 < n.children.size(); i += 2) {
            for (const size_t at : {i, i + 1}) {
                Value part = of(*n.children[at]);
                if (part.as<Trouble>())
                    return part;
                (at == i ? out.keys : out.values).push_back(std::move(part));
            }
        }
        return out;
    }

    QString missing(const QString& where) const
    {
        const auto known = std::ranges::find(m_environment.variables, where.section(u'.', 0, 0), &Variable::name);
        const QString sentence = known == m_environment.variables.end() ? u"There is no %1."_s : known->missing;
        return sentence.arg(where.section(u'.', 1));
    }

    Value member(const Value& object, const QString& name, const QString& where)
    {
        if (object.as<Trouble>())
            return object;
        if (const auto* map = object.as<Map>())
            return valueIn(*map, name);
        const auto* json = object.as<json::Value>();
        if (!json)
            return error(u"%1 has no members."_s.arg(where.section(u'.', 0, -2)));
        const json::Value found = (*json)[name.toUtf8()];
        const QString seen = where + u" = "_s + (found ? QString::fromUtf8(found.raw()) : u"(missing)"_s);
        if (!values.contains(seen))
            values.append(seen);
        return found ? fromJson(found) : error(missing(where));
    }

    static Value valueIn(const Map& map, const Value& key)
    {
        for (size_t i = 0; i < map.keys.size(); ++i)
            if (equal(map.keys[i], key).value_or(false))
                return map.values[i];
        return error(u"The map has no such key."_s);
    }

    Value index(const Node& n)
    {
        const Value object = of(*n.children[0]), key = of(*n.children[1]);
        if (object.as<Trouble>() || key.as<Trouble>())
            return object.as<Trouble>() ? object : key;
        if (const auto* map = object.as<Map>())
            return valueIn(*map, key);
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

    Value logical(const Node& n, bool decisive)
    {
        const Value a = of(*n.children[0]);
        if (const auto* truth = a.as<bool>(); truth && *truth == decisive)
            return decisive;
        return combined(a, of(*n.children[1]), decisive, n.text);
    }

    Value binary(const Node& n)
    {
        if (n.text == "&&"_L1 || n.text == "||"_L1)
            return logical(n, n.text == "||"_L1);
        const bool counts = std::ranges::find(arithmetic, n.text) != arithmetic.end();
        if (counts && (n.text != "+"_L1 || !mappings()))
            return unknown(notKnown(u"the operator "_s + n.text));
        const Value a = of(*n.children[0]), b = of(*n.children[1]);
        if (isUnknown(a) || isUnknown(b))
            return isUnknown(a) ? a : b;
        if (a.as<Trouble>() || b.as<Trouble>())
            return a.as<Trouble>() ? a : b;
        if (counts)
            return sum(a, b);
        Value holds = relation(n.text, a, b);
        if (const auto* truth = holds.as<bool>(); truth && !*truth)
            noteUnequal(n, a, b);
        return holds;
    }

    /// A claim beside a text that is written in the expression.
    void noteUnequal(const Node& n, const Value& a, const Value& b)
    {
        const bool writtenFirst = n.children[0]->kind == Node::Kind::Text;
        const Value& claim = writtenFirst ? b : a;
        const QString where = path(*n.children[writtenFirst ? 1 : 0]);
        if (!claim.as<QString>())
            return;
        const auto note = [&](const Value& written) {
            if (const auto* text = written.as<QString>())
                unequal.append({where, *claim.as<QString>(), *text});
        };
        if (n.text == "=="_L1 && (writtenFirst || n.children[1]->kind == Node::Kind::Text))
            note(writtenFirst ? a : b);
        else if (n.text == "in"_L1 && n.children[1]->kind == Node::Kind::List)
            std::ranges::for_each(*b.as<List>(), note);
    }

    static Value relation(const QString& op, const Value& a, const Value& b)
    {
        if (op == "in"_L1)
            return contained(a, b);
        const bool equality = op == "=="_L1 || op == "!="_L1;
        const auto holds = equality ? equal(a, b) : ordered(op, a, b);
        if (!holds)
            return equality ? unknown(notKnown(u"a comparison of objects"_s)) : error(u"`%1` cannot compare these two."_s.arg(op));
        return op == "!="_L1 ? !*holds : *holds;
    }

    /// Texts and lists. How a receiver types the numbers of a token is not documented.
    static Value sum(const Value& a, const Value& b)
    {
        if (a.as<QString>() && b.as<QString>())
            return QString(*a.as<QString>() + *b.as<QString>());
        if (a.as<List>() && b.as<List>()) {
            List out = *a.as<List>();
            out.insert(out.end(), b.as<List>()->begin(), b.as<List>()->end());
            return out;
        }
        const bool numbers = typeName(a) == "number"_L1 && typeName(b) == "number"_L1;
        return numbers ? unknown(notKnown(u"the operator + on numbers"_s)) : error(u"`+` cannot join these two."_s);
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
        if (!object.as<json::Value>() && !object.as<Map>())
            return error(u"%1 has no members."_s.arg(path(*asked.children[0])));
        return !member(object, asked.text, path(asked)).as<Trouble>();
    }

    Value call(const Node& n)
    {
        if (n.text == "has"_L1 && !n.method)
            return has(n);
        if (mappings() && n.method && isMacro(n.text))
            return macro(n);
        const Function function = functionNamed(n.text, n.method, n.children.size(), mappings());
        if (!function)
            return unknown(notKnown(n.text + u"()"_s));
        Value arguments = list(n);
        return arguments.as<Trouble>() ? arguments : function(*arguments.as<List>());
    }

    Value macro(const Node& n)
    {
        if (n.children.size() != 3 || n.children[1]->kind != Node::Kind::Name)
            return unknown(notKnown(n.text + u"() of this form"_s));
        const Value range = of(*n.children[0]);
        if (range.as<Trouble>())
            return range;
        const auto items = elementsOf(range);
        if (!items)
            return error(u"%1() needs a list or a map."_s.arg(n.text));
        List results;
        for (const Value& item : *items) {
            m_scope.emplace_back(n.children[1]->text, item);
            results.push_back(of(*n.children[2]));
            m_scope.pop_back();
        }
        return folded(n.text, *items, results);
    }

    const Environment& m_environment;
    std::vector<std::pair<QString, Value>> m_scope {};
    int m_steps = 0;
};

} // namespace

Environment claimsAlone(const json::Value& claims)
{
    return {.variables = {{u"claims"_s, claims, u"The token has no claim %1."_s}}};
}

QString notRead(const Parsed& parsed)
{
    return u"The condition cannot be read: %1 is not understood."_s.arg(parsed.problem);
}

Result evaluate(QStringView expression, const json::Value& claims)
{
    return evaluate(expression, claimsAlone(claims));
}

Result evaluate(QStringView expression, const Environment& environment)
{
    const Parsed parsed = parse(expression);
    return parsed.root ? evaluate(*parsed.root, environment) : Result {.why = notRead(parsed)};
}

Result evaluate(const Node& node, const Environment& environment)
{
    Evaluator evaluator(environment);
    const Value value = evaluator.of(node);
    Result out {.values = evaluator.values, .unequal = evaluator.unequal};
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

Computed compute(QStringView expression, const Environment& environment)
{
    const Parsed parsed = parse(expression);
    if (!parsed.root)
        return {.state = Computed::State::Unknown, .why = notRead(parsed)};
    Evaluator evaluator(environment);
    const Value value = evaluator.of(*parsed.root);
    if (const auto* trouble = value.as<Trouble>())
        return {.state = trouble->unknown ? Computed::State::Unknown : Computed::State::Error,
                .why = trouble->text, .values = evaluator.values};
    return {.state = Computed::State::Value, .json = toJson(value), .type = typeName(value), .values = evaluator.values};
}

} // namespace cel
