// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "redact.h"

#include "core/http/sensitive.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace http {

namespace {

/// New in every process, so that a mark tells nothing to who has not seen the value in this session.
QByteArray randomKey()
{
    std::array<quint32, 8> words {};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return {reinterpret_cast<const char*>(words.data()), qsizetype(sizeof words)};
}

QByteArray mark(QByteArrayView secret)
{
    static const QByteArray key = randomKey();
    const QByteArray hash = QMessageAuthenticationCode::hash(secret.toByteArray(), key, QCryptographicHash::Sha256).left(4).toHex();
    return "[hidden, " + QByteArray::number(secret.size()) + " characters, " + hash + ']';
}

/// One part of a compact token, written anew only where a secret stands in it.
QByteArray partAsShown(QByteArrayView part)
{
    constexpr auto base64url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const QByteArray json = QByteArray::fromBase64(part.toByteArray(), base64url);
    const QByteArray shown = shownClaims(json);
    return shown == json ? part.toByteArray() : shown.toBase64(base64url);
}

/// A token without its signature shows what it says and opens nothing. Of an encrypted one only the header
/// can be read.
QByteArray withoutSignature(QByteArrayView token, const JwtShape& shape)
{
    QByteArray kept = partAsShown(token.first(shape.first)) + '.';
    if (shape.parts == 3)
        kept += partAsShown(token.sliced(shape.first + 1, shape.second - shape.first - 1)) + '.';
    const QByteArrayView rest = token.sliced((shape.parts == 3 ? shape.second : shape.first) + 1);
    return kept + (rest.isEmpty() ? QByteArray() : mark(rest));
}

QByteArray replacement(const Spot& spot, bool keepClaims)
{
    const JwtShape shape = keepClaims && spot.kind == Sensitivity::Token ? jwtShape(spot.secret) : JwtShape{};
    const QByteArray text = shape.parts ? withoutSignature(spot.secret, shape) : mark(spot.secret);
    return spot.bare ? QByteArray('"' + text + '"') : text;
}

QByteArray redactedBytes(QByteArrayView text, const Spots& spots, bool keepClaims)
{
    return replaced(
        text, withoutMarks(text, spots), [keepClaims](const Spot& s) { return replacement(s, keepClaims); });
}

void redactHeaders(Headers& headers, bool keepClaims)
{
    for (Header& h : headers)
        h.value = redactedBytes(h.value, spotsInHeader(h), keepClaims);
}

} // namespace

QString redactionMark(QByteArrayView secret) { return QString::fromLatin1(mark(secret)); }

QByteArray shownClaims(QByteArrayView json, QByteArrayView name) { return redactedBytes(json, spotsInClaims(json, name), true); }

QByteArray redactedBody(QByteArrayView body, QByteArrayView contentType, bool keepClaims)
{
    return redactedBytes(body, spotsInBody(body, contentType), keepClaims);
}

Exchange redacted(const Exchange& exchange, bool keepClaims)
{
    Exchange out = exchange;
    out.request.url = redactedBytes(out.request.url, spotsInUrl(out.request.url), keepClaims);
    out.request.body = redactedBody(out.request.body, out.request.headers.value("Content-Type"), keepClaims);
    redactHeaders(out.request.headers, keepClaims);
    if (out.response) {
        out.response->body
            = redactedBody(out.response->body, out.response->headers.value("Content-Type"), keepClaims);
        redactHeaders(out.response->headers, keepClaims);
    }
    if (out.failure)
        out.failure->text = redactedText(out.failure->text);
    return out;
}

QString redactedText(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    return QString::fromUtf8(redactedBytes(bytes, spotsInText(bytes), false));
}

} // namespace http
