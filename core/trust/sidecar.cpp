// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidecar.h"

#include "core/trust/audience.h"
#include "core/trust/sheet_p.h"

#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// problem+json; titles are the framework's (entra.md 8.3).
constexpr Answer notThere {0, 404, "Not Found", "The sidecar has no such address."};
constexpr Answer noScopes {0, 400, "Bad Request", "No scopes are configured for the API '{presented}'."};
constexpr Answer noToken {0, 400, "Bad Request", "The request brings no token to look at."};
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

/// Since 1.1.0 the parameters count on the anonymous routes only where a switch says so (entra.md 8.2).
bool takesParameters(const setup::Target& sidecar, const SidecarCall& call)
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
    const QStringList& asked = c.decision.overrides.scopes;
    const auto found = std::ranges::find_if(apis, [&](const setup::SidecarApi& api) { return api.name.compare(c.call.api, Qt::CaseInsensitive) == 0; });
    QStringList names;
    for (const setup::SidecarApi& api : apis)
        names.append(api.name);
    setup::SidecarApi api = found != apis.end() ? *found : setup::SidecarApi {.name = c.call.api, .appToken = false}; // an unknown name has empty options
    if (!asked.isEmpty())
        api.scopes = asked;
    api.appToken = c.decision.overrides.appToken.value_or(api.appToken);
    const bool holds = !api.scopes.isEmpty();
    c.sheet.hold({.id = u"api"_s, .title = u"API"_s, .expected = names.isEmpty() ? u"none is configured"_s : names.join(u" or "_s), .presented = c.call.api,
                     .relation = u"configured, with scopes"_s, .fix = u"Configure DownstreamApis__%1__Scopes__0, or ask for an API that is configured."_s.arg(c.call.api),
                     .fixPointer = c.sidecar.pointer + u"/settings/apis"_s, .presentedFrom = u"last part of the address"_s,
                     .expectedFrom = u"DownstreamApis of the settings"_s, .source = page()},
        holds, noScopes);
    if (holds)
        c.decision.api = std::move(api);
}

/// What the lab makes of an override that is not among those of SidecarOverrides.
QString fateOf(const QString& name)
{
    return name.compare(u"BaseUrl", Qt::CaseInsensitive) == 0 ? u"The sidecar always passes it over."_s : u"It changes nothing here: it is not played."_s;
}

void checkOverrides(SidecarCase& c)
{
    const SidecarOverrides& asked = c.call.overrides;
    QStringList names = asked.others;
    for (const auto& [given, name] : {std::pair {!asked.scopes.isEmpty(), u"Scopes"_s}, std::pair {asked.appToken.has_value(), u"RequestAppToken"_s},
             std::pair {!asked.relativePath.isEmpty(), u"RelativePath"_s}, std::pair {!asked.method.isEmpty(), u"HttpMethod"_s},
             std::pair {!asked.tenant.isEmpty(), u"AcquireTokenOptions.Tenant"_s}})
        if (given)
            names.append(name);
    const bool counts = takesParameters(c.sidecar, c.call);
    for (const QString& name : counts ? asked.others : names)
        c.sheet.warn({.id = u"override."_s + name, .title = u"Override"_s, .expected = counts ? QString() : u"no override on this route"_s,
            .presented = name, .relation = counts ? fateOf(name) : u"passed over: this route takes no overrides unless Sidecar__AllowOverrides says so."_s,
            .presentedFrom = u"query optionsOverride."_s + name, .source = page()});
    if (counts)
        c.decision.overrides = asked;
}

/// The middleware in front of the routes: only calls to localhost are taken (outside Development).
void checkHost(SidecarCase& c)
{
    const QByteArray name = c.call.host.left(c.call.host.lastIndexOf(':') < 0 ? c.call.host.size() : c.call.host.lastIndexOf(':')).toLower();
    c.sheet.hold({.id = u"host"_s, .title = u"Host"_s, .expected = u"localhost"_s, .presented = QString::fromUtf8(c.call.host), .relation = u"this machine"_s,
                     .fix = u"Share the sidecar's network, and call it as localhost."_s, .presentedFrom = u"header Host"_s, .source = page()},
        name == "localhost" || name == "127.0.0.1" || name == "[::1]" || c.call.host.isEmpty(), wrongHost);
}

/// UPN beats object id; an object id that is none is passed over in silence, and the agent asks for itself (entra.md 8.2).
void checkAgentUser(SidecarCase& c)
{
    const SidecarAgentUser& user = c.call.agentUser;
    if (!user.isThere())
        return;
    base::Check check {.id = u"agent.user"_s, .title = u"Agent user"_s, .expected = u"AgentIdentity, and AgentUsername or AgentUserId"_s,
        .presented = user.username.isEmpty() ? user.objectId : user.username,
        .presentedFrom = user.username.isEmpty() ? u"query AgentUserId"_s : u"query AgentUsername"_s, .source = page()};
    if (c.decision.agent.isEmpty())
        check.relation = u"passed over: it counts beside AgentIdentity alone."_s;
    else if (user.username.isEmpty() && QUuid::fromString(user.objectId).isNull())
        check.relation = u"passed over: it is no object id. The agent asks for itself."_s;
    else
        c.decision.agentUser = user.username.isEmpty() ? user : SidecarAgentUser {.username = user.username};
    if (c.decision.agentUser.isThere())
        check.relation = u"whether it is the agent's user Entra decides"_s;
    c.sheet.warn(std::move(check));
}

