// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "saas.h"

#include "core/setup/saasprofile.h"
#include "core/trust/compare.h"
#include "core/trust/entratoken.h"
#include "core/trust/sheet_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer unknownClient {0, 400, "unauthorized_client", "The client '{presented}' is not registered here."};
constexpr Answer mismatch {0, 400, "redirect_uri_mismatch", "The redirect URI '{presented}' is not registered."};
constexpr Answer noCode {0, 400, "unsupported_response_type", "The response type '{presented}' is not supported."};
constexpr Answer noPkce {0, 400, "invalid_request", "PKCE with S256 is expected."};
constexpr Answer badScope {0, 400, "invalid_scope", "The scope '{presented}' is not known."};

QString text(const http::Form& query, const char* name) { return QString::fromUtf8(query.value(name)); }

bool checkClient(Sheet& sheet, const setup::Target& target, const http::Form& query)
{
    static const CompareHints hints {.presenter = u"request"_s, .contract = u"registration"_s, .requestIsWrong = true};
    base::Check check {.id = u"client"_s, .title = u"Client"_s, .fix = u"Send the client id of the registration."_s,
                       .presentedFrom = u"client_id in the request"_s, .expectedFrom = u"registration of the client"_s,
                       .source = u"RFC 6749, 4.1.1"_s};
    return sheet.add(compared(std::move(check), text(query, "client_id"), target.clientId, hints), unknownClient);
}

bool checkRedirect(Sheet& sheet, const setup::Target& target, const http::Form& query)
{
    const QStringList registered = setup::saasRedirectUris(target);
    const QString asked = text(query, "redirect_uri");
    return sheet.hold({.id = u"redirect_uri"_s, .title = u"Redirect URI"_s, .expected = registered.join(u" or "_s),
                       .presented = asked, .relation = u"registered"_s, .fix = u"Register the redirect URI letter by letter."_s,
                       .presentedFrom = u"redirect_uri in the request"_s, .expectedFrom = u"registration of the client"_s,
                       .source = u"RFC 6749, 3.1.2.3; RFC 8252, 7.3"_s},
        redirectMatches(asked, registered), mismatch);
}

/// S256 or nothing: GitHub takes S256 alone; Google would take plain, which this program never sends.
void checkChallenge(Sheet& sheet, const http::Form& query)
{
    const QString method = text(query, "code_challenge_method");
    sheet.hold({.id = u"code_challenge"_s, .title = u"Code challenge"_s, .expected = u"S256, 43 characters"_s,
                .presented = query.has("code_challenge") ? method : u"none"_s, .relation = u"S256"_s,
                .fix = u"Send code_challenge with the method S256."_s, .presentedFrom = u"code_challenge in the request"_s,
                .source = u"RFC 7636, 4.3; RFC 9700, 2.1.1"_s},
        method == "S256"_L1 && query.value("code_challenge").size() == 43, noPkce);
}

QStringList scopesIn(const QString& asked)
{
    return QString(asked).replace(u',', u' ').split(u' ', Qt::SkipEmptyParts);
}

void checkScopes(Sheet& sheet, const setup::Target& target, const QStringList& asked)
{
    QStringList beyond;
    std::ranges::copy_if(asked, std::back_inserter(beyond),
        [&](const QString& s) { return !target.scopes.isEmpty() && !target.scopes.contains(s); });
    sheet.hold({.id = u"scope"_s, .title = u"Scopes"_s, .expected = target.scopes.join(u' '),
                .presented = (beyond.isEmpty() ? asked : beyond).join(u' '), .relation = u"known"_s,
                .fix = u"Ask for scopes of the registration."_s, .presentedFrom = u"scope in the request"_s,
                .expectedFrom = u"scopes of the registration"_s, .source = u"RFC 6749, 3.3"_s},
        beyond.isEmpty(), badScope);
}

bool asksOffline(const setup::Target& target, const http::Form& query, const QStringList& scopes)
{
    const setup::SaasProfile& profile = setup::saasProfile(target);
    if (!setup::givesRefreshTokens(target))
        return false;
    if (profile.offlineByParameter)
        return query.value("access_type") == "offline";
    return !profile.refreshByScope || scopes.contains(u"refresh_token"_s) || scopes.contains(u"offline_access"_s);
}

} // namespace

SaasAuthorizeDecision decideSaasAuthorize(const setup::Target& target, const http::Form& query)
{
    Sheet sheet(target.displayName.isEmpty() ? target.name : target.displayName);
    SaasAuthorizeDecision out;
    sheet.begin(u"The request"_s);
    const bool known = checkClient(sheet, target, query);
    out.redirectTrusted = checkRedirect(sheet, target, query) && known;
    sheet.hold({.id = u"response_type"_s, .title = u"Response type"_s, .expected = u"code"_s,
                .presented = text(query, "response_type"), .relation = u"equal"_s, .fix = u"Ask for a code."_s,
                .presentedFrom = u"response_type in the request"_s, .source = u"RFC 6749, 4.1.1"_s},
        query.value("response_type") == "code", noCode);
    checkChallenge(sheet, query);
    out.scopes = scopesIn(text(query, "scope"));
    checkScopes(sheet, target, out.scopes);
    out.offline = asksOffline(target, query, out.scopes);
    out.verdict = sheet.verdict(target.clientId);
    return out;
}

} // namespace trust
