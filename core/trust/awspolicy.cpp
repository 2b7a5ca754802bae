// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "aws_p.h"

#include "core/trust/glob.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using base::Decision;
using base::Outcome;

namespace trust {

namespace {

constexpr auto action = "sts:AssumeRoleWithWebIdentity"_L1;

/// One statement with everything that was compared in it.
struct Statement
{
    QString name {};  ///< its Sid, or "statement 2"
    bool denies = false;
    QList<base::Check> checks {};
    Decision decision = Decision::NotEvaluated;

    qsizetype count(Outcome outcome) const { return std::ranges::count(checks, outcome, &base::Check::outcome); }
    /// Whether the check that fails is nearly right.
    bool isNear() const { return std::ranges::any_of(checks, [](const base::Check& c) { return c.near.has_value(); }); }
};

QString nameOf(const json::Value& statement, int index)
{
    const QString sid = statement["Sid"].text();
    return sid.isEmpty() ? u"statement %1"_s.arg(index + 1) : sid;
}

base::Check line(const char16_t* id, const char16_t* title)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .source = awsPolicyPage()};
}

/// Google's accounts are built in: the principal names them without an ARN (AWS: OIDC federation, AssumeRoleWithWebIdentity).
constexpr auto builtIn = "accounts.google.com"_L1;

/// The URL without its scheme that a principal names.
QString urlOf(const QString& principal) { return principal == builtIn ? principal : awsProviderOf(principal); }

/// The provider's URL in the principal; several: the token's own provider if it is among them.
QString providerIn(const AwsCase& c, const json::Value& federated)
{
    const QStringList arns = awsTexts(federated);
    const QString own = c.url().isEmpty() ? awsWithoutScheme(c.iss()) : c.url();
    for (const QString& arn : arns)
        if (urlOf(arn) == own)
            return own;
    return urlOf(arns.value(0));
}

/// Where another principal is written: in its place, or beside those that are listed.
QString placeOf(const AwsCase& c, const json::Value& federated)
{
    const QString place = c.place(federated, u"/trustPolicy");
    return federated.isArray() && !place.isEmpty() ? QString(place + u"/-"_s) : place;
}

/// Partition and account are the role's; where that is not known, those of an ARN in the policy.
QString providerArn(const AwsCase& c, const QStringList& arns, const QString& url)
{
    const auto own = std::ranges::find_if(arns, [&](const QString& arn) { return awsProviderOf(arn) == url; });
    return awsProviderArn(!c.trust.roleArn.isEmpty() ? c.trust.roleArn : own != arns.end() ? *own : arns.value(0), url);
}

/// An ARN without its account is shown, but never written.
void offer(base::Check& check, const QString& arn, const QString& place)
{
    const bool whole = !awsAccountOf(arn).isEmpty();
    check.fixValue = whole ? arn : QString();
    check.fixPointer = whole ? place : QString();
}

/// Without a provider object the principal alone says whose tokens are taken.
base::Check issuerByPrincipal(const AwsCase& c, const json::Value& federated)
{
    CompareHints hints = c.hints(u"trust policy");
    hints.issuer = true;
    base::Check check = line(u"issuer", u"Issuer");
    check.presentedFrom = u"claim iss"_s;
    check.expectedFrom = u"Principal.Federated of the statement"_s;
    const QString named = providerIn(c, federated);
    const QStringList arns = awsTexts(federated);
    check = compared(std::move(check), c.iss(), u"https://"_s + named, hints);
    if (named.isEmpty()) {
        check.expected = arns.value(0);
        check.outcome = Outcome::Fail;
        check.near.reset();
        check.fix = u"Name the OIDC provider by its ARN."_s;
    }
    if (check.outcome == Outcome::Fail)
        offer(check, providerArn(c, arns, awsWithoutScheme(c.iss())), placeOf(c, federated));
    return check;
}

/// The provider of this token's issuer, but in another account than the role's, which then has none for it.
bool isOfOtherAccount(const base::Check& check)
{
    const QString url = awsProviderOf(check.presented);
    return check.outcome == Outcome::Fail && !url.isEmpty() && url == awsProviderOf(check.expected)
        && awsAccountOf(check.presented) != awsAccountOf(check.expected);
}

void explainAccount(base::Check& check)
{
    check.relation = u"The role is in the account %1, the provider in the account %2."_s.arg(awsAccountOf(check.presented), awsAccountOf(check.expected));
    check.fix = u"Assume a role of the provider's account, or register the provider in the role's."_s;
    check.fixValue.clear();
    check.fixPointer.clear();
}

