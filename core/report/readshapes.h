// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/chain.h"
#include "core/report/reading_p.h"

/// The shapes of the command line's JSON, read back: the other half of shapes.h, stepjson.h and chainjson.h.
namespace report {

base::Check checkFrom(Reading& in, const json::Value& value);
QList<base::Check> checksFrom(Reading& in, const json::Value& parent, const char* name, bool needed = true);
std::optional<base::Verdict> verdictFrom(Reading& in, const json::Value& parent, const char* name);
flow::Party partyFrom(Reading& in, const json::Value& parent, const char* name);

/// Request, response or failure, and times of a step.
http::Exchange exchangeFrom(Reading& in, const json::Value& step);

/// One element of `steps`. The record is empty where the step was never sent.
flow::Step stepFrom(Reading& in, const json::Value& value);
std::optional<flow::StepRecord> recordFrom(Reading& in, const json::Value& value, const flow::Step& step);

/// `chain`, `audiences` and `auditPrincipals` of a run. Not derived again: what was compared then may be gone now.
chain::Chain chainFrom(Reading& in, const json::Value& run);

} // namespace report
