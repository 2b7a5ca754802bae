// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "userinfo.h"

#include "core/lab/jsontext.h"
#include "core/lab/mint.h"
#include "core/lab/reply.h"
#include "core/lab/resourceserver.h"
#include "core/trust/audience.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// Graph that asks for openid in place of User.Read.
setup::Target userInfoTarget(const setup::Setup& setup)
{
    const setup::App* graph = setup.appByAudience(setup::graphUri);
    return {.name = u"userinfo"_s,
        .kind = u"graph"_s,
        .resource = graph ? graph->name : QString(),
        .requiredScopes = {u"openid"_s, u"User.Read"_s}};
}

} // namespace

http::ServerResponse userInfo(const TenantCall& call)
{
    const World& world = call.world;
    const auto verdict = trust::decideBearer(world.setup, userInfoTarget(world.setup),
        call.request.headers.value("Authorization"), world.knowledge, call.now);
    const jose::Jwt token = bearerOf(call.request);
    const setup::User* user = world.setup.userByObjectId(token.text("oid"));
    if (verdict.decision != base::Decision::Accept || !user) {
        auto reply = jsonReply(401, JsonText().text("error", u"invalid_token"_s).done());
        addHeader(reply, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
        return reply;
    }
    // The subject is the id token's: pairwise for the client, not for Graph.
    const QString client = token.text("azp").isEmpty() ? token.text("appid") : token.text("azp");
    return jsonReply(200,
        JsonText()
            .text("sub", pairwiseSubject(*user, token.text("tid"), client))
            .text("name", user->displayName)
            .text("preferred_username", user->username)
            .text("email", user->username)
            .done());
}

} // namespace lab
