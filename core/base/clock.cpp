// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "clock.h"

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace base {

namespace {

// Years that four digits hold: 0000-01-01 and 9999-12-31.
constexpr sys_days firstDay = year {0} / January / 1;
constexpr sys_days lastDay = year {9999} / December / 31;

/// Writes short texts without a single reallocation: verifying a token tells four times.
class Writer
{
public:
    void sign(char16_t c) { m_text[m_size++] = c; }
    void text(QStringView view)
    {
        for (QChar c : view)
            sign(c.unicode());
    }
    void number(qint64 value)
    {
        char16_t reversed[20];
        int count = 0;
        do {
            reversed[count++] = char16_t(u'0' + value % 10);
            value /= 10;
        } while (value > 0);
        while (count > 0)
            sign(reversed[--count]);
    }
    void twoDigits(unsigned value)
    {
        sign(char16_t(u'0' + value / 10));
        sign(char16_t(u'0' + value % 10));
    }
    QString done() const { return QString(reinterpret_cast<const QChar*>(m_text), m_size); }

private:
    char16_t m_text[64];
    int m_size = 0;
};

void writeTime(Writer& out, Instant t)
{
    const auto second = unsigned(floor<seconds>(t - floor<days>(t)).count());
    out.twoDigits(second / 3600);
    out.sign(u':');
    out.twoDigits(second / 60 % 60);
    out.sign(u':');
    out.twoDigits(second % 60);
}

/// Takes a number of exactly that many digits from the front.
std::optional<int> takeNumber(QStringView& text, int digits)
{
    if (text.size() < digits)
        return {};
    int value = 0;
    for (QChar c : text.first(digits)) {
        if (c < u'0' || c > u'9')
            return {};
        value = value * 10 + (c.unicode() - u'0');
    }
    text = text.sliced(digits);
    return value;
}

bool takeOneOf(QStringView& text, QStringView choices)
{
    if (text.isEmpty() || !choices.contains(text.front()))
        return false;
    text = text.sliced(1);
    return true;
}

std::optional<sys_days> takeDate(QStringView& text)
{
    const auto y = takeNumber(text, 4);
    const bool dash1 = takeOneOf(text, u"-");
    const auto m = takeNumber(text, 2);
    const bool dash2 = takeOneOf(text, u"-");
    const auto d = takeNumber(text, 2);
    if (!y || !dash1 || !m || !dash2 || !d)
        return {};
    const auto date = year {*y} / month(unsigned(*m)) / day(unsigned(*d));
    if (!date.ok())
        return {};
    return sys_days {date};
}

std::optional<seconds> takeClock(QStringView& text)
{
    const auto h = takeNumber(text, 2);
    const bool colon1 = takeOneOf(text, u":");
    const auto m = takeNumber(text, 2);
    const bool colon2 = takeOneOf(text, u":");
    const auto s = takeNumber(text, 2);
    // 60 is a leap second.
    if (!h || !colon1 || !m || !colon2 || !s || *h > 23 || *m > 59 || *s > 60)
        return {};
    return hours {*h} + minutes {*m} + seconds {*s};
}

std::optional<milliseconds> takeFraction(QStringView& text)
{
    if (!takeOneOf(text, u"."))
        return milliseconds {0};
    int value = 0;
    int digits = 0;
    for (std::optional<int> digit; (digit = takeNumber(text, 1)); ++digits)
        value = digits < 3 ? value * 10 + *digit : value;
    if (digits == 0)
        return {};
    for (int i = digits; i < 3; ++i)
        value *= 10;
    return milliseconds {value};
}

std::optional<minutes> takeOffset(QStringView& text)
{
    if (takeOneOf(text, u"Zz"))
        return minutes {0};
    const bool west = text.startsWith(u'-');
    if (!takeOneOf(text, u"+-"))
        return {};
    const auto h = takeNumber(text, 2);
    const bool colon = takeOneOf(text, u":");
    const auto m = takeNumber(text, 2);
    if (!h || !colon || !m || *h > 23 || *m > 59)
        return {};
    const minutes offset = hours {*h} + minutes {*m};
    return west ? -offset : offset;
}

} // namespace

Instant systemNow() { return floor<milliseconds>(system_clock::now()); }

QString toRfc3339(Instant t)
{
    const auto day = floor<days>(t);
    if (day < firstDay)
        return u"before the year 0"_s;
    if (day > lastDay)
        return u"after the year 9999"_s;
    const year_month_day date {day};
    Writer out;
    out.twoDigits(unsigned(int(date.year())) / 100);
    out.twoDigits(unsigned(int(date.year())) % 100);
    out.sign(u'-');
    out.twoDigits(unsigned(date.month()));
    out.sign(u'-');
    out.twoDigits(unsigned(date.day()));
    out.sign(u'T');
    writeTime(out, t);
    out.sign(u'Z');
    return out.done();
}

std::optional<Instant> fromRfc3339(QStringView text)
{
    const auto date = takeDate(text);
    if (!date || !takeOneOf(text, u"Tt "))
        return {};
    const auto time = takeClock(text);
    const auto fraction = time ? takeFraction(text) : std::nullopt;
    const auto offset = fraction ? takeOffset(text) : std::nullopt;
    if (!offset || !text.isEmpty())
        return {};
    return Instant {*date + *time + *fraction - *offset};
}

QString toClock(Instant t)
{
    Writer out;
    writeTime(out, t);
    return out.done();
}

QString duration(seconds length)
{
    const qint64 s = length.count();
    const qint64 m = s / 60;
    const auto text = [](qint64 big, QStringView bigUnit, qint64 small, QStringView smallUnit) {
        Writer out;
        out.number(big);
        out.text(bigUnit);
        if (small > 0) {
            out.sign(u' ');
            out.number(small);
            out.text(smallUnit);
        }
        return out.done();
    };
    if (s < 60)
        return text(s, u" s", 0, {});
    if (m < 10)
        return text(m, u" min", s % 60, u" s");
    if (m < 100)
        return text(m, u" min", 0, {});
    if (m < 2880)
        return text(m / 60, u" h", m % 60, u" min");
    return text(m / 1440, u" days", m / 60 % 24, u" h");
}

} // namespace base
