// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/catalog/recognise.h"

namespace catalog {

/// What makes two exchanges the same: who asks whom for what, with which credential, and how it ended. A digest, which keeps
/// no secret.
QByteArray identity(const Seen& seen, const flow::Step& step, const Memory& memory);

/// The same without credentials, errors and tokens: who asks where for what, and with which status it ended.
QByteArray likeness(const Seen& seen, const flow::Step& step);

/// The tokens that an answer holds where the step expects them, in the order of its yields; empty texts where there is none.
QByteArrayList tokensIn(const Seen& seen, const flow::Step& step);

} // namespace catalog
