// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "anthropic.h"

#include "core/trust/sheet_p.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer unauthorised {0, 401, "authentication_error",
    "The bearer token is not accepted: {presented}."};
constexpr Answer outsideScope {0, 403, "permission_error",
    "The token's scope '{presented}' does not cover this call."};

constexpr QByteArrayView mintedPrefix = "sk-ant-oat01-";
constexpr QByteArrayView keyPrefix = "sk-ant-api";

base::Check line(const char16_t* id, const char16_t* title)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title),
            .source = u"Anthropic: workload identity federation"_s};
}

/// What was presented: as bearer, or a static key in the header of its own. Nothing but a key counts there.
QByteArray credentialIn(const http::Headers& headers)
{
    const QByteArray value = headers.value("Authorization");
    if (value.left(7).toLower() == "bearer ")
        return value.sliced(7).trimmed();
    const QByteArray key = headers.value("x-api-key").trimmed();
    return key.startsWith(keyPrefix) ? key : QByteArray();
}

/// Key and minted token travel in the same header; only the prefix tells them apart (downstream.md 1.3).
QString kindOf(const QByteArray& token)
{
    if (token.isEmpty())
        return u"no bearer token and no key"_s;
    if (token.startsWith(mintedPrefix))
        return u"a federated token, hidden, %1 characters"_s.arg(token.size());
    return token.startsWith(keyPrefix) ? u"a static API key"_s : u"another kind of token"_s;
}

/// A workspace takes its static keys until somebody disables them; federation alone does not.
bool checkKind(Sheet& sheet, const setup::Target& target, const http::Headers& headers, const QByteArray& token)
{
    const bool keysOff = target.settings.root()["apiKeys"].text() == "disabled"_L1;
    const bool isKey = token.startsWith(keyPrefix);
    base::Check check = line(u"authorization", u"Bearer token");
    check.expected = keysOff ? u"a token that the exchange minted; the workspace's keys are disabled"_s
                             : u"a token that the exchange minted, or a key of the workspace"_s;
    const bool misplaced = token.isEmpty() && headers.has("x-api-key");
    check.presented = misplaced ? u"no bearer token, and no key in x-api-key"_s : kindOf(token);
    check.relation = isKey ? u"a static key, the fallback"_s : u"minted by the exchange"_s;
    check.presentedFrom = isKey ? u"header x-api-key or Authorization"_s : u"header Authorization"_s;
    check.fix = misplaced ? u"Send the token as Authorization: Bearer. The header x-api-key takes static keys alone."_s
                          : u"Exchange an assertion first and send the access_token it brings."_s;
    return sheet.hold(std::move(check), token.startsWith(mintedPrefix) || (isKey && !keysOff), unauthorised);
}

/// A static key has no end; whoever copies it has it until somebody notices.
void checkEnd(Sheet& sheet, const OpaqueGrant& grant, base::Instant now)
{
    const bool endless = grant.expires == base::Instant::max();
    base::Check end = line(u"lifetime.exp", u"End");
    end.expected = u"after "_s + base::toRfc3339(now);
    end.presented = endless ? u"no end"_s : base::toRfc3339(grant.expires);
    end.relation = endless ? u"a static key works until it is deleted"_s : u"still valid"_s;
    end.fix = u"Exchange a fresh assertion."_s;
    if (endless)
        sheet.warn(std::move(end));
    else
        sheet.hold(std::move(end), grant.expires > now, unauthorised);
}

void checkGrant(Sheet& sheet, const setup::Target& target, const OpaqueGrant& grant, base::Instant now)
{
    base::Check minted = line(u"token.target", u"Minted by");
    minted.expected = target.name;
    minted.presented = grant.target;
    minted.relation = u"equal"_s;
    minted.fix = u"Send the token that this account minted."_s;
    sheet.hold(std::move(minted), grant.target == target.name, unauthorised);
    base::Check state = line(u"token.state", u"State");
    state.expected = u"not revoked"_s;
    state.presented = grant.revoked ? u"revoked"_s : u"not revoked"_s;
    state.fix = u"Exchange a fresh assertion."_s;
    sheet.hold(std::move(state), !grant.revoked, unauthorised);
    checkEnd(sheet, grant, now);
    base::Check scope = line(u"scope", u"Scope");
    scope.expected = u"workspace:inference or workspace:developer"_s;
    scope.presented = grant.scope;
    scope.relation = u"covers the call"_s;
    scope.expectedFrom = u"what a message needs"_s;
    scope.fix = u"Give the rule the scope workspace:inference."_s;
    scope.fixValue = u"workspace:inference"_s;
    scope.fixPointer = target.pointer + u"/rule/oauth_scope"_s;
    sheet.hold(std::move(scope), grant.scope == "workspace:inference"_L1
        || grant.scope == "workspace:developer"_L1, outsideScope);
}

void checkKnown(Sheet& sheet, const setup::Target& target, const QByteArray& token,
    const Knowledge& knowledge, base::Instant now)
{
    base::Check check = line(u"token", u"Token");
    check.expected = u"a token that Anthropic minted"_s;
    check.presentedFrom = u"header Authorization"_s;
    check.presented = u"hidden, %1 characters"_s.arg(token.size());
    if (!knowledge.opaque) {
        sheet.unknown(std::move(check), u"Opaque token. Only its issuer can read it."_s);
        return;
    }
    const auto grant = knowledge.opaque(token);
    check.relation = u"known"_s;
    check.fix = u"Exchange an assertion and send the access_token it brings."_s;
    sheet.hold(std::move(check), grant.has_value(), unauthorised);
    if (grant)
        checkGrant(sheet, target, *grant, now);
}

void checkVersion(Sheet& sheet, const http::Headers& headers)
{
    if (headers.has("anthropic-version"))
        return;
    base::Check check = line(u"anthropic-version", u"Version");
    check.expected = u"2023-06-01"_s;
    check.presented = u"no header"_s;
    check.fix = u"Send the header anthropic-version."_s;
    sheet.warn(std::move(check));
}

} // namespace

base::Verdict decideAnthropicCall(const setup::Setup&, const setup::Target& target,
    const http::Headers& headers,
    const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(u"Anthropic"_s);
    sheet.begin(u"The request"_s);
    const QByteArray token = credentialIn(headers);
    if (checkKind(sheet, target, headers, token))
        checkKnown(sheet, target, token, knowledge, now);
    checkVersion(sheet, headers);
    return sheet.verdict(target.serviceAccountName);
}

} // namespace trust
