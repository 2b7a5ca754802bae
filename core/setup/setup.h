// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// The user's world: tenants, identities, what they may present and what receivers accept. Names real hosts, holds no
/// secret. Every object knows its JSON pointer, so that findings and fixes can point at it.
namespace setup {

/// Lower environments may root in a secret (a warning), higher ones may not (an error).
enum class Environment { Lower, Higher };
enum class AppKind { Public, Confidential, Blueprint, Agent, Resource };
enum class CredentialType { Secret, Certificate, Federated };
enum class Consent { User, Admin, None }; ///< asked on the consent page, granted beforehand, refused

struct Tenant
{
    QString name {};
    QString id {};          ///< GUID, lower case
    QString domain {};
    QString displayName {};
    QString authority {};   ///< origin: "https://login.microsoftonline.com"
    QString v1Issuer {};    ///< origin of v1 issuers: "https://sts.windows.net"
    QString pointer {};

    QString issuerV2() const { return authority + u'/' + id + QStringLiteral("/v2.0"); }
    QString issuerV1() const { return v1Issuer + u'/' + id + u'/'; }
    QString tokenEndpoint() const { return authority + u'/' + id + QStringLiteral("/oauth2/v2.0/token"); }
    QString authorizeEndpoint() const { return authority + u'/' + id + QStringLiteral("/oauth2/v2.0/authorize"); }
    QString keysUrl() const { return authority + u'/' + id + QStringLiteral("/discovery/v2.0/keys"); }
};

/// Who signs the assertion of a federated credential: an entry of managedIdentities or of issuers.
struct CredentialSource
{
    QString type {}; ///< "managed-identity" or "issuer"
    QString name {};
};

struct Credential
{
    CredentialType type {};
    QString name {};
    // secret: the value is in the keychain, only dates are here
    QString secretId {};         ///< GUID of the secret, which is not its value
    QString expires {};          ///< RFC 3339, may be empty
    QString created {};          ///< RFC 3339, may be empty
    QString lastUsed {};         ///< RFC 3339, may be empty
    // certificate: the private key is in the keychain (PEM or PKCS#12)
    QString certificate {};      ///< PEM, public
    QString algorithm {};        ///< of client assertions: "PS256" or "RS256"
    bool chain = false;          ///< send the certificate itself in the header (x5c)
    // federated (microsoft.graph.federatedIdentityCredential)
    QString issuer {};
    QString subject {};
    QStringList audiences {};
    QString expression {};       ///< claimsMatchingExpression.value
    CredentialSource source {};
    QString pointer {};
};

/// Which scopes or roles of a resource an app may ask for.
struct Permission
{
    QString resource {};     ///< name of an app of kind resource, blueprint or confidential
    QStringList scopes {};   ///< delegated
    QStringList roles {};    ///< application
    Consent consent = Consent::User;
    QString pointer {};
};

struct App
{
    QString name {};
    AppKind kind {};
    QString displayName {};
    QString tenant {};                ///< empty: the home tenant
    QString clientId {};
    QString objectId {};              ///< of the service principal; an agent's equals its clientId
    QStringList identifierUris {};
    QStringList redirectUris {};      ///< a loopback redirect is written without a port
    QStringList delegatedScopes {};
    QStringList appRoles {};
    int requestedAccessTokenVersion = 2; ///< 1 or 2, set on the resource
    QString parent {};                ///< agent: name of its blueprint
    QStringList optionalClaims {};    ///< resource: claims it asks for in access tokens
    QList<Credential> credentials {};
    QList<Permission> permissions {};
    QStringList owners {};            ///< owners or sponsors
    QStringList invokers {};          ///< who may invoke the agent
    QString lastSignIn {};            ///< RFC 3339, may be empty
    bool disabled = false;
    QString pointer {};

