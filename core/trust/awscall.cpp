// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "aws.h"

#include "core/jose/key.h"
#include "core/trust/awssignature_p.h"
#include "core/trust/sheet_p.h"

#include <QDateTime>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer answer(int status, const char* code, const char* text)
{
    return {.aadsts = 0, .status = status, .error = code, .text = text};
}
constexpr Answer noAuthorization = answer(403, "MissingAuthenticationToken", "The request is not signed: {presented}.");
constexpr Answer incomplete = answer(400, "IncompleteSignature", "The Authorization header lacks a part: {presented}.");
constexpr Answer unknownKey = answer(403, "InvalidClientTokenId", "The access key id or the session token is not known.");
constexpr Answer mismatch = answer(403, "SignatureDoesNotMatch", "The signature is not the one of this request.");
constexpr Answer expired = answer(403, "ExpiredToken", "The session ended: {presented}.");

const QString& page()
{
    static const QString text = u"AWS: Signature Version 4 for API requests"_s;
    return text;
}

struct CallCase
{
    Sheet& sheet;
    const setup::Target& target;
    const AwsCall& call;
    const Knowledge& knowledge;
    base::Instant now;
    AwsAuthorization authorization {};
};

base::Check line(const char16_t* id, const char16_t* title, const char16_t* from)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .presentedFrom = QString::fromUtf16(from),
            .source = page()};
}

bool checkThere(CallCase& c)
{
    const QByteArray header = c.call.headers.value("Authorization");
    base::Check there = line(u"authorization", u"Signature", u"header Authorization");
    there.expected = u"AWS4-HMAC-SHA256"_s;
    there.presented = header.isEmpty() ? u"no Authorization header"_s : QString::fromUtf8(header.left(header.indexOf(' ')));
    there.relation = u"signed"_s;
    there.fix = u"Sign the request with the credentials that AssumeRoleWithWebIdentity gave."_s;
    if (!c.sheet.hold(std::move(there), header.startsWith("AWS4-HMAC-SHA256"), noAuthorization))
        return false;
    c.authorization = awsAuthorizationOf(header);
    base::Check whole = line(u"authorization.parts", u"Parts of the signature", u"header Authorization");
    whole.expected = u"Credential, SignedHeaders, Signature"_s;
    whole.presented = c.authorization.missing.isEmpty() ? u"all there"_s : u"without "_s + c.authorization.missing.join(u", "_s);
    whole.relation = u"all there"_s;
    whole.fix = u"Write the header as the signing process describes it."_s;
    return c.sheet.hold(std::move(whole), c.authorization.missing.isEmpty(), incomplete);
}

void checkScope(CallCase& c)
{
    base::Check check = line(u"scope", u"Credential scope", u"Credential in the header");
    check.presented = QString::fromUtf8(c.authorization.date + '/' + c.authorization.region + '/' + c.authorization.service);
    const QString region = c.target.region.isEmpty() ? u"us-east-1"_s : c.target.region;
    check.expected = u"%1/%2/sts"_s.arg(QString::fromUtf8(c.call.headers.value("X-Amz-Date").left(8)), region);
    check.relation = u"equal"_s;
    check.fix = u"Sign for the day of the request, the endpoint's region and the service sts."_s;
    const bool holds = check.presented == check.expected;
    c.sheet.hold(std::move(check), holds, mismatch);
}

/// A signature is good for five minutes (AWS: "Signature Version 4 request elements").
void checkDate(CallCase& c)
{
    const QString text = QString::fromLatin1(c.call.headers.value("X-Amz-Date"));
    QDateTime at = QDateTime::fromString(text, u"yyyyMMdd'T'HHmmss'Z'"_s);
    at.setTimeZone(QTimeZone::utc());
    const qint64 gap = at.isValid() ? qAbs(at.toSecsSinceEpoch() - base::epochSeconds(c.now)) : 0;
    base::Check check = line(u"lifetime.signature", u"Time of the signature", u"header X-Amz-Date");
    check.presented = text.isEmpty() ? u"no header"_s : text;
    check.expected = u"within 5 minutes of "_s + base::toRfc3339(c.now);
    check.relation = u"fresh"_s;
    check.fix = u"Sign again, with the right clock."_s;
    c.sheet.hold(std::move(check), at.isValid() && gap <= 300, mismatch);
}

