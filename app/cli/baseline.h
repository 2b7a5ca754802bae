// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/base/result.h"
#include "core/diagnosis/sourcefiles.h"
#include "core/setup/setup.h"

namespace cli {

/// What findings are told apart by: the setup, and the files beside it.
struct Checked
{
    const setup::Setup& setup;
    const diagnosis::SourceSet& files;
};

/// Findings that somebody accepted, as a JSON document. Of a secret that stands in a file a keyed hash goes along, so that
/// another secret at its place is new: two bytes, enough to tell one value from another and too few to guess it by.
QByteArray baselineOf(const QList<base::Finding>& findings, const Checked& of);

/// Takes out what the baseline in that file accepts. The same once more is new: as many are accepted as were there.
base::Result<void> removeAccepted(QList<base::Finding>& findings, const QString& file, const Checked& of);

} // namespace cli
