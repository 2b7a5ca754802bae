// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/run.h"

/// What a client demands of a token answer before it uses anything of it.
namespace flow {

/// The answer's `token_type`, letters of any case: a type that is not understood must not be used (RFC 6749 5.1, 7.1).
Expectation tokenType(QByteArray type = QByteArrayLiteral("Bearer"));
/// The same where the vendor's own documentation lets an answer go without the member, or does not tell.
Expectation tokenTypeIfAny();
/// Everything of an id token but `iss` and `nonce`, which each issuer and each sign-in has its own.
Expectation idTokenOf(const QString& slot, Value clientId);

/// Form, audience, authorized party, subject and times of an id token (OpenID Connect Core, 2 and 3.1.3.7). `token` is nullptr
/// when the answer has none.
QList<base::Check> idTokenChecks(const Token* token, const QByteArray& clientId, base::Instant now);
/// In what way the body's member is no token: another type, or there twice. Empty when it is one text, or not there at all.
QString tokenFault(const Yield& yield, const json::Document& body);
/// What is wrong with a token answer whoever it is from; what is right is not mentioned.
QList<base::Check> tokenAnswerChecks(const Step& step, const json::Document& body);

} // namespace flow
