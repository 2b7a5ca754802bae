// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/report/difference.h"
#include "ui/models/explained.h"

/// What differs in a step of two runs, why that matters and what to look at; where nothing does, the runs' first difference.
Explained explainedDifference(const report::RunDifference& difference, qsizetype step);
