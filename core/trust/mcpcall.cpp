// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcp.h"

#include "core/trust/assertion_p.h"
#include "core/trust/audience.h"
#include "core/trust/compare.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// RFC 6750 section 3.1; without any authentication no error code is given (section 3).
constexpr Answer noToken {0, 401, "", "The request carries no access token."};
constexpr Answer invalidToken {0, 401, "invalid_token", "The token is not accepted: {presented}."};
constexpr Answer inQuery {0, 400, "invalid_request", "An access token belongs into the header, never into the address."};
constexpr Answer insufficientScope {0, 403, "insufficient_scope",
    "The token grants '{presented}', the tool needs '{expected}'."};
constexpr Answer upstreamRefused {0, 502, "upstream_refused",
    "The next receiver refused the client's token, which was not made for it."};

const QString& page()
{
    static const QString text = u"MCP authorization 2026-07-28, access token usage"_s;
    return text;
}

struct CallCase
{
    const setup::Setup& setup;
    const setup::Target& target;
    const http::Request& request;
    const Knowledge& knowledge;
    base::Instant now;
    Sheet& sheet;
    McpDecision& decision;
    QByteArray bearer {};
    jose::Jwt token {};

    QString place(const char16_t* member) const { return QString(target.pointer + QString::fromUtf16(member)); }
    CompareHints hints() const
    {
        return {.setup = &setup, .receiver = u"An MCP server compares letter by letter."_s, .contract = u"server"_s,
                .azp = callerOf(token), .oid = token.text("oid")};
    }
};

TokenDemand demand()
{
    return {.word = u"token"_s, .algorithms = {}, .leeway = std::chrono::minutes {5}, .form = &invalidToken,
            .algorithm = &invalidToken, .key = &invalidToken, .signature = &invalidToken, .time = &invalidToken,
            .source = u"RFC 7519, 7.2"_s};
}

void checkQuery(CallCase& c)
{
    const http::Form query = http::parseForm(http::splitUrl(c.request.url).query);
    const bool there = query.has("access_token");
    c.sheet.hold({.id = u"query"_s, .title = u"Address"_s, .expected = u"no token in it"_s,
                  .presented = there ? u"an access token in the query"_s : u"no token in it"_s,
                  .relation = u"nothing to be logged"_s,
                  .fix = u"Send the token in the header Authorization of every request."_s,
                  .presentedFrom = u"query of the request"_s, .source = page()},
                 !there, inQuery);
}

bool checkHeader(CallCase& c)
{
    const QByteArray value = c.request.headers.value("Authorization");
    const bool bearer = value.left(7).toLower() == "bearer " && value.size() > 7;
    c.bearer = bearer ? value.sliced(7).trimmed() : QByteArray();
    return c.sheet.hold({.id = u"authorization"_s, .title = u"Authorization"_s, .expected = u"Bearer and a token"_s,
                         .presented = value.isEmpty() ? u"no header"_s : bearer ? u"Bearer"_s : u"another scheme"_s,
                         .relation = u"a bearer token"_s,
                         .fix = u"Follow the challenge: read the metadata it names, sign in, send the token."_s,
                         .presentedFrom = u"header Authorization"_s, .source = u"RFC 6750, 2.1"_s},
                        bearer, noToken);
}

/// A key that everybody of a team shares tells nothing of who calls, and nobody can take it back for one of them.
bool checkKind(CallCase& c)
{
    c.token = jose::decode(c.bearer);
    const bool readable = c.token.isJwt();
    return c.sheet.hold({.id = u"token.kind"_s, .title = u"Kind of token"_s, .expected = u"a token issued for one caller"_s,
                         .presented = readable ? u"a signed JWT"_s
                                               : u"a static or opaque text, hidden, %1 characters"_s.arg(c.bearer.size()),
                         .relation = u"names its caller"_s,
                         .fix = u"Let each client get its own short-lived token from the authorization server."_s,
                         .presentedFrom = u"header Authorization"_s, .source = page()},
                        readable, invalidToken);
}

bool checkIssuer(CallCase& c)
{
    CompareHints hints = c.hints();
    hints.issuer = true;
    return c.sheet.add(comparedWithAny({.id = u"issuer"_s, .title = u"Issuer"_s, .presentedFrom = u"claim iss"_s,
                                        .expectedFrom = u"authorization servers of this server"_s,
                                        .source = u"RFC 9068, 4"_s},
                           {c.token.text("iss")}, mcpIssuers(c.setup, c.target), hints),
        invalidToken);
}

void checkAudience(CallCase& c)
{
    CompareHints hints = c.hints();
    hints.audience = true;
    const bool listed = !c.target.validAudiences.isEmpty();
    c.sheet.add(comparedWithAny({.id = u"audience"_s, .title = u"Audience"_s,
                                 .fixPointer = listed ? c.place(u"/validAudiences/-") : QString(),
                                 .presentedFrom = u"claim aud"_s,
                                 .expectedFrom = listed ? u"validAudiences of the server"_s : u"URL of the server"_s,
                                 .source = u"MCP authorization 2026-07-28, token audience binding; RFC 8707, 2"_s},
                    audiencesOf(c.token), mcpAudiences(c.setup, c.target), hints),
        invalidToken);
}

