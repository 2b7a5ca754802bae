// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// RapidJSON as the reader of documents uses it: with SSE2 where there is any, which reads in whole blocks of
// 16 bytes and needs as many behind the text. Its namespace is our own, so that other files may use RapidJSON
// as it comes (one definition of everything, whatever the macros).

#define RAPIDJSON_NAMESPACE documentjson
#ifdef __SSE2__
#define RAPIDJSON_SSE2
#endif

#include <rapidjson/error/error.h>
#include <rapidjson/reader.h>

namespace json {

constexpr int bytesBehindText = 16;

} // namespace json
