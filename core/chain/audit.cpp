// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/auditdelegated_p.h"
#include "core/trust/aws.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

/// Who stands behind a token, from the token when there is one, else from how the flow gets it.
struct Behind
{
    QString user {}; ///< empty: nobody signed in
    QString app {};
};

QString nameOf(const setup::Setup& setup, const flow::Party& user)
{
    const setup::User* known = setup.user(user.id);
    return known && !known->username.isEmpty() ? known->username : user.title;
}

const flow::Party* signedIn(const flow::Flow& flow, const QString& group)
{
    for (const flow::Step& step : flow.steps)
        if (step.from.kind == flow::PartyKind::User && step.group == group)
            return &step.from;
    return nullptr;
}

Behind fromFlow(const Walk& walk, const flow::Step& step, const QString& slot)
{
    const flow::Step* issued = yielderOf(walk.flow, slot, &step);
    Behind out {.app = issued ? headOf(*issued).title : step.from.title};
    const flow::Party* user = fromSignIn(walk.flow, slot, &step) ? signedIn(walk.flow, step.group) : nullptr;
    if (user)
        out.user = nameOf(walk.setup, *user);
    return out;
}

Behind fromToken(const Walk& walk, const flow::Token& token, const Behind& expected)
{
    const trust::Principal principal = trust::principalOf(token.jwt, &walk.setup);
    const bool user
        = principal.kind == trust::PrincipalKind::User || principal.kind == trust::PrincipalKind::AgentUser;
    if (principal.kind == trust::PrincipalKind::Unknown)
        return expected;
    if (!user)
        return {.app = principal.title};
    const setup::User* known = walk.setup.user(principal.name);
    return {.user = known && !known->username.isEmpty() ? known->username : principal.title,
        .app = principal.actor.isEmpty() ? expected.app : principal.actor};
}

Behind behind(const Walk& walk, const flow::Step& step, const QString& slot)
{
    const Behind expected = fromFlow(walk, step, slot);
    const flow::Token* token = walk.run.token(slot);
    return token && !token->isOpaque() ? fromToken(walk, *token, expected) : expected;
}

AuditPrincipal bearer(const Walk& walk, const flow::Step& step, const QString& shows)
{
    const Behind who = behind(walk, step, step.presents.first().slot);
    AuditPrincipal out {.target = step.to.title, .principal = who.user.isEmpty() ? who.app : who.user};
    out.text = who.user.isEmpty()
        ? u"%1 %2 the app %3; no user is named."_s.arg(out.target, shows, who.app)
        : u"%1 %2 %3, acting through the app %4."_s.arg(out.target, shows, who.user, who.app);
    return out;
}

AuditPrincipal serviceAccount(const Walk& walk, const flow::Step& step, const QString& shows)
{
    const setup::Target* target = walk.setup.target(step.to.id);
    AuditPrincipal out {.target = step.to.title, .principal = target ? target->serviceAccountId : QString()};
    out.text
        = u"%1 %2 the service account %3. Every assertion that fits the rule becomes the same account."_s.arg(
            out.target, shows,
            target && !target->serviceAccountName.isEmpty() ? target->serviceAccountName : out.principal);
    const flow::Step* issued = yielderOf(walk.flow, step.presents.first().slot, &step);
    if (issued && headOf(*issued).kind == flow::PartyKind::ManagedIdentity)
        out.text += u" The token shown was that of the managed identity %1, and would be for every agent that runs on it."_s.arg(headOf(*issued).title);
    else if (issued && headOf(*issued).kind == flow::PartyKind::Agent)
        out.text += u" The token shown was that of the agent %1 alone."_s.arg(headOf(*issued).title);
    return out;
}

/// The session's ARN is what every record of AWS holds; whose token it was stands in the record of the exchange alone.
AuditPrincipal roleSession(const Walk& walk, const flow::Step& step, const QString& shows)
{
    const setup::Target* target = walk.setup.target(step.to.id);
    const QString session = target && !target->sessionName.isEmpty() ? target->sessionName : u"trustwalk"_s;
    const QString slot = step.presents.first().slot;
    const flow::Token* token = walk.run.token(slot);
    const QString who = token && !token->isOpaque() ? token->jwt.text("sub") : behind(walk, step, slot).app;
    AuditPrincipal out {.target = step.to.title, .principal = target ? trust::awsSessionArn(target->roleArn, session) : QString()};
    out.text = u"%1 %2 the role session %3. That it was %4 stands as SubjectFromWebIdentityToken in the record of AssumeRoleWithWebIdentity."_s.arg(
        out.target, shows, out.principal.section(u':', 5), who);
    return out;
}

bool isStaticKey(const flow::Step& step)
{
    return step.contract.kind == u"anthropic.api" && step.explain == u"send-message.key";
}

/// A static key speaks for whoever holds it.
AuditPrincipal keyHolder(const flow::Step& step, const QString& shows)
{
    return {.target = step.to.title, .principal = u"key of "_s + step.contractName,
        .text = u"%1 %2 the key and its workspace. Which workload sent it is written nowhere."_s.arg(step.to.title, shows)};
}

/// The steps after which a target knows who is calling.
bool names(const flow::Step& step)
{
    return !step.presents.isEmpty()
        && (step.contract.kind == u"api.bearer" || step.contract.kind == u"saas.call" || step.contract.kind == u"broker.inbound"
            || step.contract.kind == u"broker.connection" || step.contract.kind == u"anthropic.exchange"
            || step.contract.kind == u"aws.web-identity" || step.contract.kind == u"key-vault"
            || isStaticKey(step) || isGoogleAudited(step) || step.contract.kind == u"mcp.resource");
}

AuditPrincipal principalAt(const Walk& walk, const flow::Step& step)
{
    const bool observed = walk.run.state(step.id) == flow::StepState::Accepted;
    const QString shows = observed ? u"shows"_s : u"will show"_s;
    if (auto delegated = delegatedPrincipal(walk, step, shows)) {
        delegated->observed = observed;
        return *delegated;
    }
    AuditPrincipal out = step.contract.kind == u"anthropic.exchange" ? serviceAccount(walk, step, shows)
        : step.contract.kind == u"aws.web-identity"                  ? roleSession(walk, step, shows)
        : isGoogleAudited(step)                                     ? googlePrincipal(walk, step, shows)
        : isStaticKey(step)                                           ? keyHolder(step, shows)
                                                                     : bearer(walk, step, shows);
    out.observed = observed;
    return out;
}

} // namespace

QList<AuditPrincipal> auditPrincipalsOf(const Walk& walk)
{
    QList<AuditPrincipal> found;
    for (const flow::Step& step : walk.flow.steps) {
        if (!names(step))
            continue;
        AuditPrincipal principal = principalAt(walk, step);
        const auto same = std::ranges::find_if(found, [&](const AuditPrincipal& p) {
            return p.target == principal.target && p.principal == principal.principal;
        });
        if (same == found.end())
            found.append(std::move(principal));
        else if (principal.observed)
            *same = std::move(principal);
    }
    return found;
}

} // namespace chain
