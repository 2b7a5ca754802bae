// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

#include <span>

namespace cli {

/// Exit codes of the contract.
enum Exit { Accepted = 0, Refused = 1, Usage = 2, Surroundings = 3 };

struct Option
{
    const char* name;      ///< without dashes
    const char* value;     ///< placeholder; nullptr for a flag
    const char* help;
    bool repeatable = false;
};

class Arguments;

/// One row a command: help, usage and completion come from here, nothing below enumerates commands again.
struct Command
{
    const char* name;
    const char* arguments; ///< "SETUP", "[FILE|-]"
    const char* help;
    int least;             ///< positional arguments
    int most;
    std::span<const Option> options;
    int (*run)(const Arguments&);
};

std::span<const Command> commands();
const Command* command(QStringView name);

/// Runs `arguments` (without the program's name). The first one is a command.
int run(const QStringList& arguments);
/// Whether these arguments ask for something that needs no display.
bool isCommandLine(const QStringList& arguments);

QString usage();
QString usage(const Command& command);

} // namespace cli
