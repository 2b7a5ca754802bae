// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainjson.h"

#include "stepjson.h"

#include <array>

namespace report {

using namespace Qt::StringLiterals;

namespace {

void timeIf(json::Writer& out, const char* name, const std::optional<base::Instant>& time)
{
    if (time)
        out.text(name, base::toRfc3339(*time));
}

void writeOne(json::Writer& out, const chain::ChainParty& p)
{
    out.beginObject().text("id", p.id).text("kind", chain::partyName(p.kind)).text("title", p.title).text("word", p.word);
    out.flag("reached", p.reached).textIf("pointer", p.pointer).textIf("group", p.group).endObject();
}

void writeOne(json::Writer& out, const chain::Link& l)
{
    out.beginObject().text("from", l.from).text("to", l.to).text("evidence", l.evidence).text("state", linkStateName(l.state)).text("step", l.stepId);
    out.text("id", l.id).texts("carries", l.carries).textIf("slot", l.slot).text("speaker", chain::partyName(l.speaker));
    out.textIf("contractKind", l.contractKind).textIf("contractName", l.contractName).text("word", l.word);
    if (l.hasPrediction)
        out.text("predicted", base::decisionName(l.predicted));
    if (l.askFor)
        out.flag("asksFor", true);
    timeIf(out, "notBefore", l.notBefore);
    timeIf(out, "expires", l.expires);
    out.textIf("group", l.group).endObject();
}

void writeOne(json::Writer& out, const chain::RootPlate& r)
{
    out.beginObject().text("party", r.party).text("root", chain::rootName(r.root)).text("title", r.title).textIf("detail", r.detail).textIf("step", r.stepId);
    out.text("state", linkStateName(r.state)).textIf("evidence", r.evidence).textIf("contractKind", r.contractKind).textIf("contractName", r.contractName);
    out.textIf("word", r.word).textIf("group", r.group).endObject();
}

void writeOne(json::Writer& out, const chain::Audience& a)
{
    out.beginObject().text("step", a.step).text("slot", a.slot).text("asked", a.asked).text("issued", a.issued).texts("accepted", a.accepted);
    out.text("outcome", base::outcomeName(a.outcome)).textIf("note", a.note);
    write(out, "speaker", a.speaker);
    out.textIf("acceptedBy", a.acceptedBy).textIf("presentedAt", a.presentedAt);
    timeIf(out, "notBefore", a.notBefore);
    timeIf(out, "expires", a.expires);
    timeIf(out, "presented", a.presented);
    out.endObject();
}

} // namespace

QString linkStateName(chain::State state)
{
    static const std::array names {u"notReached"_s, u"predicted"_s, u"underWay"_s, u"accepted"_s, u"refused"_s, u"failed"_s};
    static_assert(names.size() == size_t(chain::State::Failed) + 1);
    return names.at(size_t(state));
}

void writeChain(json::Writer& out, const chain::Chain& chain)
{
    out.beginObject("chain").text("root", chain::rootName(chain.root)).text("rootText", chain.rootText).textIf("rootDetail", chain.rootDetail);
    const auto list = [&out](const char* name, const auto& values) {
        out.beginArray(name);
        for (const auto& value : values)
            writeOne(out, value);
        out.endArray();
    };
    list("parties", chain.parties);
    list("links", chain.links);
    list("roots", chain.roots);
    out.endObject();
    list("audiences", chain.audiences);
    out.beginArray("auditPrincipals");
    for (const chain::AuditPrincipal& p : chain.auditPrincipals)
        out.beginObject().text("target", p.target).text("principal", p.principal).textIf("text", p.text).flag("observed", p.observed).endObject();
    out.endArray();
}

} // namespace report
