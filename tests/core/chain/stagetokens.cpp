// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// The tokens that a stage mints: whose they are, what is in them, by whom they are signed.

#include "stage.h"

#include "core/catalog/catalog.h"
#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/trust/principal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const jose::Key& otherKey()
{
    static const jose::Key key = [] {
        jose::Key made = jose::Key::generateRsa();
        made.kid = "stage";
        return made;
    }();
    return key;
}

void put(QMap<QByteArray, QByteArray>& claims, const QByteArray& name, const QString& text)
{
    claims.insert(name, json::quoted(text));
}

const setup::App* resourceNamed(const setup::Setup& setup, QString asked)
{
    asked = asked.section(u' ', 0, 0);
    for (; !asked.isEmpty(); asked = asked.contains(u'/') ? asked.left(asked.lastIndexOf(u'/')) : QString())
        if (const setup::App* app = setup.appByAudience(asked))
            return app;
    return nullptr;
}

bool hasField(const flow::Step& step, const QByteArray& name)
{
    return std::ranges::any_of(step.body, [&](const flow::Field& f) { return f.name == name; });
}

/// The text of a field that stands in the setup; empty when it is made of something else.
QString fieldText(const flow::Step& step, const QByteArray& name)
{
    for (const flow::Field& field : step.body)
        if (const auto* text = std::get_if<flow::FromSetup>(&field.value.v); text && field.name == name)
            return text->text;
    return {};
}

bool isIssuer(const setup::Target& target) { return target.kind == u"token-exchange" || target.kind == u"broker"; }

const setup::App* clientOf(const setup::Setup& setup, const flow::Step& step)
{
    if (const setup::App* app = setup.app(step.from.id))
        return app;
    const setup::FlowSpec* spec = setup.flows.isEmpty() ? nullptr : &setup.flows.front();
    const setup::Provider* provider = spec ? setup.provider(spec->client) : nullptr;
    return provider ? setup.appByClientId(provider->clientId) : nullptr;
}

} // namespace

const jose::Key& Stage::signingKey()
{
    static const jose::Key key = [] {
        jose::Key made = jose::Key::generateRsa();
        made.kid = "stage";
        return made;
    }();
    return key;
}

QByteArray Stage::signedToken(const QString& slot, Claims claims) const
{
    claims.insert("iat", QByteArray::number(base::epochSeconds(now) - 300));
    claims.insert("nbf", claims["iat"]);
    if (!claims.contains("exp"))
        claims.insert("exp", QByteArray::number(base::epochSeconds(now) + 3600));
    put(claims, "uti", u"kE4vPz0c9Uq1mBt7LhXyAA"_s);
    put(claims, "jti", u"id of "_s + slot);
    const Claims& over = m_overlays.value(slot);
    for (auto it = over.begin(); it != over.end(); ++it)
        claims.insert(it.key(), it.value());
    QByteArrayList members;
    for (auto it = claims.begin(); it != claims.end(); ++it)
        if (!it.value().isEmpty())
            members.append('"' + it.key() + "\":" + it.value());
    const QByteArray header = R"({"alg":"RS256","typ":"JWT","kid":"stage"})",
                     payload = '{' + members.join(',') + '}';
    return jose::signCompact(header, payload, forge ? otherKey() : signingKey(), *jose::algorithm("RS256"))
        .value();
}

Stage::Claims Stage::commonClaims(const setup::App* resource, const setup::App* client) const
{
    const setup::Tenant& tenant = *setup.home();
    const bool v2 = !resource || resource->requestedAccessTokenVersion == 2;
    Claims claims;
    put(claims, "tid", tenant.id);
    put(claims, "iss", v2 ? tenant.issuerV2() : tenant.issuerV1());
    put(claims, "ver", v2 ? u"2.0"_s : u"1.0"_s);
    if (resource)
        put(claims, "aud", v2 ? resource->clientId : resource->identifierUris.value(0));
    if (client)
        put(claims, v2 ? "azp" : "appid", client->clientId);
    return claims;
}

/// The platform hands out its own identity where the request names none.
const setup::ManagedIdentity& Stage::identityOf(const flow::Step& step, const flow::Yield& yield) const
{
    const bool named = std::ranges::any_of(step.query, [](const flow::Field& f) { return f.name == "client_id"; });
    const auto own = std::ranges::find_if(setup.managedIdentities,
        [](const setup::ManagedIdentity& i) { return i.systemAssigned && i.flavour != u"arc"; });
    const bool taken = !named && step.id.endsWith(u"managed-identity") && own != setup.managedIdentities.end();
    return taken ? *own : *setup.managedIdentity(yield.speaker.id);
}

void Stage::addIdentity(Claims& claims, const flow::Step& step, const flow::Yield& yield) const
{
    const setup::ManagedIdentity& identity = identityOf(step, yield);
    put(claims, "sub", identity.objectId);
    put(claims, "oid", identity.objectId);
    put(claims, "azp", identity.clientId);
    put(claims, "idtyp", u"app"_s);
    put(claims, "xms_mirid", identity.resourceId);
    claims.insert("exp", QByteArray::number(base::epochSeconds(now) - 300 + 86400)); // a day from iat
}

