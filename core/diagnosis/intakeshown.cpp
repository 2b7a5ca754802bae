// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/http/redact.h"

/// Labels, codes and reasons quote what was pasted: a title, a client id, an error's own words. A secret can stand in each.
namespace diagnosis {

namespace {

void hide(QString& text) { text = http::redactedText(text); }
void hide(QStringList& texts)
{
    for (QString& text : texts)
        hide(text);
}

void hide(QList<base::Check>& checks)
{
    for (base::Check& check : checks) {
        for (QString* text : {&check.expected, &check.presented, &check.relation, &check.fix, &check.fixValue})
            hide(*text);
        if (check.near)
            hide(check.near->text);
    }
}

} // namespace

void hideSecrets(Item& item)
{
    for (QString* text : {&item.label, &item.fix, &item.note, &item.code, &item.said, &item.principal.title, &item.principal.actor})
        hide(*text);
    for (QStringList* texts : {&item.wrong, &item.causes, &item.ask})
        hide(*texts);
    hide(item.verification.checks);
    for (QList<base::Verdict>* verdicts : {&item.verdicts, &item.elsewhere})
        for (base::Verdict& verdict : *verdicts)
            hide(verdict.checks);
}

} // namespace diagnosis
