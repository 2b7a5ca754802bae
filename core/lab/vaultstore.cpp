// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "vaultstore.h"

#include "core/jose/base64url.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

bool isNamed(const SecretVersion& version, const QString& secret)
{
    return version.name.compare(secret, Qt::CaseInsensitive) == 0; // the service's names know no case
}

/// A static key of an Anthropic workspace looks like one, so that whoever scans for keys finds it.
QByteArray prefixOf(const setup::Setup& setup, const QString& secret)
{
    const bool isKey = std::ranges::any_of(setup.targets, [&](const setup::Target& t) {
        return t.kind == "anthropic"_L1 && t.settings.root()["apiKeySecret"].text() == secret;
    });
    return isKey ? "sk-ant-api03-" : "lab-";
}

SecretVersion fromSetup(const Entropy& entropy, const setup::Setup& setup, const setup::Target& vault, const setup::VaultSecret& secret)
{
    const QByteArray label = "vault version " + vault.name.toUtf8() + '/' + secret.name.toUtf8() + secret.pointer.toUtf8();
    const base::Instant created = base::fromRfc3339(secret.created).value_or(base::fromEpochSeconds(1'767'225'600)); // 2026-01-01
    return {.name = secret.name,
        .version = secret.version.isEmpty() ? QString::fromLatin1(entropy.derived(label).toHex().first(32)) : secret.version.toLower(),
        .prefix = prefixOf(setup, secret.name),
        .enabled = secret.enabled,
        .created = created,
        .updated = created,
        .expires = base::fromRfc3339(secret.expires),
        .contentType = secret.contentType};
}

void apply(const SecretChange& change, SecretVersion& version, base::Instant now)
{
    version.enabled = change.enabled.value_or(version.enabled);
    version.expires = change.expires ? change.expires : version.expires;
    version.notBefore = change.notBefore ? change.notBefore : version.notBefore;
    version.contentType = change.contentType.value_or(version.contentType);
    if (!change.tags.isEmpty())
        version.tags = change.tags;
    version.updated = now;
}

} // namespace

QList<SecretVersion> listedVersions(const Entropy& entropy, const setup::Setup& setup, const setup::Target& vault)
{
    QList<SecretVersion> versions;
    for (const setup::VaultSecret& secret : vault.secrets)
        versions.append(fromSetup(entropy, setup, vault, secret));
    std::ranges::stable_sort(versions, {}, &SecretVersion::created);
    return versions;
}

QList<SecretVersion> newestOf(const QList<SecretVersion>& versions)
{
    QList<SecretVersion> out;
    for (const SecretVersion& version : versions) {
        out.removeIf([&](const SecretVersion& older) { return isNamed(older, version.name); });
        out.append(version);
    }
    return out;
}

VaultStore::VaultStore(const Entropy& entropy, const setup::Setup& setup, bool empty)
    : m_entropy(entropy)
{
    for (const setup::Target& vault : setup.targets) {
        if (vault.kind == "key-vault"_L1 && !empty)
            m_vaults.insert(vault.name, listedVersions(entropy, setup, vault));
    }
}

SecretVersion* VaultStore::at(const QString& vault, const QString& secret, const QString& version)
{
    QList<SecretVersion>& all = m_vaults[vault];
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const SecretVersion& v) {
        return isNamed(v, secret) && (version.isEmpty() || v.version.compare(version, Qt::CaseInsensitive) == 0);
    });
    return found == all.rend() ? nullptr : &*found;
}

std::optional<SecretVersion> VaultStore::find(const QString& vault, const QString& secret, const QString& version)
{
    const std::scoped_lock lock(m_mutex);
    const SecretVersion* found = at(vault, secret, version);
    return found ? std::optional(*found) : std::nullopt;
}

QList<SecretVersion> VaultStore::versions(const QString& vault, const QString& secret)
{
    const std::scoped_lock lock(m_mutex);
    QList<SecretVersion> out;
    std::ranges::copy_if(m_vaults[vault], std::back_inserter(out), [&](const SecretVersion& v) { return isNamed(v, secret); });
    return out;
}