void Stage::addBlueprint(Claims& claims, const flow::Step& step, const setup::App& client) const
{
    put(claims, "oid", client.objectId);
    put(claims, "sub", trust::exchangeSubject(setup.home()->id, client.clientId, fieldText(step, "fmi_path")));
    put(claims, "idtyp", u"app"_s);
    put(claims, "azpacr", hasField(step, "client_secret") ? u"1"_s : u"2"_s);
}

void Stage::addAccess(Claims& claims, const flow::Yield& yield, const setup::App* resource,
    const setup::App& client, bool forUser, const QString& userAsked) const
{
    const setup::User* user
        = setup.user(yield.speaker.kind == flow::PartyKind::User ? yield.speaker.id : userAsked);
    put(claims, "idtyp", forUser ? u"user"_s : u"app"_s);
    put(claims, "oid", forUser ? user->objectId : client.objectId);
    put(claims, "sub", forUser ? u"pairwise-subject-of-the-user"_s : client.objectId);
    QByteArrayList roles;
    for (const setup::Permission& permission : client.permissions)
        if (!forUser && resource && permission.resource == resource->name)
            for (const QString& role : permission.roles)
                roles.append(json::quoted(role));
    if (!roles.isEmpty())
        claims.insert("roles", '[' + roles.join(',') + ']');
    if (forUser)
        put(claims, "scp", resource ? resource->delegatedScopes.join(u' ') : QString());
    if (yield.use == flow::TokenUse::Id) {
        put(claims, "aud", client.clientId);
        put(claims, "nonce", QString::fromLatin1(known.nonce));
        put(claims, "preferred_username", user->username);
        put(claims, "iss", setup.home()->issuerV2());
    }
    const setup::App* parent = setup.app(client.parent);
    if (!parent)
        return;
    put(claims, "azpacr", u"2"_s);
    put(claims, "xms_par_app_azp", parent->clientId);
    put(claims, "xms_act_fct", u"11 14"_s);
    if (!forUser)
        put(claims, "xms_sub_fct", u"11"_s);
    else if (!user->agent.isEmpty())
        put(claims, "xms_sub_fct", u"13"_s);
}

QString Stage::userOf(const flow::Step& step) const
{
    const QString named = fieldText(step, "username");
    for (const setup::User& user : setup.users)
        if (user.username == named)
            return user.name;
    return u"alice"_s;
}

QByteArray Stage::outsideToken(const flow::Step& step, const flow::Yield& yield) const
{
    const setup::Issuer& issuer = *setup.issuer(yield.speaker.id);
    Claims claims;
    put(claims, "iss", issuer.issuer);
    put(claims, "sub", issuer.subject);
    put(claims, "aud", step.audienceAsked);
    for (json::Value each = issuer.claims.root().first(); each; each = each.next())
        claims.insert(each.key().toByteArray(), each.isNull() ? QByteArray() : each.raw().toByteArray());
    return signedToken(yield.slot, claims);
}

/// What a token exchange or a broker issues: its own issuer, subject by object id.
QByteArray Stage::exchanged(const flow::Step& step, const flow::Yield& yield, const setup::Target& issuer) const
{
    Claims claims;
    const setup::User* user = setup.user(yield.speaker.id);
    const setup::App* app = setup.app(yield.speaker.id);
    put(claims, "iss", issuer.url);
    put(claims, "aud", step.audienceAsked.isEmpty() ? issuer.audience : step.audienceAsked);
    put(claims, "sub", user ? user->objectId : app ? app->objectId : u"somebody"_s);
    put(claims, "client_id", issuer.clientId);
    put(claims, "scope", issuer.scopes.join(u' '));
    if (hasField(step, "actor_token"))
        claims.insert("act", "{\"sub\":" + json::quoted(clientOf(setup, step)->objectId) + '}');
    return signedToken(yield.slot, claims);
}

QByteArray Stage::mint(const flow::Step& step, const flow::Yield& yield) const
{
    using flow::PartyKind;
    if (yield.use == flow::TokenUse::Refresh)
        return "0.AX0-refresh-token-of-the-stage";
    if (step.contract.kind.startsWith(u"google."_s))
        return "ya29.of-the-stage-" + step.id.toUtf8();
    if (const setup::Target* issuer = setup.target(step.to.id); issuer && isIssuer(*issuer))
        return exchanged(step, yield, *issuer);
    if (yield.speaker.kind == PartyKind::Downstream)
        return "sk-ant-oat01-the-token-of-the-stage";
    if (yield.speaker.kind == PartyKind::Outside)
        return outsideToken(step, yield);
    if (const setup::Target* server = step.contract.kind == u"mcp.token" ? setup.target(setup.flow(flow.id)->target) : nullptr) {
        Claims claims;
        put(claims, "iss", server->authorizationServer);
        put(claims, "aud", server->url);
        put(claims, "sub", setup.users.front().objectId);
        put(claims, "scope", server->scopes.value(0));
        return signedToken(yield.slot, claims);
    }
    const setup::App* resource = resourceNamed(setup, step.audienceAsked);
    const setup::App* client = clientOf(setup, step);
    Claims claims = commonClaims(resource, client);
    if (yield.speaker.kind == PartyKind::ManagedIdentity)
        addIdentity(claims, step, yield);
    else if (yield.speaker.kind == PartyKind::Blueprint)
        addBlueprint(claims, step, *client);
    else
        addAccess(claims, yield, resource, *client,
            yield.speaker.kind == PartyKind::User || hasField(step, "assertion") || hasField(step, "username"), userOf(step));
    return signedToken(yield.slot, claims);
}
