// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/intake.h"
#include "ui/models/matchcontent.h"

/// One recognised part of what was pasted, as the list of the Diagnose page shows it.
struct DiagnoseRow
{
    QString title {};   ///< "An error of Entra: AADSTS50013"
    QString aside {};   ///< who it speaks for, or what is wrong with it
    base::Decision decision = base::Decision::NotEvaluated; ///< refused: something is wrong with it; accepted: nothing is, and it was checked
    bool hollow = false; ///< predicted: nobody was asked
    bool mixed = false;  ///< one receiver takes it and another does not; nothing else is wrong
    bool operator==(const DiagnoseRow&) const = default;
};
DiagnoseRow diagnoseRow(const diagnosis::Item& item);

/// A part of the page to read: heading and lines, numbered where they are ranked.
struct DiagnoseSection
{
    QString heading {};
    QStringList lines {};
    bool ranked = false;
    bool fixed = false;   ///< wire values, in the fixed font
    bool operator==(const DiagnoseSection&) const = default;
};
/// What it is, what is wrong, why, the fix, what to ask for: whatever is known of the item. All of it is plain text.
QList<DiagnoseSection> diagnoseSections(const diagnosis::Item& item);
/// What was compared: the token's own checks, then each contract that was held against it.
QList<MatchGroup> diagnoseGroups(const diagnosis::Item& item);

/// "2 things recognised, 1 wrong, 1 taken by one receiver and not by another"
QString diagnoseSummary(const diagnosis::Inspection& inspection);
/// The questions for whoever sent it, as a message to copy.
QString questionsText(const diagnosis::Inspection& inspection);
