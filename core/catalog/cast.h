// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/entra/workload.h"
#include "core/setup/setup.h"

namespace catalog {

/// The objects a flow spec names, looked up once. Each getter answers or gives an Error that names the member.
class Cast
{
public:
    Cast(const setup::Setup& setup, const setup::FlowSpec& spec) : m_setup(setup), m_spec(spec) { }

    /// The tenant that is asked: the one the flow names, else the home tenant.
    base::Result<const setup::Tenant*> tenant() const;
    base::Result<const setup::User*> user() const;
    base::Result<const setup::App*> app(const QString& name, const char* member) const;
    base::Result<const setup::App*> resourceOf(const setup::Target& target) const;
    base::Result<const setup::ManagedIdentity*> managedIdentity() const;
    base::Result<const setup::Target*> target(const QString& name, const char* member) const;
    base::Result<const setup::Issuer*> issuer() const;
    entra::Proof proof() const;
    /// Whose token the proof is, and whom an assertion is addressed to.
    entra::Witness witness() const;

    const setup::Setup& setup() const { return m_setup; }
    const setup::FlowSpec& spec() const { return m_spec; }

private:
    base::Error missing(const char* member, const QString& name) const;
    const setup::Setup& m_setup;
    const setup::FlowSpec& m_spec;
};

} // namespace catalog
