// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcp.h"

#include "core/base/jsontexts.h"
#include "core/trust/assertion_p.h"
#include "core/trust/compare.h"
#include "core/trust/contractfile_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer unusable {0, 0, "", "The metadata cannot be used: {presented}."};
constexpr Answer invalidToken {0, 401, "invalid_token", "The token is not accepted: {presented}."};

/// One program's metadata must not speak for another's resource: the value is the address it was found from.
void checkResource(Sheet& sheet, const setup::Target& target, const json::Value& metadata)
{
    sheet.add(compared({.id = u"resource"_s, .title = u"Resource"_s,
                        .fix = u"Let the document name the address that clients call, letter by letter."_s,
                        .fixValue = target.url, .fixPointer = QString(target.pointer + u"/metadata/resource"_s),
                        .presentedFrom = u"resource of the metadata"_s, .expectedFrom = u"URL of the server"_s,
                        .source = u"RFC 9728, 3.3"_s},
                  metadata["resource"].text(), target.url,
                  {.receiver = u"Clients compare letter by letter."_s, .presenter = u"metadata"_s,
                      .contract = u"address"_s}),
        unusable);
}

void checkServers(Sheet& sheet, const json::Value& metadata)
{
    const QStringList servers = json::textsOrOne(metadata["authorization_servers"]);
    sheet.hold({.id = u"authorization_servers"_s, .title = u"Authorization servers"_s, .expected = u"at least one"_s,
                .presented = servers.isEmpty() ? u"none"_s : servers.join(u", "_s), .relation = u"named"_s,
                .fix = u"Name the issuer whose tokens the server takes."_s,
                .presentedFrom = u"authorization_servers of the metadata"_s,
                .source = u"MCP authorization 2026-07-28, authorization server location"_s},
               !servers.isEmpty(), unusable);
}

void checkMethods(Sheet& sheet, const json::Value& metadata)
{
    const QStringList methods = json::textsOrOne(metadata["bearer_methods_supported"]);
    if (methods.isEmpty())
        return;
    sheet.hold({.id = u"bearer_methods"_s, .title = u"How the token is sent"_s, .expected = u"header"_s,
                .presented = methods.join(u", "_s), .relation = u"in the header"_s,
                .fix = u"Take the token from the header Authorization."_s,
                .presentedFrom = u"bearer_methods_supported of the metadata"_s, .source = u"RFC 9728, 2"_s},
               methods.contains(u"header"_s), unusable);
}

TokenDemand demand()
{
    return {.word = u"token"_s, .algorithms = {}, .leeway = std::chrono::minutes {5}, .form = &invalidToken,
            .algorithm = &invalidToken, .key = &invalidToken, .signature = &invalidToken, .time = &invalidToken,
            .source = u"RFC 7519, 7.2"_s, .unknowns = Unknowns::Mention};
}

CompareHints hintsFor(const jose::Jwt& token, const setup::Setup* setup)
{
    return {.setup = setup, .receiver = u"A protected resource compares letter by letter."_s,
            .contract = u"metadata"_s, .azp = callerOf(token), .oid = token.text("oid")};
}

/// A value that is nearly right is corrected in the document. Another one altogether is no slip of the pen.
base::Check correctable(base::Check check, const char16_t* place)
{
    if (check.near)
        check.fixPointer = QString::fromUtf16(place);
    return check;
}

void matchIssuer(Sheet& sheet, const jose::Jwt& token, const json::Value& metadata, const setup::Setup* setup)
{
    CompareHints hints = hintsFor(token, setup);
    hints.issuer = true;
    const QStringList servers = json::textsOrOne(metadata["authorization_servers"]);
    base::Check check {.id = u"issuer"_s, .title = u"Issuer"_s, .presentedFrom = u"claim iss"_s,
                       .expectedFrom = u"authorization_servers of the metadata"_s, .source = u"RFC 9728, 2"_s};
    if (!refusedAsNoText(check, token.claim("iss"), servers.value(0)))
        check = correctable(comparedWithAny(std::move(check), {token.text("iss")}, servers, hints), u"/authorization_servers/-");
    sheet.add(std::move(check), invalidToken);
}

