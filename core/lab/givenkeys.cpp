// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "givenkeys.h"

#include "core/lab/setupedits.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// What the issuer publishes, as a key set; empty where the lab does not play it.
QByteArray keySetOf(const World& world, const QString& issuer)
{
    const jose::KeySet* keys = world.keysOf(issuer);
    return keys ? jose::toJwks(keys->keys) : QByteArray();
}

Edit ofProvider(const World& world, const setup::Target& target)
{
    const json::Value oidc = target.provider.root()["oidc"];
    const auto given = json::Document::parse(oidc["jwksJson"].bytes().toByteArray());
    const QByteArray set = keySetOf(world, oidc["issuerUri"].text());
    if (!given || !given->root()["keys"].isArray() || given->root()["keys"].size() > 0 || set.isEmpty())
        return {};
    return {QString(target.pointer + u"/provider/oidc/jwksJson"_s), jsonText(QString::fromLatin1(set))};
}

Edit ofFederationIssuer(const World& world, const setup::Target& target)
{
    const json::Value issuer = target.issuer.root(), jwks = issuer["jwks"];
    const QByteArray set = keySetOf(world, issuer["issuer_url"].text());
    if (jwks["type"].text() != "inline"_L1 || !jwks["keys"].isArray() || jwks["keys"].size() > 0 || set.isEmpty())
        return {};
    return {QString(target.pointer + u"/issuer/jwks/keys"_s), json::Document::read(set).root()["keys"].raw().toByteArray()};
}

} // namespace

base::Result<setup::Setup> withGivenKeys(const World& world)
{
    QList<Edit> edits;
    for (const setup::Target& target : world.setup.targets)
        for (const Edit& edit : {ofProvider(world, target), ofFederationIssuer(world, target)})
            if (!edit.pointer.isEmpty())
                edits.append(edit);
    return edits.isEmpty() ? base::Result<setup::Setup>(world.setup) : withEdits(world.setup, edits);
}

} // namespace lab
