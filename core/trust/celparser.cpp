// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "cel_p.h"

using namespace Qt::StringLiterals;

namespace cel {

namespace {

using NodePtr = std::unique_ptr<Node>;

constexpr qsizetype longest = 16 * 1024;
constexpr int deepest = 100;
constexpr int mostOperators = 500; // a chain of them is as deep as it is long

NodePtr node(Node::Kind kind, QString text = {})
{
    auto out = std::make_unique<Node>();
    out->kind = kind;
    out->text = std::move(text);
    return out;
}

NodePtr node(Node::Kind kind, QString text, NodePtr a, NodePtr b)
{
    NodePtr out = node(kind, std::move(text));
    out->children.push_back(std::move(a));
    out->children.push_back(std::move(b));
    return out;
}

NodePtr placed(NodePtr value, qsizetype from, qsizetype to)
{
    if (value) {
        value->from = from;
        value->to = to;
    }
    return value;
}

/// Precedence climbing over the grammar of the CEL specification. A null node means: cannot be read,
/// `problem` says why.
class Parser
{
public:
    explicit Parser(QStringView expression) : m_tokens(tokens(expression)) { }

    Parsed run()
    {
        NodePtr root = choice();
        if (root && current().kind != Token::Kind::End)
            root = fail();
        return {std::move(root), m_problem};
    }

private:
    const Token& current() const { return m_tokens[m_at]; }
    qsizetype end() const { return m_at ? m_tokens[m_at - 1].to : 0; } ///< of what was taken so far
    bool is(QStringView sign) const { return current().kind == Token::Kind::Sign && current().text == sign; }
    bool take(QStringView sign)
    {
        if (!is(sign))
            return false;
        ++m_at;
        return true;
    }
    NodePtr fail()
    {
        if (m_problem.isEmpty())
            m_problem = current().kind == Token::Kind::End ? u"its end"_s : current().text;
        return nullptr;
    }

    NodePtr choice()
    {
        if (++m_depth > deepest) {
            m_problem = u"its depth"_s;
            return nullptr;
        }
        const qsizetype from = current().from;
        NodePtr out = binary(0);
        if (out && take(u"?")) {
            NodePtr yes = choice();
            NodePtr no = yes && take(u":") ? choice() : fail();
            if (!no)
                return nullptr;
            NodePtr whole = node(Node::Kind::Choice, {}, std::move(out), std::move(yes));
            whole->children.push_back(std::move(no));
            out = placed(std::move(whole), from, end());
        }
        --m_depth;
        return out;
    }

    /// The operator here when it belongs to the level: || , &&, relations, sums, products.
    QString operatorAt(int level) const
    {
        static const QStringList levels[] {{u"||"_s}, {u"&&"_s}, {u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s,
            u">="_s, u"in"_s},
                                           {u"+"_s, u"-"_s}, {u"*"_s, u"/"_s, u"%"_s}};
        const bool word = current().kind == Token::Kind::Name && current().text == "in"_L1;
        const bool sign = current().kind == Token::Kind::Sign;
        return (word || sign) && levels[level].contains(current().text) ? current().text : QString();
    }

    NodePtr binary(int level)
    {
        if (level == 5)
            return unary();
        const qsizetype from = current().from;
        NodePtr left = binary(level + 1);
        for (QString op; left && !(op = operatorAt(level)).isEmpty();) {
            ++m_at;
            if (++m_operators > mostOperators) {
                m_problem = u"its length"_s;
                return nullptr;
            }
            NodePtr right = binary(level + 1);
            if (!right)
                return nullptr;
            left = node(Node::Kind::Binary, op, std::move(left), std::move(right));
            left = placed(std::move(left), from, end());
        }
        return left;
    }

