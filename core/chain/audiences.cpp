// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/walk_p.h"

#include "core/trust/mcp.h"
#include "core/trust/keyvault.h"
#include "core/trust/audience.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

/// What a receiver takes as audience, and how it is called in the ledger.
struct Accepts
{
    QStringList audiences {};
    QString by {};
    QString unreadable {}; ///< why the audience cannot be compared; empty when it can
    bool mapsTwins = false; ///< Entra takes the exchange audience's URI and GUID as one
};

const setup::Target* targetOf(const Walk& walk, const flow::Step& step)
{
    return walk.setup.target(step.to.id);
}

Accepts byFederatedCredential(const setup::App& app, const QString& name)
{
    const auto named = std::ranges::find(app.credentials, name, &setup::Credential::name);
    const setup::Credential* credential
        = named != app.credentials.end() ? &*named : app.credential(setup::CredentialType::Federated);
    if (!credential)
        return {.by = app.displayName, .unreadable = u"no federated credential"_s};
    return {.audiences = credential->audiences, .by = u"credential "_s + credential->name, .mapsTwins = true};
}

/// As grant (on behalf of): the token is meant for whoever presents it, for an agent it is meant for its
/// blueprint.
Accepts byPresenter(const Walk& walk, const setup::App& app)
{
    const setup::App* parent = walk.setup.app(app.parent);
    const setup::App& meant = app.kind == setup::AppKind::Agent && parent ? *parent : app;
    return {.audiences = QStringList {meant.clientId} + meant.identifierUris,
        .by = u"Entra, for "_s + (meant.displayName.isEmpty() ? meant.name : meant.displayName)};
}

Accepts byTokenEndpoint(const Walk& walk, const flow::Step& step, const QString& slot)
{
    const setup::App* app = walk.setup.app(step.from.id);
    if (!app)
        return {.by = step.to.title, .unreadable = u"not in the setup"_s};
    if (fieldCarrying(step, slot) != "client_assertion")
        return byPresenter(walk, *app);
    if (app->kind == setup::AppKind::Agent)
        return {.audiences = {setup::exchangeAudienceGuid.toString()},
            .by = u"Entra, agent's client assertion"_s,
            .mapsTwins = true};
    return byFederatedCredential(*app, step.contractName);
}

Accepts byApi(const Walk& walk, const flow::Step& step, const QString&)
{
    const setup::Target* target = targetOf(walk, step);
    if (!target)
        return {.by = step.to.title, .unreadable = u"not in the setup"_s};
    if (!target->validAudiences.isEmpty())
        return {.audiences = target->validAudiences, .by = step.to.title};
    if (target->kind == u"graph")
        return {.audiences = {setup::graphUri.toString(), QString(setup::graphUri + QStringLiteral("/")),
                    setup::graphGuid.toString()},
            .by = step.to.title};
    const setup::App* resource = walk.setup.app(target->resource);
    if (!resource)
        return {.by = step.to.title, .unreadable = u"names no audience"_s};
    // As an API that lists nothing validates: what its own resource app has Entra write into aud.
    return {.audiences = resource->requestedAccessTokenVersion == 1 ? resource->identifierUris
                                                                    : QStringList {resource->clientId},
        .by = step.to.title};
}

Accepts byRule(const Walk& walk, const flow::Step& step, const QString&)
{
    const setup::Target* target = targetOf(walk, step);
    const json::Value rule = target ? target->rule.root() : json::Value();
    const QString by = u"rule "_s + rule["id"].text();
    const QString audience = rule["match"]["audience"].text();
    if (audience.isEmpty())
        return {.by = by, .unreadable = u"the rule names no audience"_s};
    return {.audiences = {audience}, .by = by};
}

Accepts byWorkspace(const Walk& walk, const flow::Step& step, const QString&)
{
    const setup::Target* target = targetOf(walk, step);
    const QString workspace = target ? target->workspaceId : QString();
    return {.audiences = {u"workspace "_s + (workspace.isEmpty() ? u"default"_s : workspace)},
        .by = step.to.title + u" API"_s,
        .unreadable = u"bound to one workspace"_s};
}

Accepts byClientIds(const Walk& walk, const flow::Step& step, const QString&)
{
    const setup::Target* target = targetOf(walk, step);
    const json::Value provider = target ? target->provider.root() : json::Value();
    Accepts out {.by = u"OIDC provider "_s + provider["Url"].text()};
    for (json::Value id = provider["ClientIDList"].first(); id; id = id.next())
        out.audiences.append(id.text());
    return out;
}

Accepts bySession(const Walk&, const flow::Step& step, const QString&)
{
    return {.audiences = {u"session of "_s + step.contractName}, .by = step.to.title, .unreadable = u"bound to one role session"_s};
}

