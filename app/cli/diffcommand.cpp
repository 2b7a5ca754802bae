// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"
#include "rundocument.h"

#include "core/report/difference.h"

namespace cli {

int diffCommand(const Arguments& arguments)
{
    const auto left = readRun(arguments.at(0));
    if (!left)
        return fail(left.error());
    const auto right = readRun(arguments.at(1));
    if (!right)
        return fail(right.error());
    const report::RunDifference difference = report::difference(left->run(), right->run());
    print(arguments.json() ? report::differenceJson(difference) : report::differenceText(difference).toUtf8());
    return difference.differs() ? Refused : Accepted;
}

} // namespace cli
