// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "world.h"

#include "core/trust/evaluate.h"
#include "core/trust/mcp.h"
#include "core/trust/mcpauth.h"

#include <QTest>

using namespace Qt::StringLiterals;

inline constexpr auto url = "https://127.0.0.1:8444/mcp";

inline constexpr auto issuer = "https://id.example/tools";

inline constexpr auto challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"; // RFC 7636 appendix B

inline const setup::Setup& mcpSetup()
{
    static const setup::Setup made = world::changed(u"/targets/-", R"({ "name": "tools", "kind": "mcp", "displayName": "Tools",
        "url": "https://127.0.0.1:8444/mcp", "resource": "mcp", "authorizationServer": "https://id.example/tools", "clientId": "known",
        "scopes": ["tools.read", "tools.write"],
        "tools": [ { "name": "whoami", "scope": "tools.read" }, { "name": "write", "scope": "tools.write", "writes": true } ],
        "metadata": { "resource": "https://127.0.0.1:8444/mcp",
            "authorization_servers": ["https://login.microsoftonline.com/6a2f0c1e-1111-4222-8333-0123456789ab/v2.0", "https://id.example/tools"],
            "scopes_supported": ["https://127.0.0.1:8444/mcp/tools.read", "https://127.0.0.1:8444/mcp/tools.write", "offline_access"] },
        "settings": { "redirectUris": ["http://127.0.0.1/callback"], "publicClient": true } })");
    return made;
}

inline const setup::Target& tools(const setup::Setup& setup = mcpSetup()) { return *setup.target(u"tools"); }

/// Everybody's keys, and what the authorization server remembers.
inline trust::Knowledge known()
{
    trust::Knowledge out = world::all();
    out.keys = [inner = out.keys](const QString& of) -> const jose::KeySet* {
        static const jose::KeySet own {.keys = {world::outsideKey()}};
        return of == QLatin1StringView(issuer) ? &own : inner(of);
    };
    out.registered = [](QByteArrayView id) -> std::optional<trust::RegisteredClient> {
        if (id == "registered")
            return trust::RegisteredClient {.clientId = u"registered"_s, .redirectUris = {u"http://localhost/cb"_s}, .authMethod = u"client_secret_post"_s,
                .secret = "its-secret", .target = u"tools"_s};
        return {};
    };
    out.code = [](QByteArrayView code) -> std::optional<trust::CodeGrant> {
        if (code == "elsewhere")
            return trust::CodeGrant {.clientId = u"known"_s, .target = u"another"_s, .expires = world::at(60)};
        if (code != "good" && code != "spent" && code != "old")
            return {};
        return trust::CodeGrant {.clientId = u"known"_s, .redirectUri = u"http://127.0.0.1:5/callback"_s, .challenge = QString::fromLatin1(challenge),
            .userObjectId = QString::fromLatin1(world::alice), .scopes = {u"tools.read"_s, u"offline_access"_s}, .resource = QString::fromLatin1(url),
            .target = u"tools"_s, .expires = world::at(code == "old" ? -1 : 60), .spent = code == "spent"};
    };
    out.refresh = [](QByteArrayView token) -> std::optional<trust::RefreshGrant> {
        if (token != "good" && token != "used")
            return {};
        return trust::RefreshGrant {.clientId = u"known"_s, .userObjectId = QString::fromLatin1(world::alice), .scopes = {u"tools.read"_s},
            .resource = QString::fromLatin1(url), .target = u"tools"_s, .expires = world::at(60), .revoked = token == "used"};
    };
    return out;
}

inline QByteArray own(const QJsonObject& claims) { return "Bearer " + world::token(claims, world::outsideKey(), {{u"typ"_s, u"at+jwt"_s}}); }
