// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chains.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using chain::ChainParty;
using chain::Lane;
using chain::Link;
using chain::State;
using flow::PartyKind;

namespace {

ChainParty party(const QString& id, PartyKind kind, const QString& title, Lane lane, int column, int row = 0)
{
    return {.id = id, .kind = kind, .title = title, .word = chain::partyWord(kind), .lane = lane, .row = row, .column = column,
            .pointer = u"/"_s + id};
}

Link link(const QString& step, const QString& from, const QString& to, const QString& evidence, PartyKind speaker, const QString& kind,
          const QString& name)
{
    return {.id = step, .stepId = step, .carries = {step}, .from = from, .to = to, .evidence = evidence, .slot = evidence,
            .speaker = speaker, .contractKind = kind, .contractName = name, .word = u"Not reached"_s};
}

void asks(chain::Chain& chain, const QString& from, const QString& resource, const QString& title, int column)
{
    chain.parties.append(party(resource, PartyKind::Resource, title, Lane::Entra, column, 1));
    chain.links.append({.id = u"ask:"_s + resource, .stepId = u"token-as-agent"_s, .from = from, .to = resource,
                        .evidence = u"asks for"_s, .speaker = PartyKind::Resource, .crossesTrust = false, .askFor = true});
}

void accept(Link& link, int minutesLeft)
{
    link.state = State::Accepted;
    link.word = u"Accepted"_s;
    link.notBefore = chains::now() - 5min;
    link.expires = chains::now() + std::chrono::minutes {minutesLeft};
}

void setGroup(chain::Chain& chain, const QString& group)
{
    const QString prefix = group + u'/';
    for (ChainParty& p : chain.parties) {
        p.id = prefix + p.id;
        p.group = group;
    }
    for (Link& l : chain.links) {
        l.id = prefix + l.id;
        l.from = prefix + l.from;
        l.to = prefix + l.to;
        l.stepId = l.id;
        l.carries = {l.id};
        l.evidence = l.slot = group + u'.' + l.slot;
        l.group = group;
    }
    for (chain::RootPlate& root : chain.roots) {
        root.party = prefix + root.party;
        root.stepId = prefix + root.stepId;
        root.group = group;
    }
}

} // namespace

