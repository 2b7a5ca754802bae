// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "cel.h"

#include "core/trust/cel_p.h"

using namespace Qt::StringLiterals;

namespace cel {

namespace {

class Explainer
{
public:
    Explainer(QStringView expression, const Environment& environment) : m_expression(expression),
        m_environment(environment) { }

    Part of(const Node& node) const
    {
        const Result result = evaluate(node, m_environment);
        Part out {.text = m_expression.sliced(node.from, node.to - node.from).toString(),
                  .word = wordOf(node),
                  .outcome = !result.holds ? base::Outcome::NotEvaluated : *result.holds ? base::Outcome::Pass
                  : base::Outcome::Fail};
        if (out.word.isEmpty()) {
            out.why = result.why;
            out.values = result.values;
        } else {
            addParts(node, node, out);
        }
        return out;
    }

private:
    static QString wordOf(const Node& node)
    {
        if (node.kind == Node::Kind::Not)
            return u"not"_s;
        if (node.kind != Node::Kind::Binary)
            return {};
        return node.text == "&&"_L1 ? u"all of"_s : node.text == "||"_L1 ? u"any of"_s : QString();
    }

    /// A chain of one operator is one list.
    void addParts(const Node& node, const Node& whole, Part& out) const
    {
        for (const auto& child : node.children) {
            const bool sameChain = child->kind == Node::Kind::Binary && whole.kind == Node::Kind::Binary
                && child->text == whole.text;
            if (sameChain)
                addParts(*child, whole, out);
            else
                out.parts.append(of(*child));
        }
    }

    QStringView m_expression {};
    const Environment& m_environment;
};

} // namespace

Part explain(QStringView expression, const json::Value& claims)
{
    return explain(expression, claimsAlone(claims));
}

Part explain(QStringView expression, const Environment& environment)
{
    const Parsed parsed = parse(expression);
    if (!parsed.root)
        return {.text = expression.toString(), .outcome = base::Outcome::NotEvaluated,
                .why = notRead(parsed)};
    return Explainer(expression, environment).of(*parsed.root);
}

} // namespace cel
