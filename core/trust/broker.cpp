// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "broker_p.h"

#include "core/base/jsontexts.h"
#include "core/trust/assertion_p.h"
#include "core/trust/compare.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// The broker's codes on denial are unconfirmed (downstream.md section 11): these are the lab's own.
constexpr Answer unauthorised {.status = 401, .error = "lab_unauthorized", .text = "The token is not accepted.", .confirmed = false};
constexpr Answer forbidden {.status = 403, .error = "lab_forbidden", .text = "The token does not allow this.", .confirmed = false};
constexpr Answer unknownConnection {.status = 404, .error = "lab_not_found", .text = "There is no such connection for this user.", .confirmed = false};

constexpr auto fetchScope = "outbound.token.fetch"_L1;

const QString& page()
{
    static const QString text = u"Descope docs: Fetching connection tokens"_s;
    return text;
}

struct ConnectionCase
{
    const setup::Setup& setup;
    const setup::Target& broker;
    const json::Value& body;
    const Knowledge& knowledge;
    base::Instant now;
    Sheet& sheet;
    ConnectionDecision& decision;
};

/// "Bearer <project>:<token or key>": the second half, when the first one is the broker's project. Empty: nothing was shown, and
/// that is said.
QByteArray credentialIn(ConnectionCase& c, const http::Headers& headers)
{
    const QByteArray value = headers.value("Authorization");
    const QByteArray both = value.left(7).toLower() == "bearer " ? value.sliced(7) : QByteArray();
    const qsizetype colon = both.indexOf(':');
    base::Check check {.id = u"project"_s, .title = u"Project"_s, .fix = u"Send Bearer, the project's id, a colon and the token."_s,
                       .presentedFrom = u"header Authorization, before the colon"_s, .expectedFrom = u"the broker's project"_s, .source = page()};
    const bool holds = c.sheet.add(compared(std::move(check), QString::fromUtf8(both.left(std::max<qsizetype>(colon, 0))), c.broker.audience,
        {.presenter = u"request"_s, .contract = u"broker"_s, .requestIsWrong = true}), unauthorised);
    const QByteArray credential = holds ? both.sliced(colon + 1) : QByteArray();
    if (holds && credential.isEmpty())
        c.sheet.hold({.id = u"credential"_s, .title = u"Credential"_s, .expected = u"a platform token or a management key"_s, .presented = u"nothing"_s,
                      .fix = u"Send the agent's own platform token behind the colon."_s, .presentedFrom = u"header Authorization, behind the colon"_s, .source = page()},
                     false, unauthorised);
    return credential;
}

/// Whoever holds the key is the administrator: no scope, no policy, no record.
void checkKey(ConnectionCase& c, const QByteArray& key)
{
    c.decision.byKey = true;
    base::Check check {.id = u"key"_s, .title = u"Management key"_s, .expected = u"a key of the project"_s,
                       .presented = u"hidden, %1 characters"_s.arg(key.size()), .relation = u"known"_s,
                       .fix = u"Ask with the agent's own platform token."_s, .presentedFrom = u"header Authorization"_s, .source = page()};
    if (!c.knowledge.opaque) {
        check.presented = u"hidden"_s;
        c.sheet.unknown(std::move(check), u"Only the broker knows its keys."_s);
    } else {
        const auto grant = c.knowledge.opaque(key);
        c.sheet.hold(std::move(check), grant && grant->target == c.broker.name && grant->scope == "management"_L1, unauthorised);
    }
    c.sheet.warn({.id = u"policy"_s, .title = u"Policy"_s, .expected = u"a policy that allows it"_s, .presented = u"a management key"_s,
                  .relation = u"Policies are not looked at for a management key."_s,
                  .fix = u"Ask with the agent's own platform token."_s, .source = page()});
}

void checkPlatformToken(ConnectionCase& c, const jose::Jwt& token)
{
    const TokenDemand demand {.word = u"platform token"_s, .algorithms = {}, .leeway = std::chrono::minutes {1}, .form = &unauthorised,
        .algorithm = &unauthorised, .key = &unauthorised, .signature = &unauthorised, .time = &unauthorised, .source = u"RFC 7519, 7.2"_s};
    checkForm(c.sheet, token, demand);
    const CompareHints hints {.setup = &c.setup, .issuer = true, .contract = u"broker"_s};
    base::Check issuer {.id = u"issuer"_s, .title = u"Issuer"_s, .presentedFrom = u"claim iss"_s, .expectedFrom = u"the broker itself"_s, .source = page()};
    const bool own = c.sheet.add(compared(std::move(issuer), token.text("iss"), c.broker.url, hints), unauthorised);
    checkSignature(c.sheet, token, token.text("iss"), own, c.knowledge, demand);
    checkTimes(c.sheet, token, c.now, demand);
    const QStringList scopes = token.text("scope").split(u' ', Qt::SkipEmptyParts);
    c.sheet.hold({.id = u"scope"_s, .title = u"Scopes"_s, .expected = fetchScope, .presented = scopes.join(u' '), .relation = u"granted"_s,
                  .fix = u"Ask for the scope outbound.token.fetch, and have a policy allow it."_s, .presentedFrom = u"claim scope"_s, .source = page()},
                 scopes.contains(fetchScope), forbidden);
    c.decision.client = token.text("client_id");
    c.decision.principal = token.text("sub");
}

