// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/inventory.h"

#include "core/diagnosis/facts_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/trust/vaultroles.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Option 1: the host's identity is what the cloud trusts.
bool byHost(const setup::FlowSpec& spec) { return spec.option == 1 && bool(spec.settings.root()["hostTarget"]); }

/// Flows of an agent; of a workload without one, by its own name.
QList<const setup::FlowSpec*> flowsBy(const setup::Setup& setup, const QString& name)
{
    QList<const setup::FlowSpec*> found;
    for (const setup::FlowSpec& spec : setup.flows) {
        const setup::User* user = setup.user(spec.user);
        const bool direct = spec.agent.isEmpty() && (spec.middleTier.isEmpty() ? spec.managedIdentity == name : spec.middleTier == name);
        const bool beside = spec.settings.root()["sibling"].text() == name || (byHost(spec) && spec.managedIdentity == name);
        if (spec.agent == name || direct || beside || (user && user->name == name && !user->agent.isEmpty()))
            found.append(&spec);
    }
    return found;
}

struct Reached
{
    QString target {};
    QString pointer {};
};

/// What a flow takes this party to. A sibling has the second target to itself, and with option 1 the host goes to the cloud
/// in the agent's place.
QList<Reached> reachedBy(const setup::FlowSpec& spec, const QString& name)
{
    const Reached first {spec.target, spec.pointer + u"/target"_s}, second {spec.alsoTarget, spec.pointer + u"/alsoTarget"_s};
    const QString sibling = spec.settings.root()["sibling"].text();
    if (!sibling.isEmpty())
        return {sibling == name ? second : first};
    if (!byHost(spec))
        return {first, second};
    const Reached host {spec.settings.root()["hostTarget"].text(), spec.pointer + u"/settings/hostTarget"_s};
    return {spec.managedIdentity == name ? host : first};
}

Known listed(const setup::Setup& setup, const QString& pointer, const char* member)
{
    const json::Value list = setup.document.find(pointer)[member];
    Known out {.known = bool(list) && !list.isNull()};
    for (json::Value each = list.first(); each; each = each.next())
        out.values.append({each.text(), each.pointer(), {}});
    return out;
}

void addOnce(Known& to, const Evidence& evidence)
{
    to.known = true;
    if (std::ranges::none_of(to.values, [&](const Evidence& e) { return e.text == evidence.text; }))
        to.values.append(evidence);
}

/// Written down, or seen from who may ask for the blueprint's scopes and from flows in which a user signs in.
Known invokersOf(const setup::Setup& setup, const QString& name, const QString& pointer)
{
    Known out = listed(setup, pointer, "invokers");
    const setup::App* agent = setup.app(name);
    for (const setup::App& client : setup.apps)
        for (const setup::Permission& permission : client.permissions)
            if (agent && !agent->parent.isEmpty() && permission.resource == agent->parent)
                addOnce(out, {u"%1, for whoever signs in there"_s.arg(titleOf(client)), permission.pointer, {}});
    for (const setup::FlowSpec* spec : flowsBy(setup, name))
        if (const setup::User* user = setup.user(spec->user); user && user->agent.isEmpty())
            addOnce(out, {u"%1, in the flow %2"_s.arg(user->displayName, spec->title), spec->pointer + u"/user"_s, {}});
    return out;
}

void addTarget(const setup::Setup& setup, const QString& name, const QString& pointer, Known& to)
{
    if (const setup::Target* target = setup.target(name))
        addOnce(to, {titleOf(*target), pointer, {}});
}

Known reachOf(const setup::Setup& setup, const QString& name)
{
    Known out;
    for (const setup::FlowSpec* spec : flowsBy(setup, name))
        for (const Reached& reached : reachedBy(*spec, name))
            addTarget(setup, reached.target, reached.pointer, out);
    const setup::App* app = setup.app(name);
    for (const setup::App* holder : {app, app ? setup.app(app->parent) : nullptr})
        for (const setup::Permission& permission : holder ? holder->permissions : QList<setup::Permission>())
            addOnce(out, {u"%1: %2"_s.arg(permission.resource, (permission.scopes + permission.roles).join(u", "_s)), permission.pointer, {}});
    if (app)
        for (json::Value each = Facts(setup, app->pointer).at("tools").first(); each; each = each.next())
            addOnce(out, {each.text(), each.pointer(), {}});
    return out;
}

