// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

namespace catalog {

/// An agent's token to a broker, narrowed there, and a third party's token for a user fetched with it; with
/// `"managementKey": true` in the flow's settings the key fetches it alone.
base::Result<flow::Flow> credentialBroker(const setup::Setup& setup, const setup::FlowSpec& spec);

} // namespace catalog
