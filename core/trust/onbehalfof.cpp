// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencase_p.h"

#include "core/trust/assertion_p.h"
#include "core/trust/clouds.h"
#include "core/trust/codes.h"
#include "core/trust/compare.h"
#include "core/trust/principal.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& page()
{
    static const QString text = u"Microsoft: OAuth 2.0 on-behalf-of flow"_s;
    return text;
}

TokenDemand demand()
{
    return {.word = u"assertion"_s, .algorithms = {}, .leeway = std::chrono::minutes {5},
            .form = &aadsts(50027), .algorithm = &aadsts(50013),
            .key = &aadsts(50013), .signature = &aadsts(50013), .time = &aadsts(500133), .source = page()};
}

void checkTokenUse(TokenCase& c)
{
    if (!checkParameter(c, "requested_token_use"))
        return;
    c.sheet.hold({.id = u"requested_token_use"_s, .title = u"Use asked for"_s, .expected = u"on_behalf_of"_s,
                  .presented = c.text("requested_token_use"), .relation = u"equal"_s,
                  .fix = u"Send on_behalf_of."_s,
                  .fixValue = u"on_behalf_of"_s, .presentedFrom = u"requested_token_use in the request"_s,
                  .source = page()},
                 c.text("requested_token_use") == "on_behalf_of"_L1, aadsts(9002313));
}

/// Only for SAML (entra.md 3.1), which is not played here; a JWT in its place would be another answer than Entra's.
void checkTokenType(TokenCase& c)
{
    if (!c.has("requested_token_type"))
        return;
    const QString type = c.text("requested_token_type");
    const bool saml = type.startsWith("urn:ietf:params:oauth:token-type:saml"_L1);
    c.sheet.unknown({.id = u"requested_token_type"_s, .title = u"Type of token asked for"_s, .expected = u"no parameter: an access token"_s,
                     .presented = type, .fix = u"Leave requested_token_type out to get an access token."_s,
                     .presentedFrom = u"requested_token_type in the request"_s, .source = page()},
                    saml ? u"Entra answers requested_token_type=%1 with a SAML assertion. None is made here."_s.arg(type)
                         : u"What Entra answers to requested_token_type=%1 is not documented."_s.arg(type));
}

void checkCaller(TokenCase& c)
{
    if (c.decision.client->kind != setup::AppKind::Blueprint)
        return;
    c.sheet.hold({.id = u"client.kind"_s, .title = u"Kind of the caller"_s,
                  .expected = u"an agent, or an ordinary application"_s,
                  .presented = u"an agent blueprint"_s,
                  .fix = u"Let the agent ask, with the blueprint's exchange token as client_assertion."_s,
                  .expectedFrom = u"client_id in the request"_s,
                  .source = u"Microsoft: agent identities, on-behalf-of flow"_s},
                 false, aadsts(82002));
}

void checkIssuer(TokenCase& c, const jose::Jwt& assertion)
{
    if (!c.decision.tenant)
        return;
    const setup::Tenant& tenant = *c.decision.tenant;
    QStringList expected {tenant.issuerV2()};
    if (!tenant.v1Issuer.isEmpty())
        expected << tenant.issuerV1();
    base::Check check {.id = u"issuer"_s, .title = u"Issuer"_s, .fix = u"Present a token of this tenant."_s,
                       .presentedFrom = u"claim iss"_s, .expectedFrom = u"tenant of the address"_s,
                       .source = page()};
    const CompareHints hints {
        .issuer = true, .presenter = u"assertion"_s, .contract = u"tenant"_s, .requestIsWrong = true};
    c.sheet.add(comparedWithAny(std::move(check), {assertion.text("iss")}, expected, hints), aadsts(50013));
}

/// An id token names no caller and grants nothing.
bool isIdToken(const jose::Jwt& assertion)
{
    return std::ranges::none_of(std::array {"scp", "roles", "azp", "appid", "idtyp"},
        [&](const char* claim) { return bool(assertion.claim(claim)); });
}

bool isUser(const jose::Jwt& assertion, const setup::Setup& setup)
{
    const PrincipalKind kind = principalOf(assertion, &setup).kind;
    return kind == PrincipalKind::User || kind == PrincipalKind::AgentUser;
}

