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

/// Whether the lab's own keys stand in for these.
bool standsIn(const json::Value& keys, const QByteArray& own)
{
    if (!keys.isArray() || own.isEmpty())
        return false;
    const json::Document former = json::Document::read(formerKey());
    for (json::Value key = keys.first(); key; key = key.next())
        if (!key.isObject() || key["kid"].text() == former.root()["kid"].text())
            return false;
    return true;
}

Edit ofProvider(const World& world, const setup::Target& target)
{
    const json::Value oidc = target.provider.root()["oidc"];
    const auto given = json::Document::parse(oidc["jwksJson"].bytes().toByteArray());
    const QByteArray set = keySetOf(world, oidc["issuerUri"].text());
    if (!given || !standsIn(given->root()["keys"], set))
        return {};
    return {QString(target.pointer + u"/provider/oidc/jwksJson"_s), jsonText(QString::fromLatin1(set))};
}

Edit ofFederationIssuer(const World& world, const setup::Target& target)
{
    const json::Value issuer = target.issuer.root(), jwks = issuer["jwks"];
    const QByteArray set = keySetOf(world, issuer["issuer_url"].text());
    if (jwks["type"].text() != "inline"_L1 || !standsIn(jwks["keys"], set))
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
