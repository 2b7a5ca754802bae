// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awsserver.h"

#include "core/lab/awsreply.h"
#include "core/lab/truth.h"
#include "core/trust/aws.h"

#include <array>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

struct Call
{
    World& world;
    const QList<const setup::Target*>& targets;
    const http::ServerRequest& request;
    const http::Form form;
    QByteArray requestId {};
};

base::Refusal refusalIn(const base::Verdict& verdict)
{
    if (verdict.decision == base::Decision::NotEvaluated)
        return openQuestion(verdict);
    return verdict.refusal.value_or(base::Refusal {.status = 403, .error = u"AccessDenied"_s});
}

http::ServerResponse refused(const Call& call, const base::Verdict& verdict, const QString& reason, const jose::Jwt& token)
{
    const base::Refusal refusal = refusalIn(verdict);
    return awsError(call.requestId, refusal.status, refusal.error, awsMessage(refusal, reason, token.text("iss")));
}

void remember(const Call& call, const setup::Target& target, const base::Verdict& verdict, const QString& reason)
{
    call.world.history.add({.requestId = QString::fromLatin1(call.requestId),
        .target = target.name,
        .reason = reason,
        .text = verdict.decision == base::Decision::Accept ? u"Accepted."_s : refusalIn(verdict).text,
        .verdict = verdict,
        .at = call.world.now()});
}

const setup::Target& targetOfRole(const Call& call)
{
    const QString arn = QString::fromUtf8(call.form.value("RoleArn"));
    for (const setup::Target* target : call.targets) {
        if (target->roleArn == arn)
            return *target;
    }
    return *call.targets.front();
}

/// What the ids of AWS are made of: A to Z and 2 to 7.
QByteArray base32(QByteArrayView bytes, qsizetype length)
{
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QByteArray out;
    for (qsizetype i = 0; i < length; ++i)
        out += letters[static_cast<unsigned char>(bytes[i % bytes.size()]) % 32];
    return out;
}

QString roleId(const Call& call, const setup::Target& target)
{
    return u"AROA"_s + QString::fromLatin1(base32(call.world.entropy.derived(QByteArray("role/" + target.roleArn.toUtf8())), 17));
}

/// The credentials of a new session. The secret key is kept beside the key id: a signature is checked with it.
AwsSession session(const Call& call, const setup::Target& target, const trust::AwsDecision& decision)
{
    const Entropy& entropy = call.world.entropy;
    const QString name = QString::fromUtf8(call.form.value("RoleSessionName"));
    AwsSession out {.keyId = "ASIA" + base32(entropy.bytes(16), 16),
        .secret = entropy.bytes(30).toBase64(),
        .token = "IQoJb3JpZ2luX2lhYi" + entropy.bytes(240).toBase64(),
        .expires = call.world.now() + decision.lifetime,
        .arn = trust::awsSessionArn(target.roleArn, name),
        .roleId = roleId(call, target) + u':' + name};
    if (call.world.hasFault(u"aws-session-expired"))
        out.expires = call.world.now() - std::chrono::seconds {1};
    const bool otherSecret = call.world.hasFault(u"aws-signature");
    call.world.ledger.keepOpaque(out.keyId,
        {.target = target.name,
            .principal = out.roleId,
            .expires = out.expires,
            .secret = otherSecret ? entropy.bytes(30).toBase64() : out.secret,
            .session = out.token,
            .text = out.arn});
    return out;
}

http::ServerResponse assumeRole(const Call& call)
{
    World& world = call.world;
    const setup::Target& target = targetOfRole(call);
    const auto decision = trust::decideAwsWebIdentity(world.setup, target, call.form, world.knowledge, world.now());
    const jose::Jwt token = jose::decode(call.form.value("WebIdentityToken"));
    remember(call, target, decision.verdict, decision.reason);
    if (decision.verdict.decision != base::Decision::Accept)
        return refused(call, decision.verdict, decision.reason, token);
    const trust::AwsSessionPolicy policy = trust::awsSessionPolicyIn(call.form);
    return awsAssumedRole(call.requestId, session(call, target, decision),
        {.subject = token.text("sub"), .provider = token.text("iss"), .audience = decision.audience,
            .packedPolicySize = policy.isThere() ? std::optional(policy.packedPercent()) : std::nullopt});
}

/// The key id in the Authorization header, read here once more: which session this is decides about the role.
std::optional<trust::OpaqueGrant> sessionIn(const Call& call)
{
    const QByteArray header = call.request.headers.value("Authorization");
    static constexpr QByteArrayView mark = "Credential=";
    const qsizetype at = header.indexOf(mark);
    if (at < 0)
        return std::nullopt;
    const QByteArray rest = header.sliced(at + mark.size());
    return call.world.ledger.opaque(rest.left(rest.indexOf('/')));
}

const setup::Target& targetOfSession(const Call& call, const std::optional<trust::OpaqueGrant>& grant)
{
    for (const setup::Target* target : call.targets) {
        if (grant && grant->target == target->name)
            return *target;
    }
    return *call.targets.front();
}

http::ServerResponse callerIdentity(const Call& call)
{
    const auto grant = sessionIn(call);
    const setup::Target& target = targetOfSession(call, grant);
    const http::ServerRequest& r = call.request;
    const base::Verdict verdict = trust::decideAwsCall(
        target, {r.method, r.path, r.query, r.headers, r.body}, call.world.knowledge, call.world.now());
    remember(call, target, verdict, {});
    if (verdict.decision != base::Decision::Accept || !grant)
        return refused(call, verdict, {}, {});
    return awsCallerIdentity(call.requestId, grant->text, grant->principal, trust::awsAccountOf(grant->text));
}

struct Action
{
    QByteArrayView name;
    http::ServerResponse (*answer)(const Call&);
};
constexpr std::array actions {
    Action {"AssumeRoleWithWebIdentity", assumeRole}, Action {"GetCallerIdentity", callerIdentity}};

/// The query protocol takes its parameters from a form, or from the query of a GET.
http::Form parametersOf(const http::ServerRequest& request)
{
    const bool form = request.headers.value("Content-Type").trimmed().toLower().startsWith("application/x-www-form-urlencoded");
    return http::parseForm(request.method == "POST" && form ? request.body : request.query);
}

} // namespace

http::ServerResponse awsServer(
    World& world, const QList<const setup::Target*>& targets, const http::ServerRequest& request)
{
    const Call call {world, targets, request, parametersOf(request), world.entropy.guid()};
    if (request.path != "/" || (request.method != "POST" && request.method != "GET"))
        return awsError(call.requestId, 404, u"InvalidAction"_s, u"The lab's STS answers at / alone."_s);
    const QByteArray name = call.form.value("Action"), version = call.form.value("Version");
    const auto action = std::ranges::find_if(actions, [&name](const Action& a) { return name == a.name; });
    if (action == actions.end() || version != "2011-06-15")
        return awsError(call.requestId, 400, name.isEmpty() ? u"MissingAction"_s : u"InvalidAction"_s,
            u"Could not find operation %1 for version %2"_s.arg(QString::fromUtf8(name), QString::fromUtf8(version)));
    return action->answer(call);
}

} // namespace lab
