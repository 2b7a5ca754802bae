// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/resolve.h"

namespace flow {

/// The client assertion a value describes, signed with its key (RFC 7523 section 3, Microsoft: certificate credentials).
/// A preview without secrets has everything but the
/// signature: its third part is empty. Errors: "secret-missing", "certificate-key", and those of reading a key.
base::Result<QByteArray> assertionOf(const SignedAssertion& what, const Ingredients& known);

/// AWS Signature Version 4 over a finished request: adds x-amz-date, x-amz-security-token, x-amz-content-sha256 and
/// Authorization. Error "not-yet" when an earlier step has not brought the credentials.
base::Result<void> signRequest(const RequestSignature& how, http::Request& request, const Ingredients& known);

/// The hexadecimal signature alone (AWS General Reference, "Create a signed AWS API request"): headers are the ones to
/// sign, lower case and sorted here.
QByteArray awsSignature(const http::Request& request, const http::Headers& headers, QByteArrayView secret,
    QByteArrayView date, QByteArrayView region, QByteArrayView service);

} // namespace flow
