// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/expected_p.h"

#include "core/catalog/catalog.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/vaulttables_p.h"
#include "core/jose/base64url.h"
#include "core/trust/anthropic.h"
#include "core/trust/audience.h"
#include "core/trust/aws.h"
#include "core/trust/federated.h"
#include "core/trust/scopes.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Seconds. Entra draws how long a token lives, from an hour to ninety minutes, and backdates it by five (entra.md 0.5, 2.5).
constexpr qint64 backdated = 300, shortest = 3600, longest = 5400;

/// A token as its issuer would write it, without a signature: only its claims are compared.
class Draft
{
public:
    void add(const char* name, const QString& text)
    {
        if (!text.isEmpty())
            m_members.append(QByteArray("\"") + name + "\":" + json::quoted(text));
    }
    void add(const char* name, qint64 number)
    {
        m_members.append(QByteArray("\"") + name + "\":" + QByteArray::number(number));
    }
    void times(base::Instant now)
    {
        add("iat", base::epochSeconds(now) - backdated);
        add("exp", base::epochSeconds(now) + longest);
    }
    jose::Jwt token() const
    {
        const QByteArray payload = '{' + m_members.join(',') + '}';
        const QByteArray text
            = jose::base64url(R"({"alg":"RS256","typ":"JWT"})") + '.' + jose::base64url(payload) + ".AA";
        return jose::decode(text);
    }

private:
    QByteArrayList m_members {};
};

jose::Jwt tokenOf(const setup::ManagedIdentity& identity, const setup::Tenant& tenant)
{
    Draft draft;
    draft.add("iss", tenant.issuerV2());
    draft.add("sub", identity.objectId);
    draft.add("oid", identity.objectId);
    draft.add("azp", identity.clientId);
    draft.add("aud", setup::exchangeAudienceGuid.toString());
    draft.add("tid", tenant.id);
    draft.add("idtyp", u"app"_s);
    return draft.token();
}

jose::Jwt tokenOf(const setup::Issuer& issuer)
{
    Draft draft;
    draft.add("iss", issuer.issuer);
    draft.add("sub", issuer.subject);
    draft.add("aud", setup::exchangeAudienceUri.toString());
    return draft.token();
}

/// Whose token a credential is meant for; nothing where the setup does not say.
std::optional<jose::Jwt> presentedTo(
    const setup::Setup& setup, const setup::App& app, const setup::Credential& credential)
{
    const setup::Tenant* tenant = setup.tenantOf(app);
    const setup::ManagedIdentity* identity = setup.managedIdentity(credential.source.name);
    if (credential.source.type == u"managed-identity" && identity && tenant)
        return tokenOf(*identity, *tenant);
    const setup::Issuer* issuer = setup.issuer(credential.source.name);
    if (credential.source.type == u"issuer" && issuer && !issuer->subject.isEmpty())
        return tokenOf(*issuer);
    return {};
}

/// A walk is about the credentials it uses; a setup alone, about all.
bool isAbout(const Case& c, const setup::Credential& credential)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    return !c.flow || std::ranges::any_of(specs, [&](const setup::FlowSpec& spec) {
        return credential.source.type == u"issuer" ? credential.source.name == spec.issuer
                                                   : credential.source.name == spec.managedIdentity;
    });
}

void addFederated(const Case& c, QList<Expected>& out)
{
    for (const setup::App& app : c.setup.apps) {
        for (const setup::Credential& credential : app.credentials) {
            if (credential.type != setup::CredentialType::Federated || !isAbout(c, credential))
                continue;
            if (const auto token = presentedTo(c.setup, app, credential))
                out.append({u"entra.token"_s, u"Federated credential "_s + credential.name, u"Entra"_s,
                    trust::federatedChecks(*token, credential, &c.setup), credential.pointer});
        }
    }
}

/// The last token of a flow: who asks, for whom, for what.
struct Hop
{
    const setup::FlowSpec& spec;
    const setup::Target& target;
    const setup::App& resource;
    const setup::App& presenter;
    const setup::Tenant& tenant;
    const setup::App* parent = nullptr;
    const setup::User* user = nullptr;
    QStringList scopes {};
};

QStringList lastParts(const QStringList& scopes, const setup::App& resource)
{
    QStringList names;
    for (const QString& scope : scopes)
        if (const qsizetype slash = scope.lastIndexOf(u'/');
            slash > 0 && resource.isNamedBy(scope.left(slash)))
            names.append(scope.mid(slash + 1));
    return names;
}

/// What the request will ask of the resource: the flow's or the provider's own list, else what the resource
/// exposes first.
QStringList scopesOf(const setup::Setup& setup, const setup::FlowSpec& spec, const setup::App& resource)
{
    const setup::Provider* provider = setup.provider(spec.client);
    const QStringList named = lastParts(provider ? provider->scopes : spec.scopes, resource);
    return named.isEmpty() ? resource.delegatedScopes.mid(0, 1) : named;
}

