// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "stage.h"

#include "core/chain/walk_p.h"

#include "core/catalog/catalog.h"
#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/setup/file.h"
#include "core/trust/evaluate.h"
#include "core/trust/principal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const jose::Key& signingKey()
{
    static const jose::Key key = [] {
        jose::Key made = jose::Key::generateRsa();
        made.kid = "stage";
        return made;
    }();
    return key;
}

const jose::Key& otherKey()
{
    static const jose::Key key = [] {
        jose::Key made = jose::Key::generateRsa();
        made.kid = "stage";
        return made;
    }();
    return key;
}

void put(QMap<QByteArray, QByteArray>& claims, const QByteArray& name, const QString& text)
{
    claims.insert(name, json::quoted(text));
}

const setup::App* resourceNamed(const setup::Setup& setup, QString asked)
{
    asked = asked.section(u' ', 0, 0);
    for (; !asked.isEmpty(); asked = asked.contains(u'/') ? asked.left(asked.lastIndexOf(u'/')) : QString())
        if (const setup::App* app = setup.appByAudience(asked))
            return app;
    return nullptr;
}

bool hasField(const flow::Step& step, const QByteArray& name)
{
    return std::ranges::any_of(step.body, [&](const flow::Field& f) { return f.name == name; });
}

/// The text of a field that stands in the setup; empty when it is made of something else.
QString fieldText(const flow::Step& step, const QByteArray& name)
{
    for (const flow::Field& field : step.body)
        if (const auto* text = std::get_if<flow::FromSetup>(&field.value.v); text && field.name == name)
            return text->text;
    return {};
}

/// {"a": {"b": value}} of "/a/b".
QByteArray nested(const QString& pointer, QByteArray value)
{
    QStringList names = pointer.split(u'/', Qt::SkipEmptyParts);
    const QString first = names.takeFirst();
    while (!names.isEmpty())
        value = '{' + json::quoted(names.takeLast()) + ": " + value + '}';
    return json::quoted(first) + ": " + value;
}
bool isIssuer(const setup::Target& target) { return target.kind == u"token-exchange" || target.kind == u"broker"; }

const setup::App* clientOf(const setup::Setup& setup, const flow::Step& step)
{
    if (const setup::App* app = setup.app(step.from.id))
        return app;
    const setup::FlowSpec* spec = setup.flows.isEmpty() ? nullptr : &setup.flows.front();
    const setup::Provider* provider = spec ? setup.provider(spec->client) : nullptr;
    return provider ? setup.appByClientId(provider->clientId) : nullptr;
}

} // namespace

namespace {

setup::Setup editedSample(const QString& sample, const Stage::Edits& edits)
{
    setup::Setup setup = setup::sample(sample).value();
    for (const auto& [pointer, value] : edits)
        setup = setup::edited(setup, pointer, value).value();
    return setup;
}

} // namespace

Stage::Stage(const QString& sample, const QString& flowId, const Edits& edits)
    : Stage(editedSample(sample, edits), flowId)
{
}

Stage::Stage(setup::Setup given, const QString& flowId)
    : setup(std::move(given))
{
    now = *base::fromRfc3339(u"2026-11-23T16:04:12Z");
    const catalog::Built built = catalog::flows(setup);
    for (const flow::Flow& each : built.flows)
        if (flow.steps.isEmpty() && (flowId.isEmpty() || each.id == flowId))
            flow = each;
    known = flow::freshIngredients();
    known.redirectUri = "http://127.0.0.1:51873/callback";
    known.now = now;
    run = {.setupId = setup.id, .flowId = flow.id, .against = u"lab"_s};
    m_keys.keys = {signingKey().publicPart()};
    if (const setup::Tenant* home = setup.home())
        for (const QString& issuer : {home->issuerV1(), home->issuerV2()})
            run.keys.insert(issuer, {.keys = m_keys, .url = home->keysUrl(), .fetched = now});
    knowledge = {.secret =
                     [this](const setup::App& app, QByteArrayView) {
                         const setup::Credential* secret = app.credential(setup::CredentialType::Secret);
                         const auto end = secret ? base::fromRfc3339(secret->expires) : std::nullopt;
                         return end && *end <= now ? trust::SecretState::Expired : trust::SecretState::Right;
                     },
        .keys = [this](const QString&) { return &m_keys; },
        .opaque = [this](QByteArrayView token) -> std::optional<trust::OpaqueGrant> {
            for (const setup::Target& target : setup.targets)
                if (auto grant = target.kind == u"google" ? chain::googleGrantIn(setup, target, run, token) : std::nullopt)
                    return grant;
            // What was minted last is what comes back.
            for (auto record = run.records.rbegin(); record != run.records.rend(); ++record) {
                const flow::Step* step = flow.step(record->stepId);
                const setup::Target* target = step ? setup.target(step->to.id) : nullptr;
                if (target && step->contract.kind == u"anthropic.exchange")
                    return trust::OpaqueGrant {target->name, target->serviceAccountId, u"workspace:inference"_s,
                        now + std::chrono::hours {1}};
            }
            return {};
        },
        .jtiUsed = [](const QString&, QByteArrayView) { return false; },
        .consented
        = [](const setup::App&, const setup::App&, const QStringList&, const QString&) { return false; }};
}

