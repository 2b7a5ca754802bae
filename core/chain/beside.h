// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/chain/chain.h"

#include <utility>

namespace chain {

inline constexpr QChar upperSide = u'a', lowerSide = u'b';

/// Two chains as one of two groups, so that they lie above each other on the same lanes. Ids of the upper one begin with
/// "a:", of the lower one with "b:".
Chain beside(const Chain& upper, const QString& upperTitle, const Chain& lower, const QString& lowerTitle);
flow::Flow beside(const flow::Flow& upper, const flow::Flow& lower);

/// A place of one of the two, in both together; and back, with the side it belongs to (null where it names none).
base::Place placeBeside(QChar side, base::Place place);
std::pair<QChar, base::Place> placeWithin(base::Place place);

} // namespace chain
