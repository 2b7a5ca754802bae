// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenexchange_p.h"

#include "core/trust/broker_p.h"
#include "core/trust/targetclient_p.h"

#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer invalidRequest {0, 400, "invalid_request", "The request is not accepted: {presented}."};
constexpr Answer invalidGrant {0, 400, "invalid_grant", "The assertion is not accepted: {presented}."};
constexpr Answer invalidClient {0, 401, "invalid_client", "The client did not prove who it is."};
constexpr Answer unsupportedGrant {
    0, 400, "unsupported_grant_type", "The grant type '{presented}' is not supported."};

constexpr PresentedToken subjectPart {
    "subject_token", u"subject token", u"The subject token", "subjects", false, &invalidRequest};
constexpr PresentedToken actorPart {
    "actor_token", u"actor token", u"The actor token", "actors", true, &invalidRequest};
constexpr PresentedToken assertionPart {
    "assertion", u"assertion", u"The assertion", "workloads", false, &invalidGrant};

/// What the request lacks or has wrong, with the parameter's name.
QString about(const QString& parameter, const QString& presented)
{
    return sentence(invalidRequest, parameter + u": "_s + presented);
}

/// Where a token belongs in each grant, and where people put it by mistake (downstream.md 4.3).
struct Misplaced
{
    const char* where;
    const char16_t* what;
};
constexpr std::array misplaced {
    Misplaced {"client_assertion", u"client_assertion, which authenticates the client"},
    Misplaced {"assertion", u"assertion, which is a grant of its own"},
    Misplaced {"subject_token", u"subject_token, which belongs to the token exchange"},
};

/// The parameter that carries the token is there. A token in the place of another grant is said by name.
bool checkPlace(ExchangeCase& c, const PresentedToken& part)
{
    if (c.has(part.parameter))
        return true;
    const QString name = QString::fromLatin1(part.parameter);
    const auto elsewhere = std::ranges::find_if(
        misplaced, [&](const Misplaced& m) { return name != QLatin1StringView(m.where) && c.has(m.where); });
    const bool confused = elsewhere != misplaced.end();
    const QString presented = confused ? QString::fromUtf16(elsewhere->what) : u"not in the request"_s;
    c.sheet.hold({.id = confused ? QString(name + u".place"_s) : name, .title = name,
                  .expected = name + u": "_s + QString::fromUtf16(part.word), .presented = presented,
                  .fix = u"Send the token as %1."_s.arg(name), .presentedFrom = u"the request"_s,
                  .expectedFrom = u"grant type"_s,
                  .source = part.answer == &invalidGrant ? u"RFC 7523, 2.1 and 2.2"_s : u"RFC 8693, 2.1"_s},
                 false, invalidRequest, about(name, presented));
    return false;
}

/// A token type that this server can read, in a parameter that has to be there when `needed`.
void checkType(ExchangeCase& c, const char* parameter, bool needed)
{
    if (!needed && !c.has(parameter)) // sent without a value is as if left out (RFC 6749, 3.2)
        return;
    const QString presented = c.has(parameter) ? c.text(parameter) : u"not in the request"_s, name = QString::fromLatin1(parameter);
    const bool holds = presented == QLatin1StringView(accessTokenType)
        || presented == QLatin1StringView(jwtTokenType);
    c.sheet.hold({.id = name, .title = name,
                  .expected = u"…:token-type:access_token or …:token-type:jwt"_s,
                  .presented = presented,
                  .relation = u"supported"_s, .fix = u"Send the type of the token by its URN."_s,
                  .fixValue = QString::fromLatin1(accessTokenType),
                  .presentedFrom = name + u" in the request"_s, .source = u"RFC 8693, 2.1 and 3"_s},
                 holds, invalidRequest, about(name, presented));
}

/// A type without a token is as wrong as a token without a type.
void checkActorType(ExchangeCase& c)
{
    if (c.has("actor_token")) {
        checkType(c, "actor_token_type", true);
        return;
    }
    if (!c.has("actor_token_type"))
        return;
    c.sheet.hold({.id = u"actor_token"_s, .title = u"actor_token"_s, .expected = u"a token of the type given"_s,
                  .presented = u"not in the request"_s, .fix = u"Send actor_token, or leave its type out."_s,
                  .presentedFrom = u"the request"_s, .source = u"RFC 8693, 2.1"_s},
                 false, invalidRequest, about(u"actor_token"_s, u"not in the request"_s));
}

/// Whether this server gives composite tokens, plain ones, or both.
void checkDelegation(ExchangeCase& c)
{
    const QString rule = c.setting("delegation").text();
    if (rule != "required"_L1 && rule != "refused"_L1)
        return;
    const bool acts = c.has("actor_token");
    c.sheet.hold({.id = u"delegation"_s, .title = u"Delegation"_s,
                  .expected = rule == "required"_L1 ? u"an actor token"_s : u"no actor token"_s,
                  .presented = acts ? u"an actor token"_s : u"no actor token"_s, .relation = u"as configured"_s,
                  .fix = rule == "required"_L1 ? u"Send the token of whoever acts as actor_token."_s
                                               : u"Leave actor_token out."_s,
                  .presentedFrom = u"the request"_s, .expectedFrom = u"settings of the server"_s,
                  .source = u"RFC 8693, 1.1"_s},
                 acts == (rule == "required"_L1), invalidRequest);
}

