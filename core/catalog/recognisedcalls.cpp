// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recognised_p.h"

#include "core/http/site.h"

namespace catalog {

using namespace Qt::StringLiterals;
using flow::Evidence;
using flow::Party;
using flow::PartyKind;

namespace {

flow::Step plainStep(const QString& id, const QString& title, const Party& from, const Party& to)
{
    flow::Step step;
    step.id = step.explain = id;
    step.title = step.shortTitle = title;
    step.from = from;
    step.to = step.becomes = to;
    return step;
}

/// A document that a client may have already: 304 says that it is still right.
flow::Step documentStep(const QString& id, const QString& title, const Party& to)
{
    flow::Step step = plainStep(id, title, {PartyKind::App, u"client"_s, u"Client"_s}, to);
    step.welcome = {304};
    return step;
}

Party workload() { return {PartyKind::App, u"workload"_s, u"Workload"_s}; }

Evidence evidenceOf(const QByteArray& token, const Memory& m)
{
    const QString slot = m.slotOf(token);
    return {.slot = slot, .kind = Evidence::Kind::Token, .title = slot.isEmpty() ? u"token from elsewhere"_s : slot};
}

void addBearer(flow::Step& step, const Seen& s, const Memory& m)
{
    const QByteArray token = s.bearer();
    if (token.isEmpty())
        return;
    step.presents.append(evidenceOf(token, m));
    if (const QString slot = m.slotOf(token); !slot.isEmpty())
        step.headers.append({"Authorization", flow::joined({flow::literal("Bearer "), flow::fromToken(slot)})});
}

/// The setup's receiver at this address.
const setup::Target* targetAt(const Seen& s, const Memory& m)
{
    if (!m.setup)
        return nullptr;
    const QByteArray asked = http::siteOf(s.url) + s.url.path;
    const setup::Target* best = nullptr;
    for (const setup::Target& target : m.setup->targets)
        if (asked.startsWith(target.url.toUtf8()) && (!best || target.url.size() > best->url.size()))
            best = &target;
    return best;
}

/// Kinds of targets whose calls are judged by a contract.
QString contractOf(const QString& kind)
{
    static const QHash<QString, QString> kinds {{u"api"_s, u"api.bearer"_s}, {u"graph"_s, u"api.bearer"_s},
        {u"anthropic"_s, u"anthropic.api"_s}, {u"key-vault"_s, u"key-vault"_s}, {u"mcp"_s, u"mcp.resource"_s},
        {u"google"_s, u"google.call"_s}};
    return kinds.value(kind);
}

} // namespace

flow::Step metadataServiceStep(const Seen& s, Memory& m)
{
    flow::Step step = plainStep(u"managed-identity"_s, u"Managed identity token"_s, {PartyKind::Host, u"host"_s, u"host"_s},
        {PartyKind::ManagedIdentity, u"metadata-service"_s, u"metadata service"_s});
    const QByteArray id = s.query.value("client_id");
    const setup::ManagedIdentity* known = nullptr;
    if (m.setup)
        for (const setup::ManagedIdentity& identity : m.setup->managedIdentities)
            if (!id.isEmpty() && identity.clientId == QString::fromUtf8(id).toLower())
                known = &identity;
    step.becomes = known ? Party {PartyKind::ManagedIdentity, known->name, known->displayName}
                         : Party {PartyKind::ManagedIdentity, u"managed-identity"_s, u"Managed identity"_s};
    step.presents = {{.kind = Evidence::Kind::Attestation, .title = u"runs on the host"_s}};
    step.contractKind = u"assigned identity"_s;
    step.contractName = step.becomes.title;
    if (known)
        step.contract = {u"managed-identity"_s, known->pointer};
    step.audienceAsked = QString::fromUtf8(s.query.value("resource"));
    step.yields = {{.pointer = u"/access_token"_s, .slot = m.nextToken(), .token = true, .speaker = step.becomes}};
    return step;
}

flow::Step awsStep(const Seen& s, Memory& m)
{
    const http::Form& asked = s.form.has("Action") ? s.form : s.query;
    const QByteArray action = asked.value("Action");
    const Party aws {PartyKind::Downstream, u"aws"_s, u"AWS"_s};
    if (action != "AssumeRoleWithWebIdentity") {
        flow::Step step = plainStep(u"aws-call"_s, QString::fromUtf8(action), workload(), aws);
        step.presents = {{.kind = Evidence::Kind::Token, .title = u"session credentials"_s}};
        return step;
    }
    flow::Step step = plainStep(u"assume-role"_s, u"Assume the role"_s, workload(), aws);
    const QByteArray token = asked.value("WebIdentityToken");
    step.presents = {evidenceOf(token, m)};
    if (const QString slot = m.slotOf(token); !slot.isEmpty())
        step.body = {{"WebIdentityToken", flow::fromToken(slot)}};
    step.contractKind = u"trust policy"_s;
    step.contractName = QString::fromUtf8(asked.value("RoleArn")).section(u'/', -1);
    if (m.setup)
        for (const setup::Target& target : m.setup->targets)
            if (target.kind == u"aws" && target.roleArn == QString::fromUtf8(asked.value("RoleArn")))
                step.contract = {u"aws.web-identity"_s, target.pointer};
    step.yields = {{.pointer = u"/AssumeRoleWithWebIdentityResponse/AssumeRoleWithWebIdentityResult/Credentials/SessionToken"_s, .slot = m.nextToken(), .token = true, .speaker = aws}};
    return step;
}

flow::Step impersonationStep(const Seen& s, Memory& m)
{
    flow::Step step = plainStep(u"impersonate"_s, u"Impersonate the service account"_s, workload(), {PartyKind::Downstream, u"google"_s, u"Google"_s});
    addBearer(step, s, m);
    step.contractKind = u"service account"_s;
    step.contractName = QString::fromUtf8(http::percentDecoded(s.url.path)).section(u'/', -1).section(u':', 0, 0);
    if (m.setup)
        for (const setup::Target& target : m.setup->targets)
            if (target.kind == u"google" && target.serviceAccount == step.contractName)
                step.contract = {u"google.impersonation"_s, target.pointer};
    step.yields = {{.pointer = u"/accessToken"_s, .slot = m.nextToken(), .token = true, .speaker = step.to}};
    return step;
}

flow::Step metadataStep(const Seen& s, Memory& m)
{
    const bool resource = s.path.contains("oauth-protected-resource");
    return documentStep(resource ? u"resource-metadata"_s : u"discover"_s, resource ? u"Read the resource's metadata"_s : u"Read the issuer's metadata"_s,
        resource ? m.host(s) : m.issuer(s));
}

flow::Step keySetStep(const Seen& s, Memory& m)
{
    return documentStep(u"keys"_s, u"Read the keys"_s, m.issuer(s));
}

flow::Step registrationStep(const Seen& s, Memory& m)
{
    return plainStep(u"register-client"_s, u"Register the client"_s, {PartyKind::App, u"client"_s, u"Client"_s}, m.issuer(s));
}

flow::Step connectionTokenStep(const Seen& s, Memory& m)
{
    flow::Step step = plainStep(u"connection-token"_s, u"Fetch the connection's token"_s, workload(), m.host(s));
    addBearer(step, s, m);
    if (s.bearer().contains(':')) { // no token behind the project's id: a management key
        step.explain = u"connection-token.key"_s;
        step.presents = {{.kind = Evidence::Kind::Secret, .title = u"management key"_s}};
    }
    step.contractKind = u"connection"_s;
    step.contractName = QString::fromUtf8(s.field("appId"));
    step.yields = {{.pointer = u"/token/accessToken"_s, .slot = m.nextToken(), .token = true, .speaker = step.to}};
    return step;
}

/// A key instead of a token: who sends it is told by nothing.
flow::Step keyCallStep(const Seen& s, Memory& m)
{
    flow::Step step = plainStep(u"call-with-key"_s, u"Call %1 with a static key"_s.arg(m.host(s).title), workload(), m.host(s));
    step.presents = {{.kind = Evidence::Kind::Secret, .title = u"static key"_s}};
    step.contractKind = u"key"_s;
    step.contractName = step.to.title;
    return step;
}

flow::Step callStep(const Seen& s, Memory& m)
{
    if (!s.staticKey().isEmpty())
        return keyCallStep(s, m);
    const setup::Target* target = targetAt(s, m);
    const bool challenge = s.bearer().isEmpty();
    flow::Step step = plainStep(challenge ? u"challenge"_s : u"call"_s,
        challenge ? u"Ask without a token"_s : u"Call %1"_s.arg(m.host(s).title), workload(), m.host(s));
    addBearer(step, s, m);
    step.welcome = challenge ? QList {401} : QList {101, 304}; // another protocol from here on; what the client has is good
    step.contractKind = u"audience and scope"_s;
    step.contractName = step.to.title;
    if (target && !contractOf(target->kind).isEmpty() && !challenge)
        step.contract = {contractOf(target->kind), target->pointer};
    return step;
}

} // namespace catalog
