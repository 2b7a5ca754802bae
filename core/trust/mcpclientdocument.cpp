// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpauth_p.h"

#include "core/http/message.h"
#include "core/trust/compare.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// The names are those of RFC 6749 and RFC 7591; neither specification says which one belongs to a document that cannot be used.
constexpr Answer unreachable {0, 400, "invalid_client", "The client's metadata document cannot be had: {presented}.", "", false};
constexpr Answer unusable {0, 400, "invalid_client_metadata", "The client's metadata document cannot be used: {presented}.", "", false};
constexpr Answer redirects {0, 400, "invalid_redirect_uri", "The client's metadata document names no redirect URI: {presented}.", "", false};

QString page() { return u"OAuth client id metadata document (draft), 3 and 4; MCP authorization 2026-07-28, client id metadata documents"_s; }

base::Check line(const char16_t* id, const char16_t* title, const char16_t* from)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .presentedFrom = QString::fromUtf16(from), .source = page()};
}

bool checkAddress(Sheet& sheet, const QString& clientId)
{
    base::Check check = line(u"client.document.url", u"Address of the client's document", u"client_id in the request");
    check.expected = u"an https URL with a path"_s;
    check.presented = clientId;
    check.relation = u"fetchable"_s;
    check.fix = u"Host the document at an https address with a path, and use exactly that address as client id."_s;
    const QString fault = faultOfClientDocumentId(clientId);
    if (fault.isEmpty())
        return sheet.hold(std::move(check), true, unreachable);
    sheet.refuse(std::move(check), fault, unreachable, sentence(unreachable, fault));
    return false;
}

/// Why the document cannot be read at all; empty when it can.
QString faultOfAnswer(const ClientDocument& document, const json::Value& root)
{
    if (!document.problem.isEmpty())
        return document.problem;
    if (document.status != 200)
        return u"the address answered %1"_s.arg(document.status);
    return root.isObject() ? QString() : u"it is no JSON object"_s;
}

bool checkAnswer(Sheet& sheet, const ClientDocument& document, const json::Value& root)
{
    base::Check check = line(u"client.document", u"The client's document", u"what its address answered");
    const QString fault = faultOfAnswer(document, root);
    check.expected = u"200 and a JSON object of at most 5 KB, without a redirect"_s;
    check.presented = fault.isEmpty() ? u"%1 bytes"_s.arg(document.body.size()) : fault;
    check.relation = u"read"_s;
    check.fix = u"Serve the document itself at the client id: 200, JSON, 5 KB at most."_s;
    return sheet.hold(std::move(check), fault.isEmpty(), unreachable);
}

/// Letter by letter, without any normal form: else one document could speak for another address (draft, section 4).
bool checkClientId(Sheet& sheet, const ClientDocument& document, const json::Value& root)
{
    base::Check check = line(u"client.document.client_id", u"Client id in the document", u"client_id in the document");
    check.expectedFrom = u"client_id in the request, which is the document's address"_s;
    check.fix = u"Write the document's own address into it, letter by letter."_s;
    check = compared(std::move(check), root["client_id"].text(), document.url,
        {.receiver = u"Authorization servers compare letter by letter."_s, .presenter = u"document"_s, .contract = u"address"_s});
    return sheet.add(std::move(check), unusable);
}

void checkName(Sheet& sheet, const json::Value& root)
{
    base::Check check = line(u"client.document.client_name", u"Name of the client", u"client_name in the document");
    const QString name = root["client_name"].text();
    check.expected = u"a name"_s;
    check.presented = name.isEmpty() ? u"none"_s : name;
    check.relation = u"there"_s;
    check.fix = u"Give the client a client_name: the user sees it."_s;
    sheet.hold(std::move(check), !name.isEmpty(), unusable);
}

void checkRedirects(Sheet& sheet, const json::Value& root)
{
    const json::Value list = root["redirect_uris"];
    bool texts = list.isArray() && list.size() > 0;
    for (json::Value each = list.first(); each; each = each.next())
        texts = texts && each.isString();
    base::Check check = line(u"client.document.redirect_uris", u"Redirect URIs of the client", u"redirect_uris in the document");
    check.expected = u"a list of addresses"_s;
    check.presented = list ? list.display() : u"none"_s;
    check.relation = u"named"_s;
    check.fix = u"List the addresses that codes may go to as redirect_uris."_s;
    sheet.hold(std::move(check), texts, redirects);
}

/// A document is public, so nothing in it can be a secret, and no secret can have been agreed on. Keys could stand there
/// (private_key_jwt); these authorization servers do not offer that.
void checkMethod(Sheet& sheet, const json::Value& root)
{
    const QString method = root["token_endpoint_auth_method"].text();
    base::Check check = line(u"client.document.method", u"How the client proves itself", u"token_endpoint_auth_method in the document");
    check.expected = u"none, and no client_secret"_s;
    check.presented = root["client_secret"] ? u"a client_secret"_s : method.isEmpty() ? u"none"_s : method;
    check.relation = u"PKCE alone"_s;
    check.fix = u"Write none and use PKCE. Take a secret out: everybody could read it."_s;
    sheet.hold(std::move(check), !root["client_secret"] && (method.isEmpty() || method == "none"_L1), unusable);
}

} // namespace

bool isClientDocumentId(const QString& clientId)
{
    return clientId.startsWith("https://"_L1) || clientId.startsWith("http://"_L1);
}

QString faultOfClientDocumentId(const QString& clientId)
{
    const http::UrlParts url = http::splitUrl(clientId.toUtf8());
    const bool here = http::isLoopbackHost(url.host);
    const QList<QByteArray> segments = url.path.split('/');
    if (url.host.isEmpty() || url.authority.contains('@'))
        return u"it is no address of a document"_s;
    if (url.scheme != "https" && !(url.scheme == "http" && here))
        return u"it is neither https nor on this machine"_s;
    if (url.path.isEmpty() || url.path == "/")
        return u"it has no path"_s;
    if (!url.fragment.isEmpty() || clientId.contains(u'#'))
        return u"it has a fragment"_s;
    return segments.contains(".") || segments.contains("..") ? u"it has dot segments"_s : QString();
}

std::optional<RegisteredClient> checkClientDocument(McpCase& c, const QString& clientId)
{
    if (!checkAddress(c.sheet, clientId))
        return {};
    if (!c.document) {
        c.sheet.unknown(line(u"client.document", u"The client's document", u"what its address answers"),
            u"Only the authorization server fetches it."_s);
        return {};
    }
    const json::Document text = json::Document::read(c.document->body);
    const json::Value root = text.complete() ? text.root() : json::Value();
    if (!checkAnswer(c.sheet, *c.document, root))
        return {};
    checkClientId(c.sheet, *c.document, root);
    checkName(c.sheet, root);
    checkRedirects(c.sheet, root);
    checkMethod(c.sheet, root);
    if (c.sheet.refused())
        return {};
    RegisteredClient client {.clientId = clientId, .name = root["client_name"].text().left(100), .authMethod = u"none"_s};
    for (json::Value each = root["redirect_uris"].first(); each; each = each.next())
        client.redirectUris.append(each.text());
    return client;
}

} // namespace trust
