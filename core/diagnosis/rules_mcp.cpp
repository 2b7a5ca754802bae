// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// What an MCP client demands of the documents and answers on its way, by the ids of its checks.
void demanded(const Case& c, const Rule& rule, const QStringList& ids, QList<base::Finding>& out)
{
    if (!c.flow || !c.run)
        return;
    for (const flow::Step& step : c.flow->steps) {
        const flow::StepRecord* record = c.run->record(step.id);
        for (const base::Check& check : record ? record->checks : QList<base::Check> {}) {
            if (check.outcome != base::Outcome::Fail || !ids.contains(check.id))
                continue;
            Words words = wordsOf(check, step.to.title);
            words.receiver = step.to.title;
            words.step = step.title;
            out.append(finding(rule, Severity::Error, words, {.step = step.id, .part = u"match"_s, .claim = check.id}));
        }
    }
}

void otherResource(const Case& c, const Rule& rule, QList<base::Finding>& out) { demanded(c, rule, {u"mcp.resource"_s}, out); }

void otherIssuer(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    demanded(c, rule, {u"mcp.issuer"_s, u"mcp.iss"_s, u"mcp.server"_s}, out);
}

void otherDocument(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    demanded(c, rule, {u"mcp.document"_s, u"mcp.document.client_id"_s}, out);
}

/// The list is missing, or S256 is not in it.
void noS256(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    demanded(c, rule, {u"mcp.s256"_s}, out);
    if (!c.flow || !c.run)
        return;
    for (const flow::Step& step : c.flow->steps) {
        const flow::StepRecord* record = c.run->record(step.id);
        if (record && record->missing.contains(mcpChallengeMethods()))
            out.append(finding(rule, Severity::Error, {.object = step.to.title, .receiver = step.to.title, .step = step.title},
                {.step = step.id, .part = u"response"_s, .claim = u"code_challenge_methods_supported"_s}));
    }
}

/// The last of the places was refused too.
void noMetadata(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    if (!c.flow || !c.run)
        return;
    for (const flow::Step& step : c.flow->steps) {
        const flow::StepRecord* record = c.run->record(step.id);
        const bool document = step.explain == u"mcp-server-metadata" || step.explain == u"mcp-resource-metadata";
        if (document && record && record->state == flow::StepState::Refused && record->observed.status == 404)
            out.append(finding(rule, Severity::Error, {.object = step.to.title, .receiver = step.to.title, .step = step.title},
                {.step = step.id, .part = u"response"_s}));
    }
}

QList<const setup::Target*> servers(const Case& c)
{
    QList<const setup::Target*> found;
    for (const setup::Target& target : c.setup.targets)
        if (target.kind == u"mcp")
            found.append(&target);
    return found;
}

/// The setup says that the server takes a key everybody shares, or does not look at the audience.
void staticKey(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target* target : servers(c)) {
        const json::Value settings = target->settings.root();
        const bool shared = settings["sharedKey"].boolean();
        const bool blind = settings["audienceCheck"].isBool() && !settings["audienceCheck"].boolean();
        if (shared || blind)
            out.append(finding(rule, Severity::Error, {.object = titleOf(*target), .receiver = titleOf(*target)},
                {.pointer = QString(target->pointer + (shared ? u"/settings/sharedKey"_s : u"/settings/audienceCheck"_s))}));
    }
}

/// A scope that a tool without effects asks for too is no gate for one with effects.
bool isGated(const setup::Target& target, const setup::Tool& tool)
{
    const bool shared = std::ranges::any_of(target.tools, [&](const setup::Tool& other) { return !other.writes && other.scope == tool.scope; });
    return tool.approval || (!tool.scope.isEmpty() && !shared);
}

void writeNoGate(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target* target : servers(c))
        for (const setup::Tool& tool : target->tools)
            if (tool.writes && !isGated(*target, tool))
                out.append(finding(rule, Severity::Warning, {.object = u"Tool "_s + tool.name, .receiver = titleOf(*target)}, {.pointer = tool.pointer}));
}

QString scopeName(const QString& scope) { return scope.section(u'/', -1); }

/// Scopes of the first sign-in that the flow's tool does not need and another one does.
QStringList early(const setup::FlowSpec& spec, const setup::Target& target)
{
    const auto tool = std::ranges::find(target.tools, spec.tool, &setup::Tool::name);
    const QString needed = tool == target.tools.end() ? QString() : scopeName(tool->scope);
    QStringList found;
    for (const QString& scope : spec.scopes) {
        const bool others = std::ranges::any_of(target.tools, [&](const setup::Tool& t) { return t.writes && scopeName(t.scope) == scopeName(scope); });
        if (others && scopeName(scope) != needed)
            found.append(scopeName(scope));
    }
    return found;
}

