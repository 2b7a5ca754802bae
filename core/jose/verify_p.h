// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/jwt.h"

/// The parts of verify(): each makes checks, none stops the others.
namespace jose {

/// A check of the token itself, not evaluated so far.
base::Check tokenCheck(QString id, QString title, QString source);

void fail(base::Check& check, const QString& relation, const QString& fix);
void pass(base::Check& check, const QString& relation);
/// A value of the token made safe to read and short enough for a line; "absent" for a missing one.
QString shown(const json::Value& value);
QString shown(QByteArrayView utf8);

/// Which keys may have made the signature, and what that says about the header's `alg` and `kid`.
struct Selection
{
    QList<const Key*> candidates {};
    base::Check key {};
    QString disagreement {}; ///< why the header's algorithm does not agree with the key; empty when it does
};
Selection selectKeys(const Jwt& token, const KeySet& keys, const Algorithm* alg, const Expectation& expected);

base::Check checkIssuer(const Jwt& token, const Expectation& expected);
base::Check checkAudience(const Jwt& token, const Expectation& expected);
/// nbf, iat and exp, in this order.
void checkTimes(const Jwt& token, const Expectation& expected, QList<base::Check>& checks);

} // namespace jose
