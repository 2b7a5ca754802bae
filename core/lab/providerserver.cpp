// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "providerserver.h"

#include "core/jose/base64url.h"
#include "core/lab/jsontext.h"
#include "core/lab/mint.h"
#include "core/lab/pages.h"
#include "core/lab/reply.h"
#include "core/lab/signinform.h"
#include "core/lab/tenantcall.h"
#include "core/trust/entratoken.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr qint64 tokenLifetime = 3600; ///< seconds

struct Call
{
    World& world;
    const setup::Provider& provider;
    const http::ServerRequest& request;

    base::Instant now() const { return world.now(); }
    QString at(QLatin1StringView path) const
    {
        return QString(
            (provider.issuer.endsWith(u'/') ? provider.issuer.chopped(1) : provider.issuer) + path);
    }
    http::Form parameters() const
    {
        return request.method != "POST" ? http::parseForm(request.query)
            : isForm(request.headers)   ? http::parseForm(request.body)
                                        : http::Form();
    }
};

http::ServerResponse discovery(const Call& call)
{
    return metadataReply(
        JsonText()
            .text("issuer", call.provider.issuer)
            .text("authorization_endpoint", call.at("/authorize"_L1))
            .text("token_endpoint", call.at("/token"_L1))
            .text("jwks_uri", call.at("/jwks"_L1))
            .list("response_types_supported", {u"code"_s})
            .list("response_modes_supported", {u"query"_s})
            .list("grant_types_supported", {u"authorization_code"_s, u"refresh_token"_s})
            .list("subject_types_supported", {u"public"_s})
            .list("id_token_signing_alg_values_supported", {u"RS256"_s})
            .list("code_challenge_methods_supported", {u"S256"_s})
            .list("token_endpoint_auth_methods_supported", {u"none"_s})
            .list("scopes_supported", {u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s})
            .flag("authorization_response_iss_parameter_supported", true));
}

http::ServerResponse keys(const Call& call) { return documentReply(call.world.keysOf(call.provider).jwks); }

http::ServerResponse back(const Call& call, const http::Form& request, http::Form answer)
{
    if (request.has("state"))
        answer.append({"state", request.value("state")});
    answer.append({"iss", call.provider.issuer.toUtf8()});
    return redirectReply(QByteArray(request.value("redirect_uri") + '?' + http::encodeForm(answer)));
}

/// Client and redirect URI on a page, everything else at the client.
std::optional<http::ServerResponse> refusal(const Call& call, const http::Form& request)
{
    const QString redirect = QString::fromUtf8(request.value("redirect_uri"));
    const bool known = QString::fromUtf8(request.value("client_id")) == call.provider.clientId;
    if (!known
        || !trust::redirectMatches(
            redirect, {u"http://127.0.0.1/callback"_s, u"http://localhost/callback"_s}))
        return htmlReply(400,
            messagePage(u"Sign-in is not possible"_s,
                u"The client or its redirect URI is not registered with this provider."_s));
    if (request.value("response_type") != "code")
        return back(call, request, {{"error", "unsupported_response_type"}});
    if (request.value("code_challenge_method") != "S256" || request.value("code_challenge").size() != 43)
        return back(call, request,
            {{"error", "invalid_request"}, {"error_description", "PKCE with S256 is needed."}});
    return std::nullopt;
}

http::ServerResponse showPage(
    const Call& call, const http::Form& request, const QString& username, const QString& message = {})
{
    CredentialsPage page {.app = call.provider.clientId,
        .action = http::splitUrl(call.at("/login"_L1).toUtf8()).path,
        .username = username,
        .message = message,
        .hidden = {{"request", http::encodeForm(request)}}};
    addHint(page, call.world);
    return htmlReply(200, credentialsPage(page));
}

http::ServerResponse authorize(const Call& call)
{
    const http::Form request = call.parameters();
    if (auto refused = refusal(call, request))
        return *std::move(refused);
    if (request.value("prompt") == "none")
        return back(call, request, {{"error", "login_required"}});
    return showPage(call, request, QString::fromUtf8(request.value("login_hint")));
}

http::ServerResponse login(const Call& call)
{
    const http::Form sent = call.parameters();
    const http::Form request = http::parseForm(sent.value("request"));
    if (auto refused = refusal(call, request))
        return *std::move(refused);
    if (sent.value("action") == "cancel")
        return back(call, request, {{"error", "access_denied"}});
    const SignInTry attempt = trySignIn(call.world, sent);
    if (!attempt.user)
        return refusedSignIn(call.world, attempt, showPage(call, request, QString::fromUtf8(sent.value("username")), attempt.message));
    const QByteArray code = call.world.ledger.addCode(
        {.clientId = call.provider.clientId,
            .redirectUri = QString::fromUtf8(request.value("redirect_uri")),
            .challenge = QString::fromUtf8(request.value("code_challenge")),
            .userObjectId = attempt.user->objectId,
            .tenantId = call.provider.issuer,
            .scopes = QString::fromUtf8(request.value("scope")).split(u' ', Qt::SkipEmptyParts),
            .nonce = QString::fromUtf8(request.value("nonce")),
            .expires = call.now() + std::chrono::seconds {60}},
        call.world.entropy.guid());
    return back(call, request, {{"code", code}});
}

/// An API that takes this issuer's tokens says what they have to be for; else they are for the client.
QString audienceFor(const Call& call)
{
    for (const setup::Target& target : call.world.setup.targets) {
        if (target.validIssuers.contains(call.provider.issuer) && !target.validAudiences.isEmpty())
            return target.validAudiences.front();
    }
    return call.provider.clientId;
}

