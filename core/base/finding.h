// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace base {

/// A pointer into what is shown: step, part, claim, or a place in the setup. The one selection shared by all views.
struct Place
{
    QString step {};    ///< step id; empty = the setup itself
    QString part {};    ///< "match", "token:T1", "request", "response", "audiences", "party:<id>", "link:<id>"
    QString claim {};   ///< claim name or check id inside the part
    QString pointer {}; ///< JSON pointer into the setup

    bool operator==(const Place&) const = default;
    bool isEmpty() const { return *this == Place {}; }
};

enum class Severity { Info, Warning, Error };

/// A rule's result.
struct Finding
{
    QString rule {};
    Severity severity {};
    QString title {};
    QString text {};
    QString fix {};
    Place place {};

    bool operator==(const Finding&) const = default;
};

QString severityName(Severity s); ///< "error", "warning", "info"

} // namespace base
