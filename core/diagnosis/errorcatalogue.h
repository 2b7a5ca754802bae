// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QRegularExpression>
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
    QStringList ask {};   ///< what to ask for where the code alone does not tell the cause
    QString words {};     ///< regular expression that only this error's own text fits; may be empty
    bool loose = false;   ///< the words tell only beside the code, not by themselves
    /// Which cause what was said speaks for: a regular expression, how that cause begins, and how those begin that it rules out.
    struct Evidence
    {
        QString words {};
        QString first {};
        QStringList without {};
    };
    QList<Evidence> evidence {};
    QList<ErrorEntry> variants {}; ///< the same code in other words means something narrower
};

/// By code, in any usual spelling: "AADSTS7002138", "7002138", "authentication_error", "access_denied".
/// nullptr when unknown.
const ErrorEntry* errorEntry(QStringView code);
/// The same, narrowed by what was said and who said it: codes like AccessDenied mean many things.
const ErrorEntry* errorEntry(QStringView code, const QString& said, const QString& vendor);
const QList<ErrorEntry>& errorEntries();
/// The causes as what was said speaks for them: the one it points to first, those that it rules out gone.
QStringList causesFor(const ErrorEntry& entry, const QString& said);
int errorCatalogueVersion();

/// Entries and variants that are told by their words alone.
struct WordedError
{
    const ErrorEntry* entry = nullptr;
    QRegularExpression words {};
    QStringList anchors {};    ///< in lower case: one of them stands wherever the words do; empty: not known
};
const QList<WordedError>& wordedErrors();

} // namespace diagnosis
