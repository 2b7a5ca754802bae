// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "targetsecrets.h"

using namespace Qt::StringLiterals;

namespace setup {

SecretKey secretKey(const Setup& setup, const Target& target, const QString& credential)
{
    return {.setup = setup.id, .tenant = target.name, .clientId = target.clientId, .credential = credential};
}

bool hasClientSecret(const Target& target)
{
    const bool asks = target.kind == "token-exchange"_L1 || target.kind == "saas"_L1 || target.kind == "broker"_L1;
    return asks && !target.clientId.isEmpty() && !target.settings.root()["publicClient"].boolean();
}

bool hasManagementKey(const Target& target)
{
    return target.kind == "broker"_L1 && target.settings.root()["managementKey"].boolean();
}

} // namespace setup
