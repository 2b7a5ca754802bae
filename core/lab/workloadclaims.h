// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/world.h"

namespace lab {

/// A token as this platform writes it for one of its workloads, signed with the issuer's key: its usual claims, filled in
/// from the subject, then those that the setup lays over them (null leaves one out).
struct WorkloadMint
{
    QByteArray token {};
    qint64 expires = 0; ///< seconds since 1970
};
WorkloadMint mintWorkloadToken(const World& world, const setup::Issuer& issuer, const QString& audience);

} // namespace lab
