// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/jose/jwt.h"

#include <algorithm>

/// What the verifier's tests share: one issuer's keys and a token that is right in every respect.
namespace tokens {

constexpr qint64 now = 1'800'000'000;

inline const jose::Key& rsaKey()
{
    static const jose::Key key = jose::Key::fromSeed(jose::KeyType::Rsa, "tokens").value();
    return key;
}

inline const jose::Key& ecKey()
{
    static const jose::Key key = jose::Key::fromSeed(jose::KeyType::Ec, "tokens").value();
    return key;
}

inline jose::Key named(jose::Key key, const QByteArray& kid)
{
    key.kid = kid;
    return key;
}

inline jose::Expectation expectation()
{
    return {.issuer = QStringLiteral("https://issuer.test/v2.0"),
        .audiences = {QStringLiteral("api://trustwalk")},
        .now = base::fromEpochSeconds(now),
        .keySource = QStringLiteral("test")};
}

inline QByteArray payload()
{
    return R"({"iss":"https://issuer.test/v2.0","aud":"api://trustwalk","sub":"s","iat":1799999000,"nbf":1799999000,"exp":1800001000})";
}

/// Signed over exactly these texts, whatever the header says.
inline QByteArray token(
    const QByteArray& header, const QByteArray& claims, const jose::Key& key, const char* alg)
{
    return jose::signCompact(header, claims, key, *jose::algorithm(alg)).value();
}

inline QByteArray unsignedToken(
    const QByteArray& header, const QByteArray& claims, const QByteArray& signature)
{
    return jose::base64url(header) + '.' + jose::base64url(claims) + '.' + jose::base64url(signature);
}

inline const base::Check* check(const jose::Verification& verification, const QString& id)
{
    const auto it = std::ranges::find(verification.checks, id, &base::Check::id);
    return it == verification.checks.end() ? nullptr : &*it;
}

/// Ids of all failed checks, in order.
inline QString failed(const jose::Verification& verification)
{
    QStringList ids;
    for (const base::Check& one : verification.checks) {
        if (one.outcome == base::Outcome::Fail)
            ids += one.id;
    }
    return ids.join(QLatin1Char(' '));
}

} // namespace tokens
