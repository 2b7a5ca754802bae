// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

namespace cli {

/// A recorded run that an argument names: the JSON of `walk`, an inspection of an archive, an evidence bundle.
struct RunDocument
{
    json::Document document {};
    json::Value run() const;
};

/// Reads one, `-` for standard input. An HTTP archive is made a run first. What comes out is redacted, also where the file
/// was not, unless `reveal`. Errors name the file and the place in it.
base::Result<RunDocument> readRun(const QString& argument, bool reveal = false);

} // namespace cli
