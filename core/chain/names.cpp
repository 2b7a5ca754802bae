// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chain.h"
#include "words.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

struct RootNames
{
    Root root;
    QStringView name;
    QStringView title;
};
constexpr std::array rootNames {
    RootNames {Root::Attested, u"attested", u"Attested compute"},
    RootNames {Root::User, u"user", u"User"},
    RootNames {Root::DiskSecret, u"diskSecret", u"Secret on disk"},
    RootNames {Root::Mixed, u"mixed", u"Mixed"},
    RootNames {Root::Unknown, u"unknown", u"Unknown"},
};

struct PartyNames
{
    flow::PartyKind kind;
    QStringView name;
    QStringView word;
};
constexpr std::array partyNames {
    PartyNames {flow::PartyKind::User, u"user", u"User"},
    PartyNames {flow::PartyKind::ManagedIdentity, u"managedIdentity", u"Managed identity"},
    PartyNames {flow::PartyKind::Blueprint, u"blueprint", u"Blueprint"},
    PartyNames {flow::PartyKind::Agent, u"agentIdentity", u"Agent identity"},
    PartyNames {flow::PartyKind::App, u"app", u"App"},
    PartyNames {flow::PartyKind::Resource, u"resource", u"Resource app"},
    PartyNames {flow::PartyKind::Outside, u"externalWorkload", u"Outside workload"},
    PartyNames {flow::PartyKind::Downstream, u"downstream", u"Downstream"},
    PartyNames {flow::PartyKind::Issuer, u"issuer", u"Issuer"},
    PartyNames {flow::PartyKind::Host, u"host", u"Host"},
};

const RootNames& namesOf(Root root) { return *std::ranges::find(rootNames, root, &RootNames::root); }
const PartyNames& namesOf(flow::PartyKind kind)
{
    return *std::ranges::find(partyNames, kind, &PartyNames::kind);
}

} // namespace

QString rootName(Root root) { return namesOf(root).name.toString(); }
QString rootTitle(Root root) { return namesOf(root).title.toString(); }
QString partyWord(flow::PartyKind kind) { return namesOf(kind).word.toString(); }
QString partyName(flow::PartyKind kind) { return namesOf(kind).name.toString(); }

QString partyWordOf(const QString& name)
{
    const auto* row = std::ranges::find(partyNames, QStringView(name), &PartyNames::name);
    return row == partyNames.end() ? name : row->word.toString();
}

const ChainParty* Chain::party(QStringView id) const
{
    const auto it = std::ranges::find_if(parties, [id](const ChainParty& p) { return p.id == id; });
    return it == parties.end() ? nullptr : &*it;
}

const Link* Chain::link(QStringView stepId) const
{
    const auto it
        = std::ranges::find_if(links, [stepId](const Link& l) { return l.carries.contains(stepId); });
    return it == links.end() ? nullptr : &*it;
}

const RootPlate* Chain::plate(QStringView stepId) const
{
    const auto it = std::ranges::find_if(
        roots, [stepId](const RootPlate& r) { return !stepId.isEmpty() && r.stepId == stepId; });
    return it == roots.end() ? nullptr : &*it;
}

} // namespace chain
