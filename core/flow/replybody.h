// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/http/message.h"

namespace flow {

/// A reply's body as a JSON tree, whatever its form, so that one pointer language picks from all of them: JSON as it is,
/// XML by element names (an element with children is an object, repeated ones an array, text a string; attributes and
/// namespaces are left out), a form by its parameters. Told by the media type, and by the first character where that
/// says nothing. What cannot be read gives an incomplete document.
json::Document replyTree(const http::Response& response);

/// The parameters of an authentication challenge as an object, the scheme under "scheme" (RFC 9110 section 11.6.1).
json::Document challengeTree(QByteArrayView header);

} // namespace flow
