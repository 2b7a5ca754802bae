// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTestEventLoop>

using namespace Qt::StringLiterals;

LabFixture::LabFixture(lab::Options options)
    : m_options(std::move(options))
{
}

LabFixture::~LabFixture() = default;

bool LabFixture::start()
{
    const auto base = lab::baseSetup();
    if (!base) {
        problem = base.error().text;
        return false;
    }
    m_options.manifest = QString(m_folder.path() + u"/lab-manifest.json"_s);
    return waitForLab(*base);
}

bool LabFixture::play(const setup::Setup& setup) { return waitForLab(setup); }

bool LabFixture::waitForLab(const setup::Setup& setup)
{
    QSignalSpy ready(&m_lab, &lab::Lab::ready);
    bool over = false;
    const auto failed = QObject::connect(&m_lab, &lab::Lab::failed, &m_lab, [&](const base::Error& error) {
        problem = QString(error.code + u": "_s + error.text + u' ' + error.where);
        over = true;
    });
    m_lab.start(setup, m_options);
    const bool came = QTest::qWaitFor([&] { return over || !ready.isEmpty(); }, 60000);
    QObject::disconnect(failed);
    if (!came || ready.isEmpty())
        return false;
    m_transport.setExtraAuthorities(m_lab.authorities());
    QFile file(m_lab.manifestPath());
    m_manifest
        = file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    return true;
}

QJsonObject LabFixture::entry(const QString& collection, const QString& name) const
{
    for (const QJsonValue& each : m_manifest[collection].toArray()) {
        if (each[u"name"_s].toString() == name)
            return each.toObject();
    }
    return {};
}

QString LabFixture::url(const QString& endpoint) const
{
    return entry(u"endpoints"_s, endpoint)[u"url"_s].toString();
}

QString LabFixture::authority() const
{
    return QString(url(u"entra"_s) + u'/' + m_manifest[u"tenant"_s][u"id"_s].toString());
}

QByteArray LabFixture::clientId(const QString& app) const
{
    return entry(u"apps"_s, app)[u"clientId"_s].toString().toUtf8();
}

QJsonObject LabFixture::credential(const QString& app, const QString& type) const
{
    for (const QJsonValue& each : entry(u"apps"_s, app)[u"credentials"_s].toArray()) {
        if (each[u"type"_s].toString() == type)
            return each.toObject();
    }
    return {};
}

QByteArray LabFixture::secret(const QString& app) const
{
    return credential(app, u"secret"_s)[u"value"_s].toString().toUtf8();
}

QByteArray LabFixture::scope(const QString& app, const QString& name) const
{
    const QString uri = entry(u"apps"_s, app)[u"identifierUris"_s].toArray().first().toString();
    return QString(uri + u'/' + name).toUtf8();
}

jose::Key LabFixture::keyIn(const QString& file) const
{
    QFile pem(QString(QFileInfo(m_lab.manifestPath()).path() + u'/' + file));
    return pem.open(QIODevice::ReadOnly) ? jose::Key::fromPem(pem.readAll()).value_or(jose::Key())
                                         : jose::Key();
}

http::Response LabFixture::send(http::Request request)
{
    std::optional<http::Exchange> done;
    QTestEventLoop loop; // qWaitFor sleeps between looks, which adds up
    QObject context;
    m_transport.send(std::move(request), &context, [&](http::Exchange exchange) {
        done = std::move(exchange);
        loop.exitLoop();
    });
    if (!done)
        loop.enterLoopMSecs(20000);
    if (!done)
        return {};
    problem = done->failure ? done->failure->text : QString();
    return done->response.value_or(http::Response {});
}

http::Response LabFixture::get(const QString& url, const http::Headers& headers)
{
    return send({.url = url.toUtf8(), .headers = headers});
}

http::Response LabFixture::post(const QString& url, const http::Form& form, const http::Headers& headers)
{
    http::Headers all = headers;
    all.append(http::Header {"Content-Type", "application/x-www-form-urlencoded"});
    return send({.method = "POST", .url = url.toUtf8(), .headers = all, .body = http::encodeForm(form)});
}

http::Response LabFixture::postJson(const QString& url, const QByteArray& json, const http::Headers& headers)
{
    http::Headers all = headers;
    all.append(http::Header {"Content-Type", "application/json"});
    return send({.method = "POST", .url = url.toUtf8(), .headers = all, .body = json});
}

http::Response LabFixture::token(const http::Form& form, const http::Headers& headers)
{
    return post(QString(authority() + u"/oauth2/v2.0/token"_s), form, headers);
}

http::Response LabFixture::appToken(const QString& app, const QByteArray& scope)
{
    return token({{"grant_type", "client_credentials"}, {"client_id", clientId(app)},
        {"client_secret", secret(app)}, {"scope", scope}});
}

QByteArray LabFixture::identityToken(const QByteArray& resource, const QByteArray& selector)
{
    const QByteArray query = "api-version=2018-02-01&resource=" + http::percentEncoded(resource)
        + (selector.isEmpty() ? "" : "&") + selector;
    const auto reply
        = get(QString(url(u"imds"_s) + u"/metadata/identity/oauth2/token?"_s + QString::fromLatin1(query)),
            http::Headers {http::Header {"Metadata", "true"}});
    return member(reply, "access_token");
}

