// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

namespace setup {

/// A file, or "sample:<id>"/bare sample id. Errors: "setup-unreadable", "setup-syntax", "setup-version", "setup-field",
/// "setup-secret" is not among them: a secret in a wrong place loads and is a finding.
base::Result<Setup> load(const QString& fileOrSample);
/// Atomic: temporary file beside it, fsync, rename, fsync of the folder; mode 0600. Writes the document's own text.
/// Refuses ("setup-changed") when the file changed since it was loaded, or stands there and was never loaded, unless
/// `overwrite`. "setup-unwritable": the reason; what stood there is untouched. Afterwards the setup belongs to that file.
base::Result<void> save(Setup& setup, const QString& file, bool overwrite = false);

/// Makes ":/samples", ":/schema", ":/icons" and ":/lab" readable. A static library's resources are linked in by being
/// asked for; load() and sample() ask themselves. Call it before anything else is read from ":/".
void initResources();

/// The setups that ship, in order.
QStringList sampleIds();
base::Result<Setup> sample(const QString& id);

/// A secret-shaped value where none belongs: pointer, line, what it looks like. Never the value.
struct SecretSighting
{
    QString pointer {};
    int line = 0;
    QString looksLike {}; ///< "an Entra client secret", "a private key", "a JWT", "an Anthropic API key"
};
QList<SecretSighting> findSecrets(const Setup& setup);
/// The same in any document: a contract as its vendor writes it.
QList<SecretSighting> findSecrets(const json::Value& value);

} // namespace setup
