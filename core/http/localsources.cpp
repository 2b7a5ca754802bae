// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "localsources.h"

#include "core/http/sensitive.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace http {

namespace {

using Kind = Failure::Kind;

constexpr qint64 longestToken = 16 * 1024; // what Anthropic takes at most; Entra takes less
constexpr qint64 longestKey = 4096;        // entra.md 5.3

using Reading = std::pair<QByteArray, std::optional<Failure>>;

Reading no(Kind kind, const QString& text) { return {{}, Failure {kind, text}}; }

Reading onlyTokens(const QByteArray& text, const QString& where)
{
    const QByteArray token = text.trimmed();
    if (jwtShape(token).parts == 3)
        return {token, {}};
    return no(Kind::NotAllowed,
        u"%1 holds no JSON Web Token. Only tokens are read from files and variables, so that no setup can have anything else sent."_s.arg(where));
}

bool isKeyFile(const QFileInfo& file, const QStringList& folders)
{
    if (file.suffix() != u"key" || file.isSymLink())
        return false;
    return std::ranges::any_of(folders, [&](const QString& folder) {
        return QDir::cleanPath(folder) == QDir::cleanPath(file.absolutePath());
    });
}

QString pathOf(const Request& request)
{
    QString path = QString::fromUtf8(percentDecoded(request.url.sliced(qsizetype(qstrlen("file://")))));
#ifdef Q_OS_WIN
    if (path.size() > 2 && path.startsWith(u'/') && path.at(2) == u':')
        path.remove(0, 1); // file:///C:/...
#endif
    return path;
}

Reading fromFile(const Request& request, const QStringList& keyFolders)
{
    const QString path = pathOf(request);
    const QFileInfo info(path);
    if (!info.exists())
        return no(Kind::NotFound, u"There is no file %1 on this computer. On the platform itself it is there."_s.arg(path));
    if (!info.isFile())
        return no(Kind::NotAllowed, u"%1 is no ordinary file."_s.arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return no(Kind::NotAllowed, u"%1 cannot be read: %2. Only those the platform trusts may read it."_s.arg(path, file.errorString()));
    const bool key = isKeyFile(info, keyFolders);
    const QByteArray text = file.read((key ? longestKey : longestToken) + 1);
    if (text.size() > (key ? longestKey : longestToken))
        return no(Kind::TooLong, u"%1 is longer than a token. It was not read."_s.arg(path));
    return key ? Reading {text.trimmed(), {}} : onlyTokens(text, path);
}

Reading fromVariable(const Request& request, const QStringList&)
{
    const QByteArray name = request.url.sliced(qsizetype(qstrlen("env:")));
    const QString shown = QString::fromUtf8(name);
    if (!qEnvironmentVariableIsSet(name.constData()))
        return no(Kind::NotFound, u"The variable %1 is not set in this program's environment."_s.arg(shown));
    return onlyTokens(qgetenv(name.constData()), u"The variable "_s + shown);
}

Reading fromPaste(const Request& request, const QStringList&)
{
    const QByteArray given = request.headers.value("Authorization");
    const QByteArray text = given.startsWith("Bearer ") ? given.sliced(7).trimmed() : QByteArray();
    return text.isEmpty() ? no(Kind::NotFound, u"Nothing was pasted."_s) : Reading {text, {}};
}

struct Source
{
    QByteArrayView prefix;
    Reading (*read)(const Request&, const QStringList& keyFolders);
};
constexpr std::array sources {
    Source {"file://", fromFile}, Source {"env:", fromVariable}, Source {"paste:", fromPaste}};

const Source* sourceOf(QByteArrayView url)
{
    const auto it = std::ranges::find_if(sources, [&](const Source& s) { return url.startsWith(s.prefix); });
    return it == sources.end() ? nullptr : &*it;
}

} // namespace

LocalSources::LocalSources(Transport& network)
    : m_network(network)
    , m_clock(base::systemNow)
    , m_keyFolders(arcKeyFolders())
{
}

void LocalSources::send(Request request, QObject* context, Done done)
{
    if (!isLocalSource(request.url))
        return m_network.send(std::move(request), context, std::move(done));
    Exchange exchange = readLocally(request, m_keyFolders);
    exchange.started = m_clock();
    QMetaObject::invokeMethod(
        context, [done = std::move(done), exchange = std::move(exchange)] { done(exchange); }, Qt::QueuedConnection);
}

bool isLocalSource(QByteArrayView url) { return sourceOf(url) != nullptr; }

Exchange readLocally(const Request& request, const QStringList& keyFolders)
{
    Exchange exchange {.request = request};
    const Source* source = sourceOf(request.url);
    auto [text, failure] = source ? source->read(request, keyFolders) : no(Kind::NotAllowed, u"This is nothing on this computer."_s);
    exchange.timings.finished = 0;
    exchange.failure = failure;
    if (failure)
        return exchange;
    const QByteArray type = text.startsWith('{') ? "application/json" : "text/plain; charset=utf-8";
    exchange.response = Response {.status = 200, .reason = "OK", .headers = {{"Content-Type", type}}, .body = text};
    return exchange;
}

QStringList arcKeyFolders()
{
#ifdef Q_OS_WIN
    return {qEnvironmentVariable("ProgramData") + u"/AzureConnectedMachineAgent/Tokens"_s};
#else
    return {u"/var/opt/azcmagent/tokens"_s};
#endif
}

} // namespace http
