// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/symptoms_p.h"

#include <algorithm>
#include <array>
#include <string_view>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Near;

constexpr unsigned any = 0;
constexpr unsigned is(Near near) { return 1U << unsigned(near); }
constexpr unsigned sameButSpelling
    = is(Near::Case) | is(Near::Whitespace) | is(Near::Lookalike) | is(Near::Encoding);
constexpr unsigned issuerForm = is(Near::TrailingSlash) | is(Near::DoubleSlash) | is(Near::V1V2Issuer)
    | is(Near::Scheme) | is(Near::Port) | sameButSpelling;
constexpr unsigned twins = is(Near::OneOfTwo) | is(Near::GuidUriTwin);
constexpr unsigned idKinds = is(Near::ClientIdForObjectId) | is(Near::ObjectIdForClientId);

/// The token is v1 where v2 is expected: the resource app decides that, not the receiver.
bool isVersionOfResource(const Failing& f)
{
    return f.check.expected.contains(u"/v2.0"_s) && !f.check.presented.contains(u"/v2.0"_s);
}

/// The token names another resource of the setup: it was sent on to somebody it was not made for.
bool isForAnother(const Failing& f)
{
    return f.setup.appByAudience(f.check.presented.section(u", "_s, 0, 0)) != nullptr;
}

/// The exchange audience, but not letter by letter. The token shows its GUID, so the two do not look alike.
bool isMisspeltExchange(const Failing& f)
{
    const QString written = f.check.expected.trimmed();
    const QString bare = written.endsWith(u'/') ? written.chopped(1) : written;
    return f.check.expected != setup::exchangeAudienceUri
        && bare.compare(setup::exchangeAudienceUri, Qt::CaseInsensitive) == 0;
}

/// "//iam.googleapis.com/projects/<id>/...": the name wants a number there.
bool namesProjectById(const Failing& f)
{
    const QString project = f.check.presented.section(u"/projects/"_s, 1).section(u'/', 0, 0);
    return !project.isEmpty() && std::ranges::any_of(project, [](QChar c) { return !c.isDigit(); });
}

bool isUnmapped(const Failing& f) { return f.check.presented == u"(missing)" || f.check.presented == u"not mapped"; }
/// The host's other identity spoke: nobody named the one that is trusted.
bool isOtherIdentityOfHost(const Failing& f)
{
    const setup::ManagedIdentity* spoke = f.setup.managedIdentityByObjectId(f.check.presented);
    const setup::ManagedIdentity* trusted = f.setup.managedIdentityByObjectId(f.check.expected);
    const bool unpinned = std::ranges::any_of(f.setup.flows, [](const setup::FlowSpec& flow) { return !flow.pinned; });
    return spoke && trusted && spoke != trusted && unpinned;
}

/// The rule knows the identity as it was before the host was deployed again.
bool isSystemAssigned(const Failing& f)
{
    const setup::ManagedIdentity* spoke = f.setup.managedIdentityByObjectId(f.check.presented);
    return spoke && spoke->systemAssigned;
}

bool isChained(const Failing& f) { return f.check.presented.endsWith(u"that federation issued"); }

/// The receiver looked at keys that stand in its own configuration.
bool isByGivenKeys(const Failing& f) { return f.check.expectedFrom.startsWith(u"keys given inline"); }

bool isMissing(const Failing& f) { return f.check.presented == u"(missing)" || f.check.presented.isEmpty(); }

/// The caller has the right role, at a scope that does not reach: the place to mend is the assignment's scope.
bool isOnlyElsewhere(const Failing& f) { return f.check.fixPointer.endsWith(u"/scope"_s); }
bool isKeyRefused(const Failing& f) { return f.check.presented.startsWith(u"a static"_s); }

/// One row a way to fail. Empty texts fit everything; a check id that ends in a dot fits every id that begins
/// so. The first row that fits names the rule.
struct Row
{
    std::string_view contract;
    std::string_view group; ///< beginning of the heading
    std::string_view check;
    unsigned nears = any;
    std::string_view rule {};
    bool (*also)(const Failing&) = nullptr;
};

constexpr std::string_view fic = "Federated credential", child = "Child of the blueprint",
                           user = "The user's token", actor = "The actor token";

/// A condition key that no provider of this token has: the two keys stand where values would.
bool isAboutKey(const Failing& f) { return f.check.presentedFrom == u"condition key of the token's provider"; }

/// The provider is the right one, but in another account than the role.
bool isOtherAccount(const Failing& f)
{
    static const QString mark = u":oidc-provider/"_s;
    const QString url = f.check.presented.section(mark, 1);
    return !url.isEmpty() && url == f.check.expected.section(mark, 1);
}

