// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/chain.h"

namespace chain {

/// What one derivation looks at.
struct Walk
{
    const setup::Setup& setup;
    const flow::Flow& flow;
    const flow::Run& run;
};

/// One piece of evidence on its way: whoever holds it shows it and becomes somebody by it.
struct Passage
{
    const flow::Step* step = nullptr;
    const flow::Evidence* evidence = nullptr;
    int weight = 0; ///< 0: the first token or sign-in the step presents
    const flow::Party* from = nullptr;
    const flow::Party* to = nullptr;
};

/// "<group>/<setup name>", or just the name where nothing is grouped.
QString partyId(const flow::Step& step, const flow::Party& party);
/// Whose token comes out of a step, else whoever was asked.
const flow::Party& headOf(const flow::Step& step);
/// The step that yields a slot: the last one before `before`.
const flow::Step* yielderOf(const flow::Flow& flow, QStringView slot, const flow::Step* before = nullptr);
/// The token's owner as its step announces it.
const flow::Yield* yieldOf(const flow::Step& step, QStringView slot);
/// The field of the request that carries a token: "client_assertion", "assertion", "Authorization".
QByteArray fieldCarrying(const flow::Step& step, QStringView slot);
/// Slots of tokens and replies that a step's request is made of.
QStringList slotsUsed(const flow::Step& step);
/// Everything that goes from one party to another. Secrets and attestations come from no party: they are
/// roots.
QList<Passage> passages(const flow::Flow& flow);
/// Whether a token leads back to a sign-in on the way that carries the subject (a client assertion does not).
bool fromSignIn(const flow::Flow& flow, QStringView slot, const flow::Step* before = nullptr);

State stateOf(flow::StepState state);
/// "Accepted", "Refused: subject, case", "No answer", "Waiting", "Not reached"
QString wordOf(const flow::StepRecord* record, flow::StepState state);
QString wordOfPrediction(const base::Verdict& verdict);
/// The app an audience or a scope names: "api://x/.default", "https://graph.microsoft.com/User.Read", a GUID.
const setup::App* resourceOf(const setup::Setup& setup, const QString& asked);

QList<ChainParty> partiesOf(const Walk& walk, const QList<Passage>& passages);
QList<Link> linksOf(const Walk& walk, const QList<Passage>& passages);
/// The resource apps that are asked for, each below the party that asks.
void addResources(const Walk& walk, Chain& chain);
/// Lanes, columns and rows. The same chain always lies the same way.
void layOut(Chain& chain);
void addRoots(const Walk& walk, Chain& chain);
QList<Audience> audiencesOf(const Walk& walk);
QList<AuditPrincipal> auditPrincipalsOf(const Walk& walk);
// auditgoogle.cpp
/// Steps that Google's audit logs name a principal for: acting as an account, and the call itself.
bool isGoogleAudited(const flow::Step& step);
AuditPrincipal googlePrincipal(const Walk& walk, const flow::Step& step, const QString& shows);
/// What a federated or impersonated token of this run stands for, by the request that minted it.
std::optional<trust::OpaqueGrant> googleGrantIn(const setup::Setup& setup, const setup::Target& target, const flow::Run& run,
    QByteArrayView token);

} // namespace chain
