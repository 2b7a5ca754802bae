// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/base/finding.h"
#include "core/base/json.h"
#include "core/setup/setup.h"

namespace diagnosis {

/// What an answer rests on: a sentence, and where it stands.
struct Evidence
{
    QString text {};
    QString pointer {}; ///< into the setup
    QString run {};     ///< into the recorded run, when it is from there
};


/// A setup, what its rules found, and perhaps a recorded run (its JSON shape; a missing value when there is none).
struct Material
{
    const setup::Setup& setup;
    const QList<base::Finding>& findings;
    json::Value run {};
    base::Instant now {};
};

/// Pointers to the steps of a recorded run that this party takes part in and that were accepted.
QList<Evidence> seenInRun(const Material& material, const QString& title);

} // namespace diagnosis
