// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"

/// Sign-in at a third party by code and PKCE, with what is known of each provider (setup::SaasProfile).
namespace federation {

flow::Party saasParty(const setup::Target& target);

flow::Step saasSignIn(const setup::Target& target, const setup::User& user, const QStringList& scopes, const flow::Frame& frame);
/// Redeems the code. The refresh token that may come with it goes into the secret store, one a user and provider.
flow::Step saasRedeem(const setup::Setup& setup, const setup::Target& target, const setup::User& user, const flow::Frame& frame);
/// The API says who the token in `slot` is for.
flow::Step saasCall(const setup::Target& target, const flow::Party& asker, const QString& slot, const QString& id, const flow::Frame& frame);
/// A new access token for the refresh token, which is read from the secret store and, where it rotates, kept anew.
flow::Step saasRefresh(const setup::Setup& setup, const setup::Target& target, const setup::User& user, const flow::Frame& frame);

} // namespace federation
