// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "fields.h"

namespace setup {

namespace {

using enum FieldKind;
constexpr bool must = true;
constexpr bool may = false;

// The order of a Choice's names is the order of its enumeration in setup.h.
constexpr Field table[] = {
    {"/schema", Choice, must, "setup", "Schema", "Says what kind of document this is: \"setup\"."},
    {"/version", Number, must, "1", "Version", "The version of the document's shape: 1."},
    {"/id", Text, must, "", "Id", "A short name that stays; keychain entries of this setup begin with it."},
    {"/title", Text, must, "", "Title", "What the setup is called on screen."},
    {"/summary", Text, may, "", "Summary", "One or two sentences about what the setup shows."},
    {"/environment", Choice, must, "lower|higher", "Environment",
        "Lower environments may root in a secret, higher ones may not: \"lower\" or \"higher\"."},

    {"/tenants", Array, may, "", "Tenants", "The directories; the first one is home."},
    {"/tenants/*/name", Text, must, "", "Name", "What the setup calls the tenant."},
    {"/tenants/*/id", Guid, must, "", "Tenant ID", "The directory (tenant) ID, a GUID."},
    {"/tenants/*/domain", Text, may, "", "Domain", "The tenant's primary domain."},
    {"/tenants/*/displayName", Text, may, "", "Display name", "The tenant's name for people."},
    {"/tenants/*/authority", Origin, must, "", "Authority",
        "Origin of the token endpoint and of v2.0 issuers, such as \"https://login.microsoftonline.com\"."},
    {"/tenants/*/v1Issuer", Origin, must, "", "v1 issuer host",
        "Origin of the issuer in v1.0 tokens, such as \"https://sts.windows.net\"."},

    {"/users", Array, may, "", "Users", "People who sign in."},
    {"/users/*/name", Text, must, "", "Name", "What the setup calls the user."},
    {"/users/*/username", Text, must, "", "User principal name", "What the user types at the sign-in page."},
    {"/users/*/objectId", Guid, may, "", "Object ID", "The user's object ID, a GUID: claim oid."},
    {"/users/*/displayName", Text, may, "", "Display name", "The user's name for people."},

    {"/apps", Array, may, "", "Applications", "App registrations, blueprints, agent identities and resources."},
    {"/apps/*/name", Text, must, "", "Name", "What the setup calls the app."},
    {"/apps/*/kind", Choice, must, "public|confidential|blueprint|agent|resource", "Kind",
        "One of \"public\", \"confidential\", \"blueprint\", \"agent\", \"resource\"."},
    {"/apps/*/displayName", Text, may, "", "Display name", "The app's name in the directory."},
    {"/apps/*/tenant", Name, may, "tenants", "Tenant", "Name of the app's tenant; without it, the home tenant."},
    {"/apps/*/clientId", Guid, must, "", "Client ID", "The application (client) ID, a GUID."},
    {"/apps/*/objectId", Guid, may, "", "Object ID",
        "The object ID of the service principal, a GUID. An agent's equals its client ID."},
    {"/apps/*/identifierUris", TextList, may, "", "App ID URIs", "A list; the first one is used to build scopes."},
    {"/apps/*/redirectUris", TextList, may, "", "Redirect URIs",
        "A list. A loopback redirect is written without a port and fits any port."},
    {"/apps/*/delegatedScopes", TextList, may, "", "Delegated scopes", "A list of the scopes the app exposes to users."},
    {"/apps/*/appRoles", TextList, may, "", "App roles", "A list of the roles the app exposes to applications."},
    {"/apps/*/requestedAccessTokenVersion", Number, may, "1|2", "Token version",
        "1 or 2: the version of the access tokens issued for this resource."},
    {"/apps/*/parent", Name, may, "apps", "Blueprint", "Name of the blueprint an agent belongs to."},
    {"/apps/*/optionalClaims", TextList, may, "", "Optional claims", "A list of claims the resource wants in access tokens."},
    {"/apps/*/owners", TextList, may, "", "Owners", "A list of the people who answer for the app: owners or sponsors."},
    {"/apps/*/disabled", Flag, may, "", "Disabled", "true when sign-in with this app is blocked."},

    {"/apps/*/credentials", Array, may, "", "Credentials", "How the app proves itself; never a secret's value."},
    {"/apps/*/credentials/*/type", Choice, must, "secret|certificate|federated", "Type",
        "One of \"secret\", \"certificate\", \"federated\"."},
    {"/apps/*/credentials/*/name", Text, must, "", "Name", "What the credential is called."},
    {"/apps/*/credentials/*/secretId", Guid, may, "", "Secret ID",
        "The GUID the directory lists the secret under. Its value belongs into the keychain."},
    {"/apps/*/credentials/*/expires", Time, may, "", "Expires", "When the secret ends, such as \"2027-01-31T00:00:00Z\"."},
    {"/apps/*/credentials/*/certificate", Text, may, "", "Certificate", "The public certificate, PEM."},
    {"/apps/*/credentials/*/issuer", Issuer, may, "", "Issuer", "What `iss` of the presented token has to be, letter by letter."},
    {"/apps/*/credentials/*/subject", Text, may, "", "Subject", "What `sub` of the presented token has to be, letter by letter."},
    {"/apps/*/credentials/*/audiences", TextList, may, "", "Audiences", "A list of one: the audience of the presented token."},
    {"/apps/*/credentials/*/claimsMatchingExpression", Object, may, "", "Expression",
        "A condition in place of a subject, as the directory writes it."},
    {"/apps/*/credentials/*/claimsMatchingExpression/value", Text, must, "", "Value",
        "The condition, such as \"claims['sub'] matches 'repo:org/repo:*'\"."},
    {"/apps/*/credentials/*/claimsMatchingExpression/languageVersion", Number, may, "1", "Language version", "1."},
    {"/apps/*/credentials/*/source", Object, may, "", "Source", "Who signs the presented token."},
    {"/apps/*/credentials/*/source/type", Choice, must, "managed-identity|issuer", "Type",
        "\"managed-identity\" or \"issuer\"."},
    {"/apps/*/credentials/*/source/name", Name, must, "managedIdentities|issuers", "Name",
        "Name of the managed identity or of the outside issuer."},

    {"/apps/*/permissions", Array, may, "", "Permissions", "What the app may ask other apps for."},
    {"/apps/*/permissions/*/resource", Name, must, "apps", "Resource", "Name of the app that is asked for."},
    {"/apps/*/permissions/*/scopes", TextList, may, "", "Scopes", "A list of delegated scopes of the resource."},
    {"/apps/*/permissions/*/roles", TextList, may, "", "Roles", "A list of app roles of the resource."},
    {"/apps/*/permissions/*/consent", Choice, may, "user|admin|none", "Consent",
        "\"user\" is asked on the consent page, \"admin\" was granted beforehand, \"none\" is refused."},

    {"/managedIdentities", Array, may, "", "Managed identities", "Identities that a host attests."},
    {"/managedIdentities/*/name", Text, must, "", "Name", "What the setup calls the identity."},
    {"/managedIdentities/*/type", Choice, must, "userAssigned|systemAssigned", "Type", "\"userAssigned\" or \"systemAssigned\"."},
    {"/managedIdentities/*/displayName", Text, may, "", "Display name", "The identity's name in the directory."},
    {"/managedIdentities/*/clientId", Guid, may, "", "Client ID", "The identity's client ID, a GUID."},
    {"/managedIdentities/*/objectId", Guid, must, "", "Object ID",
        "The identity's object (principal) ID, a GUID: the subject of its tokens."},
    {"/managedIdentities/*/resourceId", Text, may, "", "Resource ID", "The ARM ID of a user-assigned identity."},
    {"/managedIdentities/*/host", Text, may, "", "Host", "Name of the machine the identity is attached to."},
    {"/managedIdentities/*/flavour", Choice, may, "imds|app-service", "Flavour",
        "\"imds\" for the instance metadata service, \"app-service\" for App Service and its kin."},
    {"/managedIdentities/*/endpoint", Url, must, "", "Endpoint",
        "Where the host hands out tokens: \"http://169.254.169.254\", or the App Service token endpoint."},

    {"/issuers", Array, may, "", "Outside issuers", "Issuers outside the directory: GitHub, a cluster, any OpenID provider."},
    {"/issuers/*/name", Text, must, "", "Name", "What the setup calls the issuer."},
    {"/issuers/*/displayName", Text, may, "", "Display name", "The issuer's name for people."},
    {"/issuers/*/issuer", Issuer, must, "", "Issuer", "The URL as it stands in `iss`."},
    {"/issuers/*/subject", Text, may, "", "Subject", "What its workload's tokens say in `sub`."},

    {"/providers", Array, may, "", "OpenID providers", "Where a user signs in, found by discovery."},
    {"/providers/*/name", Text, must, "", "Name", "What the setup calls the provider."},
    {"/providers/*/issuer", Issuer, must, "", "Issuer", "The URL, compared exactly with the issuer in the provider's metadata."},
    {"/providers/*/clientId", Text, must, "", "Client ID", "The client ID that the provider knows this program by."},
    {"/providers/*/scopes", TextList, may, "", "Scopes", "A list of scopes; \"openid\" brings an id token."},

    {"/targets", Array, may, "", "Targets", "Resource servers and clouds at the end of a chain."},
    {"/targets/*/name", Text, must, "", "Name", "What the setup calls the target."},
    {"/targets/*/kind", Choice, must, "api|graph|anthropic", "Kind", "One of \"api\", \"graph\", \"anthropic\"."},
    {"/targets/*/displayName", Text, may, "", "Display name", "The target's name for people."},
    {"/targets/*/url", Url, must, "", "URL", "The base URL of the target."},
    {"/targets/*/resource", Name, may, "apps", "Resource", "Name of the app that stands for the target's audience."},
    {"/targets/*/validAudiences", TextList, may, "", "Valid audiences", "A list: what the API takes in `aud`."},
    {"/targets/*/validIssuers", IssuerList, may, "", "Valid issuers", "A list: what the API takes in `iss`."},
    {"/targets/*/requiredScopes", TextList, may, "", "Required scopes", "A list; a user's token needs one of them in `scp`."},
    {"/targets/*/requiredRoles", TextList, may, "", "Required roles", "A list; an app's token needs one of them in `roles`."},
    {"/targets/*/organizationId", Text, may, "", "Organization ID", "The Anthropic organization, a UUID."},
    {"/targets/*/serviceAccountId", Text, may, "", "Service account ID", "Begins with svac_."},
    {"/targets/*/serviceAccountName", Text, may, "", "Service account", "The service account's name in the Console."},
    {"/targets/*/workspaceId", Text, may, "", "Workspace ID", "Begins with wrkspc_, or is \"default\"."},
    {"/targets/*/model", Text, may, "", "Model", "The model that the closing message asks."},
    {"/targets/*/issuer", Foreign, may, "", "Federation issuer", "The fdis_ object, as the Admin API writes it."},
    {"/targets/*/rule", Foreign, may, "", "Federation rule", "The fdrl_ object, as the Admin API writes it."},

    {"/flows", Array, may, "", "Flows", "Which recipes to walk, and who plays which part."},
    {"/flows/*/id", Text, must, "", "Id", "A short name for the command line."},
    {"/flows/*/title", Text, may, "", "Title", "What the flow is called on screen."},
    {"/flows/*/recipe", Text, must, "", "Recipe", "Id of the recipe, such as \"agent-autonomous\"."},
    {"/flows/*/user", Name, may, "users", "User", "Name of the user who signs in."},
    {"/flows/*/client", Name, may, "apps|providers", "Client", "Name of the public app or provider where the user signs in."},
    {"/flows/*/middleTier", Name, may, "apps", "Middle tier", "Name of the app that acts on behalf of the user."},
    {"/flows/*/blueprint", Name, may, "apps", "Blueprint", "Name of the agent's blueprint."},
    {"/flows/*/agent", Name, may, "apps", "Agent", "Name of the agent identity."},
    {"/flows/*/managedIdentity", Name, may, "managedIdentities", "Managed identity",
        "Name of the identity that stands in for a secret."},
    {"/flows/*/credential", Choice, may, "secret|managed-identity", "Credential",
        "How the blueprint or middle tier proves itself: \"secret\" or \"managed-identity\"."},
    {"/flows/*/target", Name, may, "targets", "Target", "Name of the target at the end."},
    {"/flows/*/alsoTarget", Name, may, "targets", "Second target", "Name of the second target of recipes that end at two."},
    {"/flows/*/scopes", TextList, may, "", "Scopes", "A list of the scopes that are asked for."},
    {"/flows/*/environment", Choice, may, "lower|higher", "Environment", "\"lower\" or \"higher\", when it differs from the setup's."},
};

} // namespace

std::span<const Field> fields() { return table; }

} // namespace setup