QByteArray Stage::signedToken(const QString& slot, Claims claims) const
{
    claims.insert("iat", QByteArray::number(base::epochSeconds(now) - 300));
    claims.insert("nbf", claims["iat"]);
    if (!claims.contains("exp"))
        claims.insert("exp", QByteArray::number(base::epochSeconds(now) + 3600));
    put(claims, "uti", u"kE4vPz0c9Uq1mBt7LhXyAA"_s);
    put(claims, "jti", u"id of "_s + slot);
    const Claims& over = m_overlays.value(slot);
    for (auto it = over.begin(); it != over.end(); ++it)
        claims.insert(it.key(), it.value());
    QByteArrayList members;
    for (auto it = claims.begin(); it != claims.end(); ++it)
        if (!it.value().isEmpty())
            members.append('"' + it.key() + "\":" + it.value());
    const QByteArray header = R"({"alg":"RS256","typ":"JWT","kid":"stage"})",
                     payload = '{' + members.join(',') + '}';
    return jose::signCompact(header, payload, forge ? otherKey() : signingKey(), *jose::algorithm("RS256"))
        .value();
}

Stage::Claims Stage::commonClaims(const setup::App* resource, const setup::App* client) const
{
    const setup::Tenant& tenant = *setup.home();
    const bool v2 = !resource || resource->requestedAccessTokenVersion == 2;
    Claims claims;
    put(claims, "tid", tenant.id);
    put(claims, "iss", v2 ? tenant.issuerV2() : tenant.issuerV1());
    put(claims, "ver", v2 ? u"2.0"_s : u"1.0"_s);
    if (resource)
        put(claims, "aud", v2 ? resource->clientId : resource->identifierUris.value(0));
    if (client)
        put(claims, v2 ? "azp" : "appid", client->clientId);
    return claims;
}

/// The platform hands out its own identity where the request names none.
const setup::ManagedIdentity& Stage::identityOf(const flow::Step& step, const flow::Yield& yield) const
{
    const bool named = std::ranges::any_of(step.query, [](const flow::Field& f) { return f.name == "client_id"; });
    const auto own = std::ranges::find_if(setup.managedIdentities,
        [](const setup::ManagedIdentity& i) { return i.systemAssigned && i.flavour != u"arc"; });
    const bool taken = !named && step.id.endsWith(u"managed-identity") && own != setup.managedIdentities.end();
    return taken ? *own : *setup.managedIdentity(yield.speaker.id);
}

void Stage::addIdentity(Claims& claims, const flow::Step& step, const flow::Yield& yield) const
{
    const setup::ManagedIdentity& identity = identityOf(step, yield);
    put(claims, "sub", identity.objectId);
    put(claims, "oid", identity.objectId);
    put(claims, "azp", identity.clientId);
    put(claims, "idtyp", u"app"_s);
    put(claims, "xms_mirid", identity.resourceId);
    claims.insert("exp", QByteArray::number(base::epochSeconds(now) - 300 + 86400)); // a day from iat
}

