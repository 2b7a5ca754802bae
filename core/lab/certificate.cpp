// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "certificate.h"

#include "core/jose/openssl_p.h"

#include <openssl/x509v3.h>

#include <span>

namespace lab {

using jose::Bio;
using jose::Certificate;
using jose::Pkey;

namespace {

constexpr long day = 24 * 60 * 60;

struct Extension
{
    int nid;
    const char* value;
};

constexpr Extension authorityExtensions[] {
    {NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
    {NID_key_usage, "critical,keyCertSign,cRLSign"},
    {NID_subject_key_identifier, "hash"},
};
constexpr Extension serverExtensions[] {
    {NID_basic_constraints, "critical,CA:FALSE"},
    {NID_key_usage, "critical,digitalSignature"},
    {NID_ext_key_usage, "serverAuth"},
    {NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1"},
    {NID_subject_key_identifier, "hash"},
    {NID_authority_key_identifier, "keyid"},
};
constexpr Extension signerExtensions[] {
    {NID_basic_constraints, "critical,CA:FALSE"},
    {NID_key_usage, "critical,digitalSignature"},
    {NID_subject_key_identifier, "hash"},
};

QByteArray textOf(BIO* bio)
{
    char* start = nullptr;
    const long size = BIO_get_mem_data(bio, &start);
    return {start, size};
}

QByteArray pemOf(X509* certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return textOf(bio.get());
}

QByteArray derOf(X509* certificate)
{
    QByteArray out(i2d_X509(certificate, nullptr), Qt::Uninitialized);
    uchar* to = jose::octets(out);
    i2d_X509(certificate, &to);
    return out;
}

Certificate readCertificate(const QByteArray& pem)
{
    const Bio bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    return Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

Pkey readKey(const QByteArray& pem)
{
    const Bio bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    return Pkey(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

/// What all certificates share: version 3, serial number, name, key.
Certificate blank(const jose::Key& key, const QByteArray& commonName)
{
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    const jose::Bn serial = jose::bignum(jose::sha256(key.toPublicPem()).first(15)); // same key, same number
    BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate.get()));
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, jose::octets("Trustwalk lab"), -1, -1, 0);
    X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_UTF8, jose::octets(commonName), int(commonName.size()), -1, 0);
    X509_set_pubkey(certificate.get(), key.handle());
    return certificate;
}

/// Servers: from an hour ago, since clocks differ, for a month.
void validNow(X509* certificate)
{
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60 * 60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 30 * day);
}

/// Signing keys: dates that do not depend on the day, so that a seeded run has the same key identifiers each
/// time.
void validAlways(X509* certificate)
{
    ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), "20240101000000Z");
    ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), "20491231235959Z");
}

/// A year that ends then.
void validUntil(X509* certificate, base::Instant end)
{
    const qint64 seconds = base::epochSeconds(end);
    ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(seconds - 365 * day));
    ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(seconds));
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuerKey, std::span<const Extension> extensions)
{
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    X509V3_CTX context {};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    for (const Extension& e : extensions) {
        X509_EXTENSION* made = X509V3_EXT_nconf_nid(nullptr, &context, e.nid, e.value);
        X509_add_ext(certificate, made, -1);
        X509_EXTENSION_free(made);
    }
    X509_sign(certificate, issuerKey, EVP_sha256());
}

Certified certified(X509* certificate, QByteArray keyPem)
{
    return {.certificatePem = pemOf(certificate), .der = derOf(certificate), .keyPem = std::move(keyPem)};
}

} // namespace

Certified makeAuthority()
{
    const jose::Key key = jose::Key::generateEc();
    const Certificate made = blank(key, "Trustwalk lab authority");
    validNow(made.get());
    sign(made.get(), made.get(), key.handle(), authorityExtensions);
    return certified(made.get(), key.toPrivatePem());
}

Certified makeServerCertificate(const Certified& authority)
{
    const jose::Key key = jose::Key::generateEc();
    const Certificate made = blank(key, "localhost");
    validNow(made.get());
    sign(made.get(), readCertificate(authority.certificatePem).get(), readKey(authority.keyPem).get(),
        serverExtensions);
    return certified(made.get(), key.toPrivatePem());
}

Certified certify(const jose::Key& key, const QByteArray& commonName, std::optional<base::Instant> end)
{
    const Certificate made = blank(key, commonName);
    if (end)
        validUntil(made.get(), *end);
    else
        validAlways(made.get());
    sign(made.get(), made.get(), key.handle(), signerExtensions);
    return certified(made.get(), {});
}

} // namespace lab
