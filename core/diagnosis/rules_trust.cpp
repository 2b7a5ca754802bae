// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/awsrules_p.h"
#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/strangers_p.h"
#include "core/diagnosis/subjects_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/visit_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// Targets of the case's flows that hold a federation rule, each once.
QList<const setup::Target*> ruleTargets(const Case& c)
{
    QList<const setup::Target*> found;
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::Target& target : c.setup.targets) {
        const bool used = std::ranges::any_of(specs,
            [&](const setup::FlowSpec& s) { return s.target == target.name || s.alsoTarget == target.name; });
        if (target.rule.root() && (used || !c.flow))
            found.append(&target);
    }
    return found;
}

QString nameOf(const setup::Target& target)
{
    const json::Value rule = target.rule.root();
    return u"Federation rule "_s + (rule["name"].isString() ? rule["name"].text() : rule["id"].text());
}

bool pinsSubject(const json::Value& match)
{
    const QString subject = match["subject_prefix"].text();
    return !subject.isEmpty() && subject != u"*";
}

void tenantOnly(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    awsTenantOnly(c, rule, out);
    for (const setup::Target* target : ruleTargets(c)) {
        const json::Value match = target->rule.root()["match"], claims = match["claims"];
        const QString condition = match["condition"].text().trimmed();
        const Strangers letIn = condition.isEmpty() ? Strangers::All : strangersLetIn(condition);
        bool onlyTenant = (claims.size() > 0 && letIn == Strangers::All) || letIn == Strangers::OfTheTenant;
        for (json::Value claim = claims.first(); claim; claim = claim.next())
            onlyTenant = onlyTenant && (claim.key() == "tid" || claim.key() == "iss");
        if (onlyTenant && !pinsSubject(match))
            out.append(finding(rule, Severity::Error, {.object = nameOf(*target)},
                {.pointer = target->pointer + u"/rule/match"_s}));
    }
}

void wildcardSubject(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    awsWildcardSubject(c, rule, out);
    for (const setup::App& app : c.setup.apps)
        for (const setup::Credential& credential : app.credentials)
            if (credential.expression.isEmpty() && credential.subject.contains(u'*'))
                out.append(finding(rule, Severity::Error,
                    {.object = u"Federated credential "_s + credential.name,
                        .text = u"`*` has no meaning here. Entra takes it as a letter."_s,
                        .fix = u"Write the whole subject, or use an expression with `matches`."_s},
                    {.pointer = credential.pointer + u"/subject"_s}));
}

void wildcards(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const Subject& subject : policySubjects(c))
        if (subject.text == u"*")
            out.append(finding(rule, Severity::Error, {.object = u"The contract"_s}, subject.place));
    wildcardSubject(c, rule, out);
    googleWithoutCondition(c, rule, out);
}

void tenantsAlone(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    tenantOnly(c, rule, out);
    googleTenantOnly(c, rule, out);
}

/// The directory stores any list; the exchange takes exactly one (Microsoft: federated identity credential
/// considerations).
void audienceCount(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::App& app : c.setup.apps)
        for (const setup::Credential& credential : app.credentials)
            if (credential.type == setup::CredentialType::Federated && credential.audiences.size() != 1)
                out.append(finding(rule, Severity::Error,
                    {.object = u"Federated credential "_s + credential.name,
                        .text = u"It names %1 audiences. Entra takes exactly one."_s.arg(
                            credential.audiences.size())},
                    {.pointer = credential.pointer + u"/audiences"_s}));
}

/// What a cloud minted for a federated token, by its own word; a rule that allows it has said so already.
void lifetimeInRun(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static const QStringList minting {u"anthropic.exchange"_s, u"google.exchange"_s, u"token-exchange"_s};
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const setup::Target* target = minting.contains(step.contract.kind) ? c.setup.target(step.to.id) : nullptr;
        for (const flow::Token& token : target && !target->rule.root()["token_lifetime_seconds"].integer() ? record.tokens : QList<flow::Token>())
            if (token.expiresIn.value_or(0) > 3600)
                out.append(finding(rule, Severity::Warning, {.object = step.to.title, .presented = base::duration(std::chrono::seconds {*token.expiresIn})},
                    {.step = step.id, .part = u"token:"_s + token.slot}));
    });
}

void lifetimeTooLong(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    constexpr qint64 hour = 3600;
    for (const setup::Target* target : ruleTargets(c)) {
        const qint64 seconds = target->rule.root()["token_lifetime_seconds"].integer().value_or(0);
        if (seconds > hour)
            out.append(finding(rule, Severity::Warning,
                {.object = nameOf(*target), .presented = base::duration(std::chrono::seconds {seconds})},
                {.pointer = target->pointer + u"/rule/token_lifetime_seconds"_s}));
    }
    lifetimeInRun(c, rule, out);
}

/// A list of audiences that holds one half of the exchange pair. A federated credential is no such list: it
/// wants the URI.
void oneOfTwo(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target& target : c.setup.targets) {
        const bool uri = target.validAudiences.contains(setup::exchangeAudienceUri);
        const bool guid = target.validAudiences.contains(setup::exchangeAudienceGuid);
        if (uri != guid)
            out.append(finding(rule, Severity::Error,
                {.object = titleOf(target),
                    .text = u"The GUID and the URI name the same resource. The list holds only the %1."_s.arg(
                        uri ? u"URI"_s : u"GUID"_s)},
                {.pointer = target.pointer + u"/validAudiences/-"_s}));
    }
}