    bool isAgentic() const { return kind == AppKind::Blueprint || kind == AppKind::Agent; }
    /// Client id or one of the identifier URIs, compared exactly.
    bool isNamedBy(QStringView audience) const;
    const Credential* credential(CredentialType type) const;
};

struct ManagedIdentity
{
    QString name {};
    bool systemAssigned = false;
    QString displayName {};
    QString clientId {};
    QString objectId {};
    QString resourceId {};   ///< ARM id of a user-assigned identity
    QString host {};         ///< name of the machine it is attached to
    QString endpoint {};     ///< "http://169.254.169.254" (instance metadata) or the App Service token endpoint
    QString flavour {};      ///< "imds", "app-service" or "arc"
    QString pointer {};
};

struct User
{
    QString name {};
    QString username {};
    QString objectId {};
    QString displayName {};
    QString agent {};        ///< an agent user: name of the agent identity it belongs to
    QString pointer {};
};

/// Where a live token of an outside issuer comes from; in the lab the issuer itself signs.
struct TokenSource
{
    QString type {};         ///< "file", "environment", "url" or "paste"
    QString value {};        ///< path, variable or URL
};

/// An issuer outside Entra: GitHub, a cluster, any OpenID provider.
struct Issuer
{
    QString name {};
    QString displayName {};
    QString kind {};         ///< "github", "kubernetes", "spiffe", "google", "aws", ...; empty: any other
    QString issuer {};       ///< URL, as it stands in `iss`
    QString subject {};      ///< what its workload's tokens say in `sub`
    QString audience {};     ///< what they say in `aud` when nobody asks for another
    QString endpoint {};     ///< URL where a workload asks for its token
    TokenSource tokenSource {};
    json::Document claims {};///< further claims of its tokens
    json::Document keys {};  ///< inline key set (JWKS), where there is no discovery
    QString pointer {};
};

/// One version of a vault's secret; its value is never here.
struct VaultSecret
{
    QString name {};
    QString version {};      ///< 32 hex digits
    bool enabled = true;
    QString created {};      ///< RFC 3339
    QString expires {};      ///< RFC 3339, may be empty
    QString contentType {};
    QString pointer {};
};

/// A role at a vault or at one secret of it.
struct RoleAssignment
{
    QString principal {};    ///< name of an app, managed identity or user
    QString role {};         ///< "Key Vault Secrets User"
    QString scope {};        ///< "/" for the whole vault, "/secrets/<name>" for one secret, or the ARM id
    QString pointer {};
};

/// A tool of an MCP server.
struct Tool
{
    QString name {};
    QString scope {};        ///< short name of the scope it demands; may be empty
    bool writes = false;
    bool approval = false;   ///< a person has to approve each call
    QString pointer {};
};

/// A resource server, cloud, broker or vault at the end or on the way of a chain.
struct Target
{
    QString name {};
    /// "api", "graph", "anthropic", "aws", "google", "token-exchange", "mcp", "key-vault", "saas", "broker", "sidecar"
    QString kind {};
    QString displayName {};
    QString url {};           ///< base URL
    QString resource {};      ///< the app that stands for its audience
    // kind api: the words of the .NET token validation settings
    QStringList validAudiences {};
    QStringList validIssuers {};
    QStringList requiredScopes {}; ///< any one of them in scp, for user tokens
    QStringList requiredRoles {};  ///< any one of them in roles, for app tokens
    // kind anthropic: as the Admin API writes them, plus the names of the account
    QString organizationId {};
    QString serviceAccountId {};
    QString serviceAccountName {};
    QString workspaceId {};
    QString model {};
    json::Document issuer {};  ///< Anthropic federation issuer (fdis_...), the vendor's own object
    json::Document rule {};    ///< Anthropic federation rule (fdrl_...)
    // kind aws
    QString region {};
    QString roleArn {};
    QString sessionName {};
    json::Document trustPolicy {}; ///< the role's, as IAM writes it
    // kinds aws and google
    json::Document provider {};    ///< answer of GetOpenIDConnectProvider, or the IAM API's provider object
    // kind google
    QString credentialsUrl {};     ///< base URL of the service-account credentials API
    QString serviceAccount {};     ///< e-mail; empty: direct access
    QString subjectTokenType {};
    // kinds token-exchange, mcp, saas, broker
    QString profile {};            ///< "github", "google", "salesforce", "plain"; "descope", "agentcore", "google-agent"
    QString authorizationServer {};///< issuer that its tokens come from, when it is not the target itself
    QString clientId {};           ///< as which this program is known there; its secret is in the keychain
    QString audience {};           ///< logical name asked for (RFC 8693)
    QStringList scopes {};
    QList<Tool> tools {};
    json::Document metadata {};    ///< what it serves about itself (RFC 9728 or RFC 8414)
    // kind key-vault
    QList<VaultSecret> secrets {};
    QList<RoleAssignment> roleAssignments {};
    json::Document settings {};    ///< what only this kind or profile knows; switches for disputed behaviour
    QString pointer {};
};

/// Which recipe to walk and who plays which part in it.
struct FlowSpec
{
    QString id {};
    QString title {};
    QString recipe {};       ///< id of a catalog recipe
    QString user {};         ///< names of objects; which are needed depends on the recipe
    QString client {};       ///< where the user signs in: a public app, or the provider
    QString middleTier {};
    QString blueprint {};
    QString agent {};
    QString managedIdentity {};
    /// "secret", "certificate", "managed-identity" or "issuer": how the blueprint or middle tier proves itself
    QString credential {};
    QString issuer {};       ///< outside issuer whose token is the proof
    QString tenant {};       ///< at whose token endpoint is asked, when it is not the app's own tenant
    QString intermediary {}; ///< app between the workload and a cloud
    QString via {};          ///< target on the way: a vault, a broker, a sidecar
    QString tool {};         ///< of an MCP server
    QString secret {};       ///< name of a vault's secret
    int option = 0;          ///< 1: the managed identity is federated to the cloud, 2: the agent identity is
    bool pinned = true;      ///< the host's identity is named by its client id
    QString target {};
    QString alsoTarget {};   ///< second target of recipes that end at two
    QStringList scopes {};
    std::optional<Environment> environment {}; ///< when it differs from the setup's
    json::Document settings {};  ///< what only this recipe knows
    QString pointer {};
};

/// Sign-in at any OpenID Connect issuer, by discovery.
struct Provider
{
    QString name {};
    QString issuer {};       ///< compared exactly with the metadata's
    QString clientId {};
    QStringList scopes {};
    QString pointer {};
};

struct Setup
{
    json::Document document {}; ///< the text all of this was read from, kept for saving and for pointers
    QString file {};            ///< where it was loaded from; empty for a sample or a new one
    QByteArray onDisk {};       ///< digest of the file as it was loaded or last saved, to notice other programs' changes
    QString id {};
    QString title {};
    QString summary {};
    Environment environment {};
    QList<Tenant> tenants {};   ///< the first one is home; there may be none when only providers are used
    QList<User> users {};
    QList<App> apps {};
    QList<ManagedIdentity> managedIdentities {};
    QList<Issuer> issuers {};
    QList<Provider> providers {};
    QList<Target> targets {};
    QList<FlowSpec> flows {};

