// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/walk_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

using Kind = flow::Evidence::Kind;

QString hostOf(const Walk& walk, const flow::Step& step)
{
    const setup::ManagedIdentity* identity = walk.setup.managedIdentity(headOf(step).id);
    return identity && !identity->host.isEmpty() ? identity->host : step.from.title;
}

RootPlate plate(const Walk& walk, const flow::Step& step, const flow::Evidence& evidence, Root root)
{
    const flow::StepState state = walk.run.state(step.id);
    return {.party = partyId(step, headOf(step)),
        .root = root,
        .title = rootTitle(root),
        .stepId = step.id,
        .state = stateOf(state),
        .evidence = evidence.title,
        .contractKind = step.contractKind,
        .contractName = step.contractName,
        .word = wordOf(walk.run.record(step.id), state),
        .group = step.group};
}

RootPlate attested(const Walk& walk, const flow::Step& step, const flow::Evidence& evidence)
{
    RootPlate out = plate(walk, step, evidence, Root::Attested);
    out.detail = hostOf(walk, step);
    if (!step.yields.isEmpty())
        out.evidence = step.yields.first().slot;
    return out;
}

RootPlate onDisk(const Walk& walk, const flow::Step& step, const flow::Evidence& evidence)
{
    RootPlate out = plate(walk, step, evidence, Root::DiskSecret);
    out.detail = u"%1 of %2"_s.arg(evidence.title, headOf(step).title);
    return out;
}

RootPlate person(const Walk& walk, const flow::Step& step, const flow::Evidence& evidence)
{
    RootPlate out = plate(walk, step, evidence, Root::User);
    out.party = partyId(step, step.from);
    out.detail = step.from.title;
    out.stepId.clear(); // its sign-in is a link of its own
    return out;
}

void add(RootPlate plate, QList<RootPlate>& roots)
{
    const bool known = std::ranges::any_of(
        roots, [&](const RootPlate& r) { return r.party == plate.party && r.root == plate.root; });
    if (!known)
        roots.append(std::move(plate));
}

QList<Root> distinct(const QList<RootPlate>& plates)
{
    QList<Root> found;
    for (const Root root : {Root::User, Root::Attested, Root::DiskSecret})
        if (std::ranges::find(plates, root, &RootPlate::root) != plates.end())
            found.append(root);
    return found;
}

QString lowerFirst(QString text)
{
    if (!text.isEmpty())
        text[0] = text.at(0).toLower();
    return text;
}

/// "User, and attested compute"
QString textOf(const QList<RootPlate>& plates)
{
    QString text;
    for (const Root root : distinct(plates))
        text += text.isEmpty() ? rootTitle(root) : QString(u", and "_s + lowerFirst(rootTitle(root)));
    return text.isEmpty() ? rootTitle(Root::Unknown) : text;
}

QStringList groupsOf(const QList<RootPlate>& plates)
{
    QStringList groups;
    for (const RootPlate& plate : plates)
        if (!groups.contains(plate.group))
            groups.append(plate.group);
    return groups;
}

/// "A: secret on disk, B: attested compute"
QString textByGroup(const QList<RootPlate>& plates)
{
    QStringList texts;
    for (const QString& group : groupsOf(plates)) {
        QList<RootPlate> own;
        std::ranges::copy_if(
            plates, std::back_inserter(own), [&](const RootPlate& p) { return p.group == group; });
        texts.append(group + u": "_s + lowerFirst(textOf(own)));
    }
    return texts.join(u", "_s);
}

QString detailOf(const Chain& chain)
{
    const auto secret = std::ranges::find(chain.roots, Root::DiskSecret, &RootPlate::root);
    if (secret == chain.roots.end())
        return u"Nothing on disk"_s;
    const ChainParty* party = chain.party(secret->party);
    const QString who = party ? lowerFirst(party->word) : u"client"_s;
    const QString what = secret->evidence == u"private key" ? secret->evidence : u"secret"_s;
    return secret->group.isEmpty() ? u"Whoever copies the %1 is the %2"_s.arg(what, who)
                                   : u"Whoever copies the %1 of %2 is the %3"_s.arg(what, secret->group, who);
}

} // namespace

void addRoots(const Walk& walk, Chain& chain)
{
    for (const flow::Step& step : walk.flow.steps) {
        for (const flow::Evidence& evidence : step.presents) {
            if (evidence.kind == Kind::Attestation)
                add(attested(walk, step, evidence), chain.roots);
            else if (evidence.kind == Kind::Secret)
                add(onDisk(walk, step, evidence), chain.roots);
            else if (evidence.kind == Kind::SignIn && step.from.kind == flow::PartyKind::User)
                add(person(walk, step, evidence), chain.roots);
        }
    }
    const QList<Root> roots = distinct(chain.roots);
    chain.root = roots.isEmpty() ? Root::Unknown : roots.size() == 1 ? roots.first() : Root::Mixed;
    chain.rootText = groupsOf(chain.roots).size() > 1 ? textByGroup(chain.roots) : textOf(chain.roots);
    chain.rootDetail = roots.isEmpty() ? QString() : detailOf(chain);
}

} // namespace chain
