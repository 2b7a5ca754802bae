// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/cli/cli.h"

#include "core/base/finding.h"

#include <QList>
#include <QString>

namespace cli {

void print(const QString& text);           ///< standard output, UTF-8
void print(const QByteArray& text);
/// The exit of a command, or the one that says that not all of what it printed could be written.
int whenPrinted(int code);
void tell(const QString& text);            ///< standard error, for people; control characters made visible
void complain(const base::Error& error);   ///< one line on standard error: what, and where
/// The exit an Error asks for: 3 for the surroundings, else 2.
int exitOf(const base::Error& error);
int fail(const base::Error& error);        ///< complain, and the exit

/// A file, or standard input for "-". Error with the place.
base::Result<QByteArray> readInput(const QString& file);
/// Atomic; "-" is standard output.
base::Result<void> writeOutput(const QString& file, const QByteArray& bytes);

bool hasErrors(const QList<base::Finding>& findings);

} // namespace cli