    NodePtr unary()
    {
        const qsizetype from = current().from;
        if (!is(u"!") && !is(u"-")) {
            const bool bracket = is(u"(");
            NodePtr value = primary();
            if (bracket && !is(u".") && !is(u"["))
                return value;
            value = postfix(std::move(value));
            return placed(std::move(value), from, end());
        }
        if (++m_depth > deepest) {
            m_problem = u"its depth"_s;
            return nullptr;
        }
        NodePtr out = node(take(u"!") ? Node::Kind::Not : (++m_at, Node::Kind::Minus));
        NodePtr child = unary();
        --m_depth;
        if (!child)
            return nullptr;
        out->children.push_back(std::move(child));
        return placed(std::move(out), from, end());
    }

    NodePtr postfix(NodePtr value)
    {
        for (int steps = 0; value && (is(u".") || is(u"[")); ++steps) {
            if (steps > deepest)
                return fail();
            value = take(u".") ? member(std::move(value)) : index(std::move(value));
        }
        return value;
    }

    NodePtr member(NodePtr value)
    {
        if (current().kind != Token::Kind::Name)
            return fail();
        const QString name = m_tokens[m_at++].text;
        NodePtr out = node(is(u"(") ? Node::Kind::Call : Node::Kind::Member, name);
        out->method = out->kind == Node::Kind::Call;
        out->children.push_back(std::move(value));
        if (!out->method)
            return out;
        ++m_at;
        return items(*out, u")") ? std::move(out) : nullptr;
    }

    NodePtr index(NodePtr value)
    {
        ++m_at;
        NodePtr key = choice();
        if (!key || !take(u"]"))
            return fail();
        return node(Node::Kind::Index, {}, std::move(value), std::move(key));
    }

    bool items(Node& out, QStringView end)
    {
        if (take(end))
            return true;
        do {
            NodePtr item = choice();
            if (!item)
                return false;
            out.children.push_back(std::move(item));
        } while (take(u","));
        if (take(end))
            return true;
        fail();
        return false;
    }

    NodePtr primary()
    {
        const Token& token = current();
        switch (token.kind) {
        case Token::Kind::Name: return name();
        case Token::Kind::Text: ++m_at; return node(Node::Kind::Text, token.text);
        case Token::Kind::Int: case Token::Kind::Double: return number();
        case Token::Kind::Sign: break;
        default: return fail();
        }
        if (take(u"(")) {
            NodePtr inner = choice();
            return inner && take(u")") ? std::move(inner) : fail();
        }
        if (take(u"{"))
            return map();
        if (!take(u"["))
            return fail();
        NodePtr list = node(Node::Kind::List);
        return items(*list, u"]") ? std::move(list) : nullptr;
    }

    NodePtr map()
    {
        NodePtr out = node(Node::Kind::Map);
        if (take(u"}"))
            return out;
        do {
            for (const QStringView after : {u":"_s, QString()}) {
                NodePtr part = choice();
                if (!part)
                    return nullptr;
                out->children.push_back(std::move(part));
                if (!after.isEmpty() && !take(after))
                    return fail();
            }
        } while (take(u","));
        return take(u"}") ? std::move(out) : fail();
    }

    NodePtr number()
    {
        const Token& token = m_tokens[m_at++];
        NodePtr out = node(token.kind == Token::Kind::Int ? Node::Kind::Int : Node::Kind::Double);
        out->whole = token.whole;
        out->fraction = token.fraction;
        return out;
    }

    NodePtr name()
    {
        const QString text = m_tokens[m_at++].text;
        if (take(u"(")) {
            NodePtr call = node(Node::Kind::Call, text);
            return items(*call, u")") ? std::move(call) : nullptr;
        }
        if (text == "null"_L1)
            return node(Node::Kind::Null);
        NodePtr out = node(text == "true"_L1 || text == "false"_L1 ? Node::Kind::Bool : Node::Kind::Name,
            text);
        out->truth = text == "true"_L1;
        return out;
    }

    std::vector<Token> m_tokens {};
    size_t m_at = 0;
    int m_depth = 0;
    int m_operators = 0;
    QString m_problem {};
};

} // namespace

Parsed parse(QStringView expression)
{
    if (expression.size() > longest)
        return {nullptr, u"its length"_s};
    return Parser(expression).run();
}

} // namespace cel
