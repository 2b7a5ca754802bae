// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace diagnosis {

/// What is known about an error a receiver answers with: one entry of resources/errors.json, in our own
/// words.
struct ErrorEntry
{
    QString code {};   ///< "AADSTS7002138", "authentication_error"
    QString vendor {}; ///< "Microsoft Entra", "Anthropic"
    QString error {};  ///< OAuth error or vendor type it comes with
    QString meaning {};
    QStringList causes {};
    QString fix {};
    QString source {};
    QString certainty {}; ///< "documented", "observed", "unconfirmed"
    QString rule {};      ///< finding it stands for, when it says enough by itself
};

/// By code, in any usual spelling: "AADSTS7002138", "7002138", "authentication_error", "access_denied".
/// nullptr when unknown.
const ErrorEntry* errorEntry(QStringView code);
const QList<ErrorEntry>& errorEntries();

} // namespace diagnosis
