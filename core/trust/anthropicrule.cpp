// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "anthropicrule_p.h"

#include "core/trust/cel.h"
#include "core/trust/conditionnear_p.h"
#include "core/trust/keysource_p.h"
#include "core/trust/near_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

void checkIssuerOfRule(RuleCase& c)
{
    const QString named = c.rule["issuer_id"].text(), given = c.issuer["id"].text();
    if (named.isEmpty() || given.isEmpty())
        return;
    c.sheet.hold({.id = u"issuer.object"_s, .title = u"Issuer of the rule"_s, .expected = named,
                  .presented = given, .relation = u"equal"_s,
                  .fix = u"A rule cannot change its issuer. Make a rule for this issuer."_s,
                  .presentedFrom = u"field id of the issuer"_s,
                  .expectedFrom = u"field issuer_id of the rule"_s, .source = anthropicPage()},
                 named == given, denial("issuer_mismatch"));
}

void checkArchived(RuleCase& c)
{
    const json::Value archived = c.rule["archived_at"];
    const bool active = !archived || archived.isNull();
    if (active && !c.knowledge.faults.contains(u"rule-archived"_s))
        return;
    c.sheet.hold({.id = u"state"_s, .title = u"State of the rule"_s, .expected = u"active"_s,
                  .presented = active ? u"archived"_s : QString(u"archived at "_s + archived.display()),
                  .fix = u"Make a new rule, or name an active one."_s,
                  .expectedFrom = u"field archived_at of the rule"_s, .source = anthropicPage()},
                 false, denial("rule_archived"));
}

/// Exact, unless it ends in `*`: then the beginning has to fit.
void checkSubject(RuleCase& c)
{
    const QString pattern = c.match()["subject_prefix"].text();
    if (pattern.isEmpty())
        return;
    const QString sub = c.token.text("sub");
    base::Check check {.id = u"subject"_s, .title = u"Subject"_s,
                       .fixPointer = c.place(u"/rule/match/subject_prefix"),
                       .presentedFrom = u"claim sub"_s,
                       .expectedFrom = u"field match.subject_prefix of the rule"_s, .source = anthropicPage()};
    if (refusedAsNoText(check, c.token.claim("sub"), pattern)) {
        c.sheet.add(std::move(check), denial("match_subject_prefix"));
        return;
    }
    if (!pattern.endsWith(u'*')) {
        c.sheet.add(compared(std::move(check), sub, pattern, c.hints(u"rule")),
            denial("match_subject_prefix"));
        return;
    }
    const QString beginning = pattern.chopped(1);
    const bool holds = sub.startsWith(beginning);
    if (!holds) {
        CompareHints hints = c.hints(u"rule");
        check = compared(std::move(check), sub.left(beginning.size()), beginning, hints);
        check.near = nearBeginning(sub, beginning, hints);
        const bool sameLength = check.near && (check.near->kind == base::Near::Case || check.near->kind == base::Near::Lookalike);
        check.fixValue = sameLength ? sub.left(beginning.size()) + u'*' : sub;
        check.fix = u"Write the beginning exactly as the assertion carries it."_s;
    }
    check.presented = sub;
    check.expected = pattern;
    check.relation = holds ? u"begins with "_s + beginning : QString();
    c.sheet.hold(std::move(check), holds, denial("match_subject_prefix"));
}

