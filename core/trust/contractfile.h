// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

/// Contracts in the vendor's own JSON, as they are saved from a console or a command line. The kind is told from the
/// members, never from a file's name.
namespace trust {

/// One token that is held against one contract.
struct ContractCase
{
    const jose::Jwt& token;
    json::Value contract;                ///< root of the vendor's JSON
    const setup::Setup* setup = nullptr; ///< to tell whose ids these are, when one is open
    const Knowledge& knowledge;
    base::Instant now;
};

/// The verdict of the contract on the token. An Error when the contract itself cannot be read: `where` is the JSON
/// pointer, or `line:column` where the text is no JSON.
base::Result<base::Verdict> matchContract(const ContractCase& match);

/// Name of the kind this document is: "Entra federated credential". Empty when it is no contract.
QString contractKind(const json::Value& root);

} // namespace trust