const setup::Tool* toolOf(const CallCase& c)
{
    const auto it = std::ranges::find(c.target.tools, c.decision.tool, &setup::Tool::name);
    return it == c.target.tools.end() ? nullptr : &*it;
}

/// Names as the resource exposes them: "https://tools.example/mcp/tools.use" and "tools.use" are one scope.
bool covers(const QStringList& granted, const QString& needed)
{
    const QString name = needed.section(u'/', -1);
    return std::ranges::any_of(granted, [&](const QString& scope) { return scope.section(u'/', -1) == name; });
}

QString nothingIfEmpty(const QStringList& scopes) { return scopes.isEmpty() ? u"nothing"_s : scopes.join(u' '); }

void checkScope(CallCase& c)
{
    const setup::Tool* tool = toolOf(c);
    const QString needed = tool ? tool->scope : c.target.requiredScopes.value(0);
    if (needed.isEmpty())
        return;
    const QStringList granted = grantedScopes(c.token);
    const bool holds = covers(granted, needed);
    if (!holds) {
        for (const QString& scope : granted)
            c.decision.challenge.append(scopeToAsk(c.target, scope));
        c.decision.challenge.append(scopeToAsk(c.target, needed));
    }
    c.sheet.hold({.id = u"scope"_s, .title = tool ? QString(u"Scope of the tool "_s + tool->name) : u"Scope"_s,
                  .expected = needed, .presented = nothingIfEmpty(granted), .relation = u"grants it"_s,
                  .fix = u"Ask the user again, for the scopes of the challenge."_s,
                  .fixValue = holds ? QString() : c.decision.challenge.join(u' '),
                  .presentedFrom = u"claims scp, scope"_s,
                  .expectedFrom = tool ? u"scope of the tool"_s : u"requiredScopes of the server"_s,
                  .source = u"MCP authorization 2026-07-28, scope challenge; RFC 6750, 3.1"_s},
                 holds, insufficientScope);
}

/// A server that hands the client's token on is the confused deputy the specification forbids: the next receiver has to
/// refuse a token that was not made for it.
void checkUpstream(CallCase& c)
{
    const json::Value upstream = c.target.settings.root()["upstream"];
    const setup::Target* next = c.setup.target(upstream["target"].text());
    if (!next || upstream["presents"].text() != "passthrough"_L1 || c.sheet.refused() || !toolOf(c))
        return;
    c.sheet.begin(u"The next receiver, "_s + (next->displayName.isEmpty() ? next->name : next->displayName));
    const base::Verdict verdict = decideBearer(c.setup, *next, c.request.headers.value("Authorization"), c.knowledge, c.now);
    c.decision.upstreamRefused = verdict.decision == base::Decision::Refuse;
    base::Check check {.id = u"upstream"_s, .title = u"Token passed on"_s,
                       .expected = u"a token of its own for "_s + next->name,
                       .presented = u"the client's token, for "_s + audiencesOf(c.token).join(u", "_s),
                       .fix = u"Let the server get a token for the next receiver, on behalf of the user."_s,
                       .fixValue = u"exchange"_s, .fixPointer = c.place(u"/settings/upstream/presents"),
                       .source = u"MCP authorization 2026-07-28, access token privilege restriction"_s};
    c.sheet.hold(std::move(check), false, upstreamRefused);
}

void readMessage(CallCase& c)
{
    const json::Document body = json::Document::read(c.request.body);
    c.decision.method = body.root()["method"].text();
    if (c.decision.method == "tools/call"_L1)
        c.decision.tool = body.root()["params"]["name"].text();
}

void checkToken(CallCase& c)
{
    checkForm(c.sheet, c.token, demand());
    const QString iss = c.token.text("iss");
    checkSignature(c.sheet, c.token, iss, mcpIssuers(c.setup, c.target).contains(iss), c.knowledge, demand());
    checkTimes(c.sheet, c.token, c.now, demand());
    c.sheet.begin(u"The MCP server"_s);
    checkIssuer(c);
    checkAudience(c);
    checkScope(c);
    checkUpstream(c);
}

} // namespace

McpDecision decideMcpCall(const setup::Setup& setup, const setup::Target& target, const http::Request& request,
    const Knowledge& knowledge, base::Instant now)
{
    McpDecision decision;
    Sheet sheet(target.displayName.isEmpty() ? target.name : target.displayName);
    CallCase c {setup, target, request, knowledge, now, sheet, decision};
    readMessage(c);
    sheet.begin(u"The request"_s);
    checkQuery(c);
    const bool there = checkHeader(c);
    sheet.begin(u"The token itself"_s);
    if (there && checkKind(c))
        checkToken(c);
    decision.verdict = sheet.verdict(target.url);
    return decision;
}

base::Verdict asChallenge(base::Verdict verdict)
{
    for (base::Check& check : verdict.checks) {
        if (check.id != "scope"_L1 || check.outcome != base::Outcome::Fail)
            continue;
        check.outcome = base::Outcome::Warning;
        check.relation = u"The server answers with a challenge that names the scopes to ask for."_s;
        check.fix.clear();
        check.fixValue.clear();
    }
    verdict.decision = base::decide(verdict.checks);
    if (verdict.decision != base::Decision::Refuse)
        verdict.refusal.reset();
    return verdict;
}

} // namespace trust
