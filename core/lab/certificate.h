// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/jose/key.h"

#include <QByteArray>

namespace lab {

struct Certified
{
    QByteArray certificatePem {};
    QByteArray der {};
    QByteArray keyPem {}; ///< PKCS#8; empty where the caller brought the key
};

/// A fresh certificate authority (P-256, CA:TRUE) for one run of the lab.
Certified makeAuthority();
/// A server certificate of that authority for 127.0.0.1, localhost and ::1.
Certified makeServerCertificate(const Certified& authority);
/// A self-signed certificate around a key that exists: credentials of apps, and the x5c of signing keys. `end`: when it
/// is over; a year before that it begins. Without it, dates that do not depend on the day.
Certified certify(const jose::Key& key, const QByteArray& commonName, std::optional<base::Instant> end = {});

} // namespace lab