void scopeUpfront(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        const setup::Target* target = c.setup.target(spec.target);
        const QStringList scopes = target && target->kind == u"mcp" ? early(spec, *target) : QStringList {};
        if (!scopes.isEmpty())
            out.append(finding(rule, Severity::Warning, {.object = scopes.join(u' '), .receiver = titleOf(*target)}, {.pointer = spec.pointer + u"/scopes"_s}));
    }
}

constexpr auto mcpPage = "MCP authorization 2026-07-28";

constexpr std::array table {
    Rule {"X-MCP-RESOURCE", "{object}: the resource is named {presented}, the address is {expected}",
        "A client must not use a document that speaks for another address; a token made for one of them is nothing at the other.",
        "Write one spelling everywhere: the address that clients call, without a closing slash.", "RFC 9728, 3.3; RFC 8707, 2", otherResource},
    Rule {"X-MCP-ISSUER-MISMATCH", "{object} calls itself {presented}, the client was sent to {expected}",
        "Whoever answers under another name may pass on what it gets (mix-up). The client stops.",
        "Let the metadata, the answers and the MCP server name one issuer, letter by letter.", "RFC 8414, 3.3; RFC 9207, 2.4", otherIssuer},
    Rule {"X-MCP-NO-METADATA", "{object} has no metadata at any of its addresses",
        "A client asks at each well-known address in turn. Where none answers it does not know where to sign in.",
        "Serve the metadata before the issuer's path: /.well-known/oauth-authorization-server and the path.",
        "MCP authorization 2026-07-28, discovery; RFC 8414, 3.1", noMetadata},
    Rule {"X-MCP-CLIENT-DOCUMENT", "{object} does not take the client by its own document",
        "The client's id is an address. The authorization server has to take such ids and fetches what stands there, which has to name that "
        "address letter by letter, its redirect addresses and no secret.",
        "Serve the document at the client id itself, with the same client_id in it; or register the client.",
        "OAuth client id metadata document (draft), 4; MCP authorization 2026-07-28", otherDocument},
    Rule {"X-MCP-NO-S256", "{object} does not list PKCE with S256",
        "A client cannot see that its codes are bound to it, and has to stop.",
        "List S256 in code_challenge_methods_supported.", "MCP authorization 2026-07-28, authorization code protection", noS256},
    Rule {"DEL-MCP-STATIC", "{object}: a key that everybody shares stands in place of a token",
        "Nobody can tell who calls, take it back for one caller, or keep it from being used elsewhere.",
        "Take tokens that are issued for one caller and this server, and check their audience.", mcpPage, staticKey},
    Rule {"DEL-WRITE-NO-GATE", "{object} changes things, and nothing stands in front of it",
        "Whoever may read may write: the tool has no scope of its own and nobody approves its calls.",
        "Give the tool a scope of its own, or let a person approve each call.", mcpPage, writeNoGate},
    Rule {"TR-SCOPE-UPFRONT", "The first sign-in asks for {object}, which only a later tool needs",
        "The client holds more than it uses, and the user consents without seeing what for.",
        "Ask for it when {receiver} challenges with insufficient_scope.", "MCP authorization 2026-07-28, scope challenge", scopeUpfront, AboutUser},
    Rule {"X-IDJAG-SUBJECT", "{object}: the id token was issued to {presented}",
        "An id token speaks to the client it was issued to. Another one must not turn it into more.",
        "Let the client that the user signed in to ask for the identity assertion.", "Identity assertion authorization grant (draft), 4.3", nullptr, AboutUser},
    Rule {"X-IDJAG-TYPE", "{object}: the assertion is no identity assertion but {presented}",
        "An access or id token in its place would let any client of the identity provider in.",
        "Present what comes back for requested_token_type id-jag.", "Identity assertion authorization grant (draft), 4.4", nullptr, AboutUser},
    Rule {"X-IDJAG-AUDIENCE", "{object}: the assertion is meant for {presented}",
        "The authorization server takes assertions whose audience is its own issuer, letter by letter.",
        "Ask the identity provider with the issuer of the authorization server as audience.", "Identity assertion authorization grant (draft), 4.4", nullptr, AboutUser},
    Rule {"X-IDJAG-CLIENT", "{object}: the assertion names the client {presented}, {expected} presents it",
        "Only the client that the identity provider had in mind may use it.",
        "Let the identity provider name the client by its id at the authorization server.", "Identity assertion authorization grant (draft), 4.4", nullptr, AboutUser},
};

} // namespace

QString mcpChallengeMethods() { return u"code_challenge_methods_supported/0"_s; }

std::span<const Rule> mcpRules() { return table; }

} // namespace diagnosis
