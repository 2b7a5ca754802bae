// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "expression.h"

#include "core/trust/glob.h"

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
    return {.why = u"This part is not understood: "_s + part};
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
    const QString value = token.text(name->toUtf8());
    const bool present = token.claim(name->toUtf8()).isString();
    const bool holds = present && (op == "eq"_L1 ? value == *wanted : globMatches(value, *wanted));
    return {.holds = holds, .why = holds ? QString() : u"%1 is not %2"_s.arg(*name, *wanted),
            .values = *name + u" = "_s + (present ? value : u"(missing)"_s)};
}

} // namespace

ExpressionResult evaluateExpression(QStringView expression, const jose::Jwt& token)
{
    Reader reader(expression);
    ExpressionResult out {.holds = true};
    while (true) {
        const ExpressionResult one = comparison(reader, token);
        if (!one.holds)
            return one;
        out.values += (out.values.isEmpty() ? QString() : u", "_s) + one.values;
        if (!*one.holds && *out.holds) {
            out.holds = false;
            out.why = one.why;
        }
        if (reader.atEnd())
            return out;
        if (!reader.take(u"and "))
            return notUnderstood(reader.rest());
    }
}

} // namespace trust
