// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signinform.h"

using namespace Qt::StringLiterals;

namespace lab {

void addHint(CredentialsPage& page, const World& world)
{
    if (world.setup.users.isEmpty())
        return;
    page.hintUser = world.setup.users.front().username;
    page.hintPassword = password(world.entropy, world.setup.users.front());
}

const setup::User* signedIn(const World& world, const http::Form& sent)
{
    const QString username = QString::fromUtf8(sent.value("username")).trimmed();
    for (const setup::User& user : world.setup.users) {
        if (user.username.compare(username, Qt::CaseInsensitive) == 0)
            return world.secrets.isPassword(user, sent.value("password")) ? &user : nullptr;
    }
    return nullptr;
}

QString wrongCredentials() { return u"Username or password is wrong. The lab's own are below."_s; }

} // namespace lab
