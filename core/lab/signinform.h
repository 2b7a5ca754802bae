// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/message.h"
#include "core/lab/pages.h"
#include "core/lab/world.h"

namespace lab {

/// The user of a lab signs in by what stands on the page: there is nobody to protect from.
void addHint(CredentialsPage& page, const World& world);

/// Whose username and password were sent; nullptr when they do not fit.
const setup::User* signedIn(const World& world, const http::Form& sent);

/// What the page says when it is shown again.
QString wrongCredentials();

} // namespace lab
