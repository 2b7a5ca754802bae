// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/claims.h"
#include "core/flow/run.h"
#include "core/setup/binding.h"

#include <QHash>

/// Everything the Match page needs to know about one step.
struct MatchSubject
{
    const flow::Step* step = nullptr;
    const flow::StepRecord* record = nullptr;
    flow::StepState state = flow::StepState::NotReached;
    std::optional<base::Verdict> predicted {};
    const setup::Setup* setup = nullptr;        ///< as written, for the forms of a fix
    setup::Bindings bindings {};
    QHash<QString, chain::ClaimRow> claims {};  ///< of the presented token, by name: who filled them
    QString missing {};                         ///< why there is no prediction yet, in a sentence
};

/// Who filled the claim that was presented.
struct MatchFiller
{
    flow::PartyKind kind {};
    QString title {};
    bool operator==(const MatchFiller&) const = default;
};

/// A part of a condition, in reading order; an operator's parts follow it one level deeper.
struct MatchCondition
{
    int depth = 0;
    QString word {};           ///< "all of", "any of", "not"; empty for a comparison
    QString text {};
    base::Outcome outcome {};
    QString why {};            ///< what is not known, or the claims it looked at
    bool operator==(const MatchCondition&) const = default;
};

/// A comparison as the page shows it.
struct MatchRow
{
    base::Check check {};
    bool hollow = false;       ///< predicted, not observed
    QString aside {};          ///< "plays login.microsoftonline.com" beside a bound origin
    QString presentedBy {};    ///< "claim sub, filled by"
    std::optional<MatchFiller> filler {};
    QList<MatchCondition> condition {}; ///< taken apart; empty where there is none, or it is a single comparison
    QString fixJson {};        ///< `"subject": "7c1d..."`
    QString fixAz {};          ///< the az command that sets it; empty where there is none

    bool unfolds() const { return check.outcome != base::Outcome::Pass; }
    bool operator==(const MatchRow&) const = default;
};

struct MatchGroup
{
    QString title {};
    QString summary {};        ///< "3 of 3 pass: signature, time, kind"
    QList<MatchRow> rows {};
    bool folded = false;       ///< only passes, or a contract that was merely tried
    bool operator==(const MatchGroup&) const = default;
};

/// A run of a sentence; wire values stand in the fixed font.
struct MatchRun
{
    QString text {};
    bool fixed = false;
    bool operator==(const MatchRun&) const = default;
};

struct MatchContent
{
    enum class Glyph { Decision, Disagreement, NoAnswer, Waiting };

    // Instead of everything below, where nothing is compared
    QString emptyLine {};
    QString emptySentence {};

    Glyph glyph = Glyph::Decision;
    base::Decision decision = base::Decision::NotEvaluated; ///< observed where it is, else predicted
    std::optional<base::Decision> predicted {};
    std::optional<base::Decision> observed {};
    QString strong {};             ///< "Refused"
    QString sentence {};           ///< " by Entra: the subject differs only in case"
    QList<MatchRun> detail {};
    base::Confidence confidence = base::Confidence::Certain;
    QList<MatchGroup> groups {};
    QString note {};               ///< what only the lab knows

    bool isEmpty() const { return !emptyLine.isEmpty(); }
    bool isHollow() const { return !observed && glyph == Glyph::Decision; }
    bool operator==(const MatchContent&) const = default;
};

MatchContent matchContent(const MatchSubject& subject);

/// "the subject differs only in case": the decisive check as half a sentence.
QString reasonOf(const base::Verdict& verdict);
/// The whole page as text, for the clipboard.
QString matchText(const MatchContent& content);
QString checkText(const MatchRow& row);

// Parts of it, for tests and for each other.
QString shortReceiver(const QString& receiver);
/// The real hosts whose bound stand-ins a text names: "plays login.microsoftonline.com"; empty where there is none.
QString playedHosts(const QString& text, const setup::Bindings& bindings);
