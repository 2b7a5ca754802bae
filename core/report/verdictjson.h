// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/jsonwriter.h"

namespace report {

/// The members of the `verdict` shape without braces around them: into an object that says more.
void writeMembers(json::Writer& out, const base::Verdict& verdict);

} // namespace report
