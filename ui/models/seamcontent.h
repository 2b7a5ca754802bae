// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/sidecarsettings.h"

/// A line of one side, and whether the other side lacks it.
struct SeamLine
{
    QString text {};
    bool differs = false;
};

/// The sidecar's settings in both patterns, beside each other.
struct Seam
{
    QList<SeamLine> secret {};
    QList<SeamLine> federated {};
    QByteArray secretText {};    ///< whole, as a file
    QByteArray federatedText {};
    QString summary {};          ///< "3 settings differ, 9 are the same. ..."
};
/// Errors: those of setup::sidecarSettings.
base::Result<Seam> seamOf(const setup::Setup& setup, const setup::Target& sidecar, setup::SettingsForm form);
