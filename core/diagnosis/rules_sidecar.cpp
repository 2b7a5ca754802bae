// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/settingsrules.h"

#include "core/diagnosis/expected_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/sourcefiles.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/vaulttables_p.h"
#include "core/diagnosis/visit_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// A route that passes the agent over: the token would speak for the blueprint (entra.md 8.2).
void closedGate(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forStepsAtTarget(c, u"ask-sidecar", [&](const flow::Flow&, const flow::Step& step, const setup::Target& sidecar) {
        const json::Value settings = sidecar.settings.root();
        const QStringList version = settings["version"].text().split(u'.');
        const bool old = version.size() > 1 && version[0] == u"1" && version[1] == u"0";
        if (step.contract.kind == u"sidecar" && !(settings["allowOverrides"].isBool() ? settings["allowOverrides"].boolean() : old))
            out.append(finding(rule, Severity::Error, {.object = titleOf(sidecar)}, placeAt(c, step, u"match"_s, sidecar.pointer + u"/settings"_s)));
    });
}

constexpr auto sdk = "Microsoft: Entra SDK for Agent ID";

constexpr std::array table {
    Rule {"PAT-SIDECAR-GATE", "{object} passes the agent over", "Since 1.1.0 the anonymous route takes no AgentIdentity unless a switch says so. The token would speak for the blueprint, and Entra refuses it for resources.",
        "Set Sidecar__AllowOverrides__GetAuthorizationHeaderUnauthenticated to true, or call the authenticated route.", sdk, closedGate, AboutAgents},
    Rule {"PAT-SIDECAR-API", "{receiver} knows no API of that name", "A name without settings has no scopes: asked is {presented}, configured is {expected}.",
        "Configure the API in the sidecar's settings, or ask for one that is configured.", sdk, nullptr, AboutAgents},
    Rule {"PAT-SIDECAR-PORT", "{object} publishes the port {presented}", "Whoever reaches the port gets tokens of the agents. The sidecar asks nobody who they are.",
        "Publish no port. Let the agent share the sidecar's network and call it as localhost.", sdk, settingsFindings, AboutAgents | AboutFiles},
    Rule {"PAT-AGENT-KNOWS-CREDENTIAL", "{object} holds the blueprint's credential", "The variable {presented} stands in the agent's container. What an agent can read it can be talked into telling.",
        "Keep the credential in the sidecar alone.", sdk, settingsFindings, AboutAgents | AboutFiles},
    Rule {"PAT-SILENT-FALLBACK", "{object} falls back to a secret without a word", "Credentials are tried in order and one that does not load is passed over. Behind a managed identity stands a secret.",
        "Remove the secret from the list. A broken identity has to be seen.", sdk, settingsFindings, AboutAgents | AboutFiles},
    Rule {"PAT-IGNORED-KEY", "{object}: nobody reads {presented}", "The loader does not know this key, so the setting has no effect.", "{expected}", sdk, settingsFindings, AboutAgents | AboutFiles},
    Rule {"SEC-IN-ENV", "{object}: a secret stands in the settings", "The value of {presented} is written out. Settings are copied, logged and checked in.",
        "Move it to a vault, or root the blueprint in a managed identity and remove it.", "OWASP: secrets management", settingsFindings, AboutSecret | AboutFiles},
};

const Rule& named(QLatin1StringView id)
{
    return *std::ranges::find_if(table, [id](const Rule& r) { return id == QLatin1StringView(r.id); });
}

QString titleIn(const setup::SidecarReading& reading, const setup::SettingsHolder& holder)
{
    return holder.name.isEmpty() ? reading.file : u"%1, service %2"_s.arg(reading.file, holder.name);
}

/// There is no setup to point into: the line says where.
base::Finding at(QLatin1StringView id, Severity severity, const QString& file, const QString& object, const QString& presented, int line, const QString& expected = {})
{
    return finding(named(id), severity, {.object = u"%1, line %2"_s.arg(object).arg(line), .presented = presented, .expected = expected},
        placeInFile(file, line, presented));
}

bool isCredential(const QString& key)
{
    static constexpr std::array names {"AzureAd__ClientCredentials"_L1, "BLUEPRINT_CLIENT_SECRET"_L1, "AZURE_CLIENT_SECRET"_L1,
        "AZURE_CLIENT_CERTIFICATE_PATH"_L1, "CLIENT_SECRET"_L1};
    return std::ranges::any_of(names, [&](QLatin1StringView n) { return key.startsWith(n, Qt::CaseInsensitive); });
}

