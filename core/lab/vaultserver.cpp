// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "vaultserver.h"

#include "core/lab/entraerror.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/truth.h"
#include "core/trust/keyvault.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

using trust::VaultAction;

struct Call
{
    World& world;
    VaultStore& vaults;
    const setup::Target& vault;
    const http::ServerRequest& request;
    trust::VaultCall wanted {};
};

/// What the path below "/deletedsecrets" names.
trust::VaultCall wantedOfDeleted(const QByteArray& method, const QStringList& parts)
{
    trust::VaultCall call {.secret = QString::fromUtf8(http::percentDecoded(parts.value(2).toUtf8()))};
    const bool recover = parts.value(3) == "recover"_L1;
    if (parts.size() > 4 || (parts.size() == 4 && !recover))
        return {};
    if (method == "GET" && !recover)
        call.action = call.secret.isEmpty() ? VaultAction::ListDeleted : VaultAction::GetDeleted;
    else if (method == "POST" && recover)
        call.action = VaultAction::RecoverSecret;
    else if (method == "DELETE" && !recover && !call.secret.isEmpty())
        call.action = VaultAction::PurgeSecret;
    return call;
}

/// What the path below "/secrets" names; an empty last segment is the empty version of the official client.
trust::VaultCall wantedBy(const http::ServerRequest& request, const QByteArray& path)
{
    QStringList parts = QString::fromUtf8(path).split(u'/');
    if (parts.size() > 2 && parts.back().isEmpty())
        parts.removeLast();
    if (parts.value(1) == "deletedsecrets"_L1)
        return wantedOfDeleted(request.method, parts);
    if (parts.size() < 2 || !parts[0].isEmpty() || parts[1] != "secrets"_L1 || parts.size() > 4)
        return {};
    const QString name = QString::fromUtf8(http::percentDecoded(parts.value(2).toUtf8()));
    const QString last = parts.value(3);
    trust::VaultCall call {.secret = name, .version = last == "versions"_L1 ? QString() : last};
    const QByteArray& method = request.method;
    if (method == "GET")
        call.action = name.isEmpty() ? VaultAction::ListSecrets
            : last == "versions"_L1  ? VaultAction::ListVersions
                                     : VaultAction::GetSecret;
    else if (method == "PUT" && !name.isEmpty() && last.isEmpty())
        call.action = VaultAction::SetSecret;
    else if (method == "PATCH" && !name.isEmpty())
        call.action = VaultAction::UpdateSecret;
    else if (method == "DELETE" && !name.isEmpty() && last.isEmpty())
        call.action = VaultAction::DeleteSecret;
    return call;
}

QByteArray errorBody(const QString& code, const QString& text, const QString& inner)
{
    JsonText error;
    error.text("code", code).text("message", text);
    if (!inner.isEmpty() && inner != code)
        error.raw("innererror", JsonText().text("code", inner).done());
    return JsonText().raw("error", error.done()).done();
}

http::ServerResponse refused(const Call& call, const base::Verdict& verdict)
{
    const base::Refusal refusal = refusalOf(verdict);
    // AKV numbers stand in the message; what is behind a 403 stands in an inner object.
    auto reply = jsonReply(refusal.status, errorBody(refusal.error, refusal.text, refusal.status == 403 ? refusal.code : QString()));
    if (refusal.status == 401)
        addHeader(reply, "WWW-Authenticate",
            "Bearer authorization=\"" + trust::authorityOf(call.world.setup, call.vault).toUtf8() + "\", resource=\"https://vault.azure.net\"");
    return reply;
}

/// Another request was faster: what the verdict saw is gone.
http::ServerResponse gone(const Call& call) { return jsonReply(404, errorBody(u"SecretNotFound"_s, u"The vault has no secret %1."_s.arg(call.wanted.secret), {})); }

http::ServerResponse badParameter(const QString& text) { return jsonReply(400, errorBody(u"BadParameter"_s, text, {})); }

