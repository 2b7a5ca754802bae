// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidecarreading.h"

#include "core/http/redact.h"
#include "core/setup/secretshape.h"
#include "core/setup/settingsjson.h"
#include "core/setup/yaml.h"

#include <QRegularExpression>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

/// ".NET reads A:B and A__B alike"; names know no case there.
QString canonical(QString key) { return key.replace(u':', u"__"_s); }

bool isReference(const QString& value) { return value.startsWith("${"_L1) || value.startsWith("$("_L1) || value.startsWith("@Microsoft.KeyVault("_L1); }

SettingRead read(const QString& key, const QString& value, int line)
{
    SettingRead out {.key = canonical(key.trimmed()), .value = value, .line = line};
    const bool named = http::sensitivity(out.key.section(u"__"_s, -1).toUtf8()) == http::Sensitivity::Secret;
    out.secret = !value.isEmpty() && (named || !secretShape(value).isEmpty());
    out.inlined = out.secret && !isReference(value);
    if (out.inlined)
        out.value.clear();
    return out;
}

QString unquoted(QString value)
{
    value = value.trimmed();
    const bool quoted = value.size() >= 2 && value.front() == value.back() && (value.front() == u'"' || value.front() == u'\'');
    return quoted ? value.sliced(1, value.size() - 2) : value;
}

/// As dotenv reads it: what stands in quotes is the value, else what stands before a blank and a number sign.
QString dotenvValue(const QString& text)
{
    static const QRegularExpression quoted(u"^(?:\"([^\"]*)\"|'([^']*)')\\s*(?:#.*)?$"_s), comment(u"\\s#.*$"_s);
    const QString value = text.trimmed();
    if (const auto match = quoted.match(value); match.hasMatch())
        return match.captured(1) + match.captured(2);
    return unquoted(QString(value).remove(comment));
}

SidecarReading fromEnv(const QByteArray& text)
{
    SidecarReading out;
    SettingsHolder holder {.sidecar = true, .line = 1};
    int number = 0;
    for (QString line : QString::fromUtf8(text).split(u'\n')) {
        ++number;
        line = line.trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        if (line.startsWith("export "_L1))
            line = line.sliced(7);
        const qsizetype equals = line.indexOf(u'=');
        if (equals > 0)
            holder.settings.append(read(line.left(equals), dotenvValue(line.sliced(equals + 1)), number));
        else
            out.notUnderstood.append(u"line %1: no NAME=VALUE"_s.arg(number));
    }
    out.holders = {holder};
    return out;
}

void flatten(const json::Value& value, const QString& key, SettingsHolder& holder)
{
    if (value.isObject() || value.isArray()) {
        int index = 0;
        for (json::Value each = value.first(); each; each = each.next(), ++index) {
            const QString name = value.isArray() ? QString::number(index) : each.keyText();
            flatten(each, key.isEmpty() ? name : QString(key + u"__"_s + name), holder);
        }
        return;
    }
    if (!value.isNull())
        holder.settings.append(read(key, value.display(), value.position().line));
}

base::Result<SidecarReading> fromJson(const QByteArray& text)
{
    const auto document = json::Document::parse(text);
    if (!document)
        return tl::unexpected(document.error());
    SidecarReading out;
    SettingsHolder holder {.sidecar = true, .line = 1};
    flatten(document->root(), {}, holder);
    out.holders = {holder};
    return out;
}

void addEnvironment(const YamlNode& environment, SettingsHolder& holder)
{
    for (const YamlNode& each : environment.children) {
        const qsizetype equals = each.value.indexOf(u'=');
        if (!each.key.isEmpty())
            holder.settings.append(read(each.key, each.value, each.line));
        else if (equals > 0)
            holder.settings.append(read(each.value.left(equals), unquoted(each.value.sliced(equals + 1)), each.line));
        else
            holder.settings.append(read(each.value, u"${"_s + each.value + u'}', each.line)); // taken from the shell
    }
}

SettingsHolder serviceOf(const YamlNode& service)
{
    SettingsHolder holder {.name = service.key, .line = service.line};
    if (const YamlNode* image = service.child(u"image"))
        holder.image = image->value;
    if (const YamlNode* network = service.child(u"network_mode"))
        holder.network = network->value;
    if (const YamlNode* ports = service.child(u"ports"))
        for (const YamlNode& port : ports->children)
            holder.ports.append(port.value.isEmpty() && port.child(u"published") ? port.child(u"published")->value : port.value);
    if (const YamlNode* environment = service.child(u"environment"))
        addEnvironment(*environment, holder);
    holder.sidecar = holder.image.contains("auth-sidecar"_L1)
        || std::ranges::any_of(holder.settings, [](const SettingRead& s) { return s.key.startsWith("DownstreamApis__"_L1, Qt::CaseInsensitive); });
    return holder;
}

SidecarReading fromCompose(const QByteArray& text)
{
    SidecarReading out;
    const YamlNode root = readYaml(text, out.notUnderstood);
    const YamlNode* services = root.child(u"services");
    for (const YamlNode& service : services ? services->children : QList<YamlNode> {})
        out.holders.append(serviceOf(service));
    return out;
}

