// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/secrets.h"

namespace setup {

/// A place where a setup may keep a secret. Client secrets have no place in a higher environment; keys and tokens do.
struct SecretSlot
{
    enum class Kind { ClientSecret, PrivateKey, Token };
    QString owner {};      ///< for people: "Claims Desk"
    QString name {};       ///< "blueprint/blueprint-secret"
    QString credential {}; ///< for people: "blueprint-secret"
    SecretKey key {};
    Kind kind {};
};

/// Secrets and private keys of apps; what platforms give their jobs, and tokens that are pasted; identity headers of hosts.
QList<SecretSlot> secretSlots(const Setup& setup);

} // namespace setup
