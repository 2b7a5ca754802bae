// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/file.h"
#include "ui/pages/advisorpage.h"
#include "ui/theme.h"
#include "ui/widgets/article.h"
#include "windowfixture.h"

#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace {

QList<QRadioButton*> choicesOf(const AdvisorPage& page, const QString& question)
{
    QList<QRadioButton*> found;
    for (auto* button : page.findChildren<QRadioButton*>())
        if (button->accessibleDescription() == question)
            found.append(button);
    return found;
}

QColor inkOf(const AdvisorPage& page)
{
    const auto* article = page.findChild<Article*>();
    return article->document()->begin().begin().fragment().charFormat().foreground().color();
}

} // namespace

class TestAdvisor : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::install(theme::Appearance::Light); }

    // Every way through the four choices ends in words, and where there is a flow, in a setup that can be read.
    void everyChoiceEndsInWords()
    {
        AdvisorPage page;
        QSignalSpy created(&page, &AdvisorPage::created);
        const auto questions = catalog::adviceQuestions();
        for (const auto& a : questions[0].choices)
            for (const auto& d : questions[1].choices)
                for (const auto& r : questions[2].choices)
                    for (const auto& t : questions[3].choices) {
                        const catalog::AdviceAnswers answers {QLatin1StringView(a.id), QLatin1StringView(d.id), QLatin1StringView(r.id), QLatin1StringView(t.id)};
                        page.answer(answers);
                        const auto advice = catalog::advise(answers);
                        QVERIFY(advice);
                        QVERIFY2(page.shownText().contains(advice->sample.isEmpty() ? u"No flow fits"_s : advice->title), qPrintable(page.shownText()));
                        QCOMPARE(page.createButton()->isHidden(), advice->sample.isEmpty());
                        created.clear();
                        if (!advice->sample.isEmpty())
                            page.createButton()->click();
                        QCOMPARE(created.size(), advice->sample.isEmpty() ? 0 : 1);
                        if (!created.isEmpty())
                            QVERIFY(setup::parseSetup(created.front().front().toByteArray()));
                    }
    }

    void openChoicesAreNamed()
    {
        AdvisorPage page;
        QVERIFY(page.createButton()->isHidden());
        QVERIFY(page.shownText().contains(u"4 choices are open"_s));
        page.answer({.acts = u"agent"_s, .data = u"own"_s, .runs = u"azure"_s});
        QVERIFY(page.shownText().contains(u"One choice is open\nWhat is called?"_s));
        page.answer({.target = u"no such target"_s});
        QVERIFY(page.createButton()->isHidden());
    }

    void disagreementNamesBothSources()
    {
        AdvisorPage page;
        page.answer({u"agent"_s, u"own"_s, u"azure"_s, u"anthropic"_s});
        QVERIFY(page.shownText().contains(u"Where the sources disagree"_s));
        QVERIFY(page.shownText().contains(u"Here:"_s));
    }

    void keysAreEnough()
    {
        WindowFixture fixture;
        fixture.window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.window()));
        fixture.window().actions()[Actions::Id::NewSetup]->trigger();
        AdvisorPage* page = fixture.window().advisor();
        QVERIFY(page && page->isVisible());
        for (const auto& question : catalog::adviceQuestions()) {
            const auto choices = choicesOf(*page, QString::fromUtf16(question.text));
            QVERIFY(choices.size() > 1);
            choices[0]->setFocus();
            QTest::keyClick(choices[0], Qt::Key_Space);
            QVERIFY(choices[0]->isChecked());
            QTest::keyClick(choices[0], Qt::Key_Down);
            QVERIFY2(choices[1]->isChecked(), question.id);
        }
        QTest::keyClick(page, Qt::Key_Escape);
        QVERIFY(!page->isVisible());
    }

    void createdSetupIsOpened()
    {
        WindowFixture fixture;
        fixture.window().show();
        fixture.window().showAdvisor();
        fixture.window().advisor()->answer({u"agent"_s, u"own"_s, u"azure"_s, u"anthropic"_s});
        fixture.window().advisor()->createButton()->click();
        QCOMPARE(fixture.opened().size(), 1);
        QVERIFY(!fixture.window().advisor()->isVisible());
    }

    void inkFollowsTheAppearance()
    {
        AdvisorPage page;
        page.answer({u"agent"_s, u"own"_s, u"azure"_s, u"anthropic"_s});
        const QColor light = inkOf(page);
        theme::setAppearance(theme::Appearance::Dark);
        QTRY_VERIFY(inkOf(page) != light);
        QCOMPARE(inkOf(page), theme::color(theme::Token::Text2));
        theme::setAppearance(theme::Appearance::Light);
    }
};

QTEST_MAIN(TestAdvisor)
#include "tst_advisor.moc"
