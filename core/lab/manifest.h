// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/certificate.h"
#include "core/lab/completion.h"
#include "core/lab/world.h"

#include <QJsonObject>

namespace lab {

/// Where the servers are, by the manifest's names.
QList<Lab::Endpoint> endpointsOf(const World& world);

/// The manifest, version 1: what a program needs to use this lab. File names in it are relative.
QJsonObject manifestOf(const World& world, const Completed& completed);

/// Writes key and certificate files, then the manifest in one step. Names of what was written are added to
/// `files`, the manifest first. Everything is readable by its owner alone, for all of it holds secrets of the
/// lab.
base::Result<void> writeManifest(const World& world, const Completed& completed, const Certified& authority,
    const QString& path, QStringList& files);

} // namespace lab
