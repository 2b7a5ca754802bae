// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/jose/jwt.h"

#include <optional>

namespace trust {

/// What came of a claimsMatchingExpression.
struct ExpressionResult
{
    std::optional<bool> holds {}; ///< nothing: it could not be evaluated
    QString why {};               ///< the part that was not understood, or the comparison that does not hold
    QString values {};            ///< the claims it looks at, with their values
    base::Condition condition {}; ///< the same as a tree
    std::optional<base::NearMiss> near {}; ///< of the first comparison that does not hold
};

/// The language of flexible federated credentials, version 1: `claims['name'] eq|matches 'text'`, joined with `and`;
/// `?` is one character and `*` any run (Microsoft: flexible federated identity credentials). Anything else is not
/// evaluated.
ExpressionResult evaluateExpression(QStringView expression, const jose::Jwt& token);

} // namespace trust
