// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QString>

namespace setup {

/// Replaces a file in one step, or not at all: a temporary file in the same folder, readable by its owner
/// alone from its first byte, is written, synchronised and renamed over it; then the folder is synchronised.
/// A link is followed. On an Error (`code` as given, `text` says why and that the old file is untouched) no
/// temporary file stays behind.
base::Result<void> writeAtomically(const QString& file, QByteArrayView bytes, const QString& code);

} // namespace setup
