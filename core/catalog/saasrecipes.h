// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"
#include "core/setup/setup.h"

namespace catalog {

/// Sign-in at a third party, a call of its API, and where it gives a refresh token, a new access token and a second call.
base::Result<flow::Flow> saasSignIn(const setup::Setup& setup, const setup::FlowSpec& spec);

} // namespace catalog
