// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/sidecarsettings.h"

namespace setup {

/// One variable or member of a settings file. A secret's value is dropped as it is read.
struct SettingRead
{
    QString key {};       ///< as .NET's environment spells it: "AzureAd__TenantId"
    QString value {};
    bool secret = false;  ///< named or shaped like one
    bool inlined = false; ///< a secret that stands in the file itself, not as a reference
    int line = 0;
};

struct SidecarCredential
{
    int index = 0;
    QString sourceType {};
    QList<SettingRead> members {};
};

/// A container beside the sidecar, or the environment a program gets.
struct SettingsHolder
{
    QString name {};      ///< service name; empty for a bare file
    QString image {};
    QStringList ports {}; ///< published
    QString network {};   ///< network_mode
    bool sidecar = false;
    bool stored = false;  ///< a Secret or ConfigMap of the cluster: no container's environment
    int line = 0;
    QList<SettingRead> settings {};
};

/// What settings files say, taken apart.
struct SidecarReading
{
    QString file {};
    QList<SettingsHolder> holders {};
    // of the sidecar
    QString instance {};
    QString tenantId {};
    QString clientId {};
    QList<SidecarCredential> credentials {};
    QList<SidecarApi> apis {};    ///< name, scopes, appToken; `target` holds the base URL
    // of the agent, by the names that samples use
    QString agentClientId {};
    QStringList notUnderstood {}; ///< "line 12: FOO", never dropped silently

    const SettingsHolder* sidecar() const;
};

/// Reads .env, a compose file or appsettings.json as .NET takes it, told by name and content. Error with line and column when the JSON does
/// not parse.
base::Result<SidecarReading> readSidecarSettings(const QByteArray& text, const QString& file);

} // namespace setup
