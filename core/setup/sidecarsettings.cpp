// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidecarsettings.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

constexpr auto credentialKey = "AzureAd__ClientCredentials__0__"_L1;
constexpr auto projectedToken = "/var/run/secrets/azure/tokens/azure-identity-token"_L1;

base::Error missing(const Target& sidecar, const QString& member)
{
    return {u"sidecar-settings"_s, u"The settings of the sidecar %1 do not say `%2`. Add the member."_s.arg(sidecar.name, member),
        sidecar.pointer + u"/settings"_s};
}

QString scopeFor(const Setup& setup, const SidecarApi& api)
{
    const App* resource = setup.app(api.resource);
    if (!resource)
        return {};
    const QString uri = resource->identifierUris.value(0, resource->clientId);
    const bool delegated = !api.appToken && !resource->delegatedScopes.isEmpty();
    return uri + u'/' + (delegated ? resource->delegatedScopes.front() : u".default"_s);
}

void addCredential(QList<Setting>& out, const SidecarPlan& plan, SidecarPattern pattern)
{
    const auto add = [&out](const QString& name, const QString& value, bool secret = false) {
        out.append({.key = QString(credentialKey + name), .value = value, .secret = secret, .ofCredential = true});
    };
    switch (pattern) {
    case SidecarPattern::Secret:
        add(u"SourceType"_s, u"ClientSecret"_s);
        add(u"ClientSecret"_s, u"${BLUEPRINT_CLIENT_SECRET}"_s, true);
        break;
    case SidecarPattern::ManagedIdentity:
        add(u"SourceType"_s, u"SignedAssertionFromManagedIdentity"_s);
        if (plan.identity && !plan.identity->systemAssigned)
            add(u"ManagedIdentityClientId"_s, plan.identity->clientId);
        break;
    case SidecarPattern::WorkloadFile:
        add(u"SourceType"_s, u"SignedAssertionFilePath"_s);
        add(u"SignedAssertionFileDiskPath"_s, QString(projectedToken));
        break;
    }
}

void addApi(QList<Setting>& out, const Setup& setup, const SidecarApi& api)
{
    const QString prefix = u"DownstreamApis__"_s + api.name + u"__"_s;
    if (const Target* target = setup.target(api.target))
        out.append({.key = prefix + u"BaseUrl"_s, .value = target->url});
    for (qsizetype i = 0; i < api.scopes.size(); ++i)
        out.append({.key = prefix + u"Scopes__"_s + QString::number(i), .value = api.scopes[i]});
    out.append({.key = prefix + u"RequestAppToken"_s, .value = api.appToken ? u"true"_s : u"false"_s});
}

bool has(const QList<Setting>& settings, const Setting& wanted)
{
    return std::ranges::any_of(settings, [&](const Setting& s) { return s.key == wanted.key && s.value == wanted.value; });
}

} // namespace

QString sidecarPatternName(SidecarPattern pattern)
{
    switch (pattern) {
    case SidecarPattern::Secret: return u"secret"_s;
    case SidecarPattern::ManagedIdentity: return u"managed-identity"_s;
    case SidecarPattern::WorkloadFile: break;
    }
    return u"workload-file"_s;
}

const Target* sidecarOf(const Setup& setup, const QString& flowId)
{
    const FlowSpec* flow = setup.flow(flowId);
    const Target* named = flow ? setup.target(flow->via) : nullptr;
    if (named && named->kind == u"sidecar")
        return named;
    const auto first = std::ranges::find(setup.targets, u"sidecar"_s, &Target::kind);
    return flowId.isEmpty() && first != setup.targets.end() ? &*first : nullptr;
}

SidecarPattern federatedPattern(const Setup& setup, const Target& sidecar)
{
    const auto plan = sidecarPlan(setup, sidecar);
    return plan && plan->pattern == SidecarPattern::WorkloadFile ? SidecarPattern::WorkloadFile : SidecarPattern::ManagedIdentity;
}

base::Result<SidecarPlan> sidecarPlan(const Setup& setup, const Target& sidecar)
{
    const json::Value own = sidecar.settings.root();
    SidecarPlan plan {.blueprint = setup.app(own["blueprint"].text()), .identity = setup.managedIdentity(own["managedIdentity"].text())};
    if (!plan.blueprint)
        return tl::unexpected(missing(sidecar, u"blueprint"_s));
    const QString credential = own["credential"].text();
    plan.pattern = credential == "secret"_L1 ? SidecarPattern::Secret
        : credential == "workload-file"_L1   ? SidecarPattern::WorkloadFile
                                             : SidecarPattern::ManagedIdentity;
    return plan;
}

QList<SidecarApi> sidecarApis(const Setup& setup, const Target& sidecar)
{
    QList<SidecarApi> out;
    for (json::Value each = sidecar.settings.root()["apis"].first(); each; each = each.next()) {
        SidecarApi api {.name = each["name"].text(), .target = each["target"].text(), .resource = each["resource"].text(),
            .appToken = !each["requestAppToken"].isBool() || each["requestAppToken"].boolean(), .pointer = sidecar.pointer + u"/settings"_s + each.pointer()};
        const Target* target = setup.target(api.target);
        if (api.resource.isEmpty() && target)
            api.resource = target->resource;
        for (json::Value scope = each["scopes"].first(); scope; scope = scope.next())
            api.scopes.append(scope.text());
        if (const QString made = scopeFor(setup, api); api.scopes.isEmpty() && !made.isEmpty())
            api.scopes = {made};
        out.append(api);
    }
    return out;
}

base::Result<QList<Setting>> sidecarSettings(const Setup& setup, const Target& sidecar, SidecarPattern pattern)
{
    const auto plan = sidecarPlan(setup, sidecar);
    if (!plan)
        return tl::unexpected(plan.error());
    const Tenant* tenant = setup.tenantOf(*plan->blueprint);
    if (!tenant)
        return base::fail(u"sidecar-settings"_s, u"The setup has no tenant, and a sidecar's settings name one."_s, u"/tenants"_s);
    QList<Setting> out {
        {.key = u"AzureAd__Instance"_s, .value = tenant->authority + u'/'},
        {.key = u"AzureAd__TenantId"_s, .value = tenant->id},
        {.key = u"AzureAd__ClientId"_s, .value = plan->blueprint->clientId},
    };
    addCredential(out, *plan, pattern);
    for (const SidecarApi& api : sidecarApis(setup, sidecar))
        addApi(out, setup, api);
    return out;
}

QList<SettingChange> compareSettings(const QList<Setting>& before, const QList<Setting>& after)
{
    using Kind = SettingChange::Kind;
    QList<SettingChange> out;
    auto next = after.begin();
    for (const Setting& old : before) {
        if (!has(after, old)) {
            out.append({Kind::Removed, old});
            continue;
        }
        for (; next != after.end() && next->key != old.key; ++next)
            out.append({Kind::Added, *next});
        out.append({Kind::Same, old});
        if (next != after.end())
            ++next;
    }
    for (; next != after.end(); ++next)
        out.append({Kind::Added, *next});
    return out;
}

} // namespace setup
