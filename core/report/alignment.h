// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

#include <QList>

#include <utility>

namespace report {

/// Places of two lists that belong together; -1 where one of them has nothing.
using Aligned = QList<std::pair<qsizetype, qsizetype>>;

/// Which steps of two runs, as `walk --json` writes them, are the same step, in an order that keeps that of both. Ids of
/// derived flows decide; those of a recording are numbers of a kind and only help. Else a step is what it asks for: method,
/// path without its host and tenant, grant, and the kinds of who asks whom.
Aligned alignedSteps(const json::Value& left, const json::Value& right);

} // namespace report
