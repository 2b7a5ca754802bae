// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenendpoint.h"

#include "core/jose/base64url.h"
#include "core/lab/entraerror.h"
#include "core/lab/idjag.h"
#include "core/lab/jsontext.h"
#include "core/lab/mint.h"
#include "core/lab/reply.h"
#include "core/lab/truth.h"
#include "core/trust/codes.h"
#include "core/trust/entratoken.h"
#include "core/trust/idjag.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

using trust::Grant;
using trust::TokenDecision;
using trust::TokenRequest;

Acr acrOf(trust::ClientAuthentication authentication)
{
    switch (authentication) {
    case trust::ClientAuthentication::None:
        return Acr::Public;
    case trust::ClientAuthentication::Secret:
        return Acr::Secret;
    default:
        return Acr::Assertion;
    }
}

/// The sign-in that everything goes back to, for revoking and for `sid`.
SessionId sessionOf(World& world, const TokenRequest& request, Grant grant)
{
    switch (grant) {
    case Grant::AuthorizationCode:
        return world.ledger.sessionOfCode(request.form.value("code"));
    case Grant::RefreshToken:
        return world.ledger.sessionOfRefresh(request.form.value("refresh_token"));
    case Grant::OnBehalfOf:
        return jose::decode(request.form.value("assertion")).text("sid").toLatin1();
    default:
        return {};
    }
}

Grantee granteeOf(World& world, const TokenRequest& request, const TokenDecision& d)
{
    return {.tenant = d.tenant,
        .resource = d.resource ? d.resource : world.setup.appByAudience(setup::graphUri),
        .resourceAsked = d.resourceAsked,
        .client = d.client,
        .parent = d.parent,
        .user = d.userObjectId.isEmpty() ? nullptr : world.setup.userByObjectId(d.userObjectId),
        .scopes = d.resource ? d.scopes : QStringList {u"openid"_s, u"profile"_s, u"email"_s},
        .fmiPath = d.fmiPath,
        .acr = acrOf(d.authentication),
        .session = sessionOf(world, request, d.grant)};
}

/// The scopes as they were asked for, here or when the grant began.
QStringList askedScopes(World& world, const TokenRequest& request, const TokenDecision& d)
{
    const QByteArray asked = request.form.value("scope");
    if (!asked.isEmpty())
        return QString::fromUtf8(asked).split(u' ', Qt::SkipEmptyParts);
    if (d.code)
        return d.code->scopes;
    const auto grant = world.ledger.refresh(request.form.value("refresh_token"));
    return grant ? grant->scopes : QStringList();
}

/// The granted scopes as the request spelled them: "api://x/read", or "User.Read" where Graph was meant.
QString scopeText(const QStringList& asked, const TokenDecision& d)
{
    const bool bare = std::ranges::any_of(d.scopes, [&](const QString& s) { return asked.contains(s); });
    const QString prefix = bare || d.resourceAsked.isEmpty() ? QString() : QString(d.resourceAsked + u'/');
    QStringList out;
    for (const QString& scope : d.scopes)
        out += QString(prefix + scope);
    for (const QString& scope : {u"openid"_s, u"profile"_s, u"email"_s}) {
        if (asked.contains(scope) || (scope == "openid"_L1 && d.openid))
            out += scope;
    }
    return out.join(u' ');
}

QByteArray clientInfo(const Grantee& g)
{
    return jose::base64url(JsonText().text("uid", g.user->objectId).text("utid", g.tenant->id).done());
}

void userMembers(JsonText& body, const TenantCall& call, const TokenRequest& request, const TokenDecision& d,
    const Grantee& g)
{
    World& world = call.world;
    const QStringList asked = askedScopes(world, request, d);
    body.text("scope", scopeText(asked, d));
    if (d.offline || d.grant == Grant::RefreshToken) {
        const trust::RefreshGrant grant {.clientId = d.client->clientId,
            .userObjectId = g.user->objectId,
            .tenantId = g.tenant->id,
            .scopes = asked,
            .expires = call.now + std::chrono::hours {24}};
        body.text("refresh_token", QByteArrayView(world.ledger.addRefresh(grant, g.session)));
    }
    if (d.openid)
        body.text(
            "id_token", QByteArrayView(mintIdToken(world, g, d.code ? d.code->nonce : QString(), call.now)));
    if (request.form.value("client_info") == "1")
        body.text("client_info", QByteArrayView(clientInfo(g)));
}

