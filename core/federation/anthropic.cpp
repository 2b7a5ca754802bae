// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "anthropic.h"

#include "core/flow/demands.h"

namespace federation {

using namespace Qt::StringLiterals;

namespace {

flow::Party downstream(const setup::Target& target)
{
    return {flow::PartyKind::Downstream, target.name, target.displayName.isEmpty() ? target.name : target.displayName};
}

flow::Value member(const QString& text, const setup::Target& target, const QString& name)
{
    return flow::fromSetup(text, target.pointer + u'/' + name);
}

} // namespace

flow::Step exchangeAtAnthropic(const setup::Target& target, const flow::Party& asker, const QString& assertionSlot, const QString& slot, const flow::Frame& frame)
{
    flow::Step step;
    step.id = frame.id(u"exchange-at-anthropic"_s);
    step.title = u"Exchange at %1"_s.arg(downstream(target).title);
    step.shortTitle = u"At %1"_s.arg(downstream(target).title);
    step.explain = u"exchange-at-anthropic"_s;
    step.group = frame.group;
    step.from = asker;
    step.to = step.becomes = downstream(target);
    step.presents = {{.slot = frame.slot(assertionSlot), .kind = flow::Evidence::Kind::Token, .title = frame.slot(assertionSlot)}};
    step.contract = {u"anthropic.exchange"_s, target.pointer};
    step.contractKind = u"federation rule"_s;
    step.contractName = target.rule.root()["id"].text();
    step.url = member(target.url + u"/v1/oauth/token"_s, target, u"url"_s);
    // The SDK sends the beta values, the documentation's own example does not; both are accepted.
    step.headers = {{"anthropic-beta", flow::literal("oauth-2025-04-20,oidc-federation-2026-04-01")}};
    step.format = flow::BodyFormat::Json;
    step.body = {
        {"grant_type", flow::literal("urn:ietf:params:oauth:grant-type:jwt-bearer")},
        {"assertion", flow::fromToken(frame.slot(assertionSlot))},
        {"federation_rule_id", member(step.contractName, target, u"rule/id"_s)},
        {"organization_id", member(target.organizationId, target, u"organizationId"_s)},
        {"service_account_id", member(target.serviceAccountId, target, u"serviceAccountId"_s)},
    };
    if (!target.workspaceId.isEmpty())
        step.body.append({"workspace_id", member(target.workspaceId, target, u"workspaceId"_s)});
    step.expects = {flow::tokenTypeIfAny()};
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(slot), .token = true, .speaker = downstream(target)}};
    return step;
}

flow::Step sendMessage(const setup::Target& target, const flow::Party& asker, const QString& tokenSlot, const flow::Frame& frame)
{
    flow::Step step;
    step.id = frame.id(u"send-message"_s);
    step.title = u"Send a message"_s;
    step.shortTitle = u"Message"_s;
    step.explain = u"send-message"_s;
    step.group = frame.group;
    step.from = asker;
    step.to = step.becomes = downstream(target);
    step.presents = {{.slot = frame.slot(tokenSlot), .kind = flow::Evidence::Kind::Token, .title = frame.slot(tokenSlot)}};
    step.contract = {u"anthropic.api"_s, target.pointer};
    step.contractKind = u"service account"_s;
    step.contractName = target.serviceAccountName.isEmpty() ? target.serviceAccountId : target.serviceAccountName;
    step.url = member(target.url + u"/v1/messages"_s, target, u"url"_s);
    step.headers = {
        {"Authorization", flow::joined({flow::literal("Bearer "), flow::fromToken(frame.slot(tokenSlot))})},
        {"anthropic-version", flow::literal("2023-06-01")},
        {"anthropic-beta", flow::literal("oauth-2025-04-20")},
    };
    step.format = flow::BodyFormat::Json;
    step.body = {
        {"model", member(target.model, target, u"model"_s)},
        {"max_tokens", flow::literal("64"), true},
        {"messages", flow::literal(R"([{"role": "user", "content": "Say in one short sentence that the chain holds."}])"), true},
    };
    return step;
}

flow::Step sendMessageWithKey(const setup::Target& target, const flow::Party& asker, const QString& keySlot, const flow::Frame& frame)
{
    flow::Step step = sendMessage(target, asker, keySlot, frame);
    step.explain = u"send-message.key"_s;
    step.contractKind = u"static key"_s;
    step.contractName = target.workspaceId.isEmpty() ? u"workspace"_s : target.workspaceId;
    step.presents.front().title = u"static key"_s;
    step.headers = {
        {"x-api-key", flow::fromReply(frame.slot(keySlot))},
        {"anthropic-version", flow::literal("2023-06-01")},
    };
    return step;
}

} // namespace federation
