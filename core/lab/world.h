// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/guesses.h"
#include "core/lab/history.h"
#include "core/lab/lab.h"
#include "core/lab/ledger.h"
#include "core/lab/runsecrets.h"
#include "core/lab/signingkeys.h"
#include "core/lab/vaultstore.h"

#include <map>

namespace lab {

class ClientDocuments;

/// Everything the lab's servers share. Made before the first request; after that only the ledger, the logs
/// and the count change, and those guard themselves.
struct World
{
    World(setup::Setup played, Options given);
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    Options options;
    Entropy entropy;
    setup::Setup setup; ///< what the servers decide with: played, completed, bound
    SecretHashes secrets;
    QByteArray identityHeader;
    ClientDocuments* clientDocuments = nullptr; ///< what MCP authorization servers fetch; set before the first request
    QString arcKeyFile {}; ///< on disk, named by the Azure Arc agent's challenge; empty where there is none
    std::map<QString, Keyring> tenantKeys {}; ///< by tenant id
    std::map<QString, LateKeys> outsideKeys {}; ///< by name of the issuer or provider

    Ledger ledger;
    Guesses guesses;
    VaultStore vaults;
    Ring<HistoryEntry> history {1000};
    Ring<AuditEntry> audit {1000};
    std::atomic<quint64> served {0};

    /// What the receivers of core/trust ask: filled from all of the above by know().
    trust::Knowledge knowledge {};
    /// Makes the tenants' keys (slow) and, where the manifest lists them, the outside issuers'. Before the first request.
    void makeKeys();
    /// Fills `knowledge`.
    void know();
    /// Every tenant signs with new keys from now on; the old ones stay published. Slow, one call at a time.
    void rotateKeys();

    /// The time by the receivers' clock and by the tenant's; a fault sets them apart.
    base::Instant now() const;
    base::Instant tenantNow() const;

    /// Whether an OpenID provider is one beside the tenants, not a tenant by another name.
    bool isOwnProvider(const setup::Provider& provider) const;
    bool hasFault(QStringView id) const;
    /// By GUID or domain, nullptr for anything else.
    const setup::Tenant* tenant(QStringView segment) const;
    /// The keys of a setup's issuer by its URL; nullptr when the lab does not play it.
    const jose::KeySet* keysOf(const QString& issuer) const;
    /// What this tenant signs with now.
    const IssuerKeys& keysOf(const setup::Tenant& tenant) const;
    const IssuerKeys& keysOf(const setup::Provider& provider) const;
    /// By the name that `outsideKeys` has; there have to be such keys.
    const IssuerKeys& outside(const QString& name) const { return *outsideKeys.find(name)->second; }

private:
    bool m_fastClock;
    IssuerKeys makeTenantKeys(const setup::Tenant& tenant) const;

    QHash<QString, const Keyring*> m_tenantOfIssuer {};
    QHash<QString, const LateKeys*> m_outside {};
    int m_rotations = 0;
};

} // namespace lab
