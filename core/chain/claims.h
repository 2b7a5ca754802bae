// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/run.h"
#include "core/setup/setup.h"

namespace chain {

/// One claim of a token as the Token tab shows it.
struct ClaimRow
{
    enum class Part { Header, Payload, Problem } part {};
    QString name {};
    QString value {};          ///< as written; strings with quotes where the type matters
    QString meaning {};        ///< "Valid to 17:18:12, 74 min left"
    QString aside {};          ///< second half of the meaning, set weaker
    flow::PartyKind filler {}; ///< who filled it: decides colour and glyph
    QString fillerTitle {};    ///< "claims-desk", "Entra"
    QString fillerId {};       ///< setup object name or "entra"
    QString detail {};         ///< "Worth knowing" for the Explain pane
    QString source {};
};
/// All claims in the order of the token, header first, problems where they occur.
QList<ClaimRow> claimRows(const flow::Token& token, const setup::Setup& setup, base::Instant now);

/// Legend of the who-filled-it bar.
struct Filler
{
    flow::PartyKind kind {};
    QString title {};
    int claims = 0; ///< 0: took part and filled nothing
};
QList<Filler> fillers(const QList<ClaimRow>& rows, const flow::Flow& flow);

/// "T2 speaks for the agent claims-desk", "app-only, v2.0"
struct TokenSummary
{
    QString title {};
    QString kind {};
    flow::PartyKind speaker {};
    QString fingerprint {};
};
TokenSummary summary(const flow::Token& token, const setup::Setup& setup);

} // namespace chain
