// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/facts_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/visit_p.h"
#include "core/trust/principal.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// A JWT as it was shown to a target, with the target's facts.
struct Shown
{
    const flow::Step& step;
    const setup::Target& target;
    jose::Jwt token;
    bool forUser = false;
};

bool speaksForUser(const jose::Jwt& token)
{
    return bool(token.claim("scp")) || bool(token.claim("scope")) || bool(token.claim("preferred_username"));
}

template <typename Visit>
void forBearers(const Case& c, Visit visit)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const setup::Target* target = c.setup.target(step.to.id);
        const QByteArray header = record.exchange.request.headers.value("Authorization");
        if (!target || header.left(7).toLower() != "bearer ")
            return;
        if (const jose::Jwt token = jose::decode(header.mid(7)); token.isJwt())
            visit(Shown {step, *target, token, speaksForUser(token)});
    });
}

base::Place inRequest(const flow::Step& step) { return {.step = step.id, .part = u"request"_s, .claim = u"Authorization"_s}; }

/// Whether what a target holds belongs to single users: the setup says so, or it demands delegated scopes.
bool holdsUserData(const Case& c, const setup::Target& target)
{
    const Facts facts = factsOf(c, target);
    return facts.has("userData") ? facts.is("userData", true) : !target.requiredScopes.isEmpty();
}

/// Who begins a walk: somebody who signs in.
bool beginsWithUser(const Case& c)
{
    return c.flow && std::ranges::any_of(c.flow->steps, [](const flow::Step& step) { return step.interactive; });
}

void appForUser(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    if (beginsWithUser(c))
        forBearers(c, [&](const Shown& shown) {
            if (!shown.forUser && holdsUserData(c, shown.target))
                out.append(finding(rule, Severity::Error, {.object = titleOf(shown.target), .receiver = titleOf(shown.target), .step = shown.step.title}, inRequest(shown.step)));
        });
}

/// Before anything is sent: a host's own token goes where users' data is.
void hostForUserData(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        const setup::Target* target = c.setup.target(spec.target);
        const bool alone = !spec.managedIdentity.isEmpty() && spec.agent.isEmpty() && spec.middleTier.isEmpty() && spec.user.isEmpty() && spec.intermediary.isEmpty();
        if (target && alone && factsOf(c, *target).is("userData", true))
            out.append(finding(rule, Severity::Error, {.object = spec.managedIdentity, .receiver = titleOf(*target)}, {.pointer = spec.pointer + u"/managedIdentity"_s}));
    }
    forBearers(c, [&](const Shown& shown) {
        const bool host = trust::principalOf(shown.token, &c.setup).kind == trust::PrincipalKind::ManagedIdentity;
        if (host && factsOf(c, shown.target).is("userData", true))
            out.append(finding(rule, Severity::Error, {.object = shown.step.from.title, .receiver = titleOf(shown.target)}, inRequest(shown.step)));
    });
}

void userForBatch(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs)
        if (const Facts facts = factsOf(c, spec); facts.is("batch", true) && !spec.user.isEmpty())
            out.append(finding(rule, Severity::Info, {.object = spec.title}, {.pointer = spec.pointer + u"/user"_s}));
}

QString nameOfKind(bool forUser) { return forUser ? u"on-behalf-of"_s : u"autonomous"_s; }

void mislabelled(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        const Facts facts = factsOf(c, spec);
        const QString label = facts.text("label");
        if (label.isEmpty())
            continue;
        if (label != nameOfKind(!spec.user.isEmpty()))
            out.append(finding(rule, Severity::Error, {.object = spec.title, .presented = nameOfKind(!spec.user.isEmpty()), .expected = label}, {.pointer = facts.pointer("label")}));
        forBearers(c, [&](const Shown& shown) {
            if (label != nameOfKind(shown.forUser) && label == nameOfKind(!spec.user.isEmpty()))
                out.append(finding(rule, Severity::Error, {.object = spec.title, .presented = nameOfKind(shown.forUser), .expected = label}, inRequest(shown.step)));
        });
    }
}

/// One account at Google for several people: its log knows one caller.
void sharedAccount(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    QHash<QString, QString> first; // by service account: for whom it was impersonated before
    for (const setup::FlowSpec& spec : c.setup.flows) {
        const setup::Target* target = c.setup.target(spec.target);
        if (!target || target->kind != u"google" || target->serviceAccount.isEmpty() || spec.user.isEmpty())
            continue;
        const QString before = first.value(target->serviceAccount, spec.user);
        if (before != spec.user)
            out.append(finding(rule, Severity::Warning, {.object = target->serviceAccount, .presented = before, .expected = spec.user}, {.pointer = target->pointer + u"/serviceAccount"_s}));
        first.insert(target->serviceAccount, before);
    }
}

constexpr auto obo = "Microsoft: on-behalf-of flow";

constexpr std::array table {
    Rule {"DEL-GOD-TOKEN", "{object} is asked as an application for what belongs to a user",
        "A user began this, and {receiver} sees an application with rights over everybody's data. What the user may not do, the application does.",
        "Exchange the user's token on behalf of, so that their rights travel along.", obo, appForUser, AboutRun},
    Rule {"DEL-MI-FOR-USER-DATA", "{object} reaches users' data by its own identity", "{receiver} cannot tell for whom the call is made, and the identity reaches all of them.",
        "Exchange the user's token on behalf of.", obo, hostForUserData, AboutManaged},
    Rule {"DEL-OBO-FOR-APP", "{object} acts for a user whom nobody needs", "A batch has nobody waiting. A user's token ends, is revoked, and binds the batch to one person's rights.",
        "Let it run as itself, by a managed identity.", obo, userForBatch, AboutUser},
    Rule {"DEL-FLOW-MISLABELLED", "{object} is called {expected} and is {presented}", "Who reads the name trusts the wrong party: the user's rights are in it, or they are not.",
        "Correct the flow, or its name.", "Microsoft: agent OAuth protocols", mislabelled},
    Rule {"DEL-IMPERSONATE-SA", "{object} is impersonated for {presented} and for {expected}", "The account has the rights of all of them, and the log shows the account.",
        "Bind the principals directly, or make one account a tenant.", "Google Cloud: service account impersonation", sharedAccount, AboutGoogle},
};

} // namespace

std::span<const Rule> delegationRules() { return table; }

} // namespace diagnosis
