// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpclients.h"

#include "core/base/json.h"
#include "core/base/jsontexts.h"
#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/jose/key.h"
#include "core/lab/jsontext.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

QByteArray markOf(const Entropy& entropy, const QByteArray& said)
{
    return jose::hmacSha256(entropy.derived("mcp client"), said).first(12);
}

QByteArray secretOf(const Entropy& entropy, const QByteArray& clientId)
{
    return jose::base64url(jose::hmacSha256(entropy.derived("mcp client secret"), clientId));
}

} // namespace

QString mcpKeyName(const QString& issuer) { return QString(u"mcp/"_s + issuer); }

trust::RegisteredClient mcpClientOf(const Entropy& entropy, trust::RegisteredClient said)
{
    const QByteArray text = JsonText()
                                .text("n", said.name)
                                .list("r", said.redirectUris)
                                .list("s", said.scopes)
                                .text("m", said.authMethod)
                                .text("t", said.target)
                                .text("i", entropy.text(6))
                                .done();
    const QByteArray id = jose::base64url(text) + '.' + jose::base64url(markOf(entropy, text));
    said.clientId = QString::fromLatin1(id);
    if (said.authMethod != "none"_L1)
        said.secret = secretOf(entropy, id);
    return said;
}

QByteArray mcpClientSecret(const Entropy& entropy, const setup::Target& target)
{
    const bool confidential = target.kind == "mcp"_L1 && !target.clientId.isEmpty() && !target.settings.root()["publicClient"].boolean();
    return confidential ? secretOf(entropy, QByteArray(target.name.toUtf8() + '/' + target.clientId.toUtf8())) : QByteArray();
}

namespace {

std::optional<trust::RegisteredClient> knownBeforehand(const Entropy& entropy, const setup::Setup& setup, const QString& clientId)
{
    for (const setup::Target& target : setup.targets) {
        if (target.kind == "mcp"_L1 && !target.clientId.isEmpty() && target.clientId == clientId)
            return trust::RegisteredClient {.clientId = clientId, .secret = mcpClientSecret(entropy, target), .target = target.name};
    }
    return std::nullopt;
}

} // namespace

std::optional<trust::RegisteredClient> mcpClient(const Entropy& entropy, const setup::Setup& setup, const QByteArray& clientId)
{
    if (auto known = knownBeforehand(entropy, setup, QString::fromUtf8(clientId)))
        return known;
    const qsizetype dot = clientId.indexOf('.');
    if (dot <= 0)
        return std::nullopt;
    const QByteArray text = QByteArray::fromBase64(clientId.first(dot), QByteArray::Base64UrlEncoding);
    const QByteArray mark = QByteArray::fromBase64(clientId.mid(dot + 1), QByteArray::Base64UrlEncoding);
    if (!base::equalInConstantTime(mark, markOf(entropy, text)))
        return std::nullopt;
    const json::Document document = json::Document::read(text);
    const json::Value said = document.root();
    trust::RegisteredClient client {.clientId = QString::fromLatin1(clientId),
        .name = said["n"].text(),
        .redirectUris = json::textsIn(said["r"]),
        .scopes = json::textsIn(said["s"]),
        .authMethod = said["m"].text(),
        .target = said["t"].text()};
    if (client.authMethod != "none"_L1)
        client.secret = secretOf(entropy, clientId);
    return client;
}

} // namespace lab
