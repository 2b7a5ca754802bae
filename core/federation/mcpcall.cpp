// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcp_p.h"

#include "core/base/json.h"

namespace federation {

using namespace Qt::StringLiterals;
using flow::Expectation;

namespace {

constexpr auto protocolVersion = "2025-11-25"; // what clients in the field speak; newer servers take it

/// A JSON-RPC message in a POST. The answer may come as plain JSON or as a stream, so both are named.
flow::Step rpcStep(const McpWalk& walk, const QString& id, const QString& title, const QString& shortTitle, const flow::Frame& frame)
{
    flow::Step step = mcpStep(walk, id, title, shortTitle, frame);
    step.url = mcpUrl(walk);
    step.headers = {{"Accept", flow::literal("application/json, text/event-stream")}};
    step.format = flow::BodyFormat::Json;
    step.body = {{"jsonrpc", flow::literal("2.0")}};
    return step;
}

/// A key everybody shares in place of a token: what a server must not take. For the fault that shows it.
bool usesSharedKey(const McpWalk& walk) { return walk.target.settings.root()["sharedKey"].boolean(); }

flow::Value bearer(const McpWalk& walk, const QString& slot, const flow::Frame& frame)
{
    if (usesSharedKey(walk))
        return flow::literal("Bearer the-key-everybody-has");
    return flow::joined({flow::literal("Bearer "), flow::fromToken(frame.slot(slot))});
}

void present(flow::Step& step, const McpWalk& walk, const QString& slot, const flow::Frame& frame)
{
    step.presents = {{.slot = frame.slot(slot), .kind = flow::Evidence::Kind::Token, .title = frame.slot(slot)}};
    step.contract = {u"mcp.resource"_s, walk.target.pointer};
    step.contractKind = u"audience and scope"_s;
    step.contractName = step.to.title;
    step.headers.prepend({"Authorization", bearer(walk, slot, frame)});
}

/// Headers of everything after the initialisation.
void inSession(flow::Step& step, const flow::Frame& frame)
{
    step.headers.append({"MCP-Protocol-Version", flow::literal(protocolVersion)});
    step.headers.append({.name = "Mcp-Session-Id", .value = flow::fromReply(frame.slot(u"session"_s)), .optional = true});
}

QByteArray initializeParameters()
{
    return QByteArray(R"({"protocolVersion": ")") + protocolVersion
        + R"(", "capabilities": {}, "clientInfo": {"name": "trustwalk", "version": "0.1.0"}})";
}

void initializeBody(flow::Step& step)
{
    step.body.append({
        {"id", flow::literal("1"), true},
        {"method", flow::literal("initialize")},
        {"params", flow::literal(initializeParameters()), true},
    });
}

void callBody(flow::Step& step, const setup::Tool& tool)
{
    const QString call = u"{\"name\": %1, \"arguments\": {}}"_s.arg(QString::fromUtf8(json::quoted(tool.name)));
    step.body.append({
        {"id", flow::literal("2"), true},
        {"method", flow::literal("tools/call")},
        {"params", flow::fromSetup(call, tool.pointer + u"/name"_s), true},
    });
}

} // namespace

flow::Step mcpChallenge(const McpWalk& walk, const flow::Frame& frame)
{
    flow::Step step = rpcStep(walk, u"mcp-challenge"_s, u"Knock without a token"_s, u"Challenge"_s, frame);
    initializeBody(step);
    step.welcome = {401};
    step.yields = {
        {.slot = frame.slot(u"challenge"_s), .header = "WWW-Authenticate"},
        {.pointer = u"/resource_metadata"_s, .slot = frame.slot(u"resource_metadata"_s), .required = false, .header = "WWW-Authenticate"},
        {.pointer = u"/scope"_s, .slot = frame.slot(u"first scope"_s), .required = false, .header = "WWW-Authenticate"},
    };
    return step;
}

flow::Step mcpInitialize(const McpWalk& walk, const QString& tokenSlot, const flow::Frame& frame)
{
    flow::Step step = rpcStep(walk, u"mcp-initialize"_s, u"Open the session"_s, u"Initialize"_s, frame);
    present(step, walk, tokenSlot, frame);
    initializeBody(step);
    step.yields = {
        {.pointer = u"/result/protocolVersion"_s, .slot = frame.slot(u"protocol version"_s)},
        {.slot = frame.slot(u"session"_s), .required = false, .header = "Mcp-Session-Id"},
    };
    return step;
}

flow::Step mcpInitialized(const McpWalk& walk, const QString& tokenSlot, const flow::Frame& frame)
{
    flow::Step step = rpcStep(walk, u"mcp-initialized"_s, u"Say that the session is open"_s, u"Initialized"_s, frame);
    present(step, walk, tokenSlot, frame);
    inSession(step, frame);
    step.body.append({"method", flow::literal("notifications/initialized")});
    return step;
}

flow::Step mcpCallTool(const McpWalk& walk, const setup::Tool& tool, const QString& tokenSlot, const flow::Frame& frame)
{
    flow::Step step = rpcStep(walk, u"mcp-call-tool"_s, u"Call the tool %1"_s.arg(tool.name), u"Call tool"_s, frame);
    present(step, walk, tokenSlot, frame);
    inSession(step, frame);
    callBody(step, tool);
    step.yields = {{.pointer = u"/result/content/0/text"_s, .slot = frame.slot(u"answer of "_s + tool.name)}};
    step.expects = {{.on = Expectation::On::Reply, .name = u"/result/isError"_s, .how = Expectation::How::EqualsIfPresent,
        .value = flow::literal("false"), .id = u"mcp.tool"_s, .title = u"The tool did not fail"_s, .source = u"MCP 2025-11-25, tools"_s}};
    return step;
}

flow::Step mcpStepUpChallenge(const McpWalk& walk, const setup::Tool& tool, const QString& tokenSlot, const flow::Frame& frame)
{
    flow::Step step = rpcStep(walk, u"mcp-step-up"_s, u"Call the tool %1 with too little"_s.arg(tool.name), u"Scope challenge"_s, frame);
    present(step, walk, tokenSlot, frame);
    step.contract.kind = u"mcp.challenge"_s;
    inSession(step, frame);
    callBody(step, tool);
    step.welcome = {403};
    step.yields = {{.pointer = u"/scope"_s, .slot = frame.slot(u"challenge scope"_s), .required = false, .header = "WWW-Authenticate"}};
    return step;
}

} // namespace federation
