// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "workload.h"

#include "core/http/message.h"
#include "core/trust/clouds.h"
#include "core/trust/principal.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// One row a kind of issuer. Empty patterns fit everything; all that are there have to fit.
struct Shape
{
    const char16_t* issuer;  ///< regular expression over `iss`
    const char16_t* subject; ///< beginning of `sub`
    const char* claim;       ///< a claim that has to be there
    const char16_t* source;
    const char16_t* note;
    bool person = false;
    const char16_t* value = u""; ///< regular expression over that claim
};

// Issuer first, then subject, then claims: the order of downstream.md section 7.
constexpr std::array shapes {
    Shape {u"^https://token\\.actions\\.githubusercontent\\.com(/|$)", u"repo:", "", u"GitHub Actions",
        u"Repositories made or renamed since July 2026 carry numeric ids behind owner and repository in sub."},
    Shape {u"^https://token\\.actions\\.githubusercontent\\.com(/|$)", u"", "", u"GitHub Actions",
        u"The subject was customised; the owner decides what it holds."},
    Shape {u"/_services/token/?$", u"", "", u"GitHub Actions (Enterprise Server)", u""},
    Shape {u"^https://gitlab\\.com/?$", u"", "", u"GitLab CI", u"The ref in sub has no refs/heads/. The job chooses the audience."},
    Shape {u"", u"project_path:", "", u"GitLab CI (own instance)", u"The ref in sub has no refs/heads/. The job chooses the audience."},
    Shape {u"^https://oidc\\.eks\\.", u"", "", u"Kubernetes (EKS)", u"A projected service account token lives an hour as a rule; kubelet renews the file at 80 % of it."},
    Shape {u"\\.oic\\.prod-aks\\.azure\\.", u"", "", u"Kubernetes (AKS)", u"The issuer ends with a slash. kubelet renews the file at 80 % of the token's life."},
    Shape {u"^https://container\\.googleapis\\.com/", u"", "", u"Kubernetes (GKE)", u""},
    Shape {u"^kubernetes/serviceaccount$", u"", "", u"Kubernetes (legacy service account secret)", u"It never ends and has no audience: nobody federates it. Use a projected token."},
    Shape {u"", u"system:serviceaccount:", "", u"Kubernetes", u"A projected service account token of a cluster with an issuer of its own."},
    Shape {u"", u"", "kubernetes.io", u"Kubernetes", u""},
    Shape {u"\\.tokens\\.sts\\.global\\.api\\.aws$", u"", "", u"AWS (outbound web identity)", u"The subject is the role, not the session. AssumeRoleWithWebIdentity does not take it back."},
    Shape {u"", u"arn:aws:", "", u"AWS (outbound web identity)", u"The subject is the role, not the session."},
    Shape {u"^https://vstoken\\.dev\\.azure\\.com/", u"", "", u"Azure DevOps (old issuer)", u"This issuer retires on 2027-07-01; convert the service connection."},
    Shape {u"", u"sc://", "", u"Azure DevOps (old issuer)", u"This issuer retires on 2027-07-01; convert the service connection."},
    Shape {u"^https://app\\.terraform\\.io/?$", u"", "", u"HCP Terraform", u"plan and apply have different subjects (run_phase)."},
    Shape {u"", u"organization:", "terraform_run_phase", u"Terraform Enterprise", u"plan and apply have different subjects (run_phase)."},
    Shape {u"^https://agent\\.buildkite\\.com/?$", u"", "", u"Buildkite", u""},
    Shape {u"^https://oidc\\.circleci\\.com/", u"", "", u"CircleCI", u""},
    Shape {u"^https://api\\.bitbucket\\.org/", u"", "", u"Bitbucket Pipelines", u""},
    Shape {u"", u"spiffe://", "", u"SPIFFE (JWT-SVID)", u"Only sub, aud and exp are promised. Federations that want kid, iat or iss refuse one without them."},
    Shape {u"^(https://)?accounts\\.google\\.com$", u"", "google", u"Google Compute Engine (metadata service)", u""},
    Shape {u"^(https://)?accounts\\.google\\.com$", u"", "nonce", u"Google sign-in", u"", true},
    Shape {u"^(https://)?accounts\\.google\\.com$", u"", "at_hash", u"Google sign-in", u"", true},
    Shape {u"^(https://)?accounts\\.google\\.com$", u"", "azp", u"Google sign-in", u"", true, u"\\.apps\\.googleusercontent\\.com$"},
    Shape {u"^(https://)?accounts\\.google\\.com$", u"", "", u"Google service account", u"The subject is the numeric unique id, not the mail address."},
    Shape {u"^https://cognito-identity\\.amazonaws\\.com$", u"", "", u"Amazon Cognito identity pool", u""},
    Shape {u"^https://cognito-idp\\.", u"", "", u"Amazon Cognito user pool", u"", true},
    Shape {u"\\.(okta|oktapreview|okta-emea)\\.com(/|$)", u"", "", u"Okta", u"", true},
    Shape {u"\\.auth0\\.com/$", u"", "", u"Auth0", u"The issuer ends with a slash.", true},
    Shape {u"\\.ciamlogin\\.com/", u"", "", u"Microsoft Entra External ID", u"", true},
    Shape {u"\\.b2clogin\\.com/", u"", "", u"Azure AD B2C", u"", true},
    Shape {u"\\.descope\\.com", u"", "", u"Descope", u""},
};

