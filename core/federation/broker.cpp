// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "broker.h"

#include "core/flow/demands.h"
#include "core/setup/brokerprofile.h"
#include "core/setup/targetsecrets.h"

namespace federation {

using namespace Qt::StringLiterals;

namespace {

flow::Value member(const setup::Target& broker, const QString& text, const QString& name)
{
    return flow::fromSetup(text, broker.pointer + u'/' + name);
}

flow::Evidence evidence(const QString& slot) { return {.slot = slot, .kind = flow::Evidence::Kind::Token, .title = slot}; }

/// The documented body is JSON.
flow::Step tokenRequest(const setup::Setup& setup, const setup::Target& broker, const flow::Party& asker, const QStringList& scopes)
{
    flow::Step step;
    step.from = asker;
    step.to = step.becomes = brokerParty(broker);
    step.contractKind = u"agent record and policy"_s;
    step.contractName = broker.clientId;
    step.url = member(broker, broker.url + QLatin1StringView(setup::brokerTokenPath), u"url"_s);
    step.format = flow::BodyFormat::Json;
    step.body = {
        {"client_id", member(broker, broker.clientId, u"clientId"_s)},
        {"scope", member(broker, scopes.join(u' '), u"scopes"_s)},
    };
    if (setup::hasClientSecret(broker))
        step.body.append({"client_secret", flow::fromSecret(setup::secretKey(setup, broker))});
    step.audienceAsked = broker.audience;
    step.expects = {flow::tokenTypeIfAny()};
    return step;
}

QByteArray listOf(const QStringList& texts)
{
    QByteArrayList quoted;
    for (const QString& text : texts)
        quoted.append(json::quoted(text));
    return '[' + quoted.join(", ") + ']';
}

} // namespace

flow::Party brokerParty(const setup::Target& broker)
{
    return {flow::PartyKind::Downstream, broker.name, broker.displayName.isEmpty() ? broker.name : broker.displayName};
}

flow::Step brokerInbound(const setup::Setup& setup, const setup::Target& broker, const flow::Party& asker, const QString& assertion, const QStringList& scopes)
{
    flow::Step step = tokenRequest(setup, broker, asker, scopes);
    step.id = u"broker-inbound"_s;
    step.title = u"Workload token to the broker"_s;
    step.shortTitle = u"To the broker"_s;
    step.explain = u"broker-inbound"_s;
    step.contract = {u"broker.inbound"_s, broker.pointer};
    step.presents = {evidence(assertion)};
    step.body.append({"grant_type", flow::literal("urn:ietf:params:oauth:grant-type:jwt-bearer")});
    step.body.append({"assertion", flow::fromToken(assertion)});
    step.yields = {{.pointer = u"/access_token"_s, .slot = u"T3"_s, .token = true, .speaker = asker}};
    return step;
}

flow::Step brokerNarrow(const setup::Setup& setup, const setup::Target& broker, const flow::Party& asker, const QStringList& scopes)
{
    flow::Step step = tokenRequest(setup, broker, asker, scopes);
    step.id = u"broker-exchange"_s;
    step.title = u"Narrow the platform token"_s;
    step.shortTitle = u"Exchange"_s;
    step.explain = u"broker-exchange"_s;
    step.contract = {u"broker.exchange"_s, broker.pointer};
    step.presents = {evidence(u"T3"_s)};
    step.body.append({"grant_type", flow::literal("urn:ietf:params:oauth:grant-type:token-exchange")});
    step.body.append({"subject_token", flow::fromToken(u"T3"_s)});
    step.body.append({"subject_token_type", flow::literal("urn:ietf:params:oauth:token-type:access_token")});
    step.body.append({"audience", member(broker, broker.audience, u"audience"_s)});
    step.yields = {{.pointer = u"/access_token"_s, .slot = u"T4"_s, .token = true, .speaker = asker}};
    return step;
}

flow::Step connectionToken(const Connection& x)
{
    flow::Step step;
    step.id = u"connection-token"_s;
    step.title = u"Fetch the token of %1"_s.arg(x.appId);
    step.shortTitle = u"Connection"_s;
    step.explain = x.byKey ? u"connection-token.key"_s : u"connection-token"_s;
    step.from = x.asker;
    step.to = step.becomes = brokerParty(x.broker);
    step.contract = {u"broker.connection"_s, x.broker.pointer};
    step.contractKind = x.byKey ? u"management key"_s : u"connection and policy"_s;
    step.contractName = x.appId;
    step.presents = {x.byKey ? flow::Evidence {.kind = flow::Evidence::Kind::Secret, .title = u"management key"_s} : evidence(u"T4"_s)};
    step.url = member(x.broker, x.broker.url + QLatin1StringView(setup::brokerConnectionPath), u"url"_s);
    const flow::Value credential = x.byKey ? flow::fromSecret(setup::secretKey(x.setup, x.broker, u"management-key"_s)) : flow::fromToken(u"T4"_s);
    step.headers = {{"Authorization", flow::joined({flow::literal("Bearer "), member(x.broker, x.broker.audience, u"audience"_s), flow::literal(":"), credential})}};
    step.format = flow::BodyFormat::Json;
    step.body = {
        {"appId", flow::literal(x.appId.toUtf8())},
        {"userId", flow::fromSetup(x.user.username, x.user.pointer + u"/username"_s)},
        {.name = "scopes", .value = flow::literal(listOf(x.scopes)), .json = true},
        {.name = "options", .value = flow::literal(R"({"withRefreshToken": false, "forceRefresh": false})"), .json = true},
    };
    step.yields = {{.pointer = u"/token/accessToken"_s, .slot = u"T5"_s, .token = true,
        .speaker = {flow::PartyKind::User, x.user.name, x.user.displayName.isEmpty() ? x.user.username : x.user.displayName}}};
    return step;
}

flow::KeySource brokerKeys(const setup::Target& broker)
{
    return {.issuer = broker.url, .url = member(broker, setup::brokerKeysUrl(broker), u"url"_s)};
}

} // namespace federation
