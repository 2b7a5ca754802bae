// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// The only header that includes OpenSSL.

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace jose {

template <auto Free>
struct Freeing
{
    template <typename T>
    void operator()(T* p) const
    {
        Free(p);
    }
};
template <typename T, auto Free>
using Owned = std::unique_ptr<T, Freeing<Free>>;

using Bio = Owned<BIO, BIO_free_all>;
using Bn = Owned<BIGNUM, BN_clear_free>;
using BnCtx = Owned<BN_CTX, BN_CTX_free>;
using EcGroup = Owned<EC_GROUP, EC_GROUP_free>;
using EcPoint = Owned<EC_POINT, EC_POINT_free>;
using Pkey = Owned<EVP_PKEY, EVP_PKEY_free>;
using PkeyCtx = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using MdCtx = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Md = Owned<EVP_MD, EVP_MD_free>;
using Mac = Owned<EVP_MAC, EVP_MAC_free>;
using MacCtx = Owned<EVP_MAC_CTX, EVP_MAC_CTX_free>;
using ParamBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Params = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using Certificate = Owned<X509, X509_free>;

inline const uchar* octets(QByteArrayView bytes) { return reinterpret_cast<const uchar*>(bytes.data()); }
inline uchar* octets(QByteArray& bytes) { return reinterpret_cast<uchar*>(bytes.data()); }

inline Bn bignum(QByteArrayView bytes) { return Bn(BN_bin2bn(octets(bytes), int(bytes.size()), nullptr)); }

/// The number in big-endian bytes, padded to `size` (0: as many as needed).
inline QByteArray bytesOf(const BIGNUM* number, int size = 0)
{
    QByteArray out(size > 0 ? size : BN_num_bytes(number), Qt::Uninitialized);
    return BN_bn2binpad(number, octets(out), int(out.size())) < 0 ? QByteArray() : out;
}

/// One number of a key by its OpenSSL name.
inline QByteArray numberOf(const EVP_PKEY* key, const char* name, int size = 0)
{
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1)
        return {};
    return bytesOf(Bn(number).get(), size);
}

/// Failed calls leave entries in OpenSSL's queue of the thread; nobody may find those of another call.
struct QuietErrors
{
    QuietErrors() { ERR_clear_error(); }
    ~QuietErrors() { ERR_clear_error(); }
};

} // namespace jose
