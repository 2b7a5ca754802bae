// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

namespace setup {

/// What is known of a provider's OAuth 2.0 where it is not the plain one. Differences, not errors: GitHub docs "Authorizing
/// OAuth apps", "Refreshing user access tokens"; Google "OAuth 2.0 for desktop apps"; Salesforce Help "OAuth 2.0 Web Server
/// Flow", "Refresh Token Flow".
struct SaasProfile
{
    const char* name;          ///< as in a target's `profile`
    const char* authorizePath; ///< below authorizationServer
    const char* tokenPath;     ///< below credentialsUrl, else authorizationServer
    const char* callPath;      ///< of the API, for a call that says who the token is for
    bool formAnswer;           ///< the token answer is form-encoded unless JSON is asked for
    bool commaScopes;          ///< scopes are parted by commas in the answer
    bool errorUnder200;        ///< token errors come with the status 200 (not re-verified)
    bool tellsExpiry;          ///< expires_in is there
    bool instanceUrl;          ///< the answer names the API's own address
    bool offlineByParameter;   ///< a refresh token comes with access_type=offline, not with a scope
    bool refreshByScope;       ///< a refresh token comes with the scope refresh_token or offline_access
    bool singleUseRefresh;     ///< using a refresh token ends it, and the access token it came with
    int lifetime;              ///< of access tokens, seconds
    const char* accessPrefix;
    const char* refreshPrefix;
};
/// The profile of a target; the plain one where none is named.
const SaasProfile& saasProfile(const Target& target);

/// GitHub knows two kinds of app. `"app": "oauth"` in the settings: its tokens do not expire, and none is refreshed.
bool givesRefreshTokens(const Target& target);
/// Whether a refresh token is good once: by the profile, or because the settings say `"rotate": true`.
bool rotatesRefreshTokens(const Target& target);

QString saasAuthorizeUrl(const Target& target);
QString saasTokenUrl(const Target& target);
/// Loopback, unless the settings list `redirectUris`.
QStringList saasRedirectUris(const Target& target);

} // namespace setup
