// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/entra/workload.h"

namespace entra {

/// The middle tier presents the user's token and gets one for the next API, still for the user. Slot `T1`.
base::Result<flow::Step> onBehalfOf(const setup::Setup& setup, const setup::Tenant& tenant, const setup::App& middleTier, Proof proof,
    const setup::App& resource, const QString& scope, const flow::Frame& frame, const Witness& witness = {});

} // namespace entra
