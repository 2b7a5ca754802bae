// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/diagnosis/intakerequest_p.h"
#include "core/http/message.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Parameters that hold a token, and what they hold it for.
constexpr std::array tokenParameters {"access_token", "id_token", "refresh_token", "assertion", "client_assertion", "subject_token", "actor_token",
    "WebIdentityToken", "id_token_hint"};

http::Form parametersOf(const QByteArray& url)
{
    const http::UrlParts parts = http::splitUrl(url);
    http::Form form = http::parseForm(parts.query);
    for (const http::Parameter& each : http::parseForm(parts.fragment))
        form.append(each);
    return form;
}

bool isCallback(const http::Form& form)
{
    return !form.has("response_type") && !form.has("grant_type")
        && (form.has("code") || form.has("error") || form.has("access_token") || form.has("id_token"));
}

Item callbackItem(const http::Form& form)
{
    Item item {.kind = ItemKind::Url, .label = u"Callback of an authorization request"_s};
    if (form.has("code")) {
        item.label = u"Callback with an authorization code"_s;
        item.note = u"The code is good once and for minutes, and only with the client's verifier. It is not shown."_s;
    } else if (form.has("error")) {
        item.label = u"Callback with an error"_s;
    } else {
        item.label = u"Callback with tokens in the address"_s;
        item.wrong = {u"Tokens in an address end in histories and logs (implicit grant)."_s};
        item.fix = u"Use the code grant with PKCE."_s;
    }
    if (!form.has("state"))
        item.wrong.append(u"It carries no state, so it cannot be told whose request it answers."_s);
    return item;
}

void takeCredentials(Gathering& to, const http::Form& form, Setting setting)
{
    for (const char* name : tokenParameters)
        takeCredential(to, form.value(name), QString::fromLatin1(name), setting);
    if (auto mixedUp = opaqueItem(form.value("client_id")); mixedUp && mixedUp->kind == ItemKind::Secret)
        to.add(std::move(*mixedUp));
    if (form.has("client_secret"))
        to.add(secretItem(u"Client secret of %1"_s.arg(QString::fromUtf8(form.value("client_id")))));
    if (form.has("password"))
        to.add(secretItem(u"A user's password (grant password)"_s));
}

void takeErrorOf(Gathering& to, const http::Form& form)
{
    if (!form.has("error"))
        return;
    const QString said = QString::fromUtf8(form.value("error_description"));
    auto errors = errorsIn(said);
    if (errors.isEmpty())
        to.add(errorItem({}, QString::fromUtf8(form.value("error")), said));
    for (auto& [found, item] : errors)
        to.add(std::move(item));
}

/// Microsoft's own page about an error code: "/error?code=700213".
bool takeErrorAddress(Gathering& to, const http::UrlParts& parts, const http::Form& form)
{
    const QString code = QString::fromUtf8(form.value("code"));
    if (!parts.path.endsWith("/error") || !errorEntry(code))
        return false;
    to.add(errorItem(u"Microsoft Entra"_s, errorEntry(code)->code, {}));
    return true;
}

/// Words of a shell command line, quotes and continued lines taken away.
QList<QByteArray> shellWords(const QByteArray& text)
{
    QList<QByteArray> out;
    QByteArray word;
    char quote = 0;
    bool open = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && quote != '\'' && i + 1 < text.size()) {
            const char next = text[++i];
            if (next != '\n' && next != '\r') {
                word += next;
                open = true;
            }
        } else if (quote ? c == quote : c == '"' || c == '\'') {
            quote = quote ? 0 : c;
            open = true;
        } else if (!quote && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            if (open)
                out.append(word);
            word.clear();
            open = false;
        } else {
            word += c;
            open = true;
        }
    }
    if (open)
        out.append(word);
    return out;
}

struct CurlCall
{
    QByteArray url {};
    QList<QByteArray> headers {};
    QByteArray body {};
};

