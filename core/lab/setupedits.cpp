// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "setupedits.h"

#include "core/jose/key.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

using setup::App;
using setup::FlowSpec;
using setup::Setup;

template <typename T>
void addOnce(QList<const T*>& list, const T* item)
{
    if (item && !list.contains(item))
        list.append(item);
}

/// Apps that flows name in these members; without flows, those of these kinds.
QList<const App*> appsOf(const Setup& setup, std::initializer_list<QString FlowSpec::*> members,
    std::initializer_list<setup::AppKind> kinds)
{
    QList<const App*> out;
    for (const FlowSpec& flow : setup.flows) {
        for (const auto member : members)
            addOnce(out, setup.app(flow.*member));
    }
    for (const App& app : setup.apps) {
        if (setup.flows.isEmpty() && std::ranges::find(kinds, app.kind) != kinds.end())
            addOnce(out, &app);
    }
    return out;
}

} // namespace

QJsonObject secondRegistration(const Setup& setup, const setup::App& app)
{
    QJsonObject copy = QJsonDocument::fromJson(setup.document.find(app.pointer).raw().toByteArray()).object();
    copy[u"name"_s] = QString(app.name + u"-new"_s);
    copy[u"displayName"_s] = QString(app.displayName + u" (new registration)"_s);
    QJsonArray credentials = copy[u"credentials"_s].toArray();
    for (QJsonValueRef each : credentials) {
        QJsonObject credential = each.toObject();
        credential.remove(u"secretId"_s);
        each = credential;
    }
    if (copy.contains(u"credentials"_s))
        copy[u"credentials"_s] = credentials;
    return copy;
}

base::Result<Setup> withEdits(const Setup& setup, const QList<Edit>& edits)
{
    if (edits.isEmpty())
        return base::fail(u"fault-not-applicable"_s,
            u"The setup has nothing that this fault could break. Choose another fault or another setup."_s);
    json::Document document = setup.document;
    for (const Edit& edit : edits) {
        auto next = document.with(edit.pointer, edit.json);
        if (!next)
            return tl::unexpected(next.error());
        document = std::move(*next);
    }
    return setup::parseSetup(document.source(), setup.file);
}

QByteArray formerKey()
{
    const auto key = jose::Key::fromSeed(jose::KeyType::Ec, "a key that was retired");
    if (!key)
        return "{}";
    jose::Key named = key->publicPart();
    named.kid = "retired";
    named.use = "sig";
    return named.toPublicJwk();
}

QByteArray jsonText(const QString& text) { return json::quoted(text); }

QList<const App*> rootApps(const Setup& setup)
{
    return appsOf(setup, {&FlowSpec::blueprint, &FlowSpec::middleTier},
        {setup::AppKind::Blueprint, setup::AppKind::Confidential});
}

QList<const App*> clientApps(const Setup& setup)
{
    QList<const App*> out = appsOf(setup, {&FlowSpec::client}, {setup::AppKind::Public});
    for (const FlowSpec& flow : setup.flows) {
        if (const setup::Provider* provider = setup.provider(flow.client))
            addOnce(out, setup.appByClientId(provider->clientId));
    }
    return out;
}

QList<const App*> agentApps(const Setup& setup)
{
    return appsOf(setup, {&FlowSpec::agent}, {setup::AppKind::Agent});
}

QList<const setup::Target*> targets(const Setup& setup, QLatin1StringView kind)
{
    QList<const setup::Target*> out;
    const auto add = [&](const setup::Target* target) {
        addOnce(out, target && target->kind == kind ? target : nullptr);
    };
    for (const FlowSpec& flow : setup.flows) {
        add(setup.target(flow.target));
        add(setup.target(flow.alsoTarget));
        add(setup.target(flow.via));
    }
    for (const setup::Target& target : setup.targets) {
        if (setup.flows.isEmpty())
            add(&target);
    }
    return out;
}

QList<const setup::Credential*> rootCredentials(const Setup& setup, setup::CredentialType type)
{
    QList<const setup::Credential*> out;
    for (const App* app : rootApps(setup)) {
        for (const setup::Credential& credential : app->credentials) {
            if (credential.type == type)
                out.append(&credential);
        }
    }
    return out;
}

} // namespace lab
