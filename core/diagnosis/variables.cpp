// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/variables_p.h"

#include "core/http/redact.h"
#include "core/setup/secretshape.h"
#include "core/setup/yaml.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

bool isReference(const QString& value)
{
    static const QRegularExpression reference(u"^(?:\\$[A-Za-z_{(]|@Microsoft\\.KeyVault\\(|\\{\\{)"_s);
    return reference.match(value).hasMatch();
}

setup::SettingRead variableOf(const QString& key, const QString& value, int line)
{
    setup::SettingRead out {.key = key, .value = value, .line = line};
    const http::Sensitivity kind = http::sensitivity(key.toUtf8());
    const bool named = kind == http::Sensitivity::Secret || kind == http::Sensitivity::Token;
    out.secret = !value.isEmpty() && (named || !secretIn(value).isEmpty());
    out.inlined = out.secret && !isReference(value) && !isPlaceholder(value);
    if (out.inlined)
        out.value.clear();
    return out;
}

/// `env:` of a container is a list of name and value; of a pipeline it is a mapping.
void addVariables(const setup::YamlNode& list, setup::SettingsHolder& holder)
{
    for (const setup::YamlNode& each : list.children) {
        const setup::YamlNode *name = each.child(u"name"), *value = each.child(u"value");
        if (each.item && name)
            holder.settings.append(variableOf(name->value, value ? value->value : u"${from elsewhere}"_s, value ? value->line : name->line));
        else if (!each.key.isEmpty() && (each.children.isEmpty() || value))
            holder.settings.append(variableOf(each.key, value ? value->value : each.value, value ? value->line : each.line));
    }
}

/// Holders of a manifest: the sidecar by itself, and what all other containers are given, and what the cluster stores.
struct Holders
{
    setup::SettingsHolder given {.line = 1};
    setup::SettingsHolder stored {.stored = true, .line = 1};
    QList<setup::SettingsHolder> sidecars {};
};

bool isSidecar(const setup::YamlNode& node)
{
    const setup::YamlNode* image = node.child(u"image");
    return image && image->value.contains("auth-sidecar"_L1);
}

setup::SettingsHolder sidecarOf(const setup::YamlNode& container, bool hostNetwork)
{
    const setup::YamlNode *name = container.child(u"name"), *ports = container.child(u"ports"), *env = container.child(u"env");
    setup::SettingsHolder out {.name = name ? name->value : QString(), .image = container.child(u"image")->value, .network = hostNetwork ? u"host"_s : QString(), .sidecar = true, .line = container.line};
    for (const setup::YamlNode& port : ports ? ports->children : QList<setup::YamlNode>())
        if (const setup::YamlNode* published = port.child(u"hostPort"))
            out.ports.append(published->value);
    if (env)
        addVariables(*env, out);
    return out;
}

/// Members whose children are variables, wherever they stand: of a container, a job, a step, a Secret written in the clear.
void collect(const setup::YamlNode& node, bool hostNetwork, Holders& holders)
{
    const setup::YamlNode* network = node.child(u"hostNetwork");
    hostNetwork = network ? network->value == u"true" : hostNetwork;
    for (const setup::YamlNode& child : node.children) {
        if (isSidecar(child))
            holders.sidecars.append(sidecarOf(child, hostNetwork));
        else if (child.key == "env"_L1 || child.key == "variables"_L1)
            addVariables(child, holders.given);
        else if (child.key == "stringData"_L1 || child.key == "data"_L1)
            addVariables(child, holders.stored);
        else
            collect(child, hostNetwork, holders);
    }
}

setup::SidecarReading ofYaml(const QByteArray& text)
{
    setup::SidecarReading out;
    Holders holders;
    collect(setup::readYaml(text, out.notUnderstood), false, holders);
    for (const setup::SettingsHolder& each : {holders.given, holders.stored})
        if (!each.settings.isEmpty())
            out.holders.append(each);
    out.holders += holders.sidecars;
    return out;
}

