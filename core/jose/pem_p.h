// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/key.h"
#include "core/jose/openssl_p.h"

#include <optional>

namespace jose {

struct PemBlock
{
    QByteArray name {}; ///< "PUBLIC KEY"
    QByteArray der {};
    bool encrypted = false;
};

/// The next block in a text; never asks for a passphrase.
std::optional<PemBlock> nextBlock(BIO* from);
/// Each block's key or why there is none.
QList<base::Result<Key>> readPemBlocks(QByteArrayView pem, qsizetype most);

} // namespace jose
