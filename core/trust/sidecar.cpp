// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidecar.h"

#include "core/trust/audience.h"
#include "core/trust/sheet_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// problem+json; titles are the framework's (entra.md 8.3).
constexpr Answer notThere {0, 404, "Not Found", "The sidecar has no such address."};
constexpr Answer noScopes {0, 400, "Bad Request", "No scopes are configured for the API '{presented}'."};
constexpr Answer noBearer {0, 401, "Unauthorized", "This address wants the caller's bearer token."};
constexpr Answer wrongHost {0, 400, "Bad Request", "The Host header has to be localhost."};

const QString& page()
{
    static const QString text = u"Microsoft: Entra SDK for Agent ID, endpoints"_s;
    return text;
}

/// "1.0.0" -> {1, 0}; what is not said counts as the newest that is known.
std::pair<int, int> versionOf(const setup::Target& sidecar)
{
    const QStringList parts = sidecar.settings.root()["version"].text().split(u'.');
    return parts.size() < 2 ? std::pair {1, 1} : std::pair {parts[0].toInt(), parts[1].toInt()};
}

/// Since 1.1.0 the agent parameters count on the anonymous routes only where a switch says so (entra.md 8.2).
bool takesAgent(const setup::Target& sidecar, const SidecarCall& call)
{
    const json::Value gate = sidecar.settings.root()["allowOverrides"];
    if (!call.anonymous)
        return true;
    return gate.isBool() ? gate.boolean() : versionOf(sidecar) < std::pair {1, 1};
}

struct SidecarCase
{
    const setup::Setup& setup;
    const setup::Target& sidecar;
    const SidecarCall& call;
    const Knowledge& knowledge;
    base::Instant now;
    Sheet& sheet;
    SidecarDecision& decision;
};

void checkApi(SidecarCase& c)
{
    const QList<setup::SidecarApi> apis = setup::sidecarApis(c.setup, c.sidecar);
    const auto found = std::ranges::find_if(apis, [&](const setup::SidecarApi& api) { return api.name.compare(c.call.api, Qt::CaseInsensitive) == 0; });
    QStringList names;
    for (const setup::SidecarApi& api : apis)
        names.append(api.name);
    const bool holds = found != apis.end() && !found->scopes.isEmpty();
    c.sheet.hold({.id = u"api"_s, .title = u"API"_s, .expected = names.isEmpty() ? u"none is configured"_s : names.join(u" or "_s), .presented = c.call.api,
                     .relation = u"configured, with scopes"_s, .fix = u"Configure DownstreamApis__%1__Scopes__0, or ask for an API that is configured."_s.arg(c.call.api),
                     .fixPointer = c.sidecar.pointer + u"/settings/apis"_s, .presentedFrom = u"last part of the address"_s,
                     .expectedFrom = u"DownstreamApis of the settings"_s, .source = page()},
        holds, noScopes);
    if (holds)
        c.decision.api = *found;
}

/// The middleware in front of the routes: only calls to localhost are taken (outside Development).
void checkHost(SidecarCase& c)
{
    const QByteArray name = c.call.host.left(c.call.host.lastIndexOf(':') < 0 ? c.call.host.size() : c.call.host.lastIndexOf(':')).toLower();
    c.sheet.hold({.id = u"host"_s, .title = u"Host"_s, .expected = u"localhost"_s, .presented = QString::fromUtf8(c.call.host), .relation = u"this machine"_s,
                     .fix = u"Share the sidecar's network, and call it as localhost."_s, .presentedFrom = u"header Host"_s, .source = page()},
        name == "localhost" || name == "127.0.0.1" || name == "[::1]" || c.call.host.isEmpty(), wrongHost);
}

void checkAgent(SidecarCase& c)
{
    if (c.call.agentIdentity.isEmpty())
        return;
    base::Check check {.id = u"agent"_s, .title = u"Agent identity"_s, .expected = u"an agent of the sidecar's blueprint"_s, .presented = c.call.agentIdentity,
        .presentedFrom = u"query AgentIdentity"_s, .source = page()};
    if (!takesAgent(c.sidecar, c.call)) {
        check.relation = u"passed over: this route takes no agent parameters unless Sidecar__AllowOverrides says so. The token speaks for the blueprint."_s;
        check.fix = u"Set Sidecar__AllowOverrides__GetAuthorizationHeaderUnauthenticated to true, or call the authenticated route."_s;
        c.sheet.warn(std::move(check));
        return;
    }
    c.decision.agent = c.setup.appByClientId(c.call.agentIdentity);
    check.expected = u"an agent identity"_s;
    check.relation = c.decision.agent ? u"known as %1; whether it belongs to the blueprint Entra decides"_s.arg(c.decision.agent->name)
                                      : u"not in the setup; Entra decides"_s;
    if (c.decision.agent)
        c.sheet.hold(std::move(check), true, notThere);
    else
        c.sheet.warn(std::move(check));
}

