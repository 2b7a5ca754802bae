// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "seamcontent.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QStringList linesOf(const QByteArray& text) { return QString::fromUtf8(text).trimmed().split(u'\n'); }

/// Settings stand in the same order in both, so a line differs when the other side has none like it.
QList<SeamLine> marked(const QStringList& lines, const QStringList& other)
{
    QList<SeamLine> out;
    for (const QString& line : lines)
        out.append({line, !other.contains(line)});
    return out;
}

} // namespace

base::Result<Seam> seamOf(const setup::Setup& setup, const setup::Target& sidecar, setup::SettingsForm form)
{
    using Kind = setup::SettingChange::Kind;
    const auto secret = setup::sidecarSettings(setup, sidecar, setup::SidecarPattern::Secret);
    const auto federated = setup::sidecarSettings(setup, sidecar, setup::federatedPattern(setup, sidecar));
    if (!secret || !federated)
        return tl::unexpected(secret ? federated.error() : secret.error());
    Seam seam {.secretText = setup::writeSettings(*secret, form), .federatedText = setup::writeSettings(*federated, form)};
    const QStringList left = linesOf(seam.secretText), right = linesOf(seam.federatedText);
    seam.secret = marked(left, right);
    seam.federated = marked(right, left);
    const QList<setup::SettingChange> changes = setup::compareSettings(*secret, *federated);
    const auto same = std::ranges::count(changes, Kind::Same, &setup::SettingChange::kind);
    seam.summary = u"%1 settings are the same in both. What differs is the one block of the blueprint's credential; the agent notices nothing."_s.arg(same);
    return seam;
}
