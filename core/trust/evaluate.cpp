// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "evaluate.h"

#include "core/trust/anthropic.h"
#include "core/trust/aws.h"
#include "core/trust/audience.h"
#include "core/trust/broker.h"
#include "core/trust/entratoken.h"
#include "core/trust/google.h"
#include "core/trust/keyvault.h"
#include "core/trust/managedidentity.h"
#include "core/trust/mcp.h"
#include "core/trust/mcpauth.h"
#include "core/trust/sidecar.h"
#include "core/trust/saas.h"
#include "core/trust/tokenexchange.h"
#include "core/trust/workloadtoken.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

struct Situation
{
    const setup::ContractRef& contract;
    const setup::Setup& setup;
    const http::Request& request;
    const Knowledge& knowledge;
    base::Instant now;
};

template <typename T>
const T* at(const QList<T>& objects, const QString& pointer)
{
    const auto it = std::ranges::find(objects, pointer, &T::pointer);
    return it == objects.end() ? nullptr : &*it;
}

/// First segment of the path: "<tenant>" in "/<tenant>/oauth2/v2.0/token".
QString tenantSegment(const http::UrlParts& url)
{
    return QString::fromUtf8(http::percentDecoded(url.path)).section(u'/', 1, 1);
}

std::optional<base::Verdict> entraAuthorize(const Situation& s)
{
    const http::UrlParts url = http::splitUrl(s.request.url);
    return decideAuthorize(s.setup, tenantSegment(url), http::parseForm(url.query), s.knowledge,
        s.now).verdict;
}

std::optional<base::Verdict> entraToken(const Situation& s)
{
    const TokenRequest request {tenantSegment(http::splitUrl(s.request.url)), http::parseForm(s.request.body),
                                s.request.headers.value("Authorization")};
    return decideToken(s.setup, request, s.knowledge, s.now).verdict;
}

std::optional<base::Verdict> managedIdentity(const Situation& s)
{
    const auto* identity = at(s.setup.managedIdentities, s.contract.pointer);
    const http::Form query = http::parseForm(http::splitUrl(s.request.url).query);
    if (identity && identity->flavour == "arc"_L1)
        return decideArcIdentity(s.setup, query, s.request.headers, {}, s.knowledge, s.now).verdict;
    const bool appService = identity ? identity->flavour == "app-service"_L1
        : s.request.headers.has("X-IDENTITY-HEADER");
    return decideManagedIdentity(s.setup, appService, query, s.request.headers, s.knowledge, s.now).verdict;
}

/// A token out of a file, a variable or a paste was decided on elsewhere.
std::optional<base::Verdict> workloadToken(const Situation& s)
{
    const auto* issuer = at(s.setup.issuers, s.contract.pointer);
    if (!issuer || !issuer->tokenSource.type.isEmpty())
        return {};
    return decideWorkloadToken(*issuer, s.request, {}, s.knowledge).verdict;
}

std::optional<base::Verdict> apiBearer(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideBearer(s.setup, *target, s.request.headers.value("Authorization"), s.knowledge, s.now);
}

std::optional<base::Verdict> anthropicExchange(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    const json::Document body = json::Document::read(s.request.body);
    return decideAnthropicExchange(s.setup, *target, body.root(), s.knowledge, s.now).verdict;
}

std::optional<base::Verdict> anthropicApi(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideAnthropicCall(s.setup, *target, s.request.headers, s.knowledge, s.now);
}

std::optional<base::Verdict> googleExchange(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideGoogleExchange(s.setup, *target, googleExchangeIn(s.request.headers, s.request.body), s.knowledge, s.now).verdict;
}

std::optional<base::Verdict> googleImpersonation(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    const json::Document body = json::Document::read(s.request.body);
    return decideGoogleImpersonation(s.setup, *target, googleAccountIn(http::splitUrl(s.request.url).path), s.request.headers,
        body.root(), s.knowledge, s.now).verdict;
}

std::optional<base::Verdict> googleCall(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideGoogleCall(s.setup, *target, s.request.headers, s.knowledge, s.now);
}

std::optional<base::Verdict> awsWebIdentity(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideAwsWebIdentity(s.setup, *target, http::parseForm(s.request.body), s.knowledge, s.now).verdict;
}

std::optional<base::Verdict> awsCall(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    const http::UrlParts url = http::splitUrl(s.request.url);
    return decideAwsCall(*target, {s.request.method, url.path, url.query, s.request.headers, s.request.body}, s.knowledge, s.now);
}

std::optional<base::Verdict> keyVault(const Situation& s)
{
    const auto* vault = at(s.setup.targets, s.contract.pointer);
    if (!vault)
        return {};
    const QByteArray own = http::splitUrl(vault->url.toUtf8()).path;
    const QByteArray path = http::splitUrl(s.request.url).path;
    const VaultCall call = vaultCall(s.request.method, path.sliced(path.startsWith(own) ? own.size() : 0));
    return decideVault(s.setup, *vault, call, stateInSetup(*vault, call), s.request.headers.value("Authorization"), s.knowledge, s.now);
}

std::optional<base::Verdict> sidecar(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    const http::UrlParts url = http::splitUrl(s.request.url);
    const QByteArray own = http::splitUrl(target->url.toUtf8()).path;
    const QByteArray path = url.path.sliced(url.path.startsWith(own) && own != "/" ? own.size() : 0);
    return decideSidecar(s.setup, *target, sidecarCall(path, url.query, s.request.headers), s.knowledge, s.now).verdict;
}