QByteArray signedToken(const Call& call, const setup::User& user, const QString& audience,
    const QStringList& scopes, const QString& nonce)
{
    const qint64 now = base::epochSeconds(call.now());
    JsonText json;
    json.text("iss", call.provider.issuer)
        .text("sub", user.objectId)
        .text("aud", audience)
        .number("iat", now)
        .number("exp", now + tokenLifetime)
        .text("jti", call.world.entropy.text(16))
        .text("name", user.displayName)
        .text("preferred_username", user.username);
    if (!nonce.isEmpty())
        json.text("nonce", nonce);
    if (!scopes.isEmpty()) {
        const QString text = scopes.join(u' ');
        json.text("client_id", call.provider.clientId).text("scope", text).text("scp", text);
    }
    return call.world.keysOf(call.provider).rsa.compact(json.done());
}

http::ServerResponse error(QByteArrayView code, QByteArrayView text, int status = 400)
{
    return jsonReply(status, JsonText().text("error", code).text("error_description", text).done());
}

GuessCall guessed(const Call& call)
{
    return {call.world, call.provider.name, call.provider.clientId, call.now()};
}

http::ServerResponse issue(const Call& call, const setup::User& user, const QStringList& scopes,
    const QString& nonce, const SessionId& session)
{
    JsonText body;
    body.text("token_type", u"Bearer"_s)
        .number("expires_in", tokenLifetime)
        .text("scope", QString(scopes.join(u' ')))
        .text("access_token",
            signedToken(
                call, user, audienceFor(call), scopes.isEmpty() ? QStringList {u"openid"_s} : scopes, {}));
    if (scopes.contains(u"openid"_s))
        body.text("id_token", signedToken(call, user, call.provider.clientId, {}, nonce));
    if (scopes.contains(u"offline_access"_s)) {
        body.text("refresh_token",
            call.world.ledger.addRefresh({.clientId = call.provider.clientId,
                                             .userObjectId = user.objectId,
                                             .tenantId = call.provider.issuer,
                                             .scopes = scopes,
                                             .expires = call.now() + std::chrono::hours {24}},
                session));
    }
    return jsonReply(200, body.done());
}

http::ServerResponse redeem(const Call& call, const http::Form& form)
{
    const QByteArray code = form.value("code");
    const auto grant = call.world.ledger.code(code);
    const QByteArray challenge = jose::base64url(jose::sha256(form.value("code_verifier")));
    const bool fits = grant && grant->tenantId == call.provider.issuer && grant->expires > call.now()
        && grant->redirectUri == QString::fromUtf8(form.value("redirect_uri"))
        && grant->challenge.toUtf8() == challenge;
    const setup::User* user = fits ? call.world.setup.userByObjectId(grant->userObjectId) : nullptr;
    const bool first = call.world.ledger.spendCode(code);
    if (!grant)
        noteGuess(guessed(call), code);
    if (!user || !first)
        return error("invalid_grant",
            "The code is unknown, spent, expired, or not for this redirect URI and verifier.");
    return issue(call, *user, grant->scopes, grant->nonce, call.world.ledger.sessionOfCode(code));
}

http::ServerResponse refresh(const Call& call, const http::Form& form)
{
    const QByteArray token = form.value("refresh_token");
    const auto grant = call.world.ledger.refresh(token);
    const bool fits
        = grant && !grant->revoked && grant->tenantId == call.provider.issuer && grant->expires > call.now();
    const setup::User* user = fits ? call.world.setup.userByObjectId(grant->userObjectId) : nullptr;
    return user ? issue(call, *user, grant->scopes, {}, call.world.ledger.sessionOfRefresh(token))
                : error("invalid_grant", "The refresh token is not good.");
}

http::ServerResponse token(const Call& call)
{
    const http::Form form = call.parameters();
    if (QString::fromUtf8(form.value("client_id")) != call.provider.clientId) {
        call.world.ledger.spendCode(form.value("code"));
        return error("invalid_client", "The client is not registered with this provider.");
    }
    if (const auto pause = guessPause(guessed(call))) {
        const base::Refusal& refusal = pause->refusal();
        return pausedReply(guessed(call), *pause, error(refusal.error.toUtf8(), refusal.text.toUtf8()));
    }
    if (form.value("grant_type") == "authorization_code")
        return redeem(call, form);
    return form.value("grant_type") == "refresh_token"
        ? refresh(call, form)
        : error("unsupported_grant_type", "The provider knows codes and refresh tokens.");
}

struct Route
{
    const char* methods;
    const char* path;
    http::ServerResponse (*answer)(const Call&);
};
constexpr Route routes[] {{"GET HEAD", "/.well-known/openid-configuration", discovery},
    {"GET HEAD", "/jwks", keys}, {"GET POST", "/authorize", authorize}, {"POST", "/login", login},
    {"POST", "/token", token}};

} // namespace

http::ServerResponse providerServer(
    World& world, const setup::Provider& provider, const http::ServerRequest& request, const QByteArray& path)
{
    const auto route = std::ranges::find_if(routes, [&path](const Route& r) { return path == r.path; });
    if (route == std::end(routes))
        return notFound();
    if (!QByteArray(route->methods).split(' ').contains(request.method))
        return textReply(405, "This address of the lab takes other methods.\n");
    return route->answer({world, provider, request});
}

} // namespace lab