void takeOption(CurlCall& call, const QByteArray& option, const QByteArray& value)
{
    if (option == "-H" || option == "--header")
        call.headers.append(value);
    else if (option == "-d" || option.startsWith("--data"))
        call.body += (call.body.isEmpty() ? "" : "&") + (value.startsWith("=") ? value.sliced(1) : value);
    else if (option == "--url")
        call.url = value;
    else if (option == "-u" || option == "--user")
        call.headers.append("Authorization: Basic " + value.toBase64());
    else if (option == "-b" || option == "--cookie")
        call.headers.append("Cookie: " + value);
    else if (option == "--oauth2-bearer")
        call.headers.append("Authorization: Bearer " + value);
}

CurlCall curlCall(const QList<QByteArray>& words)
{
    static const QList<QByteArray> bare {"-s", "-S", "-v", "-i", "-k", "-L", "-f", "-G", "-sS", "-sSL", "--silent", "--verbose", "--include", "--insecure",
        "--location", "--compressed", "--fail", "--get", "--http1.1", "--http2"};
    CurlCall call;
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QByteArray& word = words[i];
        if (!word.startsWith('-'))
            call.url = call.url.isEmpty() ? word : call.url;
        else if (word.startsWith("--") && word.contains('='))
            takeOption(call, word.left(word.indexOf('=')), word.sliced(word.indexOf('=') + 1));
        else if (word.size() > 2 && word[1] != '-' && QByteArrayView("HdubX").contains(word[1]))
            takeOption(call, word.left(2), word.sliced(2));
        else if (!bare.contains(word) && i + 1 < words.size())
            takeOption(call, word, words[++i]);
    }
    return call;
}

} // namespace

bool isTelling(const QByteArray& url)
{
    const http::UrlParts parts = http::splitUrl(url);
    return isOAuth(parametersOf(url)) || parts.host == "169.254.169.254" || parts.path.endsWith("/authorize");
}

void takeUrl(Gathering& to, const QByteArray& url, bool alone)
{
    const http::UrlParts parts = http::splitUrl(url);
    const http::Form form = parametersOf(url);
    if (takeErrorAddress(to, parts, form))
        return;
    if (alone || isTelling(url))
        to.add(isCallback(form) ? callbackItem(form) : requestItem(url, form));
    takeErrorOf(to, form);
    takeCredentials(to, form, Setting::Address);
    if (form.has("sig") && form.has("se"))
        to.add(secretItem(u"A shared access signature in an address"_s));
}

bool takeForm(Gathering& to, const QByteArray& text)
{
    const QByteArray bare = text.startsWith('?') || text.startsWith('#') ? text.sliced(1) : text;
    if (!bare.contains('='))
        return false;
    const http::Form form = http::parseForm(bare);
    for (const char* name : {"SAMLResponse", "SAMLRequest"})
        if (form.has(name) && takeSaml(to, form.value(name)))
            return true;
    if (!isOAuth(form))
        return false;
    to.add(isCallback(form) ? callbackItem(form) : requestItem({}, form));
    takeErrorOf(to, form);
    takeCredentials(to, form, Setting::Request);
    return true;
}

bool takeCurl(Gathering& to, const QByteArray& text)
{
    const QList<QByteArray> words = shellWords(text.startsWith("$ ") ? text.sliced(2) : text);
    if (words.size() < 2 || words.first() != "curl")
        return false;
    const CurlCall call = curlCall(words);
    http::Form form = parametersOf(call.url);
    for (const http::Parameter& each : http::parseForm(call.body.startsWith('{') ? QByteArray() : call.body))
        form.append(each);
    Item item = requestItem(call.url, form);
    item.label = u"curl: "_s + item.label;
    http::Headers headers;
    for (const QByteArray& header : call.headers)
        if (const qsizetype colon = header.indexOf(':'); colon > 0)
            headers.append({header.left(colon).trimmed(), header.sliced(colon + 1).trimmed()});
    noteCall(item, call.url, headers, call.body);
    to.add(std::move(item));
    for (const http::Header& header : std::as_const(headers))
        takeHeader(to, header.name, header.value);
    if (call.body.startsWith('{'))
        takeJson(to, call.body);
    else
        takeCredentials(to, form, Setting::Request);
    return true;
}

} // namespace diagnosis