QByteArray attributesOf(const SecretVersion& version)
{
    JsonText out;
    out.flag("enabled", version.enabled);
    if (version.notBefore)
        out.number("nbf", base::epochSeconds(*version.notBefore));
    if (version.expires)
        out.number("exp", base::epochSeconds(*version.expires));
    return out.number("created", base::epochSeconds(version.created))
        .number("updated", base::epochSeconds(version.updated))
        .text("recoveryLevel", u"Recoverable+Purgeable"_s)
        .number("recoverableDays", 90)
        .done();
}

QString idOf(const Call& call, const SecretVersion& version, bool withVersion = true)
{
    QString url = call.vault.url;
    while (url.endsWith(u'/'))
        url.chop(1);
    return url + u"/secrets/"_s + version.name + (withVersion ? QString(u'/' + version.version) : QString());
}

/// A bundle without the value is what lists and updates give.
QByteArray bundle(const Call& call, const SecretVersion& version, bool withValue, bool withVersion = true)
{
    JsonText out;
    if (withValue)
        out.text("value", QByteArrayView(valueOf(call.world.entropy, version)));
    if (!version.contentType.isEmpty())
        out.text("contentType", version.contentType);
    out.text("id", idOf(call, version, withVersion)).raw("attributes", attributesOf(version));
    if (!version.tags.isEmpty())
        out.raw("tags", version.tags);
    return out.done();
}

http::ServerResponse listed(const Call& call, const QList<SecretVersion>& versions, bool withVersion)
{
    QList<QByteArray> items;
    for (const SecretVersion& version : versions)
        items.append(bundle(call, version, false, withVersion));
    return jsonReply(200, JsonText().raw("value", jsonArray(items)).raw("nextLink", "null").done());
}

/// The attributes of a body; nothing where one of them is of another kind.
std::optional<SecretChange> changeIn(const json::Value& body)
{
    const json::Value attributes = body["attributes"];
    SecretChange out;
    if (attributes["enabled"] && !attributes["enabled"].isBool())
        return std::nullopt;
    if (attributes["enabled"])
        out.enabled = attributes["enabled"].boolean();
    if (const auto end = attributes["exp"].integer())
        out.expires = base::fromEpochSeconds(*end);
    if (const auto begin = attributes["nbf"].integer())
        out.notBefore = base::fromEpochSeconds(*begin);
    if (body["contentType"].isString())
        out.contentType = body["contentType"].text();
    if (body["tags"].isObject())
        out.tags = body["tags"].raw().toByteArray();
    return out;
}

http::ServerResponse setSecret(const Call& call, const json::Value& body, const SecretChange& change)
{
    static const QRegularExpression name(u"^[0-9A-Za-z-]{1,127}$"_s);
    if (!name.match(call.wanted.secret).hasMatch())
        return badParameter(u"A secret's name has up to 127 letters, digits and hyphens."_s);
    if (call.vaults.deleted(call.vault.name, call.wanted.secret))
        return jsonReply(409, errorBody(u"Conflict"_s, u"The secret %1 is deleted and can be recovered: its name is taken."_s.arg(call.wanted.secret),
            u"ObjectIsDeletedButRecoverable"_s));
    if (!body["value"].isString() || body["value"].bytes().isEmpty() || body["value"].bytes().size() > 25 * 1024)
        return badParameter(u"A value of at most 25 KiB has to be there."_s);
    const SecretVersion made = call.vaults.add(call.vault.name, call.wanted.secret, body["value"].bytes().toByteArray(), change, call.world.now());
    return jsonReply(200, bundle(call, made, true));
}

