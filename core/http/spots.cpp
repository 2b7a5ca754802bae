// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sensitive.h"

#include "core/base/json.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace http {

namespace {

void addMoved(Spots& spots, Spots inner, qsizetype by)
{
    for (Spot& s : inner) {
        s.at += by;
        spots.append(std::move(s));
    }
}

// ---- headers ----

struct SchemeRow
{
    const char* scheme;
    const char* name;
    Sensitivity kind;
};
constexpr std::array schemes{
    SchemeRow{"Bearer", "access_token", Sensitivity::Token},
    SchemeRow{"DPoP", "access_token", Sensitivity::Token},
    SchemeRow{"Basic", "basic_credentials", Sensitivity::Secret},
};

/// "Bearer eyJ...": the scheme stays. A signed AWS request keeps everything but the signature.
void addCredentials(Spots& spots, const Header& header)
{
    const QByteArray& value = header.value;
    const qsizetype blank = value.indexOf(' ');
    const QByteArray scheme = value.left(std::max<qsizetype>(blank, 0));
    const qsizetype signature = value.indexOf("Signature=");
    if (scheme.startsWith("AWS4-") && signature > 0) {
        const qsizetype at = signature + 10;
        add(spots, {at, value.size() - at, "signature", Sensitivity::Secret, value.sliced(at)});
        return;
    }
    const auto row = std::find_if(schemes.begin(), schemes.end(),
        [&](const SchemeRow& r) { return scheme.compare(r.scheme, Qt::CaseInsensitive) == 0; });
    const QByteArray name = row == schemes.end() ? header.name : QByteArray(row->name);
    const QByteArray secret = value.sliced(blank + 1);
    add(spots,
        {blank + 1, secret.size(), name, row == schemes.end() ? Sensitivity::Secret : row->kind, secret});
}

/// One name=value between two places.
void addCookie(Spots& spots, QByteArrayView value, qsizetype start, qsizetype end)
{
    const qsizetype equals = value.first(end).indexOf('=', start);
    const qsizetype at = equals < 0 ? start : equals + 1;
    const QByteArray name
        = equals < 0 ? QByteArray("cookie") : value.sliced(start, equals - start).trimmed().toByteArray();
    add(spots, {at, end - at, name, Sensitivity::Secret, value.sliced(at, end - at).toByteArray()});
}

/// name=value; name=value (RFC 6265 section 4.2.1).
void addCookies(Spots& spots, QByteArrayView value)
{
    for (qsizetype start = 0; start < value.size();) {
        const qsizetype semicolon = value.indexOf(';', start);
        const qsizetype end = semicolon < 0 ? value.size() : semicolon;
        addCookie(spots, value, start, end);
        start = end + 1;
    }
}

/// Of each Set-Cookie only the first pair is a cookie, the rest says how long and where. Recorders put several into one
/// value, with a line break or a comma between them; the comma of a date is followed by no name and equals sign.
void addSetCookies(Spots& spots, QByteArrayView value)
{
    static const QRegularExpression first(u"(?:^|[\\r\\n]|,)\\s*+([^;,=\\s]++\\s*+=[^;\\r\\n]*+)"_s);
    auto it = first.globalMatch(QString::fromLatin1(value));
    if (!it.hasNext())
        addCookie(spots, value, 0, value.size());
    while (it.hasNext()) {
        const auto match = it.next();
        addCookie(spots, value, match.capturedStart(1), match.capturedEnd(1));
    }
}

// ---- JSON ----

/// The private members of a JWK (RFC 7518 section 6).
bool isKeyMember(const json::Value& object, QByteArrayView name)
{
    static constexpr std::array parts{"d", "p", "q", "dp", "dq", "qi", "k"};
    return object["kty"] && std::any_of(parts.begin(), parts.end(), [&](const char* p) { return name == p; });
}

/// A vault's secret is called "value", as half the world's members are: what stands beside it tells (Key Vault REST API,
/// SecretBundle and SecretSetParameters).
bool isVaultValue(const json::Value& object, QByteArrayView name)
{
    static constexpr std::array beside{"value", "id", "attributes", "contentType", "tags", "kid", "managed", "previousVersion"};
    if (name != "value")
        return false;
    for (json::Value v = object.first(); v; v = v.next())
        if (std::none_of(beside.begin(), beside.end(), [&](const char* n) { return v.key() == n; }))
            return false;
    return object["value"].isString();
}

/// {"name": "client_secret", "value": "..."}, as settings, forms and headers are listed; and what ARM answers to listKeys.
QByteArrayView nameBeside(const json::Value& object, QByteArrayView name)
{
    if (name.compare("value", Qt::CaseInsensitive) != 0)
        return {};
    for (json::Value v = object.first(); v; v = v.next()) {
        if (v.key().compare("keyName", Qt::CaseInsensitive) == 0)
            return "accessKey";
        if (v.isString() && (v.key().compare("name", Qt::CaseInsensitive) == 0 || v.key().compare("key", Qt::CaseInsensitive) == 0))
            return v.bytes();
    }
    return {};
}

Sensitivity memberKind(const json::Value& object, const json::Value& value)
{
    const QByteArray own = value.key().toByteArray();
    if (isKeyMember(object, own) || isVaultValue(object, own))
        return Sensitivity::Secret;
    const QByteArray beside = nameBeside(object, own).toByteArray(), name = beside.isEmpty() ? own : beside;
    if (isErrorCode(name, value.isString() ? value.bytes() : value.raw())) {
        static constexpr std::array around {"message", "Message", "error", "error_description", "description",
            "detail", "details", "status", "type"};
        if (value.isNumber() || !beside.isEmpty()
            || std::any_of(around.begin(), around.end(), [&](const char* n) { return bool(object[n]); }))
            return Sensitivity::Open;
    }
    const Sensitivity kind = sensitivity(name);
    if (kind != Sensitivity::Open || value.isNumber())
        return kind;
    if (value.isString() && mayNameKey(name) && isKeyMaterial(value.bytes()))
        return Sensitivity::Secret;
    return value.isArray() || value.isObject() ? pluralSensitivity(name) : Sensitivity::Open;
}

/// What stands anywhere inside a secret is as secret; "accessToken" may well be about a token.
void walk(Spots& spots, const json::Value& value, QByteArrayView name, Sensitivity kind)
{
    if (value.isObject()) {
        for (json::Value v = value.first(); v; v = v.next()) {
            const Sensitivity own = memberKind(value, v);
            walk(spots, v, v.key(), own == Sensitivity::Open && kind == Sensitivity::Secret ? kind : own);
        }
    } else if (value.isArray()) {
        for (json::Value v = value.first(); v; v = v.next())
            walk(spots, v, name, kind);
    } else if (value.isString() && kind != Sensitivity::Open) {
        add(spots,
            {value.offset() + 1, value.raw().size() - 2, name.toByteArray(), kind,
                value.bytes().toByteArray()});
    } else if (value.isString()) {
        addMoved(spots, spotsInText(value.raw().sliced(1, value.raw().size() - 2)), value.offset() + 1);
    } else if (value.isNumber()) {
        add(spots,
            {value.offset(), value.raw().size(), name.toByteArray(), kind, value.raw().toByteArray(), true});
    }
}

// ---- claims ----

/// Claims are there to be read: hidden is what opens something, by its name or its shape. An id of a session is no key to it.
Sensitivity claimKind(QByteArrayView name, QByteArrayView value)
{
    const Sensitivity kind = sensitivity(name);
    const bool open = isErrorCode(name, value) || isIdentifier(value) || (kind == Sensitivity::Token && isWord(value)) || name.toByteArray().toLower().endsWith("id");
    return open ? Sensitivity::Open : kind;
}

void walkClaims(Spots& spots, const json::Value& value, QByteArrayView name)
{
    if (value.isString()) {
        const QByteArrayView inner = value.raw().sliced(1, std::max<qsizetype>(value.raw().size() - 2, 0));
        if (const Sensitivity kind = claimKind(name, value.bytes()); kind != Sensitivity::Open)
            add(spots, {value.offset() + 1, inner.size(), name.toByteArray(), kind, value.bytes().toByteArray()});
        else
            addMoved(spots, spotsOfShapes(inner), value.offset() + 1);
        return;
    }
    for (json::Value v = value.first(); v; v = v.next()) {
        if (v.isString() && value.isObject() && isKeyMember(value, v.key()))
            add(spots, {v.offset() + 1, v.raw().size() - 2, v.key().toByteArray(), Sensitivity::Secret, v.bytes().toByteArray()});
        else
            walkClaims(spots, v, value.isObject() ? v.key() : name);
    }
}

// ---- HTML and XML ----

QByteArray attribute(
    const QString& tag, const char* name, qsizetype* at = nullptr, qsizetype* length = nullptr)
{
    const QRegularExpression attr(
        u"\\b"_s + QString::fromLatin1(name) + u"\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s\"'>]++))"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = attr.match(tag);
    const int group = match.lastCapturedIndex();
    if (at && match.hasMatch()) {
        *at = match.capturedStart(group);
        *length = match.capturedLength(group);
    }
    return match.captured(group).toLatin1();
}

/// <input name="client_secret" value="...">, and <add key="ClientSecret" value="..."/> of a .NET configuration.
void addTag(Spots& spots, const QRegularExpressionMatch& tag)
{
    Spot spot;
    spot.secret = attribute(tag.captured(), "value", &spot.at, &spot.length);
    if (spot.length == 0)
        return;
    spot.name = attribute(tag.captured(), "name");
    if (spot.name.isEmpty())
        spot.name = attribute(tag.captured(), "key");
    const bool password = attribute(tag.captured(), "type").compare("password", Qt::CaseInsensitive) == 0;
    spot.kind = password ? Sensitivity::Secret : sensitivity(spot.name);
    spot.at += tag.capturedStart();
    add(spots, spot);
}

void addElement(Spots& spots, const QRegularExpressionMatch& element)
{
    const QByteArray name = element.captured(1).toLatin1();
    const QByteArray local = name.mid(name.lastIndexOf(':') + 1);
    const QByteArray text = element.captured(3).toLatin1();
    const QByteArray named = attribute(element.captured(2), "name");
    Sensitivity kind = isErrorCode(local, text) ? Sensitivity::Open : sensitivity(local);
    if (kind == Sensitivity::Open && !isErrorCode(named, text))
        kind = sensitivity(named);
    add(spots, {element.capturedStart(3), element.capturedLength(3), local, kind, text});
}

QByteArrayView mediaType(QByteArrayView contentType)
{
    const qsizetype end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.first(end)).trimmed();
}

bool isJson(QByteArrayView body, QByteArrayView contentType)
{
    const QByteArray type = mediaType(contentType).toByteArray().toLower();
    const QByteArrayView text = body.trimmed();
    return type.endsWith("json") || text.startsWith('{') || text.startsWith('[');
}

bool isMarkup(QByteArrayView body, QByteArrayView contentType)
{
    const QByteArray type = mediaType(contentType).toByteArray().toLower();
    return type.endsWith("html") || type.endsWith("xml") || body.trimmed().startsWith('<');
}

} // namespace

