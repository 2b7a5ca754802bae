// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/http/server.h"
#include "core/lab/world.h"

namespace lab {

/// Keeps the receiver's own verdict beside an answer, found again by the answer's request id: what a
/// prediction could not know is filled in by it. Gives the answer a request id when it has none. `reason` is the short name of
/// what the wire does not say.
http::ServerResponse withTruth(
    World& world, http::ServerResponse answer, const QString& target, base::Verdict verdict, const QString& reason = {});

/// What the lab answers where the setup leaves a verdict open: 501, and what is open. It does not answer as the vendor would, so
/// that nobody takes it for the vendor's word.
base::Refusal openQuestion(const base::Verdict& verdict);

} // namespace lab
