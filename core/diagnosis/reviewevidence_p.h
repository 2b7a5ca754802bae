// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/review.h"

namespace diagnosis {

/// What the setup and the run say to one question before any finding is looked at.
struct Grounds
{
    ReviewAnswer answer = ReviewAnswer::Unknown;
    QString because {};
    QList<Evidence> evidence {};
};
Grounds identityGrounds(const Material& material);
Grounds credentialGrounds(const Material& material);
Grounds rightsGrounds(const Material& material);
Grounds recordGrounds(const Material& material);
Grounds elsewhereGrounds(const Material& material);
Grounds secretGrounds(const Material& material);

} // namespace diagnosis
