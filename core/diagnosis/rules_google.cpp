// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/strangers_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/trust/cel.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// Google targets of the case's flows, each once.
QList<const setup::Target*> googleTargets(const Case& c)
{
    QList<const setup::Target*> found;
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::Target& target : c.setup.targets) {
        const bool used = std::ranges::any_of(specs,
            [&](const setup::FlowSpec& s) { return s.target == target.name || s.alsoTarget == target.name; });
        if (target.kind == u"google" && (used || !c.flow))
            found.append(&target);
    }
    return found;
}

QString nameOf(const setup::Target& target)
{
    return u"Provider "_s + target.provider.root()["name"].text().section(u'/', -1);
}

/// Where the run meets the provider, and whether the lab had to leave it open there.
struct Met
{
    QString step {};
    bool open = false;
};

Met exchangeAt(const Case& c, const setup::Target& target)
{
    for (qsizetype i = 0; c.flow && i < c.flow->steps.size(); ++i) {
        const flow::Step& step = c.flow->steps[i];
        if (step.contract.kind != u"google.exchange" || step.contract.pointer != target.pointer)
            continue;
        const flow::StepRecord* record = c.run ? c.run->record(step.id) : nullptr;
        return {step.id, record && record->truth && record->truth->decision == base::Decision::NotEvaluated};
    }
    return {};
}

/// A condition that no token can decide, because a part of it is not known here.
void conditionOpen(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target* target : googleTargets(c)) {
        const QString condition = target->provider.root()["attributeCondition"].text();
        const json::Document nothing = json::Document::read("{}");
        cel::Environment environment {.vocabulary = cel::Vocabulary::Mappings};
        for (const QString& name : {u"assertion"_s, u"google"_s, u"attribute"_s})
            environment.variables.append({name, nothing.root(), u"There is no %1."_s});
        const cel::Result result = cel::evaluate(condition, environment);
        if (condition.isEmpty() || result.holds)
            continue;
        const Met met = exchangeAt(c, *target);
        out.append(finding(rule, met.open ? Severity::Error : Severity::Warning, {.object = nameOf(*target), .text = result.why},
            {.step = met.step, .part = met.step.isEmpty() ? QString() : u"match"_s,
                .pointer = target->pointer + u"/provider/attributeCondition"_s}));
    }
}

/// The name as the API gives it, and what stands in front of it where the audience of the exchange was written in its place.
constexpr auto service = "//iam.googleapis.com/"_L1;
QString bareName(const setup::Target& target)
{
    const QString name = target.provider.root()["name"].text();
    const qsizetype at = name.indexOf(service);
    return at < 0 ? name : name.sliced(at + service.size());
}

void providerName(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target* target : googleTargets(c)) {
        const QString name = target->provider.root()["name"].text(), bare = bareName(*target);
        if (bare != name)
            out.append(finding(rule, Severity::Error, {.object = nameOf(*target),
                                   .text = u"The provider's name begins with %1. That belongs into the audience of the exchange, which is then made of the name once more."_s.arg(name.chopped(bare.size())),
                                   .fix = u"Write the name as the API gives it: %1"_s.arg(bare)},
                {.pointer = target->pointer + u"/provider/name"_s}));
    }
}

void projectNumber(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static const QRegularExpression numbered(u"^projects/\\d+/"_s);
    for (const setup::Target* target : googleTargets(c)) {
        const QString name = bareName(*target);
        if (!name.isEmpty() && !numbered.match(name).hasMatch())
            out.append(finding(rule, Severity::Error, {.object = nameOf(*target), .presented = name.section(u'/', 1, 1)},
                {.pointer = target->pointer + u"/provider/name"_s}));
    }
}

constexpr auto wif = "Google Cloud: workload identity federation";
constexpr auto mappings = "Google Cloud: attribute mappings and conditions";
constexpr auto principals = "Google Cloud: IAM, principal identifiers";

constexpr std::array table {
    Rule {"TR-PROVIDER-DISABLED", "{object} is disabled",
        "A disabled or deleted provider takes no token. What was minted before lives on until it ends.",
        "Enable the provider, or name an active one.", wif, nullptr, AboutGoogle},
    Rule {"TR-PROJECT-NUMBER", "{object}: the resource name holds {presented} in place of the project number",
        "The audience of the exchange is the provider's full name, and that names the project by its number.",
        "Write projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>.", wif, projectNumber,
        AboutGoogle},
    Rule {"TR-PROVIDER-NAME", "The request names another provider",
        "The audience of the exchange is {presented}, the provider is {expected}.",
        "Send the full resource name of the provider: project number, pool, provider.", wif, providerName, AboutGoogle},
    Rule {"TR-CONDITION-OPEN", "{object}: the condition cannot be evaluated here",
        "A part of the condition is not known to Trustwalk.",
        "Compare by hand, or write the condition with functions that are known.", mappings, conditionOpen, AboutGoogle},
    Rule {"TR-SUBJECT-TOO-LONG", "{object}: google.subject is longer than 127 bytes",
        "Google refuses a token whose mapped subject has more than 127 bytes: {presented}.",
        "Map google.subject to something shorter that is still unique, such as assertion.sub.", mappings, nullptr,
        AboutGoogle},
    Rule {"TR-SUBJECT-UNMAPPED", "{object}: google.subject cannot be made of this token",
        "The mapping takes google.subject from what the token does not have.",
        "Map google.subject to a claim that every token of the issuer has, such as assertion.sub.", mappings, nullptr,
        AboutGoogle},
    Rule {"TR-IMPERSONATION-DENIED", "Nobody let {presented} act as the service account",
        "The policy of the account grants roles/iam.workloadIdentityUser to others only. Members are compared letter by letter.",
        "Grant roles/iam.workloadIdentityUser on the account to exactly this principal.", principals, nullptr, AboutGoogle},
    Rule {"TR-IAM-DENIED", "{object}: {presented} has no role for this call",
        "The identity is known; no binding gives it a role that holds the permission.",
        "Grant a role with the permission to exactly this principal.", principals, nullptr, AboutGoogle},
};

} // namespace

std::span<const Rule> googleRules() { return table; }

void googleWithoutCondition(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target* target : googleTargets(c)) {
        const json::Value provider = target->provider.root();
        const QString condition = provider["attributeCondition"].text().trimmed();
        // Of a client's file alone the provider's name is known, and nothing it demands.
        if (!provider["oidc"] || (!condition.isEmpty() && strangersLetIn(condition, provider["attributeMapping"]) != Strangers::All))
            continue;
        const bool wholePool = target->settings.root()["serviceAccountPolicy"].raw().contains("/*\"")
            || target->settings.root()["resourcePolicy"].raw().contains("/*\"");
        out.append(finding(rule, wholePool ? Severity::Error : Severity::Warning,
            {.object = nameOf(*target),
                .text = (condition.isEmpty() ? u"Without an attribute condition"_s : u"The attribute condition keeps nobody out:"_s) + u" every token of the issuer with this audience becomes a principal of the pool."_s,
                .fix = u"Write an attributeCondition on assertion.sub, or on a claim that identifies the workload."_s},
            {.pointer = target->pointer + u"/provider"_s}));
    }
}

void googleTenantOnly(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target* target : googleTargets(c)) {
        const json::Value provider = target->provider.root();
        const QString condition = provider["attributeCondition"].text();
        if (strangersLetIn(condition, provider["attributeMapping"]) == Strangers::OfTheTenant)
            out.append(finding(rule, Severity::Error, {.object = nameOf(*target)},
                {.pointer = target->pointer + u"/provider/attributeCondition"_s}));
    }
}

} // namespace diagnosis
