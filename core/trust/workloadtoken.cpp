// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "workloadtoken.h"

#include "core/trust/sheet_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// Statuses are those of the platforms' own documentation where they promise one; the sentences are ours.
constexpr Answer noCredential {0, 401, "Unauthorized", "The request does not carry the job's own credential.", "", false};
constexpr Answer noFlavour {0, 403, "Forbidden", "The header 'Metadata-Flavor: Google' is missing."};
constexpr Answer noAudience {0, 400, "ValidationError", "The request names no audience.", "", false};

struct Platform
{
    QLatin1StringView kind;
    const char* header;       ///< a header that has to be there, with `value`
    const char* value;
    bool bearer;              ///< a credential of the job goes along
    bool audienceMust;        ///< else the platform writes its own
    const char* source;
};
constexpr std::array platforms {
    Platform {"github"_L1, "", "", true, false, "GitHub: OpenID Connect reference"},
    Platform {"kubernetes"_L1, "", "", true, false, "Kubernetes: TokenRequest, authentication.k8s.io/v1"},
    Platform {"google"_L1, "Metadata-Flavor", "Google", false, true, "Google: verify the identity of a VM instance"},
    Platform {"aws"_L1, "", "", true, true, "AWS: GetWebIdentityToken"},
    Platform {"spiffe"_L1, "", "", false, true, "SPIFFE: JWT-SVID, 3"},
    Platform {""_L1, "", "", false, false, "OpenID Connect Core, 2"},
};

const Platform& platformOf(const setup::Issuer& issuer)
{
    const auto it = std::ranges::find_if(platforms, [&](const Platform& p) { return issuer.kind == p.kind; });
    return it == platforms.end() ? platforms.back() : *it;
}

struct WorkloadCase
{
    const Platform& platform;
    const http::Request& request;
    Sheet& sheet;
    QString source = QString::fromUtf8(platform.source);
};

void checkHeader(WorkloadCase& c)
{
    if (!*c.platform.header)
        return;
    const QByteArray sent = c.request.headers.value(c.platform.header);
    c.sheet.hold({.id = u"header"_s, .title = u"Header %1"_s.arg(QLatin1StringView(c.platform.header)),
                  .expected = QString::fromLatin1(c.platform.value),
                  .presented = sent.isEmpty() ? u"no header"_s : QString::fromUtf8(sent), .relation = u"equal"_s,
                  .fix = u"Send the header. It keeps requests out that a browser was talked into."_s,
                  .fixValue = QString::fromLatin1(c.platform.value), .presentedFrom = u"header of the request"_s, .source = c.source},
                 sent == c.platform.value, noFlavour);
}

void checkCredential(WorkloadCase& c, std::optional<bool> holds)
{
    if (!c.platform.bearer)
        return;
    const QByteArray sent = c.request.headers.value("Authorization");
    base::Check check {.id = u"credential"_s, .title = u"Credential of the job"_s, .expected = u"what the platform gave this job"_s,
                       .presented = sent.isEmpty() ? u"no Authorization header"_s : u"hidden"_s, .relation = u"the job's own"_s,
                       .fix = u"Take it from the environment the platform made for the job. It is worth nothing elsewhere."_s,
                       .presentedFrom = u"header Authorization"_s, .expectedFrom = u"platform"_s, .source = c.source};
    if (!sent.isEmpty() && !holds)
        c.sheet.unknown(std::move(check), u"Only the platform knows the value."_s);
    else
        c.sheet.hold(std::move(check), !sent.isEmpty() && *holds, noCredential);
}

/// Where each platform takes the audience from.
QString audienceIn(const Platform& platform, const http::Request& request)
{
    if (platform.kind == "kubernetes"_L1)
        return json::Document::read(request.body).root()["spec"]["audiences"].at(0).text();
    if (platform.kind == "aws"_L1)
        return QString::fromUtf8(http::parseForm(request.body).value("Audience.member.1"));
    return QString::fromUtf8(http::parseForm(http::splitUrl(request.url).query).value("audience"));
}

void checkAudience(WorkloadCase& c, const QString& audience)
{
    base::Check check {.id = u"audience"_s, .title = u"Audience asked for"_s, .expected = u"the receiver's audience"_s,
                       .presented = audience.isEmpty() ? u"not in the request"_s : audience, .relation = u"named"_s,
                       .fix = u"Ask for the audience of the receiver, for Entra api://AzureADTokenExchange."_s,
                       .presentedFrom = u"request"_s, .source = c.source};
    if (audience.isEmpty() && !c.platform.audienceMust) {
        check.relation = u"The platform writes an audience of its own, which no foreign receiver expects."_s;
        c.sheet.warn(std::move(check));
        return;
    }
    c.sheet.hold(std::move(check), !audience.isEmpty(), noAudience);
}

} // namespace

WorkloadDecision decideWorkloadToken(const setup::Issuer& issuer, const http::Request& request, std::optional<bool> credentialHolds,
    const Knowledge&)
{
    const QString title = issuer.displayName.isEmpty() ? issuer.name : issuer.displayName;
    Sheet sheet(title);
    WorkloadCase c {platformOf(issuer), request, sheet};
    sheet.begin(u"The request"_s);
    checkHeader(c);
    checkCredential(c, credentialHolds);
    WorkloadDecision out {.audience = audienceIn(c.platform, request)};
    checkAudience(c, out.audience);
    out.verdict = sheet.verdict(title);
    return out;
}

} // namespace trust