/// Left out, the audience has to be Anthropic's own for that issuer, which is not documented.
void checkAudience(RuleCase& c)
{
    base::Check check {.id = u"audience"_s, .title = u"Audience"_s,
                       .fixPointer = c.place(u"/rule/match/audience"), .presentedFrom = u"claim aud"_s,
                       .expectedFrom = u"field match.audience of the rule"_s, .source = anthropicPage()};
    const QStringList presented = audiencesOf(c.token);
    const QString expected = c.match()["audience"].text();
    if (expected.isEmpty()) {
        check.presented = presented.join(u", "_s);
        check.expected = u"Anthropic's audience for this issuer"_s;
        const QString why = u"The rule names no audience. Which one Anthropic then expects is not documented."_s;
        check.relation = why;
        if (presented.contains(u"https://api.anthropic.com"_s))
            c.sheet.hold(std::move(check), true, denial("match_audience"));
        else
            c.sheet.unknown(std::move(check), why);
        return;
    }
    if (refusedAsNoText(check, c.token.claim("aud"), expected)) {
        c.sheet.add(std::move(check), denial("match_audience"));
        return;
    }
    CompareHints hints = c.hints(u"rule");
    hints.audience = true;
    c.sheet.add(compared(std::move(check), presented.contains(expected) ? expected : presented.value(0),
        expected, hints), denial("match_audience"));
}

/// Top-level claims, texts only, exact.
void checkClaims(RuleCase& c)
{
    for (json::Value wanted = c.match()["claims"].first(); wanted; wanted = wanted.next()) {
        const QString name = wanted.keyText();
        const json::Value claim = c.token.claim(wanted.key());
        base::Check check {.id = u"claims."_s + name, .title = u"Claim "_s + name,
                           .presentedFrom = u"claim "_s + name,
                           .expectedFrom = u"field match.claims of the rule"_s, .source = anthropicPage()};
        if (!c.pointer.isNull())
            check.fixPointer = c.place(u"/rule/match/claims/") + QString(name).replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
        if (claim.isString()) {
            check = compared(std::move(check), claim.text(), wanted.text(), c.hints(u"rule"));
        } else {
            check.expected = wanted.text();
            check.presented = claim ? claim.display() : u"(missing)"_s;
            check.outcome = base::Outcome::Fail;
            check.relation = claim ? u"The claim is not a text. Only texts are compared; use a condition."_s
                : u"The assertion has no such claim."_s;
            check.fix = claim ? u"Move the comparison into the condition."_s : fixForMissing(c.token, name, wanted.text());
            check.fixPointer.clear();
        }
        const QString text = sentence(denial("match_claims"), name);
        c.sheet.add(std::move(check), denial("match_claims"), text);
    }
}

void checkCondition(RuleCase& c)
{
    const QString condition = c.match()["condition"].text();
    if (condition.isEmpty())
        return;
    const cel::Result result = cel::evaluate(condition, c.token.payload.root());
    base::Check check {.id = u"condition"_s, .title = u"Condition"_s, .expected = condition,
                       .presented = result.values.join(u", "_s),
                       .relation = u"true"_s,
                       .fix = u"Change the condition, or present a token for which it is true."_s,
                       .fixPointer = c.place(u"/rule/match/condition"), .presentedFrom = u"claims of the assertion"_s,
                       .expectedFrom = u"field match.condition of the rule"_s, .source = anthropicPage(),
                       .condition = {cel::explain(condition, c.token.payload.root())}};
    if (!result.holds) {
        c.sheet.unknown(std::move(check), result.why);
    } else if (*result.holds) {
        c.sheet.hold(std::move(check), true, denial("match_condition"));
    } else {
        explainCondition(check, result, c.hints(u"condition"), c.token);
        c.sheet.refuse(std::move(check), result.why.isEmpty() ? u"The condition is false for this token."_s
            : result.why, denial("match_condition"));
    }
}

/// A file that cannot be read is an Error; in a setup it is a rule that lets nobody in.
void checkRuleForm(RuleCase& c)
{
    const auto shape = checkShape(c.issuer, c.rule);
    if (shape)
        return;
    c.sheet.refuse({.id = u"rule.form"_s, .title = u"Form of the rule"_s, .expected = u"issuer and rule as the Admin API stores them"_s,
                    .presented = shape.error().where, .fix = u"Write the value in the type the Admin API gives it."_s,
                    .expectedFrom = u"the rule and its issuer"_s, .source = anthropicPage()},
                   shape.error().text, denial("rule_malformed"));
}

