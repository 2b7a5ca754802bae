// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/text.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Showing text from outside: nothing hides, and differences are marked where they are.
class TestText : public QObject
{
    Q_OBJECT

private slots:
    void visible_data();
    void visible();
    void namesCodePoints();
    void elides_data();
    void elides();
    void difference_data();
    void difference();
    void differencesAddUp();
    void longTextsAreComparedInTime();
    void filesAreReadAsUtf8_data();
    void filesAreReadAsUtf8();
};

void TestText::visible_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"api://abc-1 x"_s << u"api://abc-1 x"_s;
    QTest::newRow("right-to-left override") << u"a\u202eb"_s << u"a[U+202E]b"_s;
    QTest::newRow("zero width") << u"a\u200bb\u200d\ufeff"_s << u"a[U+200B]b[U+200D][U+FEFF]"_s;
    QTest::newRow("no-break space") << u"a\u00a0b"_s << u"a[U+00A0]b"_s;
    QTest::newRow("layout") << u"a\tb\n"_s << u"a[U+0009]b[U+000A]"_s;
    QTest::newRow("terminal escape") << u"\u001b[31m"_s << u"[U+001B][31m"_s;
    QTest::newRow("filler and variation") << u"\u3164\ufe0f"_s << u"[U+3164][U+FE0F]"_s;
    QTest::newRow("letters of the world") << u"Zoë 山田 аби"_s << u"Zoë 山田 аби"_s;
    QTest::newRow("beyond the first plane") << u"😀"_s << u"😀"_s;
    QTest::newRow("tag character") << u"\U000e0041"_s << u"[U+E0041]"_s;
    QTest::newRow("lone surrogate") << QString(QChar(0xd800)) << u"[U+D800]"_s;
}

void TestText::visible()
{
    QFETCH(QString, text);
    QTEST(base::visible(text), "shown");
}

void TestText::namesCodePoints()
{
    QCOMPARE(base::codePoint(U'а'), u"U+0430"_s);
    QCOMPARE(base::codePoint(0x1f600), u"U+1F600"_s);
}

void TestText::elides_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("shown");
    const QString guid = u"fb60f99c-7a3b-4ae1-9c22-02f77469936a"_s;
    QTest::newRow("short enough") << guid << 36 << guid;
    QTest::newRow("middle") << guid << 24 << u"fb60f99c-7a3…2f77469936a"_s;
    QTest::newRow("one") << guid << 1 << u"…"_s;
    QTest::newRow("none") << guid << 0 << QString();
    QTest::newRow("two") << u"abc"_s << 2 << u"a…"_s;
    QTest::newRow("pairs stay whole") << u"😀😀😀😀"_s << 4 << u"😀…"_s;
}

void TestText::elides()
{
    QFETCH(QString, text);
    QFETCH(int, length);
    QTEST(base::elidedMiddle(text, length), "shown");
    QVERIFY(base::elidedMiddle(text, length).size() <= length);
}

namespace {

/// "=same ~a|b -presented +expected", one word a span.
QString written(const QList<base::Span>& spans)
{
    QStringList out;
    for (const base::Span& span : spans) {
        switch (span.kind) {
        case base::Span::Kind::Same:
            out += u'=' + span.presented;
            break;
        case base::Span::Kind::Differs:
            out += u'~' + span.presented + u'|' + span.expected;
            break;
        case base::Span::Kind::OnlyPresented:
            out += u'-' + span.presented;
            break;
        case base::Span::Kind::OnlyExpected:
            out += u'+' + span.expected;
            break;
        }
    }
    return out.join(u' ');
}

} // namespace

