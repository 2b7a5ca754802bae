// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/catalog/reconstruction.h"

namespace catalog {

/// Refusals that belong to a protocol, where the file shows that the client went on as it says: a document that is at the next
/// place, a challenge that was answered, a sign-in without a page before the one with it, a code that nobody had typed in yet, a token with too little in it.
void settleProbes(Reconstruction& made, const flow::Ingredients& known);

} // namespace catalog
