// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "audience.h"

#include "core/base/jsontexts.h"
#include "core/trust/actor_p.h"
#include "core/trust/assertion_p.h"
#include "core/trust/compare.h"
#include "core/trust/contractfile_p.h"
#include "core/trust/graphtoken.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// RFC 6750 section 3.1; Graph's own words from "Microsoft Graph error responses".
constexpr Answer invalidToken {0, 401, "invalid_token", "The token is not accepted: {presented}."};
constexpr Answer insufficientScope {0, 403, "insufficient_scope",
    "The token grants '{presented}', the API needs '{expected}'."};
constexpr Answer graphToken {0, 401, "InvalidAuthenticationToken", "The token is not accepted: {presented}."};
constexpr Answer graphDenied {0, 403, "Authorization_RequestDenied",
    "The token grants '{presented}', the call needs '{expected}'."};
constexpr Answer graphNoUser {0, 400, "BadRequest",
    "/me needs a user's token, this one speaks for an application."};

struct BearerCase
{
    const setup::Setup& setup;
    const setup::Target& target;
    const Knowledge& knowledge;
    base::Instant now;
    Sheet& sheet;
    jose::Jwt token {};

    bool isGraph() const { return target.kind == "graph"_L1; }
    const Answer& denied() const { return isGraph() ? graphToken : invalidToken; }
    QString source() const { return isGraph() ? u"Microsoft: Graph error responses"_s : u"RFC 6750, 3.1"_s; }
};

TokenDemand demandOf(const Answer& denied)
{
    return {.word = u"token"_s, .algorithms = {}, .leeway = std::chrono::minutes {5}, .form = &denied,
            .algorithm = &denied,
            .key = &denied, .signature = &denied, .time = &denied, .source = u"RFC 7519, 7.2"_s};
}
TokenDemand demand(const BearerCase& c) { return demandOf(c.denied()); }

/// A list is no receiver: what it does not say is mentioned and decides nothing.
TokenDemand demandOfList()
{
    TokenDemand out = demandOf(invalidToken);
    out.unknowns = Unknowns::Mention;
    return out;
}

bool checkScheme(BearerCase& c, QByteArrayView authorization)
{
    const QByteArrayView scheme = "bearer ";
    const bool holds = authorization.size() > scheme.size()
        && authorization.first(scheme.size()).toByteArray().toLower() == scheme;
    base::Check check {.id = u"authorization"_s, .title = u"Authorization"_s,
                       .expected = u"Bearer and a token"_s,
                       .presented = authorization.isEmpty() ? u"no header"_s : holds ? u"Bearer"_s
                       : u"another scheme"_s, .relation = u"a bearer token"_s,
                       .fix = u"Send Authorization: Bearer with the access token."_s,
                       .presentedFrom = u"header Authorization"_s,
                       .source = u"RFC 6750, 2.1"_s};
    if (!c.sheet.hold(std::move(check), holds, c.denied()))
        return false;
    c.token = jose::decode(authorization.sliced(scheme.size()).trimmed());
    return true;
}

CompareHints hintsFor(const jose::Jwt& token, const setup::Setup* setup)
{
    return {.setup = setup, .receiver = u"The API compares letter by letter."_s, .contract = u"API"_s,
            .azp = callerOf(token), .oid = token.text("oid")};
}

/// The issuer of several tenants is a template: the token's own tenant is put in before it is compared (Microsoft: OpenID
/// Connect, fetch the document).
QStringList filledIn(QStringList issuers, const QString& tid)
{
    return tid.isEmpty() ? issuers : issuers.replaceInStrings(u"{tenantid}"_s, tid);
}

base::Check issuerCheck(const jose::Jwt& token, const QStringList& issuers, const setup::Setup* setup,
    QString pointer)
{
    CompareHints hints = hintsFor(token, setup);
    hints.issuer = true;
    base::Check check {.id = u"issuer"_s, .title = u"Issuer"_s, .fixPointer = std::move(pointer),
                       .presentedFrom = u"claim iss"_s,
                       .expectedFrom = u"validIssuers of the API"_s,
                       .source = u"Microsoft: access tokens, validate the issuer"_s};
    const QStringList expected = filledIn(issuers, token.text("tid"));
    if (refusedAsNoText(check, token.claim("iss"), expected.value(0)))
        return check;
    check = comparedWithAny(std::move(check), {token.text("iss")}, expected, hints);
    if (check.outcome == base::Outcome::Pass && !issuers.contains(check.presented))
        check.relation = u"equal, with tid in the place of {tenantid}"_s;
    return check;
}

base::Check audienceCheck(const jose::Jwt& token, const QStringList& audiences, const setup::Setup* setup,
    QString pointer)
{
    CompareHints hints = hintsFor(token, setup);
    hints.audience = true;
    base::Check check {.id = u"audience"_s, .title = u"Audience"_s, .fixPointer = std::move(pointer),
                       .presentedFrom = u"claim aud"_s,
                       .expectedFrom = u"validAudiences of the API"_s, .source = u"RFC 7519, 4.1.3"_s};
    if (refusedAsNoText(check, token.claim("aud"), audiences.value(0)))
        return check;
    return comparedWithAny(std::move(check), audiencesOf(token), audiences, hints);
}