void TestText::difference_data()
{
    QTest::addColumn<QString>("presented");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("spans");
    QTest::newRow("equal") << u"abc"_s << u"abc"_s << u"=abc"_s;
    QTest::newRow("both empty") << QString() << QString() << QString();
    QTest::newRow("nothing presented") << QString() << u"abc"_s << u"+abc"_s;
    QTest::newRow("nothing expected") << u"abc"_s << QString() << u"-abc"_s;
    QTest::newRow("trailing slash") << u"https://x/v2.0/"_s << u"https://x/v2.0"_s << u"=https://x/v2.0 -/"_s;
    QTest::newRow("slash missing") << u"https://x/a"_s << u"https://x//a"_s << u"=https://x/ +/ =a"_s;
    QTest::newRow("case, each letter")
        << u"Repo:ACme/Web"_s << u"repo:acme/web"_s << u"~R|r =epo: ~A|a ~C|c =me/ ~W|w =eb"_s;
    QTest::newRow("one digit") << u"port 8443 x"_s << u"port 8444 x"_s
                               << u"=port~844 ~3|4 = x"_s.replace(u"=port~844"_s, u"=port 844"_s);
    QTest::newRow("two places") << u"ab1cdef2gh"_s << u"ab9cdef8gh"_s << u"=ab ~1|9 =cdef ~2|8 =gh"_s;
    QTest::newRow("words") << u"repo:acme/web:ref:refs/heads/main"_s
                           << u"repo:acme/web:environment:production"_s
                           << u"=repo:acme/web: ~ref:refs/heads/main|environment:production"_s;
    QTest::newRow("GUIDs are no confetti")
        << u"fb60f99c-7a3b-4ae1-9c22-02f77469936a"_s << u"9122040d-6c67-4c5b-b112-36a304b66dad"_s
        << u"~fb60f99c-7a3b-4ae1-9c22-02f77469936a|9122040d-6c67-4c5b-b112-36a304b66dad"_s;
    QTest::newRow("lookalike letter") << u"pаypal"_s << u"paypal"_s << u"=p ~а|a =ypal"_s;
    QTest::newRow("pairs stay whole") << u"a😀b"_s << u"a😁b"_s << u"=a ~😀|😁 =b"_s;
}

void TestText::difference()
{
    QFETCH(QString, presented);
    QFETCH(QString, expected);
    QTEST(written(base::difference(presented, expected)), "spans");
}

void TestText::differencesAddUp()
{
    const QStringList samples {
        u"api://Abc/"_s, u"API://abc"_s, u"system:serviceaccount:ns:sa"_s, u"x"_s, QString(), u"😀é"_s};
    for (const QString& a : samples) {
        for (const QString& b : samples) {
            QString presented;
            QString expected;
            for (const base::Span& span : base::difference(a, b)) {
                presented += span.presented;
                expected += span.expected;
            }
            QCOMPARE(presented, a);
            QCOMPARE(expected, b);
        }
    }
}

void TestText::longTextsAreComparedInTime()
{
    QString a;
    QString b;
    for (int i = 0; i < 200'000; ++i) {
        a += QChar(u'a' + i % 26);
        b += QChar(u'a' + i % 25);
    }
    QCOMPARE(base::difference(a, b).last().kind, base::Span::Kind::Differs);
}

void TestText::filesAreReadAsUtf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("UTF-8") << "{\"é\":1}"_ba << "{\"é\":1}"_ba;
    QTest::newRow("UTF-8 with its mark") << "\xef\xbb\xbf{}"_ba << "{}"_ba;
    QTest::newRow("UTF-16, little end first") << QByteArray("\xff\xfe{\0\xe9\0}\0", 8) << "{é}"_ba;
    QTest::newRow("UTF-16, big end first") << QByteArray("\xfe\xff\0{\0\xe9\0}", 8) << "{é}"_ba;
    QTest::newRow("half a character") << QByteArray("\xff\xfe{\0\xe9", 5) << "{\xef\xbf\xbd"_ba;
    QTest::newRow("half a pair") << QByteArray("\xff\xfe\x3d\xd8{\0", 6) << "?{"_ba;
    QTest::newRow("mark alone") << "\xff\xfe"_ba << ""_ba;
    QTest::newRow("empty") << ""_ba << ""_ba;
}

void TestText::filesAreReadAsUtf8()
{
    QFETCH(QByteArray, bytes);
    QTEST(base::asUtf8(bytes), "text");
}

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
