// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/lab/mcpclients.h"
#include "core/lab/vaultstore.h"
#include "core/lab/targetkeys.h"

#include <future>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

QString providerKey(const setup::Provider& provider) { return QString(u"provider/"_s + provider.name); }

/// Authorization servers that MCP servers bring along, each once.
QStringList mcpIssuersIn(const setup::Setup& setup)
{
    QStringList out;
    for (const setup::Target& target : setup.targets) {
        if (target.kind == "mcp"_L1 && !target.authorizationServer.isEmpty() && !out.contains(target.authorizationServer))
            out += target.authorizationServer;
    }
    return out;
}

} // namespace

namespace {

/// A workspace's static key stands in a vault; the vendor knows it too.
void knowStaticKeys(const Entropy& entropy, const setup::Setup& setup, Ledger& ledger)
{
    for (const setup::Target& target : setup.targets) {
        const QString name = target.settings.root()["apiKeySecret"].text();
        if (target.kind != "anthropic"_L1 || name.isEmpty())
            continue;
        for (const setup::Target& vault : setup.targets) {
            for (const SecretVersion& version : listedVersions(entropy, setup, vault))
                if (version.name == name)
                    ledger.keepOpaque(valueOf(entropy, version), {.target = target.name, .principal = target.workspaceId, .scope = u"workspace:developer"_s, .expires = base::Instant::max()});
        }
    }
}

} // namespace

World::World(setup::Setup played, Options given)
    : options(std::move(given))
    , entropy(options.seed)
    , setup(std::move(played))
    , secrets(entropy, setup)
    , identityHeader(appServiceHeader(entropy))
    , ledger(entropy)
    , guesses(entropy)
    , vaults(entropy, setup, options.faults.contains(u"vault-secret-missing"))
    , m_fastClock(options.faults.contains(u"clock-skew"_s))
{
}

IssuerKeys World::makeTenantKeys(const setup::Tenant& tenant) const
{
    const QByteArray label = m_rotations == 0
        ? tenant.id.toUtf8()
        : QByteArray(tenant.id.toUtf8() + '/' + QByteArray::number(m_rotations));
    return makeIssuerKeys(entropy, label, options.signing, tenant.issuerV2());
}

/// RSA keys take a tenth of a second each and longer with a seed: those that are certainly wanted are made side by side.
void World::makeKeys()
{
    const QByteArray outsideAlgorithm = hasFault(u"workload-algorithm") ? "ES256"_ba : "RS256"_ba;
    const auto later = [&](const QString& name) {
        outsideKeys.try_emplace(name, [this, name, outsideAlgorithm] { return makeIssuerKeys(entropy, name.toUtf8(), outsideAlgorithm); });
    };
    for (const setup::Issuer& i : std::as_const(setup.issuers))
        later(i.name);
    for (const setup::Provider& p : std::as_const(setup.providers)) {
        if (isOwnProvider(p))
            later(providerKey(p));
    }
    for (const QString& issuer : mcpIssuersIn(setup))
        later(mcpKeyName(issuer));
    for (const setup::Target& t : std::as_const(setup.targets)) {
        if (isIssuer(t))
            later(keyName(t));
    }
    std::vector<std::future<void>> made;
    if (options.listsIssuers)
        for (const auto& [name, keys] : outsideKeys)
            made.push_back(std::async(std::launch::async, [&keys] { *keys; }));
    std::vector<std::pair<QString, std::future<IssuerKeys>>> tenants;
    for (const setup::Tenant& t : std::as_const(setup.tenants))
        tenants.emplace_back(t.id, std::async(std::launch::async, [this, &t] { return makeTenantKeys(t); }));
    for (auto& [id, keys] : tenants)
        tenantKeys[id].add(keys.get());
    for (std::future<void>& each : made)
        each.get();
}

void World::rotateKeys()
{
    ++m_rotations;
    for (const setup::Tenant& t : std::as_const(setup.tenants))
        tenantKeys[t.id].add(makeTenantKeys(t));
}

void World::know()
{
    for (const setup::Tenant& t : std::as_const(setup.tenants)) {
        m_tenantOfIssuer.insert(t.issuerV2(), &tenantKeys[t.id]);
        m_tenantOfIssuer.insert(t.issuerV1(), &tenantKeys[t.id]);
    }
    for (const setup::Issuer& i : std::as_const(setup.issuers))
        m_outside.insert(i.issuer, &outsideKeys.find(i.name)->second);
    for (const setup::Provider& p : std::as_const(setup.providers)) {
        if (isOwnProvider(p))
            m_outside.insert(p.issuer, &outsideKeys.find(providerKey(p))->second);
    }
    for (const QString& issuer : mcpIssuersIn(setup))
        m_outside.insert(issuer, &outsideKeys.find(mcpKeyName(issuer))->second);
    for (const setup::Target& t : std::as_const(setup.targets)) {
        if (isIssuer(t))
            m_outside.insert(t.url, &outsideKeys.find(keyName(t))->second);
    }
    knowledge.secret = [this](const setup::App& app, QByteArrayView secret) {
        return secrets.state(app, secret, tenantNow());
    };
    knowledge.keys = [this](const QString& issuer) { return keysOf(issuer); };
    knowledge.code = [this](QByteArrayView code) { return ledger.code(code); };
    knowledge.refresh = [this](QByteArrayView token) { return ledger.refresh(token); };
    knowledge.opaque = [this](QByteArrayView token) { return opaqueGrant(*this, token); };
    knowledge.registered = [this](QByteArrayView clientId) {
        auto here = registration(*this, clientId);
        return here ? here : mcpClient(entropy, setup, clientId.toByteArray());
    };
    knowledge.jtiUsed = [this](const QString& issuer, QByteArrayView jti) {
        return hasFault(u"jti-replay") || ledger.jtiUsed(issuer, jti);
    };
    knowledge.consented
        = [this](const setup::App& client, const setup::App& resource, const QStringList& scopes,
              const QString& user) { return ledger.consented(client, resource, scopes, user); };
    knowledge.identityHeader = identityHeader;
    knowledge.receiver = true;
    knowledge.faults = options.faults;
    knowStaticKeys(entropy, setup, ledger);
}

base::Instant World::now() const { return options.clock ? options.clock() : base::systemNow(); }

base::Instant World::tenantNow() const { return m_fastClock ? now() + std::chrono::minutes {30} : now(); }

bool World::isOwnProvider(const setup::Provider& provider) const
{
    return std::ranges::none_of(setup.tenants,
        [&](const setup::Tenant& t) { return provider.issuer.startsWith(QString(t.authority + u'/')); });
}

bool World::hasFault(QStringView id) const { return options.faults.contains(id); }

const setup::Tenant* World::tenant(QStringView segment) const
{
    for (const setup::Tenant& t : setup.tenants) {
        const bool named = t.id.compare(segment, Qt::CaseInsensitive) == 0
            || (!t.domain.isEmpty() && t.domain.compare(segment, Qt::CaseInsensitive) == 0);
        if (named)
            return &t;
    }
    return nullptr;
}

const jose::KeySet* World::keysOf(const QString& issuer) const
{
    const Keyring* tenant = m_tenantOfIssuer.value(issuer);
    if (tenant)
        return &tenant->current().published;
    const LateKeys* outside = m_outside.value(issuer);
    return outside ? &(*outside)->published : nullptr;
}

const IssuerKeys& World::keysOf(const setup::Provider& provider) const
{
    return outside(providerKey(provider));
}

const IssuerKeys& World::keysOf(const setup::Tenant& tenant) const
{
    return tenantKeys.find(tenant.id)->second.current();
}

} // namespace lab
