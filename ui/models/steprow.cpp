// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "steprow.h"

#include "ui/theme.h"

using namespace Qt::StringLiterals;
using flow::StepState;

QString clockText(std::chrono::seconds length)
{
    const auto seconds = length.count();
    return u"%1:%2"_s.arg(qlonglong(seconds / 60), 2, 10, QChar(u'0')).arg(qlonglong(seconds % 60), 2, 10, QChar(u'0'));
}

QString askerWord(const flow::Party& party)
{
    switch (party.kind) {
    case flow::PartyKind::Host: return u"host"_s;
    case flow::PartyKind::Blueprint: return u"blueprint"_s;
    case flow::PartyKind::Agent: return u"agent"_s;
    case flow::PartyKind::User: return party.title.section(u' ', 0, 0);
    default: return party.title;
    }
}

QString failureWord(http::Failure::Kind kind)
{
    using Kind = http::Failure::Kind;
    switch (kind) {
    case Kind::Cancelled: return u"cancelled"_s;
    case Kind::Refused: return u"connection refused"_s;
    case Kind::NotFound: return u"host not found"_s;
    case Kind::Timeout: return u"timed out"_s;
    case Kind::Closed: return u"connection closed"_s;
    case Kind::TooLong: return u"answer too long"_s;
    case Kind::TlsUntrusted:
    case Kind::TlsExpired:
    case Kind::TlsName:
    case Kind::TlsProtocol: return u"TLS failed"_s;
    case Kind::NotAllowed: return u"not allowed"_s;
    case Kind::Other: break;
    }
    return u"no connection"_s;
}

namespace {

QString milliseconds(double length)
{
    if (length < 1000)
        return u"%1 ms"_s.arg(std::max(1, qRound(length)));
    return base::duration(std::chrono::seconds(qRound(length / 1000)));
}

QString answerText(const flow::StepRecord& record, bool interactive)
{
    const http::Exchange& exchange = record.exchange;
    if (exchange.failure)
        return failureWord(exchange.failure->kind);
    if (!exchange.response)
        return record.error ? record.error->code : QString();
    const QString time = exchange.timings.finished >= 0 ? milliseconds(exchange.timings.finished) : QString();
    if (interactive)
        return time.isEmpty() ? QString() : QString(u"in "_s + time);
    const QString status = QString::number(exchange.response->status);
    return time.isEmpty() ? status : u"%1 in %2"_s.arg(status, time);
}

/// "A. Secret on disk": the root tells the patterns of one flow apart.
QString groupTitle(const chain::Chain& chain, const QString& group)
{
    for (const chain::RootPlate& root : chain.roots)
        if (const chain::ChainParty* party = chain.party(root.party); party && party->group == group)
            return u"%1. %2"_s.arg(group, root.title);
    return group;
}

void fillOutcome(StepRow& row, const session::Session& session, const flow::Step& step)
{
    row.word = theme::stateWord(row.state);
    if (row.state == StepState::Waiting && session.waiting()) {
        row.word = u"Waiting %1"_s.arg(clockText(session.waiting()->elapsed));
        return;
    }
    if (const flow::StepRecord* record = session.record(step.id); record && row.state != StepState::Sending) {
        row.aside = answerText(*record, step.interactive);
        // A challenge is what such a step is for, and "accepted 401" would read like a contradiction.
        if (row.state == StepState::Accepted && step.welcome.contains(record->observed.status))
            row.word = u"As expected"_s;
        // Never built, never sent: "no answer" would claim a request.
        if (row.state == StepState::Failed && record->error && !record->exchange.failure && !record->exchange.response) {
            row.word = record->error->code == "cancelled"_L1 ? u"Cancelled"_s : u"Not sent"_s;
            row.aside.clear();
        }
        return;
    }
    if (!row.isNext || row.state != StepState::NotReached)
        return;
    const auto verdict = session.predicted(step.id);
    if (verdict && verdict->decision != base::Decision::NotEvaluated) {
        row.predicted = verdict->decision;
        row.word = theme::predictedWord(verdict->decision);
    }
}

} // namespace

QList<StepRow> stepRows(const session::Session& session)
{
    QList<StepRow> rows;
    const QString next = session.nextStep();
    QString group;
    for (const flow::Step& step : session.flow().steps) {
        StepRow row {.id = step.id, .number = int(rows.size()) + 1, .title = step.title,
            .shortTitle = step.shortTitle.isEmpty() ? step.title : step.shortTitle, .from = step.from, .to = step.to,
            .state = session.state(step.id), .isNext = step.id == next && !session.isBusy()};
        if (step.group != group)
            row.group = groupTitle(session.chain(), step.group);
        group = step.group;
        fillOutcome(row, session, step);
        rows.append(row);
    }
    return rows;
}

QString progressText(const session::Session& session, bool brief)
{
    int accepted = 0, number = 0, stopped = 0;
    for (const flow::Step& step : session.flow().steps) {
        ++number;
        const StepState state = session.state(step.id);
        accepted += state == StepState::Accepted;
        if (!stopped && (state == StepState::Refused || state == StepState::Failed))
            stopped = number;
    }
    const QString text = u"%1 of %2 accepted"_s.arg(accepted).arg(number);
    return stopped && !brief ? u"%1, stopped at step %2"_s.arg(text).arg(stopped) : text;
}
