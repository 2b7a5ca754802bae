// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "contractcontent.h"

#include "core/base/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using base::Decision;
using diagnosis::ContractAnswer;

namespace {

/// What the receiver says to such a token, how sure that is, and which of several credentials this is about.
QList<MatchRun> detailOf(const base::Verdict& verdict)
{
    QList<MatchRun> runs;
    const QString code = !verdict.refusal ? QString() : verdict.refusal->code.isEmpty() ? verdict.refusal->error : verdict.refusal->code;
    if (!code.isEmpty())
        runs += {{shortReceiver(verdict.receiver) + u" answers ", false}, {code, true}, {u". "_s, false}};
    if (verdict.decision == Decision::NotEvaluated && verdict.decisive())
        runs.append({base::visible(verdict.decisive()->relation) + u' ', false});
    if (!verdict.closest.isEmpty())
        runs += {{u"The closest of several is "_s, false}, {base::visible(verdict.closest), true}, {u". "_s, false}};
    runs.append({u"Nothing was sent."_s, false});
    return runs;
}

} // namespace

DiagnoseRow contractRow(const ContractAnswer& answer)
{
    const QString name = answer.verdict.contract.isEmpty() || answer.verdict.contract == answer.kind ? answer.contract.name : answer.verdict.contract;
    DiagnoseRow row {.title = base::visible(name.isEmpty() ? answer.kind : QString(answer.kind + u": " + name)), .decision = answer.verdict.decision, .hollow = true};
    if (answer.problem) {
        row.aside = u"Cannot be read: "_s + base::visible(answer.problem->text);
        row.decision = Decision::NotEvaluated;
    } else {
        row.aside = answer.verdict.decision == Decision::Accept ? u"every comparison holds"_s : reasonOf(answer.verdict);
    }
    return row;
}

MatchContent contractContent(const ContractAnswer& answer, const setup::Setup* setup)
{
    if (answer.problem) {
        MatchContent content;
        content.emptyLine = u"This contract cannot be read"_s;
        content.emptySentence = u"%1 (%2)"_s.arg(base::visible(answer.problem->text), base::visible(answer.problem->where));
        return content;
    }
    MatchSubject subject {.predicted = answer.verdict, .setup = setup};
    MatchContent content = matchContent(subject);
    content.detail = detailOf(answer.verdict);
    // What fails is on screen without a click.
    if (answer.verdict.decision == Decision::Refuse)
        for (MatchGroup& group : content.groups)
            group.folded = std::ranges::none_of(group.rows, [](const MatchRow& row) { return row.check.outcome == base::Outcome::Fail; });
    return content;
}

QString contractSummary(const QList<ContractAnswer>& answers)
{
    QStringList tokens;
    for (const ContractAnswer& answer : answers)
        if (!tokens.contains(answer.held.label))
            tokens.append(answer.held.label);
    const qsizetype contracts = tokens.isEmpty() ? 0 : answers.size() / std::max<qsizetype>(1, tokens.size());
    const QString token = tokens.size() == 1 ? base::visible(tokens.front()) : u"%1 tokens"_s.arg(tokens.size());
    return contracts == 1 ? token : u"%1 against %2 contracts, the nearest first"_s.arg(token).arg(contracts);
}
