// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sidecarfaults.h"

#include "core/lab/setupedits.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

template <typename Edits>
base::Result<setup::Setup> editSidecars(const setup::Setup& setup, Edits editsOf)
{
    QList<Edit> edits;
    for (const setup::Target& target : setup.targets)
        if (target.kind == "sidecar"_L1)
            edits += editsOf(target);
    return withEdits(setup, edits);
}

} // namespace

/// A name without scopes is what an unknown name amounts to (entra.md 8.3).
base::Result<setup::Setup> sidecarApiWithoutScopes(const setup::Setup& setup)
{
    return editSidecars(setup, [](const setup::Target& sidecar) {
        QList<Edit> edits;
        for (json::Value api = sidecar.settings.root()["apis"].first(); api; api = api.next()) {
            const QString at = sidecar.pointer + u"/settings"_s + api.pointer();
            edits.append({at + u"/resource"_s, jsonText(u"nobody"_s)});
            edits.append({at + u"/scopes"_s, "[]"});
        }
        return edits;
    });
}

base::Result<setup::Setup> sidecarGateClosed(const setup::Setup& setup)
{
    return editSidecars(setup, [](const setup::Target& sidecar) {
        return QList<Edit> {{sidecar.pointer + u"/settings/version"_s, jsonText(u"1.1.1"_s)}};
    });
}

} // namespace lab
