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

/// Members whose children are variables, wherever they stand: of a container, a job, a step, a Secret written in the clear.
void collect(const setup::YamlNode& node, setup::SettingsHolder& holder, setup::SettingsHolder& stored)
{
    for (const setup::YamlNode& child : node.children) {
        if (child.key == "env"_L1 || child.key == "variables"_L1)
            addVariables(child, holder);
        else if (child.key == "stringData"_L1 || child.key == "data"_L1)
            addVariables(child, stored);
        else
            collect(child, holder, stored);
    }
}

setup::SidecarReading ofYaml(const QByteArray& text)
{
    setup::SidecarReading out;
    setup::SettingsHolder holder {.line = 1}, stored {.stored = true, .line = 1};
    collect(setup::readYaml(text, out.notUnderstood), holder, stored);
    for (const setup::SettingsHolder& each : {holder, stored})
        if (!each.settings.isEmpty())
            out.holders.append(each);
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

/// What stands behind the first "=" or ":" of a line, without quotes.
QString valueIn(QByteArrayView line)
{
    QString text = QString::fromUtf8(line).trimmed();
    const qsizetype equals = text.indexOf(u'='), colon = text.indexOf(u':');
    const qsizetype at = equals < 0 ? colon : colon < 0 ? equals : std::min(equals, colon);
    static const QRegularExpression around(u"^[\\s\"']+|[\\s\"',]+$"_s);
    return text.mid(at + 1).remove(around);
}

/// The reader drops the value of whatever is named like a secret, stand-ins of templates among them.
void withoutStandIns(const QByteArray& text, setup::SettingsHolder& holder)
{
    forLines(text, [&](int number, QByteArrayView line) {
        for (setup::SettingRead& setting : holder.settings)
            if (setting.inlined && setting.line == number && (isPlaceholder(valueIn(line)) || isStandInAddress(valueIn(line))))
                setting.inlined = false;
    });
}

} // namespace

bool isPlaceholder(const QString& value)
{
    static const QRegularExpression stands(
        u"^(?:<.*>|\\[.*\\]|x{3,}.*|\\*{3,}|\\.{3,}|\\$\\{.*|your[-_ ].*|.*change[-_ ]?me.*|.*placeholder.*|.*replace[-_ ]?(?:me|with).*|example.*|dummy.*|todo.*|none|null|true|false)$"_s,
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
        if (auto reading = setup::readSidecarSettings(read.file.text, read.file.path)) {
            for (setup::SettingsHolder& holder : reading->holders)
                withoutStandIns(read.file.text, holder);
            return *reading;
        }
        return {};
    case FileKind::Manifest:
    case FileKind::Pipeline:
        return ofYaml(read.file.text);
    default:
        return {};
    }
}

} // namespace diagnosis
