// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/keypair.h"

#include "core/jose/key_p.h"
#include "core/jose/pem_p.h"

#include <openssl/pkcs12.h>

using namespace Qt::StringLiterals;

namespace jose {

namespace {

constexpr qsizetype mostBlocks = 10; ///< a key and its chain

using Pkcs12 = Owned<PKCS12, PKCS12_free>;

QByteArray derOf(const X509* certificate)
{
    QByteArray der(i2d_X509(certificate, nullptr), Qt::Uninitialized);
    uchar* to = octets(der);
    i2d_X509(certificate, &to);
    return der;
}

base::Result<Key> certificateKey(const X509* certificate)
{
    auto key = KeyReader::adopt(Pkey(X509_get_pubkey(const_cast<X509*>(certificate))), false);
    if (key) {
        const QByteArray der = derOf(certificate);
        key->x5c = {der};
        key->x5t = x5t(der);
    }
    return key;
}

/// Not every failure is a wrong password: files of old programs are encrypted with what OpenSSL 3 no longer loads.
base::Error whyNot(PKCS12* file, QByteArrayView password)
{
    const QByteArray given = password.toByteArray();
    const bool fits = PKCS12_mac_present(file) == 0 || PKCS12_verify_mac(file, given.constData(), int(given.size())) == 1
        || (given.isEmpty() && PKCS12_verify_mac(file, nullptr, 0) == 1);
    if (!fits)
        return {u"pkcs12-password"_s, u"The PKCS#12 file is protected by a password, and this one does not open it."_s, {}};
    return {u"pkcs12-unreadable"_s,
        u"The PKCS#12 file is encrypted in a way that is no longer supported. Export it again with AES-256."_s, {}};
}

base::Result<KeyPair> pairIn(PKCS12* file, QByteArrayView password)
{
    EVP_PKEY* key = nullptr;
    X509* certificate = nullptr;
    if (PKCS12_parse(file, password.toByteArray().constData(), &key, &certificate, nullptr) != 1)
        return tl::unexpected(whyNot(file, password));
    Pkey ownedKey(key);
    const Certificate ownedCertificate(certificate);
    if (!key)
        return base::fail(u"pkcs12-key"_s, u"The PKCS#12 file holds no private key."_s);
    auto read = KeyReader::adopt(std::move(ownedKey), true);
    if (!read)
        return tl::unexpected(read.error());
    KeyPair pair {.key = std::move(*read)};
    if (certificate) {
        auto around = certificateKey(certificate);
        if (!around)
            return tl::unexpected(around.error());
        pair.certificate = std::move(*around);
    }
    return pair;
}

/// The bytes of a PKCS#12 file, whether they came as they are or as base64.
QByteArray bytesOfPkcs12(QByteArrayView text)
{
    if (text.startsWith('\x30')) // a DER sequence
        return text.toByteArray();
    return QByteArray::fromBase64(text.toByteArray().simplified().replace(' ', ""));
}

base::Result<KeyPair> fromPkcs12(QByteArrayView text, QByteArrayView password)
{
    const QuietErrors quiet;
    const QByteArray bytes = bytesOfPkcs12(text);
    const uchar* at = octets(bytes);
    const Pkcs12 file(d2i_PKCS12(nullptr, &at, long(bytes.size())));
    if (!file)
        return base::fail(u"pkcs12-unreadable"_s, u"The text is neither PEM nor PKCS#12."_s);
    return pairIn(file.get(), password);
}

/// The certificate that is around this key: a chain may come along.
Key around(const Key& key, const QList<Key>& certificates)
{
    for (const Key& certificate : certificates)
        if (certificate.thumbprint() == key.thumbprint())
            return certificate;
    return {};
}

/// A field of one line turns line breaks into blanks; PEM wants them back.
QByteArray unfolded(QByteArrayView text)
{
    if (text.contains('\n'))
        return text.toByteArray();
    QByteArray out = text.toByteArray().replace(" -----END", "\n-----END").replace("----- ", "-----\n");
    for (qsizetype at = 0; (at = out.indexOf(' ', at)) >= 0; ++at) {
        const qsizetype dashes = out.lastIndexOf("-----", at), line = out.lastIndexOf('\n', at);
        if (dashes <= line) // not within "-----BEGIN PRIVATE KEY-----"
            out[at] = '\n';
    }
    return out;
}

base::Result<KeyPair> fromPem(QByteArrayView text)
{
    KeyPair pair;
    QList<Key> certificates;
    for (auto& block : readPemBlocks(unfolded(text), mostBlocks)) {
        if (!block)
            return tl::unexpected(block.error());
        if (block->isPrivate() && pair.key.isNull())
            pair.key = std::move(*block);
        else if (!block->x5c.isEmpty())
            certificates.append(std::move(*block));
    }
    if (pair.key.isNull())
        return base::fail(u"pem-private"_s, u"The text holds no private key. A certificate alone cannot sign."_s);
    pair.certificate = around(pair.key, certificates);
    return pair;
}

base::Instant instantOf(const ASN1_TIME* time)
{
    const Owned<ASN1_TIME, ASN1_TIME_free> epoch(ASN1_TIME_set(nullptr, 0));
    int days = 0, seconds = 0;
    ASN1_TIME_diff(&days, &seconds, epoch.get(), time);
    return base::fromEpochSeconds(qint64(days) * 24 * 60 * 60 + seconds);
}

QString nameOf(const X509_NAME* name)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QString::fromUtf8(data, qsizetype(size));
}

} // namespace

bool isPkcs12(QByteArrayView text) { return !text.isEmpty() && !text.toByteArray().contains("-----BEGIN"); }

base::Result<KeyPair> readKeyPair(QByteArrayView text, QByteArrayView password)
{
    if (text.trimmed().isEmpty())
        return base::fail(u"pem-none"_s, u"There is no key in the text."_s);
    return isPkcs12(text) ? fromPkcs12(text, password) : fromPem(text);
}

QByteArray toPem(const KeyPair& pair)
{
    QByteArray text = pair.key.toPrivatePem();
    if (!pair.certificate.x5c.isEmpty())
        text += "-----BEGIN CERTIFICATE-----\n" + pair.certificate.x5c.first().toBase64() + "\n-----END CERTIFICATE-----\n";
    return text;
}

QByteArray certificateDer(const QByteArray& pem)
{
    constexpr QByteArrayView begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
    const qsizetype from = pem.indexOf(begin), to = pem.indexOf(end);
    return from < 0 || to < from ? QByteArray() : QByteArray::fromBase64(pem.sliced(from + begin.size(), to - from - begin.size()));
}

base::Result<CertificateFacts> certificateFacts(QByteArrayView der)
{
    const QuietErrors quiet;
    const uchar* at = octets(der);
    const Certificate certificate(d2i_X509(nullptr, &at, long(der.size())));
    if (!certificate)
        return base::fail(u"pem-certificate"_s, u"The certificate cannot be read."_s);
    return CertificateFacts {.subject = nameOf(X509_get_subject_name(certificate.get())),
        .notBefore = instantOf(X509_get0_notBefore(certificate.get())),
        .notAfter = instantOf(X509_get0_notAfter(certificate.get()))};
}

} // namespace jose
