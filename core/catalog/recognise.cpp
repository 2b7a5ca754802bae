// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recognise.h"

#include "core/http/site.h"

#include "recognised_p.h"

#include <algorithm>
#include <array>

namespace catalog {

using namespace Qt::StringLiterals;

namespace {

bool isAuthorize(const Seen& s)
{
    const http::Form& asked = s.exchange.request.method == "POST" ? s.form : s.query;
    return asked.has("response_type") && asked.has("client_id") && !asked.has("code");
}

bool hasGrant(const Seen& s, QByteArrayView grant) { return s.exchange.request.method == "POST" && s.field("grant_type") == grant; }

bool isCode(const Seen& s) { return hasGrant(s, "authorization_code"); }
bool isRefresh(const Seen& s) { return hasGrant(s, "refresh_token"); }
bool isAgentUser(const Seen& s) { return hasGrant(s, "user_fic"); }
bool isClientCredentials(const Seen& s) { return hasGrant(s, "client_credentials"); }
bool isAnthropic(const Seen& s) { return hasGrant(s, "urn:ietf:params:oauth:grant-type:jwt-bearer") && s.form.has("federation_rule_id"); }
bool isOnBehalfOf(const Seen& s) { return hasGrant(s, "urn:ietf:params:oauth:grant-type:jwt-bearer") && s.field("requested_token_use") == "on_behalf_of"; }
bool isJwtGrant(const Seen& s) { return hasGrant(s, "urn:ietf:params:oauth:grant-type:jwt-bearer"); }

/// Google takes the form with snake_case and JSON with camelCase.
bool isTokenExchange(const Seen& s)
{
    return hasGrant(s, "urn:ietf:params:oauth:grant-type:token-exchange")
        || (s.exchange.request.method == "POST" && s.field("grantType") == "urn:ietf:params:oauth:grant-type:token-exchange");
}

bool isOtherGrant(const Seen& s) { return s.exchange.request.method == "POST" && s.form.has("grant_type"); }
bool isMetadataService(const Seen& s)
{
    return s.path.endsWith("/metadata/identity/oauth2/token") || s.exchange.request.headers.has("X-IDENTITY-HEADER");
}
bool isAws(const Seen& s)
{
    const QByteArray action = s.form.has("Action") ? s.field("Action") : s.query.value("Action");
    return action == "AssumeRoleWithWebIdentity" || action == "GetCallerIdentity" || action == "AssumeRole" || action == "GetWebIdentityToken";
}
bool isImpersonation(const Seen& s) { return s.path.endsWith(":generateaccesstoken"); }
bool isMetadata(const Seen& s)
{
    return s.path.contains("/.well-known/openid-configuration") || s.path.contains("/.well-known/oauth-authorization-server")
        || s.path.contains("/.well-known/oauth-protected-resource");
}
bool isKeySet(const Seen& s)
{
    return s.exchange.request.method == "GET"
        && (s.path.endsWith("/discovery/v2.0/keys") || s.path.endsWith("/discovery/keys") || s.path.endsWith("/jwks") || s.path.endsWith("jwks.json") || s.path.endsWith("/oauth2/v3/certs"));
}
bool isRegistration(const Seen& s) { return s.exchange.request.method == "POST" && s.json.root()["redirect_uris"].isArray(); }
/// Descope docs: Fetching connection tokens.
bool isConnectionToken(const Seen& s)
{
    static constexpr std::array paths {"/v1/mgmt/outbound/app/user/token", "/v1/mgmt/outbound/app/user/token/latest", "/v1/mgmt/outbound/app/tenant/token", "/v1/mgmt/outbound/app/tenant/token/latest"};
    return s.exchange.request.method == "POST" && std::ranges::find(paths, s.path) != paths.end();
}
/// A call with a bearer token or a static key, or one that was refused for the lack of a token.
bool isCall(const Seen& s)
{
    return !s.staticKey().isEmpty() || !s.bearer().isEmpty() || (s.exchange.response && s.exchange.response->headers.value("WWW-Authenticate").startsWith("Bearer"));
}

struct Row
{
    bool (*is)(const Seen&);
    flow::Step (*step)(const Seen&, Memory&);
};
/// The first row that fits says what it was: the particular before the general.
constexpr std::array rows {
    Row {isAuthorize, authorizeStep}, Row {isCode, codeStep}, Row {isRefresh, refreshStep}, Row {isAgentUser, agentUserStep},
    Row {isClientCredentials, clientCredentialsStep}, Row {isAnthropic, anthropicStep}, Row {isOnBehalfOf, onBehalfOfStep},
    Row {isJwtGrant, jwtGrantStep}, Row {isTokenExchange, tokenExchangeStep}, Row {isOtherGrant, otherGrantStep},
    Row {isMetadataService, metadataServiceStep}, Row {isAws, awsStep}, Row {isImpersonation, impersonationStep},
    Row {isMetadata, metadataStep}, Row {isKeySet, keySetStep}, Row {isRegistration, registrationStep}, Row {isConnectionToken, connectionTokenStep},
    Row {isCall, callStep},
};

} // namespace

std::optional<flow::Step> recognise(const Seen& seen, Memory& memory)
{
    const auto row = std::ranges::find_if(rows, [&](const Row& r) { return r.is(seen); });
    if (row == rows.end())
        return {};
    flow::Step step = row->step(seen, memory);
    step.method = seen.exchange.request.method;
    step.url = flow::literal(http::siteOf(seen.url) + seen.url.path);
    return step;
}

} // namespace catalog