http::ServerResponse issued(
    const TenantCall& call, const TokenRequest& request, const TokenDecision& d, const Grantee& g)
{
    const Minted minted = mintAccessToken(call.world, g, call.now);
    JsonText body;
    body.text("token_type", u"Bearer"_s);
    if (g.user)
        userMembers(body, call, request, d, g);
    body.number("expires_in", minted.expiresIn)
        .number("ext_expires_in", minted.expiresIn)
        .text("access_token", QByteArrayView(minted.token));
    auto reply = jsonReply(200, body.done());
    addEntraHeaders(reply, call, call.world.entropy.guid());
    call.world.audit.add({.at = call.now,
        .client = d.client->clientId,
        .resource = d.resource ? d.resource->clientId : QString(),
        .user = d.userObjectId,
        .token = minted.uti});
    return reply;
}

http::ServerResponse refused(
    const TenantCall& call, const TokenRequest& request, const base::Refusal& refusal)
{
    call.world.audit.add({.at = call.now,
        .client = QString::fromUtf8(request.form.value("client_id").left(64)),
        .code = refusal.code.isEmpty() ? refusal.error : refusal.code});
    return entraError(call, refusal);
}

/// What a decision made a moment ago may have been overtaken by: another request spent the code, the sign-in
/// was revoked.
std::optional<base::Refusal> overtaken(
    const TenantCall& call, const TokenRequest& request, const TokenDecision& d, const Grantee& g)
{
    if (d.grant == Grant::AuthorizationCode && !call.world.ledger.spendCode(request.form.value("code")))
        return trust::refusal(54005);
    if (!g.session.isEmpty() && call.world.ledger.isRevoked(g.session))
        return trust::refusal(50173);
    if (!d.userObjectId.isEmpty() && !g.user)
        return trust::refusal(50173);
    return std::nullopt;
}

/// A refused attempt leaves the code as it is (entra.md 2.3). One with a code that was redeemed takes back what that brought.
void noteReplay(Ledger& ledger, const QByteArray& code)
{
    if (const auto grant = ledger.code(code); grant && grant->spent)
        ledger.spendCode(code);
}

http::ServerResponse answerTo(
    const TenantCall& call, const TokenRequest& request, const TokenDecision& decision)
{
    if (decision.verdict.decision != base::Decision::Accept) {
        noteReplay(call.world.ledger, request.form.value("code"));
        return refused(call, request, refusalOf(decision.verdict));
    }
    if (trust::asksIdentityAssertion(request.form))
        return identityAssertion(call, request.form, decision);
    const Grantee grantee = granteeOf(call.world, request, decision);
    if (const auto late = overtaken(call, request, decision, grantee))
        return refused(call, request, *late);
    return issued(call, request, decision, grantee);
}

} // namespace

http::ServerResponse tokenEndpoint(const TenantCall& call)
{
    if (call.request.method != "POST") {
        auto reply = entraError(call,
            {.status = 405,
                .error = u"invalid_request"_s,
                .code = u"AADSTS900561"_s,
                .text = u"The token endpoint takes POST requests only."_s});
        addHeader(reply, "Allow", "POST"); // RFC 9110 section 15.5.6
        return reply;
    }
    const TokenRequest request {.tenant = call.segment,
        .form = call.parameters(),
        .authorization = call.request.headers.value("Authorization")};
    const TokenDecision decision
        = trust::decideToken(call.world.setup, request, call.world.knowledge, call.now);
    const GuessCall guessed {call.world, u"entra"_s, decision.client ? decision.client->clientId : QString(), call.now};
    if (const auto pause = guessPause(guessed, request.form, request.authorization, decision.verdict))
        return pausedReply(guessed, *pause, refused(call, request, pause->refusal()));
    return withTruth(call.world, answerTo(call, request, decision), u"entra"_s, decision.verdict);
}

} // namespace lab
