// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "windowfixture.h"

#include "core/diagnosis/rules.h"
#include "core/report/inventory.h"
#include "core/setup/file.h"
#include "ui/frame.h"
#include "ui/models/inventorymodel.h"
#include "ui/pages/inventorypage.h"
#include "ui/pages/reviewpage.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagestrip.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

void samples()
{
    QTest::addColumn<QString>("sample");
    for (const QString& id : setup::sampleIds())
        QTest::newRow(qPrintable(id)) << id;
}

/// What the command line says of the setup alone.
struct Said
{
    explicit Said(const QString& sample)
        : setup(*setup::load(sample)), now(base::systemNow()), findings(diagnosis::lint({.setup = setup, .now = now}))
    {
    }
    diagnosis::Material material() const { return {setup, findings, {}, now}; }

    setup::Setup setup;
    base::Instant now;
    QList<base::Finding> findings;
};

QString everyLabel(QWidget& in)
{
    QString text;
    for (const Label* label : in.findChildren<Label*>())
        text += label->text() + u'\n';
    return text;
}

} // namespace

/// Inventory and design review in the window say what the command line says.
class TestDesign : public QObject
{
    Q_OBJECT

private slots:
    // A message is not behind the page that is looked at.
    void messagesStandAboveWhicheverPage()
    {
        WindowFixture f;
        QVERIFY(f.open(u"agent-estate"_s));
        f.window().show();
        const MessageStrip& message = f.window().frame().message();
        f.window().showNote(u"Something happened"_s, u"And this is what it means."_s);
        QVERIFY(message.isVisible());
        f.window().actions()[Actions::Id::Inventory]->trigger();
        QTRY_VERIFY(message.isVisible() && message.mapTo(&f.window(), QPoint()).y() < f.window().inventory()->mapTo(&f.window(), QPoint()).y());
        emit f.window().inventory()->closed();
        QTRY_VERIFY(message.isVisible() && f.window().frame().isAncestorOf(&message));
    }

    void inventoryIsTheSame_data() { samples(); }
    void inventoryIsTheSame()
    {
        QFETCH(QString, sample);
        WindowFixture f;
        QVERIFY(f.open(sample));
        f.window().actions()[Actions::Id::Inventory]->trigger();
        InventoryPage* page = f.window().inventory();
        QVERIFY(page);
        const Said said(sample);
        QCOMPARE(page->markdown(), report::inventoryMarkdown(said.setup, diagnosis::inventory(said.material())));
        const auto& model = page->model();
        QCOMPARE(model.rowCount(), page->model().agents().size());
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 1; column < model.columnCount(); ++column) {
                const diagnosis::Known& known = model.agents()[row].*report::inventoryQuestions()[std::size_t(column) - 1].answer;
                const QString text = model.index(row, column).data().toString();
                QVERIFY(!text.isEmpty());
                QCOMPARE(text == u"Unknown"_s, !known.known);
                for (const diagnosis::Evidence& each : known.values)
                    QVERIFY2(text.contains(each.text), qPrintable(each.text));
            }
    }

    void reviewIsTheSame_data() { samples(); }
    void reviewIsTheSame()
    {
        QFETCH(QString, sample);
        WindowFixture f;
        QVERIFY(f.open(sample));
        f.window().actions()[Actions::Id::Review]->trigger();
        const Said said(sample);
        const auto lines = diagnosis::review(said.material());
        const ReviewPage* page = f.window().review();
        QCOMPARE(page->review().lines.size(), lines.size());
        const QString text = everyLabel(*f.window().review());
        for (qsizetype i = 0; i < lines.size(); ++i) {
            QCOMPARE(page->review().lines[i].answer, lines[i].answer);
            QVERIFY(text.contains(lines[i].question));
            QVERIFY(text.contains(lines[i].because));
            for (const diagnosis::Evidence& each : lines[i].evidence)
                QVERIFY2(text.contains(each.text), qPrintable(each.text));
        }
    }

    /// A run adds what it shows, and the page follows it.
    void runAddsWhatItShows()
    {
        WindowFixture f;
        QVERIFY(f.open(u"federated-agent"_s));
        f.window().show();
        f.window().showReview();
        QVERIFY(!f.window().review()->review().withRun);
        QVERIFY(f.runAll());
        f.window().showReview();
        QVERIFY(f.window().review()->review().withRun);
        QVERIFY2(f.window().review()->markdown().contains(u"run "_s), qPrintable(f.window().review()->markdown()));
    }

    void modelIsSound()
    {
        InventoryModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const Said said(u"agent-estate"_s);
        model.setAgents(diagnosis::inventory(said.material()));
        QVERIFY(model.rowCount() > 1);
        model.setAgents({});
        QCOMPARE(model.rowCount(), 0);
    }

    void everythingIsReadable_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1440") << QSize(1440, 900);
        QTest::newRow("1024") << QSize(1024, 700);
    }
    void everythingIsReadable()
    {
        QFETCH(QSize, size);
        WindowFixture f;
        QVERIFY(f.open(u"agent-estate"_s));
        f.window().resize(size);
        f.window().show();
        f.window().showInventory();
        auto* table = f.window().inventory()->findChild<QTableView*>();
        QTRY_VERIFY(table->rowHeight(0) > 0);
        QCoreApplication::processEvents();
        int width = 0;
        for (int i = 0; i < table->model()->columnCount(); ++i)
            width += table->columnWidth(i);
        QVERIFY(width <= table->viewport()->width());
        QStyleOptionViewItem option;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            for (int i = 0; i < table->model()->columnCount(); ++i) {
                option.rect = QRect(0, 0, table->columnWidth(i), 20);
                QVERIFY(table->itemDelegate()->sizeHint(option, table->model()->index(row, i)).height() <= table->rowHeight(row));
            }
    }

    // Both pages become files, named by the setup.
    void bothAreSaved()
    {
        WindowFixture f;
        QVERIFY(f.open(u"agent-estate"_s));
        const auto savedBy = [&](QWidget& page, QSignalSpy& spy, const QString& name, const QByteArray& begins) {
            for (QPushButton* button : page.findChildren<QPushButton*>())
                if (button->text().startsWith(u"Save"_s))
                    button->click();
            return spy.count() == 1 && spy.front()[0].toString() == name && spy.front()[1].toByteArray().startsWith(begins);
        };
        f.window().showInventory();
        auto* inventory = f.window().findChild<InventoryPage*>();
        QSignalSpy inventorySaved(inventory, &InventoryPage::saved);
        QVERIFY(savedBy(*inventory, inventorySaved, u"agent-estate-inventory.md"_s, "# "));
        f.window().showReview();
        auto* review = f.window().findChild<ReviewPage*>();
        QSignalSpy reviewSaved(review, &ReviewPage::saved);
        QVERIFY(savedBy(*review, reviewSaved, u"agent-estate-review.html"_s, "<!doctype html>"));
    }

    void copiesAndLeaves()
    {
        WindowFixture f;
        QVERIFY(f.open(u"agent-estate"_s));
        f.window().showInventory();
        for (QPushButton* button : f.window().inventory()->findChildren<QPushButton*>())
            if (button->text() == u"Copy as Markdown"_s)
                button->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), f.window().inventory()->markdown());
        QTest::keyClick(f.window().inventory(), Qt::Key_Escape);
        QVERIFY(f.window().frame().isVisibleTo(&f.window()));
    }
};

QTEST_MAIN(TestDesign)
#include "tst_design.moc"
