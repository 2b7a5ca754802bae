// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/entra/workload.h"

namespace entra {

/// Client credentials of an app that a workload is federated to, for a token of that app's own audience: the way round
/// where a cloud takes no managed identity token (microsoft/entra-agentid-samples). Yields T1.
base::Result<flow::Step> tokenAsIntermediary(const setup::Setup& setup, const setup::Tenant& tenant, const setup::App& app,
    const setup::App& resource, Proof proof, const flow::Frame& frame);

} // namespace entra
