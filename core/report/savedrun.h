// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/diagnosis/recorded.h"

namespace report {

/// Whether a text is a run that walk, inspect or report wrote: a run, an evidence bundle, an inspection of an archive. Of a
/// run or a bundle the beginning is enough.
bool holdsRun(QByteArrayView text);

/// Reads one of them. Verdicts, findings and chain are those of the file: what was compared may have been removed since, so
/// nothing is judged again. Error "not-a-run" with the place ("/steps/2/state, line 41"), or the syntax error of the text.
base::Result<diagnosis::Recorded> openRun(const QByteArray& text);

/// "3 steps in = 3 steps out, 14 values hidden, 2 names replaced" of a bundle; whose run it was of any other.
QString savedText(const diagnosis::Recorded& recorded);

} // namespace report
