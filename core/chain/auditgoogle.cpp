// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/walk_p.h"

#include "core/trust/google.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

const setup::Target* targetOf(const setup::Setup& setup, const QString& pointer)
{
    const auto it = std::ranges::find(setup.targets, pointer, &setup::Target::pointer);
    return it == setup.targets.end() ? nullptr : &*it;
}

const flow::Step* stepOf(const Walk& walk, QStringView contract, const flow::Step& before)
{
    for (const flow::Step& step : walk.flow.steps) {
        if (&step == &before)
            break;
        if (step.contract.kind == contract && step.group == before.group)
            return &step;
    }
    return nullptr;
}

/// What google.subject will be, where the mapping takes the object id as it is.
QString expectedSubject(const Walk& walk, const setup::Target& target, const flow::Party& party)
{
    const QString mapping = target.provider.root()["attributeMapping"]["google.subject"].text();
    if (mapping != "assertion.sub"_L1 && mapping != "assertion.oid"_L1)
        return {};
    const setup::ManagedIdentity* identity = walk.setup.managedIdentity(party.id);
    const setup::App* app = walk.setup.app(party.id);
    return identity ? identity->objectId : app ? app->objectId : QString();
}

/// The pool's principal: from the token that was taken there, else from the object that will bring it.
QString federatedPrincipal(const Walk& walk, const setup::Target& target, const flow::Step& exchange)
{
    const json::Value provider = target.provider.root();
    const flow::Token* token = walk.run.token(exchange.presents.first().slot);
    if (token && !token->isOpaque())
        return trust::matchGoogle(token->jwt, provider, &walk.setup, {}, token->received).identity.principal();
    trust::GoogleIdentity identity {.subject = expectedSubject(walk, target, exchange.from),
        .pool = provider["name"].text().section(u"/providers/"_s, 0, 0)};
    if (identity.subject.isEmpty())
        identity.subject = u"(google.subject)"_s;
    return identity.principal();
}

AuditPrincipal impersonating(const setup::Target& target, const QString& principal, const QString& shows)
{
    return {.target = u"Google IAM credentials"_s, .principal = principal,
        .text = u"Google IAM credentials %1 %2 as the one who acts as %3."_s.arg(shows, principal, target.serviceAccount)};
}

AuditPrincipal calling(const flow::Step& step, const setup::Target& target, const QString& principal, bool asAccount, const QString& shows)
{
    const QString name = asAccount ? target.serviceAccount : principal;
    return {.target = step.to.title, .principal = name,
        .text = asAccount
            ? u"%1 %2 the service account %3; who acts as it is in the delegation info alone: %4."_s.arg(step.to.title, shows, name, principal)
            : u"%1 %2 the principal %3."_s.arg(step.to.title, shows, name)};
}

} // namespace

bool isGoogleAudited(const flow::Step& step)
{
    return step.contract.kind == u"google.impersonation" || step.contract.kind == u"google.call";
}

AuditPrincipal googlePrincipal(const Walk& walk, const flow::Step& step, const QString& shows)
{
    const setup::Target* target = targetOf(walk.setup, step.contract.pointer);
    const flow::Step* exchange = stepOf(walk, u"google.exchange", step);
    if (!target || !exchange)
        return {.target = step.to.title, .principal = u"unknown"_s, .text = u"The flow exchanges no token at Google."_s};
    const QString principal = federatedPrincipal(walk, *target, *exchange);
    if (step.contract.kind == u"google.impersonation")
        return impersonating(*target, principal, shows);
    return calling(step, *target, principal, stepOf(walk, u"google.impersonation", step) != nullptr, shows);
}

std::optional<trust::OpaqueGrant> googleGrantIn(
    const setup::Setup& setup, const setup::Target& target, const flow::Run& run, QByteArrayView token)
{
    for (const flow::StepRecord& record : run.records) {
        const bool here = std::ranges::any_of(record.tokens, [&](const flow::Token& t) { return t.raw == token; });
        if (!here)
            continue;
        const http::Request& request = record.exchange.request;
        const base::Instant at = record.exchange.started;
        const QString account = trust::googleAccountIn(http::splitUrl(request.url).path);
        if (!account.isEmpty()) {
            const auto body = json::Document::read(request.body);
            const auto decision = trust::decideGoogleImpersonation(setup, target, account, request.headers, body.root(), {}, at);
            return trust::googleGrant(target, decision, account, at);
        }
        const auto decision
            = trust::decideGoogleExchange(setup, target, trust::googleExchangeIn(request.headers, request.body), {}, at);
        auto grant = trust::googleGrant(target, decision, at);
        grant.expires = at + std::chrono::hours {1};
        return grant.principal.isEmpty() ? std::nullopt : std::optional(grant);
    }
    return {};
}

} // namespace chain