json::Value connectionNamed(const ConnectionCase& c, const QString& appId)
{
    for (json::Value each = c.broker.settings.root()["connections"].first(); each; each = each.next())
        if (each["appId"].text() == appId)
            return each;
    return {};
}

QStringList connectionNames(const ConnectionCase& c)
{
    QStringList out;
    for (json::Value each = c.broker.settings.root()["connections"].first(); each; each = each.next())
        out += each["appId"].text();
    return out;
}

const setup::User* userIn(const ConnectionCase& c)
{
    const QString id = c.body["userId"].text();
    const auto it = std::ranges::find_if(c.setup.users, [&](const setup::User& u) { return u.username == id || u.objectId == id; });
    return it == c.setup.users.end() ? nullptr : &*it;
}

void checkConnection(ConnectionCase& c)
{
    const QString appId = c.body["appId"].text();
    const json::Value connection = connectionNamed(c, appId);
    c.sheet.begin(u"The connection"_s);
    c.sheet.hold({.id = u"connection"_s, .title = u"Connection"_s, .expected = connectionNames(c).join(u" or "_s), .presented = appId,
                  .relation = u"known"_s, .fix = u"Send the id of one of the connections."_s, .presentedFrom = u"appId in the request"_s,
                  .expectedFrom = u"connections of the broker"_s, .source = page()},
                 bool(connection), unknownConnection);
    const setup::User* user = userIn(c);
    const QStringList users = json::textsIn(connection["users"]);
    c.sheet.hold({.id = u"user"_s, .title = u"User"_s, .expected = users.isEmpty() ? u"somebody connected"_s : users.join(u" or "_s),
                  .presented = user ? user->name : c.body["userId"].text(), .relation = u"connected"_s,
                  .fix = u"Let the user connect the account first."_s, .presentedFrom = u"userId in the request"_s,
                  .expectedFrom = u"users of the connection"_s, .source = page()},
                 user && users.contains(user->name), unknownConnection);
    const QStringList asked = json::textsIn(c.body["scopes"]), granted = json::textsIn(connection["scopes"]);
    const bool within = std::ranges::all_of(asked, [&](const QString& s) { return granted.contains(s); });
    c.sheet.hold({.id = u"connection.scopes"_s, .title = u"Scopes of the connection"_s, .expected = granted.join(u' '), .presented = asked.join(u' '),
                  .relation = u"granted by the user"_s, .fix = u"Ask for what the user consented to."_s, .presentedFrom = u"scopes in the request"_s,
                  .expectedFrom = u"scopes of the connection"_s, .source = page()},
                 within, forbidden);
    c.decision.connection = appId;
    c.decision.user = user ? user->name : QString();
    c.decision.scopes = asked.isEmpty() ? granted : asked;
}

void judge(ConnectionCase& c, const QByteArray& credential)
{
    if (credential.count('.') == 2)
        checkPlatformToken(c, jose::decode(credential));
    else
        checkKey(c, credential);
    checkConnection(c);
    if (c.decision.byKey)
        return;
    c.sheet.begin(u"The broker"_s);
    checkRecord(c.sheet, c.broker, c.decision.client, c.decision.principal);
    checkPolicy(c.sheet, c.broker, {.client = c.decision.client, .grant = u"connection"_s, .scopes = {c.decision.connection}});
}

} // namespace

http::Form brokerForm(const http::Headers& headers, const QByteArray& body)
{
    if (!headers.value("Content-Type").toLower().contains("json"))
        return http::parseForm(body);
    http::Form form;
    const json::Document document = json::Document::read(body);
    for (json::Value each = document.root().first(); each; each = each.next())
        if (each.isString())
            form.append({each.key().toByteArray(), each.bytes().toByteArray()});
    return form;
}

ConnectionDecision decideConnection(const setup::Setup& setup, const setup::Target& broker, const http::Headers& headers,
    const json::Value& body, const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(broker.displayName.isEmpty() ? broker.name : broker.displayName);
    ConnectionDecision out;
    ConnectionCase c {setup, broker, body, knowledge, now, sheet, out};
    sheet.begin(u"The request"_s);
    const QByteArray credential = credentialIn(c, headers);
    if (!credential.isEmpty())
        judge(c, credential);
    const auto failed = std::ranges::find(sheet.checks(), base::Outcome::Fail, &base::Check::outcome);
    if (failed != sheet.checks().end())
        out.reason = failed->id;
    out.verdict = sheet.verdict(out.connection);
    return out;
}

} // namespace trust
