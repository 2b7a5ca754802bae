// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/evidence.h"

namespace diagnosis {

enum class ReviewAnswer { Unknown, No, Partly, Yes };
QString reviewAnswerName(ReviewAnswer answer); ///< "yes", "partly", "no", "unknown"

/// One of the six questions of a design review.
struct ReviewLine
{
    QString id {};                     ///< "identity", "credentials", "rights", "records", "elsewhere", "secrets"
    QString question {};
    ReviewAnswer answer {};
    QString because {};                ///< one sentence
    QList<Evidence> evidence {};
    QList<base::Finding> findings {};  ///< that lowered the answer
};

/// Distinct identity record, short-lived and scoped credentials, user's rights preserved, tool calls reconstructable, works
/// outside its home ecosystem, secrets removed. An answer is what the evidence says, lowered by findings: an error makes it
/// no, a warning makes a yes partly. Without evidence it is unknown.
QList<ReviewLine> review(const Material& material);

} // namespace diagnosis
