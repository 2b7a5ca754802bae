// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "near_p.h"

#include "core/trust/clouds.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using base::Near;
using base::NearMiss;

namespace trust {

namespace {

bool isPair(QStringView a, QStringView b, QStringView one, QStringView other)
{
    return (a == one && b == other) || (a == other && b == one);
}

/// "api://<guid>" and "<guid>": an identifier URI that is made of the client id.
bool isDefaultUri(QStringView uri, QStringView guid)
{
    return isGuid(guid) && uri.startsWith("api://"_L1) && uri.sliced(6).compare(guid, Qt::CaseInsensitive) == 0;
}

bool nameOneResource(const Pair& pair)
{
    const QStringView a = pair.presented, b = pair.expected;
    if (isPair(a, b, setup::exchangeAudienceUri, setup::exchangeAudienceGuid) || isPair(a, b, setup::graphUri,
        setup::graphGuid)
        || isDefaultUri(a, b) || isDefaultUri(b, a))
        return true;
    if (!pair.hints.setup || isGuid(a) == isGuid(b))
        return false;
    return std::ranges::any_of(pair.hints.setup->apps,
        [&](const setup::App& app) { return app.isNamedBy(a) && app.isNamedBy(b); });
}

std::optional<NearMiss> inForm(const Pair& pair)
{
    if (!nameOneResource(pair))
        return {};
    const bool knowsUri = !isGuid(pair.expected);
    const QString known = knowsUri ? u"URI"_s : u"GUID"_s, missing = knowsUri ? u"GUID"_s : u"URI"_s;
    if (pair.hints.list)
        return NearMiss {Near::OneOfTwo, 0,
            u"The GUID and the URI name the same resource. The list holds the %1, but not the %2."_s.arg(known, missing)};
    return NearMiss {Near::GuidUriTwin, 0,
        u"The GUID and the URI name the same resource. This %1 knows only the %2."_s.arg(pair.hints.contract,
            known)};
}

/// An object that has a client id and an object id.
struct Ids
{
    QString clientId {};
    QString objectId {};
    QString title {};
};

QList<Ids> idsIn(const CompareHints& hints)
{
    QList<Ids> out;
    if (hints.setup) {
        for (const auto& identity : hints.setup->managedIdentities)
            out.append({identity.clientId, identity.objectId, u"the managed identity "_s
                + identity.displayName});
        for (const auto& app : hints.setup->apps)
            out.append({app.clientId, app.objectId, app.displayName});
    }
    out.append({hints.azp, hints.oid, u"the caller"_s});
    return out;
}

std::optional<NearMiss> inKindOfId(const Pair& pair)
{
    if (!isGuid(pair.presented) || !isGuid(pair.expected))
        return {};
    const QString& written = pair.hints.requestIsWrong ? pair.presented : pair.expected;
    const QString& belongs = pair.hints.requestIsWrong ? pair.expected : pair.presented;
    for (const Ids& ids : idsIn(pair.hints)) {
        if (ids.clientId == ids.objectId)
            continue;
        if (written == ids.clientId && belongs == ids.objectId)
            return NearMiss {Near::ClientIdForObjectId, 0,
                u"This is the client id of %1. The %2 needs its object id."_s.arg(ids.title, pair.hints.contract)};
        if (written == ids.objectId && belongs == ids.clientId)
            return NearMiss {Near::ObjectIdForClientId, 0,
                u"This is the object id of %1. The %2 needs its client id."_s.arg(ids.title, pair.hints.contract)};
    }
    return {};
}

std::optional<NearMiss> inRole(const Pair& pair)
{
    const QString& azp = pair.hints.azp;
    if (!pair.hints.audience || pair.hints.requestIsWrong || azp.isEmpty() || pair.presented == azp)
        return {};
    if (pair.expected != azp && !isDefaultUri(pair.expected, azp))
        return {};
    return NearMiss {Near::AzpNotAud, 0,
        u"This is the caller (azp), not the audience. The %1 has to name the audience."_s.arg(pair.hints.contract)};
}

/// A v2 token of Entra always carries the client id, a v1 token mostly the URI: a list that holds only the other form is
/// likely to mean the same resource. Said as likely, since nothing here proves it.
std::optional<NearMiss> inLikelyForm(const Pair& pair)
{
    const bool presentedGuid = isGuid(pair.presented), expectedGuid = isGuid(pair.expected);
    const QString& uri = presentedGuid ? pair.expected : pair.presented;
    if (!pair.hints.list || !pair.hints.audience || pair.hints.azp.isEmpty() || presentedGuid == expectedGuid || !uri.startsWith("api://"_L1))
        return {};
    return NearMiss {Near::OneOfTwo, 0,
        u"This may be the other half of a pair: a v2 token carries the GUID of an API, a v1 token its URI. The list holds only the %1. "
        "If both are the same API, both have to be listed; else the token is for another one."_s.arg(presentedGuid ? u"URI"_s : u"GUID"_s)};
}

constexpr std::array<NearTest, 4> tests {inForm, inKindOfId, inRole, inLikelyForm};

} // namespace

std::span<const NearTest> identityTests()
{
    return tests;
}

} // namespace trust
