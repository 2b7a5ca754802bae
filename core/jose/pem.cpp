// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/key_p.h"
#include "core/jose/pem_p.h"

#include <array>

using namespace Qt::StringLiterals;

namespace jose {

namespace {

using Read = base::Result<Key>;

Bio reading(QByteArrayView bytes) { return Bio(BIO_new_mem_buf(bytes.data(), int(bytes.size()))); }

QByteArray contents(const Bio& bio)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, qsizetype(size)};
}

Read readCertificate(const QByteArray& der)
{
    const uchar* at = octets(der);
    const Certificate certificate(d2i_X509(nullptr, &at, long(der.size())));
    if (!certificate)
        return base::fail(u"pem-certificate"_s, u"The certificate cannot be read."_s);
    Read key = KeyReader::adopt(Pkey(X509_get_pubkey(certificate.get())), false);
    if (key) {
        key->x5c = {der};
        key->x5t = x5t(der);
    }
    return key;
}

Read readPublic(const QByteArray& der)
{
    const uchar* at = octets(der);
    return KeyReader::adopt(Pkey(d2i_PUBKEY(nullptr, &at, long(der.size()))), false);
}

Read readRsaPublic(const QByteArray& der)
{
    const uchar* at = octets(der);
    return KeyReader::adopt(Pkey(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, long(der.size()))), false);
}

Read readPrivate(const QByteArray& der)
{
    const uchar* at = octets(der);
    return KeyReader::adopt(Pkey(d2i_AutoPrivateKey(nullptr, &at, long(der.size()))), true);
}

Read readEncrypted(const QByteArray&)
{
    return base::fail(u"pem-encrypted"_s, u"The private key is encrypted. Decrypt it first."_s);
}

struct BlockKind
{
    QByteArrayView name;
    Read (*read)(const QByteArray& der);
};
constexpr std::array kinds {
    BlockKind {"CERTIFICATE", readCertificate},
    BlockKind {"PUBLIC KEY", readPublic},
    BlockKind {"RSA PUBLIC KEY", readRsaPublic},
    BlockKind {"PRIVATE KEY", readPrivate},
    BlockKind {"RSA PRIVATE KEY", readPrivate},
    BlockKind {"EC PRIVATE KEY", readPrivate},
    BlockKind {"ENCRYPTED PRIVATE KEY", readEncrypted},
};

Read readBlock(const PemBlock& block)
{
    const QuietErrors quiet;
    if (block.encrypted)
        return readEncrypted(block.der);
    const auto kind = std::ranges::find(kinds, QByteArrayView(block.name), &BlockKind::name);
    if (kind == kinds.end())
        return base::fail(
            u"pem-kind"_s, u"A PEM block \"%1\" holds no key."_s.arg(QString::fromUtf8(block.name)));
    return kind->read(block.der);
}

} // namespace

std::optional<PemBlock> nextBlock(BIO* from)
{
    const QuietErrors quiet;
    char* name = nullptr;
    char* header = nullptr;
    uchar* data = nullptr;
    long size = 0;
    if (PEM_read_bio(from, &name, &header, &data, &size) != 1)
        return {};
    PemBlock block {
        name, QByteArray(reinterpret_cast<char*>(data), qsizetype(size)), header && *header != '\0'};
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_clear_free(data, size_t(size));
    return block;
}

QList<base::Result<Key>> readPemBlocks(QByteArrayView pem, qsizetype most)
{
    QList<Read> out;
    const Bio bio = reading(pem);
    while (out.size() < most) {
        auto block = nextBlock(bio.get());
        if (!block)
            break;
        if (block->name != "EC PARAMETERS") // stands before traditional EC keys and says nothing they do not
            out.append(readBlock(*block));
        if (block->der.isDetached())
            OPENSSL_cleanse(block->der.data(), size_t(block->der.size()));
    }
    return out;
}

base::Result<Key> Key::fromPem(QByteArrayView pem)
{
    const auto blocks = readPemBlocks(pem, 1);
    if (blocks.isEmpty())
        return base::fail(
            u"pem-none"_s, u"There is no PEM block in the text. One begins with \"-----BEGIN\"."_s);
    return blocks.first();
}

QByteArray Key::toPublicPem() const
{
    const Bio bio(BIO_new(BIO_s_mem()));
    return m_key && PEM_write_bio_PUBKEY(bio.get(), m_key) == 1 ? contents(bio) : QByteArray();
}

QByteArray Key::toPrivatePem() const
{
    const Bio bio(BIO_new(BIO_s_mem()));
    const bool written = m_key && m_private
        && PEM_write_bio_PKCS8PrivateKey(bio.get(), m_key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
    return written ? contents(bio) : QByteArray();
}

} // namespace jose