void Stage::addBlueprint(Claims& claims, const flow::Step& step, const setup::App& client) const
{
    put(claims, "oid", client.objectId);
    put(claims, "sub", trust::exchangeSubject(setup.home()->id, client.clientId, fieldText(step, "fmi_path")));
    put(claims, "idtyp", u"app"_s);
    put(claims, "azpacr", hasField(step, "client_secret") ? u"1"_s : u"2"_s);
}

void Stage::addAccess(Claims& claims, const flow::Yield& yield, const setup::App* resource,
    const setup::App& client, bool forUser, const QString& userAsked) const
{
    const setup::User* user
        = setup.user(yield.speaker.kind == flow::PartyKind::User ? yield.speaker.id : userAsked);
    put(claims, "idtyp", forUser ? u"user"_s : u"app"_s);
    put(claims, "oid", forUser ? user->objectId : client.objectId);
    put(claims, "sub", forUser ? u"pairwise-subject-of-the-user"_s : client.objectId);
    QByteArrayList roles;
    for (const setup::Permission& permission : client.permissions)
        if (!forUser && resource && permission.resource == resource->name)
            for (const QString& role : permission.roles)
                roles.append(json::quoted(role));
    if (!roles.isEmpty())
        claims.insert("roles", '[' + roles.join(',') + ']');
    if (forUser)
        put(claims, "scp", resource ? resource->delegatedScopes.join(u' ') : QString());
    if (yield.use == flow::TokenUse::Id) {
        put(claims, "aud", client.clientId);
        put(claims, "nonce", QString::fromLatin1(known.nonce));
        put(claims, "preferred_username", user->username);
        put(claims, "iss", setup.home()->issuerV2());
    }
    const setup::App* parent = setup.app(client.parent);
    if (!parent)
        return;
    put(claims, "azpacr", u"2"_s);
    put(claims, "xms_par_app_azp", parent->clientId);
    put(claims, "xms_act_fct", u"11 14"_s);
    if (!forUser)
        put(claims, "xms_sub_fct", u"11"_s);
    else if (!user->agent.isEmpty())
        put(claims, "xms_sub_fct", u"13"_s);
}

QString Stage::userOf(const flow::Step& step) const
{
    const QString named = fieldText(step, "username");
    for (const setup::User& user : setup.users)
        if (user.username == named)
            return user.name;
    return u"alice"_s;
}

QByteArray Stage::outsideToken(const flow::Step& step, const flow::Yield& yield) const
{
    const setup::Issuer& issuer = *setup.issuer(yield.speaker.id);
    Claims claims;
    put(claims, "iss", issuer.issuer);
    put(claims, "sub", issuer.subject);
    put(claims, "aud", step.audienceAsked);
    for (json::Value each = issuer.claims.root().first(); each; each = each.next())
        claims.insert(each.key().toByteArray(), each.isNull() ? QByteArray() : each.raw().toByteArray());
    return signedToken(yield.slot, claims);
}

/// What a token exchange or a broker issues: its own issuer, subject by object id.
QByteArray Stage::exchanged(const flow::Step& step, const flow::Yield& yield, const setup::Target& issuer) const
{
    Claims claims;
    const setup::User* user = setup.user(yield.speaker.id);
    const setup::App* app = setup.app(yield.speaker.id);
    put(claims, "iss", issuer.url);
    put(claims, "aud", step.audienceAsked.isEmpty() ? issuer.audience : step.audienceAsked);
    put(claims, "sub", user ? user->objectId : app ? app->objectId : u"somebody"_s);
    put(claims, "client_id", issuer.clientId);
    put(claims, "scope", issuer.scopes.join(u' '));
    if (hasField(step, "actor_token"))
        claims.insert("act", "{\"sub\":" + json::quoted(clientOf(setup, step)->objectId) + '}');
    return signedToken(yield.slot, claims);
}