std::optional<base::Verdict> tokenExchange(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideTokenExchange(s.setup, *target, http::parseForm(s.request.body),
        s.request.headers.value("Authorization"), s.knowledge, s.now).verdict;
}

std::optional<base::Verdict> saasAuthorize(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideSaasAuthorize(*target, http::parseForm(http::splitUrl(s.request.url).query)).verdict;
}

std::optional<base::Verdict> saasToken(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideSaasToken(*target, http::parseForm(s.request.body), s.request.headers.value("Authorization"),
        s.knowledge, s.now).verdict;
}

std::optional<base::Verdict> saasCall(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideSaasCall(*target, s.request.headers, s.knowledge, s.now);
}

std::optional<base::Verdict> brokerToken(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideTokenExchange(s.setup, *target, brokerForm(s.request.headers, s.request.body),
        s.request.headers.value("Authorization"), s.knowledge, s.now).verdict;
}

std::optional<base::Verdict> brokerConnection(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    const json::Document body = json::Document::read(s.request.body);
    return decideConnection(s.setup, *target, s.request.headers, body.root(), s.knowledge, s.now).verdict;
}

/// Any OpenID provider: nothing of what it is configured to accept is known here.
std::optional<base::Verdict> oidcProvider(const Situation& s)
{
    const auto* provider = at(s.setup.providers, s.contract.pointer);
    base::Verdict out {.receiver = provider ? provider->issuer : u"OpenID provider"_s,
                       .contract = provider ? provider->clientId : QString(),
                       .confidence = base::Confidence::Unknown};
    const auto leave = [&](const char16_t* id, const char16_t* title, const char16_t* source) {
        out.checks.append({.id = QString::fromUtf16(id), .group = u"The request"_s,
                           .title = QString::fromUtf16(title),
                           .outcome = base::Outcome::NotEvaluated,
                           .relation = u"Only the provider knows what is registered there."_s,
                           .source = QString::fromUtf16(source)});
    };
    leave(u"client", u"Client", u"RFC 6749, 2");
    leave(u"redirect_uri", u"Redirect URI", u"RFC 6749, 3.1.2");
    leave(u"scope", u"Scopes", u"RFC 6749, 3.3");
    return out;
}

std::optional<base::Verdict> mcpMetadata(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return judgeProtectedResource(*target, target->metadata.root());
}

std::optional<base::Verdict> mcpResource(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideMcpCall(s.setup, *target, s.request, s.knowledge, s.now).verdict;
}

std::optional<base::Verdict> mcpChallenge(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return asChallenge(decideMcpCall(s.setup, *target, s.request, s.knowledge, s.now).verdict);
}

std::optional<base::Verdict> mcpAuthorize(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    const http::Form query = http::parseForm(http::splitUrl(s.request.url).query);
    return decideMcpAuthorize(s.setup, target->authorizationServer, query, s.knowledge).verdict;
}

std::optional<base::Verdict> mcpToken(const Situation& s)
{
    const auto* target = at(s.setup.targets, s.contract.pointer);
    if (!target)
        return {};
    return decideMcpToken(s.setup, target->authorizationServer, http::parseForm(s.request.body),
        s.request.headers.value("Authorization"), s.knowledge, s.now)
        .verdict;
}

struct Kind
{
    QLatin1StringView name;
    std::optional<base::Verdict> (*decide)(const Situation&);
};
constexpr std::array kinds {
    Kind {"entra.authorize"_L1, entraAuthorize}, Kind {"entra.token"_L1, entraToken},
        Kind {"managed-identity"_L1, managedIdentity},
    Kind {"api.bearer"_L1, apiBearer}, Kind {"anthropic.exchange"_L1, anthropicExchange},
        Kind {"anthropic.api"_L1, anthropicApi},
    Kind {"oidc.provider"_L1, oidcProvider},
    Kind {"broker.inbound"_L1, brokerToken}, Kind {"broker.exchange"_L1, brokerToken}, Kind {"broker.connection"_L1, brokerConnection},
    Kind {"saas.authorize"_L1, saasAuthorize}, Kind {"saas.token"_L1, saasToken}, Kind {"saas.call"_L1, saasCall},
    Kind {"token-exchange"_L1, tokenExchange}, Kind {"jwt-grant"_L1, tokenExchange},
    Kind {"aws.web-identity"_L1, awsWebIdentity}, Kind {"aws.call"_L1, awsCall},
    Kind {"google.exchange"_L1, googleExchange}, Kind {"google.impersonation"_L1, googleImpersonation},
    Kind {"google.call"_L1, googleCall},
    Kind {"workload-token"_L1, workloadToken},
    Kind {"mcp.metadata"_L1, mcpMetadata}, Kind {"mcp.resource"_L1, mcpResource}, Kind {"mcp.challenge"_L1, mcpChallenge},
    Kind {"mcp.authorize"_L1, mcpAuthorize}, Kind {"mcp.token"_L1, mcpToken},
    Kind {"key-vault"_L1, keyVault}, Kind {"sidecar"_L1, sidecar},
};

} // namespace

std::optional<base::Verdict> evaluate(const setup::ContractRef& contract, const setup::Setup& setup,
    const http::Request& request,
    const Knowledge& knowledge, base::Instant now)
{
    const auto it = std::ranges::find_if(kinds, [&](const Kind& kind) { return contract.kind == kind.name; });
    return it == kinds.end() ? std::nullopt : it->decide({contract, setup, request, knowledge, now});
}

} // namespace trust
