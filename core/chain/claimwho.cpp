// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/claimwho_p.h"

#include "core/trust/principal.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

using flow::Party;
using flow::PartyKind;
using trust::PrincipalKind;

template <typename T>
QString titleOf(const T& object)
{
    return object.displayName.isEmpty() ? object.name : object.displayName;
}

PartyKind kindOf(setup::AppKind kind)
{
    switch (kind) {
    case setup::AppKind::Blueprint:
        return PartyKind::Blueprint;
    case setup::AppKind::Agent:
        return PartyKind::Agent;
    case setup::AppKind::Resource:
        return PartyKind::Resource;
    case setup::AppKind::Public:
    case setup::AppKind::Confidential:
        break;
    }
    return PartyKind::App;
}

PartyKind kindOf(PrincipalKind kind)
{
    switch (kind) {
    case PrincipalKind::User:
        return PartyKind::User;
    case PrincipalKind::ManagedIdentity:
        return PartyKind::ManagedIdentity;
    case PrincipalKind::Blueprint:
        return PartyKind::Blueprint;
    case PrincipalKind::AgentIdentity:
    case PrincipalKind::AgentUser:
        return PartyKind::Agent;
    case PrincipalKind::ExternalWorkload:
        return PartyKind::Outside;
    case PrincipalKind::App:
    case PrincipalKind::Unknown:
        break;
    }
    return PartyKind::App;
}

bool isOfTenant(const setup::Tenant& tenant, const QString& issuer)
{
    return issuer == tenant.issuerV2() || issuer == tenant.issuerV1();
}

Party issuerIn(const jose::Jwt& jwt, const setup::Setup& setup)
{
    const QString iss = jwt.text("iss");
    if (std::ranges::any_of(setup.tenants, [&](const setup::Tenant& t) { return isOfTenant(t, iss); }))
        return {PartyKind::Issuer, u"entra"_s, u"Entra"_s};
    for (const setup::Provider& provider : setup.providers)
        if (provider.issuer == iss)
            return {PartyKind::Issuer, provider.name, QString::fromUtf8(http::splitUrl(iss.toUtf8()).host)};
    for (const setup::Issuer& issuer : setup.issuers)
        if (issuer.issuer == iss)
            return {PartyKind::Issuer, issuer.name, titleOf(issuer)};
    return {PartyKind::Issuer, u"issuer"_s, jwt.claim("tid") ? u"Entra"_s : u"Issuer"_s};
}

Party subjectIn(const flow::Token& token, const setup::Setup& setup)
{
    const trust::Principal principal = trust::principalOf(token.jwt, &setup);
    if (principal.kind == PrincipalKind::Unknown)
        return token.speaker;
    const QString title = principal.title.isEmpty() ? token.speaker.title : principal.title;
    return {kindOf(principal.kind), principal.name, title};
}

Party clientIn(const flow::Token& token, const setup::Setup& setup, const Party& subject)
{
    QString id = token.jwt.text("azp");
    for (const char* name : {"appid", "client_id"})
        if (id.isEmpty())
            id = token.jwt.text(name);
    if (id.isEmpty() && token.use == flow::TokenUse::Id)
        id = token.jwt.text("aud");
    if (const setup::App* app = setup.appByClientId(id))
        return partyOfApp(*app);
    const auto identity = std::ranges::find(setup.managedIdentities, id, &setup::ManagedIdentity::clientId);
    if (!id.isEmpty() && identity != setup.managedIdentities.end())
        return {PartyKind::ManagedIdentity, identity->name, titleOf(*identity)};
    if (subject.kind != PartyKind::User)
        return subject;
    return {PartyKind::App, u"client"_s, u"client"_s};
}

Party resourceIn(const flow::Token& token, const setup::Setup& setup, const Party& client)
{
    const QString aud
        = token.jwt.claim("aud").isArray() ? token.jwt.claim("aud").at(0).text() : token.jwt.text("aud");
    if (const setup::App* app = setup.appByAudience(aud))
        return partyOfApp(*app);
    if (token.use == flow::TokenUse::Id)
        return client;
    return {PartyKind::Resource, u"resource"_s, u"resource"_s};
}

struct Rule
{
    QStringView name;
    const Party& (*who)(const TokenParties&);
};
constexpr std::array rules {
    Rule {u"resource", [](const TokenParties& p) -> const Party& { return p.resource; }},
    Rule {u"client", [](const TokenParties& p) -> const Party& { return p.client; }},
    Rule {u"subject", [](const TokenParties& p) -> const Party& { return p.subject; }},
    Rule {u"user", [](const TokenParties& p) -> const Party& { return p.subject; }},
    Rule {u"version", [](const TokenParties& p) -> const Party& { return p.versionFrom; }},
    Rule {u"parent", [](const TokenParties& p) -> const Party& { return p.parent; }},
};

} // namespace

Party partyOfApp(const setup::App& app) { return {kindOf(app.kind), app.name, titleOf(app)}; }

TokenParties partiesIn(const flow::Token& token, const setup::Setup& setup)
{
    TokenParties out {.issuer = issuerIn(token.jwt, setup), .subject = subjectIn(token, setup)};
    out.client = clientIn(token, setup, out.subject);
    out.resource = resourceIn(token, setup, out.client);
    const setup::App* parent = setup.appByClientId(token.jwt.text("xms_par_app_azp"));
    out.parent = parent ? partyOfApp(*parent) : Party {PartyKind::Blueprint, u"blueprint"_s, u"blueprint"_s};
    out.versionFrom = token.use == flow::TokenUse::Id ? out.issuer : out.resource;
    // An outside workload speaks with its own platform's voice: issuer and subject are one.
    if (out.subject.kind == PartyKind::Outside)
        out.issuer.kind = PartyKind::Outside;
    return out;
}

const Party& fillerOf(const TokenParties& parties, const ClaimEntry* entry)
{
    const auto it = std::ranges::find(rules, entry ? QStringView(entry->filler) : QStringView(), &Rule::name);
    return it == rules.end() ? parties.issuer : it->who(parties);
}

QString nameOfId(const setup::Setup& setup, const QString& id)
{
    if (id.size() != 36)
        return {};
    for (const setup::Tenant& tenant : setup.tenants)
        if (tenant.id == id)
            return u"tenant "_s + (tenant.displayName.isEmpty() ? tenant.name : tenant.displayName);
    for (const setup::ManagedIdentity& identity : setup.managedIdentities)
        if (identity.clientId == id || identity.objectId == id)
            return u"%1 of %2"_s.arg(
                identity.objectId == id ? u"object id"_s : u"client id"_s, titleOf(identity));
    if (const setup::App* app = setup.appByClientId(id))
        return u"client id of "_s + titleOf(*app);
    if (const setup::App* app = setup.appByObjectId(id))
        return u"object id of "_s + titleOf(*app);
    if (const setup::User* user = setup.userByObjectId(id))
        return u"object id of "_s + titleOf(*user);
    return {};
}

} // namespace chain
