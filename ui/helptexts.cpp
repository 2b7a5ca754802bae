// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "helptexts.h"

#include "actions.h"

#include <QSslSocket>

using namespace Qt::StringLiterals;
using Section = Explained::Section;

namespace {

struct Chapter
{
    const char16_t* heading;
    const char16_t* text; ///< `code` and **names** marked
};
constexpr Chapter chapters[] {
    {u"What is on screen",
        u"The rail holds the steps of a flow. The drawing shows who takes part and what each one shows the next. Below it stand the request, the token and the comparison of the step that is selected. One selection moves all views."},
    {u"Walk",
        u"`Ctrl+Return` sends the next step, `Ctrl+Shift+Return` all that are left. Before a step is sent, **Match** says what the receiver will decide; afterwards, what it did decide. `Alt+Left` looks back and undoes nothing. `Ctrl+Shift+R` begins anew."},
    {u"Why not?",
        u"**Match** has one line for each thing the receiver compares. Where one fails, it shows what was presented above what was expected, with the difference marked, and a fix. `F2` edits the field of the setup that a line compares with; the prediction follows. `F8` goes to the next finding."},
    {u"Break it on purpose",
        u"**Lab, Faults** lists what can go wrong in this flow. The lab refuses as the real service does, and the true reason stands beside its answer."},
    {u"Lab and live",
        u"In the lab everything runs on this machine, with keys made at its start. **Lab, Walk live** sends the same steps to the real services. In a higher environment each live step is asked for first. `F5` reads the issuers' keys again."},
    {u"Diagnose",
        u"`Ctrl+V` takes anything apart that was copied: a token, an error, a header, log lines. A file that is dropped on the window is read likewise; an archive of a browser becomes a run. Two files beside each other are compared."},
    {u"Pass it on",
        u"`Ctrl+E` writes a report or a bundle. Secrets and signatures are left out of it, and equal values stay equal."},
    {u"Secrets",
        u"Those of lower environments are in the desktop's keychain and nowhere else. What you ask to be shown hides again after half a minute, and when another window is used."},
    {u"Without a window", u"`trustwalk --help` lists the commands; `trustwalk walk SETUP --json` walks and prints what was compared."},
};

} // namespace

Explained manualPage()
{
    Explained page {.caption = u"Help"_s, .title = u"How to use Trustwalk"_s};
    for (const Chapter& chapter : chapters)
        page.sections.append({Section::Kind::Own, QString::fromUtf16(chapter.heading), QString::fromUtf16(chapter.text), {}});
    return page;
}

Explained keysPage(const Actions& actions)
{
    Explained page {.caption = u"Help"_s, .title = u"Keys"_s};
    for (const auto& [key, text] : actions.keys())
        page.sections.append({Section::Kind::Outside, key, text, {}});
    return page;
}

Explained aboutPage()
{
    Explained page {.caption = u"About"_s, .title = u"Trustwalk "_s + QString::fromLatin1(TRUSTWALK_VERSION)};
    page.sections = {
        {Section::Kind::Own, {}, u"A desktop inspector that walks a chain of trust one hop at a time."_s, {}},
        {Section::Kind::Outside, u"Built with"_s, u"Qt %1\n%2"_s.arg(QString::fromLatin1(qVersion()), QSslSocket::sslLibraryVersionString()), {}},
        {Section::Kind::Outside, u"Licence"_s, u"Apache-2.0"_s, {}},
    };
    return page;
}
