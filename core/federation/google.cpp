// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "google.h"

#include "core/flow/demands.h"

namespace federation {

using namespace Qt::StringLiterals;

namespace {

constexpr auto cloudScope = "https://www.googleapis.com/auth/cloud-platform";

QString titleOf(const setup::Target& target) { return target.displayName.isEmpty() ? target.name : target.displayName; }

flow::Value member(const QString& text, const setup::Target& target, const QString& name)
{
    return flow::fromSetup(text, target.pointer + u'/' + name);
}

/// A part of the provider's resource name: "<pool>" of ".../workloadIdentityPools/<pool>/providers/<provider>".
QString partOfName(const setup::Target& target, const QString& before)
{
    return target.provider.root()["name"].text().section(before + u'/', 1).section(u'/', 0, 0);
}

flow::Step frameOf(const QString& id, const flow::Party& asker, const flow::Party& to, const QString& slot, const flow::Frame& frame)
{
    flow::Step step;
    step.id = frame.id(id);
    step.explain = id;
    step.group = frame.group;
    step.from = asker;
    step.to = step.becomes = to;
    step.presents = {{.slot = frame.slot(slot), .kind = flow::Evidence::Kind::Token, .title = frame.slot(slot)}};
    return step;
}

flow::Field bearer(const QString& slot)
{
    return {"Authorization", flow::joined({flow::literal("Bearer "), flow::fromToken(slot)})};
}

/// Where the tokens are exchanged, which is the target itself when it names no other place.
flow::Value tokenService(const setup::Target& target)
{
    const bool own = target.authorizationServer.isEmpty();
    return member((own ? target.url : target.authorizationServer) + u"/v1/token"_s, target, own ? u"url"_s : u"authorizationServer"_s);
}

} // namespace

flow::Party googlePool(const setup::Target& target)
{
    return {flow::PartyKind::Downstream, target.name + u"/pool"_s, u"pool %1"_s.arg(partOfName(target, u"workloadIdentityPools"_s))};
}

flow::Party googleAccount(const setup::Target& target)
{
    return {flow::PartyKind::Downstream, target.name + u"/account"_s, target.serviceAccount.section(u".iam."_s, 0, 0)};
}

flow::Step exchangeAtGoogle(const setup::Target& target, const flow::Party& asker, const QString& subjectSlot, const QString& slot,
    const flow::Frame& frame)
{
    flow::Step step = frameOf(u"exchange-at-google"_s, asker, googlePool(target), subjectSlot, frame);
    step.title = u"Exchange at Google Cloud"_s;
    step.shortTitle = u"At Google"_s;
    step.contract = {u"google.exchange"_s, target.pointer};
    step.contractKind = u"workload identity provider"_s;
    step.contractName = partOfName(target, u"providers"_s);
    step.url = tokenService(target);
    step.format = flow::BodyFormat::Form;
    step.body = {
        {"grant_type", flow::literal("urn:ietf:params:oauth:grant-type:token-exchange")},
        {"audience", member(u"//iam.googleapis.com/"_s + target.provider.root()["name"].text(), target, u"provider/name"_s)},
        {"scope", flow::literal(cloudScope)},
        {"requested_token_type", flow::literal("urn:ietf:params:oauth:token-type:access_token")},
        {"subject_token", flow::fromToken(frame.slot(subjectSlot))},
        {"subject_token_type", member(target.subjectTokenType.isEmpty() ? u"urn:ietf:params:oauth:token-type:jwt"_s : target.subjectTokenType,
            target, u"subjectTokenType"_s)},
    };
    step.expects = {flow::tokenType()};
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(slot), .token = true, .speaker = googlePool(target)}};
    return step;
}

flow::Step impersonateAccount(const setup::Target& target, const flow::Party& asker, const QString& tokenSlot, const QString& slot,
    const flow::Frame& frame)
{
    flow::Step step = frameOf(u"impersonate-account"_s, asker, googleAccount(target), tokenSlot, frame);
    step.title = u"Act as %1"_s.arg(googleAccount(target).title);
    step.shortTitle = u"As account"_s;
    step.contract = {u"google.impersonation"_s, target.pointer};
    step.contractKind = u"policy of the account"_s;
    step.contractName = target.serviceAccount;
    step.url = flow::joined({member(target.credentialsUrl, target, u"credentialsUrl"_s), flow::literal("/v1/projects/-/serviceAccounts/"),
        member(target.serviceAccount, target, u"serviceAccount"_s), flow::literal(":generateAccessToken")});
    step.headers = {bearer(frame.slot(tokenSlot))};
    step.format = flow::BodyFormat::Json;
    step.body = {
        {"scope", flow::literal(QByteArray("[\"") + cloudScope + "\"]"), true},
        {"lifetime", flow::literal("3600s")},
    };
    step.yields = {{.pointer = u"/accessToken"_s, .slot = frame.slot(slot), .token = true, .speaker = googleAccount(target)}};
    return step;
}

flow::Step generateContent(const setup::Target& target, const flow::Party& asker, const QString& tokenSlot, const flow::Frame& frame)
{
    const json::Value settings = target.settings.root();
    const flow::Party api {flow::PartyKind::Downstream, target.name, titleOf(target)};
    flow::Step step = frameOf(u"generate-content"_s, asker, api, tokenSlot, frame);
    step.title = u"Ask the model"_s;
    step.shortTitle = u"Model"_s;
    step.contract = {u"google.call"_s, target.pointer};
    step.contractKind = u"IAM policy"_s;
    step.contractName = settings["project"].text();
    step.url = flow::joined({member(target.url, target, u"url"_s), flow::literal("/v1/projects/"),
        member(settings["project"].text(), target, u"settings/project"_s), flow::literal("/locations/"),
        member(settings["location"].text(), target, u"settings/location"_s), flow::literal("/publishers/google/models/"),
        member(target.model, target, u"model"_s), flow::literal(":generateContent")});
    step.headers = {bearer(frame.slot(tokenSlot))};
    step.format = flow::BodyFormat::Json;
    step.body = {
        {"contents", flow::literal(R"([{"role": "user", "parts": [{"text": "Say in one short sentence that the chain holds."}]}])"), true},
        {"generationConfig", flow::literal(R"({"maxOutputTokens": 64})"), true},
    };
    return step;
}

} // namespace federation
