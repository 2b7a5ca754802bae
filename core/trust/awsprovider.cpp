// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "aws_p.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

TokenDemand demand(const AwsCase& c)
{
    return {.word = u"token"_s,
            .algorithms = {u"RS256"_s, u"RS384"_s, u"RS512"_s, u"ES256"_s, u"ES384"_s, u"ES512"_s},
            .form = &awsDenial("token_malformed"), .algorithm = &awsDenial("algorithm"),
            .key = &awsDenial("key_unknown"), .signature = &awsDenial("signature"), .time = &awsDenial("time"),
            .source = u"AWS STS: AssumeRoleWithWebIdentity"_s, .unknowns = c.unknowns};
}

void checkClaimsThere(AwsCase& c)
{
    QStringList missing;
    for (const char* name : {"iss", "sub", "aud", "exp", "iat"})
        if (!c.token.claim(name))
            missing.append(QString::fromLatin1(name));
    c.sheet.hold({.id = u"claims.mandatory"_s, .title = u"Claims that have to be there"_s,
                  .expected = u"iss, sub, aud, exp, iat"_s,
                  .presented = missing.isEmpty() ? u"all of them"_s : QString(u"without "_s + missing.join(u", "_s)),
                  .relation = u"all there"_s, .fix = u"Let the issuer write the missing claims."_s,
                  .presentedFrom = u"claims of the token"_s, .source = awsProviderPage()},
                 missing.isEmpty(), awsDenial("claim_missing"));
}

/// "Token too old": a token is good for a day after it was issued, whatever it says itself.
void checkAge(AwsCase& c)
{
    constexpr qint64 day = 86400, leeway = 300;
    const auto iat = secondsIn(c.token.claim("iat"));
    if (!iat)
        return;
    const qint64 now = base::epochSeconds(c.now);
    const bool young = *iat > now - day - leeway;
    c.sheet.hold({.id = u"lifetime.iat"_s, .title = u"Issued"_s,
                  .expected = u"after "_s + shownTime(now - day), .presented = shownTime(*iat),
                  .relation = u"within a day"_s, .fix = u"Get a fresh token and present it within 24 hours."_s,
                  .presentedFrom = u"claim iat"_s, .source = u"AWS STS: AssumeRoleWithWebIdentity"_s},
                 young, awsDenial("time"));
}

/// Tokens that AWS issues for use elsewhere (outbound identity federation) are not taken back.
void checkOutbound(AwsCase& c)
{
    static constexpr auto outbound = ".tokens.sts.global.api.aws"_L1;
    if (!QUrl(c.iss()).host().endsWith(outbound))
        return;
    c.sheet.hold({.id = u"outbound"_s, .title = u"Issued by AWS itself"_s, .expected = u"a token of another issuer"_s, .presented = c.iss(),
                  .fix = u"Assume the role with the AWS credentials the workload has already (AssumeRole)."_s, .presentedFrom = u"claim iss"_s,
                  .source = u"AWS IAM: outbound identity federation"_s},
                 false, awsDenial("provider_unknown"));
}

/// A port is never registered at AWS itself; the lab holds its own registry (downstream.md 10.6).
QString asUrl(const QString& url)
{
    return url.contains("://"_L1) ? url : QString(u"https://"_s + url);
}

void checkIssuer(AwsCase& c)
{
    CompareHints hints = c.hints(u"provider");
    hints.issuer = true;
    base::Check check {.id = u"issuer"_s, .title = u"Issuer"_s, .presentedFrom = u"claim iss"_s,
                       .expectedFrom = u"field Url of the OIDC provider"_s, .source = awsProviderPage()};
    check.fixPointer = c.trust.pointer + u"/provider/Url"_s;
    check = compared(std::move(check), c.iss(), asUrl(c.trust.provider["Url"].text()), hints);
    if (check.outcome == base::Outcome::Fail)
        check.fixValue = awsWithoutScheme(c.iss());
    c.sheet.add(std::move(check), awsDenial("provider_unknown"));
}

/// What AWS looks up in the client-id list.
QStringList lookedUp(const AwsCase& c)
{
    return c.mapsCaller() ? QStringList {callerOf(c.token)} : audiencesOf(c.token);
}

void explainCaller(const AwsCase& c, base::Check& check)
{
    if (!c.mapsCaller())
        return;
    check.presentedFrom = u"claim azp, which AWS is reported to read as the audience (unconfirmed)"_s;
    if (check.outcome != base::Outcome::Fail || !audiencesOf(c.token).contains(check.expected))
        return;
    check.near = base::NearMiss {base::Near::AzpNotAud, 0,
        u"The list holds the token's aud. When a token has azp, AWS is reported to compare azp instead."_s};
    check.fix = u"Add the caller's client id to the provider's client-id list, beside the audience."_s;
}

