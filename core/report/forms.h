// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"

#include <span>

namespace report {

/// A form in which a run (its JSON shape) is written to a file. What goes in is redacted already, or revealed on purpose.
struct Form
{
    QLatin1StringView name;   ///< as on the command line: "html"
    QLatin1StringView suffix; ///< of its files, without the dot: "html", "bundle.json"
    QLatin1StringView title;  ///< "HTML report"
    QByteArray (*write)(const json::Value& run, base::Instant now);
};
std::span<const Form> forms();
/// nullptr when there is none of this name.
const Form* form(QStringView name);

} // namespace report
