// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "principal.h"

#include "core/jose/base64url.h"
#include "core/trust/actor_p.h"
#include "core/trust/assertion_p.h"
#include "core/trust/workload.h"

#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// entra.md 7.5: facet lists are blank-separated numbers; only these two have a public meaning.
constexpr auto agentIdentityFacet = "11"_L1;
constexpr auto agentUserFacet = "13"_L1;

bool hasFacet(const jose::Jwt& token, QByteArrayView claim, QLatin1StringView facet)
{
    const auto facets = token.text(claim).split(u' ', Qt::SkipEmptyParts);
    return facets.contains(facet);
}

bool speaksForUser(const jose::Jwt& token)
{
    const QString kind = token.text("idtyp");
    if (!kind.isEmpty())
        return kind == "user"_L1;
    // Agents' app tokens may carry an empty or "/" scope (entra.md 7.5).
    const QString scope = token.text("scp");
    const QString sub = token.text("sub"), oid = token.text("oid");
    if (!scope.isEmpty() && scope != "/"_L1)
        return true;
    return (token.claim("preferred_username") || token.claim("upn") || token.claim("unique_name"))
        || (!oid.isEmpty() && !sub.isEmpty() && sub != oid && !readExchangeSubject(sub));
}

QString titleOf(const setup::App& app)
{
    return app.displayName.isEmpty() ? app.name : app.displayName;
}

PrincipalKind kindOfApp(const setup::App& app)
{
    switch (app.kind) {
    case setup::AppKind::Blueprint: return PrincipalKind::Blueprint;
    case setup::AppKind::Agent: return PrincipalKind::AgentIdentity;
    default: return PrincipalKind::App;
    }
}

QString actorOf(const jose::Jwt& token, const setup::Setup* setup)
{
    const QString caller = callerOf(token);
    const setup::App* app = setup ? setup->appByClientId(caller) : nullptr;
    return app ? titleOf(*app) : caller;
}

Principal userPrincipal(const jose::Jwt& token, const setup::Setup* setup)
{
    Principal out {.kind = hasFacet(token, "xms_sub_fct", agentUserFacet) ? PrincipalKind::AgentUser
        : PrincipalKind::User};
    const QString oid = token.text("oid");
    out.actor = actorOf(token, setup);
    if (const setup::User* user = setup ? setup->userByObjectId(oid) : nullptr) {
        out.name = user->name;
        out.title = user->displayName.isEmpty() ? user->username : user->displayName;
        return out;
    }
    for (const char* claim : {"name", "preferred_username", "upn", "unique_name", "oid", "sub"})
        if (out.title.isEmpty())
            out.title = token.text(claim);
    return out;
}

std::optional<Principal> knownApp(const jose::Jwt& token, const setup::Setup* setup)
{
    if (!setup)
        return {};
    const QString oid = token.text("oid"), caller = callerOf(token);
    if (const auto* identity = setup->managedIdentityByObjectId(oid))
        return Principal {PrincipalKind::ManagedIdentity, identity->name,
                          identity->displayName.isEmpty() ? identity->name : identity->displayName, {}};
    const setup::App* app = setup->appByClientId(caller);
    if (!app)
        app = setup->appByObjectId(oid);
    if (!app)
        return {};
    return Principal {kindOfApp(*app), app->name, titleOf(*app), {}};
}

Principal appPrincipal(const jose::Jwt& token, const setup::Setup* setup)
{
    if (auto known = knownApp(token, setup))
        return *known;
    const QString caller = callerOf(token);
    Principal out {.kind = PrincipalKind::App, .title = caller.isEmpty() ? token.text("sub") : caller};
    if (token.claim("xms_mirid")) {
        out.kind = PrincipalKind::ManagedIdentity;
        out.title = token.text("xms_mirid").section(u'/', -1);
    } else if (hasFacet(token, "xms_sub_fct", agentIdentityFacet) || token.claim("xms_par_app_azp")) {
        out.kind = PrincipalKind::AgentIdentity;
    } else if (const auto subject = readExchangeSubject(token.text("sub"))) {
        const bool connection = subject->path.startsWith("sc/"_L1); // of Azure DevOps (downstream.md 7)
        out.kind = connection ? PrincipalKind::ExternalWorkload : PrincipalKind::Blueprint;
        if (connection)
            out.title = token.text("sub");
    }
    return out;
}

// entra.md 1.1: personal accounts are in a tenant of their own, and people are all that is in it.
constexpr auto consumerTenant = "9188040d-6c67-4c5b-b112-36a304b66dad"_L1;

/// Anybody can write `tid` into a token: who has signed it counts. A token without an issuer is read by its claims.
bool isEntra(const jose::Jwt& token, const setup::Setup* setup)
{
    const QString iss = token.text("iss");
    const bool known = !token.claim("iss") || isEntraIssuer(iss) || (setup && tenantOfIssuer(*setup, iss));
    return known && token.claim("tid")
        && (token.claim("azp") || token.claim("appid") || token.claim("oid") || token.text("tid") == consumerTenant);
}

