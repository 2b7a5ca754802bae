// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

namespace diagnosis {

/// Whom a condition lets in beside the workload it is meant for.
enum class Strangers { None, OfTheTenant, All };

/// Tries the condition with tokens of somebody else: no claim fits, but those that all tokens of a tenant have alike. Of a
/// provider of Google with its `attributeMapping`, of a federation rule without one. A condition that cannot be evaluated lets
/// nobody in.
Strangers strangersLetIn(const QString& condition, const json::Value& mapping = {});

} // namespace diagnosis
