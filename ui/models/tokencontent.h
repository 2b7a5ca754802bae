// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/claims.h"
#include "core/flow/run.h"

/// What the signature strip says.
struct SignatureFacts
{
    base::Outcome outcome = base::Outcome::NotEvaluated;
    QString word {};    ///< "Signature verified"
    QString alg {};     ///< "RS256"
    QString kid {};
    QString text {};    ///< where the key came from, or why nothing was checked
    int length = 0;     ///< characters of the signature part
    bool operator==(const SignatureFacts&) const = default;
};

/// Begin, end, and now; what is known of them.
struct LifetimeFacts
{
    std::optional<base::Instant> begin {};
    QString beginName {}; ///< "nbf", "iat", "received"
    std::optional<base::Instant> end {};
    QString endName {};   ///< "exp", "expires_in"
    base::Instant now {};
    QString text {};      ///< "74 min left of 79 min"
    bool isOver() const { return end && now >= *end; }
    bool operator==(const LifetimeFacts&) const = default;
};

/// A line about a token nobody here can read.
struct OpaqueFact
{
    QString name {};
    QString text {};
    bool fixed = false;
    bool operator==(const OpaqueFact&) const = default;
};

/// Everything the Token page shows of one token.
struct TokenContent
{
    QString slot {};
    QString stepId {};
    chain::TokenSummary summary {};
    QList<chain::ClaimRow> rows {};
    QList<chain::Filler> fillers {};
    LifetimeFacts lifetime {};
    SignatureFacts signature {};
    QList<OpaqueFact> opaque {};  ///< instead of rows and signature
    QByteArray raw {};            ///< live: never shown whole unless asked for
    bool whole = true;            ///< false: raw is what was left of it when it was saved
    int length = 0;               ///< characters of the token when it was whole
    QByteArray payload {};        ///< JSON as it came, but for private keys in it
    QByteArray beforeSignature {}; ///< of a JWT: what is written before its signature, likewise
    bool isRefresh = false;       ///< worth as much as a password: copying it is asked for
};

TokenContent tokenContent(const flow::Token& token, const setup::Setup& setup, const flow::Flow& flow, const flow::Run& run, base::Instant now);

SignatureFacts signatureFacts(const flow::Token& token, const flow::Run& run, base::Instant now);
LifetimeFacts lifetimeFacts(const flow::Token& token, base::Instant now);
/// Header and payload as they came, the signature as a length: "eyJ....eyJ....[hidden, 342 characters]".
QString redactedToken(const TokenContent& content);
QString maskedSignature(const SignatureFacts& facts);

/// Slots whose tokens a step has to show: issued first, then presented; only those that are there.
struct TokenChoice
{
    QString slot {};
    bool issued = false; ///< by this step; else presented
    bool operator==(const TokenChoice&) const = default;
};
QList<TokenChoice> tokensOf(const flow::Step& step, const flow::Run& run);
