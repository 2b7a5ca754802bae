// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

#include <functional>

namespace report {

/// The names on the way from the root to a value; empty where it is an element.
using NamePath = QList<QByteArrayView>;
/// What stands in place of a value, as JSON: nothing to look further inside, an empty text to leave it out.
using Change = std::function<std::optional<QByteArray>(const json::Value& value, const NamePath& path)>;

/// The same JSON on one line, names and all that is not changed byte for byte as they stand.
QByteArray rewritten(const json::Value& value, const Change& change);

} // namespace report
