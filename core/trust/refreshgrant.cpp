// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencase_p.h"

#include "core/trust/codes.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const Answer& otherClient()
{
    static const Answer row {70000, 400, "invalid_grant", "The refresh token belongs to another application.",
        "client_mismatch"};
    return row;
}

base::Check line(const char16_t* id, const char16_t* title, QString expected, QString presented,
    const char16_t* fix)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .expected = std::move(expected),
            .presented = std::move(presented), .fix = QString::fromUtf16(fix),
            .presentedFrom = u"refresh_token in the request"_s,
            .expectedFrom = u"what Entra remembers of it"_s, .source = u"RFC 6749, 6"_s};
}

constexpr auto signInAgain = u"Start the sign-in again.";

void checkGrantState(TokenCase& c, const RefreshGrant& grant)
{
    c.sheet.hold(line(u"refresh_token.client", u"Client", grant.clientId, c.decision.client->clientId,
                      u"Use the refresh token with the application it was given to."),
                 grant.clientId == c.decision.client->clientId, otherClient());
    if (c.decision.tenant && grant.tenantId != c.decision.tenant->id)
        c.sheet.hold(line(u"refresh_token.tenant", u"Tenant", grant.tenantId, c.decision.tenant->id,
                          u"Use the refresh token at the tenant that gave it out."),
                     false, aadsts(70000));
    c.sheet.hold(line(u"refresh_token.state", u"State", u"not revoked"_s, grant.revoked ? u"revoked"_s
        : u"not revoked"_s, signInAgain),
                 !grant.revoked, aadsts(50173));
    c.sheet.hold(line(u"refresh_token.lifetime", u"End", u"after "_s + base::toRfc3339(c.now),
        base::toRfc3339(grant.expires), signInAgain),
                 grant.expires > c.now, aadsts(700082));
}

} // namespace

void checkRefreshGrant(TokenCase& c)
{
    if (!checkParameter(c, "refresh_token"))
        return;
    if (!c.knowledge.refresh) {
        c.sheet.unknown(line(u"refresh_token", u"Refresh token", u"one that Entra gave out"_s,
                             u"hidden, "_s + QString::number(c.request.form.value("refresh_token").size())
                                 + u" characters"_s, u""),
                        u"Only Entra remembers the refresh token."_s);
        if (c.has("scope"))
            checkScopes(c, readScopes(c.text("scope"), c.setup));
        return;
    }
    const auto grant = c.knowledge.refresh(c.request.form.value("refresh_token"));
    c.sheet.hold(line(u"refresh_token", u"Refresh token", u"one that Entra gave out"_s,
                      grant ? u"one of them"_s : u"an unknown refresh token"_s, signInAgain),
                 grant.has_value(), aadsts(70000));
    if (!grant)
        return;
    c.decision.userObjectId = grant->userObjectId;
    checkGrantState(c, *grant);
    const ScopeRequest before = readScopes(grant->scopes.join(u' '), c.setup);
    const ScopeRequest scopes = c.has("scope") ? readScopes(c.text("scope"), c.setup) : before;
    checkScopes(c, scopes);
    // A refresh token stays one: a new one comes along even when the scope does not repeat offline_access.
    c.decision.offline = true;
    bool covered = true;
    for (const ScopeRequest::Part& part : scopes.parts)
        covered = covered && before.parts.contains(part);
    if (!covered)
        checkConsent(c);
}

} // namespace trust