/// The caller's token has to be for the blueprint: that is the API whose settings the sidecar holds.
void checkCaller(SidecarCase& c)
{
    if (c.call.anonymous)
        return;
    const bool bearer = c.call.authorization.left(7).toLower() == "bearer ";
    const bool there = c.sheet.hold({.id = u"authorization"_s, .title = u"Authorization"_s, .expected = u"Bearer and a token"_s,
                         .presented = c.call.authorization.isEmpty() ? u"no header"_s : u"Bearer"_s, .relation = u"a bearer token"_s,
                         .fix = u"Pass the user's token on, or call the route that ends in Unauthenticated."_s, .presentedFrom = u"header Authorization"_s, .source = page()},
        bearer, noBearer);
    const auto plan = setup::sidecarPlan(c.setup, c.sidecar);
    if (!there || !plan)
        return;
    c.decision.user = jose::decode(c.call.authorization.mid(7));
    // The same middleware as in any other web API: an API target made from the blueprint.
    setup::Target asApi {.name = c.sidecar.name, .kind = u"api"_s, .displayName = c.sidecar.displayName, .resource = plan->blueprint->name,
        .validAudiences = QStringList {plan->blueprint->clientId} + plan->blueprint->identifierUris, .pointer = c.sidecar.pointer};
    for (base::Check check : decideBearer(c.setup, asApi, c.call.authorization, c.knowledge, c.now).checks) {
        if (check.id == u"authorization")
            continue;
        check.fixPointer.clear(); // made here, not written in the setup
        c.sheet.add(std::move(check), noBearer);
    }
}

void checkCredential(SidecarCase& c)
{
    const auto plan = setup::sidecarPlan(c.setup, c.sidecar);
    base::Check check {.id = u"credential"_s, .title = u"Credential"_s, .expected = u"the blueprint's own credential"_s, .source = page()};
    if (!plan)
        return c.sheet.unknown(std::move(check), plan.error().text);
    check.presented = setup::sidecarPatternName(plan->pattern);
    check.presentedFrom = u"AzureAd__ClientCredentials__0 of the settings"_s;
    c.sheet.unknown(std::move(check), u"The sidecar presents it to Entra; whether it is taken Entra decides."_s);
}

} // namespace

SidecarCall sidecarCall(QByteArrayView path, QByteArrayView query, const http::Headers& headers)
{
    struct Route { QByteArrayView name; bool downstream; bool anonymous; };
    static constexpr std::array routes {Route {"AuthorizationHeader", false, false}, Route {"AuthorizationHeaderUnauthenticated", false, true},
        Route {"DownstreamApi", true, false}, Route {"DownstreamApiUnauthenticated", true, true}};
    const QByteArrayList parts = path.toByteArray().split('/');
    SidecarCall call {.host = headers.value("Host"), .authorization = headers.value("Authorization")};
    const auto route = parts.size() == 3 && parts[0].isEmpty() ? std::ranges::find(routes, QByteArrayView(parts[1]), &Route::name) : routes.end();
    if (route == routes.end())
        return call;
    call.known = true;
    call.downstream = route->downstream;
    call.anonymous = route->anonymous;
    call.api = QString::fromUtf8(http::percentDecoded(parts[2]));
    for (const http::Parameter& parameter : http::parseForm(query))
        if (parameter.name.compare("AgentIdentity", Qt::CaseInsensitive) == 0)
            call.agentIdentity = QString::fromUtf8(parameter.value);
    return call;
}

SidecarDecision decideSidecar(const setup::Setup& setup, const setup::Target& sidecar, const SidecarCall& call,
    const Knowledge& knowledge, base::Instant now)
{
    const QString title = sidecar.displayName.isEmpty() ? sidecar.name : sidecar.displayName;
    Sheet sheet(title);
    SidecarDecision decision;
    SidecarCase c {setup, sidecar, call, knowledge, now, sheet, decision};
    sheet.begin(u"The sidecar"_s);
    checkHost(c);
    if (sheet.hold({.id = u"path"_s, .title = u"Address"_s, .expected = u"an address of the sidecar"_s, .presented = call.known ? call.api : u"another"_s,
                       .relation = u"known"_s, .source = page()}, call.known, notThere)) {
        checkApi(c);
        checkAgent(c);
        checkCaller(c);
        if (!knowledge.receiver)
            checkCredential(c);
    }
    decision.verdict = sheet.verdict(title);
    return decision;
}

} // namespace trust
