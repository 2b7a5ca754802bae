// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "app/exports.h"
#include "app/pdfreport.h"
#include "core/setup/file.h"

#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray savedRun()
{
    QFile file(QStringLiteral(TESTS_DIR "/data/runs/accepted.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestExports : public QObject
{
    Q_OBJECT

private slots:
    void eachFormIsWritten_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QByteArray>("begins");
        QTest::newRow("html") << u"html"_s << "<!doctype html"_ba;
        QTest::newRow("markdown") << u"md"_s << "# "_ba;
        QTest::newRow("mermaid") << u"mmd"_s << "sequenceDiagram"_ba;
        QTest::newRow("svg") << u"svg"_s << "<svg"_ba;
        QTest::newRow("png") << u"png"_s << "\x89PNG"_ba;
        QTest::newRow("pdf") << u"pdf"_s << "%PDF-1."_ba;
        QTest::newRow("chain as pdf") << u"chain.pdf"_s << "%PDF-1."_ba;
        QTest::newRow("json") << u"json"_s << "{"_ba;
        QTest::newRow("sarif") << u"sarif"_s << "{"_ba;
        QTest::newRow("bundle") << u"bundle.json"_s << "{"_ba;
    }
    void eachFormIsWritten()
    {
        QFETCH(QString, suffix);
        QFETCH(QByteArray, begins);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"run."_s + suffix);
        const auto written = app::exportRun({savedRun()}, path, {});
        QVERIFY2(written, written ? "" : qPrintable(written.error().text));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(bytes.left(200).toLower().contains(begins.toLower()), bytes.left(200).constData());
        QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
    }

    // A printed report has pages, as many as it needs, and each is one of the document.
    void printedReportGoesOnOverPages_data()
    {
        QTest::addColumn<int>("times"); // the steps of the run, over again
        QTest::addColumn<int>("least");
        QTest::newRow("one walk") << 1 << 1;
        QTest::newRow("a long recording") << 200 << 10;
    }
    void printedReportGoesOnOverPages()
    {
        QFETCH(int, times);
        QFETCH(int, least);
        const json::Document run = json::Document::read(savedRun());
        QByteArray steps;
        for (int i = 0; i < times; ++i)
            for (json::Value step = run.root()["steps"].first(); step; step = step.next())
                steps += (steps.isEmpty() ? "" : ",") + step.raw();
        const json::Document longer = json::Document::read("{\"flowTitle\":\"A walk\",\"steps\":[" + steps + "]}");
        const QByteArray pdf = app::pdfReport(longer.root());
        QVERIFY2(pdf.count("/Type /Page\n") >= least, QByteArray::number(pdf.count("/Type /Page\n")).constData());
    }

    void bundleIsNoPlainRun()
    {
        const QTemporaryDir folder;
        QVERIFY(app::exportRun({savedRun()}, folder.filePath(u"a.bundle.json"_s), {}));
        QVERIFY(app::exportRun({savedRun()}, folder.filePath(u"a.json"_s), {}));
        QFile bundle(folder.filePath(u"a.bundle.json"_s)), run(folder.filePath(u"a.json"_s));
        QVERIFY(bundle.open(QIODevice::ReadOnly) && run.open(QIODevice::ReadOnly));
        QVERIFY(bundle.readAll() != run.readAll());
    }

    void filterDecidesWhereTheNameDoesNot()
    {
        const QTemporaryDir folder;
        const QString filter = app::exportFilters().split(u";;"_s).filter(u"PNG"_s).value(0);
        QCOMPARE(app::exportSuffix(filter), u"png"_s);
        QVERIFY(app::exportRun({savedRun()}, folder.filePath(u"picture"_s), filter));
        const QImage image(folder.filePath(u"picture"_s));
        QVERIFY(image.width() > 400 && image.height() > 100);
    }

    // Of the setup, whether or not a step was walked.
    void setupIsSaved_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QByteArray>("title");
        QTest::newRow("inventory") << u"inventory.html"_s << "<title>Agents: "_ba;
        QTest::newRow("review") << u"review.html"_s << "<title>Design review: "_ba;
    }
    void setupIsSaved()
    {
        QFETCH(QString, suffix);
        QFETCH(QByteArray, title);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"estate."_s + suffix);
        QVERIFY(!app::exportRun({}, path, {}));
        QVERIFY(app::exportRun({.design = {.setup = setup::sample(u"agent-estate"_s).value()}}, path, {}));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains(title));
    }

    void unwritablePlaceIsSaid()
    {
        const auto written = app::exportRun({savedRun()}, u"/nowhere/at/all/run.html"_s, {});
        QVERIFY(!written);
        QVERIFY2(written.error().where.startsWith(u"/nowhere/at/all"_s), qPrintable(written.error().where));
    }

    void namesAreSafe_data() // F09
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << u"agent-to-claude"_s << u"agent-to-claude"_s;
        QTest::newRow("path") << u"../../etc/passwd"_s << u"etc-passwd"_s;
        QTest::newRow("absolute") << u"/tmp/x"_s << u"tmp-x"_s;
        QTest::newRow("backslash") << u"..\\x"_s << u"x"_s;
        QTest::newRow("device") << u"CON"_s << u"run-CON"_s;
        QTest::newRow("device with suffix") << u"nul.json"_s << u"run-nul.json"_s;
        QTest::newRow("nothing") << QString() << u"run-"_s;
        QTest::newRow("zero") << QString(QChar(0)) + u"x"_s << u"x"_s;
        QTest::newRow("long") << QString(300, u'a') << QString(100, u'a');
    }
    void namesAreSafe()
    {
        QFETCH(QString, text);
        QTEST(app::safeFileName(text), "name");
    }
};

QTEST_MAIN(TestExports)
#include "tst_exports.moc"
