// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "explainparts.h"

#include "core/base/text.h"
#include "core/chain/claims.h"
#include "placetext.h"
#include "ui/theme.h"

using namespace Qt::StringLiterals;

namespace explain {
namespace {

struct PartyText
{
    flow::PartyKind kind;
    const char16_t* text;
    const char16_t* term; // of the glossary, where there is one
};
constexpr PartyText parties[] {
    {flow::PartyKind::User, u"A person. They prove themselves to the issuer in their own browser; nobody on this chain sees how.", u"authorization code"},
    {flow::PartyKind::ManagedIdentity, u"An identity that the platform gives to a host. It has no secret: the platform vouches for what runs there.", u"managed identity"},
    {flow::PartyKind::Blueprint, u"The app that agents are made from. It holds the credentials; its agents have none of their own.", u"fmi_path"},
    {flow::PartyKind::Agent, u"An identity of its own, child of a blueprint. It has no credential: its blueprint proves for it.", u"agent identity"},
    {flow::PartyKind::App, u"An app registration that takes part as client or middle tier.", u"client assertion"},
    {flow::PartyKind::Resource, u"The app registration that stands for an API. Tokens name it as audience.", u"audience"},
    {flow::PartyKind::Outside, u"A workload outside Entra. Its own issuer vouches for it.", u"federated identity credential"},
    {flow::PartyKind::Downstream, u"The system at the end of the chain. It decides by its own rule whether to serve.", u"federation rule"},
    {flow::PartyKind::Issuer, u"Who issues tokens after its own checks, and publishes the keys they are verified with.", u"issuer"},
    {flow::PartyKind::Host, u"The machine that all of this runs on.", u"metadata service"},
};

// Which comparison of the receiver looks at this claim.
QString comparedBy(const session::Session& session, const QString& slot, const QString& claimName)
{
    QStringList where;
    for (const flow::Step& step : session.flow().steps) {
        bool presented = false;
        for (const flow::Evidence& evidence : step.presents)
            presented |= evidence.slot == slot;
        const auto verdict = presented ? verdictOf(session, step.id) : std::nullopt;
        if (!verdict)
            continue;
        for (const base::Check& c : verdict->checks)
            if (c.presentedFrom == u"claim %1"_s.arg(claimName) || c.id == claimName)
                where.append(u"%1 at step %2: %3"_s.arg(verdict->receiver).arg(stepNumber(session, step.id)).arg(c.title.toLower()));
    }
    where.removeDuplicates();
    return where.isEmpty() ? u"Nobody on this chain."_s : QString(where.join("; "_L1) + u'.');
}

} // namespace

std::optional<Explained> claim(const session::Session& session, const base::Place& place)
{
    const QString slot = place.part.startsWith("token:"_L1) ? place.part.mid(6) : QString();
    const flow::Token* token = slot.isEmpty() || place.claim.isEmpty() ? nullptr : session.run().token(slot);
    if (!token)
        return {};
    for (const chain::ClaimRow& row : chain::claimRows(*token, session.played(), session.now())) {
        if (row.name != place.claim)
            continue;
        Explained e {.caption = u"Claim in %1"_s.arg(slot), .title = row.name, .fixedTitle = true};
        add(e, u"What it says"_s, row.aside.isEmpty() ? row.meaning : u"%1, %2"_s.arg(row.meaning, row.aside), Section::Kind::Outside);
        e.sections.append({Section::Kind::Party, u"Filled by"_s, row.fillerTitle, row.filler});
        add(e, u"Value"_s, base::visible(row.value.left(400)), Section::Kind::Code);
        add(e, u"Worth knowing"_s, row.detail);
        add(e, u"Who compares it"_s, comparedBy(session, slot, row.name), Section::Kind::Outside);
        add(e, u"Source"_s, row.source, Section::Kind::Outside);
        e.value = row.value;
        e.json = QString::fromUtf8(json::quoted(row.name) + ": " + token->jwt.claim(row.name.toUtf8()).raw());
        return e;
    }
    return {};
}

std::optional<Explained> audience(const session::Session& session, const base::Place& place)
{
    if (place.part != "audiences"_L1)
        return {};
    for (const chain::Audience& row : session.chain().audiences) {
        if (row.step != place.step || (!place.claim.isEmpty() && row.slot != place.claim))
            continue;
        Explained e {.caption = u"%1, step %2"_s.arg(row.slot).arg(stepNumber(session, row.step)), .title = u"Who %1 is for"_s.arg(row.slot)};
        add(e, u"What was asked"_s, row.asked, Section::Kind::Code);
        add(e, u"What was issued"_s, row.issued, Section::Kind::Code);
        add(e, u"What is accepted"_s, row.accepted.join(u'\n'), Section::Kind::Code);
        add(e, u"Who decides"_s, row.acceptedBy, Section::Kind::Outside);
        add(e, u"How they relate"_s, row.note, Section::Kind::Outside);
        for (const auto* name : {u"audience", u"audience twins"})
            if (const catalog::Term* term = catalog::term(name))
                e.terms.append({term->name, term->source});
        return e;
    }
    return {};
}

std::optional<Explained> party(const session::Session& session, const base::Place& place)
{
    if (!place.part.startsWith("party:"_L1))
        return {};
    const chain::ChainParty* found = session.chain().party(place.part.mid(6));
    if (!found)
        return {};
    Explained e {.caption = found->word, .title = found->title};
    for (const PartyText& text : parties) {
        if (text.kind != found->kind)
            continue;
        add(e, u"What it is"_s, QString::fromUtf16(text.text));
        if (const catalog::Term* term = catalog::term(text.term))
            e.terms.append({term->name, term->source});
    }
    for (const chain::RootPlate& plate : session.chain().roots)
        if (plate.party == found->id)
            add(e, u"Root of trust"_s, plate.detail.isEmpty() ? plate.title : u"%1: %2"_s.arg(plate.title, plate.detail), Section::Kind::Outside);
    add(e, u"Where it stands in the setup"_s, found->pointer, Section::Kind::Code);
    return e;
}

// A place in the setup alone: what the rules say about it.
std::optional<Explained> object(const session::Session& session, const base::Place& place)
{
    if (!session.hasSetup())
        return {};
    Explained e {.caption = u"Setup"_s, .title = place.pointer.isEmpty() ? session.setup().title : objectName(session.setup(), place.pointer)};
    if (place.pointer.isEmpty())
        add(e, u"What it is"_s, session.setup().summary, Section::Kind::Outside);
    for (const base::Finding& finding : session.findings()) {
        if (finding.place.pointer != place.pointer || !finding.place.step.isEmpty())
            continue;
        add(e, finding.title, finding.text, Section::Kind::Outside);
        add(e, u"What to do"_s, finding.fix, Section::Kind::Outside);
    }
    add(e, u"Where it stands"_s, place.pointer, Section::Kind::Code);
    for (const base::Error& problem : session.flowProblems())
        if (place.pointer.isEmpty())
            add(e, u"A flow that cannot be walked"_s, problem.text, Section::Kind::Outside);
    return e;
}

} // namespace explain
