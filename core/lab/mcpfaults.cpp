// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mcpfaults.h"

#include "core/lab/setupedits.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

using setup::Setup;

QString at(const QString& pointer, QLatin1StringView member) { return QString(pointer + u'/' + member); }

/// One edit for each MCP server that has something to edit.
template <typename EditOf>
base::Result<Setup> editServers(const Setup& setup, EditOf editOf)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "mcp"_L1)) {
        const Edit edit = editOf(*target);
        if (!edit.pointer.isEmpty())
            edits.append(edit);
    }
    return withEdits(setup, edits);
}

QByteArray listOf(const QString& text) { return QByteArray('[' + jsonText(text) + ']'); }

} // namespace

base::Result<Setup> mcpResourceSlash(const Setup& setup)
{
    return editServers(setup, [](const setup::Target& target) {
        return target.metadata.root()["resource"].isString()
            ? Edit {at(target.pointer, "metadata/resource"_L1), jsonText(QString(target.url + u'/'))}
            : Edit {};
    });
}

base::Result<Setup> mcpAudienceUriOnly(const Setup& setup)
{
    return editServers(setup, [&](const setup::Target& target) {
        return setup.app(target.resource) ? Edit {at(target.pointer, "validAudiences"_L1), listOf(target.url)} : Edit {};
    });
}

base::Result<Setup> mcpAudienceSlash(const Setup& setup)
{
    return editServers(setup, [&](const setup::Target& target) {
        return setup.app(target.resource) ? Edit {}
                                          : Edit {at(target.pointer, "validAudiences"_L1), listOf(QString(target.url + u'/'))};
    });
}

/// The tools that only read want something nobody asks for.
base::Result<Setup> mcpScopeMissing(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "mcp"_L1)) {
        for (const setup::Tool& tool : target->tools) {
            if (!tool.writes && !tool.scope.isEmpty())
                edits.append({at(tool.pointer, "scope"_L1), jsonText(u"tools.admin"_s)});
        }
    }
    return withEdits(setup, edits);
}

base::Result<Setup> mcpSharedKey(const Setup& setup)
{
    return editServers(setup, [](const setup::Target& target) {
        return target.settings.root().isObject() ? Edit {at(target.pointer, "settings/sharedKey"_L1), "true"}
                                                 : Edit {at(target.pointer, "settings"_L1), R"({"sharedKey":true})"};
    });
}

base::Result<Setup> mcpPassthrough(const Setup& setup)
{
    return editServers(setup, [](const setup::Target& target) {
        return target.settings.root()["upstream"]["presents"] ? Edit {at(target.pointer, "settings/upstream/presents"_L1), jsonText(u"passthrough"_s)}
                                                           : Edit {};
    });
}

/// The user signs in at one registration of the client, and a second one shows the id token.
base::Result<Setup> idjagOtherClient(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::FlowSpec& flow : setup.flows) {
        const setup::App* client = flow.recipe == "mcp-enterprise"_L1 ? setup.app(flow.client) : nullptr;
        if (!client)
            continue;
        QJsonObject copy = secondRegistration(setup, *client);
        copy[u"clientId"_s] = QString(client->clientId.chopped(1) + (client->clientId.endsWith(u'0') ? u'1' : u'0'));
        copy.remove(u"objectId"_s);
        edits.append({u"/apps/-"_s, QJsonDocument(copy).toJson(QJsonDocument::Compact)});
        edits.append({at(flow.pointer, "middleTier"_L1), jsonText(copy[u"name"_s].toString())});
        break;
    }
    return withEdits(setup, edits);
}

} // namespace lab
