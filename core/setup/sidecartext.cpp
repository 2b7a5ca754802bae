// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidecarsettings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

bool isIndex(const QString& part)
{
    bool number = false;
    part.toUInt(&number);
    return number;
}

/// Puts a value at "AzureAd:ClientCredentials:0:SourceType"; a part that is a number makes its parent a list.
QJsonValue placed(const QJsonValue& at, const QStringList& path, const QJsonValue& value)
{
    if (path.isEmpty())
        return value;
    if (isIndex(path.front())) {
        QJsonArray list = at.toArray();
        const int index = path.front().toInt();
        while (list.size() <= index)
            list.append(QJsonValue());
        list[index] = placed(list.at(index), path.mid(1), value);
        return list;
    }
    QJsonObject object = at.toObject();
    object[path.front()] = placed(object[path.front()], path.mid(1), value);
    return object;
}

QJsonValue typed(const Setting& setting)
{
    if (setting.value == "true"_L1 || setting.value == "false"_L1)
        return setting.value == "true"_L1;
    return setting.value;
}

/// A secret does not stand in a file that is checked in: the environment brings it.
QByteArray appSettings(const QList<Setting>& settings)
{
    QJsonValue root = QJsonObject();
    for (const Setting& setting : settings)
        if (!setting.secret)
            root = placed(root, setting.key.split(u"__"_s), typed(setting));
    return QJsonDocument(root.toObject()).toJson();
}

QByteArray env(const QList<Setting>& settings)
{
    QByteArray out;
    for (const Setting& setting : settings)
        out += setting.key.toUtf8() + '=' + setting.value.toUtf8() + '\n';
    return out;
}

/// Quoted always: a GUID that begins with digits and an e, and true, are not text to YAML.
QByteArray yamlText(const QString& text)
{
    QString escaped = text;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return '"' + escaped.toUtf8() + '"';
}

/// The agent shares the sidecar's network namespace: since 1.1.0 the sidecar answers loopback alone, and a published port
/// would hand out tokens to the whole network (entra.md 8.2).
QByteArray compose(const QList<Setting>& settings)
{
    QByteArray out = "services:\n"
                     "  sidecar:\n"
                     "    image: mcr.microsoft.com/entra-sdk/auth-sidecar:1.1.1-azurelinux3.0-distroless\n"
                     "    environment:\n";
    for (const Setting& setting : settings)
        out += "      " + setting.key.toUtf8() + ": " + yamlText(setting.value) + '\n';
    return out
        + "  agent:\n"
          "    image: agent\n"
          "    network_mode: \"service:sidecar\"\n"
          "    environment:\n"
          "      SIDECAR_URL: \"http://localhost:5000\"\n";
}

} // namespace

QByteArray writeSettings(const QList<Setting>& settings, SettingsForm form)
{
    switch (form) {
    case SettingsForm::Env: return env(settings);
    case SettingsForm::AppSettings: return appSettings(settings);
    case SettingsForm::Compose: break;
    }
    return compose(settings);
}

} // namespace setup
