// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "entratoken.h"

#include "core/trust/codes.h"
#include "core/trust/compare.h"
#include "core/trust/idjag.h"
#include "core/trust/tenants_p.h"
#include "core/trust/tokencase_p.h"
#include "core/trust/userfic_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

struct GrantRow
{
    const char* name;
    Grant grant;
    bool needsTenant;             ///< not available at /common
    void (*check)(TokenCase&);
};
constexpr std::array grants {
    GrantRow {"client_credentials", Grant::ClientCredentials, true, checkClientCredentials},
    GrantRow {"authorization_code", Grant::AuthorizationCode, false, checkCodeGrant},
    GrantRow {"refresh_token", Grant::RefreshToken, false, checkRefreshGrant},
    GrantRow {"urn:ietf:params:oauth:grant-type:jwt-bearer", Grant::OnBehalfOf, true, checkOnBehalfOf},
    // Ends like on-behalf-of, in a user's token that no page was shown for.
    GrantRow {"user_fic", Grant::OnBehalfOf, true, checkUserFic},
};

/// Not one of Entra's own: known where an identity assertion is asked for.
constexpr GrantRow identityAssertion {"urn:ietf:params:oauth:grant-type:token-exchange", Grant::Unknown, true,
    checkIdentityAssertionRequest};

const GrantRow* grantRow(const http::Form& form)
{
    const QByteArray name = form.value("grant_type");
    const auto it = std::ranges::find_if(grants,
        [&](const GrantRow& row) { return name == QByteArrayView(row.name); });
    if (it == grants.end())
        return asksIdentityAssertion(form) ? &identityAssertion : nullptr;
    return &*it;
}

void checkGrant(TokenCase& c, const GrantRow* row)
{
    if (!checkParameter(c, "grant_type"))
        return;
    base::Check check {.id = u"grant_type"_s, .title = u"Grant"_s, .expected = u"a grant Entra knows"_s,
                       .presented = c.text("grant_type"),
                       .relation = u"known"_s,
                       .fix = u"Ask with authorization_code, refresh_token, client_credentials or jwt-bearer."_s,
                       .presentedFrom = u"grant_type in the request"_s, .source = u"RFC 6749, 5.2"_s};
    c.sheet.hold(std::move(check), row, aadsts(70003));
}

void checkClient(TokenCase& c)
{
    const QString id = clientIdOf(c.request);
    if (id.isEmpty()) {
        checkParameter(c, "client_id");
        return;
    }
    c.decision.client = checkClientKnown(c.sheet, c.setup, c.decision.tenant, id);
    if (const setup::App* client = c.decision.client; client && client->kind == setup::AppKind::Agent)
        c.decision.parent = c.setup.app(client->parent);
}

/// Without a client there is nothing to compare a credential or a scope with; both stay visible all the same.
void leaveRest(TokenCase& c)
{
    c.sheet.begin(u"The client"_s);
    c.sheet.unknown({.id = u"client.authentication"_s, .title = u"Client authentication"_s,
                     .source = u"RFC 6749, 2.3"_s},
                    u"Nobody knows the application, so there is nothing to compare with."_s);
    c.sheet.begin(u"The request"_s);
    c.sheet.unknown({.id = u"scope"_s, .title = u"Scopes"_s, .presented = c.text("scope"),
                     .source = u"RFC 6749, 3.3"_s},
                    u"Nobody knows the application, so there is nothing to compare with."_s);
}

} // namespace

bool checkParameter(TokenCase& c, QByteArrayView name)
{
    if (c.has(name))
        return true;
    const QString parameter = QString::fromLatin1(name);
    c.sheet.hold({.id = parameter, .title = parameter, .expected = parameter,
                  .presented = u"not in the request"_s,
                  .fix = u"Send the parameter "_s + parameter + u'.', .presentedFrom = u"request"_s,
                  .source = u"RFC 6749, 5.2"_s},
                 false, aadsts(900144));
    return false;
}

TokenDecision decideToken(const setup::Setup& setup, const TokenRequest& request, const Knowledge& knowledge,
    base::Instant now)
{
    TokenDecision decision;
    Sheet sheet(u"Microsoft Entra"_s);
    TokenCase c {setup, request, knowledge, now, sheet, decision};
    const GrantRow* row = grantRow(request.form);
    if (row)
        decision.grant = row->grant;

    sheet.begin(u"The request"_s);
    decision.tenant = checkTenant(sheet, setup, request.tenant, row && row->needsTenant);
    checkRepeats(sheet, request.form);
    checkGrant(c, row);
    sheet.begin(u"The client"_s);
    checkClient(c);
    QString contract;
    if (decision.client) {
        contract = checkClientAuthentication(c);
        sheet.begin(u"The request"_s);
        if (row)
            row->check(c);
    } else {
        leaveRest(c);
    }
    const QString closest = decision.verdict.closest;
    decision.verdict = sheet.verdict(std::move(contract));
    decision.verdict.closest = closest;
    return decision;
}

} // namespace trust
