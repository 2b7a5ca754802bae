// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/base/jsonwriter.h"
#include "core/flow/run.h"

namespace report {

/// The member `cast` of a run: those objects of the setup that its tokens name and its steps are made of, by the ids that
/// stand in tokens. With them, whoever has no setup can still say who filled which claim.
void writeCast(json::Writer& out, const setup::Setup& setup, const flow::Flow& flow, const flow::Run& run);

/// A setup of the cast and nothing else; empty where the run has none.
setup::Setup castOf(const json::Value& run);

} // namespace report
