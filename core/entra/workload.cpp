// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "workload.h"

#include <algorithm>

namespace entra {

using namespace Qt::StringLiterals;

flow::Step managedIdentityToken(const setup::Setup& setup, const setup::ManagedIdentity& identity, const flow::Frame& frame)
{
    Q_UNUSED(setup)
    const bool appService = identity.flavour == u"app-service";
    flow::Step step;
    step.id = frame.id(u"managed-identity"_s);
    step.title = u"Managed identity token"_s;
    step.shortTitle = u"Host token"_s;
    step.explain = appService ? u"managed-identity.app-service"_s : u"managed-identity"_s;
    step.group = frame.group;
    step.from = {flow::PartyKind::Host, u"host"_s, identity.host.isEmpty() ? u"host"_s : identity.host};
    step.to = {flow::PartyKind::ManagedIdentity, u"metadata-service"_s, u"metadata service"_s};
    step.becomes = party(identity);
    step.presents = {{.kind = flow::Evidence::Kind::Attestation, .title = u"runs on the host"_s}};
    step.contract = {u"managed-identity"_s, identity.pointer};
    step.contractKind = u"assigned identity"_s;
    step.contractName = step.becomes.title;
    step.method = "GET";
    step.url = flow::fromSetup(appService ? identity.endpoint : identity.endpoint + u"/metadata/identity/oauth2/token"_s, identity.pointer + u"/endpoint"_s);
    step.query = {
        {"api-version", flow::literal(appService ? "2019-08-01" : "2018-02-01")},
        {"resource", flow::literal("api://AzureADTokenExchange")},
    };
    // Pinned, so that a second identity on the same host does not take its place.
    if (!identity.systemAssigned)
        step.query.append({"client_id", flow::fromSetup(identity.clientId, identity.pointer + u"/clientId"_s)});
    if (appService)
        step.headers = {{"X-IDENTITY-HEADER", flow::fromSecret({setup.id, u"host"_s, identity.clientId, u"identity-header"_s})}};
    else
        step.headers = {{"Metadata", flow::literal("true")}};
    step.audienceAsked = setup::exchangeAudienceUri.toString();
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"T0"_s), .token = true, .speaker = party(identity)}};
    return step;
}

void authenticateWith(flow::Step& step, const QString& slot)
{
    step.body.append({
        {"client_assertion_type", flow::literal(assertionType)},
        {"client_assertion", flow::fromToken(slot)},
    });
    step.presents.append({.slot = slot, .kind = flow::Evidence::Kind::Token, .title = slot});
}

base::Result<void> authenticate(flow::Step& step, const setup::Setup& setup, const setup::App& app, Proof proof, const flow::Frame& frame)
{
    if (proof == Proof::Secret) {
        const setup::Credential* secret = app.credential(setup::CredentialType::Secret);
        if (!secret)
            return base::fail(u"flow-credential"_s, u"%1 has no credential of type secret. Add one, or choose managed-identity in the flow."_s.arg(title(app)), app.pointer + u"/credentials"_s);
        step.body.append({"client_secret", flow::fromSecret(setup::secretKey(setup, app, *secret))});
        step.presents.append({.kind = flow::Evidence::Kind::Secret, .title = u"client secret"_s});
        step.contractKind = u"secret of %1"_s.arg(app.kind == setup::AppKind::Blueprint ? u"the blueprint"_s : u"the app"_s);
        step.contractName = secret->name;
        return {};
    }
    authenticateWith(step, frame.slot(u"T0"_s));
    step.contractKind = u"federated credential"_s;
    const auto federated = std::ranges::find_if(app.credentials, [](const setup::Credential& c) {
        return c.type == setup::CredentialType::Federated && c.source.type == u"managed-identity";
    });
    const setup::Credential* any = federated != app.credentials.end() ? &*federated : app.credential(setup::CredentialType::Federated);
    step.contractName = any ? any->name : u"none"_s;
    return {};
}

} // namespace entra
