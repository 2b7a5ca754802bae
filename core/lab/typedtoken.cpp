// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "typedtoken.h"

#include "core/jose/algorithm.h"
#include "core/jose/jws.h"

namespace lab {

QByteArray typedToken(const Signer& signer, const QByteArray& payload, const QByteArray& type)
{
    const QByteArray header = R"({"typ":")" + type + R"(","alg":")" + signer.algorithm() + R"(","kid":")" + signer.key().kid + R"("})";
    const auto made = jose::signCompact(header, payload, signer.key(), *jose::algorithm(signer.algorithm()));
    return made ? *made : QByteArray();
}

} // namespace lab