/// "postgres://user:${PASSWORD}@db", "https://user:pass@example.com".
bool isStandInAddress(const QString& text)
{
    static const QRegularExpression address(u"://[^/?#\\s:@]*:([^/?#\\s@]+)@([^/?#\\s:'\"`]*)"_s);
    static const QRegularExpression words(u"^(?:[$<{%*].*|pass(?:word|wd)?|pwd|pw|secret|user|x+|y|b)$"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression hosts(u"(?:^|\\.)(?:example(?:\\.(?:com|org|net))?|test|invalid|localhost)$"_s);
    const auto match = address.match(text);
    return match.hasMatch() && (words.match(match.captured(1)).hasMatch() || hosts.match(match.captured(2)).hasMatch());
}

/// What stands behind a name and its "=" or ":" in a line, else behind the first of these, without quotes.
QString valueIn(QByteArrayView line, const QString& name)
{
    static const QRegularExpression around(u"^[\\s\"']+|[\\s\"',]+$"_s), quoted(u"^\\s*(?:\"([^\"]*)\"|'([^']*)')"_s);
    const QString text = QString::fromUtf8(line).trimmed();
    const QRegularExpression member(u"(?<![A-Za-z0-9_])"_s + QRegularExpression::escape(name) + u"(?=[\"']?\\s*[=:])"_s, QRegularExpression::CaseInsensitiveOption);
    const auto named = member.match(text);
    const QString rest = named.hasMatch() ? text.sliced(named.capturedEnd()) : text;
    const qsizetype equals = rest.indexOf(u'='), colon = rest.indexOf(u':');
    const QString value = rest.mid((equals < 0 ? colon : colon < 0 ? equals : std::min(equals, colon)) + 1);
    if (const auto match = quoted.match(value); match.hasMatch())
        return match.captured(match.lastCapturedIndex());
    return QString(value).remove(around);
}

/// "$NAME", filled in by the shell or a pipeline.
bool isVariable(const QString& value)
{
    static const QRegularExpression variable(u"^\\$[A-Za-z_][A-Za-z0-9_]*$"_s);
    return variable.match(value).hasMatch();
}

/// The reader drops the value of whatever is named like a secret, stand-ins of templates among them.
void withoutStandIns(const QByteArray& text, setup::SettingsHolder& holder)
{
    forLines(text, [&](int number, QByteArrayView line) {
        for (setup::SettingRead& setting : holder.settings) {
            if (!setting.inlined || setting.line != number)
                continue;
            const QString value = valueIn(line, setting.key.section(u"__"_s, -1));
            setting.inlined = !isPlaceholder(value) && !isVariable(value) && !isStandInAddress(value);
        }
    });
}

/// "${NAME:-a literal}": where nobody sets the name, the literal is the secret.
void withDefaults(setup::SettingsHolder& holder)
{
    static const QRegularExpression byDefault(u"^\\$\\{[A-Za-z_][A-Za-z0-9_]*:?-(.+)\\}$"_s);
    for (setup::SettingRead& setting : holder.settings)
        if (const auto match = byDefault.match(setting.value); setting.secret && match.hasMatch() && !isPlaceholder(match.captured(1)) && !isReference(match.captured(1))) {
            setting.inlined = true;
            setting.value.clear();
        }
}

/// Settings that are no JSON, by their lines: what looks like a name and a text. What is amiss is said.
setup::SidecarReading ofBrokenJson(const QByteArray& text, const base::Error& error)
{
    static const QRegularExpression member(u"\"([A-Za-z_][A-Za-z0-9_.:-]*)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\""_s);
    setup::SidecarReading out;
    setup::SettingsHolder holder {.sidecar = true, .line = 1};
    forLines(text, [&](int number, QByteArrayView line) {
        for (auto it = member.globalMatch(QString::fromUtf8(line)); it.hasNext();) {
            const auto match = it.next();
            holder.settings.append(variableOf(match.captured(1), match.captured(2), number));
        }
    });
    out.holders = {holder};
    const int line = error.where.section(u':', 0, 0).toInt();
    out.notUnderstood = {u"line %1: From here on it is no JSON"_s.arg(std::max(1, line))};
    return out;
}

setup::SidecarReading ofSettings(const ReadFile& read)
{
    auto reading = setup::readSidecarSettings(read.file.text, read.file.path);
    if (!reading)
        return ofBrokenJson(read.file.text, reading.error());
    for (setup::SettingsHolder& holder : reading->holders) {
        withoutStandIns(read.file.text, holder);
        withDefaults(holder);
    }
    if (read.kind == FileKind::Settings) // keys that are not the sidecar's are another program's, not odd
        reading->notUnderstood.clear();
    return *reading;
}

} // namespace

bool isPlaceholder(const QString& value)
{
    static const QRegularExpression stands(
        u"^(?:<.*>|\\[.*\\]|x{3,}.*|\\*{3,}|\\.{3,}|\\$\\{.*|your[-_ ].*|.*change[-_ ]?me.*|.*placeholder.*|.*replace[-_ ]?(?:me|with).*|enter[-_ ].*|example.*|dummy.*|todo.*|none|null|true|false"
        "|#\\{.*\\}#?|__[A-Z0-9_.]+__|\\{\\{.*\\}\\}|%[A-Z0-9_]+%|\\$\\([A-Z0-9_.]+\\)" // filled in by a pipeline
        "|op://.*|vault:.*|enc\\(.*\\)|(?:secretref|keyvaultref):.*|arn:aws[a-z-]*:(?:secretsmanager|ssm):.*|projects/[^/]+/secrets/.*)$"_s, // where it is kept
        QRegularExpression::CaseInsensitiveOption);
    return value.isEmpty() || stands.match(value).hasMatch();
}

QString secretIn(const QString& text)
{
    const QString shape = setup::secretShape(text);
    const bool address = shape == u"a password in a URL" && isStandInAddress(text);
    return address ? QString() : shape;
}

setup::SidecarReading variablesOf(const ReadFile& read)
{
    switch (read.kind) {
    case FileKind::Env:
    case FileKind::Compose:
    case FileKind::Settings:
        return ofSettings(read);
    case FileKind::Manifest:
    case FileKind::Pipeline:
        return ofYaml(read.file.text);
    default:
        return {};
    }
}

} // namespace diagnosis