void lintHolder(const setup::SidecarReading& reading, const setup::SettingsHolder& holder, QList<base::Finding>& out)
{
    const QString title = titleIn(reading, holder);
    for (const setup::SettingRead& setting : holder.settings) {
        if (setting.inlined)
            out.append(at("SEC-IN-ENV"_L1, Severity::Error, reading.file, title, setting.key, setting.line));
        if (!holder.sidecar && !holder.stored && isCredential(setting.key))
            out.append(at("PAT-AGENT-KNOWS-CREDENTIAL"_L1, Severity::Error, reading.file, title, setting.key, setting.line));
    }
    for (const QString& port : holder.sidecar ? holder.ports : QStringList())
        out.append(at("PAT-SIDECAR-PORT"_L1, Severity::Error, reading.file, title, port, holder.line));
    if (holder.sidecar && holder.network == u"host")
        out.append(at("PAT-SIDECAR-PORT"_L1, Severity::Error, reading.file, title, u"it listens on (the host's network)"_s, holder.line));
}

/// Keys that samples show and the loader does not know (entra.md 8.4), with what to write instead.
struct Ignored
{
    QLatin1StringView key;
    const char16_t* instead;
};
constexpr Ignored ignored[] {
    {"ManagedIdentityResourceId"_L1, u"Name the identity by ManagedIdentityClientId; without it the system-assigned one is asked."},
    {"SignedAssertionFilePath"_L1, u"The path is read from SignedAssertionFileDiskPath, else from AZURE_FEDERATED_TOKEN_FILE."},
};

void lintCredentials(const setup::SidecarReading& reading, QList<base::Finding>& out)
{
    const setup::SettingsHolder* sidecar = reading.sidecar();
    const QString title = sidecar ? titleIn(reading, *sidecar) : reading.file;
    for (const setup::SidecarCredential& credential : reading.credentials) {
        const int line = credential.members.front().line;
        if (credential.index > 0 && credential.sourceType.compare("ClientSecret"_L1, Qt::CaseInsensitive) == 0)
            out.append(at("PAT-SILENT-FALLBACK"_L1, Severity::Warning, reading.file, title, credential.sourceType, line));
        for (const setup::SettingRead& member : credential.members)
            for (const Ignored& row : ignored)
                if (member.key.section(u"__"_s, -1).compare(row.key, Qt::CaseInsensitive) == 0)
                    out.append(at("PAT-IGNORED-KEY"_L1, Severity::Warning, reading.file, title, member.key, member.line, QString::fromUtf16(row.instead)));
    }
}

} // namespace

/// A container beside a sidecar: here, in another file, or by the setup. Else the credential is the program's own.
static bool hasAgent(const Case& c)
{
    const auto isSidecar = [](const ReadFile& file) { return (file.kind == FileKind::Compose || file.kind == FileKind::Manifest) && file.reading.sidecar(); };
    return std::ranges::any_of(c.setup.targets, [](const setup::Target& t) { return t.kind == u"sidecar"; })
        || std::ranges::any_of(c.setup.apps, [](const setup::App& a) { return a.kind == setup::AppKind::Agent; }) || std::ranges::any_of(c.files->files(), isSidecar);
}

void settingsFindings(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const bool ofAgents = qstrcmp(rule.id, "PAT-AGENT-KNOWS-CREDENTIAL") == 0;
    for (const ReadFile& file : c.files && !(ofAgents && !hasAgent(c)) ? c.files->files() : QList<ReadFile>())
        for (const base::Finding& found : ofAgents && file.kind == FileKind::Pipeline ? QList<base::Finding>() : lintSettings(file.reading))
            if (found.rule == QLatin1StringView(rule.id))
                out.append(found);
    if (qstrcmp(rule.id, "SEC-IN-ENV") == 0)
        shapesInSettings(c, rule, out);
}

std::span<const Rule> sidecarRules() { return table; }

QList<base::Finding> lintSettings(const setup::SidecarReading& reading)
{
    QList<base::Finding> out;
    for (const setup::SettingsHolder& holder : reading.holders)
        lintHolder(reading, holder, out);
    lintCredentials(reading, out);
    std::ranges::stable_sort(out, std::ranges::greater {}, &base::Finding::severity);
    return out;
}

} // namespace diagnosis