constexpr std::array rows {
    // AWS: what is particular to it goes before what receivers share
    Row {"aws.call", "", "lifetime.exp", any, "TR-SESSION-EXPIRED"},
    Row {"aws.call", "", "signature", any, "TR-AWS-SIGNATURE"},
    Row {"aws.call", "", "session", any, "TR-AWS-SIGNATURE"},
    Row {"aws.call", "", "scope", any, "TR-AWS-SIGNATURE"},
    Row {"aws.web-identity", "", "audience.exchange", any, "TR-AWS-GUID"},
    Row {"aws.web-identity", "", "audience", is(Near::AzpNotAud), "X-AZP-AS-AUD"},
    Row {"aws.web-identity", "", "condition.", is(Near::AzpNotAud), "X-AZP-AS-AUD"},
    Row {"aws.web-identity", "", "condition.", any, "TR-AWS-KEY", isAboutKey},
    Row {"aws.web-identity", "", "condition.", any, "TR-RULE-SUBJECT"},
    Row {"aws.web-identity", "", "principal", any, "TR-AWS-ACCOUNT", isOtherAccount},
    Row {"aws.web-identity", "", "principal", any, "TR-AWS-PROVIDER"},
    Row {"aws.web-identity", "", "action", any, "TR-AWS-ACTION"},
    Row {"aws.web-identity", "", "deny", any, "TR-AWS-DENY"},
    Row {"aws.web-identity", "", "sessionPolicy", any, "TR-SESSION-POLICY"},
    Row {"aws.web-identity", "", "sessionPolicy.", any, "TR-SESSION-POLICY"},
    Row {"aws.web-identity", "", "role", any, "TR-AWS-ROLE"},
    // Certificates: the assertion is the client's own
    Row {"entra.token", "", "certificate.expiry", any, "SEC-CERT-EXPIRED"},
    Row {"entra.token", "The token itself", "keyId", any, "SEC-CERT-NOT-REGISTERED"},
    Row {"entra.token", "The client", "audience", any, "SEC-ASSERTION-AUDIENCE"},
    // Outside issuers
    Row {"entra.token", "The token itself", "kind", any, "ID-FIC-CHAINED", isChained},
    Row {"entra.token", "The token itself", "algorithm", any, "WL-ALGORITHM"},
    Row {"entra.token", fic, "issuer", any, "WL-NO-ISSUER", isMissing},
    Row {"entra.token", fic, "subject", is(Near::ImmutableSubject), "X-GITHUB-MUTABLE-SUB"},
    Row {"entra.token", fic, "subject", any, "ID-CLIENT-ID-UNPINNED", isOtherIdentityOfHost},
    // Identities of agents and hosts
    Row {"entra.token", "", "client.state", any, "ID-CLIENT-DISABLED"},
    Row {"anthropic.exchange", "", "subject", any, "ID-SAMI", isSystemAssigned},
    // What the receivers of all kinds share
    Row {"", "", "lifetime.", any, "X-CLOCK-SKEW"},
    Row {"", "", "code.lifetime", any, "X-CLOCK-SKEW"},
    Row {"", "", "signature", any, "TR-KEYS-INLINE", isByGivenKeys},
    Row {"", "", "signature", any, "TOK-SIGNATURE"},
    // MCP servers and their authorization servers
    Row {"mcp.metadata", "", "resource", any, "X-MCP-RESOURCE"},
    Row {"", "", "resource.parameter", any, "X-MCP-RESOURCE"},
    Row {"mcp.resource", "", "token.kind", any, "DEL-MCP-STATIC"},
    Row {"mcp.challenge", "", "token.kind", any, "DEL-MCP-STATIC"},
    Row {"mcp.resource", "", "upstream", any, "DEL-PASSTHROUGH"},
    Row {"mcp.resource", "", "scope", any, "TR-SCOPE-MISSING"},
    Row {"mcp.authorize", "", "client.document", any, "X-MCP-CLIENT-DOCUMENT"},
    Row {"mcp.authorize", "", "client.document.", any, "X-MCP-CLIENT-DOCUMENT"},
    Row {"mcp.authorize", "", "scope", any, "TR-SCOPE-MISSING"},
    Row {"mcp.authorize", "", "code_challenge", any, "DEL-PKCE-MISSING"},
    Row {"entra.token", "", "subject_token.audience", any, "X-IDJAG-SUBJECT"},
    Row {"mcp.token", "", "type", any, "X-IDJAG-TYPE"},
    Row {"mcp.token", "", "audience", any, "X-IDJAG-AUDIENCE"},
    Row {"mcp.token", "", "client_id", any, "X-IDJAG-CLIENT"},
    Row {"mcp.token", "", "jti", any, "X-JTI-REPLAY"},
    Row {"mcp.token", "", "secret", any, "SEC-WRONG-SECRET"},
    // Federated credentials
    Row {"entra.token", fic, "issuer", is(Near::Case), "ID-FIC-CASE"},
    Row {"entra.token", fic, "issuer", issuerForm, "X-ISS-SLASH"},
    Row {"entra.token", fic, "issuer", is(Near::WrongTenant), "ID-WRONG-TENANT"},
    Row {"entra.token", fic, "subject", idKinds, "ID-FIC-CLIENT-ID"},
    Row {"entra.token", fic, "subject", is(Near::WildcardLiteral), "TR-WILDCARD-SUBJECT"},
    Row {"entra.token", fic, "subject", sameButSpelling | is(Near::TrailingSlash), "ID-FIC-CASE"},
    Row {"entra.token", fic, "audience", sameButSpelling | is(Near::TrailingSlash), "ID-FIC-CASE"},
    Row {"entra.token", fic, "audience", any, "ID-FIC-CASE", isMisspeltExchange},
    Row {"entra.token", fic, "audience", any, "ID-FIC-AUDIENCE"},
    Row {"entra.token", fic, "", any, "ID-FIC-MISMATCH"},
    Row {"entra.token", "", "credentials", any, "ID-FIC-MISMATCH"},
    // Agents and their blueprint
    Row {"entra.token", child, "issuer", any, "ID-WRONG-TENANT"},
    Row {"entra.token", child, "", any, "ID-AGENT-PARENT"},
    // On behalf of
    Row {"entra.token", user, "audience", any, "DEL-OBO-AUDIENCE"},
    Row {"entra.token", "", "consent", any, "DEL-CONSENT-MISSING"},
    // Authorization and token requests
    Row {"entra.authorize", "", "consent", any, "DEL-CONSENT-DENIED"},
    Row {"entra.authorize", "", "code_challenge", any, "DEL-PKCE-MISSING"},
    Row {"entra.authorize", "", "code_challenge_method", any, "DEL-PKCE-MISSING"},
    Row {"", "", "redirect_uri", any, "ID-REDIRECT-MISMATCH"},
    Row {"entra.authorize", "", "tenant", any, "ID-WRONG-TENANT"},
    Row {"entra.token", "", "tenant", any, "ID-WRONG-TENANT"},
    Row {"entra.token", "", "code.tenant", any, "ID-WRONG-TENANT"},
    Row {"entra.authorize", "", "client", any, "ID-WRONG-TENANT"},
    Row {"entra.token", "", "client", any, "ID-WRONG-TENANT"},
    Row {"", "", "resource", any, "ID-THIRD-OBJECT-MISSING"},
    Row {"entra.authorize", "", "scope", any, "TR-SCOPE-MISSING"},
    Row {"entra.token", "", "scope", any, "TR-SCOPE-MISSING"},
    // Vaults
    Row {"sidecar", "", "api", any, "PAT-SIDECAR-API"},
    Row {"key-vault", "", "issuer", any, "ID-WRONG-TENANT"},
    Row {"key-vault", "", "role", any, "TR-ROLE-SCOPE", isOnlyElsewhere},
    Row {"key-vault", "", "role", any, "TR-ROLE-MISSING"},
    Row {"key-vault", "", "secret.exists", any, "SEC-SECRET-MISSING"},
    Row {"key-vault", "", "secret.enabled", any, "SEC-SECRET-DISABLED"},
    Row {"anthropic.api", "", "authorization", any, "SEC-KEY-REFUSED", isKeyRefused},
    // Secrets
    Row {"entra.token", "", "secret", is(Near::SecretIdNotValue), "SEC-ID-NOT-VALUE"},
    Row {"entra.token", "", "secret.expiry", any, "SEC-EXPIRED"},
    Row {"entra.token", "", "secret", any, "SEC-WRONG-SECRET"},
    Row {"entra.token", "", "secret.registered", any, "SEC-WRONG-SECRET"},
    // APIs
    Row {"", "", "issuer", is(Near::V1V2Issuer), "ID-RESOURCE-APP-V1", isVersionOfResource},
    Row {"", "", "issuer", is(Near::WrongTenant), "ID-WRONG-TENANT"},
    Row {"", "", "issuer", issuerForm, "X-ISS-SLASH"},
    Row {"", "", "audience", twins, "TR-AUD-ONE-OF-TWO"},
    Row {"api.bearer", "", "audience", any, "DEL-PASSTHROUGH", isForAnother},
    Row {"", "", "audience", any, "TR-AUD-MISMATCH"},
    Row {"api.bearer", "", "scope", any, "TR-SCOPE-MISSING"},
    Row {"api.bearer", "", "roles", any, "TR-SCOPE-MISSING"},
    // Federation rules
    Row {"anthropic.exchange", "", "lifetime", any, "X-MI-24H"},
    Row {"anthropic.exchange", "", "jti", any, "X-JTI-REPLAY"},
    Row {"anthropic.exchange", "", "state", any, "TR-RULE-ARCHIVED"},
    Row {"anthropic.exchange", "", "match", any, "TR-WILDCARD-SUBJECT"},
    Row {"anthropic.exchange", "", "claims.xms_par_app_azp", any, "ID-OPTIONAL-CLAIM-MISSING", isMissing},
    Row {"anthropic.exchange", "", "subject", any, "TR-RULE-SUBJECT"},
    Row {"anthropic.exchange", "", "claims.", any, "TR-RULE-SUBJECT"},
    Row {"anthropic.exchange", "", "condition", any, "TR-RULE-SUBJECT"},
    Row {"anthropic.exchange", "", "membership", any, "TR-ACCOUNT-NOT-MEMBER"},
    Row {"anthropic.api", "", "scope", any, "TR-SCOPE-MISSING"},
    // Google Cloud
    Row {"google.exchange", "", "state", any, "TR-PROVIDER-DISABLED"},
    Row {"google.exchange", "", "provider", any, "TR-PROJECT-NUMBER", namesProjectById},
    Row {"google.exchange", "", "provider", any, "TR-PROVIDER-NAME"},
    Row {"google.exchange", "", "subject", any, "TR-SUBJECT-UNMAPPED", isUnmapped},
    Row {"google.exchange", "", "subject", any, "TR-SUBJECT-TOO-LONG"},
    Row {"google.exchange", "", "condition", any, "TR-RULE-SUBJECT"},
    Row {"google.impersonation", "", "impersonation", any, "TR-IMPERSONATION-DENIED"},
    Row {"google.impersonation", "", "scope", any, "TR-SCOPE-MISSING"},
    Row {"google.call", "", "policy", any, "TR-IAM-DENIED"},
    Row {"google.call", "", "scope", any, "TR-SCOPE-MISSING"},
    // Brokers
    Row {"broker.inbound", "", "assertion.place", any, "X-GRANT-CONFUSION"},
    Row {"broker.", "", "record", any, "TR-AGENT-REVOKED"},
    Row {"broker.", "", "policy", any, "TR-POLICY-DENIED"},
    Row {"broker.", "", "principal.", any, "DEL-SUBJECT-REFUSED"},
    Row {"broker.", "", "target", any, "DEL-TARGET-REFUSED"},
    Row {"broker.connection", "", "scope", any, "TR-SCOPE-MISSING"},
    Row {"broker.connection", "", "connection.scopes", any, "TR-SCOPE-MISSING"},
    Row {"broker.connection", "", "user", any, "DEL-SUBJECT-REFUSED"},
    Row {"broker.", "", "secret", any, "SEC-WRONG-SECRET"},
    // Third-party sign-in
    Row {"saas.authorize", "", "code_challenge", any, "DEL-PKCE-MISSING"},
    Row {"saas.authorize", "", "scope", any, "TR-SCOPE-MISSING"},
    Row {"saas.token", "", "secret", any, "SEC-WRONG-SECRET"},
    Row {"saas.token", "", "refresh_token.used", any, "SEC-REFRESH-REUSED"},
    Row {"saas.token", "", "code", any, "DEL-CODE-REFUSED"},
    Row {"saas.token", "", "code.", any, "DEL-CODE-REFUSED"},
    Row {"saas.token", "", "code_verifier", any, "DEL-CODE-REFUSED"},
    // Token exchange and JWT grants
    Row {"token-exchange", "", "subject_token.place", any, "X-GRANT-CONFUSION"},
    Row {"jwt-grant", "", "assertion.place", any, "X-GRANT-CONFUSION"},
    Row {"token-exchange", actor, "principal.", any, "DEL-ACTOR-REFUSED"},
    Row {"token-exchange", "", "may_act", any, "DEL-ACTOR-REFUSED"},
    Row {"token-exchange", "", "delegation", any, "DEL-NO-ACTOR"},
    Row {"api.bearer", "", "actor", any, "DEL-NO-ACTOR"},
    Row {"token-exchange", "", "principal.", any, "DEL-SUBJECT-REFUSED"},
    Row {"jwt-grant", "", "principal.", any, "DEL-SUBJECT-REFUSED"},
    Row {"token-exchange", "", "target", any, "DEL-TARGET-REFUSED"},
    Row {"jwt-grant", "", "target", any, "DEL-TARGET-REFUSED"},
    Row {"token-exchange", "", "scope", any, "TR-SCOPE-MISSING"},
    Row {"jwt-grant", "", "scope", any, "TR-SCOPE-MISSING"},
    Row {"token-exchange", "", "secret", any, "SEC-WRONG-SECRET"},
    Row {"jwt-grant", "", "secret", any, "SEC-WRONG-SECRET"},
};

