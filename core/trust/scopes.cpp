// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "scopes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// The longest identifier of a known resource that the scope begins with. Scope names may hold slashes,
/// identifiers too.
const setup::App* appByPrefix(QStringView scope, const setup::Setup& setup, QString& resource)
{
    const setup::App* found = nullptr;
    for (const setup::App& app : setup.apps)
        for (const QString& uri : app.identifierUris)
            if (uri.size() > resource.size() && scope.size() > uri.size() && scope.startsWith(uri)
                && scope[uri.size()] == u'/') {
                resource = uri;
                found = &app;
            }
    return found;
}

ScopeRequest::Part readPart(const QString& scope, const setup::Setup& setup)
{
    const qsizetype slash = scope.lastIndexOf(u'/');
    if (slash < 0)
        return {setup::graphUri.toString(), scope, setup.appByAudience(setup::graphUri)};
    QString resource = scope.left(slash);
    if (const setup::App* app = setup.appByAudience(resource))
        return {resource, scope.sliced(slash + 1), app};
    QString known;
    if (const setup::App* app = appByPrefix(scope, setup, known))
        return {known, scope.sliced(known.size() + 1), app};
    return {resource, scope.sliced(slash + 1), nullptr};
}

/// The delegated scopes of the resource that the app was given with this consent.
QStringList configured(const setup::App& app, const setup::App& resource, setup::Consent consent)
{
    QStringList out;
    for (const setup::Permission& permission : app.permissions)
        if (permission.resource == resource.name && permission.consent == consent)
            out += permission.scopes;
    return out;
}

bool isOpenId(const QString& scope, ScopeRequest& out)
{
    out.openid |= scope == "openid"_L1;
    out.offline |= scope == "offline_access"_L1;
    return scope == "openid"_L1 || scope == "offline_access"_L1 || scope == "profile"_L1
        || scope == "email"_L1;
}

} // namespace

QStringList ScopeRequest::resources() const
{
    QStringList out;
    QList<const setup::App*> seen;
    for (const Part& part : parts)
        if (part.app ? !seen.contains(part.app) : !out.contains(part.resource)) {
            out.append(part.resource);
            seen.append(part.app);
        }
    return out;
}

QStringList ScopeRequest::names() const
{
    QStringList out;
    for (const Part& part : parts)
        if (part.app == parts.front().app && part.resource == parts.front().resource
            && !out.contains(part.name))
            out.append(part.name);
    return out;
}

ScopeRequest readScopes(const QString& text, const setup::Setup& setup)
{
    ScopeRequest out {.text = text};
    for (const QString& scope : text.split(u' ', Qt::SkipEmptyParts))
        if (!isOpenId(scope, out))
            out.parts.append(readPart(scope, setup));
    return out;
}

QStringList defaultScopes(const setup::Setup& setup, const setup::App& client, const setup::App& resource)
{
    QStringList granted = configured(client, resource, setup::Consent::Admin);
    if (const setup::App* parent = client.kind == setup::AppKind::Agent ? setup.app(client.parent) : nullptr)
        granted += configured(*parent, resource, setup::Consent::Admin);
    granted.removeDuplicates();
    if (!granted.isEmpty())
        return granted;
    const QStringList asked = configured(client, resource, setup::Consent::User);
    return asked.isEmpty() ? resource.delegatedScopes : asked;
}

QStringList spelledOut(const setup::Setup& setup, const setup::App& client, const setup::App& resource, const QStringList& names)
{
    QStringList out;
    for (const QString& name : names)
        out += name == ".default"_L1 ? defaultScopes(setup, client, resource) : QStringList {name};
    out.removeDuplicates();
    return out;
}

QString scopesOf(const QStringList& names, const setup::App& resource)
{
    return (names.isEmpty() ? u".default"_s : names.join(u' ')) + u" of "_s + resource.displayName;
}

bool namesResource(const QString& parameter, const ScopeRequest::Part& part)
{
    const auto bare = [](const QString& uri) { return uri.endsWith(u'/') ? uri.chopped(1) : uri; };
    if (bare(parameter) == bare(part.resource))
        return true;
    return part.app && (part.app->isNamedBy(parameter) || part.app->isNamedBy(bare(parameter)));
}

} // namespace trust
