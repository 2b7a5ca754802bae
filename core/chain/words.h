// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"

namespace chain {

/// A near miss in one or two words: "case", "trailing slash", "object id for client id".
QString nearWord(base::Near near);
/// What fails, for a place with room for a few words: "subject, case"; "issuer, subject"; "issuer, 2 more".
QString failureWords(const QList<base::Check>& checks);

} // namespace chain
