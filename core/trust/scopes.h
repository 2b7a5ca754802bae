// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

namespace trust {

/// A scope parameter taken apart (entra.md 2.5): OpenID scopes, and the names asked of one resource or several.
struct ScopeRequest
{
    struct Part
    {
        QString resource {};               ///< identifier as it is spelled; Graph's URI for a bare name
        QString name {};                   ///< "User.Read", ".default"; empty is malformed
        const setup::App* app = nullptr;   ///< nullptr: no such resource in the setup
        bool operator==(const Part&) const = default;
    };
    QString text {};
    bool openid = false;
    bool offline = false;
    QList<Part> parts {};

    bool asksResource() const { return !parts.isEmpty(); }
    const Part& first() const { return parts.front(); }
    QStringList resources() const; ///< different ones, in order
    QStringList names() const;     ///< of the first resource
    bool isDefault() const { return parts.size() == 1 && parts.front().name == QLatin1String(".default"); }
};
ScopeRequest readScopes(const QString& text, const setup::Setup& setup);

/// What ".default" stands for when a user is behind the request (entra.md 2.5): the scopes that an administrator granted, the
/// blueprint's among them where the client is an agent (7.6); without such a grant those the client is configured to ask for; with
/// none configured what the resource exposes, and the user decides.
QStringList defaultScopes(const setup::Setup& setup, const setup::App& client, const setup::App& resource);
/// The names with ".default" written out.
QStringList spelledOut(const setup::Setup& setup, const setup::App& client, const setup::App& resource, const QStringList& names);
/// "User.Read of Microsoft Graph"; ".default of ..." where it stands for nothing.
QString scopesOf(const QStringList& names, const setup::App& resource);

/// "api://x" and "api://x/" name one resource in a `resource` parameter (RFC 8707 section 2).
bool namesResource(const QString& parameter, const ScopeRequest::Part& part);

} // namespace trust
