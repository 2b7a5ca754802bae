// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

namespace diagnosis {

/// JSON as .NET reads it in settings: comments and commas before a closing bracket become blanks, so that every place stays.
QByteArray plainJson(QByteArray text);

} // namespace diagnosis
