// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

#include <span>

namespace lab {

/// A named way to break the lab or a setup on purpose.
struct Fault
{
    const char* id;       ///< "fic-subject-case"
    const char* title;    ///< "The credential's subject in upper case"
    const char* breaks;   ///< a sentence: what is changed and where
    const char* finding;  ///< rule id it must produce: "ID-FIC-CASE"
    const char* recipes;  ///< blank-separated recipe ids it shows in
    /// Setup faults: the changed setup, before binding. nullptr for faults of the servers' behaviour.
    base::Result<setup::Setup> (*apply)(const setup::Setup&);
    /// "secret" or "managed-identity" when it shows only in flows whose `credential` is that; nullptr: in any.
    const char* credential = nullptr;
};
std::span<const Fault> faults();
const Fault* fault(QStringView id);

/// All setup faults among `ids` applied in order. Unknown id: Error "fault-unknown" that lists the known ones.
base::Result<setup::Setup> faulted(const setup::Setup& setup, const QStringList& ids);

} // namespace lab
