// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/intake.h"

namespace report {

/// The `inspection` shape of the command line, and the same for people. Tokens are header, payload and fingerprint.
QByteArray inspectionJson(const diagnosis::Inspection& inspection);
QString inspectionText(const diagnosis::Inspection& inspection);

/// A verdict for people, one line and its near miss and fix a check.
QString verdictText(const base::Verdict& verdict);

} // namespace report
