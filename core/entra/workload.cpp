// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "workload.h"

#include "core/setup/workloadkeys.h"

#include <algorithm>

namespace entra {

using namespace Qt::StringLiterals;

namespace {

QString article(const setup::App& app) { return app.kind == setup::AppKind::Blueprint ? u"the blueprint"_s : u"the app"_s; }

base::Result<const setup::Credential*> credentialOf(const setup::App& app, setup::CredentialType type, const QString& word)
{
    if (const setup::Credential* found = app.credential(type))
        return found;
    return base::fail(u"flow-credential"_s, u"%1 has no credential of type %2. Add one, or choose another credential in the flow."_s.arg(title(app), word), app.pointer + u"/credentials"_s);
}

base::Result<void> bySecret(flow::Step& step, const setup::Setup& setup, const setup::App& app)
{
    const auto secret = credentialOf(app, setup::CredentialType::Secret, u"secret"_s);
    if (!secret)
        return tl::unexpected(secret.error());
    step.body.append({"client_secret", flow::fromSecret(setup::secretKey(setup, app, **secret))});
    step.presents.append({.kind = flow::Evidence::Kind::Secret, .title = u"client secret"_s});
    step.contractKind = u"secret of %1"_s.arg(article(app));
    step.contractName = (*secret)->name;
    return {};
}

/// The address a step goes to, as its assertion has to name it.
QString addressOf(const flow::Step& step)
{
    const auto* url = std::get_if<flow::FromSetup>(&step.url.v);
    return url ? url->text : QString {};
}

base::Result<void> byCertificate(flow::Step& step, const setup::Setup& setup, const setup::App& app, const Witness& witness)
{
    const auto certificate = credentialOf(app, setup::CredentialType::Certificate, u"certificate"_s);
    if (!certificate)
        return tl::unexpected(certificate.error());
    const setup::Credential& c = **certificate;
    step.body.append({
        {"client_assertion_type", flow::literal(assertionType)},
        {"client_assertion", flow::signedAssertion({
            .key = setup::secretKey(setup, app, c),
            .certificate = c.certificate.toLatin1(),
            .algorithm = c.algorithm.isEmpty() ? QByteArray("PS256") : c.algorithm.toLatin1(),
            .chain = c.chain,
            .issuer = app.clientId,
            .audience = witness.audience.isEmpty() ? addressOf(step) : witness.audience,
            .pointer = c.pointer})},
    });
    step.presents.append({.kind = flow::Evidence::Kind::Secret, .title = u"private key"_s});
    step.contractKind = u"certificate of %1"_s.arg(article(app));
    step.contractName = c.name;
    return {};
}

/// The credential that is meant for this source's tokens: by name, else by kind, else any.
QString federatedName(const setup::App& app, Proof proof, const Witness& witness)
{
    const QString type = proof == Proof::Issuer ? u"issuer"_s : u"managed-identity"_s;
    const setup::Credential* best = app.credential(setup::CredentialType::Federated);
    int rank = 0;
    for (const setup::Credential& c : app.credentials) {
        const bool kind = c.type == setup::CredentialType::Federated && c.source.type == type;
        const int own = kind ? (c.source.name == witness.source ? 2 : 1) : 0;
        if (own > rank) {
            best = &c;
            rank = own;
        }
    }
    return best ? best->name : u"none"_s;
}

} // namespace

flow::Step managedIdentityToken(const setup::Setup& setup, const setup::ManagedIdentity& identity, const flow::Frame& frame, bool pinned)
{
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
    if (pinned && !identity.systemAssigned)
        step.query.append({"client_id", flow::fromSetup(identity.clientId, identity.pointer + u"/clientId"_s)});
    if (appService)
        step.headers = {{"X-IDENTITY-HEADER", flow::fromSecret(setup::identityHeaderKey(setup, identity))}};
    else
        step.headers = {{"Metadata", flow::literal("true")}};
    step.audienceAsked = setup::exchangeAudienceUri.toString();
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"T0"_s), .token = true, .speaker = party(identity)}};
    return step;
}

QString explainedBy(Proof proof)
{
    switch (proof) {
    case Proof::Secret: return u".secret"_s;
    case Proof::Certificate: return u".certificate"_s;
    case Proof::Issuer: return u".issuer"_s;
    case Proof::ManagedIdentity: break;
    }
    return {};
}

void authenticateWith(flow::Step& step, const QString& slot)
{
    step.body.append({
        {"client_assertion_type", flow::literal(assertionType)},
        {"client_assertion", flow::fromToken(slot)},
    });
    step.presents.append({.slot = slot, .kind = flow::Evidence::Kind::Token, .title = slot});
}

base::Result<void> authenticate(flow::Step& step, const setup::Setup& setup, const setup::App& app, Proof proof, const flow::Frame& frame,
    const Witness& witness)
{
    if (proof == Proof::Secret)
        return bySecret(step, setup, app);
    if (proof == Proof::Certificate)
        return byCertificate(step, setup, app, witness);
    authenticateWith(step, frame.slot(u"T0"_s));
    step.contractKind = u"federated credential"_s;
    step.contractName = federatedName(app, proof, witness);
    return {};
}

base::Result<flow::Step> tokenAsApp(const setup::Setup& setup, const setup::Tenant& tenant, const setup::App& app, Proof proof,
    const setup::App& resource, const flow::Frame& frame, const Witness& witness)
{
    flow::Step step = tokenRequest(tenant, clientCredentials, app);
    step.id = frame.id(u"token-as-app"_s);
    step.title = u"Token as the app"_s;
    step.shortTitle = u"As app"_s;
    step.explain = u"token-as-app"_s + explainedBy(proof);
    step.group = frame.group;
    step.body.append({"scope", defaultScope(resource)});
    if (auto done = authenticate(step, setup, app, proof, frame, witness); !done)
        return tl::unexpected(done.error());
    step.audienceAsked = defaultScopeText(resource);
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(u"T1"_s), .token = true, .speaker = party(app)}};
    return step;
}

} // namespace entra
