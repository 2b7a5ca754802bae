// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpauth_p.h"

#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/trust/compare.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer unsupportedGrant {0, 400, "unsupported_grant_type", "The grant '{presented}' is not known here."};

struct TokenCaseOfMcp
{
    McpCase& c;
    McpTokenDecision& decision;
    QByteArrayView authorization;
    base::Instant now;
};

struct GrantRow
{
    const char* name;
    McpGrant grant;
};
constexpr std::array grants {
    GrantRow {"authorization_code", McpGrant::AuthorizationCode},
    GrantRow {"refresh_token", McpGrant::RefreshToken},
    GrantRow {"urn:ietf:params:oauth:grant-type:jwt-bearer", McpGrant::IdentityAssertion},
};

base::Check line(const char16_t* id, const char16_t* title, QString expected, QString presented, const char16_t* fix,
    const char16_t* source)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .expected = std::move(expected),
            .presented = std::move(presented), .relation = u"equal"_s, .fix = QString::fromUtf16(fix),
            .source = QString::fromUtf16(source)};
}

constexpr auto again = u"Start the sign-in again.";

void checkGrant(TokenCaseOfMcp& t)
{
    const QString asked = t.c.text("grant_type");
    const auto row = std::ranges::find_if(grants, [&](const GrantRow& r) { return asked == QLatin1StringView(r.name); });
    if (row != grants.end())
        t.decision.grant = row->grant;
    base::Check check = line(u"grant_type", u"Grant", u"authorization_code, refresh_token or jwt-bearer"_s, asked,
        u"Ask with a grant that the metadata lists.", u"RFC 6749, 5.2");
    check.relation = u"known"_s;
    t.c.sheet.hold(std::move(check), row != grants.end(), unsupportedGrant);
}

/// Client id and secret: Basic with form-encoded halves (RFC 6749 section 2.3.1), or in the body.
std::pair<QString, QByteArray> credentialOf(const TokenCaseOfMcp& t)
{
    const QByteArray header = t.authorization.toByteArray();
    if (header.left(6).toLower() != "basic ")
        return {t.c.text("client_id"), t.c.form.value("client_secret")};
    const QByteArray pair = QByteArray::fromBase64(header.mid(6).trimmed());
    const qsizetype colon = pair.indexOf(':');
    return {QString::fromUtf8(http::percentDecoded(pair.left(colon), true)), http::percentDecoded(pair.mid(colon + 1), true)};
}

/// Right, wrong, or known to the server alone.
std::optional<bool> secretHolds(const TokenCaseOfMcp& t, const McpClientSearch& search, QByteArrayView secret)
{
    if (search.owner && !t.c.knowledge.registered)
        return std::nullopt;
    return base::equalInConstantTime(search.client->secret, secret);
}

void checkSecret(TokenCaseOfMcp& t, const McpClientSearch& search, QByteArrayView secret)
{
    if (!search.client || search.client->authMethod == "none"_L1)
        return;
    base::Check check {.id = u"secret"_s, .title = u"Client secret"_s, .expected = u"the client's secret"_s,
                       .presented = secret.isEmpty() ? u"not in the request"_s : u"hidden"_s, .relation = u"right"_s,
                       .fix = u"Send the secret that this authorization server gave to the client."_s,
                       .presentedFrom = u"client_secret in the request"_s, .source = u"RFC 6749, 2.3.1"_s};
    const auto holds = secret.isEmpty() ? std::optional(false) : secretHolds(t, search, secret);
    if (holds)
        t.c.sheet.hold(std::move(check), *holds, mcpInvalidClient);
    else
        t.c.sheet.unknown(std::move(check), u"Only the authorization server knows the secret."_s);
}

bool checkClient(TokenCaseOfMcp& t)
{
    const auto [id, secret] = credentialOf(t);
    t.decision.clientId = id;
    const McpClientSearch search = findMcpClient(t.c, id);
    const bool holds = checkMcpClient(t.c, search, id, mcpInvalidClient);
    checkSecret(t, search, secret);
    return holds;
}

/// A code or refresh token of another authorization server is nothing here.
bool isOurs(const McpCase& c, const QString& target)
{
    const auto targets = mcpTargetsOf(c.setup, c.issuer);
    return std::ranges::any_of(targets, [&](const setup::Target* t) { return t->name == target; });
}

void checkVerifier(TokenCaseOfMcp& t, const CodeGrant& grant)
{
    const QByteArray challenge = jose::base64url(jose::sha256(t.c.form.value("code_verifier")));
    base::Check check = line(u"code_verifier", u"Code verifier", grant.challenge, u"S256: "_s + QString::fromLatin1(challenge),
        u"Send the verifier whose SHA-256 was the code_challenge.", u"RFC 7636, 4.6");
    check.relation = u"SHA-256 of the verifier is the challenge"_s;
    t.c.sheet.hold(std::move(check), base::equalInConstantTime(challenge, grant.challenge.toLatin1()), mcpInvalidGrant);
}

/// The resource of the token request is the one that the user was asked about (RFC 8707 section 2.2).
void checkSameResource(TokenCaseOfMcp& t, const QString& before)
{
    const setup::Target* named = checkMcpResource(t.c, t.c.text("resource"));
    t.decision.resource = named;
    if (named && named->url != before)
        t.c.sheet.hold(line(u"resource.same", u"Resource of the grant", before, named->url,
                           u"Name the resource of the authorize request.", u"RFC 8707, 2.2"),
            false, mcpInvalidTarget);
}

