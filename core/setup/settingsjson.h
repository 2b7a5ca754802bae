// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

namespace setup {

/// The text of a .NET settings file (appsettings.json) as plain JSON. .NET's loader takes comments and trailing commas (Microsoft:
/// JSON configuration provider), and Visual Studio writes a byte order mark: the mark goes, comments and commas become blanks, so
/// that lines and columns stay. What is wrong besides stays wrong.
QByteArray plainJson(const QByteArray& settings);

} // namespace setup
