// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/jose/key.h"

namespace jose {

/// A private key and the certificate around its public half, out of one text.
struct KeyPair
{
    Key key {};
    Key certificate {}; ///< isNull() when the text holds the key alone
};

/// PEM with a private key, with or without certificates before or behind it; or PKCS#12 (RFC 7292), as bytes or as
/// base64. Errors: "pem-none", "pem-private", "pkcs12-password", "pkcs12-unreadable", "pkcs12-key", and those of Key.
base::Result<KeyPair> readKeyPair(QByteArrayView text, QByteArrayView password = {});
/// Whether the text is PKCS#12 rather than PEM.
bool isPkcs12(QByteArrayView text);
/// The pair as PEM without a password, as the secret store keeps it.
QByteArray toPem(const KeyPair& pair);

/// What a certificate says of itself.
struct CertificateFacts
{
    QString subject {};         ///< RFC 2253: "CN=claims-batch,O=Harbour"
    base::Instant notBefore {};
    base::Instant notAfter {};
};

/// The DER of the first certificate in a PEM text; empty when there is none.
QByteArray certificateDer(const QByteArray& pem);
/// Of a DER certificate. Error "pem-certificate".
base::Result<CertificateFacts> certificateFacts(QByteArrayView der);

} // namespace jose
