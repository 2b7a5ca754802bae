// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/base64url.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/saas_p.h"
#include "core/lab/saasserver.h"
#include "core/lab/targetkeys.h"
#include "core/lab/truth.h"
#include "core/trust/saas.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr auto refreshLifetime = std::chrono::hours {24 * 183}; ///< about six months, as GitHub's and Google's

/// A member of the answer; numbers stand without quotes where the answer is JSON.
struct Member
{
    QByteArray name {};
    QByteArray value {};
    bool number = false;
};

QByteArray formText(const QList<Member>& members)
{
    http::Form form;
    for (const Member& m : members)
        form.append({m.name, m.value});
    return http::encodeForm(form);
}

QByteArray jsonMembers(const QList<Member>& members)
{
    JsonText json;
    for (const Member& m : members)
        m.number ? json.raw(m.name, m.value) : json.text(m.name, QByteArrayView(m.value));
    return json.done();
}

/// GitHub's answer is a form unless JSON is asked for; whatever it says.
http::ServerResponse answered(const SaasCall& call, int status, const QList<Member>& members)
{
    const bool asked = call.request.headers.value("Accept").toLower().contains("json");
    if (!call.profile().formAnswer || asked)
        return jsonReply(status, jsonMembers(members));
    auto reply = textReply(status, formText(members));
    reply.headers.set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    return reply;
}

QByteArray scopeText(const SaasCall& call, const QStringList& scopes)
{
    return scopes.join(call.profile().commaScopes ? u"," : u" ").toUtf8();
}

void addInstance(const SaasCall& call, const setup::User& user, QList<Member>& out)
{
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(call.world.now().time_since_epoch()).count();
    out.append({"instance_url", call.target.url.toUtf8()});
    out.append({"id", call.target.authorizationServer.toUtf8() + "/id/00DLab00000001/005Lab0000Alice"});
    out.append({"issued_at", QByteArray::number(qint64(now))});
    out.append({"signature", call.world.entropy.derived(user.objectId.toUtf8()).toBase64()});
}

QList<Member> tokenMembers(const SaasCall& call, const setup::User& user, const QStringList& scopes, const QByteArray& access, const QByteArray& refresh)
{
    const bool expires = call.profile().tellsExpiry && setup::givesRefreshTokens(call.target);
    QList<Member> out {{"access_token", access}};
    if (expires)
        out.append({"expires_in", QByteArray::number(call.profile().lifetime), true});
    if (!refresh.isEmpty())
        out.append({"refresh_token", refresh});
    if (!refresh.isEmpty() && call.target.profile == "github"_L1)
        out.append({"refresh_token_expires_in", QByteArray::number(qint64(std::chrono::seconds {refreshLifetime}.count())), true});
    if (call.profile().instanceUrl)
        addInstance(call, user, out);
    out.append({"scope", scopeText(call, scopes)});
    out.append({"token_type", call.target.profile == "github"_L1 ? QByteArray("bearer") : QByteArray("Bearer")});
    return out;
}

/// On the wire a refresh token has the provider's prefix before what the ledger knows it by.
QByteArray newRefresh(const SaasCall& call, const setup::User& user, const QStringList& scopes, const SessionId& session)
{
    const QByteArray token = call.world.ledger.addRefresh(
        {.clientId = call.target.clientId, .userObjectId = user.objectId, .scopes = scopes, .target = call.target.name,
            .expires = call.world.now() + refreshLifetime},
        session);
    return call.profile().refreshPrefix + token;
}

void useUp(const SaasCall& call, const QByteArray& refresh) { call.world.ledger.useJti(refreshUses, jose::sha256(refresh)); }

/// A code that promised offline access brings a refresh token.
http::ServerResponse fromCode(const SaasCall& call, const trust::CodeGrant& grant, const setup::User& user)
{
    QStringList scopes = grant.scopes;
    const bool offline = scopes.removeAll(u"(offline)"_s) > 0;
    const QByteArray code = http::parseForm(call.request.body).value("code");
    const QByteArray refresh = offline ? newRefresh(call, user, scopes, call.world.ledger.sessionOfCode(code)) : QByteArray();
    const QByteArray access = saasToken(call.world, call.target, user, scopes, refresh);
    return answered(call, 200, tokenMembers(call, user, scopes, access, refresh));
}

/// Where refresh tokens rotate, the old one ends, and with it the access token it came with.
http::ServerResponse fromRefresh(const SaasCall& call, const trust::RefreshGrant& grant, const setup::User& user)
{
    const QByteArray old = http::parseForm(call.request.body).value("refresh_token");
    const bool rotates = setup::rotatesRefreshTokens(call.target);
    if (rotates)
        useUp(call, old);
    const SessionId session = call.world.ledger.sessionOfRefresh(old.mid(qsizetype(qstrlen(call.profile().refreshPrefix))));
    const QByteArray refresh = rotates ? newRefresh(call, user, grant.scopes, session) : QByteArray();
    const QByteArray access = saasToken(call.world, call.target, user, grant.scopes, refresh);
    return answered(call, 200, tokenMembers(call, user, grant.scopes, access, refresh));
}

/// The ledger's refresh tokens as this provider spells them, with those that were used.
trust::Knowledge knowledgeOf(const SaasCall& call)
{
    trust::Knowledge known = call.world.knowledge;
    known.refresh = [&call](QByteArrayView token) -> std::optional<trust::RefreshGrant> {
        const QByteArrayView prefix = call.profile().refreshPrefix;
        if (!token.startsWith(prefix))
            return std::nullopt;
        auto grant = call.world.ledger.refresh(token.sliced(prefix.size()));
        const bool used = call.world.ledger.jtiUsed(refreshUses, jose::sha256(token));
        if (grant && (used || call.world.hasFault(u"saas-refresh-reused")))
            grant->revoked = true;
        return grant;
    };
    return known;
}

http::ServerResponse error(const SaasCall& call, const base::Verdict& verdict)
{
    const base::Refusal refusal = verdict.refusal.value_or(base::Refusal {.status = 400, .error = u"invalid_request"_s, .text = u"The request is not accepted."_s});
    return answered(call, refusal.status, {{"error", refusal.error.toUtf8()}, {"error_description", refusal.text.toUtf8()}});
}

http::ServerResponse issued(const SaasCall& call, const trust::SaasTokenDecision& d)
{
    if (d.verdict.decision != base::Decision::Accept) {
        call.world.ledger.spendCode(http::parseForm(call.request.body).value("code"));
        return error(call, d.verdict);
    }
    const QString userId = d.refreshed ? d.refresh->userObjectId : d.code->userObjectId;
    const setup::User* user = call.world.setup.userByObjectId(userId);
    if (!user || (!d.refreshed && !call.world.ledger.spendCode(http::parseForm(call.request.body).value("code"))))
        return error(call, {});
    return d.refreshed ? fromRefresh(call, *d.refresh, *user) : fromCode(call, *d.code, *user);
}

} // namespace

http::ServerResponse saasTokenEndpoint(const SaasCall& call)
{
    const http::Form form = http::parseForm(call.request.body);
    const auto d = trust::decideSaasToken(
        call.target, form, call.request.headers.value("Authorization"), knowledgeOf(call), call.world.now());
    const GuessCall guessed {call.world, call.target.name, call.target.clientId, call.world.now()};
    if (const auto pause = guessPause(guessed, form, call.request.headers.value("Authorization"), d.verdict))
        return pausedReply(guessed, *pause, error(call, pause->verdict));
    return withTruth(call.world, issued(call, d), call.target.name, d.verdict);
}

} // namespace lab
