// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "seamcontent.h"

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

QStringList linesOf(const QByteArray& text) { return QString::fromUtf8(text).trimmed().split(u'\n'); }

/// Lines of `one` that stand in a longest common sequence with `other`: settings are few, so the plain table will do.
std::vector<bool> commonLines(const QStringList& one, const QStringList& other)
{
    const auto n = std::size_t(one.size()), m = std::size_t(other.size());
    const auto equal = [&](std::size_t i, std::size_t j) { return one[qsizetype(i)] == other[qsizetype(j)]; };
    std::vector<std::vector<int>> length(n + 1, std::vector<int>(m + 1, 0));
    for (std::size_t i = n; i-- > 0;)
        for (std::size_t j = m; j-- > 0;)
            length[i][j] = equal(i, j) ? length[i + 1][j + 1] + 1 : std::max(length[i + 1][j], length[i][j + 1]);
    std::vector<bool> common(n, false);
    for (std::size_t i = 0, j = 0; i < n && j < m;) {
        if (equal(i, j)) {
            common[i++] = true;
            ++j;
        } else if (length[i + 1][j] >= length[i][j + 1]) {
            ++i;
        } else {
            ++j;
        }
    }
    return common;
}

QList<SeamLine> marked(const QStringList& lines, const QStringList& other)
{
    const std::vector<bool> common = commonLines(lines, other);
    QList<SeamLine> out;
    for (qsizetype i = 0; i < lines.size(); ++i)
        out.append({lines[i], !common[std::size_t(i)]});
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
