// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/aws.h"

namespace trust {

/// "AWS4-HMAC-SHA256 Credential=<key>/<day>/<region>/<service>/aws4_request, SignedHeaders=a;b, Signature=<hex>"
struct AwsAuthorization
{
    QByteArray keyId {};
    QByteArray date {};
    QByteArray region {};
    QByteArray service {};
    QByteArrayList signedHeaders {};
    QByteArray signature {};
    QStringList missing {}; ///< names of parts that are not there
};
AwsAuthorization awsAuthorizationOf(QByteArrayView header);

/// The request as its signer saw it, rebuilt from what arrived and the list of signed headers.
struct AwsCanonical
{
    QByteArray text {};
    QByteArrayList missing {}; ///< signed headers that did not arrive
};
AwsCanonical awsCanonicalRequest(const AwsCall& call, const AwsAuthorization& authorization);

/// The hexadecimal signature that belongs to it.
QByteArray awsSignatureOf(const AwsCanonical& request, const AwsAuthorization& authorization, QByteArrayView date,
    QByteArrayView secret);

} // namespace trust
