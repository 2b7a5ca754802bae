// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringView>

namespace trust {

/// Whether the pattern covers the whole text: `*` any run of characters, `?` exactly one. Linear in practice, no recursion.
bool globMatches(QStringView text, QStringView pattern, Qt::CaseSensitivity sensitivity = Qt::CaseSensitive);

} // namespace trust
