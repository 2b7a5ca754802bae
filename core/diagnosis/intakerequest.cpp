// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intakerequest_p.h"

#include "core/setup/setup.h"
#include "core/trust/clouds.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

struct Asked
{
    const QByteArray& url;
    const http::UrlParts parts;
    const http::Form& form;

    QString text(QByteArrayView name) const { return QString::fromUtf8(form.value(name)); }
    QString grant() const { return text("grant_type").section(u':', -1); }
    bool isEntra() const
    {
        const bool resource = url.isEmpty() && (text("scope").contains(u"api://"_s) || text("scope").contains(u"graph.microsoft.com"_s));
        return resource || trust::cloudOfHost(QString::fromUtf8(parts.host)) || parts.path.contains("/oauth2/v2.0/");
    }
    bool isAuthorize() const { return form.has("response_type") || parts.path.endsWith("/authorize"); }
    bool isMetadata() const { return parts.host == "169.254.169.254" || parts.path.contains("/metadata/identity") || parts.path.endsWith("/msi/token"); }
};

/// One thing that is wrong with a request: a condition and what it means.
struct Fault
{
    bool (*holds)(const Asked&);
    const char16_t* wrong;
    const char16_t* fix;
    const char16_t* rule;
};

bool isUnprotected(const Asked& a) { return a.isAuthorize() && a.text("response_type").contains(u"code"_s) && !a.form.has("code_challenge"); }
bool isPlain(const Asked& a) { return a.isAuthorize() && a.form.has("code_challenge") && a.text("code_challenge_method") != "S256"_L1; }
bool hasNoState(const Asked& a) { return a.isAuthorize() && !a.form.has("state"); }
bool isOpenRedirect(const Asked& a)
{
    const auto redirect = http::splitUrl(a.form.value("redirect_uri"));
    return a.isAuthorize() && redirect.scheme == "http" && !http::isLoopbackHost(redirect.host);
}
QStringList resourcesIn(const Asked& a)
{
    QStringList out;
    for (const QString& scope : a.text("scope").split(u' ', Qt::SkipEmptyParts)) {
        const qsizetype slash = scope.contains(u"://"_s) || trust::isGuid(QStringView(scope).first(std::min<qsizetype>(36, scope.size()))) ? scope.lastIndexOf(u'/') : -1;
        static const QStringList openid {u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s};
        const QString resource = slash > 0 ? scope.left(slash) : openid.contains(scope) ? QString() : u"graph"_s;
        if (!resource.isEmpty() && !out.contains(resource))
            out.append(resource);
    }
    return out;
}
bool asksSeveral(const Asked& a) { return a.isEntra() && resourcesIn(a).size() > 1; }
bool lacksDefault(const Asked& a)
{
    return a.isEntra() && a.grant() == "client_credentials"_L1 && !a.text("scope").isEmpty() && !a.text("scope").endsWith(u"/.default"_s);
}
bool isDefaultAtMetadata(const Asked& a) { return a.isMetadata() && a.text("resource").endsWith(u"/.default"_s); }
bool isGrantConfused(const Asked& a) { return a.grant() == "client_credentials"_L1 && a.form.has("assertion") && !a.form.has("client_assertion"); }
bool isAssertionForGrant(const Asked& a) { return a.grant() == "jwt-bearer"_L1 && a.form.has("client_assertion") && !a.form.has("assertion"); }
bool lacksType(const Asked& a) { return a.form.has("client_assertion") && !a.form.has("client_assertion_type"); }
bool lacksUse(const Asked& a) { return a.isEntra() && a.grant() == "jwt-bearer"_L1 && a.form.has("assertion") && a.text("requested_token_use") != "on_behalf_of"_L1; }
bool isIdForSecret(const Asked& a) { return trust::isGuid(a.text("client_secret")); }
bool isCommon(const Asked& a)
{
    const bool common = a.parts.path.startsWith("/common/") || a.parts.path.startsWith("/organizations/") || a.parts.path.startsWith("/consumers/");
    return common && a.grant() == "client_credentials"_L1;
}
bool isProjectId(const Asked& a)
{
    const QString audience = a.text("audience");
    return audience.contains(u"workloadIdentityPools"_s)
        && (!audience.startsWith(u"//iam.googleapis.com/projects/"_s) || !audience.section(u'/', 4, 4).toLongLong() || !audience.contains(u"/providers/"_s));
}
bool isForExchange(const jose::Jwt& token)
{
    const QString aud = token.text("aud");
    return aud == setup::exchangeAudienceUri || aud == setup::exchangeAudienceGuid;
}
/// The agent's own second leg: it presents the token that its blueprint got for it (entra: agent user, T2).
bool isAgentsOwn(const Asked& a)
{
    const jose::Jwt assertion = jose::decode(a.form.value("client_assertion"));
    return isForExchange(assertion) && assertion.text("sub").startsWith("/eid1/"_L1);
}
bool lacksAgent(const Asked& a)
{
    return a.text("scope").contains(u"AzureADTokenExchange"_s) && a.grant() == "client_credentials"_L1 && !a.form.has("fmi_path") && !isAgentsOwn(a);
}
bool hasAgentInAddress(const Asked& a) { return a.form.has("grant_type") && http::parseForm(a.parts.query).has("fmi_path"); }
/// The user's token has to be for whoever exchanges it; the great APIs' tokens are for those alone.
bool isForeignAssertion(const Asked& a)
{
    if (!a.isEntra() || a.grant() != "jwt-bearer"_L1 || !a.form.has("assertion"))
        return false;
    const QString aud = jose::decode(a.form.value("assertion")).text("aud");
    static const QStringList others {setup::graphGuid.toString(), u"https://graph.microsoft.com"_s, u"https://graph.microsoft.com/"_s,
        u"https://vault.azure.net"_s, u"cfa8b339-82a2-471a-a3c9-0fc0be7a4093"_s, u"https://management.azure.com"_s, u"https://management.azure.com/"_s};
    return others.contains(aud);
}
bool isExchangeAsUser(const Asked& a) { return a.isEntra() && a.grant() == "jwt-bearer"_L1 && a.form.has("assertion") && isForExchange(jose::decode(a.form.value("assertion"))); }
bool hasResourceBesideScope(const Asked& a) { return a.isEntra() && a.form.has("resource") && a.form.has("scope") && a.parts.path.contains("/v2.0/"); }

