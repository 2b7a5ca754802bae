// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "keyvault.h"

#include "core/flow/awaited.h"

namespace federation {

using namespace Qt::StringLiterals;

namespace {

constexpr auto apiVersion = "2025-07-01";

flow::Party vaultParty(const setup::Target& vault)
{
    return {flow::PartyKind::Downstream, vault.name, vault.displayName.isEmpty() ? vault.name : vault.displayName};
}

/// Everything the calls share; without a token it is the one that is challenged.
flow::Step call(const VaultTalk& talk, const QByteArray& method, const flow::Frame& frame)
{
    flow::Step step;
    step.group = frame.group;
    step.from = talk.asker;
    step.to = step.becomes = vaultParty(talk.vault);
    step.contractKind = u"role assignment"_s;
    step.contractName = step.to.title;
    step.method = method;
    QString url = talk.vault.url + u"/secrets/"_s + talk.secret;
    if (!talk.version.isEmpty())
        url += u'/' + talk.version;
    step.url = flow::fromSetup(url, talk.vault.pointer + u"/url"_s);
    step.query = {{"api-version", flow::literal(apiVersion)}};
    step.headers = {{"Accept", flow::literal("application/json")}};
    return step;
}

flow::Step authorized(const VaultTalk& talk, const QByteArray& method, const flow::Frame& frame)
{
    flow::Step step = call(talk, method, frame);
    const QString slot = frame.slot(talk.tokenSlot);
    step.presents = {{.slot = slot, .kind = flow::Evidence::Kind::Token, .title = slot}};
    step.contract = {u"key-vault"_s, talk.vault.pointer};
    step.headers.append({"Authorization", flow::joined({flow::literal("Bearer "), flow::fromToken(slot)})});
    return step;
}

} // namespace

flow::Step vaultChallenge(const VaultTalk& talk, const flow::Frame& frame)
{
    flow::Step step = call(talk, "GET", frame);
    step.id = frame.id(u"vault-challenge"_s);
    step.title = u"Ask the vault whose tokens it takes"_s;
    step.shortTitle = u"Challenge"_s;
    step.explain = u"vault-challenge"_s;
    step.contractKind.clear();
    step.contractName.clear();
    step.welcome = {401};
    step.yields = {
        {.pointer = u"/authorization"_s, .slot = frame.slot(u"vault-authority"_s), .header = "WWW-Authenticate"},
        {.pointer = u"/resource"_s, .slot = frame.slot(u"vault-resource"_s), .header = "WWW-Authenticate"},
    };
    return step;
}

flow::Step readSecret(const VaultTalk& talk, const QString& slot, const flow::Frame& frame)
{
    flow::Step step = authorized(talk, "GET", frame);
    step.id = frame.id(u"read-secret"_s);
    step.title = u"Read %1"_s.arg(talk.secret);
    step.shortTitle = u"Read secret"_s;
    step.explain = u"read-secret"_s;
    step.yields = {{.pointer = u"/value"_s, .slot = frame.slot(slot)}, {.pointer = u"/id"_s, .slot = frame.slot(slot + u"-id"_s)}};
    return step;
}

flow::Step readTwin(const VaultTalk& talk, const QString& slot, const QString& primary, const flow::Frame& frame)
{
    flow::Step step = readSecret(talk, slot, frame);
    step.id = frame.id(u"read-secondary"_s);
    step.title = u"Fall back to %1"_s.arg(talk.secret);
    step.shortTitle = u"Fall back"_s;
    step.explain = u"read-secondary"_s;
    // Nothing else: a missing role, a firewall or a vault in trouble has to be seen (downstream.md 6.2).
    step.onlyAfter = flow::Step::OnlyAfter {primary, {403, 404}};
    step.expects = {flow::codeOf(primary, "SecretDisabled"), flow::codeOf(primary, "SecretNotFound")};
    return step;
}

flow::Step newVersion(const VaultTalk& talk, const flow::Frame& frame)
{
    flow::Step step = authorized({talk.vault, talk.asker, talk.secret, talk.tokenSlot}, "PUT", frame);
    step.id = frame.id(u"new-version"_s);
    step.title = u"Write a new version"_s;
    step.shortTitle = u"New version"_s;
    step.explain = u"new-version"_s;
    step.format = flow::BodyFormat::Json;
    step.body = {
        {"value", flow::made(flow::Made::Verifier)}, // 256 random bits
        {"contentType", flow::literal("made by rotation")},
        {"attributes", flow::literal(R"({"enabled": true})"), true},
    };
    step.yields = {{.pointer = u"/id"_s, .slot = frame.slot(u"new-version"_s)}};
    return step;
}

flow::Step disableVersion(const VaultTalk& talk, const flow::Frame& frame)
{
    flow::Step step = authorized(talk, "PATCH", frame);
    step.id = frame.id(u"disable-version"_s);
    step.title = u"Disable the old version"_s;
    step.shortTitle = u"Disable old"_s;
    step.explain = u"disable-version"_s;
    step.format = flow::BodyFormat::Json;
    step.body = {{"attributes", flow::literal(R"({"enabled": false})"), true}};
    return step;
}

flow::Step confirmDisabled(const VaultTalk& talk, const flow::Frame& frame)
{
    flow::Step step = authorized(talk, "GET", frame);
    step.id = frame.id(u"old-version-refused"_s);
    step.title = u"The old version is closed"_s;
    step.shortTitle = u"Old closed"_s;
    step.explain = u"old-version-refused"_s;
    step.contract = {}; // the setup still knows the version as it was before this run
    step.welcome = {403};
    return step;
}

} // namespace federation
