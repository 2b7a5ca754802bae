// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpauth_p.h"

#include "core/jose/jwt.h"
#include "core/lab/clientdocuments.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/truth.h"
#include "core/lab/typedtoken.h"
#include "core/trust/mcpauth.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr qint64 tokenLifetime = 3600; ///< seconds
constexpr std::chrono::hours refreshLifetime {24};

/// RFC 9068: for one server, by one client, for one user.
QByteArray accessToken(const McpAuthCall& call, const trust::McpTokenDecision& d, const QStringList& scopes)
{
    const qint64 now = base::epochSeconds(call.now());
    JsonText json;
    json.text("iss", call.issuer)
        .text("sub", d.userObjectId)
        .text("aud", d.resource->url)
        .text("client_id", d.clientId)
        .text("scope", QString(scopes.join(u' ')))
        .number("iat", now)
        .number("exp", now + tokenLifetime)
        .text("jti", call.world.entropy.text(16));
    return typedToken(mcpKeys(call.world, call.issuer).rsa, json.done(), "at+jwt");
}

SessionId sessionOf(const McpAuthCall& call, const http::Form& form, trust::McpGrant grant)
{
    switch (grant) {
    case trust::McpGrant::AuthorizationCode:
        return call.world.ledger.sessionOfCode(form.value("code"));
    case trust::McpGrant::RefreshToken:
        return call.world.ledger.sessionOfRefresh(form.value("refresh_token"));
    default:
        return {};
    }
}

// Marks in the list of what was seen: refresh tokens that were used, sessions in which one came twice.
const QString& usedRefresh()
{
    static const QString mark = u"mcp refresh token"_s;
    return mark;
}

const QString& endedSession()
{
    static const QString mark = u"mcp session"_s;
    return mark;
}

/// A rotating refresh token is good once. When it comes again somebody has a copy, and everything that came of this
/// sign-in ends (RFC 9700 section 4.14.2).
bool rotate(const McpAuthCall& call, const QByteArray& token)
{
    Ledger& ledger = call.world.ledger;
    const SessionId session = ledger.sessionOfRefresh(token);
    if (ledger.jtiUsed(endedSession(), session))
        return false;
    if (ledger.useJti(usedRefresh(), token))
        return true;
    ledger.useJti(endedSession(), session);
    return false;
}

/// What a decision made a moment ago may have been overtaken by: another request used the grant up.
bool useUp(const McpAuthCall& call, const http::Form& form, const trust::McpTokenDecision& d)
{
    Ledger& ledger = call.world.ledger;
    switch (d.grant) {
    case trust::McpGrant::AuthorizationCode:
        return ledger.spendCode(form.value("code"));
    case trust::McpGrant::RefreshToken:
        return rotate(call, form.value("refresh_token"));
    case trust::McpGrant::IdentityAssertion:
        return ledger.useJti(d.assertionIssuer, d.assertionId);
    case trust::McpGrant::Unknown:
        break;
    }
    return false;
}

http::ServerResponse issued(const McpAuthCall& call, const http::Form& form, const trust::McpTokenDecision& d)
{
    QStringList scopes = d.scopes;
    scopes.removeAll(u"offline_access"_s);
    JsonText body;
    body.text("access_token", QByteArrayView(accessToken(call, d, scopes)))
        .text("token_type", u"Bearer"_s)
        .number("expires_in", tokenLifetime)
        .text("scope", QString(scopes.join(u' ')));
    const SessionId session = sessionOf(call, form, d.grant);
    if (d.offline && d.grant != trust::McpGrant::IdentityAssertion) {
        body.text("refresh_token",
            QByteArrayView(call.world.ledger.addRefresh({.clientId = d.clientId,
                                                            .userObjectId = d.userObjectId,
                                                            .scopes = d.scopes,
                                                            .resource = d.resource->url,
                                                            .target = d.resource->name,
                                                            .expires = call.now() + refreshLifetime},
                session)));
    }
    return jsonReply(200, body.done());
}

http::ServerResponse answerTo(const McpAuthCall& call, const http::Form& form, const trust::McpTokenDecision& d)
{
    const bool accepted = d.verdict.decision == base::Decision::Accept && d.resource;
    if (!accepted) {
        call.world.ledger.spendCode(form.value("code"));
        return mcpError(call, d.verdict.refusal.value_or(base::Refusal {
            .status = 400, .error = u"invalid_request"_s, .text = u"The request could not be judged."_s}));
    }
    if (!useUp(call, form, d) || !call.world.setup.userByObjectId(d.userObjectId))
        return mcpError(call, {.status = 400, .error = u"invalid_grant"_s, .text = u"The grant is not good any more."_s});
    return issued(call, form, d);
}

} // namespace

http::ServerResponse mcpTokens(const McpAuthCall& call)
{
    const http::Form form = call.parameters();
    const auto document = clientDocumentFor(call.world, form.value("client_id"));
    const auto decision = trust::decideMcpToken(call.world.setup, call.issuer, form,
        call.request.headers.value("Authorization"), call.world.knowledge, call.now(), document ? &*document : nullptr);
    const GuessCall guessed {call.world, u"mcp-authorization-server"_s, decision.clientId, call.now()};
    if (const auto pause = guessPause(guessed, form, call.request.headers.value("Authorization"), decision.verdict))
        return pausedReply(guessed, *pause, mcpError(call, pause->refusal()));
    return withTruth(call.world, answerTo(call, form, decision), u"mcp-authorization-server"_s, decision.verdict);
}

} // namespace lab
