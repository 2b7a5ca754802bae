// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/result.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/contractfix.h"

#include <optional>

namespace diagnosis {

/// A text with the name of the file it is from; no name: it was pasted.
struct NamedText
{
    QString name {};
    QByteArray text {};
};

/// A token that is looked at, with what it is in words.
struct HeldToken
{
    jose::Jwt token {};
    QString label {};
};

/// What one contract says of one token.
struct ContractAnswer
{
    HeldToken held {};
    NamedText contract {};                   ///< in the vendor's own JSON, as it was written
    QString kind {};                         ///< "Entra federated credential"
    base::Verdict verdict {};
    trust::ContractFix fix {};               ///< of a refusal
    std::optional<base::Error> problem {};   ///< the contract cannot be read, and gives no verdict: why and where
};

/// The tokens and contracts that several texts hold, whatever stands around them.
struct TokensAndContracts
{
    QList<HeldToken> tokens {};
    QList<NamedText> contracts {};
    bool alone = true; ///< nothing else was recognised beside them
};
TokensAndContracts tokensAndContracts(const QList<NamedText>& texts);

/// Each token against each contract, the nearest first; those that cannot be read are last. `setup` tells whose ids stand
/// there and may be nullptr.
QList<ContractAnswer> heldAgainst(const TokensAndContracts& both, const setup::Setup* setup, base::Instant now);

} // namespace diagnosis
