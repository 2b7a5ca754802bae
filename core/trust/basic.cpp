// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "basic_p.h"

#include "core/http/message.h"

namespace trust {

std::optional<Basic> readBasic(QByteArrayView header)
{
    const QByteArrayView prefix = "basic ";
    if (header.size() <= prefix.size() || header.first(prefix.size()).toByteArray().toLower() != prefix)
        return {};
    const auto read = QByteArray::fromBase64Encoding(header.sliced(prefix.size()).trimmed().toByteArray());
    const qsizetype colon = read.decoded.indexOf(':');
    if (!read || colon < 0)
        return {};
    return Basic {http::percentDecoded(QByteArrayView(read.decoded).first(colon), true),
                  http::percentDecoded(QByteArrayView(read.decoded).sliced(colon + 1), true)};
}

} // namespace trust
