// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

#include <QHash>

namespace lab {

/// An object of the lab's base that a setup has under another name.
struct Alias
{
    QString array {}; ///< "apps"
    QString base {}; ///< name in the base, which the manifest promises
    QString own {}; ///< name in the setup
};

struct Completed
{
    setup::Setup setup {};
    QList<Alias> aliases {};
    /// Private keys (PKCS#8) of the certificates made for this run, by "<client id>/<credential>".
    QHash<QString, QByteArray> certificateKeys {};
};

enum class Completion {
    FirstParty, ///< what every tenant has: the resources of Microsoft itself
    Everything ///< all that the manifest promises; the setup's own objects keep what they say
};

/// The setup with what it lacks. The setup's objects stay where they are, so that their pointers hold; new
/// ones follow. Slow when a certificate has to be made.
base::Result<Completed> completed(const setup::Setup& setup, Completion what, const class Entropy& entropy);

QString certificateName(const setup::App& app, const setup::Credential& credential);

} // namespace lab
