// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "site.h"

namespace http {

QByteArray serverOf(const UrlParts& url)
{
    const QByteArray scheme = url.scheme.toLower();
    const bool usual = url.port < 0 || (url.port == 443 && (scheme == "https" || scheme == "wss")) || (url.port == 80 && (scheme == "http" || scheme == "ws"));
    return usual ? url.host.toLower() : url.host.toLower() + ':' + QByteArray::number(url.port);
}

QByteArray serverOf(QByteArrayView url) { return serverOf(splitUrl(url)); }
QByteArray siteOf(const UrlParts& url) { return url.scheme.toLower() + "://" + serverOf(url); }
QByteArray siteOf(QByteArrayView url) { return siteOf(splitUrl(url)); }

} // namespace http
