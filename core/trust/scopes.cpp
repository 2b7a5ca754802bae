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

bool namesResource(const QString& parameter, const ScopeRequest::Part& part)
{
    const auto bare = [](const QString& uri) { return uri.endsWith(u'/') ? uri.chopped(1) : uri; };
    if (bare(parameter) == bare(part.resource))
        return true;
    return part.app && (part.app->isNamedBy(parameter) || part.app->isNamedBy(bare(parameter)));
}

} // namespace trust
