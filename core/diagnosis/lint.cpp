// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/rules.h"

#include "core/diagnosis/errorcatalogue.h"
#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/intakerequest_p.h"
#include "core/diagnosis/symptoms_p.h"

#include <algorithm>
#include <limits>
#include <tuple>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Finding;
using base::Severity;
using flow::StepState;

/// What a receiver compared with a refusal as result: its own verdict in the lab, else what was predicted.
const base::Verdict* refusalOf(const flow::StepRecord& record)
{
    for (const auto* verdict : {&record.truth, &record.predicted})
        if (*verdict && (*verdict)->decision == base::Decision::Refuse)
            return &**verdict;
    return nullptr;
}

/// A heading that names a contract says what the finding is about; others say no more than the step.
QString objectOf(const base::Check& check, const flow::Step& step)
{
    const bool contract = check.group.startsWith(u"Federated credential"_s)
        || check.group.startsWith(u"Federation rule"_s) || check.group.startsWith(u"Issuer "_s)
        || check.group.startsWith(u"OIDC provider"_s) || check.group.startsWith(u"Trust policy"_s)
        || check.group.startsWith(u"Provider "_s) || check.group.startsWith(u"Attribute mapping of "_s);
    if (contract)
        return check.group;
    const bool byClient = step.to.kind == flow::PartyKind::Issuer && step.from.kind != flow::PartyKind::Host;
    return byClient && !step.contractName.isEmpty() && step.from.kind == flow::PartyKind::User
        ? step.contractName
        : byClient ? step.from.title
                   : step.to.title;
}

Finding fromCheck(const Rule& rule, const base::Check& check, const flow::Step& step)
{
    Words words = wordsOf(check, objectOf(check, step));
    words.receiver = step.to.title;
    words.step = step.title;
    return finding(rule, Severity::Error, words,
        {.step = step.id, .part = u"match"_s, .claim = check.id, .pointer = check.fixPointer});
}

/// Whether a place in the setup belongs to who asks or who decides at a step.
bool isAtStep(const Case& c, const QString& pointer, const flow::Step& step)
{
    const setup::App* asks = c.setup.app(step.from.id);
    for (const QString& object : {step.contract.pointer, asks ? asks->pointer : QString()})
        if (!object.isEmpty() && pointer.startsWith(object + u'/'))
            return true;
    return false;
}

/// A place that one of the two does not name has to follow from the step; two places that differ are two faults.
bool isSameFault(const Case& c, const Finding& known, const Finding& seen, const flow::Step& step)
{
    const bool elsewhere = !known.place.step.isEmpty() && known.place.step != step.id;
    if (known.rule != seen.rule || elsewhere)
        return false;
    if (known.place.pointer == seen.place.pointer)
        return true;
    if (!known.place.step.isEmpty())
        return known.place.pointer.isEmpty() || seen.place.pointer.isEmpty();
    return seen.place.pointer.isEmpty() && isAtStep(c, known.place.pointer, step);
}

/// Findings in the making. First come those the rules read in the setup, then forecasts of what receivers will say.
struct Found
{
    const Case& c;
    QList<Finding> findings {};
    qsizetype facts = 0; ///< how many the rules read
};

/// The same fault seen from two sides, in the setup and at a receiver, is one finding that knows both places. A forecast gives way
/// to the words of what was seen: its values are only expected ones.
void merge(Found& found, Finding seen, const flow::Step& step)
{
    QList<Finding>& findings = found.findings;
    const auto same = std::ranges::find_if(findings, [&](const Finding& f) { return isSameFault(found.c, f, seen, step); });
    if (same == findings.end()) {
        findings.append(std::move(seen));
        return;
    }
    if (same->place.step.isEmpty() && same - findings.begin() >= found.facts)
        std::tie(same->title, same->text, same->fix) = std::tie(seen.title, seen.text, seen.fix);
    const QString pointer = same->place.pointer.isEmpty() ? seen.place.pointer : same->place.pointer;
    same->severity = std::max(same->severity, seen.severity);
    same->place = std::move(seen.place);
    same->place.pointer = pointer;
}

void addExpected(const Case& c, QList<Finding>& findings)
{
    for (const Expected& expected : expectations(c)) {
        for (const Symptom& symptom : symptomsOf(c.setup, expected.contract, expected.checks)) {
            Words words = wordsOf(*symptom.check, expected.object);
            words.receiver = expected.receiver;
            const QString pointer = symptom.check->fixPointer.isEmpty() ? expected.pointer : symptom.check->fixPointer;
            const bool known = std::ranges::any_of(findings,
                [&](const Finding& f) { return f.rule == QLatin1StringView(symptom.rule->id) && f.place.pointer == pointer; });
            if (!known)
                findings.append(finding(*symptom.rule, Severity::Error, words, {.pointer = pointer}));
        }
    }
}

QString lowerFirst(QString text)
{
    // A vendor's name keeps its capital.
    const bool word = text.size() > 1 && text.at(1).isLower() && !text.startsWith(u"Entra"_s)
        && !text.startsWith(u"Anthropic"_s) && !text.startsWith(u"Google"_s);
    if (word)
        text[0] = text.at(0).toLower();
    return text;
}

/// "AADSTS700213. Causes, likeliest first: ..."
QString causesOf(const QString& code, const QStringList& causes)
{
    return u"%1. %2: %3"_s.arg(code, causes.size() > 1 ? u"Causes, likeliest first"_s : u"Usual cause"_s, causes.join(u' '));
}

