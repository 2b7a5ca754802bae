// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencase_p.h"

#include "core/trust/codes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const setup::Permission* permissionFor(const setup::App& client, const setup::App& resource, const QString& scope)
{
    const auto it = std::ranges::find_if(client.permissions, [&](const setup::Permission& permission) {
        return permission.resource == resource.name && permission.scopes.contains(scope);
    });
    return it == client.permissions.end() ? nullptr : &*it;
}

/// Of one scope.
ConsentState stateOf(const setup::Setup& setup, const setup::App& client, const setup::App& resource, const QString& scope,
    const QString& userObjectId, const Knowledge& knowledge)
{
    const setup::Permission* permission = permissionFor(client, resource, scope);
    if (permission && permission->consent == setup::Consent::Admin)
        return ConsentState::Granted;
    const setup::App* parent = client.kind == setup::AppKind::Agent ? setup.app(client.parent) : nullptr;
    const setup::Permission* inherited = parent ? permissionFor(*parent, resource, scope) : nullptr;
    if (inherited && inherited->consent == setup::Consent::Admin)
        return ConsentState::Inherited;
    if (permission && permission->consent == setup::Consent::None)
        return ConsentState::Refused;
    if (knowledge.consented)
        return knowledge.consented(client, resource, {scope}, userObjectId) ? ConsentState::Asked : ConsentState::Missing;
    return permission ? ConsentState::Unknown : ConsentState::Missing;
}

struct StateText
{
    ConsentState state;
    const char16_t* presented;
    const char16_t* relation;
};
constexpr StateText texts[] {
    {ConsentState::Granted, u"granted beforehand", u"granted"},
    {ConsentState::Inherited, u"granted to the blueprint", u"inherited from the blueprint"},
    {ConsentState::Asked, u"given on the consent page", u"granted"},
    {ConsentState::Missing, u"not given", u""},
    {ConsentState::Refused, u"refused in the setup", u""},
    {ConsentState::Unknown, u"asked of the user", u"Only Entra knows whether the user consented."},
};

} // namespace

ConsentState consentState(const setup::Setup& setup, const setup::App& client, const setup::App& resource,
    const QStringList& names,
    const QString& userObjectId, const Knowledge& knowledge)
{
    if (names.isEmpty())
        return ConsentState::Missing;
    ConsentState worst = ConsentState::Granted;
    for (const QString& name : names)
        worst = std::max(worst, stateOf(setup, client, resource, name, userObjectId, knowledge));
    return worst;
}

void checkConsent(TokenCase& c)
{
    const setup::App* resource = c.decision.resource;
    if (!resource || !c.decision.client)
        return;
    const ConsentState state = consentState(c.setup, *c.decision.client, *resource, c.decision.scopes,
        c.decision.userObjectId, c.knowledge);
    const auto& text = *std::ranges::find(texts, state, &StateText::state);
    base::Check check {.id = u"consent"_s, .title = u"Consent"_s,
                       .expected = scopesOf(c.decision.scopes, *resource),
                       .presented = QString::fromUtf16(text.presented),
                       .relation = QString::fromUtf16(text.relation),
                       .fix = u"Let the user or an administrator consent to the scopes for this application."_s,
                       .presentedFrom = u"consent given to the application"_s,
                       .expectedFrom = u"scope in the request"_s,
                       .source = u"Microsoft: error codes, AADSTS65001"_s};
    if (state == ConsentState::Unknown) {
        c.sheet.unknown(std::move(check), check.relation);
        return;
    }
    const bool holds = state == ConsentState::Granted || state == ConsentState::Inherited
        || state == ConsentState::Asked;
    const QString asked = check.expected;
    c.sheet.hold(std::move(check), holds, aadsts(65001), sentence(aadsts(65001), asked));
}

} // namespace trust
