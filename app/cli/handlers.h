// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/cli/arguments.h"

#include <optional>

/// What each command does; the table in commands.cpp names them.
namespace cli {

int flowsCommand(const Arguments&);
int samplesCommand(const Arguments&);
int faultsCommand(const Arguments&);
int rulesCommand(const Arguments&);
int inspectCommand(const Arguments&);
int matchCommand(const Arguments&);
int checkCommand(const Arguments&);
int inventoryCommand(const Arguments&);
int reviewCommand(const Arguments&);
int reportCommand(const Arguments&);
/// Existing configuration becomes a setup.
int importCommand(const Arguments&);
/// Who acts, whose data, where, what: the flow for it.
int adviseCommand(const Arguments&);
int diffCommand(const Arguments&);
/// An HTTP archive is read from its file, whatever its size; nothing when the input is something else.
std::optional<int> inspectArchive(const Arguments&);
/// The same of what was read already: standard input, a file in UTF-16.
std::optional<int> inspectArchiveText(const QByteArray& text, const Arguments&);

/// What `inspect` does once it has the keys' text; unused without `--keys`.
int inspectWith(const Arguments&, const QByteArray& keys);

/// These need the network, the lab or the keychain, and are linked twice: the library trustwalk-online does them, the
/// program itself hands them over to it (app/handover.cpp).
int walkCommand(const Arguments&);
int labCommand(const Arguments&);
int secretCommand(const Arguments&);
int inspectWithFetchedKeys(const Arguments&);

} // namespace cli
