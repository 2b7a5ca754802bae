// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

#include <span>

namespace lab {

/// A named way to break the lab or a setup on purpose.
struct Fault
{
    const char* id; ///< "fic-subject-case"
    const char* title; ///< "The credential's subject in upper case"
    const char* breaks; ///< a sentence: what is changed and where
    const char* finding; ///< rule id it must produce: "ID-FIC-CASE"
    const char* recipes; ///< blank-separated recipe ids it shows in
    /// Setup faults: the changed setup, before binding. nullptr for faults of the servers' behaviour.
    base::Result<setup::Setup> (*apply)(const setup::Setup&);
    /// It shows only where the root of the flow proves itself like this: "secret", "certificate",
    /// "managed-identity", "issuer", "issuer <beginning of its name>", "" for any.
    const char* credential = "";
    /// What else must hold of a flow for the fault to show in it; nullptr: nothing.
    bool (*where)(const setup::Setup&, const setup::FlowSpec&) = nullptr;
};
std::span<const Fault> faults();
const Fault* fault(QStringView id);

/// Whether the fault shows in this flow of the setup: by recipe, credential and what else it wants.
bool showsIn(const Fault& fault, const setup::Setup& setup, const setup::FlowSpec& flow);

/// All setup faults among `ids` applied in order; ids of the servers' faults are passed over. Errors:
/// "fault-unknown", which lists the known ones, and "fault-not-applicable".
base::Result<setup::Setup> faulted(const setup::Setup& setup, const QStringList& ids);

} // namespace lab
