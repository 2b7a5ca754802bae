// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/catalog/recognise.h"

namespace catalog {

/// What makes two exchanges the same: who asks whom for what, with which credential, and how it ended. A digest, which keeps
/// no secret.
QByteArray identity(const Seen& seen, const flow::Step& step, const Memory& memory);

} // namespace catalog
