// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mint.h"

#include "core/jose/base64url.h"
#include "core/lab/jsontext.h"
#include "core/trust/principal.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr qint64 backdated = 300; ///< seconds that iat and nbf lie before the issue (entra.md 0.5)

/// Lifetimes as `exp - nbf`. Entra's managed identity tokens last 300 s longer than a day; here a day is the
/// most, so that a receiver that allows 86400 s takes them.
constexpr qint64 exchangeLifetime = 3900;
constexpr qint64 managedIdentityLifetime = 86400;
constexpr qint64 agentGraphLifetime = 29100;

qint64 lifetime(const World& world, const Grantee& g)
{
    if (g.identity)
        return managedIdentityLifetime;
    if (isTokenExchange(g.resource))
        return exchangeLifetime;
    if (g.parent && isGraph(g.resource))
        return agentGraphLifetime;
    return backdated + 3600 + world.entropy.below(1801); // 60 to 90 minutes
}

bool isVersion1(const Grantee& g) { return g.resource && g.resource->requestedAccessTokenVersion == 1; }

bool wants(const Grantee& g, const char* claim)
{
    return isGraph(g.resource) || isTokenExchange(g.resource)
        || (g.resource && g.resource->optionalClaims.contains(QLatin1StringView(claim)));
}

QString clientIdOf(const Grantee& g) { return g.identity ? g.identity->clientId : g.client->clientId; }

QString objectIdOf(const Grantee& g)
{
    if (g.user)
        return g.user->objectId;
    if (g.identity)
        return g.identity->objectId;
    return g.client->objectId.isEmpty() ? g.client->clientId : g.client->objectId;
}

/// v2.0: always the client id. v1.0: as it was asked for (entra.md 2.5).
QString audienceOf(const Grantee& g)
{
    if (!g.resource)
        return setup::graphGuid.toString();
    if (!isVersion1(g))
        return g.resource->clientId;
    return g.resourceAsked.isEmpty() ? g.resource->identifierUris.value(0, g.resource->clientId)
                                     : g.resourceAsked;
}

QByteArray subjectOf(const Grantee& g, const QString& audience)
{
    if (g.user)
        return pairwiseSubject(*g.user, g.tenant->id, audience);
    if (!g.fmiPath.isEmpty())
        return trust::exchangeSubject(g.tenant->id, g.client->clientId, g.fmiPath).toUtf8();
    return objectIdOf(g).toUtf8();
}

QStringList rolesOf(const Grantee& g)
{
    if (g.user || !g.client || !g.resource)
        return {};
    QStringList roles;
    for (const setup::Permission& p : g.client->permissions) {
        if (p.resource == g.resource->name && p.consent != setup::Consent::None)
            roles += p.roles;
    }
    return roles;
}

void times(JsonText& json, const Minted& minted)
{
    json.number("iat", minted.notBefore).number("nbf", minted.notBefore).number("exp", minted.expires);
}

/// 11 is an agent identity, 13 an agent user; what else the lists hold has no public meaning (entra.md 7.5).
QString subjectFacets(const Grantee& g)
{
    if (g.user)
        return g.user->agent.isEmpty() ? u"3 1"_s : u"3 13"_s;
    return g.parent ? u"3 9 11"_s : u"3 9"_s;
}

/// The facets of actor and subject.
void agentClaims(JsonText& json, const Grantee& g)
{
    if (g.parent)
        json.text("xms_par_app_azp", g.parent->clientId);
    if (wants(g, "xms_act_fct"))
        json.text("xms_act_fct", g.parent ? u"3 9 11"_s : u"3 9"_s);
    if (wants(g, "xms_sub_fct"))
        json.text("xms_sub_fct", subjectFacets(g));
    if (wants(g, "xms_idrel"))
        json.text("xms_idrel", g.user ? u"1 10"_s : u"7 10"_s);
}

/// Where a managed identity lives (entra.md 5.6).
void identityClaims(JsonText& json, const setup::ManagedIdentity& mi)
{
    const QString host = QString(u"/subscriptions/00000000-0000-4000-8000-00000000001a/resourcegroups/lab"
                                 u"/providers/Microsoft.Compute/virtualMachines/"_s
        + (mi.host.isEmpty() ? u"lab"_s : mi.host));
    if (mi.systemAssigned) {
        json.text("xms_mirid", host);
        return;
    }
    json.text("xms_az_rid", host);
    json.text("xms_mirid", mi.resourceId);
}

void permissionClaims(JsonText& json, const Grantee& g)
{
    const QStringList roles = rolesOf(g);
    if (!roles.isEmpty())
        json.list("roles", roles);
    if (g.user)
        json.text("scp", QString(g.scopes.join(u' ')));
}

void kindClaim(JsonText& json, const Grantee& g)
{
    if (!g.user)
        json.text("idtyp", u"app"_s);
    else if (wants(g, "idtyp"))
        json.text("idtyp", u"user"_s);
}

void userClaims(JsonText& json, const Grantee& g, bool version1)
{
    if (!g.user)
        return;
    json.text("name", g.user->displayName);
    if (version1)
        json.text("unique_name", g.user->username).text("upn", g.user->username);
    else
        json.text("preferred_username", g.user->username);
    if (!g.session.isEmpty())
        json.text("sid", QByteArrayView(g.session));
}

