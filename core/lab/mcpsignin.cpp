// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpauth_p.h"

#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/lab/clientdocuments.h"
#include "core/lab/pages.h"
#include "core/lab/reply.h"
#include "core/lab/signinform.h"
#include "core/lab/truth.h"
#include "core/trust/mcpauth.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr qint64 ticketLifetime = 600; ///< seconds between the sign-in and the consent page
constexpr std::chrono::seconds codeLifetime {60};

struct SignInCall
{
    const McpAuthCall& call;
    http::Form request;
    trust::McpAuthorizeDecision decision;
};

SignInCall decided(const McpAuthCall& call, http::Form request)
{
    const auto document = clientDocumentFor(call.world, request.value("client_id"));
    auto decision = trust::decideMcpAuthorize(call.world.setup, call.issuer, request, call.world.knowledge, document ? &*document : nullptr);
    return {call, std::move(request), std::move(decision)};
}

/// RFC 9207: who answers, in every answer. A fault lets another name stand there.
http::ServerResponse back(const SignInCall& s, http::Form answer)
{
    if (s.request.has("state"))
        answer.append({"state", s.request.value("state")});
    const bool mixedUp = s.call.world.hasFault(u"mcp-iss-mismatch");
    answer.append({"iss", mixedUp ? QByteArray(s.call.issuer.toUtf8() + "-other") : s.call.issuer.toUtf8()});
    const QByteArray uri = s.request.value("redirect_uri");
    return redirectReply(QByteArray(uri + (uri.contains('?') ? '&' : '?') + http::encodeForm(answer)));
}

http::ServerResponse refusedAnswer(const SignInCall& s)
{
    const base::Refusal refusal = s.decision.verdict.refusal.value_or(
        base::Refusal {.status = 400, .error = u"server_error"_s, .text = u"The request could not be judged."_s});
    if (s.decision.redirectTrusted)
        return back(s, {{"error", refusal.error.toUtf8()}, {"error_description", refusal.text.toUtf8()}});
    return htmlReply(400, messagePage(u"Sign-in is not possible"_s, QString(refusal.text + u" ("_s + refusal.error + u')')));
}

std::optional<http::ServerResponse> refusal(const SignInCall& s)
{
    if (s.decision.verdict.decision == base::Decision::Accept)
        return std::nullopt;
    return withTruth(s.call.world, refusedAnswer(s), u"mcp-authorization-server"_s, s.decision.verdict);
}

QString titleOf(const SignInCall& s)
{
    const auto& client = *s.decision.client;
    if (client.name.isEmpty() || !trust::isClientDocumentId(client.clientId))
        return client.name.isEmpty() ? client.clientId : client.name;
    // A document can give itself any name; where it stands it cannot choose.
    return QString(client.name + u" ("_s + QString::fromUtf8(http::splitUrl(client.clientId.toUtf8()).authority) + u')');
}

QByteArray pathOf(const SignInCall& s, QLatin1StringView page)
{
    return http::splitUrl(s.call.at(page).toUtf8()).path;
}

http::ServerResponse showCredentials(const SignInCall& s, const QString& username, const QString& message = {})
{
    CredentialsPage page {.app = titleOf(s),
        .action = pathOf(s, "/login"_L1),
        .username = username,
        .message = message,
        .hidden = {{"request", http::encodeForm(s.request)}}};
    addHint(page, s.call.world);
    return htmlReply(200, credentialsPage(page));
}

/// Carries from page to page who signed in, for this request and ten minutes; nothing is kept meanwhile.
QByteArray macOf(const SignInCall& s, const QByteArray& said)
{
    return jose::base64url(jose::hmacSha256(
        s.call.world.entropy.derived("mcp consent ticket"), QByteArray(said + '\n' + http::encodeForm(s.request))));
}

QByteArray ticketFor(const SignInCall& s, const setup::User& user)
{
    const QByteArray said = QByteArray(
        user.objectId.toUtf8() + '.' + QByteArray::number(base::epochSeconds(s.call.now()) + ticketLifetime));
    return QByteArray(said + '.' + macOf(s, said));
}

const setup::User* userOfTicket(const SignInCall& s, const QByteArray& ticket)
{
    const QList<QByteArray> parts = ticket.split('.');
    if (parts.size() != 3 || parts[1].toLongLong() < base::epochSeconds(s.call.now()))
        return nullptr;
    const bool ours = base::equalInConstantTime(macOf(s, QByteArray(parts[0] + '.' + parts[1])), parts[2]);
    return ours ? s.call.world.setup.userByObjectId(QString::fromLatin1(parts[0])) : nullptr;
}

/// A client that registered itself is nobody's acquaintance: the user is asked each time (MCP authorization, confused
/// deputy problem).
http::ServerResponse showConsent(const SignInCall& s, const setup::User& user)
{
    const QString resource = s.decision.resource->displayName.isEmpty() ? s.decision.resource->name : s.decision.resource->displayName;
    return htmlReply(200,
        consentPage({.app = titleOf(s),
            .user = user.displayName.isEmpty() ? user.username : user.displayName,
            .action = pathOf(s, "/consent"_L1),
            .resource = resource,
            .scopes = s.decision.scopes,
            .hidden = {{"request", http::encodeForm(s.request)}, {"ticket", ticketFor(s, user)}}}));
}

http::ServerResponse granted(const SignInCall& s, const setup::User& user)
{
    const QByteArray code = s.call.world.ledger.addCode(
        {.clientId = s.decision.client->clientId,
            .redirectUri = QString::fromUtf8(s.request.value("redirect_uri")),
            .challenge = QString::fromUtf8(s.request.value("code_challenge")),
            .userObjectId = user.objectId,
            .scopes = s.decision.scopes,
            .resource = s.decision.resource->url,
            .target = s.decision.resource->name,
            .expires = s.call.now() + codeLifetime},
        s.call.world.entropy.guid());
    return back(s, {{"code", code}});
}

} // namespace

http::ServerResponse mcpAuthorize(const McpAuthCall& call)
{
    const SignInCall s = decided(call, call.parameters());
    if (auto answer = refusal(s))
        return *std::move(answer);
    if (s.request.value("prompt") == "none")
        return back(s, {{"error", "login_required"}});
    return showCredentials(s, QString::fromUtf8(s.request.value("login_hint")));
}

http::ServerResponse mcpLogin(const McpAuthCall& call)
{
    const http::Form sent = call.parameters();
    const SignInCall s = decided(call, http::parseForm(sent.value("request")));
    if (auto answer = refusal(s))
        return *std::move(answer);
    if (sent.value("action") == "cancel")
        return back(s, {{"error", "access_denied"}, {"error_description", "The sign-in was cancelled."}});
    const SignInTry attempt = trySignIn(call.world, sent);
    if (attempt.user)
        return showConsent(s, *attempt.user);
    return refusedSignIn(call.world, attempt, showCredentials(s, QString::fromUtf8(sent.value("username")), attempt.message));
}

http::ServerResponse mcpConsent(const McpAuthCall& call)
{
    const http::Form sent = call.parameters();
    const SignInCall s = decided(call, http::parseForm(sent.value("request")));
    if (auto answer = refusal(s))
        return *std::move(answer);
    const setup::User* user = userOfTicket(s, sent.value("ticket"));
    if (!user)
        return showCredentials(s, {}, u"The page was open for too long. Sign in again."_s);
    if (sent.value("action") != "accept")
        return back(s, {{"error", "access_denied"}, {"error_description", "The user declined to consent."}});
    return granted(s, *user);
}

} // namespace lab
