// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/matchcontent.h"
#include "ui/theme.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::Decision;
using base::Outcome;

inline const QString lower = u"7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7"_s;

inline base::Check pass(const QString& group, const QString& title, const QString& value)
{
    return {.id = title.toLower(), .group = group, .title = title, .expected = value, .presented = value, .outcome = Outcome::Pass, .relation = u"equal"_s};
}

inline base::Check caseMiss()
{
    return {.id = u"subject"_s, .group = u"Federated credential mi-agents-prod"_s, .title = u"Subject"_s, .expected = lower.toUpper(), .presented = lower,
            .outcome = Outcome::Fail, .near = base::NearMiss {base::Near::Case, 1, u"Same 36 characters, 15 differ in case. Entra compares letter by letter."_s},
            .fix = u"Give the credential the object id exactly as the token carries it."_s, .fixValue = lower,
            .fixPointer = u"/apps/1/credentials/0/subject"_s, .presentedFrom = u"claim sub"_s, .expectedFrom = u"field subject of the credential"_s};
}

inline base::Verdict refusal()
{
    const QString contract = u"Federated credential mi-agents-prod"_s;
    const QString token = u"The token itself"_s;
    return {.receiver = u"Microsoft Entra"_s, .contract = u"mi-agents-prod"_s, .decision = Decision::Refuse,
            .checks = {pass(token, u"Signature"_s, u"RS256"_s), pass(token, u"Time"_s, u"valid"_s), pass(token, u"Kind"_s, u"app"_s),
                       pass(contract, u"Issuer"_s, u"https://127.0.0.1:8443/3f1c/v2.0"_s), caseMiss(), pass(contract, u"Audience"_s, u"fb60f99c"_s)},
            .refusal = base::Refusal {.status = 401, .error = u"invalid_client"_s, .code = u"AADSTS7002138"_s}};
}

inline base::Verdict acceptance()
{
    base::Verdict verdict = refusal();
    verdict.decision = Decision::Accept;
    verdict.refusal.reset();
    verdict.checks[4] = pass(verdict.checks[4].group, u"Subject"_s, lower);
    return verdict;
}

inline flow::Step step()
{
    return {.id = u"exchange"_s, .title = u"Exchange as blueprint"_s, .to = {flow::PartyKind::Issuer, u"entra"_s, u"Entra"_s}, .contract = {u"entra.token"_s, u"/tenants/0"_s}};
}

inline flow::StepRecord answered(flow::StepState state, const std::optional<base::Verdict>& predicted)
{
    flow::StepRecord record {.stepId = u"exchange"_s, .state = state, .predicted = predicted};
    if (state == flow::StepState::Refused)
        record.observed = {.decision = Decision::Refuse, .status = 401, .error = u"invalid_client"_s, .code = u"AADSTS7002138"_s};
    if (state == flow::StepState::Accepted)
        record.observed = {.decision = Decision::Accept, .status = 200};
    return record;
}

inline MatchSubject subjectOf(const flow::Step& of, const flow::StepRecord* record, const std::optional<base::Verdict>& predicted)
{
    return {.step = &of, .record = record, .state = record ? record->state : flow::StepState::NotReached, .predicted = predicted};
}
