// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/walk_p.h"

#include "core/chain/words.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

using flow::StepState;

QString refusedWord(const flow::StepRecord& record)
{
    for (const auto& verdict : {record.truth, record.predicted})
        if (verdict && verdict->decision == base::Decision::Refuse)
            return u"Refused: "_s + failureWords(verdict->checks);
    if (base::decide(record.checks) == base::Decision::Refuse)
        return u"Refused: "_s + failureWords(record.checks);
    const QString code = record.observed.code.isEmpty() ? record.observed.error : record.observed.code;
    return code.isEmpty() ? u"Refused"_s : QString(u"Refused: "_s + code);
}

QString failedWord(const flow::StepRecord& record)
{
    if (record.exchange.response)
        return u"Failed: unusable answer"_s;
    if (record.exchange.failure && record.exchange.failure->kind == http::Failure::Kind::Cancelled)
        return u"Cancelled"_s;
    return record.exchange.failure ? u"No answer"_s : u"Not sent"_s;
}

} // namespace

QString nearWord(base::Near near)
{
    static const std::array words {u"case"_s, u"trailing slash"_s, u"double slash"_s, u"blank"_s,
        u"GUID and URI"_s, u"v1 and v2 issuer"_s, u"scheme"_s, u"port"_s, u"wildcard as a letter"_s,
        u"immutable subject"_s, u"only a prefix"_s, u"object id for client id"_s,
        u"client id for object id"_s, u"caller for audience"_s, u"wrong tenant"_s, u"secret id for value"_s,
        u"clock"_s, u"encoding"_s, u"other cloud"_s, u"one of two"_s, u"look-alike"_s};
    static_assert(words.size() == size_t(base::Near::Lookalike) + 1);
    return words.at(size_t(near));
}

QString failureWords(const QList<base::Check>& checks)
{
    QStringList words;
    for (const base::Check& check : checks)
        if (check.outcome == base::Outcome::Fail && !words.contains(check.id))
            words.append(check.id);
    // The gate has room for two; the Match tab has them all.
    if (words.size() > 2)
        words = {words.first(), u"%1 more"_s.arg(words.size() - 1)};
    const auto decisive = std::ranges::find(checks, base::Outcome::Fail, &base::Check::outcome);
    if (words.size() == 1 && decisive->near)
        words.append(nearWord(decisive->near->kind));
    return words.join(u", "_s);
}

State stateOf(StepState state)
{
    switch (state) {
    case StepState::Accepted:
        return State::Accepted;
    case StepState::Refused:
        return State::Refused;
    case StepState::Failed:
        return State::Failed;
    case StepState::Waiting:
    case StepState::Sending:
        return State::UnderWay;
    case StepState::NotReached:
    case StepState::Skipped:
        break;
    }
    return State::NotReached;
}

QString wordOf(const flow::StepRecord* record, StepState state)
{
    switch (state) {
    case StepState::NotReached:
        return u"Not reached"_s;
    case StepState::Waiting:
        return u"Waiting"_s;
    case StepState::Sending:
        return u"Sending"_s;
    case StepState::Accepted:
        return u"Accepted"_s;
    case StepState::Skipped:
        return u"Skipped"_s;
    case StepState::Refused:
        return record ? refusedWord(*record) : u"Refused"_s;
    case StepState::Failed:
        return record ? failedWord(*record) : u"Failed"_s;
    }
    return {};
}

QString wordOfPrediction(const base::Verdict& verdict)
{
    switch (verdict.decision) {
    case base::Decision::Accept:
        return u"Predicted: accepted"_s;
    case base::Decision::Refuse:
        return u"Predicted: refused, "_s + failureWords(verdict.checks);
    case base::Decision::NotEvaluated:
        break;
    }
    return u"Not evaluated"_s;
}

} // namespace chain
