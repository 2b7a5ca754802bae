// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// What the window is made of, without a window: layout rules, settings, wire rows, words.
#include "core/setup/file.h"
#include "ui/layoutplan.h"
#include "ui/models/steprow.h"
#include "ui/models/wiremodel.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QFile>
#include <QHelpEvent>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>

#include <cmath>

using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor& c)
{
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

} // namespace

class ShellPartsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { theme::install(theme::Appearance::Light); }

    void widthDecidesWhatIsShown_data()
    {
        QTest::addColumn<QSize>("window");
        QTest::addColumn<int>("u");
        QTest::addColumn<bool>("labels");
        QTest::addColumn<bool>("explainIsTab");
        QTest::addColumn<bool>("shortRail");
        QTest::addColumn<bool>("overflow");
        QTest::addColumn<bool>("compact");
        QTest::newRow("as drawn") << QSize(1440, 900) << 4 << true << false << false << false << false;
        QTest::newRow("below 1280") << QSize(1270, 900) << 4 << false << false << false << false << false;
        QTest::newRow("below 1160") << QSize(1150, 900) << 4 << false << true << false << false << false;
        QTest::newRow("below 1100") << QSize(1024, 700) << 4 << false << true << true << false << true;
        QTest::newRow("smallest") << QSize(960, 640) << 4 << false << true << true << false << true;
        QTest::newRow("18 pt at 1440 is like 800") << QSize(1440, 900) << 7 << false << true << true << true << true;
        QTest::newRow("twice the size, twice the unit") << QSize(2880, 1800) << 8 << true << false << false << false << false;
    }
    void widthDecidesWhatIsShown()
    {
        QFETCH(QSize, window);
        QFETCH(int, u);
        const LayoutPlan plan = planFor(window, u);
        QTEST(plan.toolLabels, "labels");
        QTEST(plan.explainIsTab, "explainIsTab");
        QTEST(plan.shortRail, "shortRail");
        QTEST(plan.toolOverflow, "overflow");
        QTEST(plan.compactChain, "compact");
    }

    void colourIsReadable_data()
    {
        QTest::addColumn<theme::Appearance>("appearance");
        QTest::newRow("light") << theme::Appearance::Light;
        QTest::newRow("dark") << theme::Appearance::Dark;
        QTest::newRow("high contrast") << theme::Appearance::HighContrast;
    }
    void colourIsReadable()
    {
        using theme::Token;
        QFETCH(theme::Appearance, appearance);
        theme::setAppearance(appearance);
        for (const Token text : {Token::Text, Token::Text2, Token::Text3, Token::Accept, Token::Refuse, Token::Warn, Token::NotEval, Token::Predicted,
                 Token::User, Token::Mi, Token::Blueprint, Token::Agent, Token::Resource, Token::Outside, Token::Downstream})
            for (const Token ground : {Token::Surface, Token::Window, Token::Raised, Token::Select})
                QVERIFY2(contrast(theme::color(text), theme::color(ground)) >= 4.45, qPrintable(u"token %1 on %2"_s.arg(int(text)).arg(int(ground))));
        QVERIFY(contrast(theme::color(Token::OnAccent), theme::color(Token::Accent)) >= 4.5);
        QVERIFY(contrast(theme::color(Token::LineStrong), theme::color(Token::Surface)) >= 3.0);
        theme::setAppearance(theme::Appearance::Light);
    }

    void everyGlyphIsDrawn()
    {
        const QDir icons(u":/icons"_s);
        QVERIFY(icons.entryList().size() > 60);
        for (const QString& name : icons.entryList()) {
            const QString glyph = name.chopped(4);
            const QPixmap drawn = theme::pixmap(glyph.startsWith("icon-"_L1) ? glyph.mid(5) : glyph, 20, Qt::red, 1);
            const QImage image = drawn.toImage();
            bool inked = false;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    inked |= image.pixelColor(x, y).alpha() > 128 && image.pixelColor(x, y).red() > 200;
            QVERIFY2(inked, qPrintable(name));
        }
    }

    void everyStateHasAWord()
    {
        for (int i = 0; i <= int(flow::StepState::Skipped); ++i)
            QVERIFY(!theme::stateWord(flow::StepState(i)).isEmpty());
        QCOMPARE(theme::outcomeWord(base::Outcome::Fail, true), u"Will fail"_s);
        QCOMPARE(theme::predictedWord(base::Decision::Refuse), u"Predicted: refused"_s);
        QCOMPARE(theme::stateWord(flow::StepState::Failed), u"No answer"_s);
    }

    void settingsKeepWhatTheyAreTold()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"s.ini"_s);
        {
            Settings settings(file);
            QVERIFY(settings.problem().isEmpty());
            settings.set(Settings::appearance, u"dark"_s);
            for (int i = 0; i < 12; ++i)
                settings.remember(u"/setups/%1.json"_s.arg(i));
            settings.remember(u"/setups/5.json"_s);
            settings.sync();
        }
        Settings settings(file);
        QVERIFY(settings.problem().isEmpty());
        QCOMPARE(settings.get(Settings::appearance), u"dark"_s);
        QCOMPARE(settings.get(Settings::recentSetups).size(), 10);
        QCOMPARE(settings.get(Settings::recentSetups).first(), u"/setups/5.json"_s);
        QCOMPARE(settings.get(Settings::lastSetup), u"/setups/5.json"_s);
        QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void brokenSettingsAreKeptAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("JSON") << QByteArray(R"({"a": [1, 2, {"b": null}]})");
        QTest::newRow("bytes") << QByteArray("\x00\xff\xfe\x00 [[[ \n=\n", 14);
        QTest::newRow("another program's") << QByteArray("[General]\nlook=dark\n");
        QTest::newRow("newer") << QByteArray("[General]\nversion=99\nappearance=dark\n");
    }
    void brokenSettingsAreKeptAside()
    {
        QFETCH(QByteArray, content);
        QTemporaryDir folder;
        QFile file(folder.filePath(u"s.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        Settings settings(file.fileName());
        QVERIFY(settings.problem().contains(u"kept as"));
        QCOMPARE(settings.get(Settings::appearance), u"system"_s);
        const QStringList aside = QDir(folder.path()).entryList({u"s.ini.broken-*"_s});
        QCOMPARE(aside.size(), 1);
        QFile kept(folder.filePath(aside.first()));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), content);
    }

    void wrongTypeInSettingsIsTheDefault()
    {
        QTemporaryDir folder;
        Settings settings(folder.filePath(u"s.ini"_s));
        settings.set(Settings::Key<QString> {"window/rail", {}}, u"neither"_s);
        settings.sync();
        Q_UNUSED(settings.get(Settings::railShown)) // any answer, no crash
        QCOMPARE(settings.get(Settings::Key<int> {"nothing", 7}), 7);
    }

    void requestIsATable()
    {
        http::Request request {.method = "POST", .url = "https://login.example/t/token?api=1&x=a%20b", .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
            .body = "grant_type=client_credentials&scope=a%2F.default"};
        const QList<flow::Origin> origins {{.part = flow::Origin::Part::Body, .name = "scope", .from = u"setup"_s}};
        const QList<WireRow> rows = requestRows(request, origins);
        QCOMPARE(rows.first().name, u"POST"_s);
        QCOMPARE(rows.first().value, u"https://login.example/t/token"_s);
        WireModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows(rows);
        QCOMPARE(rows[model.rowOf(u"x"_s)].value, u"a b"_s);
        QCOMPARE(rows[model.rowOf(u"scope"_s)].value, u"a/.default"_s);
        QCOMPARE(rows[model.rowOf(u"scope"_s)].origin, u"setup"_s);
        model.toggle(model.rowOf(u"scope"_s));
        QVERIFY(rawText(request).startsWith(u"POST /t/token?api=1&x=a%20b HTTP/1.1\nHost: login.example\n"));
    }

    void responseBodyIsShownAsItIs_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("JSON keeps numbers as written") << "application/json"_ba << R"({"n": 9007199254740993})"_ba << u"n"_s << u"9007199254740993"_s;
        QTest::newRow("JSON keeps duplicates") << "application/json"_ba << R"({"a": 1, "a": 2})"_ba << u"a"_s << u"1"_s;
        QTest::newRow("text") << "text/plain"_ba << "no json"_ba << QString() << u"no json"_s;
        QTest::newRow("hidden characters are named") << "application/json"_ba << "{\"a\": \"x\xe2\x80\xaey\"}"_ba << u"a"_s << u"\"x[U+202E]y\""_s;
    }
    void responseBodyIsShownAsItIs()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(QString, name);
        QFETCH(QString, value);
        const QList<WireRow> rows = responseRows({.status = 200, .reason = "OK", .headers = {{"Content-Type", type}}, .body = body});
        const auto has = [&](const WireRow& row) { return row.name == name && row.value == value; };
        QVERIFY(std::ranges::any_of(rows, has));
    }

    void marksAreLozenges()
    {
        const QList<MarkedPart> parts = markedParts(u"Bearer [hidden, 214 characters, 9c41e07a] end"_s);
        QCOMPARE(parts.size(), 3);
        QCOMPARE(parts[0].text, u"Bearer "_s);
        QVERIFY(parts[1].isMark);
        QCOMPARE(parts[1].text, u"hidden, 214 characters, 9c41e07a"_s);
        QCOMPARE(markedParts(u"[hidden]"_s).size(), 1);
    }

    void toolTipOfOutsideDataStaysPlain()
    {
        QCOMPARE(controls::plainToolTip(u"<b>x</b>"_s).count(u"&lt;b&gt;"), 1);
        QVERIFY(controls::plainToolTip({}).isEmpty());
    }

    void elidedLabelKeepsItsText()
    {
        Label label;
        label.setElide(Qt::ElideRight);
        label.setText(u"a long sentence that has no room at all"_s);
        label.resize(40, 20);
        label.show();
        QCOMPARE(label.text(), u"a long sentence that has no room at all"_s);
        QHelpEvent help(QEvent::ToolTip, QPoint(5, 5), label.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&label, &help);
        QTRY_VERIFY(QToolTip::text().contains(label.text()));
        QVERIFY(label.minimumSizeHint().width() < 40);
    }

    void clocksReadAsClocks()
    {
        QCOMPARE(clockText(std::chrono::seconds(42)), u"00:42"_s);
        QCOMPARE(clockText(std::chrono::seconds(303)), u"05:03"_s);
    }
};

QTEST_MAIN(ShellPartsTest)
#include "tst_shellparts.moc"
