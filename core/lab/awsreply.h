// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/clock.h"
#include "core/http/server.h"

namespace lab {

/// Temporary credentials, as AssumeRoleWithWebIdentity hands them out.
struct AwsSession
{
    QByteArray keyId {};
    QByteArray secret {};
    QByteArray token {};
    base::Instant expires {};
    QString arn {};    ///< of the assumed role
    QString roleId {}; ///< "AROA...:<session>"
};

/// What the answer says of the web identity.
struct AwsWebIdentity
{
    QString subject {};
    QString provider {};
    QString audience {};
    std::optional<int> packedPolicySize {}; ///< percent, where session policies came along
};

// Answers of the query protocol, version 2011-06-15 (STS API Reference). All carry x-amzn-RequestId.
http::ServerResponse awsAssumedRole(const QByteArray& requestId, const AwsSession& session, const AwsWebIdentity& identity);
http::ServerResponse awsCallerIdentity(
    const QByteArray& requestId, const QString& arn, const QString& userId, const QString& account);
http::ServerResponse awsError(const QByteArray& requestId, int status, const QString& code, const QString& message);

/// What stands in the answer: it says less than the reason in the history (downstream.md 2.3).
QString awsMessage(const base::Refusal& refusal, const QString& reason, const QString& issuer);

} // namespace lab
