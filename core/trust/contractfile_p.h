// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/contractfile.h"

namespace trust {

/// A member that has to be a text when it is there; null counts as absent. The Error names its pointer.
base::Result<QString> optionalText(const json::Value& object, const char* member);
/// The same, and it has to be there and not be empty.
base::Result<QString> requiredText(const json::Value& object, const char* member);
/// A list of texts; a single text counts as a list of one, an absent member as an empty one.
base::Result<QStringList> listOfTexts(const json::Value& object, const char* member);
/// The first member whose name stood in the same object before: readers differ in which of the two they take.
json::Value secondOfItsName(const json::Value& in);
/// "The contract cannot be read": an Error at this value.
tl::unexpected<base::Error> badContract(const json::Value& at, const QString& why);

/// How sure a verdict is that was made without the receiver's own knowledge.
base::Confidence confidenceOf(const base::Verdict& verdict);

// One function a kind of contract.
base::Result<base::Verdict> matchCredentialFile(const ContractCase& match);
base::Result<base::Verdict> matchRuleFile(const ContractCase& match);
base::Result<base::Verdict> matchAudienceFile(const ContractCase& match);
base::Result<base::Verdict> matchGoogleFile(const ContractCase& match);
base::Result<base::Verdict> matchAwsFile(const ContractCase& match);
base::Result<base::Verdict> matchResourceFile(const ContractCase& match);

} // namespace trust
