// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "expression.h"

#include "core/trust/near_p.h"
#include "core/trust/glob.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// Takes tokens from the front of the text.
class Reader
{
public:
    explicit Reader(QStringView text) : m_rest(text.trimmed()) { }

    bool atEnd() const { return m_rest.isEmpty(); }
    bool take(QStringView what)
    {
        if (!m_rest.startsWith(what))
            return false;
        m_rest = m_rest.sliced(what.size()).trimmed();
        return true;
    }
    std::optional<QString> quoted()
    {
        const qsizetype end = m_rest.startsWith(u'\'') ? m_rest.indexOf(u'\'', 1) : -1;
        if (end < 0)
            return {};
        const QString out = m_rest.sliced(1, end - 1).toString();
        m_rest = m_rest.sliced(end + 1).trimmed();
        return out;
    }
    QString word()
    {
        const qsizetype end = std::max<qsizetype>(1, m_rest.indexOf(u' '));
        const QString out = m_rest.first(std::min(end, m_rest.size())).toString();
        m_rest = m_rest.sliced(out.size()).trimmed();
        return out;
    }
    QString rest() const { return m_rest.toString(); }

private:
    QStringView m_rest {};
};

ExpressionResult notUnderstood(const QString& part)
{
    const QString why = u"This part is not understood: "_s + part;
    return {.why = why, .condition = {.text = part, .outcome = base::Outcome::NotEvaluated, .why = why}};
}

/// In what way a value nearly is what was wanted; a pattern is compared up to its first wildcard.
std::optional<base::NearMiss> nearnessOf(const QString& value, const QString& wanted, bool pattern)
{
    static const CompareHints hints {.receiver = u"Entra compares letter by letter."_s, .contract = u"expression"_s};
    if (!pattern)
        return nearMiss(value, wanted, hints);
    const qsizetype wild = wanted.indexOf(QRegularExpression(u"[*?]"_s));
    return nearBeginning(value, wild < 0 ? wanted : wanted.first(wild), hints);
}

std::optional<QString> claimName(Reader& reader)
{
    if (!reader.take(u"claims") || !reader.take(u"["))
        return {};
    auto name = reader.quoted();
    return name && reader.take(u"]") ? name : std::nullopt;
}

ExpressionResult comparison(Reader& reader, const jose::Jwt& token)
{
    const QString part = reader.rest();
    const auto name = claimName(reader);
    if (!name)
        return notUnderstood(part);
    const QString op = reader.word();
    const auto wanted = reader.quoted();
    if (!wanted || (op != "eq"_L1 && op != "matches"_L1))
        return notUnderstood(part);
    const json::Value claim = token.claim(name->toUtf8());
    const QString value = claim.text();
    const bool present = claim.isString();
    const bool pattern = op == "matches"_L1;
    const bool holds = present && (pattern ? globMatches(value, *wanted) : value == *wanted);
    const bool otherKind = claim && !present;
    ExpressionResult out {.holds = holds, .why = holds ? QString() : otherKind ? u"%1 is not a text"_s.arg(*name) : u"%1 is not %2"_s.arg(*name, *wanted),
                          .values = *name + u" = "_s + (claim ? claim.display() : u"(missing)"_s)};
    out.condition = {.text = u"claims['%1'] %2 '%3'"_s.arg(*name, op, *wanted),
                     .outcome = holds ? base::Outcome::Pass : base::Outcome::Fail, .why = out.why, .values = {out.values}};
    if (!holds && present)
        out.near = nearnessOf(value, *wanted, pattern);
    return out;
}

/// One comparison stands for itself, several under "all of".
base::Condition together(const QString& expression, const QList<base::Condition>& parts)
{
    if (parts.size() == 1)
        return parts.first();
    base::Condition out {.text = expression, .word = u"all of"_s, .parts = parts};
    for (const base::Condition& part : parts)
        if (part.outcome == base::Outcome::NotEvaluated || (part.outcome == base::Outcome::Fail && out.outcome == base::Outcome::Pass)) {
            out.outcome = part.outcome;
            out.why = part.why;
        }
    return out;
}

} // namespace

ExpressionResult evaluateExpression(QStringView expression, const jose::Jwt& token)
{
    Reader reader(expression);
    ExpressionResult out {.holds = true};
    QList<base::Condition> parts;
    const auto open = [&](const ExpressionResult& part) {
        parts.append(part.condition);
        return ExpressionResult {.why = part.why, .values = out.values, .condition = together(expression.toString(), parts)};
    };
    while (true) {
        const ExpressionResult one = comparison(reader, token);
        if (!one.holds)
            return open(one);
        parts.append(one.condition);
        out.values += (out.values.isEmpty() ? QString() : u", "_s) + one.values;
        if (!*one.holds && *out.holds) {
            out.holds = false;
            out.why = one.why;
            out.near = one.near;
        }
        if (reader.atEnd())
            break;
        if (!reader.take(u"and "))
            return open(notUnderstood(reader.rest()));
    }
    out.condition = together(expression.toString(), parts);
    return out;
}

} // namespace trust