base::Check principalCheck(const AwsCase& c, const json::Value& federated)
{
    if (!c.trust.provider)
        return issuerByPrincipal(c, federated);
    CompareHints hints = c.hints(u"trust policy");
    hints.issuer = true;
    base::Check check = line(u"principal", u"Principal");
    check.presentedFrom = u"the OIDC provider"_s;
    check.expectedFrom = u"Principal.Federated of the statement"_s;
    const QStringList arns = awsTexts(federated);
    const QString own = providerArn(c, arns, c.url());
    if (arns.contains(builtIn) && c.url() == builtIn)
        return compared(std::move(check), builtIn, builtIn, hints);
    if (arns.contains(own) && !awsAccountOf(own).isEmpty())
        return compared(std::move(check), own, own, hints);
    hints.presenter = u"provider"_s;
    // A near miss is one of the URL, so the URLs are compared and the ARNs are shown.
    check = compared(std::move(check), own, arns.value(0), hints);
    const QString named = awsProviderOf(arns.value(0));
    check.near = named.isEmpty() ? std::nullopt : nearMiss(u"https://"_s + c.url(), u"https://"_s + named, hints);
    check.outcome = Outcome::Fail;
    offer(check, own, placeOf(c, federated));
    check.fix = u"Name the provider by its ARN, with its URL exactly as it is registered."_s;
    // Mending the provider mends this as well, and mending this would break it again.
    if (arns.contains(providerArn(c, arns, awsWithoutScheme(c.iss())))) {
        check.fix = u"The statement names the token's issuer already. Register the provider with that URL."_s;
        check.fixValue.clear();
        check.fixPointer.clear();
    }
    if (isOfOtherAccount(check))
        explainAccount(check);
    return check;
}

base::Check principalOf(const AwsCase& c, const json::Value& statement)
{
    const json::Value principal = statement["Principal"];
    base::Check check = line(u"principal", u"Principal");
    check.presented = u"a web identity of "_s + (c.url().isEmpty() ? c.iss() : c.url());
    check.expectedFrom = u"Principal of the statement"_s;
    check.expected = principal ? principal.display() : u"(none)"_s;
    if (statement["NotPrincipal"]) {
        check.outcome = Outcome::NotEvaluated;
        check.relation = u"NotPrincipal is not evaluated here."_s;
        return check;
    }
    const bool anybody = principal.text() == "*"_L1 || awsTexts(principal["AWS"]).contains(u"*"_s)
        || awsTexts(principal["Federated"]).contains(u"*"_s);
    if (anybody) {
        check.outcome = Outcome::Pass;
        check.relation = u"anybody"_s;
        return check;
    }
    if (principal["Federated"])
        return principalCheck(c, principal["Federated"]);
    check.outcome = Outcome::Fail;
    check.relation = u"The statement is not for federated identities."_s;
    check.fix = u"Name the OIDC provider as Principal.Federated."_s;
    return check;
}

/// Actions are compared without case, `*` and `?` are wildcards (IAM User Guide, "Action").
base::Check actionOf(const AwsCase& c, const json::Value& statement)
{
    const json::Value list = statement["Action"] ? statement["Action"] : statement["NotAction"];
    const bool inverse = !statement["Action"] && list;
    base::Check check = line(u"action", u"Action");
    check.presented = action;
    check.expected = inverse ? u"anything but "_s + awsTexts(list).join(u", "_s) : awsTexts(list).join(u" or "_s);
    check.presentedFrom = u"what is asked for"_s;
    check.expectedFrom = inverse ? u"NotAction of the statement"_s : u"Action of the statement"_s;
    const QStringList patterns = awsTexts(list);
    const bool listed = std::ranges::any_of(patterns,
        [](const QString& p) { return globMatches(QString(action), p, Qt::CaseInsensitive); });
    check.outcome = listed != inverse && list ? Outcome::Pass : Outcome::Fail;
    if (check.outcome == Outcome::Pass) {
        check.relation = u"listed"_s;
        return check;
    }
    // Another action of the same service is no beginning of this one.
    if (patterns.value(0).compare("sts:AssumeRole"_L1, Qt::CaseInsensitive) != 0)
        check.near = nearMiss(check.presented, patterns.value(0), {.contract = u"statement"_s});
    check.fix = u"Let the statement allow sts:AssumeRoleWithWebIdentity."_s;
    check.fixValue = action;
    check.fixPointer = inverse ? QString() : placeOf(c, list);
    return check;
}

/// All operators with all their keys: every one has to hold.
void addConditions(const AwsCase& c, const json::Value& statement, const QString& url, Statement& out)
{
    base::Condition tree {.text = u"Condition of "_s + out.name, .word = u"all of"_s, .outcome = Outcome::Pass};
    const qsizetype first = out.checks.size();
    for (json::Value op = statement["Condition"].first(); op; op = op.next())
        for (json::Value key = op.first(); key; key = key.next()) {
            const AwsComparison comparison {c, op.keyText(), key, url};
            base::Check check = checkAwsComparison(comparison);
            tree.parts.append(awsConditionOf(comparison, check));
            out.checks.append(std::move(check));
        }
    QList<base::Check> own = out.checks.sliced(first);
    if (own.isEmpty())
        return;
    const Decision all = base::decide(own);
    tree.outcome = all == Decision::Refuse ? Outcome::Fail : all == Decision::Accept ? Outcome::Pass : Outcome::NotEvaluated;
    // The tree stands once, where one looks first.
    const auto decisive = std::ranges::find_if(own, [&](const base::Check& k) { return k.outcome == tree.outcome; });
    out.checks[first + (decisive - own.begin())].condition = {tree};
}

