// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "resourcetoken.h"

#include <algorithm>

namespace entra {

using namespace Qt::StringLiterals;

flow::Step managedIdentityTokenFor(const setup::Setup& setup, const setup::ManagedIdentity& identity, const flow::Value& resource,
    const QString& slot, const flow::Frame& frame)
{
    flow::Step step = managedIdentityToken(setup, identity, frame);
    step.explain = u"managed-identity.resource"_s;
    const auto asked = std::ranges::find(step.query, QByteArray("resource"), &flow::Field::name);
    asked->value = resource;
    if (const auto* text = std::get_if<flow::FromSetup>(&resource.v))
        step.audienceAsked = text->text;
    step.yields = {{.pointer = u"/access_token"_s, .slot = frame.slot(slot), .token = true, .speaker = party(identity)}};
    return step;
}

} // namespace entra
