// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "contractmatch.h"

#include "core/diagnosis/intake.h"
#include "core/base/json.h"
#include "core/trust/contractfile.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

ContractAnswer answerOf(const HeldToken& held, const NamedText& text, const setup::Setup* setup, base::Instant now)
{
    const json::Document contract = json::Document::read(text.text);
    const trust::Knowledge nothing;
    const trust::ContractCase match {.token = held.token, .contract = contract.root(), .setup = setup, .knowledge = nothing, .now = now};
    auto verdict = trust::matchContract(match);
    ContractAnswer out {.held = held, .contract = text, .kind = trust::contractKind(contract.root())};
    if (!verdict) {
        out.problem = verdict.error();
        return out;
    }
    out.verdict = std::move(*verdict);
    if (out.verdict.decision == base::Decision::Refuse)
        out.fix = trust::contractFix(match, out.verdict);
    return out;
}

/// How far a contract is from taking the token: nothing when it does, and a near miss is less than another value altogether.
qsizetype distance(const ContractAnswer& answer)
{
    constexpr qsizetype unreadable = 1 << 20;
    if (answer.problem)
        return unreadable;
    qsizetype sum = 0;
    for (const base::Check& check : answer.verdict.checks)
        sum += check.outcome == base::Outcome::Fail ? (check.near ? 3 : 6) : check.outcome == base::Outcome::NotEvaluated ? 1 : 0;
    return sum;
}

} // namespace

TokensAndContracts tokensAndContracts(const QList<NamedText>& texts)
{
    TokensAndContracts out;
    for (const NamedText& text : texts) {
        const Inspection found = inspect(text.text, {});
        for (const Item& item : found.items)
            if (item.kind == ItemKind::Jwt)
                out.tokens.append({*item.token, item.label});
        for (const QByteArray& contract : found.contracts)
            out.contracts.append({text.name, contract});
        const auto belongs = [](const Item& item) { return item.kind == ItemKind::Jwt || item.kind == ItemKind::Response; };
        out.alone = out.alone && std::ranges::all_of(found.items, belongs);
    }
    return out;
}

QList<ContractAnswer> heldAgainst(const TokensAndContracts& both, const setup::Setup* setup, base::Instant now)
{
    QList<ContractAnswer> out;
    for (const HeldToken& token : both.tokens)
        for (const NamedText& contract : both.contracts)
            out.append(answerOf(token, contract, setup, now));
    std::ranges::stable_sort(out, {}, distance);
    return out;
}

} // namespace diagnosis
