// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/flow/step.h"

namespace federation {

/// A workload outside Azure gets the token its own platform signs for it, for the audience a receiver wants. One step, or
/// two where the platform wants credentials of its own first (AWS). The shape is the platform's: GitHub's `value`,
/// Kubernetes' TokenRequest, Google's plain text, the SPIFFE file, the query protocol of AWS. Where the issuer has a
/// `tokenSource`, the token is taken from there: a file, a variable, a URL, or what was pasted. Slot `slot`.
QList<flow::Step> workloadToken(const setup::Setup& setup, const setup::Issuer& issuer, const QString& audience, const QString& slot,
    const flow::Frame& frame);

/// Who speaks in such a token.
flow::Party workloadParty(const setup::Issuer& issuer);

/// Where the issuer publishes its keys: read from its own metadata first. The step yields `jwks_uri`.
flow::Step issuerMetadata(const setup::Issuer& issuer, const flow::Frame& frame);
flow::KeySource keysOf(const setup::Issuer& issuer, const flow::Frame& frame);

} // namespace federation
