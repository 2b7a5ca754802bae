// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencase_p.h"

#include "core/trust/assertion_p.h"
#include "core/trust/codes.h"
#include "core/trust/compare.h"
#include "core/trust/principal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& page()
{
    static const QString text = u"Microsoft: agent identities, autonomous OAuth flow"_s;
    return text;
}

TokenDemand exchangeDemand()
{
    return {.word = u"exchange token"_s, .algorithms = {}, .leeway = std::chrono::minutes {5},
            .form = &aadsts(50027),
            .algorithm = &aadsts(501661), .key = &aadsts(501661), .signature = &aadsts(700027),
            .time = &aadsts(700024), .source = page()};
}

/// The relation of parent and child is built in: what does not fit is the token that was asked for.
CompareHints hints(const TokenCase& c, const jose::Jwt& assertion)
{
    return {.setup = &c.setup, .receiver = u"Entra compares letter by letter."_s, .contract = u"agent"_s,
            .azp = callerOf(assertion), .oid = assertion.text("oid"), .requestIsWrong = true};
}

void checkExchangeIssuer(TokenCase& c, const jose::Jwt& assertion)
{
    if (!c.decision.tenant)
        return;
    CompareHints issuerHints = hints(c, assertion);
    issuerHints.issuer = true;
    c.sheet.add(compared({.id = u"issuer"_s, .title = u"Issuer"_s,
                          .fix = u"Send both requests to the tenant of the agent."_s,
                          .presentedFrom = u"claim iss"_s,
                          .expectedFrom = u"tenant of the agent"_s, .source = page()},
                         assertion.text("iss"), c.decision.tenant->issuerV2(), issuerHints),
                aadsts(700211));
}

void checkExchangeAudience(TokenCase& c, const jose::Jwt& assertion)
{
    const setup::App* exchange = c.setup.appByAudience(setup::exchangeAudienceUri);
    const QString expected = exchange ? exchange->clientId : setup::exchangeAudienceGuid.toString();
    base::Check check {.id = u"audience"_s, .title = u"Audience"_s,
                       .fix = u"Let the blueprint ask for the exchange token, with this scope and fmi_path."_s,
                       .fixValue = u"api://AzureADTokenExchange/.default"_s,
                       .presentedFrom = u"claim aud"_s, .expectedFrom = u"exchange audience"_s,
                       .source = page()};
    const QStringList audiences = audiencesOf(assertion);
    const QString presented = audiences.contains(expected) ? expected : audiences.value(0);
    c.sheet.add(compared(std::move(check), presented, expected, hints(c, assertion)), aadsts(7002121));
}

base::Check parentCheck()
{
    return {.id = u"parent"_s, .title = u"Blueprint"_s,
            .fix = u"Get the exchange token with the agent's own blueprint."_s,
            .presentedFrom = u"claim sub, application"_s, .expectedFrom = u"parent of the agent"_s,
            .source = page()};
}

base::Check childCheck()
{
    return {.id = u"subject"_s, .title = u"Agent named"_s,
            .fix = u"Send the agent's client id as fmi_path when the exchange token is asked for."_s,
            .presentedFrom = u"claim sub, path (fmi_path)"_s, .expectedFrom = u"client_id in the request"_s,
            .source = page()};
}

/// No "/eid1/..." subject: not a token that was made for an agent at all.
void refuseSubject(TokenCase& c, const jose::Jwt& assertion)
{
    base::Check check = childCheck();
    check.presented = assertion.text("sub");
    check.expected = u"an exchange subject that names "_s + c.decision.client->clientId;
    check.presentedFrom = u"claim sub"_s;
    check.fix = u"An agent presents nothing but the exchange token its blueprint got with fmi_path."_s;
    c.sheet.hold(std::move(check), false, aadsts(700213),
        u"The subject '%1' is not the exchange subject of this agent."_s.arg(assertion.text("sub")));
}

QString titleOf(const setup::Setup& setup, const QString& clientId)
{
    const setup::App* app = setup.appByClientId(clientId);
    return app && !app->displayName.isEmpty() ? app->displayName : clientId;
}

base::Check checkedParent(const TokenCase& c, const jose::Jwt& assertion, const QString& presented)
{
    const QString parent = c.decision.parent ? c.decision.parent->clientId : u"no blueprint in the setup"_s;
    base::Check check = compared(parentCheck(), presented, parent, hints(c, assertion));
    if (check.outcome == base::Outcome::Fail)
        check.relation = u"The blueprint %1 got the exchange token. The agent belongs to %2."_s.arg(
            titleOf(c.setup, presented), titleOf(c.setup, parent));
    return check;
}

