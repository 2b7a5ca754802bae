// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/base/rapidjson_p.h"

/// Where JSON reading failed, put into words.
namespace json {

/// Deeper nesting is refused: no honest document needs it, and recursive readers downstream would die of it.
constexpr int mostLevels = 512;

struct Fault
{
    QString code {}; ///< "json-syntax", "json-depth"
    QString text {}; ///< "A comma is missing before "targets"."
    qsizetype offset = 0;
};

/// `inside` is what the innermost open container is (Null: none).
Fault fault(documentjson::ParseErrorCode code, qsizetype offset, const QByteArray& source, Type inside);

Position positionOf(QByteArrayView source, qsizetype offset);
/// "Line 17, column 9: a comma is missing before "targets"."
QString sentence(const Fault& fault, const QByteArray& source);

/// Offset of the first byte that is not UTF-8 (RFC 3629), or -1.
qsizetype firstInvalidUtf8(QByteArrayView bytes);

} // namespace json
