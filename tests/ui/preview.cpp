// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// Shows or photographs the window in a given state, for looking at. Arguments are words done in order:
//   size=1440x900 font=10 look=dark sample=federated-agent fault=ID sign-in=alice next run tab=wire select=step,part,claim
//   inspect=FILE match=FILE,FILE compare=FILE[+FILE] page=inventory|review|settings part=flow-2 advise=agent,own,azure,anthropic key=F8 wait=MS shot=name stay
#include "tests/support/screens.h"
#include "ui/frame.h"
#include "ui/pages/advisorpage.h"
#include "ui/pages/filebar.h"
#include "ui/theme.h"
#include "windowfixture.h"

#include <QApplication>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Stage
{
    std::unique_ptr<WindowFixture> fixture {};
    QSize size {1440, 900};
    QStringList faults {};
    QString user {};

    void make()
    {
        if (fixture)
            return;
        fixture = std::make_unique<WindowFixture>();
        fixture->window().resize(size);
        fixture->window().show();
        QTest::qWait(20);
    }
};

using Do = void (*)(Stage&, const QString&);
struct Word
{
    const char* name;
    Do act;
};

void look(Stage&, const QString& name)
{
    using theme::Appearance;
    theme::setAppearance(name == "dark"_L1 ? Appearance::Dark : name == "contrast"_L1 ? Appearance::HighContrast : Appearance::Light);
}

void selectPlace(Stage& s, const QString& text)
{
    const QStringList parts = text.split(u',');
    s.fixture->select({.step = parts.value(0), .part = parts.value(1), .claim = parts.value(2)});
}

constexpr Word words[] {
    {"size", [](Stage& s, const QString& v) { s.size = {v.section(u'x', 0, 0).toInt(), v.section(u'x', 1).toInt()}; if (s.fixture) s.fixture->window().resize(s.size); }},
    {"font", [](Stage&, const QString& v) { QFont f = QApplication::font(); f.setPointSizeF(v.toDouble()); QApplication::setFont(f); }},
    {"look", look},
    {"fault", [](Stage& s, const QString& v) { s.faults.append(v); }},
    {"sign-in", [](Stage& s, const QString& v) { s.user = v; if (s.fixture) s.fixture->signInAs(v); }},
    {"sample", [](Stage& s, const QString& v) { s.make(); s.fixture->signInAs(s.user); s.fixture->open(v, s.faults);
        if (s.user.isEmpty()) s.fixture->session().runner().setBrowser([](const QByteArray&) { return base::Result<void> {}; }); }},
    {"flow", [](Stage& s, const QString& v) { s.fixture->session().setFlow(v); }},
    {"next", [](Stage& s, const QString&) { s.fixture->next(); }},
    {"send", [](Stage& s, const QString&) { s.fixture->window().actions()[Actions::Id::Next]->trigger(); QTest::qWait(300); }},
    {"run", [](Stage& s, const QString&) { s.fixture->runAll(); }},
    {"select", selectPlace},
    {"tab", [](Stage& s, const QString& v) { s.fixture->window().frame().tabs().show(TabPane::Tab(v.toInt())); }},
    {"act", [](Stage& s, const QString& v) { s.fixture->window().actions()[Actions::Id(v.toInt())]->trigger(); }},
    {"compare", [](Stage& s, const QString& v) { s.make(); v.contains(u'+') ? s.fixture->window().compareFiles(v.section(u'+', 0, 0), v.section(u'+', 1)) : s.fixture->window().compareWith(v); QTest::qWait(600); }},
    {"inspect", [](Stage& s, const QString& v) { s.make(); s.fixture->window().inspectFile(v); QTest::qWait(500); }},
    {"match", [](Stage& s, const QString& v) { s.make(); s.fixture->window().matchFiles(v.split(u',')); QTest::qWait(100); }},
    {"part", [](Stage& s, const QString& v) { emit s.fixture->window().findChild<FileBar*>()->flowChosen(v); QTest::qWait(100); }},
    {"page", [](Stage& s, const QString& v) { v == "settings"_L1 ? s.fixture->window().showSettings() : v == "review"_L1 ? s.fixture->window().showReview() : s.fixture->window().showInventory(); QTest::qWait(100); }},
    {"advise", [](Stage& s, const QString& v) { s.make(); s.fixture->window().showAdvisor();
        s.fixture->window().advisor()->answer({v.section(u',', 0, 0), v.section(u',', 1, 1), v.section(u',', 2, 2), v.section(u',', 3, 3)}); }},
    {"seam", [](Stage& s, const QString&) { s.make(); s.fixture->window().showSeam(); }},
    {"key", [](Stage& s, const QString& v) { QTest::keySequence(&s.fixture->window(), QKeySequence(v)); }},
    {"wait", [](Stage&, const QString& v) { QTest::qWait(v.toInt()); }},
    {"shot", [](Stage& s, const QString& v) { QTest::qWait(250); screens::grab(s.fixture->window(), v); }},
    {"stay", [](Stage&, const QString&) { QApplication::exec(); }},
};

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QFont font = QApplication::font();
    font.setPointSizeF(10);
    QApplication::setFont(font);
    theme::install(theme::Appearance::Light);
    Stage stage;
    for (const QString& argument : QApplication::arguments().mid(1))
        for (const Word& word : words)
            if (argument.section(u'=', 0, 0) == QLatin1StringView(word.name))
                word.act(stage, argument.section(u'=', 1));
    return 0;
}
