// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/message.h"

namespace http {

/// Host and port as the name of a server, equal for equal servers: lower case, without who asks, without the port that the
/// scheme has anyway (RFC 3986, 3.2.1, 6.2.2.1 and 6.2.3).
QByteArray serverOf(const UrlParts& url);
QByteArray serverOf(QByteArrayView url);
/// The same with the scheme: an origin.
QByteArray siteOf(const UrlParts& url);
QByteArray siteOf(QByteArrayView url);

} // namespace http
