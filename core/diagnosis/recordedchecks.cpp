// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recordedchecks.h"

#include "core/catalog/reconstruction.h"
#include "core/trust/clouds.h"

#include <QSet>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Outcome;

/// One demand of a client on an answer, held by what the same file says elsewhere.
base::Check demand(bool holds, const char16_t* id, const char16_t* title, const QString& expected, const QString& presented, const char16_t* from, const char16_t* source)
{
    return {.id = QString::fromUtf16(id), .group = u"What a client has to demand"_s, .title = QString::fromUtf16(title), .expected = expected,
        .presented = presented.isEmpty() ? u"nothing"_s : presented, .outcome = holds ? Outcome::Pass : Outcome::Fail, .relation = holds ? u"equal"_s : QString(),
        .presentedFrom = QString::fromUtf16(from), .source = QString::fromUtf16(source)};
}

base::Check demand(const char16_t* id, const char16_t* title, const QString& expected, const QString& presented, const char16_t* from, const char16_t* source)
{
    return demand(expected == presented, id, title, expected, presented, from, source);
}

QString text(const http::Form& form, QByteArrayView name) { return QString::fromUtf8(form.value(name)); }

/// The issuer whose metadata stands at an address (RFC 8414 section 3.1; OpenID Connect Discovery 4.1); empty for other addresses.
/// The two forms with a path differ in where they put it.
QString issuerOfAddress(const http::UrlParts& url)
{
    static constexpr QByteArrayView marks[] = {"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"};
    for (const QByteArrayView mark : marks) {
        const qsizetype at = url.path.indexOf(mark);
        if (at >= 0)
            return QString::fromUtf8(url.origin() + url.path.first(at) + url.path.sliced(at + mark.size()));
    }
    return {};
}

/// What the file has told so far.
struct Known
{
    QList<http::Form> authorize {};          ///< requests of sign-ins
    QHash<QByteArray, qsizetype> codes {};   ///< code -> which of them it answers
    QHash<QString, QString> issuers {};      ///< of metadata, by authorization endpoint
    QString endpoint {};                     ///< of the last sign-in
    QSet<QByteArray> mcpOrigins {};          ///< that were asked in the words of MCP
    QHash<QString, QString> mcpResources {}; ///< by the issuers they name
};

/// MCP is JSON-RPC over HTTP, with a header of its own from the second request on.
void noteMcp(const http::Request& request, Known& known)
{
    if (request.headers.has("MCP-Protocol-Version") || request.body.contains("\"jsonrpc\""))
        known.mcpOrigins.insert(http::splitUrl(request.url).origin());
}

void noteResource(const flow::StepRecord& record, Known& known)
{
    if (!record.exchange.request.url.contains("/.well-known/oauth-protected-resource") || !record.exchange.response || record.exchange.response->status != 200)
        return;
    const json::Document body = json::Document::read(record.exchange.response->body);
    const QString resource = body.root()["resource"].text();
    if (known.mcpOrigins.contains(http::splitUrl(resource.toUtf8()).origin()))
        for (json::Value each = body.root()["authorization_servers"].first(); each; each = each.next())
            known.mcpResources.insert(each.text(), resource);
}

/// MCP wants the server named in each sign-in; other users of protected resource metadata may leave it out. A client may name
/// more than the metadata does (a path below it), never another place. Entra is asked by scope (AADSTS901002).
void checkResource(flow::StepRecord& record, const Known& known, const QString& sent)
{
    QString named = known.mcpResources.value(known.issuers.value(known.endpoint));
    if (named.isEmpty() || trust::cloudOfHost(QUrl(known.endpoint).host()))
        return;
    if (named.endsWith(u'/'))
        named.chop(1);
    const bool holds = sent == named || sent.startsWith(named + u'/');
    record.checks.append(demand(holds, u"mcp.resource", u"Resource that the sign-in names", named, sent.isEmpty() ? u"nowhere"_s : sent,
        u"parameter resource of the request", u"MCP authorization 2026-07-28; RFC 8707, 2"));
}

