// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intakebodies_p.h"

#include "core/http/message.h"
#include "core/setup/secretshape.h"
#include "core/trust/clouds.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

constexpr std::array tokenMembers {"access_token", "id_token", "refresh_token", "accessToken", "idToken", "refreshToken", "assertion",
    "client_assertion", "subject_token", "actor_token", "oidc_token", "authorizationHeader"};

Setting settingOf(const Gathering& to) { return to.fromProse ? Setting::Prose : Setting::Response; }

QString responseLabel(const json::Value& v)
{
    if (v["access_token"].bytes().startsWith("sk-ant-oat"))
        return u"Token response of Anthropic"_s;
    if (v["access_token"].bytes().startsWith("ya29."))
        return u"Token response of Google"_s;
    if (v["resource"] && v["expires_on"])
        return u"Token response of a metadata service (managed identity)"_s;
    if (v["accessToken"] && v["expireTime"])
        return u"Answer of Google's service account impersonation"_s;
    if (v["authorizationHeader"])
        return u"Answer of the Entra sidecar"_s;
    return u"Token response"_s;
}

/// Where an answer keeps the id by which its vendor finds it again.
QString traceOf(const json::Value& v)
{
    for (const char* member : {"correlation_id", "correlationId", "request_id", "requestId", "RequestId", "trace_id"})
        if (v[member].isString())
            return u"%1 %2"_s.arg(QString::fromLatin1(member), v[member].text()) + (v["timestamp"].isString() ? u", "_s + v["timestamp"].text() : QString());
    const json::Value inner = v["error"].isObject() ? v["error"]["innerError"] ? v["error"]["innerError"] : v["error"]["innererror"] : json::Value();
    return inner["request-id"].isString() ? u"request-id "_s + inner["request-id"].text() : QString();
}

void addError(Gathering& to, Item item, const json::Value& v)
{
    item.note = traceOf(v);
    if (v["claims"].isString()) {
        item.wrong += wantedClaims(v["claims"].bytes().toByteArray());
        item.ask.prepend(u"Whether the client passed the claims challenge on to the user's sign-in. It has to."_s);
    }
    to.add(std::move(item));
}

/// Codes that stand in the vendor's words say more than the class around them; where the words alone told, the class is the code.
bool addFromWords(Gathering& to, const QString& said, const json::Value& v, const QString& code = {})
{
    bool any = false;
    for (auto& [found, item] : errorsIn(said)) {
        const bool told = item.error && !said.contains(item.code) && !code.isEmpty();
        addError(to, told ? wordedItem(*item.error, code, said) : std::move(item), v);
        any = true;
    }
    return any;
}

/// The vendor's own number beats everything, then the class narrowed by what was said, then the words alone.
void addOAuth(Gathering& to, const json::Value& v)
{
    static const QRegularExpression numbered(u"\\b(?:AADSTS|AADB2C|AKV|IDX)\\d"_s);
    const QString said = v["error_description"].text(), code = v["error"].text();
    if (said.contains(numbered) && addFromWords(to, said, v))
        return;
    Item item = errorItem({}, code, said);
    const bool narrowed = item.error && item.error != errorEntry(code);
    if (!narrowed && addFromWords(to, said, v, code))
        return;
    const json::Value codes = v["error_codes"];
    if (!narrowed && codes.isArray() && codes.size() > 0)
        item = errorItem(u"Microsoft Entra"_s, u"AADSTS"_s + codes.at(codes.size() - 1).display(), said);
    addError(to, std::move(item), v);
}

/// The narrowest code that the catalogue knows: inner before outer.
QString narrowest(const json::Value& error)
{
    const json::Value inner = error["innererror"] ? error["innererror"] : error["innerError"];
    for (const json::Value& code : {inner["code"], error["code"], error["status"], error["type"]})
        if (code.isString() && errorEntry(code.text()))
            return code.text();
    for (const json::Value& code : {error["type"], error["status"], error["code"]})
        if (code && !code.isNull())
            return code.display();
    return {};
}

/// Others have an error with a type too, with a code or a parameter beside it.
bool isAnthropic(const json::Value& v, const json::Value& error)
{
    return error["type"].isString() && (v["type"].text() == "error"_L1 || v["request_id"] || (!error["code"] && !error["param"]));
}

QString vendorOf(const json::Value& v, const json::Value& error)
{
    if (v["jsonrpc"])
        return u"MCP"_s;
    if (isAnthropic(v, error))
        return u"Anthropic"_s;
    if (error["status"].isString() && error["code"].isNumber())
        return u"Google"_s;
    return error["innererror"] || error["innerError"] ? u"Azure Key Vault"_s : QString();
}

void addObject(Gathering& to, const json::Value& v)
{
    const json::Value error = v["error"];
    const QString said = error["message"].text(), code = narrowest(error);
    if (addFromWords(to, said, v))
        return;
    const ErrorEntry* entry = errorEntry(code);
    const bool another = entry && entry->vendor == "Anthropic"_L1 && !isAnthropic(v, error);
    addError(to, another ? unknownError({}, error["code"].isString() ? error["code"].text() : code, said) : errorItem(vendorOf(v, error), code, said), v);
}

