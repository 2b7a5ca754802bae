// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"

namespace chain {

/// A near miss in one or two words: "case", "trailing slash", "object id for client id".
QString nearWord(base::Near near);
/// What fails, for a place with room for a few words: "subject, case"; "issuer, subject"; "issuer, 2 more".
QString failureWords(const QList<base::Check>& checks);
/// A party's kind, from its name in JSON to its word for people; a name that is not known stays as it is.
QString partyWordOf(const QString& name);

} // namespace chain