QByteArray opaqueHandle(const World& world) { return "1.lab." + world.entropy.text(24); }

QByteArray opaqueMark(const World& world, int bytes) { return world.entropy.bytes(bytes).toBase64(); }

QByteArray claimsV2(const World& world, const Grantee& g, const Minted& m)
{
    const QString audience = audienceOf(g);
    JsonText json;
    json.text("aud", audience).text("iss", g.tenant->issuerV2());
    times(json, m);
    json.text("aio", opaqueMark(world, 36))
        .text("azp", clientIdOf(g))
        .text("azpacr", QByteArray::number(int(g.acr)));
    kindClaim(json, g);
    userClaims(json, g, false);
    json.text("oid", objectIdOf(g)).text("rh", opaqueHandle(world));
    permissionClaims(json, g);
    json.text("sub", subjectOf(g, audience))
        .text("tid", g.tenant->id)
        .text("uti", m.uti)
        .text("ver", u"2.0"_s);
    if (world.hasFault(u"jti-replay"))
        json.text("jti", m.uti); // Entra's tokens have none, and are exempt
    // On AKS a managed identity's token is itself obtained by federation (entra.md 6.5).
    if (isTokenExchange(g.resource) && (g.client || world.hasFault(u"federation-chained")))
        json.text("xms_ficinfo", u"CAAQABgAIAAoAzAAOAA"_s); // it came through federation (entra.md 7.4)
    agentClaims(json, g);
    if (g.identity)
        identityClaims(json, *g.identity);
    return json.done();
}

QByteArray claimsV1(const World& world, const Grantee& g, const Minted& m)
{
    const QString audience = audienceOf(g);
    JsonText json;
    json.text("aud", audience).text("iss", g.tenant->issuerV1());
    times(json, m);
    if (g.user)
        json.text("acr", u"1"_s);
    json.text("aio", opaqueMark(world, 36));
    if (g.user)
        json.list("amr", {u"pwd"_s});
    json.text("appid", clientIdOf(g)).text("appidacr", QByteArray::number(int(g.acr)));
    if (!g.user)
        json.text("idp", g.tenant->issuerV1());
    kindClaim(json, g);
    userClaims(json, g, true);
    json.text("oid", objectIdOf(g)).text("rh", opaqueHandle(world));
    permissionClaims(json, g);
    json.text("sub", subjectOf(g, audience))
        .text("tid", g.tenant->id)
        .text("uti", m.uti)
        .text("ver", u"1.0"_s);
    agentClaims(json, g);
    if (g.identity)
        identityClaims(json, *g.identity);
    return json.done();
}

Minted timed(const World& world, qint64 length, base::Instant now)
{
    Minted m;
    m.uti = world.entropy.text(16);
    m.notBefore = base::epochSeconds(now) - backdated;
    m.expires = m.notBefore + length;
    m.expiresIn = length - backdated;
    return m;
}

} // namespace

bool isGraph(const setup::App* resource)
{
    return !resource || setup::graphGuid == resource->clientId
        || resource->identifierUris.contains(setup::graphUri);
}

bool isTokenExchange(const setup::App* resource)
{
    return resource
        && (setup::exchangeAudienceGuid == resource->clientId
            || resource->identifierUris.contains(setup::exchangeAudienceUri));
}

QByteArray pairwiseSubject(const setup::User& user, const QString& tenant, const QString& audience)
{
    return jose::base64url(jose::sha256(
        QByteArray("sub " + tenant.toUtf8() + ' ' + user.objectId.toUtf8() + ' ' + audience.toUtf8())));
}

Minted mintAccessToken(const World& world, const Grantee& g, base::Instant now)
{
    Minted m = timed(world, lifetime(world, g), now);
    const IssuerKeys& keys = world.keysOf(*g.tenant);
    if (!isVersion1(g))
        m.token = keys.access.compact(claimsV2(world, g, m));
    else if (isGraph(g.resource))
        m.token = keys.rsa.compactForGraph(claimsV1(world, g, m), world.entropy.text(32));
    else
        m.token = keys.access.compact(claimsV1(world, g, m), true);
    return m;
}

QByteArray mintIdToken(const World& world, const Grantee& g, const QString& nonce, base::Instant now)
{
    const Minted m = timed(world, backdated + 3600, now);
    JsonText json;
    json.text("aud", g.client->clientId).text("iss", g.tenant->issuerV2());
    times(json, m);
    json.text("aio", opaqueMark(world, 36)).text("name", g.user->displayName);
    if (!nonce.isEmpty())
        json.text("nonce", nonce);
    json.text("oid", g.user->objectId)
        .text("preferred_username", g.user->username)
        .text("rh", opaqueHandle(world));
    if (!g.session.isEmpty())
        json.text("sid", QByteArrayView(g.session));
    json.text("sub", pairwiseSubject(*g.user, g.tenant->id, g.client->clientId))
        .text("tid", g.tenant->id)
        .text("uti", m.uti)
        .text("ver", u"2.0"_s);
    return world.keysOf(*g.tenant).rsa.compact(json.done());
}

} // namespace lab
