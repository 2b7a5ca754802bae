// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/compare.h"

#include <QStringView>

#include <span>

namespace trust {

/// Two values that are not equal, and what is known about them.
struct Pair
{
    const QString& presented;
    const QString& expected;
    const CompareHints& hints;
};

/// One kind of nearness: a sentence when the pair is near in this way.
using NearTest = std::optional<base::NearMiss> (*)(const Pair&);

std::span<const NearTest> spellingTests(); ///< same text, other letters: blanks, case, slashes, escapes, look-alikes
std::span<const NearTest> addressTests();  ///< same place, other address: scheme, port, version, cloud, tenant
std::span<const NearTest> identityTests(); ///< same thing, other name: GUID and URI, client id and object id, caller
std::span<const NearTest> shapeTests();    ///< same pattern: wildcard, immutable subject, prefix

/// First place where the two part, as an index into `presented`.
qsizetype firstDifference(QStringView presented, QStringView expected);
/// As nearMiss, for a value that only has to begin like that.
std::optional<base::NearMiss> nearBeginning(const QString& presented, const QString& beginning, const CompareHints& hints = {});
/// GitHub's subject without the numeric ids behind owner and repository; the text itself when there are none.
QString withoutNumericIds(const QString& subject);
/// "The token" from "token": begins a sentence.
QString subjectOf(const QString& word);
/// "token" when `inPresented`, else the contract's word.
const QString& sideOf(const Pair& pair, bool inPresented);

} // namespace trust
