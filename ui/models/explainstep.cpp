// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "explainparts.h"

#include "core/http/redact.h"
#include "placetext.h"
#include "ui/theme.h"

using namespace Qt::StringLiterals;
using flow::StepState;

namespace explain {
namespace {

QString because(const base::Check& check)
{
    if (check.near)
        return check.near->text;
    if (check.outcome == base::Outcome::NotEvaluated)
        return check.relation.isEmpty() ? u"%1 is not evaluated."_s.arg(check.title) : u"%1: %2."_s.arg(check.title, check.relation);
    return u"%1: what was presented is not what the receiver accepts."_s.arg(check.title);
}

QString withFix(const base::Check& check)
{
    return check.fix.isEmpty() ? because(check) : u"%1 %2"_s.arg(because(check), check.fix);
}

// The receiver's own words, as data: shortened, secrets out.
QString observedText(const flow::Observed& observed)
{
    const QString code = observed.code.isEmpty() ? observed.error : observed.code;
    const QString text = http::redactedText(observed.text).section(u'\n', 0, 0).left(200);
    return code.isEmpty() || text.startsWith(code) ? text : u"%1: %2"_s.arg(code, text);
}

void addRefusal(Explained& e, const session::Session& session, const flow::StepRecord& record)
{
    const auto verdict = verdictOf(session, record.stepId);
    const base::Check* check = verdict ? verdict->decisive() : nullptr;
    if (check && check->outcome == base::Outcome::Fail)
        return add(e, u"Why it said no"_s, withFix(*check));
    // This client's own demands on the answer come second: the receiver may have said yes.
    for (const base::Check& own : record.checks)
        if (own.outcome == base::Outcome::Fail)
            return add(e, u"Why the answer was not used"_s, withFix(own));
    if (record.predicted && record.predicted->decision == base::Decision::Accept)
        add(e, u"Why it said no"_s, u"Predicted accepted, observed refused. One of the two is wrong; the Match tab shows where they part."_s);
    add(e, u"What the receiver wrote"_s, observedText(record.observed), Section::Kind::Outside);
}

void addAcceptance(Explained& e, const session::Session& session, const flow::StepRecord& record)
{
    const auto verdict = verdictOf(session, record.stepId);
    if (!verdict || verdict->checks.isEmpty())
        return;
    qsizetype passed = 0, open = 0;
    for (const base::Check& check : verdict->checks) {
        passed += check.outcome == base::Outcome::Pass;
        open += check.outcome == base::Outcome::NotEvaluated;
    }
    QString text = u"%1 of %2 checks pass."_s.arg(passed).arg(verdict->checks.size());
    if (open)
        text += u" %1 only the receiver can make, and it accepted."_s.arg(open);
    add(e, u"Why it said yes"_s, text);
}

void addPrediction(Explained& e, const session::Session& session, const flow::Step& step)
{
    const auto verdict = session.predicted(step.id);
    const base::Check* check = verdict ? verdict->decisive() : nullptr;
    if (!verdict)
        return;
    if (verdict->decision == base::Decision::Refuse && check)
        add(e, u"Why it will say no"_s, withFix(*check));
    else if (verdict->decision == base::Decision::NotEvaluated && check)
        add(e, u"What cannot be said yet"_s, because(*check));
}

void addOutcome(Explained& e, const session::Session& session, const flow::Step& step)
{
    const flow::StepRecord* record = session.record(step.id);
    if (!record)
        return addPrediction(e, session, step);
    switch (record->state) {
    case StepState::Accepted: return addAcceptance(e, session, *record);
    case StepState::Refused: return addRefusal(e, session, *record);
    case StepState::Failed:
        return add(e, record->exchange.failure ? u"Why there is no answer"_s : u"Why it was not sent"_s,
            record->exchange.failure ? record->exchange.failure->text : record->error ? record->error->text : QString());
    default: return;
    }
}

} // namespace

std::optional<Explained> step(const session::Session& session, const base::Place& place)
{
    const flow::Step* found = session.flow().step(place.step);
    if (!found)
        return {};
    const catalog::Explanation text = catalog::explain(*found);
    Explained e {.caption = u"Step %1 of %2"_s.arg(stepNumber(session, found->id)).arg(session.flow().steps.size()), .title = found->title};
    add(e, u"What happens"_s, text.whatHappens);
    add(e, u"Who decides"_s, text.whoDecides);
    addOutcome(e, session, *found);
    const StepState state = session.state(found->id);
    add(e, state == StepState::Refused ? u"After the fix"_s : u"What comes next"_s, text.next);
    for (const catalog::Term& term : text.terms)
        e.terms.append({term.name, term.source});
    return e;
}

std::optional<Explained> check(const session::Session& session, const base::Place& place)
{
    if (place.part != "match"_L1 || place.claim.isEmpty())
        return {};
    const auto verdict = verdictOf(session, place.step);
    const flow::StepRecord* record = session.record(place.step);
    QList<base::Check> checks = verdict ? verdict->checks : QList<base::Check> {};
    if (record)
        checks += record->checks;
    for (const base::Check& c : checks) {
        if (c.id != place.claim)
            continue;
        const bool predicted = !record;
        Explained e {.caption = u"Check at step %1"_s.arg(stepNumber(session, place.step)), .title = c.title};
        if (!c.presentedFrom.isEmpty() && !c.expectedFrom.isEmpty())
            add(e, u"What is compared"_s, u"%1, with %2."_s.arg(c.presentedFrom, c.expectedFrom), Section::Kind::Outside);
        const QString word = theme::outcomeWord(c.outcome, predicted).toLower();
        add(e, c.outcome == base::Outcome::Pass ? u"How they relate"_s : u"Why it is so"_s,
            c.near ? c.near->text : c.relation.isEmpty() ? u"This check %1."_s.arg(word) : c.relation, Section::Kind::Outside);
        add(e, u"What to do"_s, c.fix, Section::Kind::Outside);
        add(e, u"Who demands it"_s, c.source, Section::Kind::Outside);
        e.value = c.presented;
        return e;
    }
    return {};
}

} // namespace explain
