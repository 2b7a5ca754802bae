// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signinform.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lab {

void addHint(CredentialsPage& page, const World& world)
{
    const auto person = std::ranges::find_if(world.setup.users, [](const setup::User& user) { return user.agent.isEmpty(); });
    if (person == world.setup.users.end())
        return;
    page.hintUser = person->username;
    page.hintPassword = password(world.entropy, *person);
}

namespace {

QString wrongCredentials() { return u"Username or password is wrong. The lab's own are below."_s; }

const setup::User* userNamed(const World& world, const QByteArray& username)
{
    const QString name = QString::fromUtf8(username).trimmed();
    for (const setup::User& user : world.setup.users) {
        if (user.username.compare(name, Qt::CaseInsensitive) == 0)
            return &user;
    }
    return nullptr;
}

/// A user's password is the same on the pages of every server.
GuessCall guessed(World& world, const setup::User& user)
{
    return {world, u"sign-in"_s, user.objectId, world.now()};
}

} // namespace

SignInTry trySignIn(World& world, const http::Form& sent)
{
    const setup::User* user = userNamed(world, sent.value("username"));
    if (!user)
        return {.message = wrongCredentials()};
    if (!user->agent.isEmpty()) // no interactive sign-in for any agent object (entra.md 7.6)
        return {.message = u"This is the user of an agent, and signs in nowhere. Its agent asks with the grant user_fic."_s};
    const GuessCall call = guessed(world, *user);
    if (auto pause = guessPause(call))
        return {.message = pause->refusal().text, .guessedAt = user, .pause = std::move(pause)};
    const QByteArray password = sent.value("password");
    if (world.secrets.isPassword(*user, password))
        return {.user = user};
    noteGuess(call, password);
    return {.message = wrongCredentials()};
}

http::ServerResponse refusedSignIn(World& world, const SignInTry& attempt, http::ServerResponse page)
{
    return attempt.pause ? pausedReply(guessed(world, *attempt.guessedAt), *attempt.pause, std::move(page)) : page;
}

} // namespace lab
