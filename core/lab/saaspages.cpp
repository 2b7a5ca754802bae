// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/lab/pages.h"
#include "core/lab/reply.h"
#include "core/lab/saas_p.h"
#include "core/lab/signinform.h"
#include "core/trust/saas.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr auto codeLifetime = std::chrono::minutes {10}; ///< as GitHub's

QString titleOf(const setup::Target& target) { return target.displayName.isEmpty() ? target.name : target.displayName; }

http::ServerResponse back(const http::Form& request, http::Form answer)
{
    if (request.has("state"))
        answer.append({"state", request.value("state")});
    return redirectReply(QByteArray(request.value("redirect_uri") + '?' + http::encodeForm(answer)));
}

/// Client and redirect URI on a page, everything else at the client.
std::optional<http::ServerResponse> refused(const http::Form& request, const trust::SaasAuthorizeDecision& decision)
{
    if (decision.verdict.decision == base::Decision::Accept)
        return std::nullopt;
    const base::Refusal refusal = decision.verdict.refusal.value_or(base::Refusal {.status = 400, .error = u"invalid_request"_s});
    if (!decision.redirectTrusted)
        return htmlReply(400, messagePage(u"Sign-in is not possible"_s, refusal.text, refusal.error));
    return back(request, {{"error", refusal.error.toUtf8()}, {"error_description", refusal.text.toUtf8()}});
}

http::ServerResponse showPage(const SaasCall& call, const http::Form& request, const QString& username, const QString& message = {})
{
    CredentialsPage page {.tenant = titleOf(call.target),
        .app = call.target.clientId,
        .action = saasLoginPath,
        .username = username,
        .message = message,
        .hidden = {{"request", http::encodeForm(request)}}};
    addHint(page, call.world);
    return htmlReply(200, credentialsPage(page));
}

QByteArray codeFor(const SaasCall& call, const http::Form& request, const setup::User& user, const trust::SaasAuthorizeDecision& d)
{
    const bool moved = call.world.hasFault(u"saas-redirect"), late = call.world.hasFault(u"saas-code");
    return call.world.ledger.addCode(
        {.clientId = call.target.clientId,
            .redirectUri = QString::fromUtf8(request.value("redirect_uri")) + (moved ? u"-old"_s : QString()),
            .challenge = QString::fromUtf8(request.value("code_challenge")),
            .userObjectId = user.objectId,
            .scopes = d.offline ? d.scopes + QStringList {u"(offline)"_s} : d.scopes,
            .target = call.target.name,
            .expires = late ? call.world.now() : call.world.now() + codeLifetime},
        call.world.entropy.guid());
}

} // namespace

http::ServerResponse saasAuthorize(const SaasCall& call)
{
    const http::Form request = http::parseForm(call.request.query);
    if (auto answer = refused(request, trust::decideSaasAuthorize(call.target, request)))
        return *std::move(answer);
    return showPage(call, request, QString::fromUtf8(request.value("login_hint")));
}

http::ServerResponse saasLogin(const SaasCall& call)
{
    const http::Form sent = http::parseForm(call.request.body);
    const http::Form request = http::parseForm(sent.value("request"));
    const auto decision = trust::decideSaasAuthorize(call.target, request);
    if (auto answer = refused(request, decision))
        return *std::move(answer);
    if (sent.value("action") == "cancel")
        return back(request, {{"error", "access_denied"}});
    const SignInTry attempt = trySignIn(call.world, sent);
    if (!attempt.user)
        return refusedSignIn(call.world, attempt, showPage(call, request, QString::fromUtf8(sent.value("username")), attempt.message));
    return back(request, {{"code", codeFor(call, request, *attempt.user, decision)}});
}

} // namespace lab
