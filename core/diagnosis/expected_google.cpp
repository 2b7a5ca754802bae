// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/expected_p.h"

#include "core/jose/base64url.h"
#include "core/trust/google.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Who brings the token: the managed identity (option 1) or the agent.
struct Bringer
{
    QString clientId {};
    QString objectId {};
    QString parent {};
};

std::optional<Bringer> bringerOf(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    if (spec.option == 1) {
        const setup::ManagedIdentity* identity = setup.managedIdentity(spec.managedIdentity);
        return identity ? std::optional(Bringer {identity->clientId, identity->objectId}) : std::nullopt;
    }
    const setup::App* agent = setup.app(spec.agent);
    const setup::App* parent = agent ? setup.app(agent->parent) : nullptr;
    return agent ? std::optional(Bringer {agent->clientId, agent->objectId, parent ? parent->clientId : QString()}) : std::nullopt;
}

/// The token as Entra would write it for the resource, without a signature: only its claims are compared.
jose::Jwt draft(const Bringer& who, const setup::Tenant& tenant, const setup::App& resource, base::Instant now)
{
    const bool v2 = resource.requestedAccessTokenVersion == 2;
    QByteArrayList members;
    const auto add = [&](const char* name, const QString& text) {
        if (!text.isEmpty())
            members.append(QByteArray("\"") + name + "\":" + json::quoted(text));
    };
    add("iss", v2 ? tenant.issuerV2() : tenant.issuerV1());
    add("aud", v2 ? resource.clientId : resource.identifierUris.value(0, resource.clientId));
    add("sub", who.objectId);
    add("oid", who.objectId);
    add(v2 ? "azp" : "appid", who.clientId);
    add("tid", tenant.id);
    add("ver", v2 ? u"2.0"_s : u"1.0"_s);
    if (resource.optionalClaims.contains(u"idtyp"_s))
        add("idtyp", u"app"_s);
    if (resource.optionalClaims.contains(u"xms_par_app_azp"_s))
        add("xms_par_app_azp", who.parent);
    members.append("\"iat\":" + QByteArray::number(base::epochSeconds(now) - 300));
    members.append("\"exp\":" + QByteArray::number(base::epochSeconds(now) + 3600));
    const QByteArray payload = '{' + members.join(',') + '}';
    const QByteArray text = jose::base64url(R"({"alg":"RS256","kid":"x","typ":"JWT"})") + '.' + jose::base64url(payload) + ".AA";
    return jose::decode(text);
}

/// Claims whose value follows from the setup. Others may well be in the real token.
bool looksAtModelled(const json::Value& provider)
{
    static constexpr std::array modelled {"iss"_L1, "sub"_L1, "oid"_L1, "azp"_L1, "appid"_L1, "tid"_L1, "ver"_L1, "aud"_L1,
        "xms_par_app_azp"_L1, "idtyp"_L1, "email"_L1};
    static const QRegularExpression name(u"assertion(?:\\.|\\[['\"])([A-Za-z0-9_]+)"_s);
    QString text = provider["attributeCondition"].text();
    for (json::Value each = provider["attributeMapping"].first(); each; each = each.next())
        text += u' ' + each.text();
    for (auto it = name.globalMatch(text); it.hasNext();)
        if (std::ranges::find(modelled, it.next().captured(1)) == modelled.end())
            return false;
    return true;
}

QList<base::Check> decidedBySetup(const setup::Target& target, const QList<base::Check>& checks)
{
    const bool mapped = looksAtModelled(target.provider.root());
    QList<base::Check> kept;
    for (base::Check check : checks) {
        const bool ofProvider = check.id == u"issuer" || check.id == u"audience" || check.id == u"state";
        const bool ofMapping = mapped && (check.id == u"subject" || check.id == u"condition");
        if (!ofProvider && !ofMapping)
            continue;
        check.fixPointer = check.fixPointer.isEmpty() ? QString() : QString(target.pointer + u"/provider"_s + check.fixPointer);
        kept.append(check);
    }
    return kept;
}

} // namespace

void addGoogle(const Case& c, QList<Expected>& out)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        const setup::Target* target = c.setup.target(spec.target);
        const setup::App* resource = target ? c.setup.app(target->resource) : nullptr;
        const auto who = bringerOf(c.setup, spec);
        if (!target || target->kind != u"google" || !target->provider.root() || !resource || !who || !c.setup.home())
            continue;
        const jose::Jwt token = draft(*who, *c.setup.home(), *resource, c.now);
        const auto decision = trust::matchGoogle(token, target->provider.root(), &c.setup, {}, c.now);
        out.append({u"google.exchange"_s, u"Provider "_s + decision.verdict.contract, u"Google Cloud"_s,
            decidedBySetup(*target, decision.verdict.checks), target->pointer + u"/provider"_s});
    }
}

} // namespace diagnosis
