// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "cast.h"

namespace catalog {

using namespace Qt::StringLiterals;

base::Error Cast::missing(const char* member, const QString& name) const
{
    const QString where = m_spec.pointer + u'/' + QLatin1String(member);
    if (name.isEmpty())
        return {u"flow-member"_s, u"The flow %1 does not say who plays `%2`. Add the member."_s.arg(m_spec.id, QLatin1String(member)), where};
    return {u"flow-object"_s, u"The flow %1 names %2 as `%3`, and the setup has no such object."_s.arg(m_spec.id, name, QLatin1String(member)), where};
}

base::Result<const setup::Tenant*> Cast::tenant() const
{
    for (const setup::Tenant& tenant : m_setup.tenants)
        if (!m_spec.tenant.isEmpty() && tenant.name == m_spec.tenant)
            return &tenant;
    if (const setup::Tenant* home = m_setup.home(); home && m_spec.tenant.isEmpty())
        return home;
    if (!m_spec.tenant.isEmpty())
        return tl::unexpected(missing("tenant", m_spec.tenant));
    return base::fail(u"flow-object"_s, u"The flow %1 needs a tenant, and the setup has none."_s.arg(m_spec.id), u"/tenants"_s);
}

base::Result<const setup::User*> Cast::user() const
{
    if (const setup::User* found = m_setup.user(m_spec.user))
        return found;
    return tl::unexpected(missing("user", m_spec.user));
}

base::Result<const setup::App*> Cast::app(const QString& name, const char* member) const
{
    if (const setup::App* found = m_setup.app(name))
        return found;
    return tl::unexpected(missing(member, name));
}

base::Result<const setup::App*> Cast::resourceOf(const setup::Target& target) const
{
    if (const setup::App* found = m_setup.app(target.resource))
        return found;
    return base::fail(u"flow-object"_s, u"The target %1 names %2 as `resource`, and the setup has no such app."_s.arg(target.name, target.resource), target.pointer + u"/resource"_s);
}

base::Result<const setup::ManagedIdentity*> Cast::managedIdentity() const
{
    if (const setup::ManagedIdentity* found = m_setup.managedIdentity(m_spec.managedIdentity))
        return found;
    return tl::unexpected(missing("managedIdentity", m_spec.managedIdentity));
}

base::Result<const setup::Issuer*> Cast::issuer() const
{
    if (const setup::Issuer* found = m_setup.issuer(m_spec.issuer))
        return found;
    return tl::unexpected(missing("issuer", m_spec.issuer));
}

entra::Proof Cast::proof() const
{
    if (m_spec.credential == u"secret")
        return entra::Proof::Secret;
    if (m_spec.credential == u"certificate")
        return entra::Proof::Certificate;
    return m_spec.credential == u"issuer" ? entra::Proof::Issuer : entra::Proof::ManagedIdentity;
}

entra::Witness Cast::witness() const
{
    return {.source = proof() == entra::Proof::Issuer ? m_spec.issuer : m_spec.managedIdentity,
        .audience = m_spec.settings.root()["assertionAudience"].text()};
}

base::Result<const setup::Target*> Cast::target(const QString& name, const char* member) const
{
    if (const setup::Target* found = m_setup.target(name))
        return found;
    return tl::unexpected(missing(member, name));
}

} // namespace catalog