/// A list of one: clients take the identifier for the audience, so a twin of it is another form of the same, not a gap.
void matchAudience(Sheet& sheet, const jose::Jwt& token, const json::Value& metadata, const setup::Setup* setup)
{
    CompareHints hints = hintsFor(token, setup);
    hints.audience = true;
    const QString resource = metadata["resource"].text();
    const QStringList presented = audiencesOf(token);
    const auto closest = std::ranges::find_if(presented,
        [&](const QString& aud) { return aud == resource || nearMiss(aud, resource, hints); });
    base::Check check {.id = u"audience"_s, .title = u"Audience"_s, .presentedFrom = u"claim aud"_s,
                       .expectedFrom = u"resource of the metadata"_s, .source = u"RFC 8707, 2; RFC 9728, 2"_s};
    if (!refusedAsNoText(check, token.claim("aud"), resource))
        check = correctable(compared(std::move(check), closest == presented.end() ? presented.value(0) : *closest, resource, hints), u"/resource");
    sheet.add(std::move(check), invalidToken);
}

/// `scopes_supported` says what can be asked for, not what a call needs (RFC 9728 section 2): nothing is decided by it.
void mentionScopes(Sheet& sheet, const jose::Jwt& token, const json::Value& metadata)
{
    const QStringList offered = json::textsOrOne(metadata["scopes_supported"]), granted = grantedScopes(token);
    if (offered.isEmpty())
        return;
    const auto known = [&](const QString& scope) {
        return std::ranges::any_of(offered,
            [&](const QString& o) { return o == scope || o.endsWith(QString(u'/' + scope)); });
    };
    base::Check check {.id = u"scope"_s, .title = u"Scopes"_s, .expected = offered.join(u' '),
                       .presented = granted.isEmpty() ? u"nothing"_s : granted.join(u' '),
                       .presentedFrom = u"claims scp, scope"_s,
                       .expectedFrom = u"scopes_supported of the metadata"_s, .source = u"RFC 9728, 2"_s};
    if (std::ranges::any_of(granted, known)) {
        check.relation = u"one of them"_s;
        sheet.hold(std::move(check), true, invalidToken);
        return;
    }
    check.relation = u"The token grants none of them. What a call needs, the metadata does not say."_s;
    sheet.warn(std::move(check));
}

} // namespace

base::Verdict judgeProtectedResource(const setup::Target& target, const json::Value& metadata)
{
    Sheet sheet(u"MCP client"_s);
    sheet.begin(u"Protected-resource metadata"_s);
    checkResource(sheet, target, metadata);
    checkServers(sheet, metadata);
    checkMethods(sheet, metadata);
    return sheet.verdict(target.url);
}

base::Verdict matchProtectedResource(const jose::Jwt& token, const json::Value& metadata, const setup::Setup* setup,
    const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(u"Protected resource"_s);
    sheet.begin(u"The token itself"_s);
    checkForm(sheet, token, demand());
    const QString iss = token.text("iss");
    checkSignature(sheet, token, iss, json::textsOrOne(metadata["authorization_servers"]).contains(iss), knowledge, demand());
    checkTimes(sheet, token, now, demand());
    checkBinding(sheet, token, Presented::Unknown, demand());
    sheet.begin(u"Protected-resource metadata"_s);
    matchIssuer(sheet, token, metadata, setup);
    matchAudience(sheet, token, metadata, setup);
    mentionScopes(sheet, token, metadata);
    return sheet.verdict(metadata["resource"].text());
}

base::Result<base::Verdict> matchResourceFile(const ContractCase& match)
{
    if (const auto resource = requiredText(match.contract, "resource"); !resource)
        return tl::unexpected(resource.error());
    const auto servers = listOfTexts(match.contract, "authorization_servers");
    if (!servers)
        return tl::unexpected(servers.error());
    if (servers->isEmpty())
        return badContract(match.contract["authorization_servers"],
            u"`authorization_servers` is empty. The document has to name whose tokens are taken."_s);
    if (const auto scopes = listOfTexts(match.contract, "scopes_supported"); !scopes)
        return tl::unexpected(scopes.error());
    return matchProtectedResource(match.token, match.contract, match.setup, match.knowledge, match.now);
}

} // namespace trust