/// Names that samples use for the same things; in front of them stands the sidecar's own spelling.
struct Known
{
    QLatin1StringView key;
    QString SidecarReading::*member;
};
constexpr Known known[] {
    {"AzureAd__Instance"_L1, &SidecarReading::instance},
    {"AzureAd__TenantId"_L1, &SidecarReading::tenantId},
    {"AzureAd__ClientId"_L1, &SidecarReading::clientId},
    {"TENANT_ID"_L1, &SidecarReading::tenantId},
    {"AZURE_TENANT_ID"_L1, &SidecarReading::tenantId},
    {"BLUEPRINT_APP_ID"_L1, &SidecarReading::clientId},
    {"AGENT_CLIENT_ID"_L1, &SidecarReading::agentClientId},
};

constexpr QLatin1StringView harmless[] {"ASPNETCORE_URLS"_L1, "ASPNETCORE_ENVIRONMENT"_L1, "SIDECAR_URL"_L1, "AzureAd__Scopes"_L1,
    "AllowedHosts"_L1};
constexpr QLatin1StringView families[] {"Sidecar__"_L1, "Logging__"_L1, "AzureAd__ClientCapabilities__"_L1, "ANTHROPIC_"_L1};

SidecarApi& apiNamed(SidecarReading& out, const QString& name)
{
    const auto it = std::ranges::find_if(out.apis, [&](const SidecarApi& api) { return api.name.compare(name, Qt::CaseInsensitive) == 0; });
    if (it != out.apis.end())
        return *it;
    // Off until a file says so; the SDK's default (entra.md 8.4).
    return out.apis.emplace_back(SidecarApi {.name = name, .appToken = false});
}

bool takeApi(SidecarReading& out, const SettingRead& setting)
{
    const QStringList parts = setting.key.split(u"__"_s);
    if (parts.size() < 3 || parts[0].compare("DownstreamApis"_L1, Qt::CaseInsensitive) != 0)
        return false;
    SidecarApi& api = apiNamed(out, parts[1]);
    if (parts[2] == "BaseUrl"_L1)
        api.target = setting.value;
    else if (parts[2] == "Scopes"_L1)
        api.scopes += setting.value.split(u' ', Qt::SkipEmptyParts);
    else if (parts[2] == "RequestAppToken"_L1)
        api.appToken = setting.value.compare("true"_L1, Qt::CaseInsensitive) == 0;
    else
        return parts[2] == "RelativePath"_L1 || parts[2] == "HttpMethod"_L1;
    return true;
}

bool takeCredential(std::map<int, SidecarCredential>& found, const SettingRead& setting)
{
    const QStringList parts = setting.key.split(u"__"_s);
    if (parts.size() < 4 || parts[1].compare("ClientCredentials"_L1, Qt::CaseInsensitive) != 0)
        return false;
    SidecarCredential& credential = found[parts[2].toInt()];
    credential.index = parts[2].toInt();
    if (parts[3] == "SourceType"_L1)
        credential.sourceType = setting.value;
    credential.members.append(setting);
    return true;
}

bool takeKnown(SidecarReading& out, const SettingRead& setting)
{
    for (const Known& row : known) {
        if (setting.key.compare(row.key, Qt::CaseInsensitive) != 0)
            continue;
        if ((out.*row.member).isEmpty())
            out.*row.member = setting.value;
        return true;
    }
    return std::ranges::any_of(harmless, [&](QLatin1StringView k) { return setting.key.compare(k, Qt::CaseInsensitive) == 0; })
        || std::ranges::any_of(families, [&](QLatin1StringView f) { return setting.key.startsWith(f, Qt::CaseInsensitive); })
        || (setting.secret && !setting.key.contains("__"_L1)); // judged by the rules on secrets
}

void takeApart(SidecarReading& out)
{
    std::map<int, SidecarCredential> credentials;
    for (const SettingsHolder& holder : std::as_const(out.holders)) {
        for (const SettingRead& setting : holder.settings) {
            const bool ofSidecar = holder.sidecar && (takeCredential(credentials, setting) || takeApi(out, setting));
            if (!ofSidecar && !takeKnown(out, setting) && holder.sidecar)
                out.notUnderstood.append(u"line %1: %2"_s.arg(setting.line).arg(setting.key));
        }
    }
    for (const auto& [index, credential] : credentials)
        out.credentials.append(credential);
}

} // namespace

const SettingsHolder* SidecarReading::sidecar() const
{
    const auto it = std::ranges::find(holders, true, &SettingsHolder::sidecar);
    return it == holders.end() ? nullptr : &*it;
}

base::Result<SidecarReading> readSidecarSettings(const QByteArray& text, const QString& file)
{
    const QByteArray plain = plainJson(text);
    const bool json = plain.trimmed().startsWith('{');
    const bool yaml = file.endsWith(".yml"_L1) || file.endsWith(".yaml"_L1) || text.contains("services:");
    auto out = json ? fromJson(plain) : base::Result<SidecarReading>(yaml ? fromCompose(text) : fromEnv(text));
    if (!out)
        return out;
    out->file = file;
    takeApart(*out);
    return out;
}

} // namespace setup
