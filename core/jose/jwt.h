// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/jose/key.h"

#include <QByteArray>
#include <QStringList>

namespace jose {

/// A compact token taken apart, nothing of it believed. Everything readable is here, exactly as it stands.
struct Jwt
{
    QByteArray raw {};
    QByteArray headerPart {};    ///< base64url as received
    QByteArray payloadPart {};
    QByteArray signaturePart {};
    json::Document header {};
    json::Document payload {};
    QByteArray signature {};     ///< decoded
    QStringList problems {};     ///< one line each
    QStringList faults {};       ///< those of the problems that a strict receiver refuses
    int parts = 0;               ///< 3 for JWS, 5 for JWE

    bool isJwt() const { return parts == 3 && header.root().isObject(); }
    bool isJwe() const { return parts == 5 && header.root().isObject(); }
    json::Value claim(QByteArrayView name) const { return payload.root()[name]; }
    QString text(QByteArrayView name) const { return claim(name).text(); }
    QByteArrayView signingInput() const;
};

/// Lenient: padding, wrong alphabet, blanks, line breaks, a "Bearer " prefix, truncation, invalid JSON, duplicate members
/// and numbers beyond 2^53 are shown and listed. Over 1 MB only the beginning is looked at, and that is said.
Jwt decode(QByteArrayView token);

/// What the verifier was told to demand. Empty members are not demanded, and reported as not checked.
struct Expectation
{
    QString issuer {};
    QStringList audiences {};     ///< any one
    QList<QByteArray> algs {};    ///< accepted algorithms; empty = whatever the key allows
    QList<QByteArray> types {};   ///< accepted `typ`; empty = "JWT", "at+jwt" or none
    std::chrono::seconds leeway {0};
    base::Instant now {};
    QString keySource {};         ///< for the report: "the issuer's key set, fetched 16:03", "--keys file"
};

enum class Verified { NotChecked, Refused, Verified };

struct Verification
{
    Verified outcome = Verified::NotChecked;
    /// Always: form, algorithm, key, signature, type, issuer, audience, notBefore, issuedAt, expires, in this order. Before
    /// issuer come crit and header.jwk, header.jku, header.x5c, header.x5u when the header has something of the kind.
    QList<base::Check> checks {};
};

/// Whether a text begins as a JOSE object in compact form does: base64url of "{", and a header is an object behind it. Most
/// begin with the letters of {" ("eyJ"); those laid out with white space after the brace (RFC 7515, 4) do not, and have to be
/// whole to be told from a word with dots in it.
bool beginsAsToken(QByteArrayView text);

/// Strict, and complete: never stops at the first failure. The algorithm is the key's and the caller's choice, the header
/// can only agree; jwk, jku, x5c, x5u in the header are named and ignored (RFC 8725). `Verified` only when signature,
/// key source, algorithm, type, times and every expectation given were checked and passed. A token without `exp` never is:
/// everything judged here lives for a limited time. `NotChecked` when no keys are given.
Verification verify(const Jwt& token, const KeySet& keys, const Expectation& expected);

/// Whether a published key may sign for the token's issuer. Entra names the issuer in its keys: with `{tenantid}` the key is
/// every tenant's, else that one's alone (Microsoft: access tokens, validate the signing key issuer). A key that names none may.
bool isKeyOfIssuer(const Key& key, const Jwt& token);

/// Just the signature over the token's own bytes. False for any disagreement of key and algorithm.
bool signatureHolds(const Jwt& token, const Key& key, const Algorithm& alg);

} // namespace jose
