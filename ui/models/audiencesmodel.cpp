// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "audiencesmodel.h"

#include "core/base/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString stepText(const flow::Flow& flow, const QString& id)
{
    const auto it = std::ranges::find(flow.steps, id, &flow::Step::id);
    return it == flow.steps.end() ? QString() : u"step %1, %2"_s.arg(it - flow.steps.begin() + 1).arg(it->title);
}

QString issuedFor(const chain::Audience& audience, const setup::Setup& setup)
{
    if (audience.issued == u"opaque")
        return u"cannot be read"_s;
    const setup::App* app = audience.issued.isEmpty() ? nullptr : setup.appByAudience(audience.issued);
    return app ? QString(u"names "_s + (app->displayName.isEmpty() ? app->name : app->displayName)) : QString();
}

/// The one that fits first, and how many others there are.
QString accepted(const chain::Audience& a)
{
    if (a.accepted.size() < 2)
        return a.accepted.value(0);
    const QString first = a.accepted.contains(a.issued) ? a.issued : a.accepted.first();
    return u"%1 or %2 more"_s.arg(first).arg(a.accepted.size() - 1);
}

QString firstLine(const AudienceRow& row, int column)
{
    const chain::Audience& a = row.audience;
    switch (column) {
    case AudiencesModel::Token: return a.slot;
    case AudiencesModel::Asked: return a.asked.isEmpty() ? u"no audience in this request"_s : a.asked;
    case AudiencesModel::Issued: return !row.issued ? u"not issued"_s : a.issued == u"opaque" ? u"opaque token, no claims"_s : a.issued;
    case AudiencesModel::Accepts: return accepted(a);
    case AudiencesModel::Verdict: return row.issued ? ledgerWord(a.outcome) : u"Not reached"_s;
    default: return {};
    }
}

QString secondLine(const AudienceRow& row, int column)
{
    switch (column) {
    case AudiencesModel::Asked: return row.askedBy;
    case AudiencesModel::Issued: return row.issuedFor;
    case AudiencesModel::Accepts: return row.audience.acceptedBy;
    case AudiencesModel::Verdict: return row.issued ? row.audience.note : QString();
    default: return {};
    }
}

/// Words about a missing value are not a wire value.
bool isWireValue(const AudienceRow& row, int column)
{
    switch (column) {
    case AudiencesModel::Asked: return !row.audience.asked.isEmpty();
    case AudiencesModel::Issued: return row.issued && row.audience.issued != u"opaque";
    case AudiencesModel::Accepts: return true;
    default: return false;
    }
}

QString joined(const QString& first, const QString& second)
{
    return first.isEmpty() || second.isEmpty() ? QString(first + second) : QString(first + u", " + second);
}

QVariant cell(const AudienceRow& row, int column, int role)
{
    switch (role) {
    case Qt::DisplayRole: return base::visible(firstLine(row, column));
    case AudiencesModel::SecondRole: return base::visible(secondLine(row, column));
    case AudiencesModel::FixedRole: return isWireValue(row, column);
    case AudiencesModel::SpeakerRole: return int(row.audience.speaker.kind);
    case AudiencesModel::OutcomeRole: return row.issued ? QVariant(int(row.audience.outcome)) : QVariant();
    case Qt::AccessibleTextRole: return base::visible(joined(firstLine(row, column), secondLine(row, column)));
    default: return {};
    }
}

AudiencesModel::Column column(const QString& title, int number)
{
    return {title, [number](const AudienceRow& row, int role) { return cell(row, number, role); }};
}

/// Anthropic remembers what it exchanged (its token exchange counts each jti once); Entra takes an assertion as often as it is valid.
bool takesOnce(const flow::Step& step) { return step.contract.kind == u"anthropic.exchange"; }

bool isAssertion(const flow::Step& step, const QString& slot)
{
    return takesOnce(step) && std::ranges::any_of(step.body, [&](const flow::Field& field) {
        const auto* token = std::get_if<flow::FromToken>(&field.value.v);
        return token && token->slot == slot
            && (field.name == "client_assertion" || field.name == "assertion" || field.name == "subject_token");
    });
}

} // namespace

bool AudienceRow::operator==(const AudienceRow& other) const
{
    const auto tied = [](const AudienceRow& r) {
        const chain::Audience& a = r.audience;
        return std::tie(r.askedBy, r.issuedFor, r.issued, a.step, a.slot, a.asked, a.issued, a.accepted, a.acceptedBy, a.outcome,
                        a.note, a.notBefore, a.expires, a.presented);
    };
    return tied(*this) == tied(other);
}

QString ledgerWord(base::Outcome outcome)
{
    switch (outcome) {
    case base::Outcome::Pass: return u"Accepted"_s;
    case base::Outcome::Fail: return u"Refused"_s;
    case base::Outcome::Warning: return u"Warning"_s;
    case base::Outcome::NotEvaluated: break;
    }
    return u"Not evaluated"_s;
}

QList<AudienceRow> audienceRows(const chain::Chain& chain, const flow::Flow& flow, const setup::Setup& setup)
{
    QList<AudienceRow> rows;
    for (const chain::Audience& audience : chain.audiences) {
        const bool issued = !audience.issued.isEmpty() || audience.expires || audience.notBefore;
        rows.append({audience, stepText(flow, audience.step), issuedFor(audience, setup), issued});
    }
    return rows;
}

AudiencesModel::AudiencesModel(QObject* parent)
    : RowsModel({column(u"Token"_s, Token), column(u"Asked for"_s, Asked), column(u"Issued as aud"_s, Issued),
                 column(u"Receiver accepts"_s, Accepts), column(u"Verdict"_s, Verdict)},
                parent)
{
}

int AudiencesModel::rowOf(const QString& slot) const
{
    const auto it = std::ranges::find_if(rows(), [&](const AudienceRow& row) { return row.audience.slot == slot; });
    return it == rows().end() ? -1 : int(it - rows().begin());
}

SingleUse singleUse(const flow::Flow& flow, const flow::Run& run)
{
    SingleUse result;
    for (const flow::Step& step : flow.steps) {
        for (const flow::Evidence& evidence : step.presents) {
            if (!isAssertion(step, evidence.slot))
                continue;
            const auto shown = std::ranges::count_if(run.records, [&](const flow::StepRecord& r) { return r.stepId == step.id && r.exchange.response; });
            const auto issued = std::ranges::count_if(run.records, [&](const flow::StepRecord& r) {
                return std::ranges::any_of(r.tokens, [&](const flow::Token& token) { return token.slot == evidence.slot; });
            });
            result.receiver = step.to.title;
            result.assertions += shown > 0;
            if (shown > issued && !result.twice.contains(evidence.slot))
                result.twice.append(evidence.slot);
        }
    }
    return result;
}

QString SingleUse::text() const
{
    const QString count = assertions == 1 ? u"1 assertion"_s : u"%1 assertions"_s.arg(assertions);
    if (twice.isEmpty())
        return u"Single use at %1: %2, none presented twice"_s.arg(receiver, count);
    return u"Single use at %1: %2, %3 presented again"_s.arg(receiver, count, twice.join(u", "_s));
}

QString audiencesText(const AudiencesModel& model)
{
    QStringList lines;
    QStringList head;
    for (int column = 0; column < model.columnCount(); ++column)
        head.append(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    lines.append(head.join(u'\t'));
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(model.index(row, column).data(Qt::AccessibleTextRole).toString());
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n') + u'\n';
}
