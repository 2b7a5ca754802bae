// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "keyvault.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// One row a form of path: how many segments stand behind "secrets", and whether the last is the word "versions".
struct Shape
{
    const char* method;
    qsizetype least;
    qsizetype most;
    bool versions;
    VaultAction action;
};
constexpr std::array shapes {
    Shape {"GET", 0, 0, false, VaultAction::ListSecrets},
    Shape {"GET", 2, 2, true, VaultAction::ListVersions},
    Shape {"GET", 1, 2, false, VaultAction::GetSecret},
    Shape {"PUT", 1, 1, false, VaultAction::SetSecret},
    Shape {"PATCH", 1, 2, false, VaultAction::UpdateSecret},
    Shape {"DELETE", 1, 1, false, VaultAction::DeleteSecret},
};

} // namespace

VaultCall vaultCall(QByteArrayView method, QByteArrayView path)
{
    const QString decoded = QString::fromUtf8(http::percentDecoded(path.toByteArray()));
    QStringList segments = decoded.split(u'/', Qt::SkipEmptyParts); // a closing slash is an empty version
    if (segments.isEmpty() || segments.takeFirst() != "secrets"_L1)
        return {};
    const bool versions = segments.size() == 2 && segments.back() == "versions"_L1;
    const auto shape = std::ranges::find_if(shapes, [&](const Shape& s) {
        return method == s.method && segments.size() >= s.least && segments.size() <= s.most && versions == s.versions;
    });
    if (shape == shapes.end())
        return {};
    return {shape->action, segments.value(0), versions ? QString() : segments.value(1)};
}

VaultSecretState stateInSetup(const setup::Target& vault, const VaultCall& call)
{
    const setup::VaultSecret* found = nullptr;
    for (const setup::VaultSecret& secret : vault.secrets) {
        const bool named = secret.name.compare(call.secret, Qt::CaseInsensitive) == 0;
        const bool asked = call.version.isEmpty() || secret.version.compare(call.version, Qt::CaseInsensitive) == 0;
        // The newest version is the current one, enabled or not.
        if (named && asked && (!found || found->created <= secret.created))
            found = &secret;
    }
    if (!found)
        return {}; // the setup may list a part of the vault
    return {found->enabled ? VaultSecretState::Kind::Enabled : VaultSecretState::Kind::Disabled,
        base::fromRfc3339(found->expires)};
}

} // namespace trust