void checkTenantPinned(RuleCase& c)
{
    const QString pattern = c.match()["subject_prefix"].text();
    QStringList named {c.match()["condition"].text()};
    for (json::Value claim = c.match()["claims"].first(); claim; claim = claim.next())
        named += claim.keyText();
    const bool pinned = prefixNamesTenant(pattern) || namesTenant(named.join(u' '));
    if (pinned || !isSharedIssuer(c.issuer["issuer_url"].text()))
        return;
    c.sheet.hold({.id = u"match.tenant"_s, .title = u"Tenant of a shared issuer"_s, .expected = u"a claim or prefix that names whose workload it is"_s,
                  .presented = QString(pattern + u' ' + named.join(u' ')).simplified(), .fix = u"Pin the organisation: subject_prefix repo:<org>/…, or a claim such as repository_owner."_s,
                  .expectedFrom = u"field match of the rule"_s, .source = anthropicPage()},
                 false, denial("match_subject_prefix"));
}

void checkMatchesSomething(RuleCase& c)
{
    const QString pattern = c.match()["subject_prefix"].text(), condition = c.match()["condition"].text();
    // A condition that looks at no claim is the same for every token; Anthropic refuses to save one.
    const bool pinned = (!pattern.isEmpty() && pattern != "*"_L1) || c.match()["claims"].size() > 0 || condition.contains(u"claims"_s);
    if (pinned)
        return checkTenantPinned(c);
    c.sheet.hold({.id = u"match"_s, .title = u"Match of the rule"_s,
                  .expected = u"subject_prefix, claims or condition"_s,
                  .presented = !condition.isEmpty() ? QString(u"the condition "_s + condition) : pattern.isEmpty() ? u"none of them"_s : pattern,
                  .fix = u"Name the workload: subject_prefix, claims or condition."_s,
                  .expectedFrom = u"field match of the rule"_s, .source = anthropicPage()},
                 false, denial("match_subject_prefix"));
}

} // namespace

void checkAnthropic(Sheet& sheet, const jose::Jwt& token, const json::Value& issuer, const json::Value& rule,
    const QString& pointer,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now, Unknowns unknowns)
{
    RuleCase c {sheet, token, issuer, rule, pointer, setup, knowledge, now, unknowns};
    const TokenDemand wanted = assertionDemand(unknowns);
    sheet.begin(u"The token itself"_s);
    checkForm(sheet, token, wanted);
    checkAlgorithm(sheet, token, wanted);
    checkKeyId(c);
    const QString iss = token.text("iss");
    checkSignatureBy(anthropicKeySource(issuer, c.place(u"/issuer/jwks/keys")), sheet, token, iss,
        iss == issuer["issuer_url"].text(), knowledge, wanted);
    checkClaimsThere(c);
    checkTimes(sheet, token, now, wanted);
    checkIssuedAt(c);

    sheet.begin(u"Issuer "_s + (issuer["name"].isString() ? issuer["name"].text() : issuer["id"].text()));
    checkIssuer(c);
    checkIssuerArchived(c);
    checkLifetime(c);
    checkReplay(c);

    sheet.begin(u"Federation rule "_s + (rule["name"].isString() ? rule["name"].text() : rule["id"].text()));
    checkRuleForm(c);
    checkIssuerOfRule(c);
    checkArchived(c);
    checkMatchesSomething(c);
    checkSubject(c);
    checkAudience(c);
    checkClaims(c);
    checkCondition(c);
}

AnthropicDecision matchAnthropicAt(const QString& pointer, const jose::Jwt& token, const json::Value& issuer,
    const json::Value& rule, const setup::Setup* setup, const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(u"Anthropic"_s);
    checkSize(sheet, token);
    checkAnthropic(sheet, token, issuer, rule, pointer, setup, knowledge, now, Unknowns::Mention);
    return anthropicDecision(sheet, rule, token, now);
}

AnthropicDecision matchAnthropic(const jose::Jwt& token, const json::Value& issuer, const json::Value& rule,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now)
{
    return matchAnthropicAt({}, token, issuer, rule, setup, knowledge, now);
}

} // namespace trust