jose::Jwt tokenOf(const Hop& hop, base::Instant now)
{
    const bool v2 = hop.resource.requestedAccessTokenVersion == 2;
    Draft draft;
    draft.add("iss", v2 ? hop.tenant.issuerV2() : hop.tenant.issuerV1());
    draft.add(
        "aud", v2 ? hop.resource.clientId : hop.resource.identifierUris.value(0, hop.resource.clientId));
    draft.add(v2 ? "azp" : "appid", hop.presenter.clientId);
    draft.add("tid", hop.tenant.id);
    draft.add("ver", v2 ? u"2.0"_s : u"1.0"_s);
    draft.add("oid", hop.user ? hop.user->objectId : hop.presenter.objectId);
    if (hop.user)
        draft.add("scp", hop.scopes.join(u' '));
    else
        draft.add("sub", hop.presenter.objectId);
    draft.times(now);
    if (hop.resource.optionalClaims.contains(u"idtyp"_s))
        draft.add("idtyp", hop.user ? u"user"_s : u"app"_s);
    if (hop.parent && hop.resource.optionalClaims.contains(u"xms_par_app_azp"_s))
        draft.add("xms_par_app_azp", hop.parent->clientId);
    return draft.token();
}

/// Which member of the target's own objects a check compares with.
struct Member
{
    QLatin1StringView check;
    QLatin1StringView pointer;
};
constexpr std::array members {
    Member {"issuer"_L1, "/issuer/issuer_url"_L1},
    Member {"lifetime"_L1, "/issuer/max_jwt_lifetime_seconds"_L1},
    Member {"state"_L1, "/rule/archived_at"_L1},
    Member {"subject"_L1, "/rule/match/subject_prefix"_L1},
    Member {"audience"_L1, "/rule/match/audience"_L1},
    Member {"condition"_L1, "/rule/match/condition"_L1},
    Member {"match"_L1, "/rule/match"_L1},
    Member {"issuer.object"_L1, "/rule/issuer_id"_L1},
};

/// Claims whose value follows from the setup. Others may well be in the real token.
constexpr std::array modelled {
    "tid"_L1, "azp"_L1, "appid"_L1, "oid"_L1, "ver"_L1, "iss"_L1, "scp"_L1, "xms_par_app_azp"_L1};

bool isModelled(const QString& claim) { return std::ranges::find(modelled, claim) != modelled.end(); }

/// A condition is decided by the setup when all it looks at is.
bool looksAtModelled(const QString& condition)
{
    static const QRegularExpression name(u"claims(?:\\.|\\[['\"])([A-Za-z0-9_]+)"_s);
    for (auto it = name.globalMatch(condition); it.hasNext();)
        if (!isModelled(it.next().captured(1)))
            return false;
    return true;
}

bool isDecidedBySetup(const Hop& hop, const base::Check& check)
{
    if (check.id.startsWith(u"claims."_s))
        return isModelled(check.id.mid(7));
    // A user's subject differs from app to app: nobody can know it beforehand.
    if (check.id == u"subject")
        return !hop.user;
    if (check.id == u"condition")
        return looksAtModelled(check.expected);
    return std::ranges::find(members, check.id, &Member::check) != members.end();
}

/// Keeps what the setup alone decides, and gives it its place.
QList<base::Check> ofRule(const Hop& hop, const QList<base::Check>& checks)
{
    QList<base::Check> kept;
    for (base::Check check : checks) {
        if (!isDecidedBySetup(hop, check))
            continue;
        const auto member = std::ranges::find(members, check.id, &Member::check);
        check.fixPointer = hop.target.pointer
            + (member != members.end() ? member->pointer.toString()
                                       : QString(u"/rule/match/claims/"_s + check.id.mid(7)));
        if (check.id == u"lifetime")
            check.presented = u"%1 to %2 s"_s.arg(shortest + backdated).arg(longest + backdated);
        kept.append(check);
    }
    return kept;
}

Expected atRule(const Hop& hop, const Case& c)
{
    const json::Value rule = hop.target.rule.root();
    const auto decision
        = trust::matchAnthropic(tokenOf(hop, c.now), hop.target.issuer.root(), rule, &c.setup, {}, c.now);
    return {u"anthropic.exchange"_s,
        u"Federation rule "_s + (rule["name"].isString() ? rule["name"].text() : rule["id"].text()),
        titleOf(hop.target), ofRule(hop, decision.verdict.checks), hop.target.pointer + u"/rule"_s};
}

