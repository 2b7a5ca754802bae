// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "resourceserver.h"

#include "core/lab/entraerror.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/truth.h"
#include "core/trust/audience.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

http::ServerResponse graphError(World& world, int status, const QString& code, const QString& text)
{
    const QByteArray id = world.entropy.guid();
    const QByteArray inner = JsonText()
                                 .text("date", base::toRfc3339(world.now()).chopped(1))
                                 .text("request-id", id)
                                 .text("client-request-id", id)
                                 .done();
    const QByteArray error
        = JsonText().text("code", code).text("message", text).raw("innerError", inner).done();
    auto reply = jsonReply(status, JsonText().raw("error", error).done());
    addHeader(reply, "request-id", id);
    if (status == 401)
        addHeader(reply, "WWW-Authenticate", "Bearer realm=\"\", error=\"invalid_token\"");
    return reply;
}

QString graphCode(int status)
{
    return status == 401 ? u"InvalidAuthenticationToken"_s : u"Authorization_RequestDenied"_s;
}

/// The sign-in behind this token was taken back.
bool isRevoked(World& world, const jose::Jwt& token)
{
    const QByteArray session = token.text("sid").toLatin1();
    return !session.isEmpty() && world.ledger.isRevoked(session);
}

QString revokedText() { return u"The sign-in that this token comes from was revoked."_s; }

QByteArray profile(const setup::User& user, const QByteArray& origin)
{
    const QString name = user.displayName;
    return JsonText()
        .text("@odata.context", QByteArrayView(QByteArray(origin + "/v1.0/$metadata#users/$entity")))
        .raw("businessPhones", "[]")
        .text("displayName", name)
        .text("givenName", name.section(u' ', 0, -2))
        .raw("jobTitle", "null")
        .text("mail", user.username)
        .raw("mobilePhone", "null")
        .raw("officeLocation", "null")
        .raw("preferredLanguage", "null")
        .text("surname", name.section(u' ', -1))
        .text("userPrincipalName", user.username)
        .text("id", user.objectId)
        .done();
}

/// "Bearer error=..., error_description=..." (RFC 6750 section 3).
http::ServerResponse challenge(const base::Refusal& refusal, const setup::Target& target)
{
    const QString text = QString(refusal.text).replace(u'"', u'\'');
    QByteArray header = "Bearer realm=\"" + target.name.toUtf8() + '"';
    if (!refusal.error.isEmpty())
        header += ", error=\"" + refusal.error.toUtf8() + "\", error_description=\"" + text.toUtf8() + '"';
    if (refusal.status == 403)
        header += ", scope=\"" + target.requiredScopes.join(u' ').toUtf8() + '"';
    auto reply = jsonReply(refusal.status,
        JsonText().text("error", refusal.error).text("error_description", refusal.text).done());
    addHeader(reply, "WWW-Authenticate", header);
    return reply;
}

/// What the API read in the token: enough to see who called for whom.
QByteArray callerOf(const jose::Jwt& token)
{
    JsonText caller;
    for (const char* claim : {"oid", "sub", "tid", "azp", "appid", "scp", "roles", "name",
             "preferred_username", "idtyp", "xms_par_app_azp", "client_id", "scope", "act"}) {
        if (const json::Value value = token.claim(claim))
            caller.raw(claim, value.raw());
    }
    return caller.done();
}

} // namespace

jose::Jwt bearerOf(const http::ServerRequest& request)
{
    return jose::decode(request.headers.value("Authorization").mid(7)); // after "Bearer "
}

namespace {

http::ServerResponse graphAnswer(
    World& world, const http::ServerRequest& request, const QByteArray& path, const base::Verdict& verdict)
{
    if (verdict.decision != base::Decision::Accept) {
        const base::Refusal refusal = refusalOf(verdict);
        return graphError(world, refusal.status, graphCode(refusal.status), refusal.text);
    }
    const jose::Jwt token = bearerOf(request);
    if (isRevoked(world, token))
        return graphError(world, 401, graphCode(401), revokedText());
    if (path != "/v1.0/me" && path != "/beta/me")
        return graphError(world, 404, u"ResourceNotFound"_s, u"The lab's Graph knows /me only."_s);
    if (request.method != "GET" && request.method != "HEAD") {
        auto reply = graphError(world, 405, u"Request_BadRequest"_s, u"The lab's Graph reads /me and changes nothing."_s);
        addHeader(reply, "Allow", "GET, HEAD");
        return reply;
    }
    const setup::User* user = world.setup.userByObjectId(token.text("oid"));
    if (!user || token.text("scp").isEmpty())
        return graphError(
            world, 400, u"BadRequest"_s, u"/me asks who signed in, and this token has no user."_s);
    return jsonReply(
        200, profile(*user, (request.secure ? "https://" : "http://") + request.headers.value("Host")));
}

http::ServerResponse apiAnswer(World& world, const setup::Target& target, const http::ServerRequest& request,
    const base::Verdict& verdict)
{
    if (verdict.decision != base::Decision::Accept)
        return challenge(refusalOf(verdict), target);
    const jose::Jwt token = bearerOf(request);
    if (isRevoked(world, token))
        return challenge({.status = 401, .error = u"invalid_token"_s, .text = revokedText()}, target);
    const QString title = target.displayName.isEmpty() ? target.name : target.displayName;
    return jsonReply(200,
        JsonText()
            .text("api", title)
            .text("message", u"The token was accepted."_s)
            .raw("caller", callerOf(token))
            .done());
}

} // namespace

http::ServerResponse graphServer(
    World& world, const setup::Target& target, const http::ServerRequest& request, const QByteArray& path)
{
    const auto verdict = trust::decideBearer(
        world.setup, target, request.headers.value("Authorization"), world.knowledge, world.now());
    return withTruth(world, graphAnswer(world, request, path, verdict), target.name, verdict);
}

http::ServerResponse apiServer(World& world, const setup::Target& target, const http::ServerRequest& request)
{
    const auto verdict = trust::decideBearer(
        world.setup, target, request.headers.value("Authorization"), world.knowledge, world.now());
    return withTruth(world, apiAnswer(world, target, request, verdict), target.name, verdict);
}

} // namespace lab
