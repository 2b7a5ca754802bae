// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/exchange.h"

namespace catalog {

/// Parameters that an authorization answer may consist of, and the address that they came to.
struct BroughtAnswer
{
    QByteArray url {};
    http::Form form {};
};

/// What an exchange may bring to a sign-in: in its redirect, its own address, or a form that the browser posted.
QList<BroughtAnswer> broughtAnswers(const http::Exchange& exchange);

} // namespace catalog
