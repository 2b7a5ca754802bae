// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/key.h"

namespace keys {

using namespace Qt::StringLiterals;
using jose::Key;
using jose::KeyType;

/// A private key of a kind: "RSA", "Ed25519", or an EC curve.
inline Key made(const QString& kind)
{
    if (kind == u"RSA")
        return Key::fromSeed(KeyType::Rsa, "test").value();
    if (kind == u"Ed25519")
        return Key::generateEd25519();
    return Key::generateEc(kind.toLatin1());
}

inline base::Result<Key> fromJwk(const QByteArray& jwk)
{
    return json::Document::parse(jwk).and_then(
        [](const json::Document& doc) { return Key::fromJwk(doc.root()); });
}

} // namespace keys
