// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHash>
#include <QString>

namespace chain {

/// What is known about a claim by its name: one entry of resources/claims.json.
struct ClaimEntry
{
    struct Reading
    {
        QString meaning {};
        QString aside {};
    };

    QString meaning {};
    QString aside {};
    QString detail {};
    QString source {};
    QString reader {}; ///< how its value is put into words; empty: by `values` or not at all
    QString filler {}; ///< "issuer", "resource", "client", "subject", "parent", "user", "version"
    QHash<QString, Reading> values {};
};

/// nullptr for names nobody has described.
const ClaimEntry* claimEntry(QStringView name, bool inHeader);
/// "agent identity" for "11"; empty for numbers without a public meaning (entra.md 7.5).
QString facetMeaning(const QString& number);
QString relationMeaning(const QString& number);

} // namespace chain
