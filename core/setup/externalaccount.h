// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/setup/setup.h"

#include <QStringList>

/// Google's file for GOOGLE_APPLICATION_CREDENTIALS that points at a credential elsewhere (type external_account). It holds no
/// secret and can be kept with the code; a service account key looks alike and is one (downstream.md 3.5, PAT-CONFIG-MISTAKEN).
namespace setup {

/// What a file of Google's client libraries is, told from its members.
enum class GoogleFile {
    Other,             ///< none of Google's
    ExternalAccount,   ///< a pointer, no secret
    ServiceAccountKey, ///< `private_key`: whoever copies it is the account
    AuthorizedUser,    ///< `refresh_token`: whoever copies it is the user
    Impersonated       ///< impersonated_service_account: wraps another one
};
GoogleFile googleFile(const json::Value& root);

/// Where the library takes the outside token from.
enum class TokenFrom { Url, File, Certificate, Executable, Aws };

struct ExternalAccount
{
    QString audience {};              ///< "//iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/..."
    QString subjectTokenType {};
    QString tokenUrl {};
    QString impersonationUrl {};      ///< empty: direct access
    int tokenLifetimeSeconds = 3600;  ///< of the impersonated account's token
    QString clientId {};              ///< workforce pools
    bool hasClientSecret = false;     ///< the value stays in the file
    QString workforceProject {};      ///< workforce_pool_user_project
    QString quotaProject {};
    QString universeDomain {};
    TokenFrom from = TokenFrom::File;
    QString source {};                ///< URL, path, command or region URL
    QList<std::pair<QString, QString>> headers {}; ///< of a URL: name, value
    bool json = false;                ///< format.type is "json"
    QString field {};                 ///< format.subject_token_field_name
    QStringList notUnderstood {};     ///< pointers of members that were not read

    /// E-mail in the impersonation URL; empty without one.
    QString serviceAccount() const;
    /// "projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>"
    QString providerName() const { return audience.startsWith(u"//iam.googleapis.com/") ? audience.mid(21) : audience; }
};

/// Errors name the member by its pointer: another type of file ("not-external-account", and for a service account key
/// "service-account-key"), a member that is missing or of another type, none or several sources, an impersonation URL of another
/// form.
base::Result<ExternalAccount> readExternalAccount(const json::Value& root);

/// The file as gcloud writes it, laid out with two blanks. Never with a client secret.
QByteArray writeExternalAccount(const ExternalAccount& account);

/// The file for a target of kind google. With a managed identity at an instance metadata service the token comes from there;
/// App Service's header changes with each start, so no file can hold it: then, and without an identity, it comes from `tokenFile`.
ExternalAccount externalAccountFor(const Setup& setup, const Target& target, const ManagedIdentity* identity, bool impersonate,
    const QString& tokenFile);

} // namespace setup