bool isForm(QByteArrayView contentType)
{
    return mediaType(contentType).compare("application/x-www-form-urlencoded", Qt::CaseInsensitive) == 0;
}

Spots spotsInHeader(const Header& header)
{
    Spots spots;
    const QByteArray name = header.name.toLower();
    const Sensitivity kind = sensitivity(name);
    if (name.endsWith("authorization"))
        addCredentials(spots, header);
    else if (name == "set-cookie")
        addSetCookies(spots, header.value);
    else if (name == "cookie")
        addCookies(spots, header.value);
    else if (kind != Sensitivity::Open)
        add(spots, {0, header.value.size(), header.name, kind, header.value});
    else
        spots = name == "location" ? spotsInUrl(header.value) : spotsInText(header.value);
    return spots;
}

Spots spotsInForm(QByteArrayView form)
{
    Spots spots;
    for (qsizetype start = 0; start < form.size();) {
        const qsizetype end = form.indexOf('&', start) < 0 ? form.size() : form.indexOf('&', start);
        const QByteArrayView pair = form.sliced(start, end - start);
        const qsizetype equals = pair.indexOf('=');
        const QByteArrayView value = equals < 0 ? QByteArrayView() : pair.sliced(equals + 1);
        const QByteArray name = percentDecoded(equals < 0 ? pair : pair.first(equals), true);
        const qsizetype at = end - value.size();
        if (sensitivity(name) != Sensitivity::Open)
            add(spots, {at, value.size(), name, sensitivity(name), percentDecoded(value, true)});
        else
            addMoved(spots, spotsInText(value), at);
        start = end + 1;
    }
    return spots;
}