void checkRelation(TokenCase& c, const jose::Jwt& assertion)
{
    const auto subject = readExchangeSubject(assertion.text("sub"));
    if (!subject) {
        refuseSubject(c, assertion);
        return;
    }
    const QString text = sentence(aadsts(7002137), assertion.text("sub"));
    c.sheet.add(checkedParent(c, assertion, subject->app), aadsts(7002137), text);
    const QString& agent = c.decision.client->clientId;
    c.sheet.add(compared(childCheck(), subject->path, agent, hints(c, assertion)), aadsts(7002137), text);
}

bool isChild(const setup::App& agent, const setup::App& blueprint, const QString& path)
{
    return agent.kind == setup::AppKind::Agent && agent.parent == blueprint.name && agent.clientId == path;
}

/// Entra gives the token whatever the path says; who cannot use it finds out at the next request.
void mentionStranger(TokenCase& c, const QString& path)
{
    const setup::App& blueprint = *c.decision.client;
    if (std::ranges::any_of(c.setup.apps,
        [&](const setup::App& app) { return isChild(app, blueprint, path); }))
        return;
    QStringList children;
    for (const setup::App& app : c.setup.apps)
        if (isChild(app, blueprint, app.clientId))
            children.append(app.clientId);
    base::Check check {.id = u"fmi_path.child"_s, .title = u"Agent named"_s,
                       .fix = u"Name an agent of this blueprint. Another one cannot use the token."_s,
                       .presentedFrom = u"fmi_path in the request"_s,
                       .expectedFrom = u"agents of the blueprint"_s, .source = page()};
    const CompareHints request {
        .setup = &c.setup, .presenter = u"request"_s, .contract = u"blueprint"_s, .requestIsWrong = true};
    c.sheet.warn(comparedWithAny(std::move(check), {path}, children, request));
}

void checkPath(TokenCase& c)
{
    c.decision.fmiPath = c.text("fmi_path");
    const bool given = !c.decision.fmiPath.isEmpty();
    c.sheet.hold({.id = u"fmi_path"_s, .title = u"Agent"_s, .expected = u"an agent of the blueprint"_s,
                  .presented = given ? c.decision.fmiPath : u"not in the request"_s, .relation = u"named"_s,
                  .fix = u"Send the agent's client id as fmi_path in the form body."_s,
                  .presentedFrom = u"fmi_path in the request"_s,
                  .expectedFrom = u"agents of the blueprint"_s, .source = page()},
                 given, aadsts(82008));
    if (given)
        mentionStranger(c, c.decision.fmiPath);
}

} // namespace

QString checkParent(TokenCase& c, const jose::Jwt& assertion)
{
    c.decision.authentication = ClientAuthentication::Parent;
    TokenDemand demand = exchangeDemand();
    demand.ownClock = isEntraIssued(assertion) && !c.knowledge.receiver;
    c.sheet.begin(u"The token itself"_s);
    checkForm(c.sheet, assertion, demand);
    const QString iss = assertion.text("iss");
    checkSignature(c.sheet, assertion, iss, c.decision.tenant && iss == c.decision.tenant->issuerV2(),
        c.knowledge, demand);
    checkTimes(c.sheet, assertion, c.now, demand);
    c.sheet.begin(u"Child of the blueprint"_s);
    checkExchangeIssuer(c, assertion);
    checkExchangeAudience(c, assertion);
    checkRelation(c, assertion);
    return c.decision.client->displayName + u", child of the blueprint"_s;
}

void checkBlueprintRules(TokenCase& c, const ScopeRequest& scopes)
{
    if (c.decision.client->kind != setup::AppKind::Blueprint || !scopes.asksResource())
        return;
    const QString& resource = scopes.first().resource;
    const bool exchange = scopes.first().app
        ? scopes.first().app->isNamedBy(setup::exchangeAudienceUri) : resource == setup::exchangeAudienceUri;
    if (exchange) {
        checkPath(c);
        return;
    }
    const bool graph = scopes.first().app && scopes.first().app->isNamedBy(setup::graphUri);
    c.sheet.hold({.id = u"blueprint.resource"_s, .title = u"Resource of a blueprint"_s,
                  .expected = u"api://AzureADTokenExchange, or Microsoft Graph"_s, .presented = resource,
                  .relation = u"allowed"_s,
                  .fix = u"Ask for the exchange audience with fmi_path, then let the agent ask for the resource."_s,
                  .presentedFrom = u"scope in the request"_s, .source = page()},
                 graph, aadsts(82001));
}

} // namespace trust