bool fits(const Shape& shape, const jose::Jwt& token)
{
    const QString pattern = QString::fromUtf16(shape.issuer), subject = QString::fromUtf16(shape.subject);
    if (!pattern.isEmpty() && !QRegularExpression(pattern).match(token.text("iss")).hasMatch())
        return false;
    const QString value = QString::fromUtf16(shape.value);
    if (!value.isEmpty() && !QRegularExpression(value).match(token.text(shape.claim)).hasMatch())
        return false;
    return token.text("sub").startsWith(subject) && (!*shape.claim || token.claim(shape.claim));
}

QString hostOf(const QString& issuer) { return QString::fromUtf8(http::splitUrl(issuer.toUtf8()).host).toLower(); }

bool isCloud(const QString& host)
{
    // entra.md 1.5 and the other names of the global cloud; the v1 issuer of the Chinese cloud is unconfirmed, its owner is not.
    static constexpr std::array more {"sts.windows.net"_L1, "login.microsoft.com"_L1, "sts.chinacloudapi.cn"_L1};
    return cloudOfHost(host) || std::ranges::find(more, host) != more.end();
}

Workload entra(const jose::Jwt& token)
{
    const QString sub = token.text("sub");
    if (sub.contains("/sc/"_L1) && readExchangeSubject(sub))
        return {u"Azure DevOps (Entra issuer)"_s, u"The subject holds organisation and service connection. Copy it from the connection."_s};
    if (readExchangeSubject(sub))
        return {u"Microsoft Entra exchange token"_s, u"It is a credential for the next exchange and no access token. Its subject names tenant, application and path."_s};
    if (token.text("ver") == "1.0"_L1)
        return {u"Microsoft Entra, v1 token"_s, u"Issuer sts.windows.net with a slash at its end, audience as it was asked for, caller in appid."_s};
    return {u"Microsoft Entra, v2 token"_s, u"Issuer ends in /v2.0, the audience is the resource's client id, caller in azp."_s};
}

} // namespace

bool isEntraIssuer(const QString& issuer)
{
    const QString host = hostOf(issuer);
    return isCloud(host) || host.endsWith(".ciamlogin.com"_L1) || host.endsWith(".b2clogin.com"_L1) || http::isLoopbackHost(host.toUtf8());
}

Workload workloadOf(const jose::Jwt& token)
{
    const QString host = hostOf(token.text("iss"));
    if (isCloud(host) || (http::isLoopbackHost(host.toUtf8()) && token.claim("tid") && token.claim("ver")))
        return entra(token);
    const auto shape = std::ranges::find_if(shapes, [&](const Shape& s) { return fits(s, token); });
    if (shape == shapes.end())
        return {};
    return {QString::fromUtf16(shape->source), QString::fromUtf16(shape->note), shape->person};
}

} // namespace trust
