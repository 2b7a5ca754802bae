// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"
#include "core/setup/setup.h"

/// Anthropic workload identity federation (Claude Platform documentation, "WIF reference").
namespace federation {

/// POST /v1/oauth/token: the assertion in `assertionSlot` for a bearer token in `slot`.
flow::Step exchangeAtAnthropic(const setup::Target& target, const flow::Party& asker, const QString& assertionSlot, const QString& slot, const flow::Frame& frame);
/// POST /v1/messages with the minted token: the proof that it works.
flow::Step sendMessage(const setup::Target& target, const flow::Party& asker, const QString& tokenSlot, const flow::Frame& frame);

/// The same with a static key that an earlier reply brought: the fallback without federation.
flow::Step sendMessageWithKey(const setup::Target& target, const flow::Party& asker, const QString& keySlot, const flow::Frame& frame);

} // namespace federation
