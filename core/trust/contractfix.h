// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/contractfile.h"

namespace trust {

/// A contract that was put right: what has to be written so that every comparison holds that can be made to hold by
/// writing the contract anew.
struct ContractFix
{
    QByteArray corrected {}; ///< the vendor's JSON, whole; empty when nothing in it has to change, or no change lets the token in
    QString note {};         ///< not empty: a sentence on what the corrected contract leaves in the way
    QString command {};      ///< the vendor's command lines that write it, one a line; empty where there is none
};

/// From the checks that fail and name a place in the document, again and again until the token is let in: what is put right
/// may show the next mistake. What ends in a refusal is no correction and is not shown, unless time alone is in the way. A
/// contract that trusts another tenant is not rewritten to trust this one: that is a decision and no correction.
ContractFix contractFix(const ContractCase& match, const base::Verdict& verdict);

} // namespace trust
