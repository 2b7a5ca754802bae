// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/diagnosis/finding_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

base::Place placeOf(qsizetype index) { return {.part = u"item:%1"_s.arg(index)}; }

base::Finding fromItem(const QString& id, Severity severity, const QString& title, const Item& item, qsizetype index)
{
    return {.rule = id, .severity = severity, .title = title, .text = item.wrong.join(u' '), .fix = item.fix, .place = placeOf(index)};
}

base::Finding ofError(const Item& item, qsizetype index)
{
    if (!item.error)
        return fromItem(u"X-UNKNOWN-CODE"_s, Severity::Error, u"%1 is not in the catalogue"_s.arg(item.code), item, index);
    const Rule* named = item.rule.isEmpty() ? nullptr : rule(item.rule);
    const QString title = item.error->meaning.chopped(item.error->meaning.endsWith(u'.') ? 1 : 0);
    base::Finding out = fromItem(named ? item.rule : u"RUN-REFUSED"_s, Severity::Error, title, item, index);
    if (!item.causes.isEmpty())
        out.text = u"%1: %2"_s.arg(item.code, item.causes.first());
    return out;
}

void ofVerdicts(QList<base::Finding>& out, const Item& item, qsizetype index)
{
    const auto nearest = std::ranges::find(item.verdicts, base::Decision::Refuse, &base::Verdict::decision);
    if (nearest == item.verdicts.end())
        return;
    const auto taker = std::ranges::find(item.verdicts, base::Decision::Accept, &base::Verdict::decision);
    const bool taken = taker != item.verdicts.end();
    const base::Check* check = nearest->decisive();
    out.append({.rule = u"TR-NO-MATCH"_s, .severity = taken ? Severity::Warning : Severity::Error, .title = u"%1 refuses this token"_s.arg(nearest->receiver),
        .text = (taken ? u"%1 accepts it. "_s.arg(taker->receiver) : QString()) + u"%1: presented %2, expected %3. %4"_s.arg(check->title, check->presented, check->expected, check->near ? check->near->text : check->relation),
        .fix = check->fix, .place = placeOf(index)});
}

/// Without keys a token is read and not judged, but for what was expected of it by name.
bool wasDemanded(const base::Check& check, const jose::Expectation& expected)
{
    return (check.id == u"issuer" && !expected.issuer.isEmpty()) || (check.id == u"audience" && !expected.audiences.isEmpty())
        || (check.id == u"algorithm" && !expected.algs.isEmpty());
}

void ofToken(QList<base::Finding>& out, const Item& item, qsizetype index, const jose::Expectation& expected)
{
    if (!item.token->faults.isEmpty())
        out.append(fromItem(u"TOK-DAMAGED"_s, Severity::Warning, u"The token is damaged"_s, item, index));
    if (item.token->isJwt() && item.token->header.root()["alg"].text().compare(u"none"_s, Qt::CaseInsensitive) == 0)
        out.append(fromItem(u"TOK-NOT-SIGNED"_s, Severity::Error, u"The token is not signed"_s, item, index));
    for (const Contradiction& each : item.token->isJwt() ? contradictionsIn(*item.token) : QList<Contradiction>())
        out.append({.rule = u"TOK-REFUSED"_s, .severity = each.refused ? Severity::Error : Severity::Warning, .title = u"The claims contradict each other"_s,
            .text = each.text, .fix = u"Look at where the token comes from: get it from its issuer anew, and unchanged."_s, .place = placeOf(index)});
    const bool refused = item.verification.outcome == jose::Verified::Refused;
    for (const base::Check& check : item.verification.checks)
        if (check.outcome == base::Outcome::Fail && (refused || (item.token->isJwt() && wasDemanded(check, expected)))) {
            out.append({.rule = u"TOK-REFUSED"_s, .severity = Severity::Error, .title = u"The token does not hold: %1"_s.arg(check.title.toLower()),
                .text = u"Presented %1, expected %2. %3"_s.arg(check.presented, check.expected, check.relation), .fix = check.fix, .place = placeOf(index)});
            break;
        }
    ofVerdicts(out, item, index);
}

} // namespace

void findAll(Inspection& inspection, const IntakeOptions& options)
{
    QList<base::Finding>& out = inspection.findings;
    for (qsizetype i = 0; i < inspection.items.size(); ++i) {
        const Item& item = inspection.items[i];
        if (const Rule* named = item.kind == ItemKind::Error || item.kind == ItemKind::Url ? nullptr : rule(item.rule))
            out.append(finding(*named, Severity::Error, {.object = item.label}, placeOf(i)));
        if (item.kind == ItemKind::Error)
            out.append(ofError(item, i));
        else if (item.kind == ItemKind::Unknown)
            out.append(fromItem(u"X-NOT-RECOGNISED"_s, Severity::Warning, u"Nothing was recognised"_s, item, i));
        else if (item.kind == ItemKind::Url && !item.wrong.isEmpty())
            out.append(fromItem(item.rule.isEmpty() ? u"RUN-REQUEST-SHAPE"_s : item.rule, Severity::Warning, item.label, item, i));
        else if (item.token)
            ofToken(out, item, i, options.expected);
    }
}

} // namespace diagnosis