constexpr std::array faults {
    Fault {isIdForSecret, u"client_secret is a GUID: that is the secret's id, not its value.", u"Send the value. It is shown once, when the secret is made.", u"SEC-ID-NOT-VALUE"},
    Fault {isGrantConfused, u"The JWT is sent as assertion with the grant client_credentials. There it has to be client_assertion.", u"Send client_assertion and client_assertion_type.", u"X-GRANT-CONFUSION"},
    Fault {isAssertionForGrant, u"The grant jwt-bearer wants the user's token as assertion; client_assertion proves the client alone.", u"Send the user's token as assertion as well.", u"X-GRANT-CONFUSION"},
    Fault {lacksType, u"client_assertion stands without client_assertion_type.", u"Add client_assertion_type urn:ietf:params:oauth:client-assertion-type:jwt-bearer.", u""},
    Fault {isExchangeAsUser, u"An exchange token is sent as assertion, where the user's token belongs. It proves the client.", u"Send it as client_assertion, with its client_assertion_type.", u"X-GRANT-CONFUSION"},
    Fault {lacksUse, u"The grant jwt-bearer stands without requested_token_use=on_behalf_of.", u"Add requested_token_use=on_behalf_of.", u""},
    Fault {lacksDefault, u"The grant client_credentials wants a scope that ends in /.default, for one resource.", u"Ask for <resource>/.default.", u""},
    Fault {asksSeveral, u"The scopes name more than one resource. A token is for one.", u"Ask once for each resource.", u""},
    Fault {isCommon, u"The grant client_credentials is not available at common or organizations.", u"Name the tenant in the address.", u"ID-WRONG-TENANT"},
    Fault {isDefaultAtMetadata, u"A metadata service takes a bare resource, without /.default.", u"Take /.default away.", u""},
    Fault {lacksAgent, u"A token for the exchange audience is asked for without fmi_path. A blueprint has to name the agent.", u"Add fmi_path with the client id of the agent identity.", u""},
    Fault {hasAgentInAddress, u"fmi_path stands in the address. The token endpoint reads it from the body.", u"Send fmi_path in the body.", u""},
    Fault {isForeignAssertion, u"The assertion is a token for a Microsoft API, not for the client that exchanges it.", u"Let the client ask for a scope of the middle tier, and exchange that token.", u"DEL-OBO-AUDIENCE"},
    Fault {hasResourceBesideScope, u"The v2.0 endpoint takes scope; resource is of v1.", u"Leave resource away.", u""},
    Fault {isProjectId, u"audience is not the full resource name of the provider with the project's number.", u"Write //iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>.", u""},
    Fault {isUnprotected, u"The authorization request has no code_challenge (PKCE).", u"Send code_challenge with S256.", u"DEL-PKCE-MISSING"},
    Fault {isPlain, u"The code challenge is not made with S256.", u"Send code_challenge_method=S256.", u"DEL-PKCE-MISSING"},
    Fault {isOpenRedirect, u"The redirect URI is plain http and not on this machine.", u"Use https.", u""},
    Fault {hasNoState, u"The request has no state, so the answer cannot be told from one that somebody else began.", u"Send a random state, and compare it.", u""},
};

QString hostOf(const Asked& a) { return QString::fromUtf8(a.parts.host); }

QString labelOf(const Asked& a)
{
    if (a.isMetadata())
        return u"Request to a metadata service for %1"_s.arg(a.text("resource"));
    if (a.isAuthorize())
        return u"Authorization request of the client %1 at %2"_s.arg(a.text("client_id"), hostOf(a));
    if (a.form.has("grant_type"))
        return u"Token request, grant %1%2"_s.arg(a.grant(), a.url.isEmpty() ? QString() : u" at "_s + hostOf(a));
    if (a.text("Action") == "AssumeRoleWithWebIdentity"_L1)
        return u"AWS AssumeRoleWithWebIdentity for the role %1"_s.arg(a.text("RoleArn"));
    if (a.parts.path.contains("/.well-known/"))
        return u"Address of metadata at "_s + hostOf(a);
    return u"Address at "_s + hostOf(a);
}

} // namespace

bool isOAuth(const http::Form& form)
{
    static constexpr std::array names {"grant_type", "client_id", "code", "error", "access_token", "id_token", "assertion", "client_assertion",
        "subject_token", "WebIdentityToken", "response_type", "redirect_uri"};
    return std::ranges::any_of(names, [&](const char* name) { return form.has(name); });
}

Item requestItem(const QByteArray& url, const http::Form& parameters)
{
    const Asked asked {url, http::splitUrl(url), parameters};
    Item item {.kind = ItemKind::Url, .label = labelOf(asked)};
    noteFaults(item, faults, asked);
    return item;
}

} // namespace diagnosis
