// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "entratoken.h"

#include "core/trust/codes.h"
#include "core/trust/compare.h"
#include "core/trust/tenants_p.h"
#include "core/trust/tokencase_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

struct AuthorizeCase
{
    const setup::Setup& setup;
    const http::Form& query;
    const Knowledge& knowledge;
    Sheet& sheet;
    AuthorizeDecision& decision;

    QString text(QByteArrayView name) const { return QString::fromUtf8(query.value(name)); }
};

base::Check line(const char16_t* id, const char16_t* title, const char16_t* source)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title),
            .presentedFrom = QString::fromUtf16(id) + u" in the request"_s,
            .source = QString::fromUtf16(source)};
}

bool checkPresent(AuthorizeCase& c, QByteArrayView name)
{
    if (!c.query.value(name).isEmpty())
        return true;
    const QString parameter = QString::fromLatin1(name);
    c.sheet.hold({.id = parameter, .title = parameter, .expected = parameter,
                  .presented = u"not in the request"_s,
                  .fix = u"Send the parameter "_s + parameter + u'.', .presentedFrom = u"request"_s,
                  .source = u"RFC 6749, 4.1.1"_s},
                 false, aadsts(900144));
    return false;
}

void checkClient(AuthorizeCase& c)
{
    if (!checkPresent(c, "client_id"))
        return;
    c.decision.client = checkClientKnown(c.sheet, c.setup, c.decision.tenant, c.text("client_id"));
    if (!c.decision.client || !c.decision.client->isAgentic())
        return;
    base::Check check = line(u"client.kind", u"Kind of the client", u"Microsoft: agent OAuth protocols");
    check.expected = u"an application that people sign in to"_s;
    check.presented = c.decision.client->kind == setup::AppKind::Agent ? u"an agent identity"_s
        : u"an agent blueprint"_s;
    check.fix = u"Let people sign in to a client application that asks for a scope of the blueprint."_s;
    c.sheet.hold(std::move(check), false, aadsts(82007));
}

base::Check nearestRedirect(base::Check check, const QString& asked, const QStringList& registered)
{
    check = comparedWithAny(std::move(check), {asked}, registered, {.presenter = u"request"_s,
                                                                    .contract = u"registration"_s});
    check.fix = u"Register this redirect URI for the application, or send one that is registered."_s;
    if (registered.isEmpty())
        check.expected = u"none is registered"_s;
    return check;
}

void checkRedirect(AuthorizeCase& c)
{
    if (!checkPresent(c, "redirect_uri") || !c.decision.client)
        return;
    const QString asked = c.text("redirect_uri");
    const QStringList& registered = c.decision.client->redirectUris;
    base::Check check = line(u"redirect_uri", u"Redirect URI",
        u"Microsoft: redirect URI restrictions; RFC 8252, 7.3");
    check.expectedFrom = u"redirect URIs of the application"_s;
    const bool holds = redirectMatches(asked, registered);
    if (holds) {
        check.presented = asked;
        check.expected = registered.contains(asked) ? asked : registered.join(u", "_s);
        check.relation = registered.contains(asked) ? u"equal"_s : u"equal, the port aside"_s;
    } else {
        check.fixPointer = c.decision.client->pointer + u"/redirectUris/-"_s;
        check = nearestRedirect(std::move(check), asked, registered);
    }
    c.sheet.hold(std::move(check), holds, aadsts(50011));
}

void checkResponse(AuthorizeCase& c)
{
    if (checkPresent(c, "response_type")) {
        base::Check check = line(u"response_type", u"Response type",
            u"Microsoft: OAuth 2.0 authorization code flow");
        check.presented = c.text("response_type");
        check.expected = u"code"_s;
        check.relation = u"equal"_s;
        check.fix = u"Ask for the response type code. Tokens do not belong into an address."_s;
        const bool holds = check.presented == "code"_L1;
        c.sheet.hold(std::move(check), holds, aadsts(700054));
    }
    const QString mode = c.text("response_mode");
    const bool known = mode.isEmpty() || mode == "query"_L1 || mode == "form_post"_L1
        || mode == "fragment"_L1;
    if (known)
        return;
    base::Check check = line(u"response_mode", u"Response mode",
        u"Microsoft: OAuth 2.0 authorization code flow");
    check.presented = mode;
    check.expected = u"query, fragment or form_post"_s;
    check.fix = u"Ask for one of these response modes."_s;
    c.sheet.hold(std::move(check), false, aadsts(9002313));
}

bool isChallenge(QByteArrayView text)
{
    return text.size() == 43 && std::ranges::all_of(text, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
            || c == '_';
    });
}

void checkChallenge(AuthorizeCase& c)
{
    const bool isPublic = c.decision.client && c.decision.client->kind == setup::AppKind::Public;
    const QByteArray challenge = c.query.value("code_challenge");
    if (!isPublic && challenge.isEmpty())
        return;
    base::Check method = line(u"code_challenge_method", u"PKCE method", u"RFC 7636, 4.3");
    const QString sent = c.text("code_challenge_method");
    method.presented = challenge.isEmpty() ? u"no challenge"_s : sent.isEmpty() ? u"plain (the default)"_s
        : sent;
    method.expected = u"S256"_s;
    method.relation = u"equal"_s;
    method.fix = u"Send code_challenge with code_challenge_method=S256."_s;
    const bool hashed = sent == "S256"_L1;
    c.sheet.hold(std::move(method), hashed && !challenge.isEmpty(), aadsts(9002325));
    if (challenge.isEmpty())
        return;
    base::Check size = line(u"code_challenge", u"Code challenge", u"RFC 7636, 4.2");
    size.presented = u"%1 characters"_s.arg(challenge.size());
    size.expected = u"43 characters of base64url"_s;
    size.relation = u"well formed"_s;
    size.fix = u"Send the SHA-256 of the verifier as base64url without padding."_s;
    c.sheet.hold(std::move(size), isChallenge(challenge), aadsts(501491));
}

