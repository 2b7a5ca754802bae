// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/review.h"

namespace report {

/// A design review with what stands above it.
struct Review
{
    QString setup {};   ///< id
    QString title {};
    QString made {};    ///< RFC 3339
    bool withRun = false;
    QList<diagnosis::ReviewLine> lines {};
};

QByteArray reviewJson(const Review& review);
QString reviewText(const Review& review);
QString reviewMarkdown(const Review& review);
/// One page on paper: no script, nothing loaded from elsewhere, every value escaped.
QByteArray reviewHtml(const Review& review);

/// "/apps/1/owners", or "run /steps/3".
QString placeOf(const diagnosis::Evidence& evidence);

} // namespace report
