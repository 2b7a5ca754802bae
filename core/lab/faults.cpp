// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "faults.h"

#include "core/lab/awsfaults.h"
#include "core/lab/googlefaults.h"
#include "core/lab/credentialfaults.h"
#include "core/lab/mcpfaults.h"
#include "core/lab/exchangefaults.h"
#include "core/lab/setupfaults.h"
#include "core/lab/sidecarfaults.h"
#include "core/lab/vaultfaults.h"
#include "core/setup/saasprofile.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr auto secret = "secret", identity = "managed-identity";
constexpr auto api = "sign-in-api";
constexpr auto signIns = "sign-in-api on-behalf-of agent-for-user";
constexpr auto delegated = "on-behalf-of agent-for-user";
constexpr auto rooted = "workload on-behalf-of agent-autonomous agent-for-user agent-two-patterns";
constexpr auto agents = "agent-autonomous agent-for-user agent-two-patterns";
constexpr auto certificate = "certificate", workload = "issuer";
constexpr auto proving = "workload on-behalf-of agent-autonomous agent-for-user";
constexpr auto all = "workload sign-in-api on-behalf-of agent-autonomous agent-for-user agent-two-patterns";
constexpr auto aws = "aws-agent aws-intermediary";

constexpr auto google = "google-direct google-impersonation";
constexpr auto googleAccount = "google-impersonation";
constexpr auto mcpAtEntra = "mcp-tool mcp-step-up", mcpOwn = "mcp-register", enterprise = "mcp-enterprise", mcpTokens = "mcp-tool mcp-step-up mcp-register";

constexpr auto vaults = "vault-secret vault-blue-green vault-rotation vault-key";
constexpr auto reading = "vault-secret vault-key";

/// Where each use of a refresh token ends it.
bool rotatesRefreshTokens(const setup::Setup& setup, const setup::FlowSpec& flow)
{
    const setup::Target* target = setup.target(flow.target);
    return target && setup::givesRefreshTokens(*target) && setup::rotatesRefreshTokens(*target);
}

constexpr auto exchanges = "token-exchange token-exchange-delegation jwt-grant";
constexpr auto secrets = "token-exchange token-exchange-delegation jwt-grant saas-sign-in";
constexpr auto users = "token-exchange token-exchange-delegation";

