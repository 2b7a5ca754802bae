// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/catalog/reconstruction.h"
#include "core/chain/chain.h"

namespace diagnosis {

/// A recorded file with all that follows from it.
struct Recorded
{
    setup::Setup setup {};        ///< the one it was held against, else an empty one
    catalog::Reconstruction made {};
    http::HarSummary summary {};
    chain::Chain chain {};
    QList<base::Finding> findings {};
    base::Instant last {};        ///< when the last recorded step was sent: "now" for its tokens
};

/// Reads an HTTP archive (HAR 1.2) in one pass. With a setup, every step whose receiver the setup knows gets the verdict
/// it should have had; without one, what the receiver answered is read by its code. `sofar` is handed what a long file has
/// shown until then: first after a moment, then ever more rarely. Errors: those of http::readHar.
base::Result<Recorded> openArchive(QIODevice& from, const setup::Setup* setup, const std::function<bool(qint64 read)>& progress = {},
    const std::function<void(Recorded&&)>& sofar = {});

} // namespace diagnosis
