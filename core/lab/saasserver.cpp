// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "saasserver.h"

#include "core/jose/base64url.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/saas_p.h"
#include "core/lab/truth.h"
#include "core/trust/saas.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// Who the token is for, in the member names of the provider.
QByteArray profileOf(const SaasCall& call, const setup::User& user)
{
    const QString name = user.displayName.isEmpty() ? user.username : user.displayName;
    const QString login = user.username.section(u'@', 0, 0);
    JsonText json;
    if (call.target.profile == "github"_L1)
        json.text("login", login).number("id", 4815162342).text("name", name);
    else if (call.target.profile == "salesforce"_L1)
        json.text("user_id", u"005Lab0000Alice"_s).text("organization_id", u"00DLab00000001"_s).text("preferred_username", user.username).text("name", name);
    else
        json.text("sub", user.objectId).text("name", name).text("email", user.username);
    return json.done();
}

http::ServerResponse callAnswer(const SaasCall& call, const base::Verdict& verdict)
{
    if (verdict.decision != base::Decision::Accept) {
        const base::Refusal refusal = verdict.refusal.value_or(base::Refusal {.status = 401, .error = u"invalid_token"_s});
        auto reply = jsonReply(refusal.status, JsonText().text("message", u"Bad credentials"_s).text("error", refusal.error).done());
        addHeader(reply, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
        return reply;
    }
    const auto grant = call.world.ledger.opaque(call.request.headers.value("Authorization").mid(7).trimmed());
    const setup::User* user = grant ? call.world.setup.userByObjectId(grant->userObjectId) : nullptr;
    return user ? jsonReply(200, profileOf(call, *user)) : notFound();
}

http::ServerResponse api(const SaasCall& call)
{
    const auto verdict = trust::decideSaasCall(call.target, call.request.headers, call.world.knowledge, call.world.now());
    return withTruth(call.world, callAnswer(call, verdict), call.target.name, verdict);
}

/// Several registrations may share a provider: the client id of the request tells them apart.
const setup::Target& targetOf(World& world, const QList<const setup::Target*>& targets, const http::ServerRequest& request)
{
    const auto grant = world.ledger.opaque(request.headers.value("Authorization").mid(7).trimmed());
    const auto issued = std::ranges::find_if(targets, [&](const setup::Target* t) { return grant && grant->target == t->name; });
    if (issued != targets.end())
        return **issued;
    http::Form form = http::parseForm(request.query);
    form += http::parseForm(request.body);
    const QByteArray client = form.has("client_id") ? form.value("client_id") : http::parseForm(form.value("request")).value("client_id");
    const auto named = std::ranges::find_if(targets, [&](const setup::Target* t) { return t->clientId.toUtf8() == client; });
    return named == targets.end() ? *targets.front() : **named;
}

struct Route
{
    const char* method;
    const char* path;
    http::ServerResponse (*answer)(const SaasCall&);
};

} // namespace

http::ServerResponse saasServer(World& world, const QList<const setup::Target*>& targets,
    const http::ServerRequest& request, const QByteArray& path)
{
    const SaasCall call {world, targetOf(world, targets, request), request};
    const setup::SaasProfile& profile = call.profile();
    const Route routes[] {{"GET", profile.authorizePath, saasAuthorize}, {"POST", saasLoginPath, saasLogin},
        {"POST", profile.tokenPath, saasTokenEndpoint}, {"GET", profile.callPath, api}};
    const auto route = std::ranges::find_if(routes, [&path](const Route& r) { return path == r.path; });
    if (route == std::end(routes))
        return notFound();
    return request.method == route->method ? route->answer(call) : textReply(405, "This address of the lab takes other methods.\n");
}

QByteArray saasToken(World& world, const setup::Target& target, const setup::User& user, const QStringList& scopes, QByteArrayView refresh)
{
    const setup::SaasProfile& profile = setup::saasProfile(target);
    const bool oauthApp = target.profile == "github"_L1 && !setup::givesRefreshTokens(target);
    const auto life = oauthApp ? std::chrono::seconds {std::chrono::hours {24 * 365}} : std::chrono::seconds {profile.lifetime};
    return world.ledger.addOpaque(oauthApp ? "gho_" : profile.accessPrefix,
        {.target = target.name, .principal = user.name, .scope = scopes.join(u' '), .expires = world.now() + life,
            .clientId = target.clientId, .userObjectId = user.objectId, .session = refresh.isEmpty() ? QByteArray() : jose::sha256(refresh)});
}

} // namespace lab
