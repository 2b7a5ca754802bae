// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "discovery.h"

#include "core/lab/entraerror.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr QLatin1StringView shared[] {"common"_L1, "organizations"_L1};

bool isShared(const QString& segment) { return std::ranges::find(shared, segment) != std::end(shared); }

/// "common" is played by the home tenant, whose authority it stands under.
const setup::Tenant* tenantOrHome(const TenantCall& call)
{
    return call.tenant ? call.tenant : isShared(call.segment) ? call.world.setup.home() : nullptr;
}

http::ServerResponse unknownTenant(const TenantCall& call)
{
    return entraError(call,
        {.status = 400,
            .error = u"invalid_tenant"_s,
            .code = u"AADSTS90002"_s,
            .text = QString(u"The tenant '"_s + call.segment + u"' is not in this lab."_s)});
}

/// "?appid=..." where the document was asked for with it: an application may have signing keys of its own (entra.md 1.1).
QString ofApp(const TenantCall& call)
{
    const QByteArray id = http::parseForm(call.request.query).value("appid");
    return id.isEmpty() ? QString() : QString(u"?appid="_s + QString::fromLatin1(http::percentEncoded(id)));
}

/// What both versions say alike. `base` is "<authority>/<tenant>".
void commonMembers(
    JsonText& json, const TenantCall& call, const QString& base, const QString& version, const QStringList& responseTypes)
{
    json.list("token_endpoint_auth_methods_supported",
            {u"client_secret_post"_s, u"private_key_jwt"_s, u"client_secret_basic"_s})
        .list("token_endpoint_auth_signing_alg_values_supported", {u"PS256"_s, u"RS256"_s})
        .text("jwks_uri",
            QString(base + (version.isEmpty() ? u"/discovery/keys"_s : u"/discovery/v2.0/keys"_s) + ofApp(call)))
        .list("response_modes_supported", {u"query"_s, u"fragment"_s, u"form_post"_s})
        .list("subject_types_supported", {u"pairwise"_s})
        .list("id_token_signing_alg_values_supported", {u"RS256"_s})
        .list("response_types_supported", responseTypes)
        .flag("request_uri_parameter_supported", false)
        .flag("authorization_response_iss_parameter_supported", true)
        .flag("http_logout_supported", true)
        .flag("frontchannel_logout_supported", true)
        .text("end_session_endpoint", QString(base + u"/oauth2"_s + version + u"/logout"_s))
        .text("userinfo_endpoint", QString(base + u"/openid/userinfo"_s))
        .text("tenant_region_scope", u"WW"_s);
}

/// Names of the cloud; in the lab every one of them is the lab.
void cloudMembers(JsonText& json, const TenantCall& call)
{
    const QByteArray host = call.request.headers.value("Host");
    json.text("cloud_instance_name", host).text("cloud_graph_host_name", host).text("msgraph_host", host);
}

const QStringList& claimsV2()
{
    static const QStringList claims {u"sub"_s, u"iss"_s, u"cloud_instance_name"_s,
        u"cloud_instance_host_name"_s, u"cloud_graph_host_name"_s, u"msgraph_host"_s, u"aud"_s, u"exp"_s,
        u"iat"_s, u"auth_time"_s, u"acr"_s, u"nonce"_s, u"preferred_username"_s, u"name"_s, u"tid"_s,
        u"ver"_s, u"at_hash"_s, u"c_hash"_s, u"email"_s};
    return claims;
}

} // namespace

http::ServerResponse discoveryV2(const TenantCall& call)
{
    const setup::Tenant* tenant = tenantOrHome(call);
    if (!tenant)
        return unknownTenant(call);
    const QString base = QString(tenant->authority + u'/' + (call.tenant ? tenant->id : call.segment));
    const QString issuer
        = call.tenant ? tenant->issuerV2() : QString(tenant->authority + u"/{tenantid}/v2.0"_s);
    JsonText json;
    json.text("issuer", issuer)
        .text("authorization_endpoint", QString(base + u"/oauth2/v2.0/authorize"_s))
        .text("token_endpoint", QString(base + u"/oauth2/v2.0/token"_s))
        .list("scopes_supported", {u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s})
        .list("claims_supported", claimsV2());
    commonMembers(json, call, base, u"/v2.0"_s, {u"code"_s});
    cloudMembers(json, call);
    return metadataReply(std::move(json));
}

http::ServerResponse discoveryV1(const TenantCall& call)
{
    const setup::Tenant* tenant = tenantOrHome(call);
    if (!tenant)
        return unknownTenant(call);
    const QString base = QString(tenant->authority + u'/' + (call.tenant ? tenant->id : call.segment));
    const QString issuer = call.tenant ? tenant->issuerV1() : QString(tenant->v1Issuer + u"/{tenantid}/"_s);
    JsonText json;
    json.text("issuer", issuer)
        .text("authorization_endpoint", QString(base + u"/oauth2/v2.0/authorize"_s))
        .text("token_endpoint", QString(base + u"/oauth2/v2.0/token"_s))
        .list("scopes_supported", {u"openid"_s})
        .flag("microsoft_multi_refresh_token", true)
        .list("claims_supported",
            QStringList(
                claimsV2() + QStringList {u"amr"_s, u"given_name"_s, u"family_name"_s, u"nickname"_s}));
    commonMembers(json, call, base, {}, {u"code"_s});
    cloudMembers(json, call);
    return metadataReply(std::move(json));
}

http::ServerResponse keySet(const TenantCall& call)
{
    const setup::Tenant* tenant = tenantOrHome(call);
    return tenant ? documentReply(call.world.keysOf(*tenant).jwks) : unknownTenant(call);
}

http::ServerResponse instanceDiscovery(const TenantCall& call)
{
    const http::Form query = http::parseForm(call.request.query);
    const http::UrlParts asked = http::splitUrl(query.value("authorization_endpoint"));
    const QByteArray host = call.request.headers.value("Host");
    if (asked.authority.compare(host, Qt::CaseInsensitive) != 0) {
        return entraError(call,
            {.status = 400,
                .error = u"invalid_instance"_s,
                .code = u"AADSTS50049"_s,
                .text = QString(
                    u"The authority '"_s + QString::fromUtf8(asked.authority) + u"' is not this lab."_s)});
    }
    const QString name = QString::fromUtf8(host);
    const QByteArray segment = asked.path.split('/').value(1);
    const QByteArray alias = JsonText()
                                 .text("preferred_network", name)
                                 .text("preferred_cache", name)
                                 .list("aliases", {name})
                                 .done();
    JsonText json;
    json.text("tenant_discovery_endpoint",
            QByteArrayView(
                QByteArray(call.origin() + '/' + segment + "/v2.0/.well-known/openid-configuration")))
        .text("api-version", u"1.1"_s)
        .raw("metadata", jsonArray({alias}));
    return metadataReply(std::move(json));
}

http::ServerResponse outsideIssuer(World& world, const setup::Issuer& issuer, const QByteArray& path)
{
    const QString keys = issuer.issuer.endsWith(u'/') ? u".well-known/jwks"_s : u"/.well-known/jwks"_s;
    if (path == "/.well-known/jwks")
        return documentReply(world.outside(issuer.name).jwks);
    if (path != "/.well-known/openid-configuration")
        return notFound();
    JsonText json;
    json.text("issuer", issuer.issuer)
        .text("jwks_uri", QString(issuer.issuer + keys))
        .list("response_types_supported", {u"id_token"_s})
        .list("subject_types_supported", {u"public"_s})
        .list("id_token_signing_alg_values_supported", {u"RS256"_s});
    return metadataReply(std::move(json));
}

} // namespace lab
