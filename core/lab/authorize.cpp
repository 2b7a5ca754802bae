// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "authorize.h"

#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/lab/authresponse.h"
#include "core/lab/entraerror.h"
#include "core/lab/pages.h"
#include "core/lab/reply.h"
#include "core/lab/signinform.h"
#include "core/trust/codes.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr qint64 ticketLifetime = 600; ///< seconds between the sign-in and the consent page

QString titleOf(const setup::App* app)
{
    return !app ? u"Microsoft Graph"_s : app->displayName.isEmpty() ? app->name : app->displayName;
}

QString titleOf(const setup::Tenant* tenant)
{
    return !tenant ? QString() : tenant->displayName.isEmpty() ? tenant->domain : tenant->displayName;
}

AuthorizeCall decided(const TenantCall& call, http::Form request)
{
    auto decision
        = trust::decideAuthorize(call.world.setup, call.segment, request, call.world.knowledge, call.now);
    return {call, std::move(request), std::move(decision)};
}

/// The answer to a request that is not good; nothing when it is.
std::optional<http::ServerResponse> answerOfRefused(const AuthorizeCall& a)
{
    if (a.decision.verdict.decision == base::Decision::Accept)
        return std::nullopt;
    const base::Refusal refusal = refusalOf(a.decision.verdict);
    return a.decision.redirectTrusted ? authorizationError(a, refusal) : entraErrorPage(a.call, refusal);
}

base::Refusal denied(const QString& code, const QString& text)
{
    return {.status = 400, .error = u"access_denied"_s, .code = code, .text = text};
}

QByteArray pathOf(const TenantCall& call, const char* page)
{
    return QByteArray('/' + call.segment.toUtf8() + page);
}

http::ServerResponse showCredentials(
    const AuthorizeCall& a, const QString& username, const QString& message = {})
{
    CredentialsPage page {.tenant = titleOf(a.decision.tenant),
        .app = titleOf(a.decision.client),
        .action = pathOf(a.call, "/login"),
        .username = username,
        .message = message,
        .hidden = {{"request", http::encodeForm(a.request)}}};
    addHint(page, a.call.world);
    return htmlReply(200, credentialsPage(page));
}

QByteArray ticketMac(const World& world, const QByteArray& said, const QByteArray& request)
{
    return jose::base64url(
        jose::hmacSha256(world.entropy.derived("consent ticket"), QByteArray(said + '\n' + request)));
}

/// Carries from page to page who signed in, for this request and for ten minutes. The lab keeps nothing
/// meanwhile.
QByteArray ticketFor(const AuthorizeCall& a, const setup::User& user)
{
    const QByteArray said = QByteArray(
        user.objectId.toUtf8() + '.' + QByteArray::number(base::epochSeconds(a.call.now) + ticketLifetime));
    return QByteArray(said + '.' + ticketMac(a.call.world, said, http::encodeForm(a.request)));
}

const setup::User* userOfTicket(const AuthorizeCall& a, const QByteArray& ticket)
{
    const QList<QByteArray> parts = ticket.split('.');
    if (parts.size() != 3 || parts[1].toLongLong() < base::epochSeconds(a.call.now))
        return nullptr;
    const QByteArray mac
        = ticketMac(a.call.world, QByteArray(parts[0] + '.' + parts[1]), http::encodeForm(a.request));
    return base::equalInConstantTime(mac, parts[2])
        ? a.call.world.setup.userByObjectId(QString::fromLatin1(parts[0]))
        : nullptr;
}

http::ServerResponse showConsent(const AuthorizeCall& a, const setup::User& user)
{
    return htmlReply(200,
        consentPage({.tenant = titleOf(a.decision.tenant),
            .app = titleOf(a.decision.client),
            .user = user.displayName.isEmpty() ? user.username : user.displayName,
            .action = pathOf(a.call, "/consent"),
            .resource = titleOf(a.decision.resource),
            .scopes = a.decision.scopes,
            .hidden = {{"request", http::encodeForm(a.request)}, {"ticket", ticketFor(a, user)}}}));
}

bool consentIsMissing(const AuthorizeCall& a, const setup::User& user)
{
    const auto& d = a.decision;
    if (a.request.value("prompt").split(' ').contains("consent"))
        return true;
    return d.consentNeeded && d.resource
        && !a.call.world.ledger.consented(*d.client, *d.resource, d.scopes, user.objectId);
}

} // namespace

http::ServerResponse authorizeEndpoint(const TenantCall& call)
{
    const AuthorizeCall a = decided(call, call.parameters());
    if (auto answer = answerOfRefused(a))
        return *std::move(answer);
    if (a.request.value("prompt") == "none") {
        return authorizationError(a,
            {.status = 400,
                .error = u"login_required"_s,
                .code = u"AADSTS50058"_s,
                .text = u"Nobody is signed in, and prompt=none forbids to ask."_s});
    }
    return showCredentials(a, QString::fromUtf8(a.request.value("login_hint")));
}

http::ServerResponse signInSent(const TenantCall& call)
{
    const http::Form sent = call.parameters();
    const AuthorizeCall a = decided(call, http::parseForm(sent.value("request")));
    if (auto answer = answerOfRefused(a))
        return *std::move(answer);
    if (sent.value("action") == "cancel")
        return authorizationError(
            a, denied(u"AADSTS50126"_s, u"The sign-in was cancelled on the lab's page."_s));
    const SignInTry attempt = trySignIn(call.world, sent);
    if (!attempt.user)
        return refusedSignIn(call.world, attempt, showCredentials(a, QString::fromUtf8(sent.value("username")), attempt.message));
    return consentIsMissing(a, *attempt.user) ? showConsent(a, *attempt.user) : authorizationGranted(a, *attempt.user);
}

http::ServerResponse consentSent(const TenantCall& call)
{
    const http::Form sent = call.parameters();
    const AuthorizeCall a = decided(call, http::parseForm(sent.value("request")));
    if (auto answer = answerOfRefused(a))
        return *std::move(answer);
    const setup::User* user = userOfTicket(a, sent.value("ticket"));
    if (!user)
        return showCredentials(a, {}, u"The page was open for too long. Sign in again."_s);
    if (sent.value("action") != "accept")
        return authorizationError(a, denied(u"AADSTS65004"_s, u"The user declined to consent."_s));
    if (a.decision.resource)
        call.world.ledger.consent(
            *a.decision.client, *a.decision.resource, a.decision.scopes, user->objectId);
    return authorizationGranted(a, *user);
}

http::ServerResponse logoutEndpoint(const TenantCall&)
{
    return htmlReply(200, messagePage(u"Signed out"_s, u"The lab keeps no session. Close this page."_s));
}

http::ServerResponse errorLookup(const TenantCall& call)
{
    const int number = http::parseForm(call.request.query).value("code").toInt();
    const base::Refusal row = trust::refusal(number);
    const bool known = row.code == QString(u"AADSTS"_s + QString::number(number));
    return htmlReply(known ? 200 : 404,
        messagePage(QString(u"AADSTS"_s + QString::number(number)),
            known ? row.text : u"The lab does not use this number."_s));
}

} // namespace lab