bool fitsName(const QString& name, std::string_view pattern)
{
    const QLatin1StringView text(pattern.data(), qsizetype(pattern.size()));
    return pattern.empty() || (pattern.back() == '.' ? name.startsWith(text) : name == text);
}

bool fits(const Row& row, const Failing& failing)
{
    const base::Check& check = failing.check;
    const QLatin1StringView group(row.group.data(), qsizetype(row.group.size()));
    const bool heading = row.group.empty() || check.group.startsWith(group);
    if (!heading || !fitsName(failing.contract, row.contract) || !fitsName(check.id, row.check))
        return false;
    const bool near = row.nears == any || (check.near && (row.nears & is(check.near->kind)));
    return near && (!row.also || row.also(failing));
}

/// One cause shows in several checks of one receiver. The finding that names the cause says it all.
struct Consequence
{
    std::string_view cause;
    std::string_view follows; ///< a rule that says nothing new beside the cause
};
constexpr std::array consequences {
    // A v1 token differs in issuer, audience and caller at once.
    Consequence {"ID-RESOURCE-APP-V1", "TR-AUD-ONE-OF-TWO"},
    Consequence {"ID-RESOURCE-APP-V1", "TR-AUD-MISMATCH"},
    Consequence {"ID-RESOURCE-APP-V1", "TR-RULE-SUBJECT"},
    // The user's token is made for the blueprint that the agent does not have.
    Consequence {"ID-AGENT-PARENT", "DEL-OBO-AUDIENCE"},
    // The exchange audience is no audience of anybody's list.
    Consequence {"TR-AWS-GUID", "TR-AUD-MISMATCH"},
    // A token for somebody else has somebody else's scopes.
    Consequence {"DEL-PASSTHROUGH", "TR-SCOPE-MISSING"},
};

