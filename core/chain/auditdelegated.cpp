// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/auditdelegated_p.h"

#include "core/setup/brokerprofile.h"

using namespace Qt::StringLiterals;

namespace chain {

namespace {

struct Named
{
    QString subject {};
    QString actor {};
    bool user = false;
};

QString userTitle(const setup::Setup& setup, const QString& name, const QString& otherwise)
{
    const setup::User* user = setup.user(name);
    return user && !user->username.isEmpty() ? user->username : otherwise;
}

/// As the request will have it: the yield says whom the token speaks for, an actor token who acts.
Named fromRequest(const Walk& walk, const flow::Step& issuing, const flow::Yield& yield)
{
    Named out {.subject = userTitle(walk.setup, yield.speaker.id, yield.speaker.title),
        .user = yield.speaker.kind == flow::PartyKind::User};
    for (const flow::Evidence& evidence : issuing.presents)
        if (fieldCarrying(issuing, evidence.slot) == "actor_token")
            out.actor = issuing.from.title;
    return out;
}

Named fromToken(const Walk& walk, const jose::Jwt& token)
{
    const trust::Principal principal = trust::principalOf(token, &walk.setup);
    return {.subject = userTitle(walk.setup, principal.name, principal.title),
        .actor = principal.actor,
        .user = principal.kind == trust::PrincipalKind::User};
}

/// What the platform writes down, in its profile's words. A management key leaves no agent behind.
AuditPrincipal brokerRecord(const Walk& walk, const flow::Step& step, const QString& shows)
{
    const setup::Target* broker = walk.setup.target(step.to.id);
    const bool byKey = step.presents.first().slot.isEmpty();
    AuditPrincipal out {.target = step.to.title, .principal = byKey ? u"management key"_s : step.from.title};
    out.text = byKey ? u"%1 %2 its own management key: no agent, no policy."_s.arg(out.target, shows)
        : broker     ? u"%1 %2 %3 for %4. It keeps %5."_s.arg(out.target, shows, broker->clientId, out.principal,
                               QString::fromUtf8(setup::brokerProfile(*broker).records))
                     : u"%1 %2 %3."_s.arg(out.target, shows, out.principal);
    return out;
}

} // namespace

std::optional<AuditPrincipal> delegatedPrincipal(const Walk& walk, const flow::Step& step, const QString& shows)
{
    if (step.contract.kind.startsWith(u"broker."_s))
        return brokerRecord(walk, step, shows);
    const QString slot = step.presents.first().slot;
    const flow::Step* issuing = yielderOf(walk.flow, slot, &step);
    const bool exchanged = issuing && (issuing->contract.kind == u"token-exchange" || issuing->contract.kind == u"jwt-grant");
    const flow::Yield* yield = exchanged ? yieldOf(*issuing, slot) : nullptr;
    if (!yield || step.contract.kind != u"api.bearer")
        return {};
    const flow::Token* token = walk.run.token(slot);
    const Named who = token && !token->isOpaque() ? fromToken(walk, token->jwt) : fromRequest(walk, *issuing, *yield);
    AuditPrincipal out {.target = step.to.title, .principal = who.subject};
    if (!who.actor.isEmpty())
        out.text = u"%1 %2 %3, and %4 as the one who acts."_s.arg(out.target, shows, who.subject, who.actor);
    else if (who.user)
        out.text = u"%1 %2 %3 alone. The token does not say who acts."_s.arg(out.target, shows, who.subject);
    else
        out.text = u"%1 %2 %3; no user is named."_s.arg(out.target, shows, who.subject);
    return out;
}

} // namespace chain
