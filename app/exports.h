// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace app {

/// What the window saves a run as: the forms of the command line, and pictures of the chain. For a file dialog.
QString exportFilters();
/// The suffix of one of those filters, without the dot.
QString exportSuffix(const QString& filter);

/// Writes the run (its JSON shape) as what the file's name ends with, else as the filter says. The file is readable by its
/// owner alone. Errors: "write-failed", "export-empty".
base::Result<void> exportRun(const QByteArray& run, const QString& file, const QString& filter);

/// A name that every file system takes and that stays in its folder, made of any text.
QString safeFileName(const QString& text);

} // namespace app
