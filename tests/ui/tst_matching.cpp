// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "windowfixture.h"

#include "core/base/clock.h"
#include "ui/frame.h"
#include "ui/pages/contractpage.h"
#include "ui/pages/diagnosepage.h"
#include "ui/widgets/matchlist.h"
#include "ui/widgets/matchrow.h"

#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray part(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray tokenOf(QJsonObject claims)
{
    const qint64 now = base::epochSeconds(base::systemNow());
    claims[u"iat"_s] = claims[u"nbf"_s] = now - 60;
    claims[u"exp"_s] = now + 3000;
    return part({{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, u"k"_s}}) + '.' + part(claims) + ".bm90IGxvb2tlZCBhdCwgYnV0IGxvbmcgZW5vdWdo";
}

QJsonArray rows()
{
    QFile file(QStringLiteral(TESTS_DIR "/data/match/contracts.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll())[u"rows"].toArray() : QJsonArray();
}

QByteArray textOf(const QJsonValue& contract) { return QJsonDocument(contract.toObject()).toJson(); }

void drop(QWidget& on, const QMimeData& data)
{
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&on, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&on, &event);
}

QPushButton* buttonNamed(QWidget& in, const QString& text)
{
    for (QPushButton* button : in.findChildren<QPushButton*>())
        if (button->text() == text && button->isVisibleTo(&in))
            return button;
    return nullptr;
}

} // namespace

