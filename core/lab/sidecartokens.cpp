// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidecartokens.h"

#include "core/lab/metadata.h"
#include "core/lab/runsecrets.h"
#include "core/lab/tenantserver.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr auto assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr auto exchangeScope = "api://AzureADTokenExchange/.default";

using Token = base::Result<QByteArray>;

struct Errand
{
    World& world;
    const setup::SidecarPlan& plan;
    const setup::Tenant& tenant;
    QByteArray segment; ///< the tenant as it is asked for
};

tl::unexpected<base::Error> cannot(const QString& why) { return base::fail(u"sidecar"_s, why); }

Token tokenIn(const http::ServerResponse& reply)
{
    const json::Document body = json::Document::read(reply.body);
    if (reply.status == 200)
        return body.root()["access_token"].bytes().toByteArray();
    if (reply.drop)
        return cannot(u"The token endpoint gave no answer."_s);
    return base::fail(u"entra"_s, body.root()["error_description"].text());
}

Token ask(const Errand& errand, const http::Form& form)
{
    http::ServerRequest request {.method = "POST", .path = '/' + errand.segment + "/oauth2/v2.0/token"};
    request.target = request.path;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Host", http::splitUrl(errand.tenant.authority.toUtf8()).host}};
    request.body = http::encodeForm(form);
    request.secure = true;
    return tokenIn(tenantServer(errand.world, request));
}

/// The host's token for the exchange; App Service and IMDS are asked in their own way.
Token hostToken(const Errand& errand)
{
    const setup::ManagedIdentity* identity = errand.plan.identity;
    if (!identity)
        return cannot(u"The settings name no managed identity."_s);
    const bool appService = identity->flavour == "app-service"_L1;
    http::Form query {{"api-version", appService ? "2019-08-01" : "2018-02-01"}, {"resource", "api://AzureADTokenExchange"}};
    if (!identity->systemAssigned)
        query.append(http::Parameter {"client_id", identity->clientId.toUtf8()});
    http::ServerRequest request {.method = "GET", .path = "/metadata/identity/oauth2/token", .query = http::encodeForm(query)};
    if (appService)
        request.headers = {{"X-IDENTITY-HEADER", errand.world.identityHeader}};
    else
        request.headers = {{"Metadata", "true"}};
    return tokenIn(appService ? appServiceToken(errand.world, request) : instanceMetadata(errand.world, request, request.path));
}

/// What the blueprint proves itself with goes into the form.
base::Result<void> authenticate(const Errand& errand, http::Form& form)
{
    if (errand.plan.pattern == setup::SidecarPattern::Secret) {
        const setup::Credential* secret = errand.plan.blueprint->credential(setup::CredentialType::Secret);
        if (!secret)
            return cannot(u"The settings hold no client secret."_s);
        form.append(http::Parameter {"client_secret", clientSecret(errand.world.entropy, *errand.plan.blueprint, *secret)});
        return {};
    }
    if (errand.plan.pattern == setup::SidecarPattern::WorkloadFile)
        return cannot(u"There is no projected token on this host."_s);
    const Token assertion = hostToken(errand);
    if (!assertion)
        return tl::unexpected(assertion.error());
    form.append(http::Parameter {"client_assertion_type", assertionType});
    form.append(http::Parameter {"client_assertion", *assertion});
    return {};
}

http::Form clientCredentials(const QString& client, const QByteArray& scope)
{
    return {{"grant_type", "client_credentials"}, {"client_id", client.toUtf8()}, {"scope", scope}};
}

/// The agent proves itself with its blueprint's exchange token, T1.
http::Form byExchange(const QString& agent, const QByteArray& scope, const QByteArray& exchange)
{
    http::Form form = clientCredentials(agent, scope);
    form.append(http::Parameter {"client_assertion_type", assertionType});
    form.append(http::Parameter {"client_assertion", exchange});
    return form;
}

/// The third request, with the agent's own exchange token, T2 (entra.md 7.4).
Token asAgentUser(const Errand& errand, const trust::SidecarDecision& decision, const QByteArray& scope, const QByteArray& exchange)
{
    const Token own = ask(errand, byExchange(decision.agent, exchangeScope, exchange));
    if (!own)
        return own;
    http::Form form = byExchange(decision.agent, scope, exchange);
    form[0].value = "user_fic";
    form.append(http::Parameter {"user_federated_identity_credential", *own});
    const bool named = !decision.agentUser.username.isEmpty();
    form.append(http::Parameter {named ? "username" : "user_id", (named ? decision.agentUser.username : decision.agentUser.objectId).toUtf8()});
    return ask(errand, form);
}

Token asAgent(const Errand& errand, const trust::SidecarDecision& decision, const QByteArray& scope)
{
    http::Form first = clientCredentials(errand.plan.blueprint->clientId, exchangeScope);
    first.append(http::Parameter {"fmi_path", decision.agent.toUtf8()});
    if (const auto done = authenticate(errand, first); !done)
        return tl::unexpected(done.error());
    const Token exchange = ask(errand, first);
    if (!exchange)
        return exchange;
    if (decision.agentUser.isThere() && !decision.api->appToken)
        return asAgentUser(errand, decision, scope, *exchange);
    http::Form second = byExchange(decision.agent, scope, *exchange);
    if (decision.user.isJwt() && !decision.api->appToken) {
        second[0].value = "urn:ietf:params:oauth:grant-type:jwt-bearer";
        second.append(http::Parameter {"assertion", decision.user.signingInput().toByteArray() + '.' + decision.user.signaturePart});
        second.append(http::Parameter {"requested_token_use", "on_behalf_of"});
    }
    return ask(errand, second);
}

Token asBlueprint(const Errand& errand, const QByteArray& scope)
{
    http::Form form = clientCredentials(errand.plan.blueprint->clientId, scope);
    if (const auto done = authenticate(errand, form); !done)
        return tl::unexpected(done.error());
    return ask(errand, form);
}

} // namespace

Token sidecarToken(World& world, const setup::Target& sidecar, const trust::SidecarDecision& decision)
{
    const auto plan = setup::sidecarPlan(world.setup, sidecar);
    const setup::Tenant* tenant = plan ? world.setup.tenantOf(*plan->blueprint) : nullptr;
    if (!tenant)
        return cannot(u"The settings name no blueprint of a tenant."_s);
    const QString& other = decision.overrides.tenant;
    const Errand errand {world, *plan, *tenant, (other.isEmpty() ? tenant->id : other).toUtf8()};
    const QByteArray scope = decision.api->scopes.join(u' ').toUtf8();
    return decision.agent.isEmpty() ? asBlueprint(errand, scope) : asAgent(errand, decision, scope);
}

} // namespace lab
