// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "broker_p.h"

#include "core/base/jsontexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// The codes of a policy denial are unconfirmed (downstream.md section 11).
constexpr Answer denied {.status = 403, .error = "access_denied", .text = "A policy does not allow this.", .confirmed = false};
constexpr Answer revoked {.status = 403, .error = "access_denied", .text = "The agent's record is revoked.", .confirmed = false};

bool names(const json::Value& policy, const PolicyQuestion& question)
{
    return policy["client"].text() == question.client && json::textsIn(policy["grants"]).contains(question.grant);
}

bool allows(const json::Value& policy, const PolicyQuestion& question)
{
    const QStringList scopes = json::textsIn(policy["scopes"]);
    return names(policy, question)
        && std::ranges::all_of(question.scopes, [&](const QString& s) { return scopes.contains(s); });
}

QString described(const json::Value& policies, const PolicyQuestion& question)
{
    for (json::Value each = policies.first(); each; each = each.next())
        if (names(each, question))
            return u"%1: %2"_s.arg(question.grant, json::textsIn(each["scopes"]).join(u' '));
    return u"no policy for this client and grant"_s;
}

json::Value recordOf(const setup::Target& broker, const QString& client, const QString& principal)
{
    for (json::Value each = broker.settings.root()["records"].first(); each; each = each.next())
        if (each["client"].text() == client && each["principal"].text() == principal)
            return each;
    return {};
}

} // namespace

void checkRecord(Sheet& sheet, const setup::Target& broker, const QString& client, const QString& principal)
{
    base::Check check {.id = u"record"_s, .title = u"Agent record"_s, .expected = u"not revoked"_s,
                       .relation = u"one for this client and principal"_s,
                       .fix = u"Approve the agent anew at the broker, or take another client."_s,
                       .presentedFrom = u"%1 for %2"_s.arg(client, principal), .expectedFrom = u"records of the broker"_s,
                       .source = u"Descope docs: Agentic identities"_s};
    const json::Value record = recordOf(broker, client, principal);
    const bool ended = record["revoked"].boolean();
    check.presented = !record ? u"none yet, it is made at the first issuance"_s : ended ? u"revoked"_s : u"there, not revoked"_s;
    if (record)
        check.fixPointer = broker.pointer + u"/settings"_s + record.pointer() + u"/revoked"_s;
    sheet.hold(std::move(check), !ended, revoked);
}

void checkPolicy(Sheet& sheet, const setup::Target& broker, const PolicyQuestion& question)
{
    const json::Value policies = broker.settings.root()["policies"];
    bool holds = false;
    for (json::Value each = policies.first(); each; each = each.next())
        holds = holds || allows(each, question);
    sheet.hold({.id = u"policy"_s, .title = u"Policy"_s, .expected = described(policies, question),
                .presented = u"%1: %2"_s.arg(question.grant, question.scopes.join(u' ')), .relation = u"allowed"_s,
                .fix = u"Add a policy for this client and grant, or ask for less."_s,
                .fixPointer = broker.pointer + u"/settings/policies/-"_s, .presentedFrom = u"the request"_s,
                .expectedFrom = u"policies of the broker"_s, .source = u"Descope docs: Policies"_s},
               holds, denied);
}

void checkBroker(ExchangeCase& c, const QString& grant)
{
    c.sheet.begin(u"The broker"_s);
    const QString subject = principalIn(c.subject);
    checkRecord(c.sheet, c.target, c.target.clientId, subject);
    checkPolicy(c.sheet, c.target, {.client = c.target.clientId, .grant = grant, .scopes = c.decision.scopes});
}

} // namespace trust
