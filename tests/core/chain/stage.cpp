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

/// {"a": {"b": value}} of "/a/b".
QByteArray nested(const QString& pointer, QByteArray value)
{
    QStringList names = pointer.split(u'/', Qt::SkipEmptyParts);
    const QString first = names.takeFirst();
    while (!names.isEmpty())
        value = '{' + json::quoted(names.takeLast()) + ": " + value + '}';
    return json::quoted(first) + ": " + value;
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
    const auto type = std::ranges::find(step.expects, u"token_type"_s, &flow::Expectation::id);
    if (type != step.expects.end())
        members.append("\"token_type\": \"" + std::get<flow::Literal>(type->value.v).text + '"');
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