void checkMetadata(flow::StepRecord& record, Known& known)
{
    const http::UrlParts url = http::splitUrl(record.exchange.request.url);
    const QString named = issuerOfAddress(url);
    if (named.isEmpty() || !record.exchange.response || record.exchange.response->status != 200)
        return;
    const json::Document body = json::Document::read(record.exchange.response->body);
    const QString issuer = body.root()["issuer"].text();
    if (issuer.isEmpty())
        return;
    known.issuers.insert(body.root()["authorization_endpoint"].text(), issuer);
    // Entra answers for names and for common with a tenant's id, and says so.
    if (!trust::cloudOfHost(QString::fromUtf8(url.host)))
        record.checks.append(demand(u"issuer", u"Issuer of the metadata", named, issuer, u"member issuer of the metadata", u"RFC 8414, 3.3; OpenID Connect Discovery, 4.3"));
}

void checkAnswer(flow::StepRecord& record, Known& known)
{
    const http::UrlParts url = http::splitUrl(record.exchange.request.url);
    http::Form asked = record.exchange.request.method == "POST" ? http::parseForm(record.exchange.request.body) : http::parseForm(url.query);
    if (!asked.has("response_type") || !record.exchange.response)
        return;
    const http::UrlParts back = http::splitUrl(record.exchange.response->headers.value("Location"));
    http::Form answer = http::parseForm(back.query);
    for (const http::Parameter& each : http::parseForm(back.fragment))
        answer.append(each);
    const bool isHeld = std::ranges::any_of(record.checks, [](const base::Check& check) { return check.id == u"state"; });
    if (!isHeld && asked.has("state") && (answer.has("code") || answer.has("error")))
        record.checks.append(demand(u"state", u"State", text(asked, "state"), text(answer, "state"), u"parameter state of the answer", u"RFC 6749, 10.12"));
    known.endpoint = QString::fromUtf8(url.origin() + url.path);
    if (const QString issuer = known.issuers.value(known.endpoint); answer.has("iss") && !issuer.isEmpty())
        record.checks.append(demand(u"iss", u"Issuer of the answer", issuer, text(answer, "iss"), u"parameter iss of the answer", u"RFC 9207, 2.4"));
    checkResource(record, known, text(asked, "resource"));
    if (answer.has("code"))
        known.codes.insert(answer.value("code"), known.authorize.size());
    known.authorize.append(std::move(asked));
}

/// The sign-in whose code is redeemed: the one that was answered with it, else the client's only one. Others are not guessed.
const http::Form* signInOf(const http::Form& redeemed, const Known& known)
{
    if (const auto at = known.codes.constFind(redeemed.value("code")); at != known.codes.cend())
        return &known.authorize[*at];
    const auto isClients = [&](const http::Form& each) { return each.value("client_id") == redeemed.value("client_id"); };
    const auto only = std::ranges::find_if(known.authorize, isClients);
    return std::ranges::count_if(known.authorize, isClients) == 1 ? &*only : nullptr;
}

/// Of a code that was redeemed: a later id token need not repeat the nonce (OpenID Connect Core, 12.2).
void checkIdToken(flow::StepRecord& record, const Known& known)
{
    const auto token = std::ranges::find(record.tokens, flow::TokenUse::Id, &flow::Token::use);
    const http::Form redeemed = http::parseForm(record.exchange.request.body);
    const http::Form* asked = redeemed.has("code") ? signInOf(redeemed, known) : nullptr;
    if (token == record.tokens.end() || !token->jwt.isJwt() || !asked)
        return;
    const QString client = text(*asked, "client_id"), nonce = text(*asked, "nonce");
    if (client.isEmpty() || text(redeemed, "client_id") != client)
        return;
    const json::Value aud = token->jwt.claim("aud");
    if (aud.isString())
        record.checks.append(demand(u"aud", u"Audience of the id token", client, aud.text(), u"claim aud of the id token", u"OpenID Connect Core, 3.1.3.7"));
    // Entra and others leave it out where none was sent.
    if (!nonce.isEmpty())
        record.checks.append(demand(u"nonce", u"Nonce in the id token", nonce, token->jwt.text("nonce"), u"claim nonce of the id token", u"OpenID Connect Core, 3.1.3.7"));
}

} // namespace

void checkRecorded(flow::Run& run)
{
    Known known;
    for (flow::StepRecord& record : run.records) {
        noteMcp(record.exchange.request, known);
        noteResource(record, known);
        checkMetadata(record, known);
        checkAnswer(record, known);
        checkIdToken(record, known);
    }
}

} // namespace diagnosis