constexpr Fault table[] {
    {"api-audience-uri-only", "The API lists the URI alone",
        "The API's list of audiences holds the App ID URI and not the GUID that v2.0 tokens carry.",
        "TR-AUD-ONE-OF-TWO", api, apiAudienceUriOnly},
    {"api-scope-missing", "The API wants another scope",
        "The API demands a scope that the client does not ask for.", "TR-SCOPE-MISSING", api,
        apiScopeMissing},
    {"resource-app-v1", "The resource app issues v1.0 tokens",
        "The resource app's requestedAccessTokenVersion is 1; the receiver expects v2.0.",
        "ID-RESOURCE-APP-V1", "sign-in-api agent-autonomous agent-for-user agent-two-patterns",
        resourceAppV1},
    {"redirect-path", "The redirect URI moved", "The client's registered redirect URIs have another path.",
        "ID-REDIRECT-MISMATCH", signIns, redirectPath},
    {"consent-missing", "Nobody consented",
        "The permission of the middle tier or agent for the last resource grants no scope.",
        "DEL-CONSENT-MISSING", delegated, consentMissing},
    {"obo-audience", "A second registration asks",
        "The on-behalf-of request comes from a second registration of the middle tier; the user's token is "
        "made for the first.",
        "DEL-OBO-AUDIENCE", "on-behalf-of", oboAudience},
    {"secret-id-as-value", "The secret's id in place of its value",
        "The one who walks holds the GUID that the portal lists the secret under.", "SEC-ID-NOT-VALUE",
        rooted, secretIdAsValue, secret},
    {"secret-expired", "The client secret expired",
        "The secret of the blueprint or middle tier ended in January 2020.", "SEC-EXPIRED", rooted,
        secretExpired, secret},
    {"fic-subject-case", "The credential's subject in upper case",
        "The federated credential's subject differs from the token's only in case.", "ID-FIC-CASE", rooted,
        ficSubjectCase, identity},
    {"fic-issuer-slash", "A slash behind the credential's issuer",
        "The federated credential's issuer ends with a slash, the token's does not.", "X-ISS-SLASH", rooted,
        ficIssuerSlash, identity},
    {"fic-client-id", "The client id as the credential's subject",
        "The federated credential names the managed identity by its client id in place of its object id.",
        "ID-FIC-CLIENT-ID", rooted, ficClientId, identity},
    {"fic-audience-guid", "The GUID as the credential's audience",
        "The federated credential's audience is the exchange audience's GUID in place of its URI.",
        "ID-FIC-AUDIENCE", rooted, ficAudienceGuid, identity},
    {"agent-wrong-parent", "The agent belongs to another blueprint",
        "The agent's parent is a blueprint that has no part in the flow.", "ID-AGENT-PARENT", agents,
        agentWrongParent},
    {"rule-subject-case", "The rule names the agent in upper case",
        "The federation rule's subject, or its claim azp, differs only in case.", "TR-RULE-SUBJECT", agents,
        ruleSubjectCase},
    {"rule-audience-uri", "The rule names the audience by URI",
        "The federation rule's audience is the App ID URI; v2.0 tokens carry the GUID.", "TR-AUD-ONE-OF-TWO",
        agents, ruleAudienceUri},
    {"rule-tenant-wrong", "The rule's issuer is another tenant",
        "The federation issuer's URL names a tenant that is not the agent's.", "ID-WRONG-TENANT", agents,
        ruleTenantWrong},
    {"rule-archived", "The rule is archived", "The federation rule was archived in January 2020.",
        "TR-RULE-ARCHIVED", agents, ruleArchived},
    {"issuer-lifetime-short", "The issuer allows half an hour",
        "The federation issuer's longest lifetime is 1800 s, shorter than the agent's token lives.",
        "X-MI-24H", agents, issuerLifetimeShort},
    {"rule-keys-stale", "The rule's issuer holds old keys",
        "The federation issuer's keys are given inline, and they are those from before the tenant changed its own.",
        "TR-KEYS-INLINE", agents, ruleKeysStale},
    {"account-not-in-workspace", "The service account left the workspace",
        "At Anthropic the rule's service account is no member of the workspace.", "TR-ACCOUNT-NOT-MEMBER",
        agents, nullptr},
    {"jti-replay", "The assertion was seen before",
        "Entra's tokens carry a jti, and Anthropic has seen this one.", "X-JTI-REPLAY", agents, nullptr},
    {"clock-skew", "The tenant's clock is half an hour fast",
        "Entra and the metadata service stamp their tokens half an hour ahead of the receivers' clocks.",
        "X-CLOCK-SKEW", all, nullptr},
    {"exchange-target", "The exchange does not offer the audience",
        "The exchange's list of audiences holds another one than the API's.", "DEL-TARGET-REFUSED", exchanges,
        exchangeTarget},
    {"exchange-audience", "The exchange takes other tokens",
        "The exchange takes tokens of another audience than the one they are made for.", "TR-AUD-MISMATCH",
        exchanges, exchangeAudience},
    {"exchange-subject", "The exchange takes another user",
        "The exchange's list of subjects names another object id.", "DEL-SUBJECT-REFUSED", users,
        exchangeSubject},
    {"exchange-actor", "Another agent may act", "The exchange's list of actors names another agent.",
        "DEL-ACTOR-REFUSED", "token-exchange-delegation", exchangeActor},
    {"exchange-drops-actor", "The exchange leaves the actor out",
        "The exchange issues the token without act, as if the user had called.", "DEL-NO-ACTOR",
        "token-exchange-delegation", nullptr},
    {"agent-record-revoked", "The agent's record is revoked",
        "The broker's record of this client and principal is revoked.", "TR-AGENT-REVOKED", "credential-broker",
        agentRecordRevoked, "managed-identity"},
    {"broker-policy", "No policy lets the agent fetch", "The broker's policy for connections is gone.",
        "TR-POLICY-DENIED", "credential-broker", brokerPolicy, "managed-identity"},
    {"broker-user", "The user never connected", "The broker's connection has no users.", "DEL-SUBJECT-REFUSED",
        "credential-broker", brokerUser},
    {"target-secret", "The client's secret there is another one",
        "The one who walks holds an old secret of the client that the exchange or provider knows.",
        "SEC-WRONG-SECRET", secrets, nullptr},
    {"saas-code", "The code comes too late", "The provider's code has ended when it is redeemed.",
        "DEL-CODE-REFUSED", "saas-sign-in", nullptr},
    {"saas-redirect", "The code was asked for with another redirect URI",
        "The provider remembers another redirect URI for the code.", "ID-REDIRECT-MISMATCH", "saas-sign-in", nullptr},
    {"saas-refresh-reused", "Somebody used the refresh token first", "The refresh token was used before the one who walks uses it.",
        "SEC-REFRESH-REUSED", "saas-sign-in", nullptr, "", rotatesRefreshTokens},
    {"token-passed-on", "The token is passed on", "The user's token goes to the API without an exchange.",
        "DEL-PASSTHROUGH", "token-exchange", tokenPassedOn},
    {"grant-confusion", "The JWT in the wrong place",
        "The JWT is sent as client_assertion, where it authenticates a client, in place of assertion.",
        "X-GRANT-CONFUSION", "jwt-grant", grantConfusion},
    {"garbage-response", "The last receiver answers nonsense",
        "Target systems answer with bytes that are no JSON.", "NET-BAD-ANSWER", all, nullptr},
    {"endless-response", "The last receiver does not stop",
        "Target systems answer with more than any client reads.", "NET-BAD-ANSWER", all, nullptr},
    // How workloads prove themselves
    {"certificate-expired", "The certificate expired", "The certificate of the application ended in January 2020.",
        "SEC-CERT-EXPIRED", proving, certificateExpired, certificate},
    {"certificate-not-registered", "The certificate was renewed, not registered",
        "The one who walks signs with a new certificate around the same key; the application knows the old one.",
        "SEC-CERT-NOT-REGISTERED", proving, nullptr, certificate},
    {"certificate-wrong-key", "Another private key", "The key in the store does not belong to the certificate in the setup.",
        "SEC-CERT-KEY", proving, nullptr, certificate},
    {"assertion-audience", "The assertion is addressed to /common",
        "The client assertion names the token endpoint of no tenant in particular.", "SEC-ASSERTION-AUDIENCE", proving,
        assertionAudience, certificate},
    {"github-immutable-subject", "The repository writes the immutable subject",
        "GitHub writes owner and repository with their ids, as it does since July 2026 for new and renamed repositories; "
        "the federated credential has the names alone.",
        "X-GITHUB-MUTABLE-SUB", proving, githubImmutable, "issuer github"},
    {"kubernetes-issuer-slash", "The cluster's slash is missing",
        "The cluster's issuer ends with a slash, the federated credential's does not.", "X-ISS-SLASH", proving,
        kubernetesSlash, "issuer kubernetes"},
    {"spiffe-no-issuer", "A SPIFFE token without issuer",
        "The JWT-SVID has no iss: SPIFFE does not demand one, and SPIRE writes it only when told to.", "WL-NO-ISSUER",
        proving, spiffeNoIssuer, "issuer spiffe"},
    {"workload-audience", "The job asks for another audience",
        "The job asks its platform for the platform's usual audience in place of the exchange audience.",
        "ID-FIC-AUDIENCE", proving, workloadAudience, workload},
    {"workload-algorithm", "The outside issuer signs with ES256",
        "The outside issuer signs with ES256, as SPIRE does unless it is told otherwise. Entra takes RS256.",
        "WL-ALGORITHM", proving, nullptr, workload},
    {"client-id-unpinned", "Nobody pins the identity",
        "The host has a second identity, and the request does not name one: the host's own is taken.",
        "ID-CLIENT-ID-UNPINNED", rooted, clientIdUnpinned, identity},
    {"redeploy", "The host was deployed again",
        "The host's system-assigned identity has a new object id, which the cloud's rule does not know. A user-assigned "
        "identity would have stayed the same.",
        "ID-SAMI", "host-to-cloud", redeployed, "managed-identity system"},
    {"wrong-tenant", "The request goes to another tenant", "The token is asked for at the endpoint of a tenant that does not know the application.",
        "ID-WRONG-TENANT", "workload agent-autonomous", wrongTenant},
    {"agent-disabled", "One agent is disabled", "The agent identity is disabled in the tenant. Its siblings are not.",
        "ID-CLIENT-DISABLED", "siblings agent-autonomous agent-for-user agent-user", agentDisabled},
    {"one-rule-archived", "The rule of one sibling is archived", "The federation rule of the second agent is archived; the first agent's is not.",
        "TR-RULE-ARCHIVED", "siblings", oneRuleArchived},
    {"federation-chained", "The identity's token came by federation itself",
        "The managed identity's token was obtained by a federated credential, as on AKS with workload identity.",
        "ID-FIC-CHAINED", rooted, nullptr, identity},
    {"no-metadata", "No metadata service, as on a laptop", "Nothing answers at the metadata address.",
        "PAT-LAPTOP-FEDERATED", "workload on-behalf-of agent-autonomous agent-for-user agent-two-patterns", nullptr, identity},
    {"dropped-response", "The token endpoint hangs up",
        "The token endpoint closes the connection without an answer.", "NET-NO-ANSWER", all, nullptr},
    {"aws-subject-case", "The trust policy's subject in upper case",
        "The role's condition on :sub differs from the token's subject only in case.", "TR-RULE-SUBJECT", aws,
        awsSubjectCase},
    {"aws-audience-unlisted", "The audience is not in the client-id list",
        "The OIDC provider's client-id list holds sts.amazonaws.com alone.", "TR-AUD-MISMATCH", aws,
        awsAudienceUnlisted},
    {"aws-azp-as-aud", "The list holds aud, AWS reads azp",
        "Client-id list and condition name the token's aud; a token with azp is looked up by that.",
        "X-AZP-AS-AUD", "aws-agent", awsAzpAsAud},
    {"aws-key-slash", "A slash in the condition keys",
        "The condition keys' URL differs from the provider's in the slash at its end.", "TR-AWS-KEY", aws,
        awsKeySlash},
    {"aws-action-missing", "The policy allows another action",
        "The statement allows sts:AssumeRole, not sts:AssumeRoleWithWebIdentity.", "TR-AWS-ACTION", aws,
        awsActionMissing},
    {"aws-provider-wrong", "The policy names another provider",
        "The statement's principal is the provider of another issuer.", "TR-AWS-PROVIDER", aws, awsProviderWrong},
    {"aws-direct-token", "The managed identity's token goes to AWS as it is",
        "The flow leaves the intermediary out: the token's audience is the exchange resource's GUID.",
        "TR-AWS-GUID", "aws-intermediary", awsDirectToken},
    {"aws-session-policy", "The session policy breaks off", "The session policy is no JSON: its last brace is missing.",
        "TR-SESSION-POLICY", aws, awsSessionPolicyBroken},
    {"aws-session-policy-large", "The session policy is too large",
        "The session policy lists a hundred buckets, more than 2048 characters.", "TR-SESSION-POLICY", aws, awsSessionPolicyLarge},
    {"aws-session-expired", "The session is over before it is used",
        "AWS hands out a session that ended a second ago.", "TR-SESSION-EXPIRED", aws, nullptr},
    {"aws-signature", "Signed with another secret key",
        "The secret key of the session is not the one that AWS remembers.", "TR-AWS-SIGNATURE", aws, nullptr},
    {"google-provider-disabled", "The provider is disabled", "Google's workload identity provider is disabled.",
        "TR-PROVIDER-DISABLED", google, googleProviderDisabled},
    {"google-audience-uri-only", "The provider lists the URI alone",
        "The provider's allowed audiences hold the App ID URI and not the GUID that v2.0 tokens carry.",
        "TR-AUD-ONE-OF-TWO", google, googleAudienceUriOnly},
    {"google-issuer-slash", "A slash behind the provider's issuer",
        "The provider's issuer URI ends with a slash, the token's issuer does not.", "X-ISS-SLASH", google,
        googleIssuerSlash},
    {"google-keys-stale", "The provider holds old keys",
        "The provider's jwksJson holds the keys from before the tenant changed its own.", "TR-KEYS-INLINE", google,
        googleKeysStale},
    {"google-issuer-v1", "The provider trusts the v1.0 issuer",
        "The provider's issuer URI is the tenant's v1.0 issuer; the token is a v2.0 one.", "X-ISS-SLASH", google,
        googleIssuerV1},
    {"google-condition-case", "The condition in upper case",
        "The id that the attribute condition compares with differs from the token's only in case.",
        "TR-RULE-SUBJECT", google, googleConditionCase},
    {"google-condition-function", "The condition calls a function that is not known here",
        "The attribute condition uses substring(), which Trustwalk does not evaluate.", "TR-CONDITION-OPEN", google,
        googleConditionFunction},
    {"google-subject-long", "google.subject is too long",
        "The mapping makes google.subject out of three claims, more than 127 bytes.", "TR-SUBJECT-TOO-LONG", google,
        googleSubjectLong},
    {"google-subject-unmapped", "google.subject comes from a claim that is not there",
        "The mapping takes google.subject from the claim email, which a workload's token does not have.",
        "TR-SUBJECT-UNMAPPED", google, googleSubjectUnmapped},
    {"google-project-id", "The project's id in place of its number",
        "The provider's resource name holds the project id; the exchange wants the number.", "TR-PROJECT-NUMBER",
        google, googleProjectId},
    {"google-impersonation-denied", "Nobody may act as the service account",
        "The service account's policy has no binding.", "TR-IMPERSONATION-DENIED", googleAccount,
        googleImpersonationDenied},
    {"google-member-case", "The member of the account's policy in upper case",
        "The principal in the service account's policy differs from the workload's only in case.",
        "TR-IMPERSONATION-DENIED", googleAccount, googleMemberCase},
    {"google-call-denied", "Nobody may use the model", "The project's policy has no binding.", "TR-IAM-DENIED", google,
        googleCallDenied},
    {"mcp-resource-slash", "A slash behind the MCP server's name",
        "The resource in the server's metadata ends with a slash, the address clients call does not.",
        "X-MCP-RESOURCE", mcpTokens, mcpResourceSlash},
    {"mcp-audience-uri-only", "The MCP server knows its URL alone",
        "The server takes its URL as audience and not the GUID that Entra's v2.0 tokens carry.",
        "TR-AUD-ONE-OF-TWO", mcpAtEntra, mcpAudienceUriOnly},
    {"mcp-audience-slash", "The MCP server wants a slash in the audience",
        "The server's list of audiences holds its URL with a closing slash; tokens carry it without.",
        "TR-AUD-MISMATCH", mcpOwn, mcpAudienceSlash},
    {"mcp-scope-missing", "The tool wants another scope",
        "The tools that only read demand a scope that nobody asks for.", "TR-SCOPE-MISSING",
        "mcp-tool mcp-register", mcpScopeMissing},
    {"mcp-shared-key", "A shared key in place of a token",
        "The one who walks sends a key that everybody has; the setup says that the server took it so far.",
        "DEL-MCP-STATIC", mcpTokens, mcpSharedKey},
    {"mcp-passthrough", "The MCP server passes the token on",
        "The server hands the client's token to the next API in place of one of its own.", "DEL-PASSTHROUGH",
        mcpAtEntra, mcpPassthrough},
    {"mcp-issuer-mismatch", "The authorization server has another name",
        "The issuer in the authorization server's metadata ends with a slash, the one clients were sent to does not.",
        "X-MCP-ISSUER-MISMATCH", "mcp-register mcp-enterprise", nullptr},
    {"mcp-iss-mismatch", "The answer comes from another issuer",
        "The parameter iss of the sign-in's answer names another issuer than the metadata.",
        "X-MCP-ISSUER-MISMATCH", mcpOwn, nullptr},
    {"mcp-no-metadata", "No metadata anywhere", "The authorization server answers 404 at every well-known address.",
        "X-MCP-NO-METADATA", "mcp-register mcp-enterprise mcp-client-document", nullptr},
    {"mcp-no-s256", "PKCE is not listed",
        "The authorization server's metadata does not list code_challenge_methods_supported.", "X-MCP-NO-S256",
        mcpOwn, nullptr},
    {"client-document-id", "The client's document names another client",
        "The client_id in the client's metadata document is not the address it was fetched from.", "X-MCP-CLIENT-DOCUMENT",
        "mcp-client-document", nullptr},
    {"idjag-other-client", "Another client shows the id token",
        "The user signs in at one registration of the client; a second one asks for the identity assertion.",
        "X-IDJAG-SUBJECT", enterprise, idjagOtherClient},
    {"idjag-type", "An ordinary token as identity assertion",
        "The identity provider writes the type JWT into the assertion.", "X-IDJAG-TYPE", enterprise, nullptr},
    {"idjag-audience", "The assertion is for the token endpoint",
        "The identity provider writes the token endpoint's address into aud in place of the issuer.",
        "X-IDJAG-AUDIENCE", enterprise, nullptr},
    {"idjag-client", "The assertion names the client by its other id",
        "The identity provider writes its own id of the client into client_id, not the one at the authorization server.",
        "X-IDJAG-CLIENT", enterprise, nullptr},
    {"vault-secret-disabled", "The secret is disabled", "Every version in the vault is disabled, as after a rotation that forgot its readers.",
        "SEC-SECRET-DISABLED", reading, vaultSecretDisabled},
    {"vault-secret-missing", "The secret is gone", "The vault no longer has the secrets that the flow reads; the setup still lists them.",
        "SEC-SECRET-MISSING", reading, nullptr},
    {"vault-other-tenant", "The vault lives in another tenant", "The vault's subscription belongs to a tenant that is not the caller's.",
        "ID-WRONG-TENANT", vaults, vaultOtherTenant},
    {"vault-other-resource", "The token is for Graph", "The setup names Graph as the vault's resource, so tokens are asked for Graph.",
        "TR-AUD-MISMATCH", vaults, vaultOtherResource},
    {"vault-role-control-plane", "Contributor instead of Secrets User", "The callers have the role Contributor, which manages the vault and reads nothing in it.",
        "TR-ROLE-MISSING", vaults, vaultRoleControlPlane},
    {"vault-role-elsewhere", "The role is at another secret", "The callers' roles reach a secret that they do not read.",
        "TR-ROLE-SCOPE", vaults, vaultRoleElsewhere},
    {"sidecar-api-without-scopes", "The sidecar's API has no scopes", "The sidecar's settings name the API, and no scopes for it.",
        "PAT-SIDECAR-API", "sidecar-autonomous sidecar-obo", sidecarApiWithoutScopes},
    {"sidecar-gate-closed", "The sidecar was updated", "The sidecar is of version 1.1.1, whose anonymous route takes no agent.",
        "PAT-SIDECAR-GATE", "sidecar-autonomous", sidecarGateClosed},
    {"vault-keys-disabled", "The workspace takes no keys", "The Anthropic workspace has its API keys disabled.",
        "SEC-KEY-REFUSED", "vault-key", vaultKeysDisabled},
};