constexpr auto wif = "Anthropic: workload identity federation reference";
constexpr auto considerations = "Microsoft: workload identity federation considerations";

constexpr std::array table {
    Rule {"ID-FIC-CASE", "{object}: the {check} differs from the token only in {near}",
        "Entra compares letter by letter. Upper and lower case, blanks and slashes count.",
        "Copy the value exactly as the token carries it.", considerations, nullptr, AboutFederated},
    Rule {"ID-FIC-CLIENT-ID", "{object}: the subject is a client id, Entra compares the object id",
        "A managed identity's token carries its object id in sub.",
        "Write the object id of the managed identity into the credential.",
        "Microsoft: configure an app to trust a managed identity", nullptr, AboutFederated},
    Rule {"ID-FIC-AUDIENCE", "{object}: the audience does not fit",
        "A federated credential holds exactly one audience, the URI of the cloud's exchange resource.",
        "Write api://AzureADTokenExchange into the credential.", considerations, audienceCount,
        AboutFederated},
    Rule {"ID-FIC-MISMATCH", "{object}: the {check} is not the token's",
        "Issuer, subject and audience all have to be equal, letter by letter.",
        "Copy the values from the token into the credential.", considerations, nullptr, AboutFederated},
    Rule {"X-ISS-SLASH", "{object}: the issuer differs in version or in a slash",
        "Issuers are compared whole: v1 ends with a slash, v2 ends with /v2.0.", "Copy iss from the token.",
        "RFC 7519, 4.1.1", nullptr, AboutFederated | AboutRule | AboutApi},
    Rule {"TR-AUD-ONE-OF-TWO", "{object} knows only one of two names of the resource",
        "The GUID and the URI name the same resource. Receivers outside Entra do not know the pair.",
        "List the value that the token carries; both is harmless.", "RFC 7519, 4.1.3", oneOfTwo,
        AboutApi | AboutRule},
    Rule {"TR-AUD-MISMATCH", "{object}: the token is meant for somebody else",
        "The audience {presented} is not among what {receiver} accepts.",
        "Ask for a token of the receiver's own resource.", "RFC 7519, 4.1.3", nullptr, AboutApi | AboutRule},
    Rule {"TR-TENANT-ONLY", "{object}: everybody in the tenant gets in",
        "The rule looks at the tenant alone. Every app and user of it can get such a token.",
        "Pin sub or oid, and keep the tenant as an extra condition.", wif, tenantsAlone,
        AboutRule | AboutRole | AboutGoogle},
    Rule {"TR-WILDCARD-SUBJECT", "{object}: the subject is a wildcard and nothing else is pinned",
        "A pattern that fits everything names no workload.",
        "Name the workload: its subject, or a claim that identifies it.", wif, wildcards,
        AboutRule | AboutFederated | AboutRole | AboutGoogle},
    Rule {"TR-RULE-SUBJECT", "{object}: the {check} does not fit the token",
        "The rule compares letter by letter: {presented} is not {expected}.",
        "Copy the value from the token into the rule.", wif, nullptr, AboutRule | AboutRole},
    Rule {"TR-RULE-ARCHIVED", "{object} is archived",
        "Archiving a rule stops exchanges at once. Minted tokens live on until they expire.",
        "Make a new rule, or name an active one.", wif, nullptr, AboutRule},
    Rule {"TR-KEYS-INLINE", "{object}: the keys given inline do not fit the token",
        "{receiver} takes the keys in its configuration and fetches none, so they stay when the issuer changes its own.",
        "Write the issuer's present keys there, or let the receiver fetch them by discovery.",
        "Anthropic: federation issuers, jwks; Google Cloud: workload identity pool providers, oidc.jwksJson", nullptr,
        AboutRule | AboutGoogle},
    Rule {"TR-ACCOUNT-NOT-MEMBER", "The service account is not a member of the workspace",
        "The rule fits, its target has no place in the workspace.",
        "Add the service account to the workspace.", wif, nullptr, AboutRule},
    Rule {"TR-SCOPE-MISSING", "{object}: the token will not grant what is needed",
        "The token grants {presented}; {expected} is needed.",
        "Ask for the scope, and let it be consented or assigned.", "RFC 6750, 3.1", nullptr,
        AboutApi | AboutRule | AboutUser},
    Rule {"TR-LIFETIME-TOO-LONG", "{object}: tokens live {presented}",
        "A minted token cannot be called back by the tenant. Whoever copies it has it that long.",
        "Give the rule 3600 seconds or less.", wif, lifetimeTooLong, AboutRule},
    Rule {"X-MI-24H", "{object}: the issuer allows shorter lives than the assertion has",
        "The assertion lives {presented}, the issuer allows {expected}. Managed identity tokens live a day.",
        "Raise max_jwt_lifetime_seconds of the issuer, for managed identities to 86400.", wif, nullptr,
        AboutRule},
};

} // namespace

std::span<const Rule> trustRules() { return table; }

} // namespace diagnosis