base::Check rightsCheck(const Hop& hop)
{
    const QStringList& required = hop.user ? hop.target.requiredScopes : hop.target.requiredRoles;
    QStringList granted = hop.scopes;
    if (!hop.user)
        for (const setup::Permission& permission : hop.presenter.permissions)
            if (permission.resource == hop.resource.name)
                granted = permission.roles;
    const bool holds = required.isEmpty()
        || std::ranges::any_of(required, [&](const QString& r) { return granted.contains(r); });
    return {.id = hop.user ? u"scope"_s : u"roles"_s,
        .title = hop.user ? u"Scopes"_s : u"Roles"_s,
        .expected = required.join(u" or "_s),
        .presented = granted.join(u' '),
        .outcome = holds ? base::Outcome::Pass : base::Outcome::Fail,
        .fixPointer = hop.target.pointer + (hop.user ? u"/requiredScopes"_s : u"/requiredRoles"_s)};
}

Expected atApi(const Hop& hop, const Case& c)
{
    const base::Verdict verdict = trust::matchAudiences(
        tokenOf(hop, c.now), hop.target.validAudiences, hop.target.validIssuers, &c.setup, {}, c.now);
    Expected out {u"api.bearer"_s, titleOf(hop.target), titleOf(hop.target), {}, hop.target.pointer};
    for (base::Check check : verdict.checks) {
        if (check.id != u"audience" && check.id != u"issuer")
            continue; // the token is made up here
        // A list that is not written down is made from the resource app, and fits by itself.
        const bool listed = check.id == u"audience" ? !hop.target.validAudiences.isEmpty()
                                                    : !hop.target.validIssuers.isEmpty();
        check.fixPointer
            = hop.target.pointer + (check.id == u"audience" ? u"/validAudiences/-"_s : u"/validIssuers/-"_s);
        if (listed)
            out.checks.append(check);
    }
    out.checks.append(rightsCheck(hop));
    return out;
}

/// What provider and trust policy say to it; only what the setup decides.
Expected atRole(const Hop& hop, const Case& c)
{
    const trust::AwsTrust role {hop.target.provider.root(), hop.target.trustPolicy.root(), hop.target.settings.root(),
        hop.target.roleArn, hop.target.sessionName, hop.target.pointer};
    const auto decision = trust::matchAws(tokenOf(hop, c.now), role, &c.setup, {}, c.now);
    Expected out {u"aws.web-identity"_s, u"Role "_s + hop.target.roleArn.section(u'/', -1), titleOf(hop.target), {}, hop.target.pointer + u"/trustPolicy"_s};
    static const QStringList whole {u"issuer"_s, u"audience"_s, u"audience.exchange"_s, u"principal"_s, u"action"_s, u"deny"_s};
    for (const base::Check& check : decision.verdict.checks)
        if (whole.contains(check.id) || check.id.startsWith(u"condition."_s))
            out.checks.append(check);
    return out;
}

void addTarget(const Case& c, const setup::FlowSpec& spec, const QString& name, QList<Expected>& out)
{
    const setup::Target* target = c.setup.target(name);
    const setup::App* resource = target ? c.setup.app(target->resource) : nullptr;
    const setup::App* presenter = presenterOf(c.setup, spec);
    const setup::Tenant* tenant = presenter ? c.setup.tenantOf(*presenter) : nullptr;
    if (!resource || !tenant)
        return;
    const Hop hop {spec, *target, *resource, *presenter, *tenant, c.setup.app(presenter->parent),
        c.setup.user(spec.user), trust::spelledOut(c.setup, *presenter, *resource, scopesOf(c.setup, spec, *resource))};
    if (target->kind == u"anthropic" && target->rule.root())
        out.append(atRule(hop, c));
    else if (target->kind == u"api")
        out.append(atApi(hop, c));
    else if (target->kind == u"aws" && spec.recipe != u"aws-direct")
        out.append(atRole(hop, c));
}

} // namespace

const setup::App* presenterOf(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    for (const QString& name : {spec.agent, spec.intermediary, spec.middleTier, spec.client})
        if (const setup::App* app = setup.app(name))
            return app;
    const setup::Provider* provider = setup.provider(spec.client);
    return provider ? setup.appByClientId(provider->clientId) : nullptr;
}

QList<setup::FlowSpec> specsOf(const Case& c)
{
    QList<setup::FlowSpec> specs;
    std::ranges::copy_if(c.setup.flows, std::back_inserter(specs),
        [&](const setup::FlowSpec& s) { return !c.flow || s.id == c.flow->id; });
    return specs;
}

QList<flow::Flow> flowsOf(const Case& c)
{
    if (c.flow)
        return {*c.flow};
    return catalog::flows(c.setup).flows;
}

QList<Expected> expectations(const Case& c)
{
    QList<Expected> out;
    addFederated(c, out);
    addGoogle(c, out);
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        for (const QString& target : {spec.target, spec.alsoTarget})
            // Option 1 shows the cloud the host's token, and of two siblings the first one's: not what the agent gets.
            if (!target.isEmpty() && !(target == spec.alsoTarget && (spec.option == 1 || spec.settings.root()["sibling"])))
                addTarget(c, spec, target, out);
        addVaults(c, spec, out);
    }
    addMcpServers(c, out);
    return out;
}

} // namespace diagnosis
