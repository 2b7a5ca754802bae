// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "workloadtoken.h"

#include "core/http/message.h"
#include "core/setup/workloadkeys.h"

#include <algorithm>
#include <array>

namespace federation {

using namespace Qt::StringLiterals;

namespace {

struct Asking
{
    const setup::Setup& setup;
    const setup::Issuer& issuer;
    const QString& audience;
    const flow::Frame& frame;

    flow::Value endpoint(const QString& rest = {}) const
    {
        const QString base = issuer.endpoint.isEmpty() ? issuer.issuer : issuer.endpoint;
        return flow::fromSetup(base + rest, issuer.pointer + (issuer.endpoint.isEmpty() ? u"/issuer"_s : u"/endpoint"_s));
    }
    flow::Value audienceValue() const { return flow::literal(audience.toUtf8()); }
    flow::Value bearer() const
    {
        return flow::joined({flow::literal("Bearer "), flow::fromSecret(setup::requestTokenKey(setup, issuer))});
    }
};

/// GitHub: "OpenID Connect reference", requesting the token. The URL and the bearer are in the job's environment.
void askGithub(flow::Step& step, const Asking& a)
{
    step.url = a.endpoint();
    step.query = {{"api-version", flow::literal("2.0")}, {"audience", a.audienceValue()}};
    step.headers = {{"Authorization", a.bearer()}, {"Accept", flow::literal("application/json")}};
    step.yields.front().pointer = u"/value"_s;
}

/// Kubernetes: TokenRequest, authentication.k8s.io/v1. "system:serviceaccount:<namespace>:<name>" names the account.
void askKubernetes(flow::Step& step, const Asking& a)
{
    const QStringList parts = a.issuer.subject.split(u':');
    step.method = "POST";
    step.url = a.endpoint(u"/api/v1/namespaces/%1/serviceaccounts/%2/token"_s.arg(parts.value(2), parts.value(3)));
    step.headers = {{"Authorization", a.bearer()}, {"Accept", flow::literal("application/json")}};
    step.format = flow::BodyFormat::Json;
    step.body = {
        {"apiVersion", flow::literal("authentication.k8s.io/v1")},
        {"kind", flow::literal("TokenRequest")},
        {"spec", flow::literal("{\"audiences\": [" + json::quoted(a.audience) + "], \"expirationSeconds\": 3600}"), true},
    };
    step.yields.front().pointer = u"/status/token"_s;
}

/// Google: "Authenticate to other services with the metadata server". Plain text, and a header that no browser sends.
void askGoogle(flow::Step& step, const Asking& a)
{
    step.url = a.endpoint(u"/computeMetadata/v1/instance/service-accounts/default/identity"_s);
    step.query = {{"audience", a.audienceValue()}, {"format", flow::literal("full")}};
    step.headers = {{"Metadata-Flavor", flow::literal("Google")}};
}

/// AWS: GetWebIdentityToken of the regional security token service, signed with the role's own credentials. The region
/// stands in the claims that its tokens carry.
void askAws(flow::Step& step, const Asking& a)
{
    step.method = "POST";
    step.url = a.endpoint(u"/"_s);
    step.format = flow::BodyFormat::Form;
    step.body = {
        {"Action", flow::literal("GetWebIdentityToken")},
        {"Version", flow::literal("2011-06-15")},
        {"Audience.member.1", a.audienceValue()},
        {"SigningAlgorithm", flow::literal("RS256")},
        {"DurationSeconds", flow::literal("300")},
    };
    const QString region = a.issuer.claims.root()["https://sts.amazonaws.com/"]["source_region"].text();
    step.signature = flow::RequestSignature {.service = "sts",
        .region = flow::fromSetup(region.isEmpty() ? u"us-east-1"_s : region, a.issuer.pointer + u"/claims"_s),
        .keyIdSlot = a.frame.slot(u"AWS key id"_s), .secretSlot = a.frame.slot(u"AWS secret key"_s), .sessionSlot = a.frame.slot(u"AWS session"_s)};
    step.yields.front().pointer = u"/GetWebIdentityTokenResponse/GetWebIdentityTokenResult/WebIdentityToken"_s;
}

/// SPIFFE's helper writes the JWT-SVID as it is; other platforms hand it out the same way.
void askPlain(flow::Step& step, const Asking& a)
{
    step.url = a.endpoint(a.issuer.endpoint.isEmpty() ? u"/token"_s : QString {});
    step.query = {{"audience", a.audienceValue()}};
}

struct Platform
{
    QLatin1StringView kind;
    const char* host;      ///< what runs there
    const char* evidence;  ///< what the platform vouches for
    void (*ask)(flow::Step&, const Asking&);
};
constexpr std::array platforms {
    Platform {"github"_L1, "workflow job", "runs as this job", askGithub},
    Platform {"gitlab"_L1, "pipeline job", "runs as this job", askPlain},
    Platform {"kubernetes"_L1, "pod", "runs as this service account", askKubernetes},
    Platform {"spiffe"_L1, "workload", "attested by its agent", askPlain},
    Platform {"google"_L1, "virtual machine", "runs on this machine", askGoogle},
    Platform {"aws"_L1, "AWS workload", "holds the role", askAws},
    Platform {"azure-devops"_L1, "pipeline job", "runs as this job", askPlain},
    Platform {"terraform"_L1, "run", "runs in this workspace", askPlain},
    Platform {""_L1, "workload", "runs there", askPlain},
};

const Platform& platformOf(const setup::Issuer& issuer)
{
    const auto it = std::ranges::find_if(platforms, [&](const Platform& p) { return issuer.kind == p.kind; });
    return it == platforms.end() ? platforms.back() : *it;
}

/// Live tokens that somebody else fetched already.
void takeFrom(flow::Step& step, const setup::Setup& setup, const setup::Issuer& issuer)
{
    const QString pointer = issuer.pointer + u"/tokenSource/value"_s;
    const setup::TokenSource& source = issuer.tokenSource;
    step.explain = u"workload-token.source"_s;
    if (source.type == u"file") {
        step.url = flow::fromSetup(u"file://"_s + source.value, pointer);
    } else if (source.type == u"environment") {
        step.url = flow::fromSetup(u"env:"_s + source.value, pointer);
    } else if (source.type == u"paste") {
        step.url = flow::literal("paste:");
        step.headers = {{"Authorization", flow::joined({flow::literal("Bearer "), flow::fromSecret(setup::pastedTokenKey(setup, issuer))})}};
    } else {
        step.url = flow::fromSetup(source.value, pointer);
    }
}

flow::Step tokenStep(const Asking& a, const QString& slot)
{
    const Platform& platform = platformOf(a.issuer);
    flow::Step step;
    step.id = a.frame.id(u"workload-token"_s);
    step.title = u"Workload token"_s;
    step.shortTitle = u"Workload token"_s;
    step.explain = u"workload-token"_s + (a.issuer.kind.isEmpty() || a.issuer.kind == u"other" ? QString {} : u'.' + a.issuer.kind);
    step.group = a.frame.group;
    step.from = {flow::PartyKind::Host, u"host"_s, QString::fromUtf8(platform.host)};
    step.to = step.becomes = workloadParty(a.issuer);
    step.presents = {{.kind = flow::Evidence::Kind::Attestation, .title = QString::fromUtf8(platform.evidence)}};
    step.contract = {u"workload-token"_s, a.issuer.pointer};
    step.contractKind = u"platform's own"_s;
    step.contractName = step.to.title;
    step.method = "GET";
    step.audienceAsked = a.audience;
    step.yields = {{.slot = a.frame.slot(slot), .token = true, .use = flow::TokenUse::Assertion, .speaker = step.becomes}};
    if (a.issuer.tokenSource.type.isEmpty())
        platform.ask(step, a);
    else
        takeFrom(step, a.setup, a.issuer);
    return step;
}

/// The role's temporary credentials, as the AWS tools print them for a process.
flow::Step awsCredentials(const Asking& a)
{
    flow::Step step;
    step.id = a.frame.id(u"role-credentials"_s);
    step.title = u"Credentials of the role"_s;
    step.shortTitle = u"Role keys"_s;
    step.explain = u"role-credentials"_s;
    step.group = a.frame.group;
    step.from = {flow::PartyKind::Host, u"host"_s, u"AWS workload"_s};
    step.to = step.becomes = {flow::PartyKind::Host, u"aws-host"_s, u"AWS host"_s};
    step.method = "GET";
    step.url = flow::literal("paste:");
    step.headers = {{"Authorization", flow::joined({flow::literal("Bearer "), flow::fromSecret(setup::requestTokenKey(a.setup, a.issuer))})}};
    step.yields = {
        {.pointer = u"/AccessKeyId"_s, .slot = a.frame.slot(u"AWS key id"_s)},
        {.pointer = u"/SecretAccessKey"_s, .slot = a.frame.slot(u"AWS secret key"_s)},
        {.pointer = u"/SessionToken"_s, .slot = a.frame.slot(u"AWS session"_s)},
    };
    return step;
}

} // namespace

flow::Party workloadParty(const setup::Issuer& issuer)
{
    return {flow::PartyKind::Outside, issuer.name, issuer.displayName.isEmpty() ? issuer.name : issuer.displayName};
}

QList<flow::Step> workloadToken(const setup::Setup& setup, const setup::Issuer& issuer, const QString& audience, const QString& slot,
    const flow::Frame& frame)
{
    const Asking asking {setup, issuer, audience, frame};
    QList<flow::Step> steps;
    if (issuer.kind == u"aws" && issuer.tokenSource.type.isEmpty())
        steps.append(awsCredentials(asking));
    steps.append(tokenStep(asking, slot));
    return steps;
}

flow::Step issuerMetadata(const setup::Issuer& issuer, const flow::Frame& frame)
{
    flow::Step step;
    step.id = frame.id(u"issuer-metadata"_s);
    step.title = u"Read the issuer's metadata"_s;
    step.shortTitle = u"Issuer metadata"_s;
    step.explain = u"issuer-metadata"_s;
    step.group = frame.group;
    step.from = {flow::PartyKind::Issuer, u"entra"_s, u"Entra"_s};
    step.to = step.becomes = workloadParty(issuer);
    step.method = "GET";
    const QString slash = issuer.issuer.endsWith(u'/') ? QString {} : u"/"_s;
    step.url = flow::fromSetup(issuer.issuer + slash + u".well-known/openid-configuration"_s, issuer.pointer + u"/issuer"_s);
    step.headers = {{"Accept", flow::literal("application/json")}};
    step.yields = {{.pointer = u"/jwks_uri"_s, .slot = frame.slot(u"key set"_s)}};
    step.expects = {{.on = flow::Expectation::On::Reply, .name = u"/issuer"_s, .how = flow::Expectation::How::Equals,
        .value = flow::fromSetup(issuer.issuer, issuer.pointer + u"/issuer"_s), .id = u"metadata issuer"_s,
        .title = u"Issuer in the metadata"_s, .source = u"OpenID Connect Discovery, 4.3"_s}};
    return step;
}

flow::KeySource keysOf(const setup::Issuer& issuer, const flow::Frame& frame)
{
    return {.issuer = issuer.issuer, .url = flow::fromReply(frame.slot(u"key set"_s))};
}

} // namespace federation
