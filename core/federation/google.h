// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"
#include "core/setup/setup.h"

/// Google Cloud workload identity federation (Google Cloud: STS, method token; IAM credentials, generateAccessToken).
namespace federation {

/// The pool's principal that a token becomes.
flow::Party googlePool(const setup::Target& target);
flow::Party googleAccount(const setup::Target& target);

/// POST /v1/token as a form: the token in `subjectSlot` for a federated token in `slot`.
flow::Step exchangeAtGoogle(const setup::Target& target, const flow::Party& asker, const QString& subjectSlot, const QString& slot,
    const flow::Frame& frame);
/// POST ...:generateAccessToken with the federated token: an access token of the target's service account in `slot`.
flow::Step impersonateAccount(const setup::Target& target, const flow::Party& asker, const QString& tokenSlot, const QString& slot,
    const flow::Frame& frame);
/// POST ...:generateContent at the target with the token in `tokenSlot`: the proof that it works.
flow::Step generateContent(const setup::Target& target, const flow::Party& asker, const QString& tokenSlot, const flow::Frame& frame);

} // namespace federation
