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

void put(QString& out, int value, int digits)
{
    QChar text[4];
    for (int i = digits; i-- > 0; value /= 10)
        text[i] = QChar(u'0' + value % 10);
    out.append(text, digits);
}

void putTime(QString& out, Instant t)
{
    const hh_mm_ss time {floor<seconds>(t - floor<days>(t))};
    put(out, int(time.hours().count()), 2);
    out += u':';
    put(out, int(time.minutes().count()), 2);
    out += u':';
    put(out, int(time.seconds().count()), 2);
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
    QString out;
    out.reserve(20);
    put(out, int(date.year()), 4);
    out += u'-';
    put(out, int(unsigned(date.month())), 2);
    out += u'-';
    put(out, int(unsigned(date.day())), 2);
    out += u'T';
    putTime(out, t);
    out += u'Z';
    return out;
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
    QString out;
    out.reserve(8);
    putTime(out, t);
    return out;
}

QString duration(seconds length)
{
    const qint64 s = length.count();
    const qint64 m = s / 60;
    const auto text = [](qint64 big, QStringView bigUnit, qint64 small, QStringView smallUnit) {
        QString out = QString::number(big) + bigUnit;
        if (small > 0)
            out += u' ' + QString::number(small) + smallUnit;
        return out;
    };
    if (s < 60)
        return QString::number(s) + u" s"_s;
    if (m < 10)
        return text(m, u" min", s % 60, u" s");
    if (m < 100)
        return QString::number(m) + u" min"_s;
    if (m < 48 * 60)
        return text(m / 60, u" h", m % 60, u" min");
    return text(m / (24 * 60), u" days", m / 60 % 24, u" h");
}

} // namespace base