base::Error unknown(const QString& id)
{
    QStringList known;
    for (const Fault& each : table)
        known += QString::fromLatin1(each.id);
    return {
        u"fault-unknown"_s, u"There is no fault %1. The faults are: %2."_s.arg(id, known.join(u", "_s)), id};
}

/// A flow without a word on it proves itself by a managed identity.
QString credentialOf(const setup::FlowSpec& flow)
{
    return flow.credential.isEmpty() ? QString::fromLatin1(identity) : flow.credential;
}

/// Two patterns walk both roots. "issuer github" is an outside issuer whose name begins so.
bool hasRoot(const setup::FlowSpec& flow, const QString& credential)
{
    if (credential.isEmpty() || flow.recipe == "agent-two-patterns"_L1)
        return true;
    const QString& name = flow.credential == "issuer"_L1 ? flow.issuer : flow.managedIdentity;
    return credentialOf(flow) == credential.section(u' ', 0, 0) && name.startsWith(credential.section(u' ', 1));
}

} // namespace

std::span<const Fault> faults() { return table; }

const Fault* fault(QStringView id)
{
    const auto found
        = std::ranges::find_if(table, [id](const Fault& each) { return id == QLatin1StringView(each.id); });
    return found == std::end(table) ? nullptr : found;
}

bool showsIn(const Fault& fault, const setup::Setup& setup, const setup::FlowSpec& flow)
{
    return QString::fromLatin1(fault.recipes).split(u' ').contains(flow.recipe)
        && hasRoot(flow, QString::fromLatin1(fault.credential)) && (!fault.where || fault.where(setup, flow));
}

base::Result<setup::Setup> faulted(const setup::Setup& setup, const QStringList& ids)
{
    base::Result<setup::Setup> broken = setup;
    for (const QString& id : ids) {
        const Fault* known = fault(id);
        if (!known)
            return tl::unexpected(unknown(id));
        if (known->apply)
            broken = known->apply(*broken);
        if (!broken)
            return broken;
    }
    return broken;
}

} // namespace lab
