// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "parties.h"

#include "core/flow/demands.h"

namespace entra {

using namespace Qt::StringLiterals;
using flow::Party;
using flow::PartyKind;

namespace {

PartyKind kindOf(setup::AppKind kind)
{
    switch (kind) {
    case setup::AppKind::Blueprint: return PartyKind::Blueprint;
    case setup::AppKind::Agent: return PartyKind::Agent;
    case setup::AppKind::Resource: return PartyKind::Resource;
    case setup::AppKind::Public:
    case setup::AppKind::Confidential: break;
    }
    return PartyKind::App;
}

} // namespace

Party entraParty() { return {PartyKind::Issuer, u"entra"_s, u"Entra"_s}; }
QString title(const setup::App& app) { return app.displayName.isEmpty() ? app.name : app.displayName; }
Party party(const setup::App& app) { return {kindOf(app.kind), app.name, title(app)}; }

Party party(const setup::ManagedIdentity& identity)
{
    return {PartyKind::ManagedIdentity, identity.name, identity.displayName.isEmpty() ? identity.name : identity.displayName};
}

Party party(const setup::User& user)
{
    return {PartyKind::User, user.name, user.displayName.isEmpty() ? user.username : user.displayName};
}

flow::Value tokenEndpoint(const setup::Tenant& tenant) { return flow::fromSetup(tenant.tokenEndpoint(), tenant.pointer + u"/authority"_s); }

QString defaultScopeText(const setup::App& resource)
{
    return (resource.identifierUris.isEmpty() ? resource.clientId : resource.identifierUris.front()) + u"/.default"_s;
}

flow::Value defaultScope(const setup::App& resource)
{
    return flow::fromSetup(defaultScopeText(resource), resource.pointer + (resource.identifierUris.isEmpty() ? u"/clientId"_s : u"/identifierUris/0"_s));
}

flow::Step tokenRequest(const setup::Tenant& tenant, const QByteArray& grantType, const setup::App& client)
{
    flow::Step step;
    step.from = party(client);
    step.to = entraParty();
    step.becomes = step.from;
    step.contract = {u"entra.token"_s, tenant.pointer};
    step.url = tokenEndpoint(tenant);
    step.format = flow::BodyFormat::Form;
    step.body = {{"grant_type", flow::literal(grantType)}, {"client_id", flow::fromSetup(client.clientId, client.pointer + u"/clientId"_s)}};
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.expects = {flow::tokenType()};
    return step;
}

} // namespace entra