http::ServerResponse changed(const Call& call)
{
    const auto body = json::Document::parse(call.request.body);
    const auto change = body && body->root().isObject() ? changeIn(body->root()) : std::nullopt;
    if (!change)
        return badParameter(u"The body is no JSON object of a secret."_s);
    if (call.wanted.action == VaultAction::SetSecret)
        return setSecret(call, body->root(), *change);
    const auto updated = call.vaults.update(call.vault.name, call.wanted.secret, call.wanted.version, *change, call.world.now());
    return updated ? jsonReply(200, bundle(call, *updated, false)) : gone(call);
}

/// A deleted secret's bundle: the newest version, and how long it can still be recovered.
QByteArray deletedBundle(const Call& call, const DeletedSecret& deleted)
{
    const SecretVersion& last = deleted.versions.back();
    const qint64 when = base::epochSeconds(deleted.when);
    return bundle(call, last, false).chopped(1) + ",\"recoveryId\":"
        + json::quoted(QString(idOf(call, last, false).replace("/secrets/"_L1, "/deletedsecrets/"_L1)))
        + ",\"deletedDate\":" + QByteArray::number(when) + ",\"scheduledPurgeDate\":" + QByteArray::number(when + 90 * 86400) + '}';
}

http::ServerResponse listedDeleted(const Call& call)
{
    QList<QByteArray> items;
    for (const DeletedSecret& each : call.vaults.allDeleted(call.vault.name))
        items.append(deletedBundle(call, each));
    return jsonReply(200, JsonText().raw("value", jsonArray(items)).raw("nextLink", "null").done());
}

http::ServerResponse shownDeleted(const Call& call)
{
    const auto found = call.vaults.deleted(call.vault.name, call.wanted.secret);
    return found ? jsonReply(200, deletedBundle(call, *found)) : gone(call);
}

http::ServerResponse removed(const Call& call)
{
    call.vaults.remove(call.vault.name, call.wanted.secret, call.world.now());
    return shownDeleted(call);
}

http::ServerResponse recovered(const Call& call)
{
    if (!call.vaults.recover(call.vault.name, call.wanted.secret))
        return gone(call);
    const auto back = call.vaults.find(call.vault.name, call.wanted.secret, {});
    return back ? jsonReply(200, bundle(call, *back, false)) : gone(call);
}

http::ServerResponse purged(const Call& call)
{
    call.vaults.purge(call.vault.name, call.wanted.secret);
    return {.status = 204};
}

http::ServerResponse granted(const Call& call)
{
    VaultStore& vaults = call.vaults;
    switch (call.wanted.action) {
    case VaultAction::ListSecrets:
        return listed(call, vaults.current(call.vault.name), false);
    case VaultAction::ListVersions:
        return listed(call, vaults.versions(call.vault.name, call.wanted.secret), true);
    case VaultAction::SetSecret:
    case VaultAction::UpdateSecret:
        return changed(call);
    case VaultAction::DeleteSecret:
        return removed(call);
    case VaultAction::ListDeleted:
        return listedDeleted(call);
    case VaultAction::GetDeleted:
        return shownDeleted(call);
    case VaultAction::RecoverSecret:
        return recovered(call);
    case VaultAction::PurgeSecret:
        return purged(call);
    case VaultAction::GetSecret:
    case VaultAction::Unknown:
        break;
    }
    const auto found = vaults.find(call.vault.name, call.wanted.secret, call.wanted.version);
    return found ? jsonReply(200, bundle(call, *found, true)) : gone(call);
}

} // namespace

http::ServerResponse vaultServer(World& world, const setup::Target& vault, const http::ServerRequest& request, const QByteArray& path)
{
    const Call call {world, world.vaults, vault, request, wantedBy(request, path)};
    const auto verdict = trust::decideVault(world.setup, vault, call.wanted, world.vaults.state(vault.name, call.wanted),
        request.headers.value("Authorization"), world.knowledge, world.now());
    auto reply = verdict.decision == base::Decision::Accept ? granted(call) : refused(call, verdict);
    return withTruth(world, std::move(reply), vault.name, verdict);
}

} // namespace lab