/// A list in the setup is completed; a list that was made here has no place to write to.
QString listPointer(const BearerCase& c, const QStringList& written, const char16_t* member)
{
    return written.isEmpty() ? QString() : QString(c.target.pointer + u'/' + QString::fromUtf16(member)
        + u"/-"_s);
}

void checkBearerSignature(BearerCase& c)
{
    const QString iss = c.token.text("iss");
    if (!c.isGraph() || !hasHeaderNonce(c.token)) {
        checkSignatureOver(c.sheet, c.token, c.token.signingInput(), iss, c.knowledge, demand(c));
        return;
    }
    checkGraphSignature(c.sheet, c.token, iss, c.knowledge, demand(c));
}

void checkContract(BearerCase& c)
{
    // Without a list, and without a tenant that stands for one, the setup does not say which issuers the API accepts.
    if (const QStringList issuers = validIssuersOf(c.setup, c.target); !issuers.isEmpty())
        c.sheet.add(issuerCheck(c.token, issuers, &c.setup, listPointer(c, c.target.validIssuers, u"validIssuers")), c.denied());
    c.sheet.add(audienceCheck(c.token, validAudiencesOf(c.setup, c.target), &c.setup, listPointer(c, c.target.validAudiences,
        u"validAudiences")), c.denied());
}

/// Only its issuer, and a receiver that asks it, knows what an opaque token stands for.
bool isOpaqueToOthers(BearerCase& c)
{
    if (c.token.parts != 1 || c.token.raw.isEmpty() || c.knowledge.receiver)
        return false;
    c.sheet.unknown({.id = u"form"_s, .title = u"Form"_s, .expected = u"a token that the API can read"_s, .presented = u"an opaque token"_s,
                     .presentedFrom = u"header Authorization"_s, .source = u"RFC 6749, 1.4"_s},
        u"The token is no JWT: what it stands for, only its issuer can tell."_s);
    return true;
}

void checkGranted(BearerCase& c, const QStringList& granted, const QStringList& required, bool forUser)
{
    base::Check check {.id = forUser ? u"scope"_s : u"roles"_s, .title = forUser ? u"Scopes"_s : u"Roles"_s,
                       .expected = required.isEmpty() ? u"nothing in particular"_s : required.join(u" or "_s),
                       .presented = granted.isEmpty() ? u"nothing"_s : granted.join(u' '),
                       .relation = u"grants it"_s,
                       .fix = forUser ? u"Ask for the scope at sign-in, and let the user consent."_s
                       : u"Assign the app role to the application."_s,
                       .presentedFrom = forUser ? u"claim scp or scope"_s : u"claim roles"_s,
                       .expectedFrom = forUser ? u"requiredScopes of the API"_s
                       : u"requiredRoles of the API"_s, .source = u"RFC 6750, 3.1"_s};
    const bool holds = required.isEmpty() || std::ranges::any_of(required,
        [&](const QString& name) { return granted.contains(name); });
    c.sheet.hold(std::move(check), holds, c.isGraph() ? graphDenied : insufficientScope);
}

/// An API that names scopes alone takes no app-only token, and the other way round.
void checkRights(BearerCase& c)
{
    // Entra writes scp; RFC 8693 section 4.2 and RFC 9068 section 2.2.3 write scope.
    const QString scp = c.token.claim("scp") ? c.token.text("scp") : c.token.text("scope");
    const bool forUser = !scp.isEmpty() && scp != "/"_L1 && c.token.text("idtyp") != "app"_L1;
    if (c.isGraph()) {
        c.sheet.hold({.id = u"kind"_s, .title = u"Kind of token"_s, .expected = u"a user's token"_s,
                      .presented = forUser ? u"a user's token"_s : u"an app-only token"_s,
                      .relation = u"speaks for a user"_s,
                      .fix = u"Ask on behalf of the user. /me has no meaning for an application."_s,
                      .presentedFrom = u"claims scp, idtyp"_s, .source = u"Microsoft: Graph, get a user"_s},
                     forUser, graphNoUser);
        const QStringList required = c.target.requiredScopes.isEmpty() ? QStringList {u"User.Read"_s}
            : c.target.requiredScopes;
        if (forUser)
            checkGranted(c, scp.split(u' ', Qt::SkipEmptyParts), required, true);
        return;
    }
    if (forUser && (!c.target.requiredScopes.isEmpty() || c.target.requiredRoles.isEmpty()))
        checkGranted(c, scp.split(u' ', Qt::SkipEmptyParts), c.target.requiredScopes, true);
    else
        checkGranted(c, json::textsIn(c.token.claim("roles")), c.target.requiredRoles.isEmpty()
            ? c.target.requiredScopes : c.target.requiredRoles, false);
}

