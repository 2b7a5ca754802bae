// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "inspection.h"

#include "core/base/text.h"
#include "core/http/redact.h"

namespace report {

using namespace Qt::StringLiterals;
using diagnosis::Inspection;
using diagnosis::Item;

namespace {

QString lines(const QStringList& texts, const QString& word)
{
    QString out;
    for (const QString& text : texts)
        out += u"  %1  %2\n"_s.arg(word, -9).arg(base::visible(text));
    return out;
}

QString one(const QString& text, const QString& word) { return text.isEmpty() ? QString() : lines({text}, word); }

QString membersText(const json::Value& object, const QString& heading)
{
    QString text = u"  %1\n"_s.arg(heading);
    for (json::Value claim = object.first(); claim; claim = claim.next()) {
        const QString value = json::Document::read(http::shownClaims(claim.raw(), claim.key())).root().display();
        text += u"    %1  %2\n"_s.arg(base::visible(claim.keyText()), -18).arg(base::visible(value));
    }
    return text;
}

QString verifiedLine(const Item& item)
{
    switch (item.verification.outcome) {
    case jose::Verified::Verified: return u"signature and claims verified"_s;
    case jose::Verified::Refused: return u"refused"_s;
    case jose::Verified::NotChecked: return u"not checked, no keys were given"_s;
    }
    return {};
}

QString tokenText(const Item& item)
{
    QString text = membersText(item.token->header.root(), u"header"_s);
    if (!item.token->isJwe())
        text += membersText(item.token->payload.root(), u"claims"_s);
    text += one(item.lifetime, u"lives"_s) + one(verifiedLine(item), u"signature"_s);
    for (const base::Check& check : item.verification.checks)
        if (check.outcome == base::Outcome::Fail)
            text += u"    fails: %1: presented %2, expected %3. %4\n"_s.arg(check.title, base::visible(check.presented), base::visible(check.expected), check.relation);
    return text;
}

QString itemText(const Item& item)
{
    QString text = u"%1: %2%3\n"_s.arg(diagnosis::itemKindName(item.kind), base::visible(item.label), item.times > 1 ? u" (%1 times)"_s.arg(item.times) : QString());
    if (item.token)
        text += tokenText(item);
    text += one(item.code, u"code"_s) + one(item.said, u"said"_s);
    text += lines(item.wrong, u"wrong"_s) + lines(item.causes, u"cause"_s) + one(item.fix, u"fix"_s) + one(item.note, u"note"_s) + lines(item.ask, u"ask"_s);
    if (item.error)
        text += one(u"%1 (%2)"_s.arg(item.error->source, item.error->certainty), u"source"_s);
    for (const base::Verdict& verdict : item.verdicts)
        text += u"  "_s + verdictText(verdict).replace(u"\n"_s, u"\n  "_s).trimmed() + u'\n';
    for (const base::Verdict& verdict : item.elsewhere)
        text += one(u"%1 (%2): it takes another audience"_s.arg(verdict.receiver, verdict.contract), u"not for"_s);
    return text;
}

QString checkText(const base::Check& check)
{
    QString text = u"  %1  %2\n      presented  %3\n      expected   %4\n"_s.arg(base::outcomeName(check.outcome), -12).arg(check.title, base::visible(check.presented), base::visible(check.expected));
    if (check.near)
        text += u"      near miss  %1: %2\n"_s.arg(base::nearName(check.near->kind), base::visible(check.near->text));
    else if (!check.relation.isEmpty())
        text += u"      because    %1\n"_s.arg(base::visible(check.relation));
    if (!check.fix.isEmpty())
        text += u"      fix        %1\n"_s.arg(base::visible(check.fix));
    if (!check.fixValue.isEmpty())
        text += u"                 %1\n"_s.arg(base::visible(check.fixValue));
    return text;
}

QString passingText(const QList<base::Check>& checks)
{
    constexpr int room = 90;
    QString text;
    int count = 0;
    for (const base::Check& check : checks)
        if (check.outcome == base::Outcome::Pass) {
            text += u"      %1 %2\n"_s.arg(check.title, -24).arg(base::elidedMiddle(base::visible(check.presented), room));
            ++count;
        }
    return count ? u"  pass          %1 of %2\n"_s.arg(count).arg(checks.size()) + text : QString();
}

} // namespace

QString verdictText(const base::Verdict& verdict)
{
    QString text = u"%1 by %2 (%3), %4\n"_s.arg(base::decisionName(verdict.decision), verdict.receiver, verdict.contract, base::confidenceName(verdict.confidence));
    if (!verdict.closest.isEmpty())
        text += u"  closest of several: %1\n"_s.arg(verdict.closest);
    // What decided comes first; what holds is a line each, and counted.
    for (const base::Check& check : verdict.checks)
        text += check.outcome == base::Outcome::Fail ? checkText(check) : QString();
    for (const base::Check& check : verdict.checks)
        text += check.outcome != base::Outcome::Fail && check.outcome != base::Outcome::Pass ? checkText(check) : QString();
    return text + passingText(verdict.checks);
}

QString inspectionText(const Inspection& inspection)
{
    QString text;
    for (const Item& item : inspection.items)
        text += itemText(item) + u'\n';
    for (const base::Finding& finding : inspection.findings)
        text += u"%1 %2: %3\n"_s.arg(base::severityName(finding.severity), finding.rule, base::visible(finding.title));
    return text;
}

} // namespace report
