// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "intake.h"

#include "core/http/message.h"

#include <QRegularExpression>

namespace diagnosis {

using namespace Qt::StringLiterals;

namespace {

/// Opaque tokens and keys known by their beginning.
struct Prefix
{
    const char* text;
    ItemKind kind;
    const char* label;
};
constexpr Prefix prefixes[] = {
    {"sk-ant-oat01-", ItemKind::OpaqueToken, "Anthropic federated access token. Only Anthropic can read it; it is bound to one workspace and one service account."},
    {"sk-ant-api", ItemKind::Secret, "Anthropic API key. It does not run out by itself: revoke it and federate instead."},
    {"AKIA", ItemKind::Secret, "AWS access key id of a long-lived key."},
    {"ASIA", ItemKind::OpaqueToken, "AWS access key id of a temporary credential."},
    {"ghp_", ItemKind::Secret, "GitHub personal access token."},
    {"ya29.", ItemKind::OpaqueToken, "Google access token. Only Google can read it."},
    {"-----BEGIN PRIVATE KEY", ItemKind::Secret, "A private key."},
    {"-----BEGIN RSA PRIVATE KEY", ItemKind::Secret, "A private key."},
    {"-----BEGIN EC PRIVATE KEY", ItemKind::Secret, "A private key."},
};

QString lifetimeOf(const jose::Jwt& token)
{
    const auto from = token.claim("nbf") ? token.claim("nbf").integer() : token.claim("iat").integer();
    const auto to = token.claim("exp").integer();
    if (!to)
        return {};
    if (!from || *from > *to)
        return u"until %1"_s.arg(base::toRfc3339(base::fromEpochSeconds(*to)));
    return u"%1, until %2"_s.arg(base::duration(std::chrono::seconds {*to - *from}), base::toRfc3339(base::fromEpochSeconds(*to)));
}

Item tokenItem(const QByteArray& text, const IntakeOptions& options)
{
    Item item {.token = jose::decode(text)};
    item.kind = item.token->isJwe() ? ItemKind::Jwe : ItemKind::Jwt;
    item.verification = jose::verify(*item.token, options.keys, options.expected);
    item.principal = trust::principalOf(*item.token, options.setup);
    item.lifetime = lifetimeOf(*item.token);
    item.label = item.kind == ItemKind::Jwe ? u"Encrypted token (JWE). Only its receiver can read it."_s
                                            : u"JWT for %1"_s.arg(item.principal.title.isEmpty() ? u"an unknown principal"_s : item.principal.title);
    return item;
}

Item errorItem(const QString& code)
{
    Item item {.kind = ItemKind::Error, .code = code, .error = errorEntry(code)};
    item.vendor = item.error ? item.error->vendor : code.startsWith(u"AADSTS") ? u"Microsoft Entra"_s : QString {};
    item.label = item.error ? item.error->meaning : u"An error code that is not known here."_s;
    return item;
}

/// Looks like a compact token, however damaged: it begins as every JSON header does.
bool looksLikeJwt(const QByteArray& text)
{
    return text.startsWith("eyJ") || (text.count('.') >= 2 && !text.contains("://") && !text.contains('{') && !text.contains(' '));
}

std::optional<Item> byPrefix(const QByteArray& text)
{
    for (const Prefix& prefix : prefixes)
        if (text.startsWith(prefix.text))
            return Item {.kind = prefix.kind, .label = QString::fromUtf8(prefix.label)};
    return std::nullopt;
}

void takeValue(const QByteArray& text, const IntakeOptions& options, QList<Item>& items)
{
    if (const auto known = byPrefix(text))
        items.append(*known);
    else if (looksLikeJwt(text))
        items.append(tokenItem(text, options));
    else
        items.append({.kind = ItemKind::OpaqueToken, .label = u"Opaque token. Only its issuer can read it; length, prefix and lifetime are all there is to see."_s});
}

void takeErrors(const QString& text, QList<Item>& items)
{
    static const QRegularExpression pattern(u"AADSTS\\d{4,8}"_s);
    QStringList seen;
    auto it = pattern.globalMatch(text);
    while (it.hasNext()) {
        const QString code = it.next().captured();
        if (!seen.contains(code))
            items.append(errorItem(code));
        seen.append(code);
    }
}

bool takeJson(const QByteArray& text, const IntakeOptions& options, QList<Item>& items)
{
    const json::Document document = json::Document::read(text);
    const json::Value root = document.root();
    if (!root.isObject())
        return false;
    bool response = false;
    for (const char* member : {"access_token", "id_token", "refresh_token", "assertion", "client_assertion"}) {
        const json::Value value = root[member];
        if (!value.isString())
            continue;
        if (!response)
            items.append({.kind = ItemKind::Response, .label = u"Token response"_s});
        response = true;
        takeValue(value.bytes().toByteArray(), options, items);
    }
    const json::Value error = root["error"];
    if (error) {
        const qsizetype before = items.size();
        takeErrors(QString::fromUtf8(text), items);
        const QString code = error.isObject() ? error[error["type"] ? "type" : "code"].text() : error.text();
        if (items.size() == before)
            items.append(errorItem(code));
    }
    return response || error;
}

bool takeUrl(const QByteArray& text, QList<Item>& items)
{
    if (!text.startsWith("http://") && !text.startsWith("https://"))
        return false;
    const http::UrlParts parts = http::splitUrl(text);
    const http::Form query = http::parseForm(parts.query.isEmpty() ? parts.fragment : parts.query);
    const bool callback = query.has("code") || query.has("error") || query.has("state");
    items.append({.kind = ItemKind::Url, .label = callback ? u"Callback of an authorization request"_s : u"Address"_s});
    if (query.has("error")) {
        const qsizetype before = items.size();
        takeErrors(QString::fromUtf8(query.value("error_description")), items);
        if (items.size() == before)
            items.append(errorItem(QString::fromUtf8(query.value("error"))));
    }
    return true;
}

} // namespace

QString itemKindName(ItemKind kind)
{
    static constexpr const char* names[] = {"jwt", "opaqueToken", "jwe", "error", "url", "response", "secret", "unknown"};
    return QString::fromLatin1(names[int(kind)]);
}

QList<Item> intake(const QByteArray& input, const IntakeOptions& options)
{
    QList<Item> items;
    QByteArray text = input.trimmed();
    static const QRegularExpression authorization(u"^\\s*(?:authorization\\s*:)?\\s*(?:bearer)\\s+"_s, QRegularExpression::CaseInsensitiveOption);
    const auto header = authorization.match(QString::fromUtf8(text.left(64)));
    if (header.hasMatch()) {
        takeValue(text.mid(header.capturedLength()).trimmed(), options, items);
        return items;
    }
    if (text.startsWith('{') && takeJson(text, options, items))
        return items;
    if (takeUrl(text, items))
        return items;
    if (const auto known = byPrefix(text)) {
        items.append(*known);
        return items;
    }
    if (looksLikeJwt(text)) {
        items.append(tokenItem(text, options));
        return items;
    }
    takeErrors(QString::fromUtf8(text), items);
    if (items.isEmpty())
        items.append({.label = u"Not recognised: neither a token nor a response, a callback address or a known error."_s});
    return items;
}

} // namespace diagnosis
