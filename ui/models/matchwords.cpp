// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "matchwords.h"

#include "core/base/text.h"
#include "ui/theme.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using base::Decision;

namespace {

QString nearReason(base::Near near)
{
    static const std::array reasons {
        u"differs only in case"_s, u"differs only by a slash at the end"_s, u"has a doubled slash"_s, u"differs only by a blank"_s,
        u"is the other name of the same resource"_s, u"is of the other token version"_s, u"differs only in the scheme"_s,
        u"differs only in the port"_s, u"meets a wildcard that is only a letter"_s, u"is the other form of the same subject"_s,
        u"has only its beginning in common"_s, u"is an object id where the client id belongs"_s,
        u"is a client id where the object id belongs"_s, u"names the caller, not the audience"_s, u"belongs to another tenant"_s,
        u"is the secret's id, not its value"_s, u"is off by the clock"_s, u"is encoded differently"_s, u"belongs to another cloud"_s,
        u"is one of two that are needed"_s, u"holds a look-alike letter"_s};
    static_assert(reasons.size() == size_t(base::Near::Lookalike) + 1);
    return reasons.at(size_t(near));
}

QString plainReason(const base::Check& check)
{
    if (check.outcome == base::Outcome::NotEvaluated)
        return u"was not evaluated"_s;
    if (check.presented.isEmpty())
        return u"is missing"_s;
    return check.expected.isEmpty() ? u"does not hold"_s : u"does not match"_s;
}

/// "AADSTS7002138, HTTP 401 invalid_client" as it came, nothing translated.
QList<MatchRun> verbatim(const flow::Observed& observed)
{
    QList<MatchRun> runs;
    const auto add = [&](const QString& text, bool fixed) {
        if (!text.isEmpty())
            runs.append({base::visible(text), fixed});
    };
    add(observed.code, true);
    if (observed.status) {
        add(runs.isEmpty() ? u"HTTP %1"_s.arg(observed.status) : u", HTTP %1"_s.arg(observed.status), false);
        add(observed.error.isEmpty() ? QString() : u" "_s, false);
    }
    add(observed.error, true);
    return runs;
}

QList<MatchRun> observedDetail(const MatchContent& content, const flow::StepRecord& record)
{
    QString lead = u"Observed: "_s;
    if (content.glyph == MatchContent::Glyph::Disagreement)
        lead = u"Predicted %1, observed %2. One of the two is wrong; here is where they part. "_s.arg(
            theme::decisionWord(*content.predicted).toLower(), theme::decisionWord(*content.observed).toLower());
    else if (content.predicted && *content.predicted != Decision::NotEvaluated)
        lead = u"Predicted before sending, then observed: "_s;
    return QList<MatchRun> {{lead, false}} + verbatim(record.observed);
}

QList<MatchRun> predictedDetail(const base::Verdict& verdict)
{
    if (verdict.decision == Decision::Accept)
        return {{u"Nothing was sent yet."_s, false}};
    if (verdict.decision == Decision::NotEvaluated) {
        const base::Check* open = verdict.decisive();
        return {{open && !open->relation.isEmpty() ? base::visible(open->relation) : u"Only the receiver can tell."_s, false}};
    }
    const QString code = verdict.refusal ? (verdict.refusal->code.isEmpty() ? verdict.refusal->error : verdict.refusal->code) : QString();
    if (code.isEmpty())
        return {{u"Nothing was sent yet. You can send it anyway."_s, false}};
    return {{shortReceiver(verdict.receiver) + u" will answer ", false}, {code, true}, {u". You can send it anyway."_s, false}};
}

void setNoAnswer(MatchContent& content, const MatchSubject& subject)
{
    const flow::StepRecord& record = *subject.record;
    content.glyph = MatchContent::Glyph::NoAnswer;
    content.strong = record.exchange.response ? u"Unusable answer"_s : u"No answer"_s;
    content.sentence = subject.step ? QString(u" from "_s + subject.step->to.title) : QString();
    QString why = record.error ? record.error->text : QString();
    if (why.isEmpty() && record.exchange.failure)
        why = record.exchange.failure->text;
    content.detail = {{base::visible(why), false}};
}

QString ofReceiver(const MatchSubject& subject, const std::optional<base::Verdict>& shown)
{
    if (shown && !shown->receiver.isEmpty())
        return shortReceiver(shown->receiver);
    return subject.step ? subject.step->to.title : QString();
}

QString sentenceOf(const MatchContent& content, const MatchSubject& subject, const std::optional<base::Verdict>& shown)
{
    const QString by = u" by "_s + ofReceiver(subject, shown);
    // A verdict that says otherwise than the receiver does not explain the receiver.
    if (!shown || shown->decision != content.decision)
        return by;
    if (content.decision == Decision::Accept)
        return by + (shown->checks.isEmpty() ? QString() : u": all %1 comparisons hold"_s.arg(shown->checks.size()));
    const QString reason = reasonOf(*shown);
    return reason.isEmpty() ? by : QString(by + u": " + reason);
}

} // namespace

QString lowerFirst(const QString& text)
{
    if (text.size() > 1 && text.at(1).isUpper())
        return text;
    return text.left(1).toLower() + text.mid(1);
}

QString shortReceiver(const QString& receiver)
{
    return receiver.startsWith(u"Microsoft ") ? receiver.sliced(10) : receiver;
}

QString reasonOf(const base::Verdict& verdict)
{
    const base::Check* check = verdict.decisive();
    if (!check)
        return {};
    const QString title = base::visible(lowerFirst(check->title.isEmpty() ? check->id : check->title));
    return u"the "_s + title + u' ' + (check->near && check->outcome == base::Outcome::Fail ? nearReason(check->near->kind) : plainReason(*check));
}

void setMatchHeader(MatchContent& content, const MatchSubject& subject, const std::optional<base::Verdict>& shown)
{
    using flow::StepState;
    if (subject.predicted)
        content.predicted = subject.predicted->decision;
    if (subject.state == StepState::Failed && subject.record)
        return setNoAnswer(content, subject);
    const bool decided = subject.record && (subject.state == StepState::Accepted || subject.state == StepState::Refused);
    if (!decided) {
        content.decision = shown ? shown->decision : Decision::NotEvaluated;
        content.strong = content.decision == Decision::NotEvaluated ? u"Not evaluated"_s : theme::predictedWord(content.decision);
        content.sentence = sentenceOf(content, subject, shown);
        content.detail = shown ? predictedDetail(*shown) : QList<MatchRun> {};
        // Once somebody answered, what was guessed before is a fact.
        content.confidence = shown ? shown->confidence : base::Confidence::Certain;
        if (subject.state == StepState::Waiting || subject.state == StepState::Sending)
            content.glyph = MatchContent::Glyph::Waiting;
        return;
    }
    content.observed = subject.state == StepState::Accepted ? Decision::Accept : Decision::Refuse;
    content.decision = *content.observed;
    if (content.predicted && *content.predicted != Decision::NotEvaluated && *content.predicted != *content.observed)
        content.glyph = MatchContent::Glyph::Disagreement;
    content.strong = theme::decisionWord(content.decision);
    content.sentence = sentenceOf(content, subject, shown);
    content.detail = observedDetail(content, *subject.record);
}