/// A token and a contract meet in the window, however they come in.
class TestMatching : public QObject
{
    Q_OBJECT

private slots:
    void droppedTogether_data()
    {
        QTest::addColumn<QJsonObject>("row");
        for (const QJsonValue& each : rows())
            QTest::newRow(qPrintable(each[u"name"].toString())) << each.toObject();
        QVERIFY(rows().size() > 10);
    }
    void droppedTogether()
    {
        QFETCH(QJsonObject, row);
        WindowFixture f;
        const QStringList files = write({tokenOf(row[u"claims"].toObject()), textOf(row[u"contract"])});
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(files[0]), QUrl::fromLocalFile(files[1])});
        drop(f.window(), data);
        QVERIFY(f.opened().isEmpty());
        ContractPage* page = f.window().contracts();
        QVERIFY(page);
        QVERIFY(page->isVisibleTo(&f.window()));
        const diagnosis::ContractAnswer& answer = page->answers().front();
        QCOMPARE(answer.kind, row[u"kind"].toString());
        QCOMPARE(base::decisionName(answer.verdict.decision), row[u"outcome"].toString());
        QCOMPARE(page->findChild<MatchList*>()->rows().size(), answer.verdict.checks.size());
        const base::Check* decisive = answer.verdict.decisive();
        QCOMPARE(decisive && decisive->near ? base::nearName(decisive->near->kind) : QString(), row[u"near"].toString());
        QVERIFY2(page->correctedText().contains(row[u"corrected"].toString()), qPrintable(page->correctedText()));
        QCOMPARE(page->correctedText().isEmpty(), row[u"corrected"].toString().isEmpty());
        if (page->correctedText().isEmpty())
            return;
        QPushButton* copy = buttonNamed(*page, u"Copy JSON"_s);
        QVERIFY(copy);
        copy->click();
        // What was copied is what the vendor takes: it accepts the token.
        f.window().inspect(QGuiApplication::clipboard()->text().toUtf8(), {});
        QCOMPARE(page->answers().front().verdict.decision, base::Decision::Accept);
    }

    void contractComesToTheTokenThatIsDiagnosed()
    {
        WindowFixture f;
        const QJsonValue row = rows().first();
        f.window().inspect(tokenOf(row[u"claims"].toObject()), {});
        QSignalSpy looked(f.window().diagnose(), &DiagnosePage::inspected);
        QVERIFY(looked.wait());
        QMimeData data;
        data.setText(QString::fromUtf8(textOf(row[u"contract"])));
        drop(f.window(), data);
        QVERIFY(f.window().contracts());
        QCOMPARE(f.window().contracts()->answers().size(), 1);
        QCOMPARE(f.window().contracts()->answers().front().verdict.decision, base::Decision::Refuse);
    }

    void contractComesToTheTokenOfTheTab()
    {
        WindowFixture f;
        QVERIFY(f.open(u"federated-agent"_s));
        QVERIFY(f.next());
        const QStringList files = write({textOf(rows().first()[u"contract"])});
        QVERIFY(!f.window().matchFiles(files)); // the Match tab is in front: no token is looked at
        f.window().frame().tabs().show(TabPane::Tab::Token);
        QVERIFY(f.window().matchFiles(files));
        QCOMPARE(f.window().contracts()->answers().front().held.token.raw, f.session().run().records.front().tokens.front().raw);
    }

    void nextTokenMeetsTheSameContracts()
    {
        WindowFixture f;
        const QJsonArray all = rows();
        f.window().inspect(tokenOf(all[0][u"claims"].toObject()) + "\n\n" + textOf(all[0][u"contract"]), {});
        QVERIFY(f.window().contracts());
        QJsonObject other = all[0][u"claims"].toObject();
        other[u"sub"_s] = all[0][u"contract"][u"subject"];
        f.window().inspect(tokenOf(other), {});
        QVERIFY(f.window().contracts()->isVisibleTo(&f.window()));
        QCOMPARE(f.window().contracts()->answers().front().verdict.decision, base::Decision::Accept);
    }

    /// The nearest of several files is first; one that cannot be read is said, and comes last.
    void nearestComesFirst()
    {
        WindowFixture f;
        const QJsonObject fits = rows()[1][u"contract"].toObject();
        QJsonObject far = fits, near = fits, broken = fits;
        far[u"subject"_s] = u"project_path:x/y:ref_type:tag:ref:v1"_s;
        near[u"subject"_s] = fits[u"subject"_s].toString().toUpper();
        broken[u"subject"_s] = 5;
        QVERIFY(f.window().matchFiles(write({textOf(broken), textOf(far), tokenOf(rows()[1][u"claims"].toObject()), textOf(near), textOf(fits)})));
        QStringList order;
        for (const diagnosis::ContractAnswer& answer : f.window().contracts()->answers())
            order.append(answer.contract.name);
        QCOMPARE(order, (QStringList {u"4"_s, u"3"_s, u"1"_s, u"0"_s}));
        auto* list = f.window().contracts()->findChild<QListView*>();
        QVERIFY(list->isVisibleTo(&f.window()));
        QVERIFY(list->model()->index(3, 0).data(Qt::AccessibleTextRole).toString().contains(u"Cannot be read"_s));
        list->setCurrentIndex(list->model()->index(3, 0));
    }

    void whatElseStandsThereIsDiagnosed()
    {
        WindowFixture f;
        const QJsonValue row = rows().first();
        f.window().inspect(tokenOf(row[u"claims"].toObject()) + "\n\n" + textOf(row[u"contract"]) + "\n\nAADSTS700213: No matching federated identity record found", {});
        QVERIFY(f.window().diagnose());
        QVERIFY(!f.window().contracts());
    }

    void filesOfAnotherKindGoTheirWay_data()
    {
        QTest::addColumn<QList<QByteArray>>("texts");
        QTest::newRow("a contract alone") << QList<QByteArray> {textOf(rows().first()[u"contract"])};
        QTest::newRow("a token alone") << QList<QByteArray> {tokenOf({{u"iss"_s, u"x"_s}})};
        QTest::newRow("no JSON") << QList<QByteArray> {tokenOf({{u"iss"_s, u"x"_s}}), "{\"issuer\": "};
        QTest::newRow("two contracts") << QList<QByteArray> {textOf(rows()[0][u"contract"]), textOf(rows()[1][u"contract"])};
    }
    void filesOfAnotherKindGoTheirWay()
    {
        QFETCH(QList<QByteArray>, texts);
        WindowFixture f;
        QVERIFY(!f.window().matchFiles(write(texts)));
        QVERIFY(!f.window().contracts());
    }

    void escapeLeaves()
    {
        WindowFixture f;
        const QJsonValue row = rows().first();
        f.window().inspect(tokenOf(row[u"claims"].toObject()) + "\n" + textOf(row[u"contract"]), {});
        QTest::keyClick(f.window().contracts(), Qt::Key_Escape);
        QVERIFY(f.window().frame().isVisibleTo(&f.window()));
    }

private:
    /// Files named by their number.
    QStringList write(const QList<QByteArray>& texts)
    {
        QStringList out;
        for (qsizetype i = 0; i < texts.size(); ++i) {
            QFile file(m_folder.filePath(QString::number(i)));
            if (file.open(QIODevice::WriteOnly))
                file.write(texts[i]);
            out.append(file.fileName());
        }
        return out;
    }

    QTemporaryDir m_folder {};
};

QTEST_MAIN(TestMatching)
#include "tst_matching.moc"
