// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "cel_p.h"

#include <array>

using namespace Qt::StringLiterals;

namespace cel {

namespace {

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

class Lexer
{
public:
    explicit Lexer(QStringView text) : m_text(text) { }

    Token next()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
        const qsizetype from = m_at;
        Token out = read();
        out.from = from;
        out.to = m_at;
        return out;
    }

private:
    Token read()
    {
        if (m_at >= m_text.size())
            return {};
        const QChar c = m_text[m_at];
        if (c == u'"' || c == u'\'')
            return text(false);
        if ((c == u'r' || c == u'R') && (at(1) == u'"' || at(1) == u'\'')) {
            ++m_at;
            return text(true);
        }
        if (isLetter(c))
            return name();
        return isDigit(c) ? number() : sign();
    }

    QChar at(qsizetype ahead) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }

    Token bad(const QString& what)
    {
        m_at = m_text.size();
        return {.kind = Token::Kind::Bad, .text = what};
    }

    Token name()
    {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && (isLetter(m_text[m_at]) || isDigit(m_text[m_at])))
            ++m_at;
        return {.kind = Token::Kind::Name, .text = m_text.sliced(from, m_at - from).toString()};
    }

    Token number()
    {
        const qsizetype from = m_at;
        const bool hex = m_text[m_at] == u'0' && (at(1) == u'x' || at(1) == u'X');
        while (m_at < m_text.size() && (isLetter(m_text[m_at]) || isDigit(m_text[m_at])
            || (m_text[m_at] == u'.' && isDigit(at(1)))))
            ++m_at;
        QStringView digits = m_text.sliced(from, m_at - from);
        if (!hex && (digits.endsWith(u'u') || digits.endsWith(u'U')))
            digits.chop(1);
        bool ok = false;
        const qint64 whole = hex ? digits.sliced(2).toLongLong(&ok, 16) : digits.toLongLong(&ok);
        if (ok)
            return {.kind = Token::Kind::Int, .whole = whole};
        const double fraction = digits.toDouble(&ok);
        return ok ? Token {.kind = Token::Kind::Double,
                           .fraction = fraction} : bad(u"the number "_s + digits);
    }

    Token text(bool raw)
    {
        const QChar quote = m_text[m_at];
        if (at(1) == quote && at(2) == quote)
            return bad(u"a string in three quotes"_s);
        QString out;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
            if (raw || m_text[m_at] != u'\\')
                out += m_text[m_at];
            else if (!escape(out))
                return bad(u"an escape in a string"_s);
        }
        if (m_at >= m_text.size())
            return bad(u"a string without an end"_s);
        ++m_at;
        return {.kind = Token::Kind::Text, .text = out};
    }

    bool escape(QString& out)
    {
        static constexpr QStringView from = u"abfnrtv\\\"'`?", to = u"\a\b\f\n\r\t\v\\\"'`?";
        const QChar c = at(1);
        ++m_at;
        if (const qsizetype i = from.indexOf(c); i >= 0 && !c.isNull()) {
            out += to[i];
            return true;
        }
        const int digits = c == u'x' ? 2 : c == u'u' ? 4 : 0;
        if (!digits || m_at + digits >= m_text.size())
            return false;
        bool ok = false;
        const uint code = m_text.sliced(m_at + 1, digits).toUInt(&ok, 16);
        out += QChar(char16_t(code));
        m_at += digits;
        return ok;
    }

    Token sign()
    {
        static constexpr std::array<QStringView, 6> two {u"==", u"!=", u"<=", u">=", u"&&", u"||"};
        for (QStringView s : two)
            if (m_text.sliced(m_at).startsWith(s)) {
                m_at += 2;
                return {.kind = Token::Kind::Sign, .text = s.toString()};
            }
        static constexpr QStringView one = u"()[]{}.,:?!<>+-*/%";
        if (!one.contains(m_text[m_at]))
            return bad(QString(u"the character "_s + m_text[m_at]));
        return {.kind = Token::Kind::Sign, .text = QString(m_text[m_at++])};
    }

    QStringView m_text {};
    qsizetype m_at = 0;
};

} // namespace

std::vector<Token> tokens(QStringView expression)
{
    std::vector<Token> out;
    Lexer lexer(expression);
    do
        out.push_back(lexer.next());
    while (out.back().kind != Token::Kind::End && out.back().kind != Token::Kind::Bad);
    return out;
}

} // namespace cel
