// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signing.h"

#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/jose/keypair.h"

#include <QDateTime>
#include <QTimeZone>
#include <QUuid>

#include <algorithm>

namespace flow {

using namespace Qt::StringLiterals;
using base::Result;

namespace {

constexpr qint64 assertionLife = 600; // Microsoft recommends five to ten minutes

QByteArray compact(const QByteArrayList& members) { return '{' + members.join(',') + '}'; }

QByteArray member(const char* name, const QByteArray& text)
{
    return json::quoted(QString::fromLatin1(name)) + ':' + json::quoted(QString::fromUtf8(text));
}

/// Says whose certificate it is, in the way that goes with the algorithm. A preview may know neither.
QByteArray headerOf(const SignedAssertion& what, const jose::Key& certificate, const jose::Key& key)
{
    QByteArrayList members {member("alg", what.algorithm), member("typ", "JWT")};
    const QByteArray der = certificate.x5c.value(0);
    if (der.isEmpty() && !key.isNull())
        members.append(member("kid", key.kid.isEmpty() ? key.thumbprint() : key.kid));
    else if (what.algorithm == "RS256" && !der.isEmpty())
        members.append(member("x5t", jose::x5t(der)));
    else if (!der.isEmpty())
        members.append(member("x5t#S256", jose::x5tS256(der)));
    if (what.chain && !der.isEmpty())
        members.append("\"x5c\":[" + json::quoted(QString::fromLatin1(der.toBase64())) + ']');
    return compact(members);
}

QByteArray claimsOf(const SignedAssertion& what, base::Instant now)
{
    const qint64 seconds = base::epochSeconds(now);
    return compact({member("aud", what.audience.toUtf8()), member("iss", what.issuer.toUtf8()),
        member("sub", what.issuer.toUtf8()), member("jti", QUuid::createUuid().toByteArray(QUuid::WithoutBraces)),
        "\"nbf\":" + QByteArray::number(seconds), "\"iat\":" + QByteArray::number(seconds),
        "\"exp\":" + QByteArray::number(seconds + assertionLife)});
}

QByteArray hex(QByteArrayView bytes) { return bytes.toByteArray().toHex(); }

/// Path segments and query are encoded with the unreserved characters alone kept.
QByteArray canonicalQuery(QByteArrayView query)
{
    http::Form form = http::parseForm(query);
    std::ranges::stable_sort(form, {}, [](const http::Parameter& p) { return std::pair(p.name, p.value); });
    QByteArrayList texts;
    for (const http::Parameter& p : std::as_const(form))
        texts.append(http::percentEncoded(p.name) + '=' + http::percentEncoded(p.value));
    return texts.join('&');
}

QByteArray withoutRuns(const QByteArray& text) { return text.simplified(); }

struct Canonical
{
    QByteArray headers {};
    QByteArray names {};
};

Canonical canonicalHeaders(http::Headers headers)
{
    for (http::Header& header : headers)
        header.name = header.name.toLower();
    std::ranges::stable_sort(headers, {}, &http::Header::name);
    Canonical out;
    QByteArrayList names;
    for (const http::Header& header : std::as_const(headers)) {
        out.headers += header.name + ':' + withoutRuns(header.value) + '\n';
        names.append(header.name);
    }
    out.names = names.join(';');
    return out;
}

Result<QByteArray> valueIn(const QString& slot, const Ingredients& known)
{
    return known.tokens.contains(slot) ? Result<QByteArray>(known.tokens.value(slot)) : resolveValue(fromReply(slot), known);
}

/// The certificate that came along with the key; without one, that of the setup.
Result<jose::Key> certificateOf(const SignedAssertion& what, const jose::KeyPair& pair)
{
    if (what.certificate.isEmpty() || !pair.certificate.isNull())
        return pair.certificate;
    auto certificate = jose::Key::fromPem(what.certificate);
    if (!certificate)
        return base::fail(certificate.error().code, certificate.error().text, what.pointer);
    if (!pair.key.isNull() && certificate->thumbprint() != pair.key.thumbprint())
        return base::fail(u"certificate-key"_s,
            u"The private key in the keychain does not belong to the certificate in the setup. Nothing was signed and nothing was sent."_s, what.pointer);
    return certificate;
}

/// What stands in a preview: everything but the signature, which takes the key.
Result<QByteArray> unsignedAssertion(const SignedAssertion& what, base::Instant now)
{
    const auto certificate = certificateOf(what, {});
    if (!certificate)
        return tl::unexpected(certificate.error());
    return QByteArray(jose::base64url(headerOf(what, *certificate, {})) + '.' + jose::base64url(claimsOf(what, now)) + '.');
}

} // namespace

Result<QByteArray> assertionOf(const SignedAssertion& what, const Ingredients& known)
{
    const jose::Algorithm* algorithm = jose::algorithm(what.algorithm);
    if (!algorithm)
        return base::fail(u"algorithm-unknown"_s, u"Assertions are not signed with %1."_s.arg(QString::fromUtf8(what.algorithm)), what.pointer);
    if (!known.secrets)
        return unsignedAssertion(what, known.now);
    const auto secret = resolveValue(fromSecret(what.key), known);
    if (!secret)
        return secret;
    const auto pair = jose::readKeyPair(*secret);
    if (!pair)
        return base::fail(pair.error().code, pair.error().text, what.key.entry());
    const auto certificate = certificateOf(what, *pair);
    if (!certificate)
        return tl::unexpected(certificate.error());
    return jose::signCompact(headerOf(what, *certificate, pair->key), claimsOf(what, known.now), pair->key, *algorithm);
}

QByteArray awsSignature(const http::Request& request, const http::Headers& headers, QByteArrayView secret,
    QByteArrayView date, QByteArrayView region, QByteArrayView service)
{
    const http::UrlParts url = http::splitUrl(request.url);
    const Canonical canonical = canonicalHeaders(headers);
    const QByteArray asked = request.method + '\n' + (url.path.isEmpty() ? QByteArray("/") : url.path) + '\n'
        + canonicalQuery(url.query) + '\n' + canonical.headers + '\n' + canonical.names + '\n' + hex(jose::sha256(request.body));
    const QByteArray day = date.first(8).toByteArray();
    const QByteArray scope = day + '/' + region.toByteArray() + '/' + service.toByteArray() + "/aws4_request";
    const QByteArray toSign = "AWS4-HMAC-SHA256\n" + date.toByteArray() + '\n' + scope + '\n' + hex(jose::sha256(asked));
    QByteArray key = "AWS4" + secret.toByteArray();
    for (const QByteArray& part : {day, region.toByteArray(), service.toByteArray(), QByteArray("aws4_request")})
        key = jose::hmacSha256(key, part);
    return hex(jose::hmacSha256(key, toSign));
}

Result<void> signRequest(const RequestSignature& how, http::Request& request, const Ingredients& known)
{
    const auto keyId = valueIn(how.keyIdSlot, known);
    const auto secret = keyId ? valueIn(how.secretSlot, known) : keyId;
    const auto session = !secret || how.sessionSlot.isEmpty() ? secret : valueIn(how.sessionSlot, known);
    const auto region = session ? resolveValue(how.region, known) : session;
    if (!region)
        return tl::unexpected(region.error());
    const QByteArray date = QDateTime::fromSecsSinceEpoch(base::epochSeconds(known.now), QTimeZone::utc()).toString(u"yyyyMMdd'T'HHmmss'Z'"_s).toLatin1();
    request.headers.set("Host", http::splitUrl(request.url).authority);
    request.headers.set("X-Amz-Date", date);
    request.headers.set("X-Amz-Content-Sha256", hex(jose::sha256(request.body)));
    if (!how.sessionSlot.isEmpty())
        request.headers.set("X-Amz-Security-Token", *session);
    const QByteArray signature = awsSignature(request, request.headers, *secret, date, *region, how.service);
    const QByteArray scope = date.first(8) + '/' + *region + '/' + how.service + "/aws4_request";
    request.headers.set("Authorization", QByteArray("AWS4-HMAC-SHA256 Credential=" + *keyId + '/' + scope
            + ", SignedHeaders=" + canonicalHeaders(request.headers).names + ", Signature=" + signature));
    return {};
}

} // namespace flow
