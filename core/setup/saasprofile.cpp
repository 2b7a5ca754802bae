// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "saasprofile.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

constexpr std::array profiles {
    SaasProfile {.name = "plain", .authorizePath = "/authorize", .tokenPath = "/token", .callPath = "/me", .formAnswer = false,
        .commaScopes = false, .errorUnder200 = false, .tellsExpiry = true, .instanceUrl = false, .offlineByParameter = false,
        .refreshByScope = true, .singleUseRefresh = false, .lifetime = 3600, .accessPrefix = "at_", .refreshPrefix = "rt_"},
    SaasProfile {.name = "github", .authorizePath = "/login/oauth/authorize", .tokenPath = "/login/oauth/access_token",
        .callPath = "/user", .formAnswer = true, .commaScopes = true, .errorUnder200 = true, .tellsExpiry = true,
        .instanceUrl = false, .offlineByParameter = false, .refreshByScope = false, .singleUseRefresh = true, .lifetime = 28800,
        .accessPrefix = "ghu_", .refreshPrefix = "ghr_"},
    SaasProfile {.name = "google", .authorizePath = "/o/oauth2/v2/auth", .tokenPath = "/token", .callPath = "/v1/userinfo",
        .formAnswer = false, .commaScopes = false, .errorUnder200 = false, .tellsExpiry = true, .instanceUrl = false,
        .offlineByParameter = true, .refreshByScope = false, .singleUseRefresh = false, .lifetime = 3599,
        .accessPrefix = "ya29.", .refreshPrefix = "1//"},
    SaasProfile {.name = "salesforce", .authorizePath = "/services/oauth2/authorize", .tokenPath = "/services/oauth2/token",
        .callPath = "/services/oauth2/userinfo", .formAnswer = false, .commaScopes = false, .errorUnder200 = false,
        .tellsExpiry = false, .instanceUrl = true, .offlineByParameter = false, .refreshByScope = true,
        .singleUseRefresh = false, .lifetime = 7200, .accessPrefix = "00D", .refreshPrefix = "5Aep"},
};

QString joined(const QString& base, const char* path)
{
    return (base.endsWith(u'/') ? base.chopped(1) : base) + QLatin1StringView(path);
}

} // namespace

const SaasProfile& saasProfile(const Target& target)
{
    const auto it = std::ranges::find_if(
        profiles, [&](const SaasProfile& p) { return target.profile == QLatin1StringView(p.name); });
    return it == profiles.end() ? profiles.front() : *it;
}

bool givesRefreshTokens(const Target& target) { return target.settings.root()["app"].text() != "oauth"_L1; }

bool rotatesRefreshTokens(const Target& target)
{
    return saasProfile(target).singleUseRefresh || target.settings.root()["rotate"].boolean();
}

QString saasAuthorizeUrl(const Target& target)
{
    const QString base = target.authorizationServer.isEmpty() ? target.url : target.authorizationServer;
    return joined(base, saasProfile(target).authorizePath);
}

QString saasTokenUrl(const Target& target)
{
    const QString own = target.authorizationServer.isEmpty() ? target.url : target.authorizationServer;
    return joined(target.credentialsUrl.isEmpty() ? own : target.credentialsUrl, saasProfile(target).tokenPath);
}

QStringList saasRedirectUris(const Target& target)
{
    QStringList out;
    for (json::Value each = target.settings.root()["redirectUris"].first(); each; each = each.next())
        out += each.text();
    return out.isEmpty() ? QStringList {u"http://127.0.0.1/callback"_s, u"http://localhost/callback"_s} : out;
}

} // namespace setup
