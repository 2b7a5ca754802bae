// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "api.h"

namespace federation {

using namespace Qt::StringLiterals;

namespace {

flow::Step bearerGet(const setup::Target& target, const QString& path, const flow::Party& asker, const QString& slot, const flow::Frame& frame)
{
    flow::Step step;
    step.group = frame.group;
    step.from = asker;
    step.to = step.becomes = {flow::PartyKind::Downstream, target.name, target.displayName.isEmpty() ? target.name : target.displayName};
    step.presents = {{.slot = frame.slot(slot), .kind = flow::Evidence::Kind::Token, .title = frame.slot(slot)}};
    step.contract = {u"api.bearer"_s, target.pointer};
    step.contractKind = u"audience and scope"_s;
    step.contractName = step.to.title;
    step.method = "GET";
    step.url = flow::fromSetup(target.url + path, target.pointer + u"/url"_s);
    step.headers = {
        {"Authorization", flow::joined({flow::literal("Bearer "), flow::fromToken(frame.slot(slot))})},
        {"Accept", flow::literal("application/json")},
    };
    return step;
}

} // namespace

flow::Step callApi(const setup::Target& target, const flow::Party& asker, const QString& slot, const flow::Frame& frame)
{
    flow::Step step = bearerGet(target, u"/claims"_s, asker, slot, frame);
    step.id = frame.id(u"call-api"_s);
    step.title = u"Call the API"_s;
    step.shortTitle = u"Call API"_s;
    step.explain = u"call-api"_s;
    return step;
}

flow::Step callGraphMe(const setup::Target& target, const flow::Party& asker, const QString& slot, const QString& userTitle, const flow::Frame& frame)
{
    flow::Step step = bearerGet(target, u"/v1.0/me"_s, asker, slot, frame);
    step.id = frame.id(u"call-graph"_s);
    step.title = userTitle.isEmpty() ? u"Call Graph"_s : u"Call Graph as %1"_s.arg(userTitle);
    step.shortTitle = u"Call Graph"_s;
    step.explain = u"call-graph"_s;
    return step;
}

} // namespace federation