/// What comes of a target: a secret that is read, or a token that is minted.
struct Broker
{
    QLatin1StringView kind;
    const char16_t* what;
};
constexpr std::array brokers {
    Broker {"anthropic"_L1, u"an access token of %1"},
    Broker {"aws"_L1, u"temporary keys of %1"},
    Broker {"google"_L1, u"an access token of %1"},
    Broker {"broker"_L1, u"users' tokens that %1 keeps"},
    Broker {"token-exchange"_L1, u"tokens that %1 issues"},
    Broker {"sidecar"_L1, u"tokens for what %1 is configured for"},
};

void addBrokered(const setup::Setup& setup, const QString& targetName, const QString& pointer, Known& to)
{
    const setup::Target* target = setup.target(targetName);
    for (const Broker& row : brokers)
        if (target && target->kind == row.kind && target->settings.root()["apiKeySecret"].text().isEmpty())
            addOnce(to, {QString::fromUtf16(row.what).arg(titleOf(*target)), pointer, {}});
}

Known credentialsOf(const setup::Setup& setup, const QString& name)
{
    Known out;
    for (const setup::Target& target : setup.targets)
        for (const setup::RoleAssignment& assignment : target.roleAssignments)
            if (assignment.principal == name)
                addOnce(out, {u"%1 at %2, %3"_s.arg(assignment.role, titleOf(target), assignment.scope), assignment.pointer, {}});
    for (const setup::FlowSpec* spec : flowsBy(setup, name)) {
        for (const Reached& reached : reachedBy(*spec, name))
            addBrokered(setup, reached.target, reached.pointer, out);
        addBrokered(setup, spec->via, spec->pointer + u"/via"_s, out);
        if (!spec->secret.isEmpty())
            addOnce(out, {u"the secret "_s + spec->secret, spec->pointer + u"/secret"_s, {}});
    }
    return out;
}

Known dormancy(const Material& material, const QString& title, const QString& pointer, const QString& lastPointer, const QString& last, bool disabled)
{
    if (disabled)
        return {true, {{u"disabled"_s, pointer + u"/disabled"_s, {}}}};
    if (!seenInRun(material, title).isEmpty())
        return {true, {}};
    const auto moment = base::fromRfc3339(last);
    if (!moment)
        return {};
    Known out {.known = true};
    if (isOlder(moment, material.now, quarter))
        out.values.append({u"since %1"_s.arg(base::toRfc3339(*moment)), lastPointer, {}});
    return out;
}

bool isAboutReach(const QString& rule)
{
    static constexpr std::array rules {"TR-OVERSCOPED", "TR-WILDCARD-SUBJECT", "TR-TENANT-ONLY", "TR-NS-UNPINNED", "TR-OPTION1-FLAT", "TR-SCOPE-UPFRONT", "TR-LIFETIME-TOO-LONG",
        "TR-TENANT-CONTEXT-MISSING", "SEC-VAULT-SCOPE", "SEC-VAULT-ROLE", "DEL-MI-FOR-USER-DATA", "DEL-WRITE-NO-GATE", "DEL-IMPERSONATE-SA", "DEL-GOD-TOKEN", "ID-SHARED-IDENTITY", "ID-REVOKE-BLAST"};
    return std::ranges::any_of(rules, [&](const char* each) { return rule == QLatin1StringView(each); });
}

/// A vault's roles are of single principals: only their own count.
bool isAnothers(const setup::Setup& setup, const QString& pointer, const QString& name)
{
    static const QRegularExpression role(u"^/targets/\\d+/roleAssignments/\\d+"_s);
    const auto match = role.match(pointer);
    return match.hasMatch() && setup.document.find(match.captured())["principal"].text() != name;
}