Spots spotsInJson(QByteArrayView text)
{
    const auto document = json::Document::parse(text.toByteArray());
    if (!document)
        return spotsInText(text);
    Spots spots;
    walk(spots, document->root(), {}, Sensitivity::Open);
    return spots;
}

Spots spotsInClaims(QByteArrayView json, QByteArrayView name)
{
    // Lenient, as the tokens are shown: one that is cut has a header all the same.
    const json::Document document = json::Document::read(json.toByteArray());
    Spots spots;
    walkClaims(spots, document.root(), name);
    return spots;
}

Spots spotsInHtml(QByteArrayView text)
{
    static const QRegularExpression tag(u"<[A-Za-z][A-Za-z0-9_:.-]*+\\s[^<>]*+>"_s);
    static const QRegularExpression element(
        u"<([A-Za-z0-9_:.-]++)(\\s[^<>]*+)?>((?:[^<]++|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>)++)</"_s);
    const QString latin = QString::fromLatin1(text);
    Spots spots;
    for (auto it = tag.globalMatch(latin); it.hasNext();)
        addTag(spots, it.next());
    for (auto it = element.globalMatch(latin); it.hasNext();)
        addElement(spots, it.next());
    return ordered(spots + spotsInText(text));
}

Spots spotsInBody(QByteArrayView body, QByteArrayView contentType)
{
    if (isForm(contentType))
        return spotsInForm(body);
    if (isMultipart(contentType))
        return spotsInMultipart(body, contentType);
    if (isJson(body, contentType))
        return spotsInJson(body);
    return isMarkup(body, contentType) ? spotsInHtml(body) : spotsInText(body);
}

Spots spotsInUrl(QByteArrayView url)
{
    Spots spots;
    const qsizetype hash = url.indexOf('#');
    const qsizetype query = url.first(hash < 0 ? url.size() : hash).indexOf('?');
    if (query >= 0)
        addMoved(
            spots, spotsInForm(url.sliced(query + 1, (hash < 0 ? url.size() : hash) - query - 1)), query + 1);
    if (hash >= 0)
        addMoved(spots, spotsInForm(url.sliced(hash + 1)), hash + 1);
    return ordered(spots + spotsInText(url));
}

} // namespace http
