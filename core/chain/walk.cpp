// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/walk_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

void collectSlots(const flow::Value& value, QStringList& found)
{
    if (const auto* token = std::get_if<flow::FromToken>(&value.v))
        found.append(token->slot);
    else if (const auto* reply = std::get_if<flow::FromReply>(&value.v))
        found.append(reply->slot);
    else if (const auto* several = std::get_if<flow::Joined>(&value.v))
        for (const flow::Value& part : several->parts)
            collectSlots(part, found);
}

QList<const QList<flow::Field>*> fieldListsOf(const flow::Step& step)
{
    return {&step.query, &step.headers, &step.body};
}

/// Who holds a piece of evidence before it is shown: whoever it was issued to; the person who signs in.
const flow::Party* holderOf(const flow::Flow& flow, const flow::Step& step, const flow::Evidence& evidence)
{
    using Kind = flow::Evidence::Kind;
    if (evidence.kind == Kind::Secret || evidence.kind == Kind::Attestation)
        return nullptr;
    if (evidence.kind == Kind::Token) {
        const flow::Step* issued = yielderOf(flow, evidence.slot, &step);
        return issued ? &headOf(*issued) : &step.from;
    }
    if (step.from.kind == flow::PartyKind::User)
        return &step.from;
    // The code of an interactive step; addresses out of metadata are no evidence.
    for (const QString& slot : slotsUsed(step))
        if (const flow::Step* issued = yielderOf(flow, slot, &step); issued && issued->interactive)
            return &headOf(*issued);
    return &step.from;
}

} // namespace

QString partyId(const flow::Step& step, const flow::Party& party)
{
    return step.group.isEmpty() ? party.id : QString(step.group + u'/' + party.id);
}

const flow::Party& headOf(const flow::Step& step)
{
    return step.becomes.id.isEmpty() ? step.to : step.becomes;
}

const flow::Step* yielderOf(const flow::Flow& flow, QStringView slot, const flow::Step* before)
{
    const flow::Step* found = nullptr;
    for (const flow::Step& step : flow.steps) {
        if (&step == before)
            break;
        if (yieldOf(step, slot))
            found = &step;
    }
    return found;
}

const flow::Yield* yieldOf(const flow::Step& step, QStringView slot)
{
    const auto it
        = std::ranges::find_if(step.yields, [slot](const flow::Yield& y) { return y.slot == slot; });
    return it == step.yields.end() ? nullptr : &*it;
}

QByteArray fieldCarrying(const flow::Step& step, QStringView slot)
{
    for (const auto* fields : fieldListsOf(step)) {
        for (const flow::Field& field : *fields) {
            QStringList used;
            collectSlots(field.value, used);
            if (used.contains(slot))
                return field.name;
        }
    }
    return {};
}

QStringList slotsUsed(const flow::Step& step)
{
    QStringList used;
    collectSlots(step.url, used);
    for (const auto* fields : fieldListsOf(step))
        for (const flow::Field& field : *fields)
            collectSlots(field.value, used);
    return used;
}

QList<Passage> passages(const flow::Flow& flow)
{
    QList<Passage> found;
    for (const flow::Step& step : flow.steps) {
        int weight = 0;
        for (const flow::Evidence& evidence : step.presents)
            if (const flow::Party* from = holderOf(flow, step, evidence))
                found.append({&step, &evidence, weight++, from, &headOf(step)});
    }
    return found;
}

bool fromSignIn(const flow::Flow& flow, QStringView slot, const flow::Step* before)
{
    const flow::Step* step = yielderOf(flow, slot, before);
    if (!step)
        return false;
    return std::ranges::any_of(step->presents, [&](const flow::Evidence& evidence) {
        if (evidence.kind == flow::Evidence::Kind::SignIn)
            return true;
        return evidence.kind == flow::Evidence::Kind::Token
            && fieldCarrying(*step, evidence.slot) != "client_assertion"
            && fromSignIn(flow, evidence.slot, step);
    });
}

const setup::App* resourceOf(const setup::Setup& setup, const QString& asked)
{
    QString name = asked.section(u' ', 0, 0);
    while (!name.isEmpty()) {
        if (const setup::App* app = setup.appByAudience(name))
            return app;
        name = name.contains(u'/') ? name.left(name.lastIndexOf(u'/')) : QString();
    }
    return nullptr;
}

} // namespace chain
