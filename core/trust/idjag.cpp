// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "idjag.h"

#include "core/trust/assertion_p.h"
#include "core/trust/compare.h"
#include "core/trust/mcpauth.h"
#include "core/trust/tokencase_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// The tenant plays an enterprise identity provider that knows the draft. Entra is not known to, so there is no number
// of Entra's to give: RFC 8693 section 2.2.2.
constexpr Answer invalidRequest {0, 400, "invalid_request", "The token exchange is not well formed: {presented}.", "", false};
constexpr Answer invalidGrant {0, 400, "invalid_grant", "The subject token is not good: {presented}.", "", false};
constexpr Answer invalidTarget {0, 400, "invalid_target", "'{presented}' is not known to this identity provider.", "", false};
constexpr Answer invalidScope {0, 400, "invalid_scope", "The scope '{presented}' is not offered there.", "", false};

const QString& page()
{
    static const QString text = u"Identity assertion authorization grant (draft), 4.3; RFC 8693, 2.1"_s;
    return text;
}

TokenDemand demand()
{
    return {.word = u"id token"_s, .algorithms = {}, .leeway = std::chrono::minutes {5}, .form = &invalidGrant,
            .algorithm = &invalidGrant, .key = &invalidGrant, .signature = &invalidGrant, .time = &invalidGrant,
            .source = page()};
}

void checkType(TokenCase& c, QByteArrayView parameter, const QString& wanted)
{
    const QString presented = c.text(parameter);
    c.sheet.hold({.id = QString::fromLatin1(parameter), .title = QString::fromLatin1(parameter), .expected = wanted,
                  .presented = presented.isEmpty() ? u"not in the request"_s : presented, .relation = u"equal"_s,
                  .fix = u"Send "_s + wanted + u'.', .fixValue = wanted, .presentedFrom = u"request"_s, .source = page()},
                 presented == wanted, invalidRequest);
}

void checkIssuer(TokenCase& c, const jose::Jwt& subject)
{
    if (!c.decision.tenant)
        return;
    c.sheet.add(compared({.id = u"subject_token.issuer"_s, .title = u"Issuer of the id token"_s,
                          .presentedFrom = u"claim iss"_s, .expectedFrom = u"tenant of the address"_s, .source = page()},
                    subject.text("iss"), c.decision.tenant->issuerV2(),
                    {.issuer = true, .presenter = u"id token"_s, .contract = u"tenant"_s, .requestIsWrong = true}),
        invalidGrant);
}

/// An id token speaks to the client it was issued to, and that one alone may turn it into more.
void checkAudience(TokenCase& c, const jose::Jwt& subject)
{
    base::Check check {.id = u"subject_token.audience"_s, .title = u"Audience of the id token"_s,
                       .fix = u"Let the client that the user signed in to ask, with its own id token."_s,
                       .presentedFrom = u"claim aud"_s, .expectedFrom = u"client_id in the request"_s, .source = page()};
    check = comparedWithAny(std::move(check), audiencesOf(subject), {c.decision.client->clientId},
        {.setup = &c.setup, .presenter = u"id token"_s, .contract = u"client"_s, .requestIsWrong = true});
    if (const setup::App* other = c.setup.appByClientId(check.presented); other && check.outcome == base::Outcome::Fail)
        check.relation = u"The id token was issued to %1, not to %2."_s.arg(other->displayName, c.decision.client->displayName);
    c.sheet.add(std::move(check), invalidGrant);
}

void checkSubject(TokenCase& c)
{
    const jose::Jwt subject = jose::decode(c.request.form.value("subject_token"));
    c.sheet.begin(u"The id token"_s);
    TokenDemand wanted = demand();
    wanted.ownClock = !c.knowledge.receiver;
    checkForm(c.sheet, subject, wanted);
    const QString iss = subject.text("iss");
    checkSignature(c.sheet, subject, iss, tenantOfIssuer(c.setup, iss), c.knowledge, wanted);
    checkTimes(c.sheet, subject, c.now, wanted);
    checkIssuer(c, subject);
    checkAudience(c, subject);
    c.decision.userObjectId = subject.text("oid");
}

QStringList serversOf(const setup::Setup& setup)
{
    QStringList out;
    for (const setup::Target& target : setup.targets)
        if (target.kind == "mcp"_L1 && !target.authorizationServer.isEmpty() && !out.contains(target.authorizationServer))
            out.append(target.authorizationServer);
    return out;
}

const CompareHints& requestHints()
{
    static const CompareHints hints {.presenter = u"request"_s, .contract = u"identity provider"_s, .requestIsWrong = true};
    return hints;
}

void checkTarget(TokenCase& c)
{
    const QString server = c.text("audience"), resource = c.text("resource");
    c.sheet.begin(u"The request"_s);
    c.sheet.add(comparedWithAny({.id = u"audience.parameter"_s, .title = u"Parameter audience"_s,
                                 .presentedFrom = u"audience in the request"_s,
                                 .expectedFrom = u"authorization servers the enterprise allows"_s, .source = page()},
                    {server}, serversOf(c.setup), requestHints()),
        invalidTarget);
    QStringList urls;
    const setup::Target* found = nullptr;
    for (const setup::Target* target : mcpTargetsOf(c.setup, server)) {
        urls.append(target->url);
        if (target->url == resource)
            found = target;
    }
    c.sheet.add(comparedWithAny({.id = u"resource.parameter"_s, .title = u"Parameter resource"_s,
                                 .presentedFrom = u"resource in the request"_s,
                                 .expectedFrom = u"MCP servers of that authorization server"_s, .source = u"RFC 8707, 2"_s},
                    {resource}, urls, requestHints()),
        invalidTarget);
    const QStringList asked = c.text("scope").split(u' ', Qt::SkipEmptyParts);
    const bool offered = found && std::ranges::all_of(asked, [&](const QString& s) { return found->scopes.contains(s); });
    if (found)
        c.sheet.hold({.id = u"scope"_s, .title = u"Scopes"_s, .expected = found->scopes.join(u' '),
                      .presented = asked.join(u' '), .relation = u"offered"_s,
                      .fix = u"Ask for scopes that the server's metadata lists."_s,
                      .presentedFrom = u"scope in the request"_s, .source = u"RFC 8693, 2.1"_s},
                     offered, invalidScope);
    c.decision.scopes = asked;
}

} // namespace

bool asksIdentityAssertion(const http::Form& form)
{
    return form.value("grant_type") == "urn:ietf:params:oauth:grant-type:token-exchange"
        && form.value("requested_token_type") == "urn:ietf:params:oauth:token-type:id-jag";
}

void checkIdentityAssertionRequest(TokenCase& c)
{
    checkType(c, "subject_token_type", u"urn:ietf:params:oauth:token-type:id_token"_s);
    if (checkParameter(c, "subject_token"))
        checkSubject(c);
    checkTarget(c);
}

} // namespace trust