QList<SecretVersion> VaultStore::current(const QString& vault)
{
    const std::scoped_lock lock(m_mutex);
    return newestOf(m_vaults[vault]);
}

SecretVersion VaultStore::add(
    const QString& vault, const QString& secret, const QByteArray& value, const SecretChange& change, base::Instant now)
{
    SecretVersion version {.name = secret, .version = QString::fromLatin1(m_entropy.bytes(16).toHex()), .given = value, .created = now};
    apply(change, version, now);
    const std::scoped_lock lock(m_mutex);
    QList<SecretVersion>& all = m_vaults[vault];
    if (all.size() >= most)
        all.removeFirst();
    all.append(version);
    return version;
}

std::optional<SecretVersion> VaultStore::update(
    const QString& vault, const QString& secret, const QString& version, const SecretChange& change, base::Instant now)
{
    const std::scoped_lock lock(m_mutex);
    SecretVersion* found = at(vault, secret, version);
    if (!found)
        return std::nullopt;
    apply(change, *found, now);
    return *found;
}

void VaultStore::remove(const QString& vault, const QString& secret, base::Instant now)
{
    const std::scoped_lock lock(m_mutex);
    QList<SecretVersion>& all = m_vaults[vault];
    DeletedSecret gone {.when = now};
    std::ranges::copy_if(all, std::back_inserter(gone.versions), [&](const SecretVersion& v) { return isNamed(v, secret); });
    if (gone.versions.isEmpty())
        return;
    all.removeIf([&](const SecretVersion& v) { return isNamed(v, secret); });
    m_deleted[vault].append(std::move(gone));
}

qsizetype VaultStore::deletedAt(const QString& vault, const QString& secret)
{
    const QList<DeletedSecret>& all = m_deleted[vault];
    const auto found = std::ranges::find_if(all, [&](const DeletedSecret& d) { return isNamed(d.versions.back(), secret); });
    return found == all.end() ? -1 : found - all.begin();
}

std::optional<DeletedSecret> VaultStore::deleted(const QString& vault, const QString& secret)
{
    const std::scoped_lock lock(m_mutex);
    const qsizetype at = deletedAt(vault, secret);
    return at < 0 ? std::nullopt : std::optional(m_deleted[vault][at]);
}

QList<DeletedSecret> VaultStore::allDeleted(const QString& vault)
{
    const std::scoped_lock lock(m_mutex);
    return m_deleted[vault];
}

bool VaultStore::recover(const QString& vault, const QString& secret)
{
    const std::scoped_lock lock(m_mutex);
    const qsizetype at = deletedAt(vault, secret);
    if (at < 0)
        return false;
    m_vaults[vault] += m_deleted[vault].takeAt(at).versions;
    return true;
}

void VaultStore::purge(const QString& vault, const QString& secret)
{
    const std::scoped_lock lock(m_mutex);
    if (const qsizetype at = deletedAt(vault, secret); at >= 0)
        m_deleted[vault].removeAt(at);
}

/// Of letters and digits alone: a value is pasted into shells and connection strings.
QByteArray valueOf(const Entropy& entropy, const SecretVersion& version)
{
    if (!version.given.isEmpty())
        return version.given;
    const QByteArray label = "vault secret " + version.name.toUtf8() + '/' + version.version.toUtf8();
    QByteArray text = jose::base64url(QByteArray(entropy.derived(label) + entropy.derived(QByteArray(label + " more"))));
    text.removeIf([](char c) { return c == '-' || c == '_'; });
    return version.prefix + text.first(40);
}

trust::VaultSecretState VaultStore::state(const QString& vault, const trust::VaultCall& call)
{
    using Kind = trust::VaultSecretState::Kind;
    using enum trust::VaultAction;
    if (call.action == GetDeleted || call.action == RecoverSecret || call.action == PurgeSecret)
        return {deleted(vault, call.secret) ? Kind::Enabled : Kind::Absent, {}};
    const auto found = find(vault, call.secret, call.version);
    if (!found)
        return {Kind::Absent, {}};
    return {found->enabled ? Kind::Enabled : Kind::Disabled, found->expires};
}

} // namespace lab
