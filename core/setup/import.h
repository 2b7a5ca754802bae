// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

/// Existing configuration becomes a setup: application manifests, service principals, federated credentials, settings of a
/// sidecar, trust policies and providers of clouds, in the words their vendors save them in.
namespace setup {

struct ImportFile
{
    QString name {};
    QByteArray bytes {};
};

/// What a file turned out to be.
struct ImportRead
{
    QString file {};
    QString kind {}; ///< "Entra application"
    QString what {}; ///< "Claims Desk, 2 federated credentials"
};

/// What was not taken over, or not said by any file and made up so that the setup is whole.
struct ImportGap
{
    QString file {};  ///< empty for what no file says
    QString place {}; ///< JSON pointer or "line 12"
    QString text {};
};

/// A secret in a file. Its value goes nowhere.
struct ImportSecret
{
    QString file {};
    QString place {};
    QString looksLike {}; ///< "an Entra client secret"
    QString owner {};     ///< name of the app in the setup; empty when it is nobody's
};

struct Imported
{
    QByteArray document {}; ///< the setup as JSON text; parseSetup() takes it
    QList<ImportRead> read {};
    QList<ImportGap> notUnderstood {};
    QList<ImportGap> madeUp {};
    QStringList madeUpIds {}; ///< GUIDs among what was made up: nothing that is said of one is true of the configuration
    QList<ImportSecret> secrets {};
};

/// All files together are one setup: objects that share an id are one object. A file of no known kind is a gap, not an Error.
/// Errors: "import-syntax" (a file that begins as JSON and is none: `where` is file:line:column), "import-nothing" (no file
/// was understood).
base::Result<Imported> importFiles(const QList<ImportFile>& files);

/// For people, a line each: what was read, what was not understood, what was made up.
QString importSummary(const Imported& imported);

} // namespace setup
