// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "workload.h"

namespace entra {

using namespace Qt::StringLiterals;

namespace {

constexpr auto version = "2020-06-01"; // entra.md 5.3

/// The request that is made twice: without an answer to the challenge, then with it.
flow::Step ask(const setup::ManagedIdentity& identity, const flow::Frame& frame)
{
    flow::Step step;
    step.group = frame.group;
    step.from = {flow::PartyKind::Host, u"host"_s, identity.host.isEmpty() ? u"server"_s : identity.host};
    step.to = {flow::PartyKind::ManagedIdentity, u"metadata-service"_s, u"Azure Arc agent"_s};
    step.becomes = party(identity);
    step.contract = {u"managed-identity"_s, identity.pointer};
    step.contractKind = u"assigned identity"_s;
    step.contractName = step.becomes.title;
    step.method = "GET";
    step.url = flow::fromSetup(identity.endpoint + u"/metadata/identity/oauth2/token"_s, identity.pointer + u"/endpoint"_s);
    step.query = {{"api-version", flow::literal(version)}, {"resource", flow::literal("api://AzureADTokenExchange")}};
    step.headers = {{"Metadata", flow::literal("true")}};
    return step;
}

flow::Step challenge(const setup::ManagedIdentity& identity, const flow::Frame& frame)
{
    flow::Step step = ask(identity, frame);
    step.id = frame.id(u"arc-challenge"_s);
    step.title = u"Ask the Azure Arc agent"_s;
    step.shortTitle = u"Ask Arc"_s;
    step.explain = u"arc-challenge"_s;
    step.welcome = {401};
    step.yields = {{.pointer = u"/realm"_s, .slot = frame.slot(u"key file"_s), .header = "WWW-Authenticate"}};
    return step;
}

flow::Step readKey(const setup::ManagedIdentity& identity, const flow::Frame& frame)
{
    flow::Step step;
    step.id = frame.id(u"arc-key"_s);
    step.title = u"Read the key file"_s;
    step.shortTitle = u"Read key"_s;
    step.explain = u"arc-key"_s;
    step.group = frame.group;
    step.from = {flow::PartyKind::Host, u"host"_s, identity.host.isEmpty() ? u"server"_s : identity.host};
    step.to = {flow::PartyKind::Host, u"disk"_s, u"file system"_s};
    step.becomes = step.to;
    step.method = "GET";
    step.url = flow::joined({flow::literal("file://"), flow::fromReply(frame.slot(u"key file"_s))});
    step.yields = {{.slot = frame.slot(u"key"_s)}};
    return step;
}

flow::Step answer(const setup::ManagedIdentity& identity, const flow::Frame& frame)
{
    flow::Step step = ask(identity, frame);
    step.id = frame.id(u"managed-identity"_s);
    step.title = u"Managed identity token"_s;
    step.shortTitle = u"Host token"_s;
    step.explain = u"managed-identity.arc"_s;
    step.presents = {{.kind = flow::Evidence::Kind::Attestation, .title = u"may read the file"_s}};
    step.headers.append({"Authorization", flow::joined({flow::literal("Basic "), flow::fromReply(frame.slot(u"key"_s))})});
    step.audienceAsked = setup::exchangeAudienceUri.toString();
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"T0"_s), .token = true, .speaker = party(identity)}};
    return step;
}

} // namespace

QList<flow::Step> arcToken(const setup::ManagedIdentity& identity, const flow::Frame& frame)
{
    return {challenge(identity, frame), readKey(identity, frame), answer(identity, frame)};
}

} // namespace entra