QByteArray Stage::mint(const flow::Step& step, const flow::Yield& yield) const
{
    using flow::PartyKind;
    if (yield.use == flow::TokenUse::Refresh)
        return "0.AX0-refresh-token-of-the-stage";
    if (step.contract.kind.startsWith(u"google."_s))
        return "ya29.of-the-stage-" + step.id.toUtf8();
    if (const setup::Target* issuer = setup.target(step.to.id); issuer && isIssuer(*issuer))
        return exchanged(step, yield, *issuer);
    if (yield.speaker.kind == PartyKind::Downstream)
        return "sk-ant-oat01-the-token-of-the-stage";
    if (yield.speaker.kind == PartyKind::Outside)
        return outsideToken(step, yield);
    if (const setup::Target* server = step.contract.kind == u"mcp.token" ? setup.target(setup.flow(flow.id)->target) : nullptr) {
        Claims claims;
        put(claims, "iss", server->authorizationServer);
        put(claims, "aud", server->url);
        put(claims, "sub", setup.users.front().objectId);
        put(claims, "scope", server->scopes.value(0));
        return signedToken(yield.slot, claims);
    }
    const setup::App* resource = resourceNamed(setup, step.audienceAsked);
    const setup::App* client = clientOf(setup, step);
    Claims claims = commonClaims(resource, client);
    if (yield.speaker.kind == PartyKind::ManagedIdentity)
        addIdentity(claims, step, yield);
    else if (yield.speaker.kind == PartyKind::Blueprint)
        addBlueprint(claims, step, *client);
    else
        addAccess(claims, yield, resource, *client,
            yield.speaker.kind == PartyKind::User || hasField(step, "assertion") || hasField(step, "username"), userOf(step));
    return signedToken(yield.slot, claims);
}

/// The way to a token of an MCP server: challenges in headers, documents as the setup has them.
std::optional<http::Response> Stage::onTheWayToMcp(const flow::Step& step) const
{
    const setup::Target* server = setup.target(step.to.id);
    if (step.explain == u"mcp-challenge" || step.explain == u"mcp-step-up")
        return http::Response {.status = step.welcome.first(),
            .headers = {{"WWW-Authenticate", "Bearer resource_metadata=\"https://x.example/meta\", scope=\"tools.use claims.close\""}}};
    if (step.explain == u"mcp-resource-metadata")
        return http::Response {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = server->metadata.source()};
    if (step.welcome.contains(404))
        return http::Response {.status = 404};
    return {};
}

