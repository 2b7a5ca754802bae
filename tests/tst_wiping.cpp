// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/secret.h"

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTest>

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

/// Never stands in memory as it is, or the search would find what it searches with.
constexpr char veil = 0x55;
const QByteArray veiled = [] {
    QByteArray text = "planted-value-that-nobody-else-has"_ba;
    for (char& each : text)
        each = char(each ^ veil);
    return text;
}();

void unveil(char* to)
{
    volatile char* const written = to; // what nobody reads again would not be written at all
    for (qsizetype i = 0; i < veiled.size(); ++i)
        written[i] = char(veiled[i] ^ veil);
}

bool holdsPlanted(const char* memory, qsizetype size, qsizetype width)
{
    const qsizetype length = veiled.size() * width;
    for (qsizetype at = 0; at + length <= size; ++at) {
        qsizetype i = 0;
        while (i < veiled.size() && char(memory[at + i * width] ^ veil) == veiled[i])
            ++i;
        if (i == veiled.size())
            return true;
    }
    return false;
}

/// Anything of this process that can be written: heap, stacks, data.
int placesWithPlanted()
{
    int found = 0;
    QFile maps(u"/proc/self/maps"_s), memory(u"/proc/self/mem"_s);
    if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return -1;
    for (const QByteArray& line : maps.readAll().split('\n')) {
        const QByteArrayList parts = line.split(' ');
        if (parts.size() < 2 || !parts[1].startsWith("rw"))
            continue;
        const QByteArrayList ends = parts[0].split('-');
        const qint64 from = ends[0].toLongLong(nullptr, 16), to = ends[1].toLongLong(nullptr, 16);
        if (!memory.seek(from))
            continue;
        QByteArray bytes = memory.read(to - from);
        found += holdsPlanted(bytes.constData(), bytes.size(), 1) || holdsPlanted(bytes.constData(), bytes.size(), 2);
    }
    return found;
}

using Act = void (*)();

/// Where it was written, before the block was given back.
qint64 throughMalloc(size_t size)
{
    auto* memory = static_cast<char*>(std::malloc(size));
    char* const place = memory + size - size_t(veiled.size());
    unveil(place);
    const auto at = qint64(reinterpret_cast<quintptr>(place));
    std::free(memory);
    return at;
}

/// Looks past the heap, which must not give the place to the looking itself.
bool standsAt(qint64 place)
{
    std::array<char, 64> bytes {};
    const int memory = open("/proc/self/mem", O_RDONLY);
    const ssize_t got = pread(memory, bytes.data(), size_t(veiled.size()), place);
    close(memory);
    return got == veiled.size() && holdsPlanted(bytes.data(), got, 1);
}

} // namespace

/// What was given back to the heap holds nothing of what stood in it (S11, S12, L10).
class TestWiping : public QObject
{
    Q_OBJECT

private slots:
    void beforeTheFirstSecretNothingIsPaid()
    {
        QVERIFY(standsAt(throughMalloc(5000)));
        const base::Secret secret("any");
        QVERIFY(!standsAt(throughMalloc(5000)));
    }

    void isFoundWhileItIsThere()
    {
        QByteArray planted(veiled.size(), Qt::Uninitialized);
        unveil(planted.data());
        QVERIFY(placesWithPlanted() > 0);
        planted.fill('\0');
        QCOMPARE(placesWithPlanted(), 0);
    }

    void isGoneOnceGivenBack_data()
    {
        QTest::addColumn<Act>("act");
        const auto row = [](const char* name, Act act) { QTest::newRow(name) << act; };
        row("small", [] { (void)throughMalloc(40); });
        row("of a page", [] { (void)throughMalloc(5000); });
        row("large", [] { (void)throughMalloc(100'000); });
        row("many of one size", [] {
            for (int i = 0; i < 50; ++i)
                (void)throughMalloc(200);
        });
        row("bytes of Qt", [] {
            QByteArray bytes(veiled.size(), Qt::Uninitialized);
            unveil(bytes.data());
        });
        row("text of Qt", [] {
            QString text;
            for (const char each : veiled)
                text += QLatin1Char(char(each ^ veil));
        });
        row("text of the standard library", [] {
            std::string text(size_t(veiled.size()), '\0');
            unveil(text.data());
        });
        row("moved as it grew", [] {
            auto* memory = static_cast<char*>(std::malloc(64));
            unveil(memory);
            for (size_t size = 128; size < 200'000; size *= 2) {
                memory = static_cast<char*>(std::realloc(memory, size));
                std::memset(memory + size / 2, 0, size / 2);
            }
            std::free(memory);
        });
        row("cut off", [] {
            auto* memory = static_cast<char*>(std::malloc(4000));
            unveil(memory + 3000);
            memory = static_cast<char*>(std::realloc(memory, 100));
            const int left = placesWithPlanted();
            std::free(memory);
            QCOMPARE(left, 0);
        });
    }
    void isGoneOnceGivenBack()
    {
        QFETCH(Act, act);
        act();
        QCOMPARE(placesWithPlanted(), 0);
    }

    void whatIsKeptIsKept()
    {
        auto* memory = static_cast<char*>(std::malloc(24));
        std::memcpy(memory, "kept while it moves", 20);
        for (const size_t size : {4000, 100, 30, 2'000'000, 3'000'000, 24})
            memory = static_cast<char*>(std::realloc(memory, size));
        QCOMPARE(QByteArray(memory), "kept while it moves"_ba);
        std::free(memory);
        QVERIFY(std::realloc(std::malloc(8), 0) == nullptr);
    }
};

QTEST_APPLESS_MAIN(TestWiping)
#include "tst_wiping.moc"