/// Where no verdict is at hand, the receiver's code may say enough.
Finding fromCode(const flow::Step& step, const flow::StepRecord& record)
{
    const QString code = record.observed.code.isEmpty() ? record.observed.error : record.observed.code;
    const ErrorEntry* entry = errorEntry(code, record.observed.text, {});
    const Rule* named = entry && !entry->rule.isEmpty() ? rule(entry->rule) : nullptr;
    Words words {.receiver = step.to.title, .step = step.title};
    if (entry) {
        words.text = causesOf(code, causesFor(*entry, record.observed.text));
        words.fix = entry->fix;
    } else if (!code.isEmpty()) {
        words.text = u"It answered %1 with the status %2."_s.arg(code).arg(record.observed.status);
    } else if (record.observed.status) {
        words.text = u"It answered with the status %1."_s.arg(record.observed.status);
    }
    Finding found = finding(named ? *named : *rule(u"RUN-REFUSED"), Severity::Error, words,
        {.step = step.id, .part = u"match"_s});
    if (entry) {
        const QString meaning = entry->meaning.section(u". "_s, 0, 0);
        found.title
            = u"%1: %2"_s.arg(step.title, lowerFirst(meaning.endsWith(u'.') ? meaning.chopped(1) : meaning));
    }
    return found;
}

/// What is wrong with the request by itself says more than the receiver's code for it.
void addFromRequest(Finding& found, const flow::StepRecord& record)
{
    const http::Request& request = record.exchange.request;
    http::Form form = http::parseForm(http::splitUrl(request.url).query);
    for (const http::Parameter& each : request.body.startsWith('{') ? http::Form() : http::parseForm(request.body))
        form.append(each);
    Item item = requestItem(request.url, form);
    noteCall(item, request.url, request.headers, request.body);
    if (item.wrong.isEmpty())
        return;
    if (rule(item.rule))
        found.rule = item.rule;
    found.text = item.wrong.first() + u' ' + found.text;
    found.fix = item.fix;
}

/// A token that was over when it was shown needs no other reason.
bool addFromLifetime(Finding& found, const flow::StepRecord& record)
{
    const jose::Jwt token = bearerOf(record.exchange.request.headers);
    constexpr qint64 never = std::numeric_limits<qint64>::max();
    const qint64 exp = token.isJwt() ? token.claim("exp").integer().value_or(never) : never;
    const qint64 sent = base::epochSeconds(record.exchange.started);
    if (record.observed.status != 401 || exp > sent)
        return false;
    found.rule = u"X-CLOCK-SKEW"_s;
    found.text = u"The token ended %1 before it was presented. "_s.arg(base::duration(std::chrono::seconds {std::min<qint64>(sent - std::max<qint64>(exp, 0), 1LL << 40)})) + found.text;
    found.fix = u"Get a fresh token and present it at once."_s;
    return true;
}

Finding fromAnswer(const flow::Step& step, const flow::StepRecord& record)
{
    Finding found = fromCode(step, record);
    if (!addFromLifetime(found, record))
        addFromRequest(found, record);
    return found;
}

bool isExplained(const QList<Finding>& findings, const QString& step)
{
    return std::ranges::any_of(findings, [&](const Finding& f) {
        return f.place.step == step && f.severity == Severity::Error && f.rule != u"RUN-PREDICTION-DIFFERS";
    });
}

/// A refusal no row of the tables knows: the check itself is the explanation.
Finding fromUnknownCheck(const base::Check& check, const flow::Step& step)
{
    Finding found = fromCheck(*rule(u"RUN-REFUSED"), check, step);
    found.title += u", "_s + check.title.toLower();
    if (!check.near)
        found.text = check.relation.isEmpty()
            ? u"Presented is %1, expected is %2."_s.arg(check.presented, check.expected)
            : check.relation;
    return found;
}

void addRefused(Found& found)
{
    const Case& c = found.c;
    if (!c.flow || !c.run)
        return;
    for (const flow::Step& step : c.flow->steps) {
        const flow::StepRecord* record = c.run->record(step.id);
        if (!record || record->state != StepState::Refused)
            continue;
        const base::Verdict* verdict = refusalOf(*record);
        const QList<Symptom> symptoms
            = verdict ? symptomsOf(c.setup, step.contract.kind, verdict->checks) : QList<Symptom> {};
        for (const Symptom& symptom : symptoms)
            merge(found, fromCheck(*symptom.rule, *symptom.check, step), step);
        if (isExplained(found.findings, step.id))
            continue;
        merge(found,
            verdict && verdict->decisive() ? fromUnknownCheck(*verdict->decisive(), step)
                                           : fromAnswer(step, *record),
            step);
    }
}

void sortBySeverity(const Case& c, QList<Finding>& findings)
{
    const auto position = [&](const QString& step) {
        if (!c.flow || step.isEmpty())
            return qsizetype(1000);
        const auto it = std::ranges::find(c.flow->steps, step, &flow::Step::id);
        return qsizetype(it - c.flow->steps.begin());
    };
    std::ranges::stable_sort(findings, {}, [&](const Finding& f) {
        return std::pair {-int(f.severity), position(f.place.step)};
    });
}

} // namespace

QList<Finding> lint(const Case& c)
{
    Found found {c};
    for (const Rule* rule : rules())
        if (rule->check)
            rule->check(c, *rule, found.findings);
    found.facts = found.findings.size();
    addExpected(c, found.findings);
    addRefused(found);
    sortBySeverity(c, found.findings);
    return found.findings;
}

} // namespace diagnosis