void checkKind(TokenCase& c, const jose::Jwt& assertion)
{
    const bool idToken = isIdToken(assertion);
    const bool holds = !idToken && isUser(assertion, c.setup);
    c.sheet.hold({.id = u"kind"_s, .title = u"Kind of token"_s, .expected = u"a user's access token"_s,
                  .presented = holds ? u"a user's access token"_s : idToken ? u"an id token"_s
                  : u"an app-only token"_s,
                  .relation = u"speaks for a user"_s,
                  .fix = idToken ? u"Present the access token, not the id token."_s
                  : u"Present the token the user's client sent. An application without a user asks with client_credentials."_s,
                  .presentedFrom = u"claims idtyp, scp, oid"_s, .source = page()},
                 holds, aadsts(idToken ? 240002 : 7000113));
}

QString titleOf(const setup::Setup& setup, const QString& audience)
{
    const setup::App* app = setup.appByAudience(audience);
    return app && !app->displayName.isEmpty() ? app->displayName : audience;
}

/// What the owner is called in `aud`: version 2 tokens carry its client id, version 1 tokens mostly its URI.
QStringList namesOf(const setup::App* owner, const QString& presented)
{
    if (!owner)
        return {};
    return isGuid(presented) ? QStringList {owner->clientId} : QStringList {owner->clientId} + owner->identifierUris;
}

/// The assertion has to be meant for who presents it; for an agent, for its blueprint (entra.md 7.3).
void checkAudience(TokenCase& c, const jose::Jwt& assertion)
{
    const bool agent = c.decision.client->kind == setup::AppKind::Agent;
    const setup::App* owner = agent ? c.decision.parent : c.decision.client;
    base::Check check {.id = u"audience"_s, .title = u"Audience"_s,
                       .fix = agent ? u"Let the client ask for a scope of the blueprint, and present that token."_s
                                    : u"Let the client ask for a scope of this application, and present that token."_s,
                       .presentedFrom = u"claim aud"_s,
                       .expectedFrom = agent ? u"blueprint of the agent"_s : u"client_id in the request"_s,
                       .source = agent ? u"Microsoft: agent identities, on-behalf-of flow"_s : page()};
    const CompareHints hints {.setup = &c.setup, .presenter = u"assertion"_s,
                              .contract = agent ? u"blueprint"_s : u"application"_s, .audience = true, .requestIsWrong = true};
    const QStringList presented = audiencesOf(assertion);
    check = comparedWithAny(std::move(check), presented, namesOf(owner, presented.value(0)), hints);
    if (check.outcome == base::Outcome::Fail)
        check.relation = u"The token is meant for %1, not for %2."_s.arg(
            titleOf(c.setup, check.presented), owner ? owner->displayName : u"anybody here"_s);
    c.sheet.add(std::move(check), aadsts(500131));
}

void checkUserAssertion(TokenCase& c)
{
    const jose::Jwt assertion = jose::decode(c.request.form.value("assertion"));
    TokenDemand wanted = demand();
    wanted.ownClock = isEntraIssued(assertion) && !c.knowledge.receiver;
    c.sheet.begin(u"The user's token"_s);
    checkForm(c.sheet, assertion, wanted);
    const QString iss = assertion.text("iss");
    checkSignature(c.sheet, assertion, iss, tenantOfIssuer(c.setup, iss), c.knowledge, wanted);
    checkTimes(c.sheet, assertion, c.now, wanted);
    checkIssuer(c, assertion);
    checkKind(c, assertion);
    checkAudience(c, assertion);
    c.decision.userObjectId = assertion.text("oid");
}

} // namespace

void checkOnBehalfOf(TokenCase& c)
{
    checkCaller(c);
    checkTokenUse(c);
    checkTokenType(c);
    if (checkParameter(c, "assertion"))
        checkUserAssertion(c);
    c.sheet.begin(u"The request"_s);
    if (!checkParameter(c, "scope"))
        return;
    const ScopeRequest scopes = readScopes(c.text("scope"), c.setup);
    if (!scopes.asksResource())
        c.sheet.hold({.id = u"scope"_s, .title = u"Scopes"_s, .expected = u"scopes of one resource"_s,
                      .presented = scopes.text,
                      .fix = u"Name the resource: <resource>/<scope>."_s,
                      .presentedFrom = u"scope in the request"_s, .source = page()},
                     false, aadsts(700023));
    checkScopes(c, scopes);
    checkConsent(c);
}

} // namespace trust
