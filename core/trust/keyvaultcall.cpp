// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "keyvault.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// One row a form of path: the collection, how many segments stand behind it, and the word that the last one is, if it is one.
struct Shape
{
    const char* method;
    QLatin1StringView collection;
    qsizetype least;
    qsizetype most;
    QLatin1StringView word;
    VaultAction action;
};
constexpr auto live = "secrets"_L1, deleted = "deletedsecrets"_L1;
constexpr std::array shapes {
    Shape {"GET", live, 0, 0, ""_L1, VaultAction::ListSecrets},
    Shape {"GET", live, 2, 2, "versions"_L1, VaultAction::ListVersions},
    Shape {"GET", live, 1, 2, ""_L1, VaultAction::GetSecret},
    Shape {"PUT", live, 1, 1, ""_L1, VaultAction::SetSecret},
    Shape {"PATCH", live, 1, 2, ""_L1, VaultAction::UpdateSecret},
    Shape {"DELETE", live, 1, 1, ""_L1, VaultAction::DeleteSecret},
    Shape {"GET", deleted, 0, 0, ""_L1, VaultAction::ListDeleted},
    Shape {"GET", deleted, 1, 1, ""_L1, VaultAction::GetDeleted},
    Shape {"POST", deleted, 2, 2, "recover"_L1, VaultAction::RecoverSecret},
    Shape {"DELETE", deleted, 1, 1, ""_L1, VaultAction::PurgeSecret},
};

} // namespace

VaultCall vaultCall(QByteArrayView method, QByteArrayView path)
{
    const QString decoded = QString::fromUtf8(http::percentDecoded(path.toByteArray()));
    QStringList segments = decoded.split(u'/', Qt::SkipEmptyParts); // a closing slash is an empty version
    if (segments.isEmpty())
        return {};
    const QString collection = segments.takeFirst();
    const auto shape = std::ranges::find_if(shapes, [&](const Shape& s) {
        return method == s.method && collection == s.collection && segments.size() >= s.least && segments.size() <= s.most
            && (s.word.isEmpty() || segments.back() == s.word);
    });
    if (shape == shapes.end())
        return {};
    return {shape->action, segments.value(0), shape->word.isEmpty() ? segments.value(1) : QString()};
}

VaultSecretState stateInSetup(const setup::Target& vault, const VaultCall& call)
{
    constexpr std::array ofDeleted {VaultAction::GetDeleted, VaultAction::PurgeSecret, VaultAction::RecoverSecret};
    if (std::ranges::find(ofDeleted, call.action) != ofDeleted.end())
        return {}; // what is listed lives: that says nothing of what soft delete keeps
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
