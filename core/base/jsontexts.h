// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

#include <QStringList>

namespace json {

/// The elements of a list, or the members of an object, as texts; what is none is an empty one. Nothing of anything else.
QStringList textsIn(const Value& list);
/// The same, where one text may stand in place of a list of one.
QStringList textsOrOne(const Value& list);

} // namespace json
