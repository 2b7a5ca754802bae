// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awssignature_p.h"

#include "core/jose/key.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

QByteArray hash(QByteArrayView bytes) { return jose::sha256(bytes).toHex(); }

/// Runs of blanks become one, ends are trimmed.
QByteArray settled(QByteArrayView value)
{
    QByteArray out;
    for (const char c : value.trimmed()) {
        const bool blank = c == ' ' || c == '\t';
        if (!blank)
            out += c;
        else if (!out.endsWith(' '))
            out += ' ';
    }
    return out;
}

/// Values of a header sent several times stand behind each other, in the order of arrival.
QByteArray valuesOf(const http::Headers& headers, QByteArrayView name)
{
    QByteArrayList values;
    for (const http::Header& header : headers)
        if (QByteArrayView(header.name).compare(name, Qt::CaseInsensitive) == 0)
            values.append(settled(header.value));
    return values.join(',');
}

/// Encoded again, so that any spelling of the same query is one; a plus sign is a plus sign here.
QByteArray queryOf(QByteArrayView query)
{
    QByteArrayList pairs;
    for (const QByteArray& part : query.toByteArray().split('&')) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        const QByteArray name = equals < 0 ? part : part.left(equals), value = equals < 0 ? QByteArray() : part.mid(equals + 1);
        pairs.append(http::percentEncoded(http::percentDecoded(name)) + '=' + http::percentEncoded(http::percentDecoded(value)));
    }
    std::ranges::sort(pairs);
    return pairs.join('&');
}

/// Every segment encoded a second time; all services but S3 do.
QByteArray pathOf(const QByteArray& path)
{
    if (path.isEmpty())
        return "/";
    QByteArrayList segments;
    for (const QByteArray& segment : path.split('/'))
        segments.append(http::percentEncoded(segment));
    return segments.join('/');
}

} // namespace

AwsAuthorization awsAuthorizationOf(QByteArrayView header)
{
    AwsAuthorization out;
    QByteArray credential, names;
    const QByteArray text = header.toByteArray();
    for (const QByteArray& raw : text.sliced(std::min<qsizetype>(text.size(), 16)).split(',')) {
        const QByteArray part = raw.trimmed();
        const auto take = [&part](QByteArrayView name, QByteArray& into) {
            if (part.startsWith(name))
                into = part.sliced(name.size());
        };
        take("Credential=", credential);
        take("SignedHeaders=", names);
        take("Signature=", out.signature);
    }
    const QByteArrayList scope = credential.split('/');
    if (scope.size() == 5 && scope[4] == "aws4_request") {
        out.keyId = scope[0];
        out.date = scope[1];
        out.region = scope[2];
        out.service = scope[3];
    } else {
        out.missing.append(u"Credential"_s);
    }
    if (names.isEmpty())
        out.missing.append(u"SignedHeaders"_s);
    else
        out.signedHeaders = names.split(';');
    if (out.signature.isEmpty())
        out.missing.append(u"Signature"_s);
    return out;
}

AwsCanonical awsCanonicalRequest(const AwsCall& call, const AwsAuthorization& authorization)
{
    AwsCanonical out;
    QByteArray headers;
    for (const QByteArray& name : authorization.signedHeaders) {
        if (!call.headers.has(name))
            out.missing.append(name);
        headers += name + ':' + valuesOf(call.headers, name) + '\n';
    }
    out.text = call.method + '\n' + pathOf(call.path) + '\n' + queryOf(call.query) + '\n' + headers + '\n'
        + authorization.signedHeaders.join(';') + '\n' + hash(call.body);
    return out;
}

QByteArray awsSignatureOf(const AwsCanonical& request, const AwsAuthorization& authorization, QByteArrayView date,
    QByteArrayView secret)
{
    const QByteArray scope = authorization.date + '/' + authorization.region + '/' + authorization.service + "/aws4_request";
    const QByteArray toSign = "AWS4-HMAC-SHA256\n" + date.toByteArray() + '\n' + scope + '\n' + hash(request.text);
    QByteArray key = jose::hmacSha256(QByteArray("AWS4" + secret.toByteArray()), authorization.date);
    key = jose::hmacSha256(key, authorization.region);
    key = jose::hmacSha256(key, authorization.service);
    key = jose::hmacSha256(key, "aws4_request");
    return jose::hmacSha256(key, toSign).toHex();
}

} // namespace trust
