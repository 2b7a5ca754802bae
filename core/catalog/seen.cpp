// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recognise.h"

#include "core/entra/parties.h"
#include "core/http/site.h"

#include <QRegularExpression>

namespace catalog {

using namespace Qt::StringLiterals;
using flow::Party;
using flow::PartyKind;

namespace {

QByteArray trimmedPath(QByteArray path)
{
    path = http::percentDecoded(path).toLower();
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

/// The texts of a JSON body, so that one table reads form and JSON alike.
http::Form membersOf(const json::Document& body)
{
    http::Form form;
    for (json::Value v = body.root().first(); v; v = v.next())
        form.append({v.key().toByteArray(), v.isString() ? v.bytes().toByteArray() : v.raw().toByteArray()});
    return form;
}

bool isTenantPath(const QByteArray& path)
{
    static const QRegularExpression tenant(u"^/[^/]+/(oauth2|v2\\.0|discovery|saml2)(/|$)"_s);
    return tenant.match(QString::fromUtf8(path)).hasMatch();
}

} // namespace

Seen::Seen(const http::Exchange& given)
    : exchange(given)
    , url(http::splitUrl(given.request.url))
    , path(trimmedPath(url.path))
    , query(http::parseForm(url.query))
    , status(given.response ? given.response->status : 0)
{
    const QByteArray type = given.request.headers.value("Content-Type").toLower();
    const bool isJson = type.contains("json") || given.request.body.trimmed().startsWith('{');
    if (isJson) {
        json = json::Document::read(given.request.body);
        form = membersOf(json);
    } else if (given.request.method == "POST") {
        form = http::parseForm(given.request.body);
    }
}

QByteArray Seen::bearer() const
{
    const QByteArray value = exchange.request.headers.value("Authorization");
    if (value.first(std::min<qsizetype>(7, value.size())).toLower() != "bearer ")
        return {};
    const QByteArray token = value.sliced(7).trimmed();
    const qsizetype colon = token.indexOf(':'); // Descope: "<project>:<token>"
    return colon > 0 && token.sliced(colon + 1).startsWith("eyJ") ? token.sliced(colon + 1) : token;
}

/// Claude Platform: API keys begin so; tokens that are handed out begin with sk-ant-oat.
QByteArray Seen::staticKey() const
{
    for (const QByteArray& text : {bearer(), exchange.request.headers.value("x-api-key")})
        if (text.startsWith("sk-ant-api"))
            return text;
    return {};
}

Party Memory::client(const QByteArray& clientId) const
{
    const QString id = QString::fromUtf8(clientId);
    if (setup)
        if (const setup::App* app = setup->appByClientId(id))
            return entra::party(*app);
    if (id.isEmpty())
        return {PartyKind::App, u"client"_s, u"Client"_s};
    return {kinds.value(clientId, PartyKind::App), id, id};
}

Party Memory::issuer(const Seen& seen) const
{
    return isTenantPath(seen.path) ? entra::entraParty() : Party {PartyKind::Issuer, QString::fromUtf8(http::serverOf(seen.url)), QString::fromUtf8(http::serverOf(seen.url))};
}

Party Memory::host(const Seen& seen) const
{
    const QString name = QString::fromUtf8(http::serverOf(seen.url));
    if (setup)
        for (const setup::Target& target : setup->targets)
            if (http::serverOf(target.url.toUtf8()) == http::serverOf(seen.url))
                return {PartyKind::Downstream, target.name, target.displayName.isEmpty() ? target.name : target.displayName};
    return {PartyKind::Downstream, name, name};
}

} // namespace catalog
