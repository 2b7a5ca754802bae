// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include <future>

using namespace Qt::StringLiterals;

namespace lab {

World::World(setup::Setup played, Options given)
    : options(std::move(given))
    , entropy(options.seed)
    , setup(std::move(played))
    , secrets(entropy, setup)
    , identityHeader(appServiceHeader(entropy))
    , ledger(entropy)
    , m_fastClock(options.faults.contains(u"clock-skew"_s))
{
}

/// RSA keys take a tenth of a second each and longer with a seed: all at once.
void World::makeKeys()
{
    struct Job
    {
        QHash<QString, IssuerKeys>& into;
        QString name;
        std::future<IssuerKeys> made;
    };
    std::vector<Job> jobs;
    const auto begin = [&](QHash<QString, IssuerKeys>& into, const QString& name, const QByteArray& algorithm, const QString& issuer) {
        jobs.push_back({into, name, std::async(std::launch::async, [this, name, algorithm, issuer] {
            return makeIssuerKeys(entropy, name.toUtf8(), algorithm, issuer);
        })});
    };
    for (const setup::Tenant& t : std::as_const(setup.tenants))
        begin(tenantKeys, t.id, options.signing, t.issuerV2());
    for (const setup::Issuer& i : std::as_const(setup.issuers))
        begin(outsideKeys, i.name, "RS256", {});
    for (Job& job : jobs)
        job.into.insert(job.name, job.made.get());
}

void World::know()
{
    for (const setup::Tenant& t : std::as_const(setup.tenants)) {
        m_published.insert(t.issuerV2(), &tenantKeys[t.id].published);
        m_published.insert(t.issuerV1(), &tenantKeys[t.id].published);
    }
    for (const setup::Issuer& i : std::as_const(setup.issuers))
        m_published.insert(i.issuer, &outsideKeys[i.name].published);
    knowledge.secret = [this](const setup::App& app, QByteArrayView secret) { return secrets.state(app, secret, tenantNow()); };
    knowledge.keys = [this](const QString& issuer) { return keysOf(issuer); };
    knowledge.code = [this](QByteArrayView code) { return ledger.code(code); };
    knowledge.refresh = [this](QByteArrayView token) { return ledger.refresh(token); };
    knowledge.opaque = [this](QByteArrayView token) { return ledger.opaque(token); };
    knowledge.jtiUsed = [this](const QString& issuer, QByteArrayView jti) {
        return hasFault(u"jti-replay") || ledger.jtiUsed(issuer, jti);
    };
    knowledge.consented = [this](const setup::App& client, const setup::App& resource, const QStringList& scopes, const QString& user) {
        return ledger.consented(client, resource, scopes, user);
    };
    knowledge.identityHeader = identityHeader;
    knowledge.receiver = true;
    knowledge.faults = options.faults;
}

base::Instant World::now() const { return options.clock ? options.clock() : base::systemNow(); }

base::Instant World::tenantNow() const { return m_fastClock ? now() + std::chrono::minutes {30} : now(); }

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

const jose::KeySet* World::keysOf(const QString& issuer) const { return m_published.value(issuer); }

} // namespace lab
