// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "identity.h"

#include "core/flow/replybody.h"
#include "core/flow/run.h"
#include "core/http/site.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace catalog {

using namespace Qt::StringLiterals;

namespace {

/// Parameters that say what is asked for, by whom and on which credential. What a library adds for tracing, and the verifier
/// that belongs to a code, are not among them.
constexpr std::array asking {"client_id", "redirect_uri", "state", "nonce", "prompt", "response_type", "grant_type", "grantType", "scope", "resource",
    "audience", "fmi_path", "requested_token_use", "requested_token_type", "federation_rule_id", "organization_id", "service_account_id", "workspace_id",
    "Action", "RoleArn", "object_id", "principal_id", "mi_res_id", "msi_res_id", "client_name", "redirect_uris", "client_secret", "code", "device_code",
    "username", "refresh_token", "assertion", "client_assertion", "subject_token", "subjectToken", "actor_token", "user_federated_identity_credential",
    "WebIdentityToken", "appId", "userId"};

QByteArray digest(const QByteArrayList& parts) { return QCryptographicHash::hash(parts.join('\n'), QCryptographicHash::Sha256); }

/// A token of this file by its slot. One from elsewhere by whom it is for: it may be signed anew for every request.
QByteArray named(const QByteArray& raw, const Memory& m)
{
    const QString slot = m.slotOf(raw);
    if (!slot.isEmpty() && !m.foreign.contains(slot))
        return slot.toUtf8();
    const jose::Jwt token = raw.startsWith("eyJ") ? jose::decode(raw) : jose::Jwt();
    if (!token.isJwt())
        return raw;
    QByteArrayList claims;
    for (const char* name : {"iss", "sub", "aud", "azp", "appid", "client_id"})
        claims.append(token.text(name).toUtf8());
    return claims.join(' ');
}

/// Of opaque bearers from elsewhere nothing is known that would make one another's like.
QByteArray bearerName(const Seen& seen, const Memory& m)
{
    const QByteArray raw = seen.bearer();
    const QByteArray name = named(raw, m);
    return name == raw && !raw.isEmpty() ? "opaque"_ba : name;
}

/// JSON-RPC sends everything to one address: what is called stands in the body.
QByteArray calledIn(const json::Document& body)
{
    const json::Value root = body.root();
    return root["jsonrpc"] ? QByteArray(root["method"].bytes().toByteArray() + '/' + root["params"]["name"].bytes().toByteArray()) : QByteArray();
}

/// An error's description without what is another each time: ids, times.
QByteArray lasting(QString text)
{
    static const QRegularExpression passing(u"[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{27}|\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+Z?|[0-9A-Fa-f]{16,}|\\d{6,}"_s);
    return text.remove(passing).toUtf8();
}

/// Whether a step is about what its request names, or a call whose content is its own affair.
bool isCall(const flow::Step& step) { return step.yields.isEmpty() && (step.id.startsWith(u"call"_s) || step.id == u"challenge"); }

void addAsked(const Seen& seen, const Memory& m, QByteArrayList& parts)
{
    for (const char* name : asking)
        for (const http::Form* form : {&seen.query, &seen.form})
            if (form->has(name))
                parts.append(QByteArray(name) + '=' + named(form->value(name), m));
    if (const QByteArray basic = seen.exchange.request.headers.value("Authorization"); basic.startsWith("Basic "))
        parts.append(basic);
}

QByteArrayList tokensOf(const json::Document& body, const flow::Step& step)
{
    QByteArrayList out;
    for (const flow::Yield& yield : step.yields)
        if (yield.token && yield.header.isEmpty())
            out.append(body.find(yield.pointer).bytes().toByteArray());
    return out;
}

/// How it ended: which error, and which tokens came out.
void addOutcome(const Seen& seen, const flow::Step& step, bool calls, QByteArrayList& parts)
{
    if (!seen.exchange.response)
        return;
    if (seen.status < 300 && step.yields.isEmpty() && !calls)
        return;
    const flow::Observed observed = flow::observe(seen.exchange);
    parts += {observed.error.toUtf8(), observed.code.toUtf8(), lasting(observed.text)};
    const json::Document body = flow::replyTree(*seen.exchange.response);
    if (calls)
        parts.append(body.root()["error"]["code"].raw().toByteArray());
    parts += tokensOf(body, step);
}

} // namespace

QByteArray identity(const Seen& seen, const flow::Step& step, const Memory& memory)
{
    QByteArrayList parts {step.id.toUtf8(), step.from.id.toUtf8(), seen.exchange.request.method, http::siteOf(seen.url) + seen.url.path, QByteArray::number(seen.status),
        bearerName(seen, memory)};
    const QByteArray called = calledIn(seen.json);
    parts.append(called);
    if (!isCall(step))
        addAsked(seen, memory, parts);
    addOutcome(seen, step, !called.isEmpty(), parts);
    return digest(parts);
}

QByteArray likeness(const Seen& seen, const flow::Step& step)
{
    return digest({step.id.toUtf8(), step.from.id.toUtf8(), seen.exchange.request.method, http::siteOf(seen.url) + seen.url.path, QByteArray::number(seen.status), step.audienceAsked.toUtf8()});
}

QByteArrayList tokensIn(const Seen& seen, const flow::Step& step)
{
    return seen.exchange.response ? tokensOf(flow::replyTree(*seen.exchange.response), step) : QByteArrayList();
}

} // namespace catalog
