// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/entra/workload.h"

namespace entra {

/// A managed identity's token for any resource, not for the exchange: the host asks with the bare resource, without
/// "/.default" (entra.md 5.1). The token lands in `slot`.
flow::Step managedIdentityTokenFor(const setup::Setup& setup, const setup::ManagedIdentity& identity, const flow::Value& resource,
    const QString& slot, const flow::Frame& frame);

} // namespace entra