void checkClientIds(AwsCase& c)
{
    base::Check check {.id = u"audience"_s, .title = u"Audience"_s, .presented = lookedUp(c).join(u", "_s),
                       .presentedFrom = u"claim aud"_s, .expectedFrom = u"ClientIDList of the OIDC provider"_s,
                       .source = awsProviderPage()};
    const json::Value list = c.trust.provider["ClientIDList"];
    if (!list) {
        c.sheet.unknown(std::move(check), u"The provider's client-id list is not known here."_s);
        return;
    }
    check.fixPointer = c.trust.pointer + u"/provider/ClientIDList/-"_s;
    CompareHints hints = c.hints(u"client-id list");
    hints.audience = true;
    const QStringList listed = awsTexts(list);
    check = comparedWithAny(std::move(check), lookedUp(c), listed, hints);
    if (listed.isEmpty())
        check.expected = u"(an empty list)"_s;
    // The caller is looked for; which of the listed values was meant shows best by the token's own audience.
    for (const QString& aud : audiencesOf(c.token))
        if (check.outcome == base::Outcome::Fail && c.mapsCaller() && listed.contains(aud))
            check.expected = aud;
    explainCaller(c, check);
    c.sheet.add(std::move(check), awsDenial(c.mapsCaller() ? "audience_azp" : "audience"));
}

void warnCaller(AwsCase& c)
{
    const QString caller = callerOf(c.token);
    if (!c.mapsCaller() || c.iss() == "https://accounts.google.com"_L1 || audiencesOf(c.token).contains(caller))
        return;
    c.sheet.warn({.id = u"audience.azp"_s, .title = u"azp read as audience"_s,
                  .expected = u"azp for :aud, aud for :oaud"_s, .presented = caller,
                  .relation = u"AWS documents this for Google alone; for other issuers it is reported, not confirmed. "
                              "Test it against your account, and pin :oaud as well."_s,
                  .presentedFrom = u"claim azp"_s, .source = u"AWS: IAM and AWS STS condition context keys"_s});
}

} // namespace

bool AwsCase::isOn(QByteArrayView name) const
{
    const json::Value flag = trust.settings[name];
    return !flag.isBool() || flag.boolean();
}

bool AwsCase::mapsCaller() const
{
    // appid of v1 tokens is not looked at; only azp is (aws/aws-sdk-net issue 3071: v1 tokens pass).
    return token.claim("azp").isString() && isOn("azpAsAudience");
}

CompareHints AwsCase::hints(const char16_t* contract) const
{
    return {.setup = setup, .receiver = u"AWS compares letter by letter."_s, .contract = QString::fromUtf16(contract),
            .azp = callerOf(token), .oid = token.text("oid")};
}

QString AwsCase::place(const json::Value& in, const char16_t* member) const
{
    const QString name = QString::fromUtf16(member), inside = in.pointer();
    if (!trust.pointer.isEmpty())
        return trust.pointer + name + inside;
    return inside.startsWith(name) ? inside : QString(); // a policy that a file holds packed as text has no place in it
}

void checkAwsToken(AwsCase& c)
{
    const TokenDemand wanted = demand(c);
    c.sheet.begin(u"The token itself"_s);
    checkForm(c.sheet, c.token, wanted);
    checkAlgorithm(c.sheet, c.token, wanted);
    checkClaimsThere(c);
}

void checkAwsProvider(AwsCase& c)
{
    const QString url = c.url();
    c.sheet.begin(u"OIDC provider"_s);
    checkOutbound(c);
    const bool builtIn = c.iss() == "https://accounts.google.com"_L1; // without a provider, and so without a list
    if (!c.trust.provider && !builtIn) {
        c.sheet.unknown({.id = u"audience"_s, .title = u"Audience"_s, .presented = audiencesOf(c.token).join(u", "_s),
                         .presentedFrom = u"claim aud"_s, .expectedFrom = u"ClientIDList of the OIDC provider"_s,
                         .source = awsProviderPage()},
                        u"Only the provider knows its client-id list, and it is not here."_s);
    } else if (c.trust.provider) {
        checkIssuer(c);
        checkClientIds(c);
        checkAwsExchangeAudience(c);
        warnCaller(c);
    }
    const TokenDemand wanted = demand(c);
    const bool trusted = !c.trust.provider || awsWithoutScheme(c.iss()) == url;
    checkSignature(c.sheet, c.token, c.iss(), trusted, c.knowledge, wanted);
    checkTimes(c.sheet, c.token, c.now, wanted);
    checkAge(c);
}

void checkAwsExchangeAudience(AwsCase& c)
{
    if (!audiencesOf(c.token).contains(setup::exchangeAudienceGuid) || !c.isOn("refuseExchangeAudience"))
        return;
    base::Check check {.id = u"audience.exchange"_s, .title = u"Audience of the exchange resource"_s,
                       .expected = u"an audience of your own"_s, .presented = setup::exchangeAudienceGuid.toString(),
                       .fix = u"Go through an intermediary app that the managed identity is federated to."_s,
                       .presentedFrom = u"claim aud"_s,
                       .source = u"microsoft/entra-agentid-samples (reported, not confirmed by AWS)"_s};
    c.sheet.refuse(std::move(check),
        u"AWS is reported to answer \"Incorrect token audience\" to this GUID even when the list holds it."_s,
        awsDenial("exchange_audience"));
}

} // namespace trust
