// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/base/text.h"
#include "core/report/shapes.h"
#include "core/trust/contractfile.h"

namespace cli {

using namespace Qt::StringLiterals;

namespace {

QString forPeople(const base::Verdict& verdict)
{
    QString text = u"%1 by %2 (%3)\n"_s.arg(base::decisionName(verdict.decision), verdict.receiver, verdict.contract);
    for (const base::Check& check : verdict.checks) {
        text += u"  %1  %2\n      presented  %3\n      expected   %4\n"_s.arg(base::outcomeName(check.outcome), -12).arg(check.title, base::visible(check.presented), base::visible(check.expected));
        if (check.near)
            text += u"      near miss  %1: %2\n"_s.arg(base::nearName(check.near->kind), check.near->text);
        if (!check.fix.isEmpty())
            text += u"      fix        %1 %2\n"_s.arg(check.fix, check.fixValue);
    }
    return text;
}

base::Error inFile(base::Error error, const QString& file)
{
    error.where = file + u':' + error.where;
    return error;
}

} // namespace

int matchCommand(const Arguments& arguments)
{
    const auto tokenText = readInput(arguments.at(0));
    if (!tokenText)
        return fail(tokenText.error());
    const auto contractText = readInput(arguments.at(1));
    if (!contractText)
        return fail(contractText.error());
    const auto contract = json::Document::parse(*contractText);
    if (!contract)
        return fail(inFile(contract.error(), arguments.at(1)));
    const auto now = arguments.time("now");
    if (!now)
        return fail(now.error());
    const jose::Jwt token = jose::decode(tokenText->trimmed());
    if (!token.isJwt())
        return fail({u"not-a-jwt"_s, u"%1 holds no JWT."_s.arg(arguments.at(0)), {}});
    const trust::Knowledge nothing;
    const auto verdict = trust::matchContract({.token = token, .contract = contract->root(), .knowledge = nothing, .now = now->value_or(base::systemNow())});
    if (!verdict)
        return fail(inFile(verdict.error(), arguments.at(1)));
    json::Writer out;
    report::write(out, nullptr, *verdict);
    print(arguments.json() ? out.done() : forPeople(*verdict).toUtf8());
    return verdict->decision == base::Decision::Accept ? Accepted : Refused;
}

} // namespace cli
