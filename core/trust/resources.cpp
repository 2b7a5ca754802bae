// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencase_p.h"

#include "core/trust/codes.h"
#include "core/trust/compare.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& page()
{
    static const QString text = u"Microsoft: scopes and permissions in the identity platform"_s;
    return text;
}

void checkOneResource(TokenCase& c, const QStringList& resources)
{
    if (resources.size() < 2)
        return;
    c.sheet.hold({.id = u"scope.resources"_s, .title = u"Resources"_s, .expected = u"one"_s,
                  .presented = resources.join(u", "_s),
                  .fix = u"Ask for a token of one resource at a time."_s,
                  .presentedFrom = u"scope in the request"_s, .source = page()},
                 false, aadsts(700022));
}

/// The nearest identifier of the setup, for an unknown one.
base::Check unknownResource(const TokenCase& c, const QString& asked)
{
    QStringList identifiers;
    for (const setup::App& app : c.setup.apps)
        identifiers << app.identifierUris << app.clientId;
    const CompareHints request {
        .setup = &c.setup, .presenter = u"request"_s, .contract = u"resource app"_s, .requestIsWrong = true};
    base::Check check = comparedWithAny({}, {asked}, identifiers, request);
    if (!check.near) {
        check.expected = u"a resource of the tenant"_s;
        check.fixValue.clear();
    }
    check.fix = u"Register an application with this identifier URI, or ask for one that is registered."_s;
    return check;
}

void checkResource(TokenCase& c, const ScopeRequest::Part& part)
{
    base::Check check;
    if (part.app) {
        check.presented = part.resource;
        check.expected = part.resource;
        check.relation = part.app->displayName;
    } else {
        check = unknownResource(c, part.resource);
    }
    check.id = u"resource"_s;
    check.title = u"Resource"_s;
    check.presentedFrom = u"scope in the request"_s;
    check.expectedFrom = u"applications of the tenant"_s;
    check.source = u"Microsoft: error codes, AADSTS500011"_s;
    c.sheet.hold(std::move(check), part.app, aadsts(500011));
    if (part.app && part.app->disabled)
        c.sheet.hold({.id = u"resource.state"_s, .title = u"State of the resource"_s,
                      .expected = u"enabled"_s, .presented = u"disabled"_s,
                      .fix = u"Enable the resource application in the tenant."_s,
                      .source = u"Microsoft: error codes, AADSTS50001"_s},
                     false, aadsts(50001), sentence(aadsts(50001), part.resource));
}

/// A name the resource exposes, or ".default".
bool isExposed(const ScopeRequest::Part& part)
{
    return part.name == ".default"_L1 || !part.app || part.app->delegatedScopes.contains(part.name);
}

void checkNames(TokenCase& c, const ScopeRequest& scopes)
{
    const bool appOnly = c.decision.grant == Grant::ClientCredentials;
    const auto bad = std::ranges::find_if(scopes.parts, [&](const ScopeRequest::Part& part) {
        return part.name.isEmpty() || (appOnly ? part.name != ".default"_L1 : !isExposed(part));
    });
    const bool holds = bad == scopes.parts.end();
    base::Check check {.id = u"scope"_s, .title = u"Scopes"_s, .presented = scopes.text,
                       .relation = u"known"_s,
                       .presentedFrom = u"scope in the request"_s,
                       .expectedFrom = u"scopes the resource exposes"_s, .source = page()};
    check.expected = appOnly ? scopes.first().resource + u"/.default"_s
        : scopes.first().app ? scopes.first().app->delegatedScopes.join(u' ') : u"scopes of the resource"_s;
    if (!holds)
        check.fix = appOnly ? u"An application asks for <resource>/.default."_s
            : u"Ask for a scope that the resource exposes, as <resource>/<name>."_s;
    if (!holds && appOnly)
        check.fixValue = check.expected;
    c.sheet.hold(std::move(check), holds, aadsts(70011));
}

/// RFC 8707: taken when it names the resource that the scopes name.
void checkResourceParameter(TokenCase& c, const ScopeRequest& scopes)
{
    if (!c.has("resource"))
        return;
    const QString presented = c.text("resource");
    const bool holds = scopes.asksResource() && namesResource(presented, scopes.first());
    c.sheet.hold({.id = u"resource.parameter"_s, .title = u"Parameter resource"_s,
                  .expected = scopes.asksResource() ? scopes.first().resource : u"no parameter resource"_s,
                  .presented = presented,
                  .relation = u"names the resource of the scopes"_s,
                  .fix = u"Leave resource out, or name the resource of the scopes."_s,
                  .presentedFrom = u"resource in the request"_s, .expectedFrom = u"scope in the request"_s,
                  .source = u"RFC 8707, 2"_s},
                 holds, aadsts(901002));
}

} // namespace

void checkScopes(TokenCase& c, const ScopeRequest& scopes)
{
    c.decision.openid = scopes.openid;
    c.decision.offline = scopes.offline;
    checkResourceParameter(c, scopes);
    if (!scopes.asksResource())
        return;
    const QStringList resources = scopes.resources();
    checkOneResource(c, resources);
    checkResource(c, scopes.first());
    checkNames(c, scopes);
    c.decision.resource = scopes.first().app;
    c.decision.resourceAsked = scopes.first().resource;
    c.decision.scopes = scopes.names();
    if (c.decision.grant != Grant::ClientCredentials && c.decision.resource && c.decision.client)
        c.decision.scopes = spelledOut(c.setup, *c.decision.client, *c.decision.resource, c.decision.scopes);
}

} // namespace trust
