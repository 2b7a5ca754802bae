// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "ui/theme.h"

using namespace Qt::StringLiterals;

namespace theme {

QString outcomeWord(base::Outcome outcome, bool predicted)
{
    switch (outcome) {
    case base::Outcome::Pass: return predicted ? u"Will pass"_s : u"Passes"_s;
    case base::Outcome::Fail: return predicted ? u"Will fail"_s : u"Fails"_s;
    case base::Outcome::Warning: return u"Warning"_s;
    case base::Outcome::NotEvaluated: break;
    }
    return u"Not evaluated"_s;
}

QString decisionWord(base::Decision decision)
{
    switch (decision) {
    case base::Decision::Accept: return u"Accepted"_s;
    case base::Decision::Refuse: return u"Refused"_s;
    case base::Decision::NotEvaluated: break;
    }
    return u"Not evaluated"_s;
}

QString predictedWord(base::Decision decision)
{
    return u"Predicted: %1"_s.arg(decisionWord(decision).toLower());
}

QString stateWord(flow::StepState state)
{
    switch (state) {
    case flow::StepState::NotReached: return u"Not reached"_s;
    case flow::StepState::Waiting: return u"Waiting"_s;
    case flow::StepState::Sending: return u"Sending"_s;
    case flow::StepState::Accepted: return u"Accepted"_s;
    case flow::StepState::Refused: return u"Refused"_s;
    case flow::StepState::Failed: return u"No answer"_s;
    case flow::StepState::Skipped: return u"Skipped"_s;
    }
    return {};
}

QString severityWord(base::Severity severity)
{
    switch (severity) {
    case base::Severity::Error: return u"Error"_s;
    case base::Severity::Warning: return u"Warning"_s;
    case base::Severity::Info: break;
    }
    return u"Note"_s;
}

QString partyWord(flow::PartyKind kind)
{
    return chain::partyWord(kind);
}

} // namespace theme
