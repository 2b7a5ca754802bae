// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/json.h"
#include "core/http/message.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

/// Google Cloud workload identity federation (downstream.md section 3).
namespace trust {

/// Who a token is to Google once a provider has mapped it.
struct GoogleIdentity
{
    QString subject {};              ///< google.subject
    QStringList groups {};           ///< google.groups
    QList<std::pair<QString, QString>> attributes {}; ///< name without "attribute.", value
    QString pool {};                 ///< "projects/1/locations/global/workloadIdentityPools/p"

    /// "principal://iam.googleapis.com/<pool>/subject/<subject>": what policies name and audit logs show.
    QString principal() const;
    /// The sets it belongs to as policies name them: groups, attributes, the whole pool.
    QStringList sets() const;
};

struct GoogleDecision
{
    base::Verdict verdict {};
    QString reason {};               ///< short name of the true reason; empty when accepted
    GoogleIdentity identity {};
    std::chrono::seconds lifetime {0};
    QString scope {};
};

/// What stands in a request for an exchange, whether it is a form (snake case, every client library) or JSON (camel case, the
/// REST reference).
struct GoogleExchange
{
    QString grantType {};
    QString audience {};
    QString scope {};
    QString requestedTokenType {};
    QString subjectTokenType {};
    QByteArray subjectToken {};
    bool authorization = false;      ///< an Authorization header came along
    QString problem {};              ///< why it cannot be read
};
GoogleExchange googleExchangeIn(const http::Headers& headers, QByteArrayView body);

/// POST /v1/token against the provider object of the target.
GoogleDecision decideGoogleExchange(const setup::Setup& setup, const setup::Target& target, const GoogleExchange& request,
    const Knowledge& knowledge, base::Instant now);

/// A token against a provider object as the IAM API writes it.
GoogleDecision matchGoogle(const jose::Jwt& token, const json::Value& provider, const setup::Setup* setup,
    const Knowledge& knowledge, base::Instant now);

struct GoogleImpersonation
{
    base::Verdict verdict {};
    std::chrono::seconds lifetime {0};
    QStringList scopes {};
};

/// POST /v1/projects/-/serviceAccounts/<account>:generateAccessToken. Who may is in the account's own policy
/// (settings.serviceAccountPolicy of the target, as getIamPolicy answers).
GoogleImpersonation decideGoogleImpersonation(const setup::Setup& setup, const setup::Target& target, const QString& account,
    const http::Headers& headers, const json::Value& body, const Knowledge& knowledge, base::Instant now);
/// The account a URL of the service names: the text between "serviceAccounts/" and ":generateAccessToken".
QString googleAccountIn(QByteArrayView path);

/// A call of an API with a federated token (direct access) or with a service account's. Who may is in the resource's policy
/// (settings.resourcePolicy).
base::Verdict decideGoogleCall(const setup::Setup& setup, const setup::Target& target, const http::Headers& headers,
    const Knowledge& knowledge, base::Instant now);

/// Whom a token that Google minted stands for, as the lab remembers it: a principal or "serviceAccount:<e-mail>", and the sets
/// it belongs to.
OpaqueGrant googleGrant(const setup::Target& target, const GoogleDecision& decision, base::Instant now);
OpaqueGrant googleGrant(const setup::Target& target, const GoogleImpersonation& decision, const QString& account, base::Instant now);

/// "https://sts.googleapis.com": where the target's tokens are exchanged. The target itself where it names no other.
QString googleTokenService(const setup::Target& target);
/// "//iam.googleapis.com/<provider name>": the audience of the exchange.
QString googleAudience(const json::Value& provider);

inline constexpr QStringView googleCloudScope = u"https://www.googleapis.com/auth/cloud-platform";

} // namespace trust
