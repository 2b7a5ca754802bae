// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"
#include "core/setup/setup.h"

namespace federation {

/// GET on a protected API with the bearer token in `slot` (RFC 6750).
flow::Step callApi(const setup::Target& target, const flow::Party& asker, const QString& slot, const flow::Frame& frame);
/// GET /v1.0/me at Microsoft Graph, for the user the token speaks for.
flow::Step callGraphMe(const setup::Target& target, const flow::Party& asker, const QString& slot, const QString& userTitle, const flow::Frame& frame);

} // namespace federation
