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

/// What the setup itself says of the live issuer's keys; nothing where it says none.
QList<QByteArray> knownIds(const World& world, const QString& issuer)
{
    QList<QByteArray> out;
    for (const setup::Issuer& each : world.setup.issuers)
        if (each.issuer == issuer)
            for (json::Value key = each.keys.root()["keys"].first(); key; key = key.next())
                out.append(key["kid"].bytes().toByteArray());
    return out;
}

/// A key that an issuer may sign with: it can be read, and a signature may rest on it.
bool isUsable(const json::Value& jwk)
{
    const auto key = jose::Key::fromJwk(jwk);
    return key && key->weakness().isEmpty();
}

/// Whether the lab's own keys stand in for these: keys that may be the live issuer's, of which the setup does not know otherwise.
bool standsIn(const World& world, const json::Value& keys, const QString& issuer)
{
    if (!keys.isArray() || keySetOf(world, issuer).isEmpty())
        return false;
    const json::Document former = json::Document::read(formerKey());
    const QList<QByteArray> known = knownIds(world, issuer);
    bool usable = false;
    for (json::Value key = keys.first(); key; key = key.next()) {
        if (!key.isObject() || key["kid"].text() == former.root()["kid"].text())
            return false;
        usable |= isUsable(key) && (known.isEmpty() || known.contains(key["kid"].bytes().toByteArray()));
    }
    return usable;
}

Edit ofProvider(const World& world, const setup::Target& target)
{
    const json::Value oidc = target.provider.root()["oidc"];
    const auto given = json::Document::parse(oidc["jwksJson"].bytes().toByteArray());
    const QString issuer = oidc["issuerUri"].text();
    if (!given || !standsIn(world, given->root()["keys"], issuer))
        return {};
    return {QString(target.pointer + u"/provider/oidc/jwksJson"_s), jsonText(QString::fromLatin1(keySetOf(world, issuer)))};
}

Edit ofFederationIssuer(const World& world, const setup::Target& target)
{
    const json::Value jwks = target.issuer.root()["jwks"];
    const QString issuer = target.issuer.root()["issuer_url"].text();
    if (jwks["type"].text() != "inline"_L1 || !standsIn(world, jwks["keys"], issuer))
        return {};
    return {QString(target.pointer + u"/issuer/jwks/keys"_s), json::Document::read(keySetOf(world, issuer)).root()["keys"].raw().toByteArray()};
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
