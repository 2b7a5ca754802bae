// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

namespace setup {

/// What is known of a platform that keeps agents' identities and fetches their downstream credentials.
struct BrokerProfile
{
    const char* name;      ///< as in a target's `profile`
    const char* title;
    const char* token;     ///< what its token is and how it is recognised
    const char* place;     ///< where it stands in a chain
    const char* records;   ///< what it keeps of each issuance
    const char* source;
    bool played;           ///< the lab plays it
};
/// The profile of a target; Descope's where none is named.
const BrokerProfile& brokerProfile(const Target& target);

/// The key set of the platform's own tokens, below its project.
QString brokerKeysUrl(const Target& target);
/// Where workloads and exchanges ask for platform tokens, and where a user's connection token is fetched.
inline constexpr auto brokerTokenPath = "/oauth2/v1/apps/token";
inline constexpr auto brokerConnectionPath = "/v1/mgmt/outbound/app/user/token";

} // namespace setup
