// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/expected_p.h"

#include "core/diagnosis/finding_p.h"
#include "core/trust/compare.h"
#include "core/trust/mcp.h"

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// A token that Entra makes for the server's app, held against what the server takes.
void addAudience(const Case& c, const setup::Target& target, Expected& out)
{
    const setup::App* app = c.setup.app(target.resource);
    if (!app || app->requestedAccessTokenVersion == 1 || target.validAudiences.isEmpty())
        return;
    base::Check check = trust::comparedWithAny({.id = u"audience"_s, .title = u"Audience"_s}, {app->clientId},
        trust::mcpAudiences(c.setup, target), {.setup = &c.setup, .contract = u"server"_s, .audience = true});
    check.fixPointer = target.pointer + u"/validAudiences/-"_s;
    out.checks.append(check);
}

/// A client's token goes no further than the server it was made for.
void addUpstream(const setup::Target& target, Expected& out)
{
    const json::Value upstream = target.settings.root()["upstream"];
    if (upstream["presents"].text() != u"passthrough")
        return;
    out.checks.append({.id = u"upstream"_s, .title = u"Token passed on"_s,
        .expected = u"a token of its own for "_s + upstream["target"].text(), .presented = u"the client's token"_s,
        .outcome = base::Outcome::Fail, .fixPointer = target.pointer + u"/settings/upstream/presents"_s});
}

} // namespace

void addMcpServers(const Case& c, QList<Expected>& out)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    QStringList seen;
    for (const setup::FlowSpec& spec : specs) {
        const setup::Target* target = c.setup.target(spec.target);
        if (!target || target->kind != u"mcp" || seen.contains(target->name))
            continue;
        seen.append(target->name);
        Expected expected {u"mcp.resource"_s, titleOf(*target), titleOf(*target), {}, target->pointer};
        addAudience(c, *target, expected);
        addUpstream(*target, expected);
        out.append(expected);
    }
}

} // namespace diagnosis
