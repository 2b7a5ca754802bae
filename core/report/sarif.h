// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/base/json.h"

namespace report {

/// Findings as SARIF 2.1.0 (OASIS), in the shape code hosts take: one run, rules with help, one result a finding with a
/// place in the setup's file and a fingerprint that survives moved lines. `file` is relative to the repository; without one
/// (a recording) a finding is placed by its step alone.
QByteArray sarif(const QList<base::Finding>& findings, const json::Document& setup, const QString& file);

/// What tells a finding from others across versions of a file: rule and place, without line numbers.
QString findingFingerprint(const base::Finding& finding, const json::Document& setup);

} // namespace report