/// The lists say nothing about time, so it does not decide; but no API takes a token that ended, or that is still to begin.
void mentionTime(Sheet& sheet, const jose::Jwt& token, base::Instant now)
{
    const auto exp = secondsIn(token.claim("exp")), nbf = secondsIn(token.claim("nbf"));
    if (exp && *exp <= base::epochSeconds(now) - 300)
        sheet.warn({.id = u"lifetime.exp"_s, .title = u"End"_s, .expected = u"after "_s + base::toRfc3339(now),
                    .presented = shownTime(*exp), .relation = u"It ended. The lists do not say so, but the API will refuse it."_s,
                    .fix = u"Get a fresh token."_s, .presentedFrom = u"claim exp"_s, .source = u"RFC 7519, 4.1.4"_s});
    if (nbf && *nbf > base::epochSeconds(now) + 300)
        sheet.warn({.id = u"lifetime.nbf"_s, .title = u"Begin"_s, .expected = u"not after "_s + base::toRfc3339(now),
                    .presented = shownTime(*nbf), .relation = u"It is still to begin. The lists do not say so, but the API will refuse it until then."_s,
                    .fix = u"Compare the clocks of issuer and receiver."_s, .presentedFrom = u"claim nbf"_s, .source = u"RFC 7519, 4.1.5"_s});
}

/// A list says nothing of keys; where some are given they decide. A token for Graph alone is signed over something else.
void checkListSignature(Sheet& sheet, const jose::Jwt& token, const Knowledge& knowledge)
{
    if (!hasHeaderNonce(token)) {
        checkSignatureOver(sheet, token, token.signingInput(), token.text("iss"), knowledge, demandOfList());
        return;
    }
    sheet.warn({.id = u"signature"_s, .title = u"Signature"_s, .expected = u"a key of "_s + token.text("iss"), .presented = u"a header with a nonce"_s,
                .relation = u"Not checked: such a token is signed over another header than the one it carries. Only Graph can check it."_s,
                .presentedFrom = u"header nonce"_s, .source = u"Microsoft: access tokens"_s});
}

bool isGraph(const setup::Target& target) { return target.kind == "graph"_L1; }

const setup::App* resourceOf(const setup::Setup& setup, const setup::Target& target)
{
    const setup::App* app = setup.app(target.resource);
    return app || !isGraph(target) ? app : setup.appByAudience(setup::graphUri);
}

} // namespace

QStringList validAudiencesOf(const setup::Setup& setup, const setup::Target& target)
{
    if (!target.validAudiences.isEmpty())
        return target.validAudiences;
    if (isGraph(target))
        return {setup::graphUri.toString(), setup::graphUri.toString() + u'/', setup::graphGuid.toString()};
    const setup::App* app = resourceOf(setup, target);
    if (!app)
        return {};
    return app->requestedAccessTokenVersion == 1 ? app->identifierUris : QStringList {app->clientId};
}

QStringList validIssuersOf(const setup::Setup& setup, const setup::Target& target)
{
    if (!target.validIssuers.isEmpty())
        return target.validIssuers;
    const setup::App* app = resourceOf(setup, target);
    const bool both = isGraph(target) || !app;
    QStringList out;
    for (const setup::Tenant& tenant : setup.tenants) {
        if (both || app->requestedAccessTokenVersion != 1)
            out << tenant.issuerV2();
        if (both || app->requestedAccessTokenVersion == 1)
            out << tenant.issuerV1();
    }
    return out;
}

base::Verdict decideBearer(const setup::Setup& setup, const setup::Target& target,
    QByteArrayView authorization,
    const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(target.displayName.isEmpty() ? target.name : target.displayName);
    BearerCase c {setup, target, knowledge, now, sheet};
    sheet.begin(u"The token itself"_s);
    if (checkScheme(c, authorization) && !isOpaqueToOthers(c)) {
        checkForm(sheet, c.token, demand(c));
        checkBearerSignature(c);
        checkTimes(sheet, c.token, now, demand(c));
        checkBinding(sheet, c.token, Presented::AsBearer, demand(c));
        sheet.begin(u"The API"_s);
        checkContract(c);
        checkRights(c);
        checkActor(sheet, c.token, target, c.denied());
    }
    return sheet.verdict(target.name);
}

base::Verdict matchAudiences(const jose::Jwt& token, const QStringList& validAudiences,
    const QStringList& validIssuers,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(u"API"_s);
    sheet.begin(u"The token itself"_s);
    checkForm(sheet, token, demandOfList());
    checkListSignature(sheet, token, knowledge);
    mentionTime(sheet, token, now);
    checkBinding(sheet, token, Presented::Unknown, demandOfList());
    sheet.begin(u"The API"_s);
    if (!validIssuers.isEmpty())
        sheet.add(issuerCheck(token, validIssuers, setup, u"/validIssuers/-"_s), invalidToken);
    sheet.add(audienceCheck(token, validAudiences, setup, u"/validAudiences/-"_s), invalidToken);
    base::Verdict out = sheet.verdict(u"validAudiences"_s);
    out.confidence = confidenceOf(out);
    return out;
}

} // namespace trust
