// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace setup {

/// What a value looks like when it looks like a secret by itself: "an Entra client secret", "a private key",
/// "a JWT"; empty for everything else. Knows GUIDs, certificates, ARM and vendor ids, URLs and names for what
/// they are.
QString secretShape(const QString& value);
/// What a value is by the name it stands under ("password", "clientSecret", "api_key"), whatever it looks
/// like; empty for names that promise no secret ("secretId", "tokenLifetime").
QString secretName(const QString& member);
/// A long random text of no known make. Public ids can look like this too, so the place has to decide.
bool looksRandom(const QString& value);

} // namespace setup
