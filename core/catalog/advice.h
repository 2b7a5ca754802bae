// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <span>

/// A short guided choice: who acts, whose data, where it runs, what is called. It ends in a flow with its reason, or in the
/// reason why there is none.
namespace catalog {

struct AdviceChoice
{
    const char* id;          ///< as on the command line: "agent"
    const char16_t* text;    ///< "An agent"
};
struct AdviceQuestion
{
    const char* id;          ///< "acts", "data", "runs", "target"
    const char16_t* text;    ///< "Who acts?"
    std::span<const AdviceChoice> choices;
};
std::span<const AdviceQuestion> adviceQuestions();

/// Ids of the chosen answers.
struct AdviceAnswers
{
    QString acts {};
    QString data {};
    QString runs {};
    QString target {};
};

/// Two sources that do not say the same, each with its name.
struct Disagreement
{
    QString one {};
    QString other {};
    QString ours {};         ///< what is done here, and why
};

struct Advice
{
    QString sample {};       ///< the setup to begin with; empty: no flow fits, and `reason` says why
    QString flow {};
    QString title {};        ///< "Federated agent"
    QString reason {};
    QStringList caveats {};
    QList<Disagreement> disagreements {};
};
/// Errors: "advice-answer" when an answer is missing or is none of the choices; `where` is the question's id.
base::Result<Advice> advise(const AdviceAnswers& answers);

/// The setup that the advice begins with: the sample with that flow alone, named by the choice. JSON text.
base::Result<QByteArray> advisedSetup(const Advice& advice);

} // namespace catalog
