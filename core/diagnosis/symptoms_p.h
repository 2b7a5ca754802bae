// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/rules.h"

namespace diagnosis {

/// A check that fails at a receiver, and what it takes to read it.
struct Failing
{
    const setup::Setup& setup;
    QString contract {}; ///< kind of the contract: "entra.token"
    const base::Check& check;
};

/// The rule a failing check stands for; nullptr when it stands for none.
const Rule* ruleFor(const Failing& failing);

/// Every failing check of a verdict as a rule, each rule once a place, in the receiver's order. What follows from
/// another one of them is left out.
struct Symptom
{
    const Rule* rule = nullptr;
    const base::Check* check = nullptr;
};
QList<Symptom> symptomsOf(
    const setup::Setup& setup, const QString& contract, const QList<base::Check>& checks);

} // namespace diagnosis
