// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "actor_p.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr int deepest = 32; // a chain of delegations; a longer one is an attack, not a history

} // namespace

QStringList actorsIn(const jose::Jwt& token)
{
    QStringList out;
    json::Value act = token.claim("act");
    for (int depth = 0; act.isObject() && depth < deepest; ++depth) {
        out += act["sub"].text();
        act = act["act"];
    }
    return out;
}

void checkActor(Sheet& sheet, const jose::Jwt& token, const setup::Target& target, const Answer& denied)
{
    if (!target.settings.root()["requireActor"].boolean())
        return;
    const QStringList actors = actorsIn(token);
    sheet.hold({.id = u"actor"_s, .title = u"Actor"_s, .expected = u"somebody who acts for the subject"_s,
                .presented = actors.isEmpty() ? u"no claim act"_s : actors.join(u", before it "_s),
                .relation = u"named"_s,
                .fix = u"Let the exchange name the actor: send actor_token, and issue a token with act."_s,
                .presentedFrom = u"claim act"_s, .expectedFrom = u"settings of the API"_s,
                .source = u"RFC 8693, 4.1"_s},
               !actors.isEmpty() && !actors.front().isEmpty(), denied);
}

} // namespace trust