/// A status and a message around what the vendor said; alone only when there is nothing within.
void addStatus(Gathering& to, const json::Value& v)
{
    const qsizetype before = to.out.items.size();
    for (json::Value member = v.first(); member; member = member.next())
        if (member.isObject() || member.bytes().contains('{'))
            takeValue(to, member);
    if (to.out.items.size() == before && !addFromWords(to, v["message"].text(), v))
        addError(to, errorItem({}, v["statusCode"].display(), v["message"].text()), v);
}

} // namespace

bool isErrorBody(const json::Value& v)
{
    const json::Value e = v["error"];
    return (e.isString() && !e.bytes().isEmpty()) || (e.isObject() && e.size() > 0) || v["Error"]["Code"] || v["__type"].isString()
        || v["status"]["errorCode"].isNumber() || (v["errorCode"].isString() && v["errorDescription"].isString())
        || (v["statusCode"].isNumber() && v["message"].isString() && v["statusCode"].integer().value_or(0) >= 400);
}

QStringList takeErrorBody(Gathering& to, const json::Value& v)
{
    if (v["error"].isString())
        addOAuth(to, v);
    else if (v["error"].isObject())
        addObject(to, v);
    else if (v["Error"]["Code"])
        addError(to, errorItem(u"AWS"_s, v["Error"]["Code"].text(), v["Error"]["Message"].text()), v);
    else if (v["__type"])
        addError(to, errorItem(u"AWS"_s, v["__type"].text().section(u'#', -1), v["message"].text()), v);
    else if (v["status"]["errorCode"].integer().value_or(0) != 0)
        addError(to, errorItem(u"Microsoft Entra"_s, u"AADSTS"_s + v["status"]["errorCode"].display(), v["status"]["failureReason"].text()), v);
    else if (v["errorCode"])
        addError(to, errorItem(u"Descope"_s, v["errorCode"].text(), v["errorDescription"].text()), v);
    else if (v["statusCode"])
        addStatus(to, v);
    return {u"error"_s, u"error_description"_s, u"error_codes"_s, u"error_uri"_s, u"Error"_s, u"message"_s, u"errorDescription"_s, u"claims"_s};
}

bool isTokenBody(const json::Value& v)
{
    return std::ranges::any_of(tokenMembers, [&](const char* name) { return v[name].isString() && !v[name].bytes().isEmpty(); });
}

QStringList takeTokenBody(Gathering& to, const json::Value& v)
{
    QStringList done;
    to.add({.kind = ItemKind::Response, .label = responseLabel(v)});
    for (const char* name : tokenMembers) {
        QByteArray value = v[name].bytes().toByteArray();
        if (value.startsWith("Bearer "))
            value = value.sliced(7);
        takeCredential(to, value, QString::fromLatin1(name), settingOf(to));
        done.append(QString::fromLatin1(name));
    }
    return done;
}

bool isAwsCredentials(const json::Value& v) { return v["SecretAccessKey"].isString() || v["secretAccessKey"].isString(); }

QStringList takeAwsCredentials(Gathering& to, const json::Value& v)
{
    const json::Value id = v["AccessKeyId"] ? v["AccessKeyId"] : v["accessKeyId"];
    if (auto known = opaqueItem(id.bytes().toByteArray()))
        to.add(std::move(*known));
    Item item = secretItem(u"AWS secret access key"_s);
    item.vendor = u"AWS"_s;
    if (v["SessionToken"] || v["sessionToken"])
        item.note = u"It belongs to a session and ends with it."_s;
    to.add(std::move(item));
    return {u"AccessKeyId"_s, u"accessKeyId"_s, u"SecretAccessKey"_s, u"secretAccessKey"_s, u"SessionToken"_s, u"sessionToken"_s};
}

/// Key Vault REST API, SecretBundle: the value, and the address of the secret it belongs to.
bool isVaultSecret(const json::Value& v)
{
    const http::UrlParts id = http::splitUrl(v["id"].bytes().toByteArray());
    return v["value"].isString() && id.path.startsWith("/secrets/") && trust::cloudOfVault(QString::fromUtf8(id.host).section(u'.', 1));
}

QStringList takeVaultSecret(Gathering& to, const json::Value& v)
{
    Item item = secretItem(u"Secret out of Azure Key Vault: %1"_s.arg(v["id"].text().section(u'/', 4, 4)));
    item.vendor = u"Azure Key Vault"_s;
    to.add(std::move(item));
    return {u"value"_s, u"id"_s};
}

bool takeNamed(Gathering& to, const QString& name, const json::Value& value)
{
    if (!value.isString() || value.bytes().isEmpty())
        return false;
    if (takeHeader(to, name.toUtf8(), value.bytes().toByteArray()))
        return true;
    const QString what = setup::secretName(name);
    if (what.isEmpty() || value.bytes().size() < 6)
        return false;
    const QByteArray text = value.bytes().toByteArray();
    if (what == "a token"_L1 || jose::beginsAsToken(text))
        takeCredential(to, text, name, settingOf(to));
    else if (auto known = opaqueItem(text))
        to.add(std::move(*known));
    else
        to.add(secretItem(u"Value of %1: %2"_s.arg(name, what)));
    return true;
}

} // namespace diagnosis