/// Every parameter once, but for those that RFC 8693, 2.1 lets name several targets.
void checkOnce(ExchangeCase& c)
{
    QSet<QByteArray> seen;
    const auto again = std::ranges::find_if(c.form, [&seen](const http::Parameter& each) {
        if (each.name == "audience" || each.name == "resource")
            return false;
        const auto before = seen.size();
        seen.insert(each.name);
        return seen.size() == before;
    });
    if (again != c.form.end())
        c.sheet.hold({.id = u"parameters"_s, .title = u"Parameters"_s, .expected = u"each once"_s, .presented = u"more than once: "_s + QString::fromUtf8(again->name),
                      .fix = u"Send every parameter once."_s, .presentedFrom = u"the request"_s, .source = u"RFC 6749, 3.2"_s},
                     false, invalidRequest);
}

void exchange(ExchangeCase& c)
{
    checkType(c, "subject_token_type", true);
    checkType(c, "requested_token_type", false);
    checkActorType(c);
    checkDelegation(c);
    c.decision.tokenType = c.has("requested_token_type") ? c.text("requested_token_type")
                                                         : QString::fromLatin1(accessTokenType);
    if (checkPlace(c, subjectPart)) {
        c.subject = jose::decode(c.form.value("subject_token"));
        checkPresented(c, subjectPart, c.subject);
    }
    if (c.has("actor_token")) {
        c.actor = jose::decode(c.form.value("actor_token"));
        checkPresented(c, actorPart, c.actor);
        checkMayAct(c, actorPart);
        c.decision.actor = actorClaim(c);
    } else if (c.subject.claim("act")) {
        // Nobody new acts; whoever acted already stays visible.
        c.decision.actor = c.subject.claim("act").raw().toByteArray();
    }
    checkRequested(c);
    if (c.target.kind == "broker"_L1)
        checkBroker(c, u"token-exchange"_s);
}

void grant(ExchangeCase& c)
{
    c.decision.tokenType = QString::fromLatin1(accessTokenType);
    if (checkPlace(c, assertionPart)) {
        c.subject = jose::decode(c.form.value("assertion"));
        checkPresented(c, assertionPart, c.subject);
    }
    checkRequested(c);
    if (c.target.kind == "broker"_L1)
        checkBroker(c, u"jwt-bearer"_s);
}

/// The grant is one of two; anything else is answered and judged no further.
bool checkGrant(ExchangeCase& c)
{
    const QByteArray type = c.form.value("grant_type");
    return c.sheet.hold({.id = u"grant_type"_s, .title = u"Grant"_s,
                         .expected = u"token-exchange or jwt-bearer, by its URN"_s,
                         .presented = type.isEmpty() ? u"not in the request"_s : QString::fromUtf8(type),
                         .relation = u"supported"_s, .fix = u"Send the grant type by its URN."_s,
                         .fixValue = QString::fromLatin1(tokenExchangeGrant),
                         .presentedFrom = u"grant_type in the request"_s, .source = u"RFC 8693, 2.1"_s},
        type == tokenExchangeGrant || type == jwtBearerGrant, type.isEmpty() ? invalidRequest : unsupportedGrant);
}

/// In the exchange the client is always asked; with a JWT as the grant it may stay unnamed (RFC 7523 section 2.1).
bool wantsClient(const ExchangeCase& c, const TargetClient& client)
{
    return c.form.value("grant_type") != jwtBearerGrant || !client.clientId.isEmpty();
}

} // namespace

ExchangeDecision decideTokenExchange(const setup::Setup& setup, const setup::Target& target,
    const http::Form& form, QByteArrayView authorization, const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(target.displayName.isEmpty() ? target.name : target.displayName);
    ExchangeDecision out;
    ExchangeCase c {setup, target, form, knowledge, now, sheet, out};
    sheet.begin(u"The request"_s);
    const bool supported = checkGrant(c);
    checkOnce(c);
    const TargetClient client = readTargetClient(target, form, authorization);
    if (wantsClient(c, client))
        checkTargetClient(sheet, client, knowledge, invalidClient);
    if (supported)
        form.value("grant_type") == tokenExchangeGrant ? exchange(c) : grant(c);
    out.subject = principalIn(c.subject);
    const auto failed
        = std::ranges::find(sheet.checks(), base::Outcome::Fail, &base::Check::outcome);
    if (failed != sheet.checks().end())
        out.reason = failed->id;
    out.verdict = sheet.verdict(target.audience);
    return out;
}

} // namespace trust