void dropWhatFollows(QList<Symptom>& symptoms)
{
    const auto has = [&](std::string_view id) {
        return std::ranges::any_of(symptoms, [id](const Symptom& s) { return s.rule->id == id; });
    };
    for (const Consequence& each : consequences)
        if (has(each.cause))
            symptoms.removeIf([&](const Symptom& s) { return s.rule->id == each.follows; });
}

/// How AWS reads one claim shows wherever it is compared, and a URL that is written otherwise stands in all keys.
constexpr std::array oneCauseEverywhere {std::string_view("X-AZP-AS-AUD"), std::string_view("TR-AWS-KEY")};

/// Two members of a contract that do not fit have to be mended both. Where a place is not known one finding is enough.
bool isSameFault(const Symptom& known, const Rule* rule, const base::Check& check)
{
    if (known.rule != rule)
        return false;
    const QString& a = known.check->fixPointer;
    const QString& b = check.fixPointer;
    return a.isEmpty() || b.isEmpty() || a == b || std::ranges::find(oneCauseEverywhere, rule->id) != oneCauseEverywhere.end();
}

} // namespace

const Rule* ruleFor(const Failing& failing)
{
    const auto row = std::ranges::find_if(rows, [&](const Row& r) { return fits(r, failing); });
    return row == rows.end() ? nullptr
                             : rule(QString::fromLatin1(row->rule.data(), qsizetype(row->rule.size())));
}

QList<Symptom> symptomsOf(
    const setup::Setup& setup, const QString& contract, const QList<base::Check>& checks)
{
    QList<Symptom> found;
    for (const base::Check& check : checks) {
        if (check.outcome != base::Outcome::Fail)
            continue;
        const Rule* named = ruleFor({setup, contract, check});
        if (named && std::ranges::none_of(found, [&](const Symptom& s) { return isSameFault(s, named, check); }))
            found.append({named, &check});
    }
    dropWhatFollows(found);
    return found;
}

} // namespace diagnosis
