// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "userfic_p.h"

#include "core/trust/assertion_p.h"
#include "core/trust/codes.h"
#include "core/trust/compare.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& page()
{
    static const QString text = u"Microsoft: agent identities, agent user OAuth flow"_s;
    return text;
}

/// The token in `user_federated_identity_credential`: the agent's own exchange token, T2 (entra.md 7.4).
TokenDemand demand()
{
    return {.word = u"agent's exchange token"_s, .algorithms = {}, .leeway = std::chrono::minutes {5},
            .form = &aadsts(50027), .algorithm = &aadsts(50013), .key = &aadsts(50013), .signature = &aadsts(50013),
            .time = &aadsts(500133), .source = page()};
}

/// Both tokens have to be this very agent's: "the same client id in both phases".
void checkSpeaker(TokenCase& c, const jose::Jwt& token)
{
    const CompareHints hints {.setup = &c.setup, .presenter = u"token"_s, .contract = u"agent"_s, .azp = callerOf(token),
                              .oid = token.text("oid"), .requestIsWrong = true};
    c.sheet.add(compared({.id = u"agent"_s, .title = u"Agent"_s,
                          .fix = u"Get the token with the agent's own client id, for the exchange audience."_s,
                          .presentedFrom = u"claim azp"_s, .expectedFrom = u"client_id in the request"_s, .source = page()},
                         callerOf(token), c.decision.client->clientId, hints),
                aadsts(70000));
}

void checkExchangeAudience(TokenCase& c, const jose::Jwt& token)
{
    const QStringList audiences = audiencesOf(token);
    const QString expected = setup::exchangeAudienceGuid.toString();
    c.sheet.add(compared({.id = u"audience"_s, .title = u"Audience"_s,
                          .fix = u"Ask for this token with the scope of the exchange audience."_s,
                          .fixValue = u"api://AzureADTokenExchange/.default"_s, .presentedFrom = u"claim aud"_s,
                          .expectedFrom = u"exchange audience"_s, .source = page()},
                         audiences.contains(expected) ? expected : audiences.value(0), expected,
                         {.setup = &c.setup, .presenter = u"token"_s, .contract = u"exchange"_s, .audience = true, .requestIsWrong = true}),
                aadsts(70000));
}

void checkAgentToken(TokenCase& c)
{
    const jose::Jwt token = jose::decode(c.request.form.value("user_federated_identity_credential"));
    TokenDemand wanted = demand();
    wanted.ownClock = isEntraIssued(token) && !c.knowledge.receiver;
    c.sheet.begin(u"The agent's exchange token"_s);
    checkForm(c.sheet, token, wanted);
    const QString iss = token.text("iss");
    checkSignature(c.sheet, token, iss, c.decision.tenant && iss == c.decision.tenant->issuerV2(), c.knowledge, wanted);
    checkTimes(c.sheet, token, c.now, wanted);
    checkSpeaker(c, token);
    checkExchangeAudience(c, token);
}

/// A user name where an object id belongs was answered with a server error in the field, so it is here.
bool checkUserId(TokenCase& c, const QString& id)
{
    static const QRegularExpression guid(u"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\z"_s);
    return c.sheet.hold({.id = u"user_id"_s, .title = u"User's object id"_s, .expected = u"a GUID"_s, .presented = id,
                         .relation = u"a GUID"_s, .fix = u"Send the object id as user_id, or the user name as username."_s,
                         .presentedFrom = u"user_id in the request"_s, .source = page()},
                        guid.match(id).hasMatch(), aadsts(50000));
}

const setup::User* userOf(const TokenCase& c, const QString& id, const QString& name)
{
    const auto it = std::ranges::find_if(c.setup.users, [&](const setup::User& user) {
        return id.isEmpty() ? user.username.compare(name, Qt::CaseInsensitive) == 0
                            : user.objectId.compare(id, Qt::CaseInsensitive) == 0;
    });
    return it == c.setup.users.end() ? nullptr : &*it;
}

/// An agent user belongs to one agent identity, and only that one can speak as it.
void checkParentOfUser(TokenCase& c, const setup::User& user)
{
    const bool own = user.agent == c.decision.client->name;
    base::Check check {.id = u"user.parent"_s, .title = u"Agent of the user"_s, .expected = c.decision.client->displayName,
                       .presented = user.agent.isEmpty() ? u"none: an ordinary user"_s : user.agent, .relation = u"this agent"_s,
                       .fix = u"Name the agent user that belongs to this agent identity."_s,
                       .presentedFrom = u"identityParentId of the user"_s, .expectedFrom = u"client_id in the request"_s, .source = page()};
    if (own)
        check.presented = check.expected;
    c.sheet.hold(std::move(check), own, aadsts(70000));
}

void checkUser(TokenCase& c)
{
    const QString id = c.text("user_id"), name = c.text("username");
    if (id.isEmpty() && !checkParameter(c, "username"))
        return;
    if (!id.isEmpty() && !checkUserId(c, id))
        return;
    const setup::User* user = userOf(c, id, name);
    c.sheet.hold({.id = u"user"_s, .title = u"Agent user"_s, .expected = user ? user->username : u"a user of the tenant"_s,
                  .presented = id.isEmpty() ? name : id, .relation = u"known"_s, .fix = u"Name an agent user of this tenant."_s,
                  .presentedFrom = id.isEmpty() ? u"username in the request"_s : u"user_id in the request"_s,
                  .expectedFrom = u"users of the tenant"_s, .source = page()},
                 user, aadsts(50034));
    if (!user)
        return;
    checkParentOfUser(c, *user);
    c.decision.userObjectId = user->objectId;
}

/// Entra's number for an ordinary application is not known.
constexpr Answer agentsAlone {0, 400, "unauthorized_client",
    "The grant user_fic is for agent identities. The application is none."};

/// Grants: the agent identity alone has this one (entra.md 7.6).
void checkCaller(TokenCase& c)
{
    const bool agent = c.decision.client->kind == setup::AppKind::Agent;
    const bool blueprint = c.decision.client->kind == setup::AppKind::Blueprint;
    c.sheet.hold({.id = u"client.kind"_s, .title = u"Kind of the caller"_s, .expected = u"an agent identity"_s,
                  .presented = agent ? u"an agent identity"_s : blueprint ? u"an agent blueprint"_s : u"an ordinary application"_s,
                  .relation = u"may use this grant"_s,
                  .fix = u"Let the agent identity ask, with its blueprint's exchange token as client_assertion."_s,
                  .expectedFrom = u"client_id in the request"_s, .source = page()},
                 agent, blueprint ? aadsts(82002) : agentsAlone);
}

} // namespace

void checkUserFic(TokenCase& c)
{
    checkCaller(c);
    if (checkParameter(c, "user_federated_identity_credential"))
        checkAgentToken(c);
    c.sheet.begin(u"The user"_s);
    checkUser(c);
    c.sheet.begin(u"The request"_s);
    if (!checkParameter(c, "scope"))
        return;
    checkScopes(c, readScopes(c.text("scope"), c.setup));
    checkConsent(c);
}

} // namespace trust
