// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recognised_p.h"

namespace catalog {

using namespace Qt::StringLiterals;
using flow::Evidence;
using flow::Party;
using flow::PartyKind;

namespace {

const Party anybody {PartyKind::User, u"user"_s, u"User"_s};

/// A value of the request: an earlier token or code where the bytes are the same, else as it was sent.
flow::Value valueOf(const QByteArray& sent, const Memory& m)
{
    const QString slot = m.slotOf(sent);
    return slot.isEmpty() ? flow::literal(sent) : flow::fromToken(slot);
}

Evidence tokenEvidence(const QByteArray& sent, const Memory& m)
{
    const QString slot = m.slotOf(sent);
    return {.slot = slot, .kind = Evidence::Kind::Token, .title = slot.isEmpty() ? u"token from elsewhere"_s : slot};
}

/// The tenant's contract where a setup says which one it is.
void addContract(flow::Step& step, const Seen& s, const Memory& m, const QString& kind)
{
    if (!m.setup)
        return;
    for (const setup::Tenant& tenant : m.setup->tenants)
        if (s.path.startsWith(QByteArray("/" + tenant.id.toUtf8() + '/')) || (!tenant.domain.isEmpty() && s.path.startsWith(QByteArray("/" + tenant.domain.toUtf8() + '/'))))
            step.contract = {kind, tenant.pointer};
}

QByteArray clientIdOf(const Seen& s)
{
    if (s.form.has("client_id"))
        return s.field("client_id");
    const QByteArray basic = s.exchange.request.headers.value("Authorization");
    return basic.startsWith("Basic ") ? http::percentDecoded(QByteArray::fromBase64(basic.sliced(6)).split(':').value(0), true) : QByteArray {};
}

/// How the client proves itself, in the order of weight.
void addClientAuthentication(flow::Step& step, const Seen& s, const Memory& m)
{
    if (s.form.has("client_assertion")) {
        const QByteArray assertion = s.field("client_assertion");
        step.body.append({"client_assertion", valueOf(assertion, m)});
        step.presents.append(m.slotOf(assertion).isEmpty()
                ? Evidence {.kind = Evidence::Kind::Token, .title = u"client assertion"_s}
                : tokenEvidence(assertion, m));
        step.contractKind = u"client assertion"_s;
    } else if (s.form.has("client_secret") || s.exchange.request.headers.value("Authorization").startsWith("Basic ")) {
        step.presents.append({.kind = Evidence::Kind::Secret, .title = u"client secret"_s});
        step.contractKind = u"client secret"_s;
    }
}

flow::Step tokenRequest(const Seen& s, Memory& m, const QString& id, const QString& title)
{
    flow::Step step;
    step.id = id;
    step.title = step.shortTitle = title;
    step.explain = id;
    step.from = m.client(clientIdOf(s));
    step.to = m.issuer(s);
    step.becomes = step.from;
    step.format = flow::BodyFormat::Form;
    for (const char* name : {"grant_type", "client_id", "scope", "resource", "audience", "fmi_path", "requested_token_use"})
        if (s.form.has(name))
            step.body.append({name, flow::literal(s.field(name))});
    step.contractName = step.from.title;
    step.audienceAsked = QString::fromUtf8(s.field(s.form.has("scope") ? "scope" : "resource"));
    addContract(step, s, m, u"entra.token"_s);
    return step;
}

void yieldTokens(flow::Step& step, Memory& m, const Party& speaker, bool user)
{
    const QString slot = m.nextToken();
    step.yields = {{.pointer = u"/access_token"_s, .slot = slot, .token = true, .speaker = speaker}};
    if (!user)
        return;
    step.yields.append({.pointer = u"/id_token"_s, .slot = slot + u"i"_s, .token = true, .use = flow::TokenUse::Id, .required = false, .speaker = speaker});
    step.yields.append({.pointer = u"/refresh_token"_s, .slot = slot + u"r"_s, .token = true, .use = flow::TokenUse::Refresh, .required = false, .speaker = speaker});
}

/// Tokens that come through the browser itself: the implicit grant and hybrids (OAuth 2.0 Multiple Response Type Encoding Practices).
void yieldInFront(flow::Step& step, const QByteArrayList& responseTypes, Memory& m)
{
    const bool access = responseTypes.contains("token"), id = responseTypes.contains("id_token");
    if (!access && !id)
        return;
    const QString slot = m.nextToken();
    if (access)
        step.yields.append({.pointer = u"/access_token"_s, .slot = slot, .token = true, .required = false, .speaker = anybody});
    if (id)
        step.yields.append({.pointer = u"/id_token"_s, .slot = slot + u"i"_s, .token = true, .use = flow::TokenUse::Id, .required = false, .speaker = anybody});
}

} // namespace

flow::Step authorizeStep(const Seen& s, Memory& m)
{
    const http::Form& asked = s.exchange.request.method == "POST" ? s.form : s.query;
    flow::Step step;
    step.id = step.explain = u"sign-in"_s;
    step.title = step.shortTitle = u"Sign in"_s;
    step.from = anybody;
    step.to = m.issuer(s);
    step.becomes = {PartyKind::Issuer, u"sign-in-page"_s, u"Sign-in page"_s};
    step.presents = {{.kind = Evidence::Kind::SignIn, .title = u"sign-in"_s}};
    step.contractKind = u"app registration"_s;
    step.contractName = m.client(asked.value("client_id")).title;
    step.interactive = true;
    for (const http::Parameter& p : asked)
        step.query.append({p.name, flow::literal(p.value)});
    step.yields = {{.pointer = u"/code"_s, .slot = u"code"_s, .required = false}};
    yieldInFront(step, asked.value("response_type").split(' '), m);
    if (asked.has("state"))
        step.expects = {{.on = flow::Expectation::On::Reply, .name = u"/state"_s, .how = flow::Expectation::How::Equals,
            .value = flow::literal(asked.value("state")), .id = u"state"_s, .title = u"State"_s, .source = u"RFC 6749, 10.12"_s}};
    step.audienceAsked = QString::fromUtf8(asked.value("scope"));
    addContract(step, s, m, u"entra.authorize"_s);
    return step;
}

flow::Step codeStep(const Seen& s, Memory& m)
{
    flow::Step step = tokenRequest(s, m, u"redeem"_s, u"Redeem the code"_s);
    step.presents = {{.kind = Evidence::Kind::SignIn, .title = s.form.has("code_verifier") ? u"code and verifier"_s : u"code"_s}};
    step.contractKind = s.form.has("code_verifier") ? u"code and PKCE"_s : u"code"_s;
    step.body.append({"code", flow::fromReply(u"code"_s)});
    addClientAuthentication(step, s, m);
    yieldTokens(step, m, anybody, true);
    return step;
}

flow::Step refreshStep(const Seen& s, Memory& m)
{
    flow::Step step = tokenRequest(s, m, u"refresh"_s, u"Refresh"_s);
    const QByteArray token = s.field("refresh_token");
    step.presents = {tokenEvidence(token, m)};
    step.body.append({"refresh_token", m.slotOf(token).isEmpty() ? flow::literal("(hidden)") : flow::fromToken(m.slotOf(token))});
    step.contractKind = u"refresh token"_s;
    addClientAuthentication(step, s, m);
    yieldTokens(step, m, anybody, true);
    return step;
}

flow::Step clientCredentialsStep(const Seen& s, Memory& m)
{
    if (s.form.has("fmi_path")) {
        if (!clientIdOf(s).isEmpty())
            m.kinds.insert(clientIdOf(s), PartyKind::Blueprint);
        m.kinds.insert(s.field("fmi_path"), PartyKind::Agent);
    }
    const bool agent = m.kinds.value(clientIdOf(s)) == PartyKind::Agent;
    flow::Step step = s.form.has("fmi_path") ? tokenRequest(s, m, u"exchange-as-blueprint"_s, u"Exchange as blueprint"_s)
        : agent                              ? tokenRequest(s, m, u"token-as-agent"_s, u"Token as the agent"_s)
                                             : tokenRequest(s, m, u"client-credentials"_s, u"Token as the app"_s);
    addClientAuthentication(step, s, m);
    yieldTokens(step, m, step.from, false);
    return step;
}

flow::Step onBehalfOfStep(const Seen& s, Memory& m)
{
    flow::Step step = tokenRequest(s, m, u"on-behalf-of"_s, u"On behalf of the user"_s);
    const QByteArray assertion = s.field("assertion");
    step.presents = {tokenEvidence(assertion, m)};
    step.body.append({"assertion", valueOf(assertion, m)});
    addClientAuthentication(step, s, m);
    step.contractKind = u"audience and consent"_s;
    yieldTokens(step, m, step.from, true);
    return step;
}

flow::Step agentUserStep(const Seen& s, Memory& m)
{
    flow::Step step = tokenRequest(s, m, u"agent-user"_s, u"Token as the agent's user"_s);
    addClientAuthentication(step, s, m);
    for (const char* name : {"user_federated_identity_credential", "assertion"})
        if (s.form.has(name)) {
            step.presents.append(tokenEvidence(s.field(name), m));
            step.body.append({name, valueOf(s.field(name), m)});
        }
    yieldTokens(step, m, step.from, true);
    return step;
}

flow::Step jwtGrantStep(const Seen& s, Memory& m)
{
    flow::Step step = tokenRequest(s, m, u"jwt-grant"_s, u"JWT grant"_s);
    step.presents = {tokenEvidence(s.field("assertion"), m)};
    step.body.append({"assertion", valueOf(s.field("assertion"), m)});
    addClientAuthentication(step, s, m);
    step.contractKind = u"trusted issuer"_s;
    yieldTokens(step, m, step.from, false);
    return step;
}

flow::Step tokenExchangeStep(const Seen& s, Memory& m)
{
    const bool camel = s.form.has("grantType");
    const QByteArray audience = s.field("audience");
    const bool google = audience.startsWith("//iam.googleapis.com/");
    flow::Step step = tokenRequest(s, m, google ? u"exchange-at-google"_s : u"token-exchange"_s, google ? u"Exchange at Google"_s : u"Token exchange"_s);
    const QByteArray subject = s.field(camel ? "subjectToken" : "subject_token");
    step.to = google ? Party {PartyKind::Downstream, u"google"_s, u"Google"_s} : m.issuer(s);
    step.becomes = google ? step.to : step.from;
    step.presents = {tokenEvidence(subject, m)};
    step.body.append({"subject_token", valueOf(subject, m)});
    if (s.form.has("actor_token")) {
        step.presents.append(tokenEvidence(s.field("actor_token"), m));
        step.body.append({"actor_token", valueOf(s.field("actor_token"), m)});
    }
    step.audienceAsked = QString::fromUtf8(audience);
    step.contractKind = google ? u"workload identity provider"_s : u"token exchange"_s;
    step.contractName = google ? QString::fromUtf8(audience).section(u'/', -1) : step.from.title;
    if (google && m.setup)
        for (const setup::Target& target : m.setup->targets)
            if (target.kind == u"google" && audience.mid(21) == target.provider.root()["name"].bytes())
                step.contract = {u"google.exchange"_s, target.pointer};
    yieldTokens(step, m, step.becomes, false);
    return step;
}

flow::Step otherGrantStep(const Seen& s, Memory& m)
{
    flow::Step step = tokenRequest(s, m, u"token-request"_s, u"Token request"_s);
    step.contractKind = QString::fromUtf8(s.field("grant_type"));
    addClientAuthentication(step, s, m);
    yieldTokens(step, m, step.from, false);
    step.yields.front().required = false;
    return step;
}

flow::Step anthropicStep(const Seen& s, Memory& m)
{
    flow::Step step;
    step.id = step.explain = u"exchange-at-anthropic"_s;
    step.title = u"Exchange at Anthropic"_s;
    step.shortTitle = u"At Anthropic"_s;
    const QByteArray assertion = s.field("assertion");
    step.from = {PartyKind::App, u"workload"_s, u"Workload"_s};
    step.to = step.becomes = m.host(s);
    if (!m.setup)
        step.to = step.becomes = {PartyKind::Downstream, u"anthropic"_s, u"Anthropic"_s};
    step.presents = {tokenEvidence(assertion, m)};
    step.format = flow::BodyFormat::Json;
    for (const char* name : {"grant_type", "federation_rule_id", "organization_id", "service_account_id", "workspace_id"})
        if (s.form.has(name))
            step.body.append({name, flow::literal(s.field(name))});
    step.body.append({"assertion", valueOf(assertion, m)});
    step.contractKind = u"federation rule"_s;
    step.contractName = QString::fromUtf8(s.field("federation_rule_id"));
    if (m.setup)
        for (const setup::Target& target : m.setup->targets)
            if (target.kind == u"anthropic" && target.rule.root()["id"].text() == step.contractName)
                step.contract = {u"anthropic.exchange"_s, target.pointer};
    step.yields = {{.pointer = u"/access_token"_s, .slot = m.nextToken(), .token = true, .speaker = step.to}};
    return step;
}

} // namespace catalog