void checkAgent(SidecarCase& c)
{
    if (c.call.agentIdentity.isEmpty())
        return;
    base::Check check {.id = u"agent"_s, .title = u"Agent identity"_s, .expected = u"an agent of the sidecar's blueprint"_s, .presented = c.call.agentIdentity,
        .presentedFrom = u"query AgentIdentity"_s, .source = page()};
    if (!takesParameters(c.sidecar, c.call)) {
        check.relation = u"passed over: this route takes no agent parameters unless Sidecar__AllowOverrides says so. The token speaks for the blueprint."_s;
        check.fix = u"Set Sidecar__AllowOverrides__GetAuthorizationHeaderUnauthenticated to true, or call the authenticated route."_s;
        c.sheet.warn(std::move(check));
        return;
    }
    c.decision.agent = c.call.agentIdentity;
    const setup::App* known = c.setup.appByClientId(c.call.agentIdentity);
    check.expected = u"an agent identity"_s;
    check.relation = known ? u"known as %1; whether it belongs to the blueprint Entra decides"_s.arg(known->name)
                           : u"not in the setup; Entra decides"_s;
    if (known)
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
                         .fix = c.call.validate ? u"Send the token to look at as Authorization: Bearer."_s
                                                : u"Pass the user's token on, or call the route that ends in Unauthenticated."_s,
                         .presentedFrom = u"header Authorization"_s, .source = page()},
        bearer, c.call.validate ? noToken : noBearer);
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

/// "true" and "false" in any case, as .NET reads them.
std::optional<bool> flagIn(const QString& text)
{
    if (text.compare(u"true", Qt::CaseInsensitive) == 0)
        return true;
    return text.compare(u"false", Qt::CaseInsensitive) == 0 ? std::optional(false) : std::nullopt;
}

void readOverride(SidecarOverrides& out, const QString& name, const QString& value)
{
    const auto is = [&name](QStringView other) { return name.compare(other, Qt::CaseInsensitive) == 0; };
    if (is(u"Scopes"))
        out.scopes += value.split(u' ', Qt::SkipEmptyParts);
    else if (is(u"RequestAppToken") && flagIn(value))
        out.appToken = flagIn(value);
    else if (is(u"RelativePath"))
        out.relativePath = value;
    else if (is(u"HttpMethod"))
        out.method = value.toUpper();
    else if (is(u"AcquireTokenOptions.Tenant"))
        out.tenant = value;
    else
        out.others.append(name);
}

void readParameter(SidecarCall& call, const http::Parameter& parameter)
{
    const QString name = QString::fromUtf8(parameter.name), value = QString::fromUtf8(parameter.value);
    static const QString mark = u"optionsOverride."_s;
    if (name.startsWith(mark, Qt::CaseInsensitive))
        readOverride(call.overrides, name.sliced(mark.size()), value);
    else if (name.compare(u"AgentIdentity", Qt::CaseInsensitive) == 0)
        call.agentIdentity = value;
    else if (name.compare(u"AgentUsername", Qt::CaseInsensitive) == 0)
        call.agentUser.username = value;
    else if (name.compare(u"AgentUserId", Qt::CaseInsensitive) == 0)
        call.agentUser.objectId = value;
}

} // namespace

SidecarCall sidecarCall(QByteArrayView path, QByteArrayView query, const http::Headers& headers)
{
    struct Route { QByteArrayView name; bool downstream; bool anonymous; };
    static constexpr std::array routes {Route {"AuthorizationHeader", false, false}, Route {"AuthorizationHeaderUnauthenticated", false, true},
        Route {"DownstreamApi", true, false}, Route {"DownstreamApiUnauthenticated", true, true}};
    const QByteArrayList parts = path.toByteArray().split('/');
    SidecarCall call {.host = headers.value("Host"), .authorization = headers.value("Authorization")};
    call.validate = path == QByteArrayView("/Validate");
    call.known = call.validate;
    const auto route = parts.size() == 3 && parts[0].isEmpty() ? std::ranges::find(routes, QByteArrayView(parts[1]), &Route::name) : routes.end();
    if (route == routes.end())
        return call;
    call.known = true;
    call.downstream = route->downstream;
    call.anonymous = route->anonymous;
    call.api = QString::fromUtf8(http::percentDecoded(parts[2]));
    for (const http::Parameter& parameter : http::parseForm(query))
        readParameter(call, parameter);
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
    if (sheet.hold({.id = u"path"_s, .title = u"Address"_s, .expected = u"an address of the sidecar"_s, .presented = call.validate ? u"Validate"_s : call.known ? call.api : u"another"_s,
                       .relation = u"known"_s, .source = page()}, call.known, notThere)) {
        if (!call.validate) {
            checkOverrides(c);
            checkApi(c);
            checkAgent(c);
            checkAgentUser(c);
        }
        checkCaller(c);
        if (!knowledge.receiver && !call.validate)
            checkCredential(c);
    }
    decision.verdict = sheet.verdict(title);
    return decision;
}

} // namespace trust
