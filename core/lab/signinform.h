// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/message.h"
#include "core/lab/pages.h"
#include "core/lab/world.h"

namespace lab {

/// The user of a lab signs in by what stands on the page: there is nobody to protect from.
void addHint(CredentialsPage& page, const World& world);

/// What came of a sign-in form.
struct SignInTry
{
    const setup::User* user = nullptr; ///< whose username and password were sent; nullptr when they do not fit
    QString message {};                ///< what the page says when it is shown again
    const setup::User* guessedAt = nullptr;
    std::optional<GuessPause> pause {}; ///< of guessedAt: the password was not looked at
};
SignInTry trySignIn(World& world, const http::Form& sent);

/// `page` is the form once more, with the message; after too many wrong passwords it says when to come again.
http::ServerResponse refusedSignIn(World& world, const SignInTry& attempt, http::ServerResponse page);

} // namespace lab
