// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/setup/setup.h"

/// Settings of the Entra SDK for Agent ID (the auth sidecar) as text: what a setup amounts to, and what existing files say.
/// Source: microsoft-identity-web, JsonSchemas/Credentials.json and docs of the sidecar (entra.md 8.4).
namespace setup {

/// Which credential block stands in the settings. Nothing else differs between the patterns.
enum class SidecarPattern { Secret, ManagedIdentity, WorkloadFile };
QString sidecarPatternName(SidecarPattern pattern); ///< "secret", "managed-identity", "workload-file"

/// One setting by its key in .NET's spelling for environments: "AzureAd__ClientCredentials__0__SourceType".
struct Setting
{
    QString key {};
    QString value {};      ///< of a secret a reference: "${BLUEPRINT_CLIENT_SECRET}"
    bool secret = false;
    bool ofCredential = false; ///< belongs to the block that differs
    bool operator==(const Setting&) const = default;
};

/// The sidecar of a flow, else, without one, the setup's first; nullptr when there is none on that way.
const Target* sidecarOf(const Setup& setup, const QString& flowId);

/// What a sidecar target's own settings say; the pattern is the one the setup is in.
struct SidecarPlan
{
    const App* blueprint = nullptr;
    const ManagedIdentity* identity = nullptr; ///< nullptr: system-assigned, or none
    SidecarPattern pattern = SidecarPattern::ManagedIdentity;
};
/// Errors name the member of `settings` that is missing.
base::Result<SidecarPlan> sidecarPlan(const Setup& setup, const Target& sidecar);

/// One API in `settings.apis`, by its name in the sidecar's address.
struct SidecarApi
{
    QString name {};
    QString target {};       ///< target of the setup that it calls
    QString resource {};     ///< app that its token is for
    QStringList scopes {};   ///< full; made from the resource where there is none
    bool appToken = true;    ///< RequestAppToken
    QString pointer {};
};
QList<SidecarApi> sidecarApis(const Setup& setup, const Target& sidecar);

/// The pattern that needs no secret on this sidecar's host: the mounted token of a workload, else the managed identity.
SidecarPattern federatedPattern(const Setup& setup, const Target& sidecar);

base::Result<QList<Setting>> sidecarSettings(const Setup& setup, const Target& sidecar, SidecarPattern pattern);

enum class SettingsForm { Env, AppSettings, Compose };
/// Whole text in that form. Compose has the agent beside the sidecar, in its network, without a port of its own.
QByteArray writeSettings(const QList<Setting>& settings, SettingsForm form);

/// A line of a comparison.
struct SettingChange
{
    enum class Kind { Same, Removed, Added } kind {};
    Setting setting {};
};
/// `before` and `after` in the order of the settings, removed ones before added ones where they part.
QList<SettingChange> compareSettings(const QList<Setting>& before, const QList<Setting>& after);

} // namespace setup