void checkResources(AuthorizeCase& c, const ScopeRequest& scopes)
{
    for (const ScopeRequest::Part& part : scopes.parts) {
        base::Check check = line(u"resource", u"Resource", u"Microsoft: error codes, AADSTS500011");
        check.presented = part.resource;
        check.expected = part.app ? part.resource : u"a resource of the tenant"_s;
        check.relation = part.app ? part.app->displayName : QString();
        check.fix = u"Register an application with this identifier URI, or ask for one that is registered."_s;
        check.presentedFrom = u"scope in the request"_s;
        if (!part.app || &part == &scopes.first())
            c.sheet.hold(std::move(check), part.app, aadsts(500011));
    }
}

void checkScopeNames(AuthorizeCase& c, const ScopeRequest& scopes)
{
    const auto bad = std::ranges::find_if(scopes.parts, [](const ScopeRequest::Part& part) {
        return part.name.isEmpty() || (part.app && part.name != ".default"_L1
            && !part.app->delegatedScopes.contains(part.name));
    });
    base::Check check = line(u"scope", u"Scopes",
        u"Microsoft: scopes and permissions in the identity platform");
    check.presented = scopes.text;
    check.expected = scopes.asksResource() && scopes.first().app
        ? scopes.first().app->delegatedScopes.join(u' ') : u"scopes of a resource"_s;
    check.relation = u"known"_s;
    check.fix = u"Ask for a scope that the resource exposes, as <resource>/<name>."_s;
    c.sheet.hold(std::move(check), bad == scopes.parts.end(), aadsts(70011));
}

void checkResourceParameter(AuthorizeCase& c, const ScopeRequest& scopes)
{
    const QString presented = c.text("resource");
    if (presented.isEmpty())
        return;
    base::Check check = line(u"resource.parameter", u"Parameter resource", u"RFC 8707, 2");
    check.presented = presented;
    check.expected = scopes.asksResource() ? scopes.first().resource : u"no parameter resource"_s;
    check.presentedFrom = u"resource in the request"_s;
    check.relation = u"names the resource of the scopes"_s;
    check.fix = u"Leave resource out, or name the resource of the scopes."_s;
    const bool holds = std::ranges::any_of(scopes.parts,
        [&](const ScopeRequest::Part& part) { return namesResource(presented, part); });
    c.sheet.hold(std::move(check), holds, aadsts(901002));
}

void checkConsent(AuthorizeCase& c)
{
    if (!c.decision.client || !c.decision.resource)
        return;
    const ConsentState state = consentState(c.setup, *c.decision.client, *c.decision.resource,
        c.decision.scopes, {}, c.knowledge);
    c.decision.consentNeeded = state == ConsentState::Missing || state == ConsentState::Unknown;
    base::Check check = line(u"consent", u"Consent",
        u"Microsoft: scopes and permissions in the identity platform");
    check.expected = scopesOf(c.decision.scopes, *c.decision.resource);
    check.presented = c.decision.consentNeeded ? u"asked on the consent page"_s
        : state == ConsentState::Refused ? u"refused in the setup"_s : u"given"_s;
    check.relation = c.decision.consentNeeded ? u"the user is asked"_s : u"granted"_s;
    check.fix = u"Let an administrator grant the scopes."_s;
    check.presentedFrom = u"consent given to the application"_s;
    const QString asked = check.expected;
    c.sheet.hold(std::move(check), state != ConsentState::Refused, aadsts(65004),
        sentence(aadsts(65004), asked));
}

void checkScopes(AuthorizeCase& c)
{
    if (!checkPresent(c, "scope"))
        return;
    const ScopeRequest scopes = readScopes(c.text("scope"), c.setup);
    c.decision.openid = scopes.openid;
    c.decision.offline = scopes.offline;
    checkResourceParameter(c, scopes);
    if (!scopes.asksResource())
        return;
    c.decision.resource = scopes.first().app;
    c.decision.scopes = scopes.names();
    if (c.decision.resource && c.decision.client)
        c.decision.scopes = spelledOut(c.setup, *c.decision.client, *c.decision.resource, c.decision.scopes);
    checkResources(c, scopes);
    checkScopeNames(c, scopes);
    checkConsent(c);
}

} // namespace

AuthorizeDecision decideAuthorize(const setup::Setup& setup, const QString& tenant, const http::Form& query,
    const Knowledge& knowledge, base::Instant)
{
    AuthorizeDecision decision;
    Sheet sheet(u"Microsoft Entra"_s);
    AuthorizeCase c {setup, query, knowledge, sheet, decision};
    sheet.begin(u"The client"_s);
    decision.tenant = checkTenant(sheet, setup, tenant, false);
    checkRepeats(sheet, query);
    checkClient(c);
    checkRedirect(c);
    decision.redirectTrusted = !sheet.refused();
    sheet.begin(u"The request"_s);
    checkResponse(c);
    checkChallenge(c);
    checkScopes(c);
    decision.verdict = sheet.verdict(decision.client ? decision.client->displayName : QString());
    return decision;
}

} // namespace trust
