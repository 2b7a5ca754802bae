// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/catalog/explain.h"
#include "core/session/session.h"

/// What the Explain pane says about a place: a fixed order, missing parts left out, at most 120 words beside values.
struct Explained
{
    struct Section
    {
        enum class Kind { Own, Outside, Code, Party } kind {};
        QString heading {};
        QString text {};            ///< Own: our sentences, `code` and **names** marked; else shown as it is
        flow::PartyKind party {};   ///< Party
        bool operator==(const Section&) const = default;
    };
    struct Term
    {
        QString name {};
        QString source {};
        bool operator==(const Term&) const = default;
    };

    QString caption {};             ///< "Step 2 of 5", "Claim in T2"
    QString title {};
    bool fixedTitle = false;        ///< the title is a wire value
    QList<Section> sections {};
    QList<Term> terms {};
    QString value {};               ///< what "Value" copies; empty: nothing to copy
    QString json {};                ///< what "JSON" copies

    bool operator==(const Explained&) const = default;
};

/// The finest that the place names: claim, check, party, else its step, else the setup.
Explained explained(const session::Session& session, const base::Place& place);
/// One entry of the glossary; with an empty name all terms of this walk.
Explained glossary(const session::Session& session, const QString& term);
/// Words of our own sentences, as the limit counts them.
qsizetype wordCount(const Explained& explained);
