// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace app {

/// No core dumps and no reading of this process by others of the same user, before any secret is read; and an end in words
/// when memory runs out. What is not portable sits here and nowhere else.
void harden();

} // namespace app
