// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "readshapes.h"

#include "chainjson.h"

namespace report {

using namespace Qt::StringLiterals;

namespace {

using chain::State;

chain::ChainParty memberFrom(Reading& in, const json::Value& v)
{
    chain::ChainParty p {.id = in.text(v, "id"), .kind = in.named(v, "kind", flow::PartyKind::Host, chain::partyName), .title = in.text(v, "title")};
    p.word = in.textIf(v, "word");
    if (p.word.isEmpty())
        p.word = chain::partyWord(p.kind);
    p.reached = in.flag(v, "reached");
    p.pointer = in.textIf(v, "pointer");
    p.group = in.textIf(v, "group");
    return p;
}

QString wordFor(State state)
{
    switch (state) {
    case State::Accepted: return u"Accepted"_s;
    case State::Refused: return u"Refused"_s;
    case State::Failed: return u"Failed"_s;
    case State::Predicted:
    case State::UnderWay:
    case State::NotReached: break;
    }
    return u"Not reached"_s;
}

chain::Link linkFrom(Reading& in, const json::Value& v, const chain::Chain& chain)
{
    chain::Link l {.id = in.textIf(v, "id"), .stepId = in.textIf(v, "step"), .carries = in.texts(v, "carries"), .from = in.text(v, "from"), .to = in.text(v, "to")};
    for (const char* end : {"from", "to"})
        if (!chain.party(v[end].text()))
            in.fail(v[end] ? v[end] : v, u"`%1` names \"%2\", and no party of the chain has that id."_s.arg(QLatin1String(end), v[end].text()));
    l.evidence = in.text(v, "evidence");
    l.slot = in.textIf(v, "slot");
    l.speaker = in.named(v, "speaker", flow::PartyKind::Host, chain::partyName, false);
    l.contractKind = in.textIf(v, "contractKind");
    l.contractName = in.textIf(v, "contractName");
    l.state = in.named(v, "state", State::Failed, linkStateName);
    l.hasPrediction = bool(v["predicted"]);
    if (l.hasPrediction)
        l.predicted = in.named(v, "predicted", base::Decision::NotEvaluated, base::decisionName);
    l.word = in.textIf(v, "word");
    l.notBefore = in.time(v, "notBefore");
    l.expires = in.time(v, "expires");
    l.askFor = in.flag(v, "asksFor");
    l.group = in.textIf(v, "group");
    // A run of another program has the members of the contract alone.
    if (l.id.isEmpty())
        l.id = l.stepId;
    if (l.carries.isEmpty() && !l.stepId.isEmpty() && !l.askFor)
        l.carries = {l.stepId};
    if (l.word.isEmpty())
        l.word = wordFor(l.state);
    return l;
}

chain::RootPlate plateFrom(Reading& in, const json::Value& v)
{
    chain::RootPlate r {.party = in.text(v, "party"), .root = in.named(v, "root", chain::Root::Unknown, chain::rootName), .title = in.text(v, "title"), .detail = in.textIf(v, "detail")};
    r.stepId = in.textIf(v, "step");
    r.state = in.named(v, "state", State::Failed, linkStateName);
    r.evidence = in.textIf(v, "evidence");
    r.contractKind = in.textIf(v, "contractKind");
    r.contractName = in.textIf(v, "contractName");
    r.word = in.textIf(v, "word");
    r.group = in.textIf(v, "group");
    return r;
}

chain::Audience audienceFrom(Reading& in, const json::Value& v)
{
    chain::Audience a {.step = in.text(v, "step"), .slot = in.textIf(v, "slot"), .speaker = partyFrom(in, v, "speaker"), .asked = in.text(v, "asked"), .issued = in.text(v, "issued"),
        .accepted = in.texts(v, "accepted")};
    a.acceptedBy = in.textIf(v, "acceptedBy");
    a.presentedAt = in.textIf(v, "presentedAt");
    a.outcome = in.named(v, "outcome", base::Outcome::Warning, base::outcomeName);
    a.note = in.textIf(v, "note");
    a.notBefore = in.time(v, "notBefore");
    a.expires = in.time(v, "expires");
    a.presented = in.time(v, "presented");
    return a;
}

} // namespace

chain::Chain chainFrom(Reading& in, const json::Value& run)
{
    const json::Value v = in.object(run, "chain");
    chain::Chain out {.root = in.named(v, "root", chain::Root::Unknown, chain::rootName), .rootText = in.textIf(v, "rootText"), .rootDetail = in.textIf(v, "rootDetail")};
    if (out.rootText.isEmpty())
        out.rootText = chain::rootTitle(out.root);
    for (json::Value p = in.array(v, "parties").first(); p; p = p.next())
        out.parties.append(memberFrom(in, p));
    for (json::Value l = in.array(v, "links").first(); l; l = l.next())
        out.links.append(linkFrom(in, l, out));
    for (json::Value r = in.array(v, "roots", false).first(); r; r = r.next())
        out.roots.append(plateFrom(in, r));
    for (json::Value a = in.array(run, "audiences").first(); a; a = a.next())
        out.audiences.append(audienceFrom(in, a));
    for (json::Value p = in.array(run, "auditPrincipals").first(); p; p = p.next())
        out.auditPrincipals.append({.target = in.text(p, "target"), .principal = in.text(p, "principal"), .text = in.textIf(p, "text"), .observed = in.flag(p, "observed")});
    chain::arrange(out);
    return out;
}

} // namespace report
