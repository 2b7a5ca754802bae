// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/clock.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Times as written in protocols and as read by people.
class TestClock : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void writes();
    void tellsDurations_data();
    void tellsDurations();
    void theSystemTellsTheTime();
};

void TestClock::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds");
    constexpr qint64 none = -1;
    // RFC 3339 section 5.8
    QTest::newRow("fraction") << u"1985-04-12T23:20:50.52Z"_s << qint64(482196050520);
    QTest::newRow("offset") << u"1996-12-19T16:39:57-08:00"_s << qint64(851042397000);
    QTest::newRow("leap second") << u"1990-12-31T23:59:60Z"_s << qint64(662688000000);
    QTest::newRow("odd offset") << u"1937-01-01T12:00:27.87+00:20"_s << qint64(-1041337172130);
    QTest::newRow("small letters") << u"2026-11-23t16:04:12z"_s << qint64(1795449852000);
    QTest::newRow("long fraction") << u"2026-11-23T16:04:12.1234567Z"_s << qint64(1795449852123);
    QTest::newRow("no offset") << u"2026-11-23T16:04:12"_s << none;
    QTest::newRow("no such day") << u"2026-02-29T00:00:00Z"_s << none;
    QTest::newRow("no such hour") << u"2026-01-01T24:00:00Z"_s << none;
    QTest::newRow("text behind") << u"2026-01-01T00:00:00Zx"_s << none;
    QTest::newRow("empty fraction") << u"2026-01-01T00:00:00.Z"_s << none;
    QTest::newRow("date only") << u"2026-01-01"_s << none;
    QTest::newRow("nothing") << QString() << none;
}

void TestClock::reads()
{
    QFETCH(QString, text);
    const auto time = base::fromRfc3339(text);
    QTEST(qint64(time ? time->time_since_epoch().count() : -1), "milliseconds");
}

void TestClock::writes()
{
    QCOMPARE(base::toRfc3339(base::fromEpochSeconds(1795449852)), u"2026-11-23T16:04:12Z"_s);
    QCOMPARE(base::toRfc3339(base::Instant {1795449852999ms}), u"2026-11-23T16:04:12Z"_s);
    QCOMPARE(base::toRfc3339(base::fromEpochSeconds(-1)), u"1969-12-31T23:59:59Z"_s);
    QCOMPARE(base::toRfc3339(base::fromEpochSeconds(253402300799)), u"9999-12-31T23:59:59Z"_s);
    QCOMPARE(base::toRfc3339(base::fromEpochSeconds(253402300800)), u"after the year 9999"_s);
    QCOMPARE(base::toClock(base::fromEpochSeconds(1795449852)), u"16:04:12"_s);
    QCOMPARE(base::epochSeconds(base::Instant {-1ms}), qint64(-1));
}

void TestClock::tellsDurations_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0 << u"0 s"_s;
    QTest::newRow("seconds") << 42 << u"42 s"_s;
    QTest::newRow("few minutes") << 379 << u"6 min 19 s"_s;
    QTest::newRow("whole minutes") << 300 << u"5 min"_s;
    QTest::newRow("an hour or so") << 74 * 60 + 5 << u"74 min"_s;
    QTest::newRow("hours") << (23 * 60 + 54) * 60 << u"23 h 54 min"_s;
    QTest::newRow("whole hours") << 24 * 3600 << u"24 h"_s;
    QTest::newRow("days") << 90 * 86400 << u"90 days"_s;
    QTest::newRow("days and hours") << 3 * 86400 + 5 * 3600 << u"3 days 5 h"_s;
}

void TestClock::tellsDurations()
{
    QFETCH(int, seconds);
    QTEST(base::duration(std::chrono::seconds(seconds)), "text");
}

void TestClock::theSystemTellsTheTime()
{
    const base::Instant before = base::systemNow();
    QVERIFY(before > base::fromEpochSeconds(1700000000));
    QVERIFY(base::systemNow() >= before);
}

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