http::Response Stage::accepted(const flow::Step& step) const
{
    if (step.interactive)
        return redirected("code=the-code&state=" + known.state);
    if (auto response = onTheWayToMcp(step))
        return *response;
    if (step.explain == u"mcp-call-tool")
        return {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = R"({"result":{"content":[{"text":"done"}]}})"};
    if (step.explain == u"mcp-initialize")
        return {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = R"({"result":{"protocolVersion":"2025-11-25"}})"};
    if (step.welcome.contains(401)) // a vault's challenge
        return {.status = 401,
            .headers = {{"Content-Type", "application/json"}, {"WWW-Authenticate", R"(Bearer authorization="https://login.example/t", resource="https://vault.azure.net")"}},
            .body = R"({"error": {"code": "Unauthorized", "message": "AKV10000: No token."}})"};
    if (!step.welcome.isEmpty())
        return {.status = step.welcome.front(), .headers = {{"Content-Type", "application/json"}}, .body = R"({"error": {"code": "Forbidden", "message": "No."}})"};
    QByteArrayList members {R"("expires_in": 3600)"};
    for (const flow::Yield& yield : step.yields) {
        const QByteArray value = yield.token ? mint(step, yield) : QByteArray("https://login.example/x");
        if (yield.pointer.isEmpty())
            return {.status = 200, .headers = {{"Content-Type", "text/plain"}}, .body = value};
        members.append(nested(yield.pointer, json::quoted(QString::fromUtf8(value))));
    }
    if (const setup::Issuer* issuer = setup.issuer(step.to.id); issuer && step.id == u"issuer-metadata")
        members.append("\"issuer\": " + json::quoted(issuer->issuer));
    if (step.explain == u"mcp-server-metadata" || step.explain == u"mcp-client-document")
        for (const flow::Expectation& each : step.expects) {
            if (const auto* text = std::get_if<flow::FromSetup>(&each.value.v); text && each.how == flow::Expectation::How::Equals)
                members.append(json::quoted(each.name.mid(1)) + ": " + json::quoted(text->text));
            else if (each.how == flow::Expectation::How::Equals)
                members.append(json::quoted(each.name.mid(1)) + ": " + std::get<flow::Literal>(each.value.v).text);
        }
    if (step.id == u"discover" && !setup.providers.isEmpty())
        members.append("\"issuer\": " + json::quoted(setup.providers.first().issuer));
    if (step.id == u"exchange-metadata")
        members.append("\"issuer\": " + json::quoted(setup.target(step.to.id)->url));
    return {.status = 200,
        .headers = {{"Content-Type", "application/json"}},
        .body = '{' + members.join(", ") + '}'};
}

http::Response Stage::redirected(const QByteArray& query) const
{
    return {.status = 302, .headers = {{"Location", known.redirectUri + '?' + query}}};
}

http::Response Stage::refused(const base::Verdict& verdict) const
{
    const base::Refusal no
        = verdict.refusal.value_or(base::Refusal {.status = 400, .error = u"invalid_request"_s});
    const QString text = no.code.isEmpty() ? no.text : QString(no.code + u": "_s + no.text);
    const QByteArray body
        = "{\"error\": " + json::quoted(no.error) + ", \"error_description\": " + json::quoted(text) + '}';
    return {.status = no.status, .headers = {{"Content-Type", "application/json"}}, .body = body};
}

void Stage::keep(const flow::StepRecord& record)
{
    for (const flow::Token& token : record.tokens)
        known.tokens.insert(token.slot, token.raw);
    for (auto it = record.values.begin(); it != record.values.end(); ++it)
        known.values.insert(it.key(), it.value());
    run.records.append(record);
}

flow::StepRecord& Stage::receive(
    const QString& id, std::optional<http::Response> response, std::optional<http::Failure> failure)
{
    const flow::Step& step = *flow.step(id);
    http::Exchange exchange {.response = std::move(response), .failure = std::move(failure), .started = now};
    const auto resolved = flow::resolve(step, known);
    if (resolved)
        exchange.request = resolved->request;
    const auto predicted = resolved ? chain::predict(setup, step, exchange.request, run, now) : std::nullopt;
    flow::StepRecord record = flow::collect(step, std::move(exchange), known);
    record.predicted = predicted;
    keep(record);
    return run.records.back();
}

flow::StepRecord& Stage::send(const QString& id)
{
    const flow::Step& step = *flow.step(id);
    const auto resolved = flow::resolve(step, known);
    std::optional<base::Verdict> verdict;
    if (resolved && !step.contract.kind.isEmpty())
        verdict = trust::evaluate(step.contract, setup, resolved->request, knowledge, now);
    const bool no = verdict && verdict->decision == base::Decision::Refuse;
    const QByteArray denial
        = "error=access_denied&error_description=AADSTS65004%3A+declined&state=" + known.state;
    // A redirect URI that is not trusted gets a page, and nothing comes back.
    const bool page = no && step.interactive && verdict->decisive()->id == u"redirect_uri";
    const http::Failure stopped {http::Failure::Kind::Cancelled, u"Sign-in cancelled. Nothing was sent."_s};
    flow::StepRecord& record = page ? receive(id, {}, stopped)
        : !no                       ? receive(id, accepted(step))
        : step.interactive          ? receive(id, redirected(denial))
                                    : receive(id, refused(*verdict));
    if (lab)
        record.truth = verdict;
    return record;
}

void Stage::walk(const QString& last)
{
    for (const flow::Step& step : flow.steps) {
        if (send(step.id).state != flow::StepState::Accepted || step.id == last)
            return;
    }
}

QList<base::Finding> Stage::findings() const
{
    const chain::Chain derived = chain();
    return diagnosis::lint({.setup = setup, .flow = &flow, .run = &run, .chain = &derived, .now = now});
}

QList<base::Finding> Stage::setupFindings() const { return diagnosis::lint({.setup = setup, .now = now}); }

QStringList Stage::ids(const QList<base::Finding>& findings, base::Severity least)
{
    QStringList found;
    for (const base::Finding& each : findings)
        if (each.severity >= least)
            found.append(each.rule);
    return found;
}