QByteArray LabFixture::exchangeToken(const QString& blueprint, const QString& agent)
{
    return member(token({{"grant_type", "client_credentials"}, {"client_id", clientId(blueprint)},
                      {"client_secret", secret(blueprint)}, {"scope", "api://AzureADTokenExchange/.default"},
                      {"fmi_path", clientId(agent)}}),
        "access_token");
}

http::Response LabFixture::agentToken(
    const QByteArray& exchangeToken, const QByteArray& scope, const QString& agent)
{
    return token({{"grant_type", "client_credentials"}, {"client_id", clientId(agent)}, {"scope", scope},
        {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
        {"client_assertion", exchangeToken}});
}

http::Form LabFixture::authorizeRequest(const QByteArray& scope) const
{
    return {{"client_id", clientId(u"public-client"_s)}, {"response_type", "code"},
        {"redirect_uri", redirectUri}, {"scope", scope}, {"state", "st&=<a> \"'"}, {"nonce", "n-77ab"},
        {"code_challenge", challenge}, {"code_challenge_method", "S256"}};
}

QString LabFixture::authorizeUrl(const http::Form& request) const
{
    return QString(
        authority() + u"/oauth2/v2.0/authorize?"_s + QString::fromLatin1(http::encodeForm(request)));
}

http::Form LabFixture::signIn(const http::Form& request, const QString& user)
{
    http::Response page = get(authorizeUrl(request));
    const QJsonObject person = entry(u"users"_s, user);
    for (const QJsonValue& step : m_manifest[u"signIn"_s][u"pages"_s].toArray()) {
        const HtmlForm form = formOf(page);
        if (form.id != step[u"formId"_s].toString().toUtf8())
            continue;
        http::Form filled = form.hidden;
        for (const QJsonValue& field : step[u"fields"_s].toArray())
            filled.append({field[u"name"_s].toString().toUtf8(),
                person[field[u"value"_s].toString()].toString().toUtf8()});
        filled.append({step[u"submit"_s][u"name"_s].toString().toUtf8(),
            step[u"submit"_s][u"value"_s].toString().toUtf8()});
        page = post(QString(url(u"entra"_s) + QString::fromUtf8(form.action)), filled);
    }
    return parametersOf(page);
}

http::Response LabFixture::userToken(const QByteArray& scope)
{
    const http::Form answer = signIn(authorizeRequest(scope));
    return token({{"grant_type", "authorization_code"}, {"client_id", clientId(u"public-client"_s)},
        {"code", answer.value("code")}, {"redirect_uri", redirectUri}, {"code_verifier", verifier}});
}

QJsonObject jsonOf(const http::Response& response) { return QJsonDocument::fromJson(response.body).object(); }

QString errorOf(const http::Response& response)
{
    const QJsonObject body = jsonOf(response);
    return QString(body[u"error"_s].toString() + u' '
        + QString::number(body[u"error_codes"_s].toArray().first().toInt()));
}

QByteArray member(const http::Response& response, const char* name)
{
    return jsonOf(response)[QLatin1StringView(name)].toVariant().toString().toUtf8();
}

QJsonObject claimsOf(const QByteArray& token)
{
    return QJsonDocument::fromJson(jose::decode(token).payload.source()).object();
}

http::Form parametersOf(const http::Response& redirect)
{
    const QByteArray location = redirect.headers.value("Location");
    if (location.isEmpty())
        return formOf(redirect).hidden;
    const http::UrlParts parts = http::splitUrl(location);
    return http::parseForm(parts.fragment.isEmpty() ? parts.query : parts.fragment);
}

namespace {

QByteArray unescaped(QString text)
{
    return text.replace(u"&lt;"_s, u"<"_s)
        .replace(u"&gt;"_s, u">"_s)
        .replace(u"&quot;"_s, u"\""_s)
        .replace(u"&#39;"_s, u"'"_s)
        .replace(u"&#10;"_s, u"\n"_s)
        .replace(u"&#13;"_s, u"\r"_s)
        .replace(u"&#9;"_s, u"\t"_s)
        .replace(u"&amp;"_s, u"&"_s)
        .toUtf8();
}

QByteArray attribute(const QString& tag, const QString& name)
{
    const auto found = QRegularExpression(QString(u" "_s + name + u"=\"([^\"]*)\""_s)).match(tag);
    return found.hasMatch() ? unescaped(found.captured(1)) : QByteArray();
}

} // namespace

HtmlForm formOf(const http::Response& page)
{
    HtmlForm out;
    out.html = page.body;
    const QString html = QString::fromUtf8(page.body);
    static const QRegularExpression titleTag(u"<title>(.*?)</title>"_s), formTag(u"<form[^>]*>"_s),
        inputTag(u"<input[^>]*>"_s);
    out.title = titleTag.match(html).captured(1);
    const QString form = formTag.match(html).captured();
    out.id = attribute(form, u"id"_s);
    out.action = attribute(form, u"action"_s);
    for (auto it = inputTag.globalMatch(html); it.hasNext();) {
        const QString tag = it.next().captured();
        if (attribute(tag, u"type"_s) == "hidden")
            out.hidden.append({attribute(tag, u"name"_s), attribute(tag, u"value"_s)});
        else
            out.visible.append(attribute(tag, u"name"_s));
    }
    return out;
}
