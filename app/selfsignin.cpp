// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "selfsignin.h"

#include <QFile>
#include <QRegularExpression>
#include <QUrl>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostPages = 12; // sign-in, consent and the redirects between them, with room

QString attribute(const QString& tag, const QString& name)
{
    const QRegularExpression pattern(u"\\b%1\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))"_s.arg(name), QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(tag);
    QString value = match.captured(1) + match.captured(2) + match.captured(3);
    return value.replace(u"&lt;"_s, u"<"_s).replace(u"&gt;"_s, u">"_s).replace(u"&quot;"_s, u"\""_s).replace(u"&#39;"_s, u"'"_s).replace(u"&amp;"_s, u"&"_s);
}

json::Value named(const json::Value& list, const QString& name)
{
    for (json::Value v = list.first(); v; v = v.next())
        if (v["name"].text() == name)
            return v;
    return {};
}

/// The form with that id: its opening tag and its content.
std::optional<QPair<QString, QString>> formWithId(const QString& html, const QString& id)
{
    static const QRegularExpression pattern(u"<form\\b[^>]*>"_s, QRegularExpression::CaseInsensitiveOption);
    auto it = pattern.globalMatch(html);
    while (it.hasNext()) {
        const auto match = it.next();
        if (attribute(match.captured(), u"id"_s) != id)
            continue;
        const qsizetype end = html.indexOf(u"</form>"_s, match.capturedEnd(), Qt::CaseInsensitive);
        return QPair(match.captured(), html.mid(match.capturedEnd(), end - match.capturedEnd()));
    }
    return std::nullopt;
}

http::Form hiddenInputs(const QString& form)
{
    static const QRegularExpression pattern(u"<input\\b[^>]*>"_s, QRegularExpression::CaseInsensitiveOption);
    http::Form fields;
    auto it = pattern.globalMatch(form);
    while (it.hasNext()) {
        const QString tag = it.next().captured();
        if (attribute(tag, u"type"_s).compare(u"hidden"_s, Qt::CaseInsensitive) == 0)
            fields.append({attribute(tag, u"name"_s).toUtf8(), attribute(tag, u"value"_s).toUtf8()});
    }
    return fields;
}

QByteArray resolved(const QByteArray& base, const QByteArray& reference)
{
    return QUrl(QString::fromUtf8(base)).resolved(QUrl(QString::fromUtf8(reference))).toEncoded();
}

} // namespace

SelfSignIn::SelfSignIn(json::Document manifest, QString user, http::Transport& transport)
    : m_manifest(std::move(manifest))
    , m_user(std::move(user))
    , m_transport(transport)
{
}

base::Result<std::unique_ptr<SelfSignIn>> SelfSignIn::fromManifest(const QString& manifestPath, const QString& user, http::Transport& transport)
{
    QFile file(manifestPath);
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(u"manifest-unreadable"_s, u"The lab's manifest cannot be read."_s, manifestPath);
    auto manifest = json::Document::parse(file.readAll());
    if (!manifest)
        return tl::unexpected(manifest.error());
    if (!named(manifest->root()["users"], user)) {
        QStringList known;
        for (json::Value u = manifest->root()["users"].first(); u; u = u.next())
            known.append(u["name"].text());
        return base::fail(u"sign-in-user"_s, u"The lab has no user %1. It has %2."_s.arg(user, known.join(u", "_s)), u"--sign-in"_s);
    }
    return std::unique_ptr<SelfSignIn>(new SelfSignIn(std::move(*manifest), user, transport));
}

void SelfSignIn::open(const QByteArray& url)
{
    m_pages = 0;
    m_cookies.clear();
    get(url);
}

http::Request SelfSignIn::withCookies(http::Request request) const
{
    QByteArrayList pairs;
    for (auto it = m_cookies.cbegin(); it != m_cookies.cend(); ++it)
        pairs.append(it.key() + '=' + it.value());
    if (!pairs.isEmpty())
        request.headers.set("Cookie", pairs.join("; "));
    return request;
}

void SelfSignIn::get(const QByteArray& url)
{
    m_transport.send(withCookies({.method = "GET", .url = url}), this, [this, url](http::Exchange e) { take(url, e); });
}

void SelfSignIn::take(const QByteArray& from, const http::Exchange& exchange)
{
    if (!exchange.response)
        return emit failed(exchange.failure ? exchange.failure->text : u"No answer."_s);
    if (++m_pages > mostPages)
        return emit failed(u"The sign-in pages go in a circle."_s);
    for (const http::Header& header : exchange.response->headers)
        if (header.name.toLower() == "set-cookie") {
            const QByteArray pair = header.value.split(';').front();
            m_cookies.insert(pair.left(pair.indexOf('=')).trimmed(), pair.mid(pair.indexOf('=') + 1).trimmed());
        }
    const int status = exchange.response->status;
    if (status >= 300 && status < 400)
        return get(resolved(from, exchange.response->headers.value("Location")));
    if (http::splitUrl(from).scheme == "http")
        return; // the redirect listener's own page, the lab's are https: done
    submit(from, QString::fromUtf8(exchange.response->body));
}

void SelfSignIn::submit(const QByteArray& from, const QString& html)
{
    const json::Value user = named(m_manifest.root()["users"], m_user);
    for (json::Value page = m_manifest.root()["signIn"]["pages"].first(); page; page = page.next()) {
        const auto form = formWithId(html, page["formId"].text());
        if (!form)
            continue;
        http::Form fields = hiddenInputs(form->second);
        for (json::Value field = page["fields"].first(); field; field = field.next())
            fields.append({field["name"].bytes().toByteArray(), user[field["value"].bytes()].bytes().toByteArray()});
        fields.append({page["submit"]["name"].bytes().toByteArray(), page["submit"]["value"].bytes().toByteArray()});
        const QByteArray action = attribute(form->first, u"action"_s).toUtf8();
        http::Request request {.method = "POST", .url = action.isEmpty() ? from : resolved(from, action), .body = http::encodeForm(fields)};
        request.headers.set("Content-Type", "application/x-www-form-urlencoded");
        const QByteArray url = request.url;
        m_transport.send(withCookies(std::move(request)), this, [this, url](http::Exchange e) { take(url, e); });
        return;
    }
    static const QRegularExpression title(u"<title>([^<]*)</title>"_s, QRegularExpression::CaseInsensitiveOption);
    emit failed(u"The sign-in stopped at the page \"%1\"."_s.arg(title.match(html).captured(1)));
}

} // namespace app
