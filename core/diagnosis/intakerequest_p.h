// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/intake.h"
#include "core/http/message.h"

namespace diagnosis {

/// What can be said about a request from its address and its parameters: which one it is, and what is wrong with it
/// before any receiver answers.
Item requestItem(const QByteArray& url, const http::Form& parameters);
/// What the whole call shows beyond that: a header or a member that is missing, a token for somebody else, the wrong kind of body.
void noteCall(Item& item, const QByteArray& url, const http::Headers& headers, const QByteArray& body);
/// Whether these are parameters of an OAuth request, of its answer, or of a metadata service.
bool isOAuth(const http::Form& parameters);

} // namespace diagnosis
