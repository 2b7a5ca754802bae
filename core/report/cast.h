// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/base/jsonwriter.h"
#include "core/report/runjson.h"

namespace report {

/// The member `cast` of a run: those objects of the setup that its tokens name and its steps are made of, by the ids that
/// stand in tokens. With them, whoever has no setup can still say who filled which claim.
/// Real names are written, whatever played them.
void writeCast(json::Writer& out, const Source& source);

/// A setup of the cast and nothing else; empty where the run has none. As it was played: tokens name what issued them.
setup::Setup castOf(const json::Value& run, const setup::Bindings& bindings);

} // namespace report
