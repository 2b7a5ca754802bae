// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/key.h"

#include "core/jose/base64url.h"
#include "core/jose/openssl_p.h"

#if defined(Q_OS_LINUX)
#include <cerrno>
#include <sys/random.h>
#endif

namespace jose {

namespace {

QByteArray digestOf(QByteArrayView bytes, const EVP_MD* md)
{
    QByteArray out(EVP_MD_get_size(md), Qt::Uninitialized);
    EVP_Digest(bytes.data(), size_t(bytes.size()), octets(out), nullptr, md, nullptr);
    return out;
}

} // namespace

QByteArray sha256(QByteArrayView bytes) { return digestOf(bytes, EVP_sha256()); }

QByteArray x5t(QByteArrayView der) { return base64url(digestOf(der, EVP_sha1())); }

QByteArray x5tS256(QByteArrayView der) { return base64url(sha256(der)); }

QByteArray fingerprint(QByteArrayView bytes) { return sha256(bytes).toHex().first(16); }

QByteArray hmacSha256(QByteArrayView key, QByteArrayView bytes)
{
    static constexpr char none[] = "";
    QByteArray out(32, Qt::Uninitialized);
    EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.isEmpty() ? none : key.data(),
        size_t(key.size()), octets(bytes), size_t(bytes.size()), octets(out), size_t(out.size()), nullptr);
    return out;
}

QByteArray randomBytes(int count)
{
    QByteArray out(count, Qt::Uninitialized);
#if defined(Q_OS_LINUX)
    // The kernel's generator itself: OpenSSL's would first be seeded from it, which costs a window 2 ms of its start.
    for (int done = 0; done < count;) {
        const ssize_t got = getrandom(out.data() + done, size_t(count - done), 0);
        if (got < 0 && errno != EINTR)
            qFatal("the system's random generator does not work");
        done += got > 0 ? int(got) : 0;
    }
#else
    if (RAND_bytes(octets(out), count) != 1)
        qFatal("the system's random generator does not work");
#endif
    return out;
}

} // namespace jose