/// Each agent of Google's platform has a SPIFFE ID of its own (Google Cloud: Agent Identity overview).
bool isGoogleAgent(const QString& subject)
{
    return subject.startsWith("spiffe://agents."_L1) && subject.contains(".system.id.goog/"_L1);
}

Principal outsidePrincipal(const jose::Jwt& token, const setup::Setup* setup)
{
    const QString sub = token.text("sub"), iss = token.text("iss");
    Principal out {.kind = PrincipalKind::ExternalWorkload, .title = isGoogleAgent(sub) ? u"Google agent "_s + sub.section(u'/', -1) : sub};
    if (setup)
        for (const auto& issuer : setup->issuers)
            if (issuer.issuer == iss && (issuer.subject.isEmpty() || issuer.subject == sub))
                out.name = issuer.name;
    return out;
}

/// A server of the setup that exchanges tokens names subject and actor as the directory does, by object id.
std::optional<Principal> exchangedPrincipal(const jose::Jwt& token, const setup::Setup* setup)
{
    const QString iss = token.text("iss"), sub = token.text("sub");
    const bool ours = setup && std::ranges::any_of(setup->targets, [&](const setup::Target& t) {
        return t.url == iss && (t.kind == "token-exchange"_L1 || t.kind == "broker"_L1);
    });
    if (!ours)
        return {};
    const QString acting = actorsIn(token).value(0);
    const setup::App* actor = setup->appByObjectId(acting);
    const QString actorTitle = actor ? titleOf(*actor) : acting;
    if (const setup::User* user = setup->userByObjectId(sub))
        return Principal {PrincipalKind::User, user->name, user->displayName.isEmpty() ? user->username : user->displayName, actorTitle};
    const setup::App* app = setup->appByObjectId(sub);
    return app ? std::optional(Principal {kindOfApp(*app), app->name, titleOf(*app), actorTitle}) : std::nullopt;
}

/// GUID bytes in the mixed order of .NET: the first three groups little-endian.
QByteArray mixedEndian(const QByteArray& rfc)
{
    static constexpr std::array order {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
    QByteArray out(16, '\0');
    for (int i = 0; i < 16; ++i)
        out[i] = rfc[order[size_t(i)]];
    return out;
}

std::optional<QString> guidOfPart(QStringView part)
{
    const auto bytes = jose::fromBase64urlStrict(part.toLatin1());
    if (!bytes || bytes->size() != 16)
        return {};
    return QUuid::fromRfc4122(mixedEndian(*bytes)).toString(QUuid::WithoutBraces);
}

QString partOfGuid(QStringView guid)
{
    return QString::fromLatin1(jose::base64url(mixedEndian(QUuid::fromString(guid).toRfc4122())));
}

constexpr auto eidPrefix = "/eid1/c/pub/t/"_L1;

} // namespace

Principal principalOf(const jose::Jwt& token, const setup::Setup* setup)
{
    if (!token.payload.root().isObject())
        return {};
    if (auto known = exchangedPrincipal(token, setup))
        return *known;
    if (!isEntra(token, setup))
        return token.claim("iss").isString() && token.claim("sub").isString() ? outsidePrincipal(token, setup) : Principal {};
    return token.text("tid") == consumerTenant || speaksForUser(token) ? userPrincipal(token, setup) : appPrincipal(token, setup);
}

QString principalName(PrincipalKind kind)
{
    static const std::array names {u"user"_s, u"app"_s, u"managedIdentity"_s, u"blueprint"_s,
        u"agentIdentity"_s,
                                   u"agentUser"_s, u"externalWorkload"_s, u"unknown"_s};
    static_assert(names.size() == size_t(PrincipalKind::Unknown) + 1);
    return names.at(size_t(kind));
}

std::optional<ExchangeSubject> readExchangeSubject(QStringView subject)
{
    if (!subject.startsWith(eidPrefix))
        return {};
    const auto parts = subject.sliced(eidPrefix.size()).split(u'/');
    if (parts.size() < 4 || parts[1] != "a"_L1)
        return {};
    const auto tenant = guidOfPart(parts[0]), app = guidOfPart(parts[2]);
    if (!tenant || !app)
        return {};
    const qsizetype path = eidPrefix.size() + parts[0].size() + 3 + parts[2].size() + 1;
    return ExchangeSubject {*tenant, *app, subject.sliced(path).toString()};
}

QString exchangeSubject(QStringView tenant, QStringView app, QStringView path)
{
    return eidPrefix + partOfGuid(tenant) + u"/a/"_s + partOfGuid(app) + u'/' + path;
}

} // namespace trust