const setup::Target* targetByContract(const Walk& walk, const flow::Step& step)
{
    const auto it = std::ranges::find(walk.setup.targets, step.contract.pointer, &setup::Target::pointer);
    return it == walk.setup.targets.end() ? nullptr : &*it;
}

/// Without a list of its own a provider takes its resource name, with and without the scheme.
Accepts byGoogleProvider(const Walk& walk, const flow::Step& step, const QString&)
{
    const setup::Target* target = targetByContract(walk, step);
    if (!target)
        return {.by = step.to.title, .unreadable = u"not in the setup"_s};
    Accepts out {.by = u"provider "_s + step.contractName};
    const json::Value provider = target->provider.root();
    for (json::Value each = provider["oidc"]["allowedAudiences"].first(); each; each = each.next())
        out.audiences.append(each.text());
    if (out.audiences.isEmpty())
        out.audiences = {u"https://iam.googleapis.com/"_s + provider["name"].text(), u"//iam.googleapis.com/"_s + provider["name"].text()};
    return out;
}

Accepts byGoogle(const Walk&, const flow::Step& step, const QString&)
{
    return {.by = step.to.title, .unreadable = u"opaque, for all of Google Cloud"_s};
}

Accepts byMcpServer(const Walk& walk, const flow::Step& step, const QString&)
{
    const setup::Target* target = targetOf(walk, step);
    if (!target)
        return {.by = step.to.title, .unreadable = u"not in the setup"_s};
    return {.audiences = trust::mcpAudiences(walk.setup, *target), .by = step.to.title};
}

/// An identity assertion is meant for the authorization server itself.
Accepts byMcpAuthorization(const Walk& walk, const flow::Step& step, const QString&)
{
    const auto target = std::ranges::find(walk.setup.targets, step.contract.pointer, &setup::Target::pointer);
    if (target == walk.setup.targets.end())
        return {.by = step.to.title, .unreadable = u"not in the setup"_s};
    return {.audiences = {target->authorizationServer}, .by = step.to.title};
}

Accepts byVault(const Walk&, const flow::Step& step, const QString&)
{
    return {.audiences = {trust::vaultUri.toString(), trust::vaultGuid.toString()}, .by = step.to.title};
}

/// Subject token, actor token and assertion are all meant for the server itself.
Accepts byExchange(const Walk& walk, const flow::Step& step, const QString&)
{
    const setup::Target* target = targetOf(walk, step);
    return target ? Accepts {.audiences = trust::validAudiencesOf(walk.setup, *target), .by = step.to.title}
                  : Accepts {.by = step.to.title, .unreadable = u"not in the setup"_s};
}

/// A broker takes its own tokens back by its project's name.
Accepts byBroker(const Walk& walk, const flow::Step& step, const QString&)
{
    const setup::Target* target = targetOf(walk, step);
    return {.audiences = {target ? target->audience : QString()}, .by = step.to.title};
}

Accepts byProvider(const Walk&, const flow::Step& step, const QString&)
{
    return {.by = step.to.title + u" API"_s, .unreadable = u"only its issuer can read it"_s};
}

struct Receiver
{
    QStringView contract;
    Accepts (*accepts)(const Walk&, const flow::Step&, const QString& slot);
};
constexpr std::array receivers {
    Receiver {u"entra.token", byTokenEndpoint},
    Receiver {u"api.bearer", byApi},
    Receiver {u"anthropic.exchange", byRule},
    Receiver {u"anthropic.api", byWorkspace},
    Receiver {u"aws.web-identity", byClientIds},
    Receiver {u"aws.call", bySession},
    Receiver {u"google.exchange", byGoogleProvider},
    Receiver {u"google.impersonation", byGoogle},
    Receiver {u"google.call", byGoogle},
    Receiver {u"mcp.resource", byMcpServer},
    Receiver {u"mcp.token", byMcpAuthorization},
    Receiver {u"key-vault", byVault},
    Receiver {u"token-exchange", byExchange},
    Receiver {u"jwt-grant", byExchange},
    Receiver {u"saas.call", byProvider},
    Receiver {u"broker.inbound", byExchange},
    Receiver {u"broker.exchange", byBroker},
    Receiver {u"broker.connection", byBroker},
};

Accepts acceptedAt(const Walk& walk, const flow::Step& step, const QString& slot)
{
    const auto it = std::ranges::find(receivers, QStringView(step.contract.kind), &Receiver::contract);
    return it == receivers.end() ? Accepts {.by = step.to.title, .unreadable = u"not known here"_s}
                                 : it->accepts(walk, step, slot);
}

