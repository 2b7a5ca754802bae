// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "ui/pages/seampage.h"
#include "ui/widgets/segmented.h"
#include "windowfixture.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TestSeam : public QObject
{
    Q_OBJECT

private slots:
    // In each form, only lines of the credential differ; what is saved is a file without signs.
    void onlyTheCredentialDiffers_data()
    {
        QTest::addColumn<int>("form");
        QTest::newRow("env") << 0;
        QTest::newRow("appsettings") << 1;
        QTest::newRow("compose") << 2;
    }
    void onlyTheCredentialDiffers()
    {
        QFETCH(int, form);
        WindowFixture fixture;
        QVERIFY(fixture.open(u"sidecar"_s));
        fixture.window().actions()[Actions::Id::Seam]->trigger();
        SeamPage* page = fixture.window().seam();
        QVERIFY(page);
        emit page->findChild<Segmented*>()->chosen(form);
        int differing = 0;
        for (const QList<SeamLine>* side : {&page->seam().secret, &page->seam().federated})
            for (const SeamLine& line : *side) {
                differing += line.differs;
                const bool ofCredential = line.text.contains(u"SourceType"_s) || line.text.contains(u"ClientSecret"_s) || line.text.contains(u"ManagedIdentityClientId"_s);
                QVERIFY2(line.differs == (ofCredential && !line.text.contains(u"ClientCredentials\""_s)), qPrintable(line.text));
            }
        QVERIFY(differing >= 3); // an appsettings file names no secret at all
        QVERIFY(page->shownText(false).contains(u"\n- "_s) && page->shownText(true).contains(u"\n+ "_s));
        QSignalSpy saved(page, &SeamPage::saved);
        for (auto* button : page->findChildren<QAbstractButton*>())
            if (button->accessibleName().startsWith(u"Save"_s))
                button->click();
        QCOMPARE(saved.size(), 2);
        QCOMPARE(saved[0][1].toByteArray(), page->seam().secretText);
        QCOMPARE(saved[1][1].toByteArray(), page->seam().federatedText);
        QVERIFY(saved[0][0].toString() != saved[1][0].toString());
    }

    void withoutSidecarThereIsNone()
    {
        WindowFixture fixture;
        QVERIFY(fixture.open(u"sign-in-api"_s));
        QAction* action = fixture.window().actions()[Actions::Id::Seam];
        QVERIFY(!action->isEnabled());
        QVERIFY(action->toolTip().contains(u"no sidecar"_s));
    }
};

QTEST_MAIN(TestSeam)
#include "tst_seam.moc"
