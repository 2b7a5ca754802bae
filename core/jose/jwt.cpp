// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/jwt.h"

#include "core/jose/base64url.h"
#include "core/jose/jws.h"

#include <array>

using namespace Qt::StringLiterals;

namespace jose {

namespace {

constexpr qsizetype mostBytes = qsizetype(1) << 20;
constexpr qsizetype mostParts = 5;
constexpr int mostLayers = 8; // of quotes and prefixes around a token

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

QByteArrayView trimmed(QByteArrayView text)
{
    while (!text.isEmpty() && blank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && blank(text.back()))
        text.chop(1);
    return text;
}

bool startsWithIgnoringCase(QByteArrayView text, QByteArrayView prefix)
{
    return text.size() >= prefix.size() && qstrnicmp(text.data(), prefix.data(), size_t(prefix.size())) == 0;
}

struct Wrapping
{
    QByteArrayView text;
    bool before;
    const char16_t* problem;
};
constexpr char16_t quotes[] = u"quotes stood around the token and are left out";
constexpr std::array wrappings {
    Wrapping {"Authorization:", true, u"\"Authorization:\" stood before the token and is left out"},
    Wrapping {"Bearer ", true, u"\"Bearer\" stood before the token and is left out"},
    Wrapping {"\"", true, quotes},
    Wrapping {"\"", false, quotes},
    Wrapping {"'", true, quotes},
    Wrapping {"'", false, quotes},
    Wrapping {"`", true, quotes},
    Wrapping {"`", false, quotes},
    Wrapping {",", false, u"a comma stood after the token and is left out"},
    Wrapping {";", false, u"a semicolon stood after the token and is left out"},
};

bool isLetter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}

/// Takes off what comes along when a token is copied out of a header, a script or a text.
QByteArrayView unwrapped(QByteArrayView text, QStringList& problems)
{
    text = trimmed(text);
    // The usual token begins with the letters of {" and ends with one: there is nothing to take off.
    if (text.size() > 3 && text.startsWith("eyJ") && isLetter(text.back()))
        return text;
    bool again = true;
    for (int layers = 0; again && layers < mostLayers; ++layers) {
        again = false;
        for (const Wrapping& wrapping : wrappings) {
            const qsizetype size = wrapping.text.size();
            const bool fits = wrapping.before ? startsWithIgnoringCase(text, wrapping.text)
                                              : text.endsWith(wrapping.text);
            if (!fits || text.startsWith('{'))
                continue;
            text = trimmed(wrapping.before ? text.sliced(size) : text.chopped(size));
            if (const QString problem = QString::fromUtf16(wrapping.problem); !problems.contains(problem))
                problems += problem;
            again = true;
        }
    }
    return text;
}

struct Parts
{
    std::array<QByteArrayView, mostParts> part {};
    int count = 0;
};

Parts split(QByteArrayView text)
{
    Parts parts;
    for (;;) {
        const qsizetype dot = text.indexOf('.');
        if (parts.count < mostParts)
            parts.part[size_t(parts.count)] = dot < 0 ? text : text.first(dot);
        ++parts.count;
        if (dot < 0)
            return parts;
        text = text.sliced(dot + 1);
    }
}

void say(Jwt& jwt, const QString& problem)
{
    jwt.problems += problem;
    jwt.faults += problem;
}

QByteArray readPart(Jwt& jwt, QByteArrayView part, QLatin1StringView name)
{
    if (auto bytes = fromBase64urlStrict(part))
        return std::move(*bytes);
    Base64Reading reading = readBase64url(part);
    for (const QString& problem : std::as_const(reading.problems))
        say(jwt, QString(name + ": "_L1 + problem));
    return std::move(reading.bytes);
}

json::Document readJsonPart(Jwt& jwt, QByteArrayView part, QLatin1StringView name)
{
    if (part.isEmpty()) {
        say(jwt, QString(name + ": it is empty"_L1));
        return {};
    }
    json::Document doc = json::Document::read(readPart(jwt, part, name));
    for (const json::Problem& problem : doc.problems()) {
        const QString line = name + ": "_L1 + problem.text;
        if (problem.kind == json::Problem::Kind::Number)
            jwt.problems += line;
        else
            say(jwt, line);
    }
    if (doc.complete() && !doc.root().isObject())
        say(jwt, QString(name + ": it is no JSON object"_L1));
    return doc;
}

void sayParts(Jwt& jwt)
{
    if (jwt.raw.startsWith('{'))
        say(jwt, u"this is JSON, not a compact token of parts with dots between them"_s);
    else if (jwt.parts == 1)
        say(jwt, u"there is one part without dots: an opaque token, or a token cut off"_s);
    else if (jwt.parts == 2)
        say(jwt, u"the third part is missing: without a signature, or cut off"_s);
    else if (jwt.parts != 3 && jwt.parts != 5)
        say(jwt, u"there are %1 parts; a signed token has 3, an encrypted one 5"_s.arg(jwt.parts));
}

/// One part alone may be the beginning of a token; if it is no JSON object it says nothing.
void readOpaque(Jwt& jwt, QByteArrayView part)
{
    Jwt attempt;
    json::Document doc = readJsonPart(attempt, part, "header"_L1);
    if (doc.root().isObject())
        jwt.header = std::move(doc);
}

} // namespace

QByteArrayView Jwt::signingInput() const
{
    const qsizetype size = headerPart.size() + 1 + payloadPart.size();
    return size <= raw.size() ? QByteArrayView(raw).first(size) : QByteArrayView();
}

Jwt decode(QByteArrayView token)
{
    Jwt jwt;
    QByteArrayView text = unwrapped(token, jwt.problems);
    if (text.size() > mostBytes) {
        text = text.first(mostBytes);
        say(jwt, u"the token is over 1 MB; only its beginning is shown"_s);
    }
    jwt.raw = text.toByteArray();
    text = jwt.raw;
    const Parts parts = split(text);
    jwt.parts = parts.count;
    if (parts.count != 3)
        sayParts(jwt);
    jwt.headerPart = parts.part[0].toByteArray();
    if (parts.count == 1) {
        readOpaque(jwt, parts.part[0]);
        return jwt;
    }
    jwt.header = readJsonPart(jwt, parts.part[0], "header"_L1);
    if (parts.count == 5)
        return jwt;
    jwt.payloadPart = parts.part[1].toByteArray();
    jwt.payload = readJsonPart(jwt, parts.part[1], "payload"_L1);
    if (parts.count >= 3) {
        jwt.signaturePart = parts.part[2].toByteArray();
        jwt.signature = readPart(jwt, parts.part[2], "signature"_L1);
    }
    return jwt;
}

bool signatureHolds(const Jwt& token, const Key& key, const Algorithm& alg)
{
    return token.parts == 3 && verifySignature(token.signingInput(), token.signature, key, alg);
}

bool beginsAsToken(QByteArrayView text)
{
    if (text.startsWith("eyJ"))
        return true;
    // "{" and a blank, a line break or a tab.
    if (text.size() < 20 || !text.startsWith('e') || !(text[1] == 'y' || text[1] == 'w'))
        return false;
    const QByteArrayView header = text.first(std::max<qsizetype>(text.indexOf('.'), 0));
    const auto document = json::Document::parse(QByteArray::fromBase64(header.toByteArray(), QByteArray::Base64UrlEncoding));
    return document && document->root().isObject();
}

} // namespace jose