/// Where a token goes after it was issued.
const flow::Step* presentingStep(const Walk& walk, const flow::Step& issuing, const QString& slot)
{
    bool later = false;
    for (const flow::Step& step : walk.flow.steps) {
        const bool presents
            = std::ranges::any_of(step.presents, [&](const flow::Evidence& e) { return e.slot == slot; });
        if (later && presents)
            return &step;
        later = later || &step == &issuing;
    }
    return nullptr;
}

QStringList audiencesIn(const jose::Jwt& jwt)
{
    const json::Value aud = jwt.claim("aud");
    QStringList found;
    if (aud.isArray())
        for (json::Value each = aud.first(); each; each = each.next())
            found.append(each.display());
    else if (aud)
        found.append(aud.display());
    return found;
}

bool areTwins(const QString& a, const QString& b)
{
    const auto pair = [&](QStringView one, QStringView other) {
        return (a == one && b == other) || (a == other && b == one);
    };
    return pair(setup::exchangeAudienceUri, setup::exchangeAudienceGuid);
}

bool nameOneApp(const setup::Setup& setup, const QString& a, const QString& b)
{
    const setup::App* app = setup.appByAudience(a);
    return areTwins(a, b) || (app && app == setup.appByAudience(b));
}

/// "v2: aud is the client id" where the token names the resource in another way than the request.
QString spelling(const Walk& walk, const Audience& row, const flow::Token& token)
{
    if (row.accepted.contains(row.issued) && row.issued == setup::exchangeAudienceGuid)
        return {}; // Entra among itself
    const setup::App* app = walk.setup.appByAudience(row.issued);
    if (!app || row.asked.isEmpty() || row.asked.startsWith(row.issued))
        return {};
    if (row.issued == app->clientId && token.jwt.text("ver") == u"2.0")
        return u"v2: aud is the client id"_s;
    return u"another name of the same resource"_s;
}

void judge(const Walk& walk, const Accepts& accepts, const flow::Token& token, Audience& row)
{
    const QStringList issued = audiencesIn(token.jwt);
    for (const QString& one : issued) {
        if (row.accepted.contains(one)) {
            row.outcome = base::Outcome::Pass;
            row.note = spelling(walk, row, token);
            return;
        }
    }
    const auto twin = [&](const QString& accepted) {
        return std::ranges::any_of(
            issued, [&](const QString& one) { return nameOneApp(walk.setup, one, accepted); });
    };
    const bool same = std::ranges::any_of(row.accepted, twin);
    row.outcome = same && accepts.mapsTwins ? base::Outcome::Pass : base::Outcome::Fail;
    row.note = row.outcome == base::Outcome::Pass ? u"URI and GUID, same resource"_s
        : same                                    ? u"same resource, but only the other name is accepted"_s
                                                  : u"not among what is accepted"_s;
}

void fillFromToken(const Walk& walk, const Accepts& accepts, Audience& row)
{
    const flow::Token* token = walk.run.token(row.slot);
    if (!token) {
        row.note = u"not issued yet"_s;
        return;
    }
    row.notBefore = token->notBefore();
    row.expires = token->expires();
    row.issued = token->isOpaque() ? u"opaque"_s : audiencesIn(token->jwt).join(u", "_s);
    if (!accepts.unreadable.isEmpty() || token->isOpaque())
        row.note = accepts.unreadable.isEmpty() ? u"cannot be read"_s : accepts.unreadable;
    else
        judge(walk, accepts, *token, row);
}

Audience rowFor(const Walk& walk, const flow::Step& step, const flow::Yield& yield)
{
    Audience row {.step = step.id, .slot = yield.slot, .speaker = yield.speaker, .asked = step.audienceAsked};
    const flow::Step* presenting = presentingStep(walk, step, yield.slot);
    Accepts accepts {.unreadable = u"presented nowhere in this flow"_s};
    if (presenting) {
        accepts = acceptedAt(walk, *presenting, yield.slot);
        row.presentedAt = presenting->id;
        if (const flow::StepRecord* record = walk.run.record(presenting->id);
            record && record->exchange.started != base::Instant {})
            row.presented = record->exchange.started;
    }
    row.accepted = accepts.audiences;
    row.acceptedBy = accepts.by;
    fillFromToken(walk, accepts, row);
    return row;
}

} // namespace

QList<Audience> audiencesOf(const Walk& walk)
{
    QList<Audience> rows;
    for (const flow::Step& step : walk.flow.steps)
        for (const flow::Yield& yield : step.yields)
            if (yield.token
                && (yield.use == flow::TokenUse::Access || yield.use == flow::TokenUse::Assertion))
                rows.append(rowFor(walk, step, yield));
    return rows;
}

} // namespace chain
