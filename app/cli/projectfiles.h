// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/diagnosis/sourcefiles.h"

namespace cli {

/// Files and folders that arguments name, with what their repository says of them.
struct ProjectFiles
{
    QList<diagnosis::SourceFile> files {};
    int skipped = 0; ///< too long, or no text
};

/// Reads them; folders whole, without what ignore rules keep out of them as a folder, unless
/// the named folder is kept out itself. Links are not followed. Error for what
/// is not there or cannot be read.
base::Result<ProjectFiles> readProject(const QStringList& names);

} // namespace cli
