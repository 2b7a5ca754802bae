// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/catalog/reconstruction.h"
#include "core/chain/chain.h"
#include "core/setup/binding.h"

namespace diagnosis {

/// What an evidence bundle says was taken out of it.
struct Receipt
{
    base::Instant made {};
    qint64 exchangesIn = 0;       ///< of the archive it was made from; 0: it was made from a walk
    qint64 stepsIn = 0, stepsOut = 0, findings = 0;
    qint64 hiddenValues = 0;      ///< secrets, codes, signatures, whole tokens
    qint64 people = 0;            ///< names and addresses of people that have pseudonyms now
    qint64 replaced = 0;          ///< places where such a name stood
    QStringList removed {}, kept {};
};

/// Whose run a file holds that Trustwalk wrote itself.
struct Saved
{
    QString setupTitle {};
    QString against {};           ///< "lab", "live", "file"
    std::optional<Receipt> receipt {}; ///< of a bundle
};

/// A recorded file with all that follows from it.
struct Recorded
{
    setup::Setup setup {};        ///< the one it was held against, else an empty one
    catalog::Reconstruction made {};
    http::HarSummary summary {};
    setup::Bindings bindings {};  ///< of a saved run that was walked in the lab
    chain::Chain chain {};
    QList<base::Finding> findings {};
    base::Instant last {};        ///< when the last recorded step was sent: "now" for its tokens
    std::optional<Saved> saved {};///< empty of an HTTP archive: what follows from a saved run stands in it, and was not judged anew
};

/// Reads an HTTP archive (HAR 1.2) in one pass. With a setup, every step whose receiver the setup knows gets the verdict
/// it should have had; without one, what the receiver answered is read by its code. `sofar` is handed what a long file has
/// shown until then: first after a moment, then ever more rarely. Errors: those of http::readHar.
base::Result<Recorded> openArchive(QIODevice& from, const setup::Setup* setup, const std::function<bool(qint64 read)>& progress = {},
    const std::function<void(Recorded&&)>& sofar = {});

/// One of the flows of a file alone, with what follows from it; `id` as in `made.flows`.
Recorded onlyFlow(const Recorded& whole, const QString& id);

} // namespace diagnosis
