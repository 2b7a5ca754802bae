// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/rules.h"

namespace diagnosis {

/// What stands in the gaps of a rule's sentences.
struct Words
{
    QString object {}; ///< "Federated credential mi-agents-prod"
    QString check {};  ///< "subject"
    QString presented {};
    QString expected {};
    QString receiver {};
    QString step {};
    QString near {}; ///< "case", "spelling": in what two values differ that mean the same
    QString title {}; ///< instead of the rule's `title`
    QString text {}; ///< instead of the rule's `why`; a sentence about this very case
    QString fix {};  ///< instead of the rule's `fix`
};

base::Finding finding(const Rule& rule, base::Severity severity, const Words& words, base::Place place);
/// The words of a check that fails.
Words wordsOf(const base::Check& check, const QString& object);
/// Display name, else name.
QString titleOf(const setup::App& app);
QString titleOf(const setup::ManagedIdentity& identity);
QString titleOf(const setup::Target& target);

} // namespace diagnosis