Statement evaluated(const AwsCase& c, const json::Value& statement, int index)
{
    Statement out {.name = nameOf(statement, index)};
    const QString effect = statement["Effect"].text();
    out.denies = effect == "Deny"_L1;
    if (effect != "Allow"_L1 && !out.denies) {
        base::Check check = line(u"effect", u"Effect");
        check.expected = u"Allow or Deny"_s;
        check.presented = effect;
        check.outcome = Outcome::Fail;
        check.fix = u"Write Allow."_s;
        out.checks.append(check);
    }
    out.checks.append(principalOf(c, statement));
    out.checks.append(actionOf(c, statement));
    const QString named = providerIn(c, statement["Principal"]["Federated"]);
    addConditions(c, statement, c.url().isEmpty() ? (named.isEmpty() ? awsWithoutScheme(c.iss()) : named) : c.url(), out);
    out.decision = base::decide(out.checks);
    return out;
}

const Answer& answerFor(const AwsCase& c, const base::Check& check)
{
    if (check.id == "principal"_L1 || check.id == "issuer"_L1)
        return awsDenial(check.id == "issuer"_L1 ? "provider_unknown" : "principal");
    if (check.id == "action"_L1)
        return awsDenial("action");
    const bool byMapping = c.mapsCaller() && check.id.endsWith("aud"_L1);
    return awsDenial(byMapping ? "condition_azp" : "condition");
}

void put(AwsCase& c, const Statement& statement)
{
    c.sheet.begin(u"Trust policy, "_s + statement.name);
    for (const base::Check& check : statement.checks) {
        if (check.id == "principal"_L1 && isOfOtherAccount(check))
            c.sheet.add(check, awsDenial("provider_unknown"), sentence(awsDenial("provider_unknown"), c.iss()));
        else
            c.sheet.add(check, answerFor(c, check));
    }
}

/// An explicit deny goes before every allow. One that does not apply says nothing.
void putDenial(AwsCase& c, const Statement& statement)
{
    c.sheet.begin(u"Trust policy, "_s + statement.name);
    base::Check check = line(u"deny", u"Explicit deny");
    check.expected = u"a token that the statement does not fit"_s;
    check.presented = statement.decision == Decision::Accept ? u"fits the statement"_s : u"does not fit"_s;
    check.expectedFrom = u"a statement with Effect Deny"_s;
    for (const base::Check& each : statement.checks)
        if (!each.condition.isEmpty())
            check.condition = each.condition;
    if (statement.decision == Decision::NotEvaluated) {
        const auto why = std::ranges::find(statement.checks, Outcome::NotEvaluated, &base::Check::outcome);
        c.sheet.unknown(std::move(check), why->relation);
        return;
    }
    check.fix = u"Present another token, or take the statement back."_s;
    check.relation = u"does not apply"_s;
    c.sheet.hold(std::move(check), statement.decision == Decision::Refuse, awsDenial("explicit_deny"));
}

/// How near a statement is to accepting: the fewest failures first, then a near miss.
const Statement* nearest(const QList<Statement>& allows)
{
    const Statement* best = nullptr;
    for (const Statement& each : allows) {
        const auto score = [](const Statement& s) { return std::pair {s.count(Outcome::Fail), s.isNear() ? 0 : 1}; };
        if (!best || score(each) < score(*best))
            best = &each;
    }
    return best;
}

const Statement* deciding(const QList<Statement>& allows)
{
    for (const Decision wanted : {Decision::Accept, Decision::NotEvaluated})
        for (const Statement& each : allows)
            if (each.decision == wanted)
                return &each;
    return nearest(allows);
}

QList<Statement> statementsOf(const AwsCase& c)
{
    const json::Value list = c.trust.policy["Statement"];
    if (!list.isArray())
        return list.isObject() ? QList<Statement> {evaluated(c, list, 0)} : QList<Statement> {};
    QList<Statement> out;
    int index = 0;
    for (json::Value each = list.first(); each; each = each.next())
        out.append(evaluated(c, each, index++));
    return out;
}

} // namespace

QString checkAwsPolicy(AwsCase& c)
{
    c.sheet.begin(u"Trust policy"_s);
    if (!c.trust.policy) {
        c.sheet.unknown(line(u"condition", u"Trust policy"), u"The trust policy of the role is not here."_s);
        return {};
    }
    QList<Statement> allows;
    const QList<Statement> statements = statementsOf(c);
    for (const Statement& each : statements)
        if (each.denies)
            putDenial(c, each);
        else
            allows.append(each);
    const Statement* shown = deciding(allows);
    if (!shown) {
        base::Check check = line(u"condition", u"Allowing statement");
        check.expected = u"a statement with Effect Allow"_s;
        check.presented = u"none"_s;
        check.fix = u"Add a statement that allows sts:AssumeRoleWithWebIdentity for the provider."_s;
        c.sheet.begin(u"Trust policy"_s);
        c.sheet.hold(std::move(check), false, awsDenial("no_statement"));
        return {};
    }
    put(c, *shown);
    return allows.size() > 1 && shown->decision == Decision::Refuse ? shown->name : QString();
}

} // namespace trust
