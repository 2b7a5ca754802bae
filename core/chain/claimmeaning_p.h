// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/claimwho_p.h"

namespace chain {

/// One claim, and what it takes to put it into words.
struct Claim
{
    const flow::Token& token;
    const setup::Setup& setup;
    const TokenParties& parties;
    json::Value value {};
    base::Instant now {};
};

/// "Valid to 17:18:12" and "74 min left".
ClaimEntry::Reading readingOf(const Claim& claim, const ClaimEntry* entry, const flow::Party& filler);

/// The value as it stands in the token. Quotes stay where they tell a string from a number or a word.
QString asWritten(const json::Value& value);

} // namespace chain
