// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "ui/models/designsubject.h"

#include <QByteArray>
#include <QString>

namespace app {

/// What there is to save: a run (its JSON shape), and what inventory and design review look at.
struct Exportable
{
    QByteArray run {};
    DesignSubject design {};
};

/// What the window saves it as: the forms of the command line, and pictures of the chain. For a file dialog.
QString exportFilters();
/// The suffix of one of those filters, without the dot.
QString exportSuffix(const QString& filter);

/// Writes what the file's name ends with, else what the filter says; on any thread. The file is readable by its owner alone.
/// Errors: "write-failed", "export-empty".
base::Result<void> exportRun(const Exportable& what, const QString& file, const QString& filter);

/// A name that every file system takes and that stays in its folder, made of any text.
QString safeFileName(const QString& text);

} // namespace app
