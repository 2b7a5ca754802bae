// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "explaineddifference.h"

#include "explainparts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

Explained explainedDifference(const report::RunDifference& difference, qsizetype step)
{
    if (!difference.differs())
        return {.caption = u"Two runs"_s, .title = u"Nothing differs that stays"_s, .sections = {{.text = u"Times, ids, nonces and the lab's addresses are new on each run. Everything else that was compared is the same."_s}}};
    const auto first = std::ranges::find_if(difference.steps, &report::StepDifference::differs);
    const bool chosen = step >= 0 && step < difference.steps.size() && difference.steps[step].differs();
    const report::StepDifference& shown = chosen ? difference.steps[step] : *first;
    const catalog::Explanation why = report::explained(shown);
    const bool isFirst = &shown == &*first;
    Explained out {.caption = isFirst ? u"First meaningful difference"_s : u"Step %1 of %2"_s.arg(step + 1).arg(difference.steps.size()), .title = shown.title};
    explain::add(out, u"What differs"_s, shown.sentence, explain::Section::Kind::Outside);
    explain::add(out, u"Why it matters"_s, why.whatHappens);
    explain::add(out, u"What to look at"_s, why.next);
    for (const catalog::Term& term : why.terms)
        explain::add(out, term.name, u"%1 (%2)"_s.arg(term.text, term.source));
    return out;
}
