// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/run.h"

namespace diagnosis {

/// What the client of a recorded file had to compare and could: state and issuer of a sign-in's answer, issuer of metadata,
/// audience and nonce of an id token. Held by the file alone, so it needs no setup; what the file does not tell is left out.
void checkRecorded(flow::Run& run);

} // namespace diagnosis