base::Instant chains::now() { return base::fromEpochSeconds(1'795'190'652); }

chain::Chain chains::federated(bool walked)
{
    chain::Chain chain {.root = chain::Root::Attested, .rootText = u"Attested compute"_s, .rootDetail = u"Nothing on disk"_s};
    chain.parties = {party(u"uami"_s, PartyKind::ManagedIdentity, u"mi-agents-prod"_s, Lane::People, 0),
                     party(u"blueprint"_s, PartyKind::Blueprint, u"Claims Desk"_s, Lane::Entra, 1),
                     party(u"agent"_s, PartyKind::Agent, u"claims-desk"_s, Lane::Entra, 2),
                     party(u"anthropic"_s, PartyKind::Downstream, u"Anthropic"_s, Lane::Downstream, 3)};
    chain.links = {link(u"exchange-as-blueprint"_s, u"uami"_s, u"blueprint"_s, u"T0"_s, PartyKind::ManagedIdentity, u"federated credential"_s, u"mi-agents-prod"_s),
                   link(u"token-as-agent"_s, u"blueprint"_s, u"agent"_s, u"T1"_s, PartyKind::Blueprint, u"child of the blueprint"_s, u"claims-desk"_s),
                   link(u"exchange-at-anthropic"_s, u"agent"_s, u"anthropic"_s, u"T2"_s, PartyKind::Agent, u"federation rule"_s, u"fdrl_01HbClaimsDeskFederation7Q"_s)};
    chain.links[1].crossesTrust = false;
    asks(chain, u"agent"_s, u"anthropic-api"_s, u"anthropic-wif"_s, 2);
    chain.roots = {{.party = u"uami"_s, .root = chain::Root::Attested, .title = u"Attested compute"_s, .detail = u"ca-agents-weu"_s,
                    .stepId = u"managed-identity"_s, .evidence = u"T0"_s, .contractKind = u"attached to the host"_s, .word = u"Not reached"_s}};
    chain.auditPrincipals = {{.target = u"Anthropic"_s, .principal = u"svac_01HbClaimsDeskWifRunner77Q"_s, .observed = walked}};
    chain.audiences = {{.step = u"managed-identity"_s, .slot = u"T0"_s}, {.step = u"exchange-as-blueprint"_s, .slot = u"T1"_s},
                       {.step = u"token-as-agent"_s, .slot = u"T2"_s}};
    if (!walked)
        return chain;
    for (ChainParty& p : chain.parties)
        p.reached = true;
    chain.roots[0].state = State::Accepted;
    chain.roots[0].word = u"Accepted"_s;
    accept(chain.links[0], 1434);
    accept(chain.links[1], 64);
    accept(chain.links[2], 74);
    return chain;
}

chain::Chain chains::refused()
{
    chain::Chain chain = federated();
    chain.roots[0].state = State::Accepted;
    chain.parties[0].reached = chain.parties[1].reached = true;
    accept(chain.links[0], 1434);
    chain.links[0].state = State::Refused;
    chain.links[0].word = u"Refused: subject, case"_s;
    chain.links[0].hasPrediction = true;
    chain.links[0].predicted = base::Decision::Refuse;
    return chain;
}

chain::Chain chains::secret()
{
    chain::Chain chain = federated();
    chain.root = chain::Root::DiskSecret;
    chain.parties.removeFirst();
    chain.links.removeFirst();
    chain.roots = {{.party = u"blueprint"_s, .root = chain::Root::DiskSecret, .title = u"Secret on disk"_s, .detail = u"client secret of Claims Desk"_s,
                    .stepId = u"exchange-as-blueprint"_s, .evidence = u"client secret"_s, .contractKind = u"client secret"_s, .word = u"Not reached"_s}};
    return chain;
}

chain::Chain chains::forUser()
{
    chain::Chain chain = federated();
    chain.parties.append({party(u"alice"_s, PartyKind::User, u"Alice Reyes"_s, Lane::People, 0, -1),
                          party(u"sign-in-page"_s, PartyKind::Issuer, u"Sign-in page"_s, Lane::Entra, 1, -1),
                          party(u"graph"_s, PartyKind::Downstream, u"Graph /me"_s, Lane::Downstream, 3, -1)});
    chain.links.append({link(u"sign-in"_s, u"alice"_s, u"sign-in-page"_s, u"sign-in"_s, PartyKind::User, u"app registration"_s, u"Portal"_s),
                        link(u"agent-for-user#2"_s, u"sign-in-page"_s, u"agent"_s, u"Tc"_s, PartyKind::User, u"consent"_s, u"access_agent"_s),
                        link(u"call-graph"_s, u"agent"_s, u"graph"_s, u"T3"_s, PartyKind::Agent, u"audience"_s, u"Graph"_s)});
    chain.links[4].slot.clear();
    chain.roots.append({.party = u"alice"_s, .root = chain::Root::User, .title = u"User"_s, .detail = u"Alice Reyes"_s});
    return chain;
}

chain::Chain chains::patterns()
{
    chain::Chain first = secret();
    chain::Chain second = federated();
    // A pattern without a runtime begins counting at its first lane.
    for (ChainParty& p : first.parties)
        --p.column;
    setGroup(first, u"A"_s);
    setGroup(second, u"B"_s);
    first.parties += second.parties;
    first.links += second.links;
    first.roots += second.roots;
    return first;
}

chain::Chain chains::row(int count)
{
    chain::Chain chain;
    for (int i = 0; i < count; ++i)
        chain.parties.append(party(u"p%1"_s.arg(i), PartyKind::Agent, u"agent %1"_s.arg(i), i ? Lane::Entra : Lane::People, i));
    for (int i = 1; i < count; ++i)
        chain.links.append(link(u"s%1"_s.arg(i), u"p%1"_s.arg(i - 1), u"p%1"_s.arg(i), u"T%1"_s.arg(i), PartyKind::Agent, u"contract"_s, u"c%1"_s.arg(i)));
    return chain;
}