void checkCode(TokenCaseOfMcp& t)
{
    const auto grant = t.c.knowledge.code(t.c.form.value("code"));
    const bool known = grant && isOurs(t.c, grant->target);
    t.c.sheet.hold(line(u"code", u"Code", u"a code of this server"_s, known ? u"one of them"_s : u"an unknown code"_s, again,
                       u"RFC 6749, 4.1.3"),
        known, mcpInvalidGrant);
    if (!known)
        return;
    t.decision.userObjectId = grant->userObjectId;
    t.decision.scopes = grant->scopes;
    t.c.sheet.hold(line(u"code.spent", u"Use", u"first use"_s, grant->spent ? u"used before"_s : u"first use"_s, again,
                       u"RFC 6749, 4.1.2"),
        !grant->spent, mcpInvalidGrant);
    t.c.sheet.hold(line(u"code.lifetime", u"End of the code", u"after "_s + base::toRfc3339(t.now),
                       base::toRfc3339(grant->expires), again, u"RFC 6749, 4.1.2"),
        grant->expires > t.now, mcpInvalidGrant);
    t.c.sheet.hold(line(u"code.client", u"Client of the code", grant->clientId, t.decision.clientId,
                       u"Redeem the code with the client that asked for it.", u"RFC 6749, 4.1.3"),
        grant->clientId == t.decision.clientId, mcpInvalidGrant);
    t.c.sheet.hold(line(u"redirect_uri", u"Redirect URI", grant->redirectUri, t.c.text("redirect_uri"),
                       u"Send the redirect URI of the authorize request, letter by letter.", u"RFC 6749, 4.1.3"),
        grant->redirectUri == t.c.text("redirect_uri"), mcpInvalidGrant);
    checkVerifier(t, *grant);
    checkSameResource(t, grant->resource);
}

void checkRefresh(TokenCaseOfMcp& t)
{
    const auto grant = t.c.knowledge.refresh(t.c.form.value("refresh_token"));
    const bool known = grant && isOurs(t.c, grant->target);
    t.c.sheet.hold(line(u"refresh_token", u"Refresh token", u"one of this server"_s,
                       known ? u"one of them"_s : u"an unknown refresh token"_s, again, u"RFC 6749, 6"),
        known, mcpInvalidGrant);
    if (!known)
        return;
    t.decision.userObjectId = grant->userObjectId;
    t.decision.scopes = grant->scopes;
    base::Check state = line(u"refresh_token.state", u"State", u"not used before"_s,
        grant->revoked ? u"used before, or revoked"_s : u"not used before"_s, again, u"RFC 9700, 4.14.2");
    t.c.sheet.hold(std::move(state), !grant->revoked, mcpInvalidGrant);
    t.c.sheet.hold(line(u"refresh_token.lifetime", u"End", u"after "_s + base::toRfc3339(t.now),
                       base::toRfc3339(grant->expires), again, u"RFC 6749, 6"),
        grant->expires > t.now, mcpInvalidGrant);
    t.c.sheet.hold(line(u"refresh_token.client", u"Client", grant->clientId, t.decision.clientId,
                       u"Use the refresh token with the client it was given to.", u"RFC 6749, 6"),
        grant->clientId == t.decision.clientId, mcpInvalidGrant);
    checkSameResource(t, grant->resource);
    const QStringList asked = t.c.text("scope").split(u' ', Qt::SkipEmptyParts);
    const bool narrower = std::ranges::all_of(asked, [&](const QString& s) { return grant->scopes.contains(s); });
    t.c.sheet.hold(line(u"scope", u"Scopes", grant->scopes.join(u' '), asked.isEmpty() ? u"the same"_s : asked.join(u' '),
                       u"A refresh does not widen. Ask the user for more.", u"RFC 6749, 6"),
        narrower, mcpInvalidScope);
    if (!asked.isEmpty())
        t.decision.scopes = asked;
}

/// A prediction: what was said at the authorize endpoint is not remembered here.
void leaveGrantOpen(TokenCaseOfMcp& t, const char16_t* id, const char16_t* title)
{
    base::Check check = line(id, title, u"one that this server gave out"_s, u"hidden"_s, u"", u"RFC 6749, 4.1.3");
    check.relation.clear();
    t.c.sheet.unknown(std::move(check), u"Only the authorization server remembers what it gave out."_s);
    t.decision.resource = checkMcpResource(t.c, t.c.text("resource"));
}

void checkGrantItself(TokenCaseOfMcp& t)
{
    switch (t.decision.grant) {
    case McpGrant::AuthorizationCode:
        return t.c.knowledge.code ? checkCode(t) : leaveGrantOpen(t, u"code", u"Code");
    case McpGrant::RefreshToken:
        return t.c.knowledge.refresh ? checkRefresh(t) : leaveGrantOpen(t, u"refresh_token", u"Refresh token");
    case McpGrant::IdentityAssertion:
        return checkIdentityAssertion(t.c, t.decision, t.now);
    case McpGrant::Unknown:
        return;
    }
}

} // namespace

McpTokenDecision decideMcpToken(const setup::Setup& setup, const QString& issuer, const http::Form& form,
    QByteArrayView authorization, const Knowledge& knowledge, base::Instant now, const ClientDocument* document)
{
    McpTokenDecision decision;
    Sheet sheet(u"MCP authorization server"_s);
    McpCase c {setup, issuer, form, knowledge, sheet, document};
    TokenCaseOfMcp t {c, decision, authorization, now};
    sheet.begin(u"The request"_s);
    checkGrant(t);
    sheet.begin(u"The client"_s);
    const bool known = checkClient(t);
    sheet.begin(u"The grant"_s);
    if (known)
        checkGrantItself(t);
    decision.offline = decision.scopes.contains(u"offline_access"_s);
    decision.verdict = sheet.verdict(issuer);
    return decision;
}

} // namespace trust
