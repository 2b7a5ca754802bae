// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/json.h"
#include "core/jose/base64url.h"
#include "core/jose/key_p.h"

using namespace Qt::StringLiterals;

/// Writing JWK (RFC 7517, RFC 7518 section 6, RFC 8037 section 2) and what its thumbprint is taken of (RFC
/// 7638).
namespace jose {

namespace {

/// Writes {"name":"value",...}; values are JSON already or become strings.
struct ObjectWriter
{
    QByteArray out = "{"_ba;

    void raw(QByteArrayView name, const QByteArray& value)
    {
        if (out.size() > 1)
            out += ',';
        out += '"' + name.toByteArray() + "\":" + value;
    }
    void text(QByteArrayView name, const QByteArray& value)
    {
        if (!value.isEmpty())
            raw(name, json::quoted(QString::fromUtf8(value)));
    }
    void bytes(QByteArrayView name, const QByteArray& value)
    {
        if (!value.isEmpty())
            raw(name, '"' + base64url(value) + '"');
    }
    QByteArray done() const { return out + '}'; }
};

QByteArray rawOkpBytes(const EVP_PKEY* key, bool isPrivate)
{
    const auto get = isPrivate ? EVP_PKEY_get_raw_private_key : EVP_PKEY_get_raw_public_key;
    size_t size = 0;
    get(key, nullptr, &size);
    QByteArray out(qsizetype(size), Qt::Uninitialized);
    get(key, octets(out), &size);
    return out;
}

QByteArray kty(KeyType type)
{
    switch (type) {
    case KeyType::Rsa:
        return "RSA";
    case KeyType::Ec:
        return "EC";
    case KeyType::Okp:
        return "OKP";
    case KeyType::Oct:
        return "oct";
    }
    return {};
}

void writeDescription(ObjectWriter& json, const Key& key)
{
    json.text("kty", kty(key.type()));
    json.text("use", key.use);
    json.text("alg", key.alg);
    json.text("kid", key.kid);
    json.text("x5t", key.x5t);
}

int coordinateSize(const Key& key)
{
    const Curve* c = curve(key.curve());
    return c ? c->size : 0;
}

void writePublic(ObjectWriter& json, const Key& key)
{
    EVP_PKEY* handle = key.handle();
    json.text("crv", key.curve());
    if (key.type() == KeyType::Rsa) {
        for (const RsaNumber& number : rsaPublic)
            json.bytes(number.jwk, numberOf(handle, number.openssl));
    } else if (key.type() == KeyType::Ec) {
        json.bytes("x", numberOf(handle, OSSL_PKEY_PARAM_EC_PUB_X, coordinateSize(key)));
        json.bytes("y", numberOf(handle, OSSL_PKEY_PARAM_EC_PUB_Y, coordinateSize(key)));
    } else if (key.type() == KeyType::Okp) {
        json.bytes("x", rawOkpBytes(handle, false));
    }
}

void writePrivate(ObjectWriter& json, const Key& key)
{
    EVP_PKEY* handle = key.handle();
    if (key.type() == KeyType::Rsa) {
        json.bytes("d", numberOf(handle, OSSL_PKEY_PARAM_RSA_D));
        for (const RsaNumber& number : rsaFactors)
            json.bytes(number.jwk, numberOf(handle, number.openssl));
    } else if (key.type() == KeyType::Ec) {
        json.bytes("d", numberOf(handle, OSSL_PKEY_PARAM_PRIV_KEY, coordinateSize(key)));
    } else if (key.type() == KeyType::Okp) {
        json.bytes("d", rawOkpBytes(handle, true));
    } else {
        json.bytes("k", key.secretBytes().toByteArray());
    }
}

void writeOrigin(ObjectWriter& json, const Key& key)
{
    QByteArray certificates;
    for (const QByteArray& der : key.x5c)
        certificates += (certificates.isEmpty() ? "\"" : ",\"") + der.toBase64() + '"';
    if (!certificates.isEmpty())
        json.raw("x5c", '[' + certificates + ']');
    json.text("issuer", key.issuer.toUtf8());
}

} // namespace

QByteArray Key::toPublicJwk() const
{
    ObjectWriter json;
    writeDescription(json, *this);
    writePublic(json, *this);
    writeOrigin(json, *this);
    return json.done();
}

QByteArray Key::toPrivateJwk() const
{
    ObjectWriter json;
    writeDescription(json, *this);
    writePublic(json, *this);
    if (m_private)
        writePrivate(json, *this);
    writeOrigin(json, *this);
    return json.done();
}

/// The required members only, in the order of their names, without blanks.
QByteArray Key::thumbprintInput() const
{
    ObjectWriter json;
    if (m_type == KeyType::Rsa) {
        json.bytes("e", numberOf(m_key, OSSL_PKEY_PARAM_RSA_E));
        json.text("kty", kty(m_type));
        json.bytes("n", numberOf(m_key, OSSL_PKEY_PARAM_RSA_N));
    } else if (m_type == KeyType::Oct) {
        json.bytes("k", m_secret);
        json.text("kty", kty(m_type));
    } else {
        json.text("crv", m_curve);
        json.text("kty", kty(m_type));
        json.bytes("x",
            m_type == KeyType::Okp ? rawOkpBytes(m_key, false)
                                   : numberOf(m_key, OSSL_PKEY_PARAM_EC_PUB_X, coordinateSize(*this)));
        if (m_type == KeyType::Ec)
            json.bytes("y", numberOf(m_key, OSSL_PKEY_PARAM_EC_PUB_Y, coordinateSize(*this)));
    }
    return json.done();
}

} // namespace jose
