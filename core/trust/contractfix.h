// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/json.h"

namespace trust {

/// A contract that was put right: what has to be written so that every comparison holds that can be made to hold by
/// writing the contract anew.
struct ContractFix
{
    QByteArray corrected {}; ///< the vendor's JSON, whole; empty when nothing in it has to change
    QString command {};      ///< the vendor's command line that writes it; empty where there is none
};

/// From the checks that fail and name a place in the document. A contract that trusts another tenant is not rewritten to
/// trust this one: that is a decision and no correction.
ContractFix contractFix(const json::Value& contract, const base::Verdict& verdict);

} // namespace trust
