// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/setup/setup.h"

namespace trust {

/// What the comparing side knows about the values, so that a near miss can be named and not only seen.
struct CompareHints
{
    const setup::Setup* setup = nullptr; ///< to tell client ids from object ids, twins, tenants
    bool guidUriTwins = false;           ///< the receiver treats the exchange audience's URI and GUID as one
    bool issuer = false;                 ///< compare as issuers: v1/v2 forms, clouds
    bool wildcardsMeanNothing = true;    ///< "*" in expected is a letter here
    QString receiver {};                 ///< for the sentence: "Entra compares letter by letter."
    QString presenter = QStringLiteral("token");     ///< what the presented value comes from, for the sentence
    QString contract = QStringLiteral("credential"); ///< what holds the expected value, for the sentence
    bool audience = false;               ///< compare as audiences: the caller may stand where the audience belongs
    QString azp {};                      ///< caller named in the presented token
    QString oid {};                      ///< object id in the presented token
    bool requestIsWrong = false;         ///< a request names something: what it presents has to change, not the contract
    bool list = false;                   ///< expected is one of a list (a half of a pair is then a gap in the list)
};

/// One exact, case-sensitive comparison with its near miss. `check` brings id, title, group, source, ...From; this fills
/// presented, expected, outcome, near, fix and fixValue.
base::Check compared(base::Check check, const QString& presented, const QString& expected, const CompareHints& hints = {});
/// The same against a list of which one has to fit; expected shows the nearest when none does.
base::Check comparedWithAny(base::Check check, const QStringList& presented, const QStringList& expected, const CompareHints& hints = {});

/// In what way the two are nearly equal; nothing when they are just different (or equal).
std::optional<base::NearMiss> nearMiss(const QString& presented, const QString& expected, const CompareHints& hints = {});

} // namespace trust