    const Tenant* home() const { return tenants.isEmpty() ? nullptr : &tenants.front(); }
    const Tenant* tenantOf(const App& app) const;
    const App* app(QStringView name) const;
    const App* appByClientId(QStringView clientId) const;
    const App* appByAudience(QStringView audience) const; ///< client id or identifier URI, a closing slash aside for Graph
    const App* appByObjectId(QStringView objectId) const;
    const ManagedIdentity* managedIdentity(QStringView name) const;
    const ManagedIdentity* managedIdentityByObjectId(QStringView objectId) const;
    const User* user(QStringView name) const;
    const User* userByObjectId(QStringView objectId) const;
    const Target* target(QStringView name) const;
    const Issuer* issuer(QStringView name) const;
    const Provider* provider(QStringView name) const;
    const FlowSpec* flow(QStringView id) const;
};

/// Reads a setup. Errors carry "line:column" or a JSON pointer with its line: syntax, unknown version, missing or wrong
/// member (from the field table), a reference to an object that is not there.
base::Result<Setup> parseSetup(QByteArray text, const QString& file = {});

/// The setup with other text at `pointer` (a JSON value); everything else stays byte for byte.
base::Result<Setup> edited(const Setup& setup, QStringView pointer, QByteArrayView value);

/// Well-known identifiers (entra.md 5.7 and 2.6).
inline constexpr QStringView exchangeAudienceUri = u"api://AzureADTokenExchange";
inline constexpr QStringView exchangeAudienceGuid = u"fb60f99c-7a34-4190-8149-302f77469936";
inline constexpr QStringView graphUri = u"https://graph.microsoft.com";
inline constexpr QStringView graphGuid = u"00000003-0000-0000-c000-000000000000";

} // namespace setup
