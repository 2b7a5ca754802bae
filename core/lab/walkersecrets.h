// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/world.h"
#include "core/setup/secrets.h"

namespace lab {

/// What the one who walks holds: client secrets, private keys of certificates (`certificateKeys` as in Completed), the
/// host's identity header, and what an outside platform gives its jobs. Keyed for the setup that is played. Faults of
/// the walker's own store are made here.
void fillWalkerSecrets(const World& world, const QHash<QString, QByteArray>& certificateKeys, setup::MemorySecrets& store);

} // namespace lab
