// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpauth_p.h"

#include "core/trust/assertion_p.h"
#include "core/trust/compare.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& page()
{
    static const QString text = u"Identity assertion authorization grant (draft), 4.4; RFC 7523, 3"_s;
    return text;
}

TokenDemand demand()
{
    return {.word = u"identity assertion"_s, .algorithms = {}, .leeway = std::chrono::seconds {60},
            .form = &mcpInvalidGrant, .algorithm = &mcpInvalidGrant, .key = &mcpInvalidGrant,
            .signature = &mcpInvalidGrant, .time = &mcpInvalidGrant, .source = page()};
}

/// Identity providers whose assertions the server takes: named in its settings, else the home tenant.
QStringList providersOf(const McpCase& c)
{
    QStringList out;
    for (const setup::Target* target : mcpTargetsOf(c.setup, c.issuer)) {
        const json::Value trusted = target->settings.root()["identityProviders"];
        for (json::Value each = trusted.first(); each; each = each.next())
            out.append(each.text());
    }
    if (out.isEmpty() && c.setup.home())
        out.append(c.setup.home()->issuerV2());
    return out;
}

CompareHints hints(const McpCase& c, const char16_t* contract)
{
    return {.setup = &c.setup, .receiver = u"The authorization server compares letter by letter."_s,
            .presenter = u"identity assertion"_s, .contract = QString::fromUtf16(contract)};
}

void checkType(McpCase& c, const jose::Jwt& jag)
{
    const QString typ = jag.header.root()["typ"].display();
    c.sheet.hold({.id = u"type"_s, .title = u"Type"_s, .expected = u"oauth-id-jag+jwt"_s,
                  .presented = typ.isEmpty() ? u"no typ"_s : typ, .relation = u"equal"_s,
                  .fix = u"Present what the identity provider gave for requested_token_type id-jag, not another of its tokens."_s,
                  .presentedFrom = u"header typ"_s, .source = page()},
                 typ == "oauth-id-jag+jwt"_L1, mcpInvalidGrant);
}

void checkIssuer(McpCase& c, const jose::Jwt& jag)
{
    CompareHints how = hints(c, u"authorization server");
    how.issuer = true;
    c.sheet.add(comparedWithAny({.id = u"issuer"_s, .title = u"Issuer"_s, .presentedFrom = u"claim iss"_s,
                                 .expectedFrom = u"identity providers this server trusts"_s, .source = page()},
                    {jag.text("iss")}, providersOf(c), how),
        mcpInvalidGrant);
}

void checkAudience(McpCase& c, const jose::Jwt& jag)
{
    c.sheet.add(comparedWithAny({.id = u"audience"_s, .title = u"Audience"_s,
                                 .fix = u"Let the identity provider write the issuer of this authorization server into aud."_s,
                                 .presentedFrom = u"claim aud"_s, .expectedFrom = u"issuer of this server"_s, .source = page()},
                    audiencesOf(jag), {c.issuer}, hints(c, u"authorization server")),
        mcpInvalidGrant);
}

void checkClientOf(McpCase& c, const jose::Jwt& jag, const QString& clientId)
{
    c.sheet.add(compared({.id = u"client_id"_s, .title = u"Client of the assertion"_s,
                          .fix = u"Let the identity provider name the client by its id at this authorization server."_s,
                          .presentedFrom = u"claim client_id"_s, .expectedFrom = u"client that authenticated"_s, .source = page()},
                    jag.text("client_id"), clientId, hints(c, u"client")),
        mcpInvalidGrant);
}

void checkResourceOf(McpCase& c, const jose::Jwt& jag, McpTokenDecision& decision)
{
    const QStringList named = [&] {
        const json::Value value = jag.claim("resource");
        QStringList out = value.isString() ? QStringList {value.text()} : QStringList {};
        for (json::Value each = value.isArray() ? value.first() : json::Value(); each; each = each.next())
            out.append(each.text());
        return out;
    }();
    QStringList urls;
    for (const setup::Target* target : mcpTargetsOf(c.setup, c.issuer)) {
        urls.append(target->url);
        if (named.contains(target->url))
            decision.resource = target;
    }
    c.sheet.add(comparedWithAny({.id = u"resource"_s, .title = u"Resource"_s,
                                 .fix = u"Ask the identity provider with the URL of the MCP server as resource."_s,
                                 .presentedFrom = u"claim resource"_s,
                                 .expectedFrom = u"MCP servers of this authorization server"_s, .source = u"RFC 8707, 2"_s},
                    named, urls, hints(c, u"authorization server")),
        mcpInvalidGrant);
}

/// Each assertion is good once.
void checkUse(McpCase& c, const jose::Jwt& jag, McpTokenDecision& decision)
{
    decision.assertionIssuer = jag.text("iss");
    decision.assertionId = jag.claim("jti").bytes().toByteArray();
    base::Check check {.id = u"jti"_s, .title = u"Use"_s, .expected = u"first use"_s,
                       .presented = decision.assertionId.isEmpty() ? u"no jti"_s : u"first use"_s, .relation = u"first use"_s,
                       .fix = u"Get a fresh assertion for each exchange."_s, .presentedFrom = u"claim jti"_s, .source = page()};
    if (!c.knowledge.jtiUsed && !decision.assertionId.isEmpty()) {
        c.sheet.unknown(std::move(check), u"Only the authorization server remembers what it has seen."_s);
        return;
    }
    const bool used = !decision.assertionId.isEmpty() && c.knowledge.jtiUsed(decision.assertionIssuer, decision.assertionId);
    if (used)
        check.presented = u"used before"_s;
    c.sheet.hold(std::move(check), !used && !decision.assertionId.isEmpty(), mcpInvalidGrant);
}

void findUser(const McpCase& c, const jose::Jwt& jag, McpTokenDecision& decision)
{
    const setup::User* user = c.setup.userByObjectId(jag.text("oid"));
    if (!user)
        user = c.setup.userByObjectId(jag.text("sub"));
    decision.userObjectId = user ? user->objectId : QString();
    decision.scopes = jag.text("scope").split(u' ', Qt::SkipEmptyParts);
}

} // namespace

void checkIdentityAssertion(McpCase& c, McpTokenDecision& decision, base::Instant now)
{
    const jose::Jwt jag = jose::decode(c.form.value("assertion"));
    c.sheet.begin(u"The identity assertion"_s);
    checkForm(c.sheet, jag, demand());
    const QString iss = jag.text("iss");
    checkSignature(c.sheet, jag, iss, providersOf(c).contains(iss), c.knowledge, demand());
    checkTimes(c.sheet, jag, now, demand());
    checkType(c, jag);
    checkIssuer(c, jag);
    checkAudience(c, jag);
    checkClientOf(c, jag, decision.clientId);
    checkResourceOf(c, jag, decision);
    checkUse(c, jag, decision);
    findUser(c, jag, decision);
}

} // namespace trust