/// Whether a header of the request is under the signature.
bool isSigned(const CallCase& c, const char* name) { return c.authorization.signedHeaders.contains(name); }

void checkSession(CallCase& c, const OpaqueGrant& grant)
{
    base::Check session = line(u"session", u"Session token", u"header X-Amz-Security-Token");
    const QByteArray presented = c.call.headers.value("X-Amz-Security-Token");
    session.expected = u"the session token that came with the key"_s;
    session.presented = presented.isEmpty() ? u"no header"_s : u"hidden, %1 characters"_s.arg(presented.size());
    session.relation = u"belongs to the key"_s;
    session.fix = u"Send the SessionToken of the same answer as X-Amz-Security-Token, and sign it."_s;
    const bool holds = !presented.isEmpty() && jose::sha256(presented) == jose::sha256(grant.session)
        && isSigned(c, "x-amz-security-token");
    c.sheet.hold(std::move(session), holds, unknownKey);
    base::Check end = line(u"lifetime.exp", u"End of the session", u"what STS remembers");
    end.expected = u"after "_s + base::toRfc3339(c.now);
    end.presented = base::toRfc3339(grant.expires);
    end.relation = u"still valid"_s;
    end.fix = u"Assume the role again."_s;
    c.sheet.hold(std::move(end), grant.expires > c.now && !grant.revoked, expired);
}

void checkSignature(CallCase& c, const OpaqueGrant& grant)
{
    const AwsCanonical asked = awsCanonicalRequest(c.call, c.authorization);
    base::Check check = line(u"signature", u"Signature value", u"Signature in the header");
    check.presented = u"over "_s + QString::fromUtf8(c.authorization.signedHeaders.join(';'));
    check.expected = u"HMAC of this request by the session's secret key"_s;
    check.expectedFrom = u"the request as it arrived"_s;
    check.relation = u"equal"_s;
    check.fix = u"Sign the request as it is sent, with the SecretAccessKey of the same answer."_s;
    if (!asked.missing.isEmpty() || !isSigned(c, "host")) {
        c.sheet.refuse(std::move(check), asked.missing.isEmpty() ? u"The header host is not signed."_s
            : QString(u"Signed, but not sent: "_s + QString::fromUtf8(asked.missing.join(", "))), mismatch);
        return;
    }
    const QByteArray right = awsSignatureOf(asked, c.authorization, c.call.headers.value("X-Amz-Date"), grant.secret);
    // Compared by their hashes: how far two equal beginnings reach does not show in the time it takes.
    c.sheet.hold(std::move(check), jose::sha256(right) == jose::sha256(c.authorization.signature), mismatch);
}

} // namespace

base::Verdict decideAwsCall(const setup::Target& target, const AwsCall& call, const Knowledge& knowledge,
    base::Instant now)
{
    Sheet sheet(u"AWS STS"_s);
    sheet.begin(u"The signed request"_s);
    CallCase c {sheet, target, call, knowledge, now};
    const QString contract = target.roleArn.section(u'/', -1);
    if (!checkThere(c))
        return sheet.verdict(contract);
    base::Check key = line(u"keyId", u"Access key", u"Credential in the header");
    key.presented = QString::fromUtf8(c.authorization.keyId);
    key.expected = u"a key that STS gave out"_s;
    key.relation = u"known"_s;
    key.fix = u"Use the AccessKeyId that AssumeRoleWithWebIdentity gave."_s;
    if (!knowledge.opaque) {
        sheet.unknown(std::move(key), u"Only AWS knows its keys and can rebuild the signature."_s);
    } else {
        const auto grant = knowledge.opaque(c.authorization.keyId);
        const bool known = grant && !grant->secret.isEmpty();
        if (!sheet.hold(std::move(key), known, unknownKey))
            return sheet.verdict(contract);
        checkSession(c, *grant);
        checkSignature(c, *grant);
    }
    checkScope(c);
    checkDate(c);
    return sheet.verdict(contract);
}

} // namespace trust
