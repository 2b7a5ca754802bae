// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/contractmatch.h"
#include "ui/models/diagnosecontent.h"
#include "ui/models/matchcontent.h"

/// A contract in the list beside the comparisons: what it is, and the first reason why it says no.
DiagnoseRow contractRow(const diagnosis::ContractAnswer& answer);
/// Verdict and comparisons, as the Match tab shows those of a step. Empty with the reason where the contract cannot be read.
MatchContent contractContent(const diagnosis::ContractAnswer& answer, const setup::Setup* setup);
/// "JWT of GitHub Actions for ... against 2 contracts, the nearest first. Read here, nothing was sent."
QString contractSummary(const QList<diagnosis::ContractAnswer>& answers);