/// A pointer at or below one of the places that belong to an agent: itself, its flows, and what those reach.
Known widthOf(const Material& material, const QString& name, const QString& pointer)
{
    QStringList places {pointer};
    for (const setup::FlowSpec* spec : flowsBy(material.setup, name)) {
        places.append(spec->pointer);
        for (const Reached& reached : reachedBy(*spec, name))
            if (const setup::Target* found = material.setup.target(reached.target))
                places.append(found->pointer);
    }
    for (const setup::Target& target : material.setup.targets)
        for (const setup::RoleAssignment& assignment : target.roleAssignments)
            if (assignment.principal == name)
                places.append(assignment.pointer);
    Known out {.known = true};
    for (const base::Finding& finding : material.findings) {
        const bool here = std::ranges::any_of(places, [&](const QString& place) { return finding.place.pointer == place || finding.place.pointer.startsWith(place + u'/'); });
        if (isAboutReach(finding.rule) && here && !isAnothers(material.setup, finding.place.pointer, name))
            out.values.append({finding.rule + u": "_s + finding.title, finding.place.pointer, {}});
    }
    return out;
}

AgentRecord recordOf(const Material& material, const QString& name, const QString& title, const QString& kind, const QString& pointer)
{
    const setup::Setup& setup = material.setup;
    return {.name = name, .title = title, .kind = kind, .pointer = pointer, .owners = listed(setup, pointer, "owners"), .invokers = invokersOf(setup, name, pointer),
        .reaches = reachOf(setup, name), .credentials = credentialsOf(setup, name), .tooWide = widthOf(material, name, pointer)};
}

void addSeen(const Material& material, AgentRecord& record)
{
    for (const Evidence& seen : seenInRun(material, record.title))
        addOnce(record.reaches, seen);
}

} // namespace

QList<Evidence> seenInRun(const Material& material, const QString& title)
{
    QList<Evidence> found;
    int index = 0;
    for (json::Value step = material.run["steps"].first(); step; step = step.next(), ++index)
        if (step["state"].text() == u"accepted" && step["from"].text() == title)
            found.append({u"%1, seen at the step %2"_s.arg(step["to"].text(), step["title"].text()), {}, u"/steps/%1"_s.arg(index)});
    return found;
}

QList<AgentRecord> inventory(const Material& material)
{
    const setup::Setup& setup = material.setup;
    QList<AgentRecord> out;
    for (const setup::App& app : setup.apps) {
        const bool alone = app.kind == setup::AppKind::Confidential && !flowsBy(setup, app.name).isEmpty();
        if (app.kind != setup::AppKind::Agent && !alone)
            continue;
        AgentRecord record = recordOf(material, app.name, titleOf(app), alone ? u"app"_s : u"agentIdentity"_s, app.pointer);
        record.dormant = dormancy(material, record.title, app.pointer, app.pointer + u"/lastSignIn"_s, app.lastSignIn, app.disabled);
        out.append(record);
    }
    for (const setup::User& user : setup.users)
        if (!user.agent.isEmpty())
            out.append(recordOf(material, user.name, user.displayName, u"agentUser"_s, user.pointer));
    for (const setup::ManagedIdentity& identity : setup.managedIdentities) {
        if (flowsBy(setup, identity.name).isEmpty())
            continue;
        AgentRecord record = recordOf(material, identity.name, titleOf(identity), u"managedIdentity"_s, identity.pointer);
        const Facts facts(setup, identity.pointer);
        record.dormant = dormancy(material, record.title, identity.pointer, facts.pointer("lastSignIn"), facts.text("lastSignIn"), facts.is("hostDeleted", true));
        out.append(record);
    }
    for (AgentRecord& record : out)
        addSeen(material, record);
    return out;
}

} // namespace diagnosis
