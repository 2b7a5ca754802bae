// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/redact.h"

/// Where the secrets stand, for those who replace them: with a mark on screen, with a shell variable in a
/// command.
namespace http {

struct Spot
{
    qsizetype at = 0;
    qsizetype length = 0;
    QByteArray name{}; ///< parameter, member, cookie or header; "access_token" behind Bearer
    Sensitivity kind{};
    QByteArray secret{}; ///< decoded, so that one secret is one secret however it is written
    bool bare = false; ///< a JSON number: what replaces it needs quotes
};

using Spots = QList<Spot>; ///< in order, none over another

Spots spotsInUrl(QByteArrayView url);
Spots spotsInHeader(const Header& header);
Spots spotsInBody(QByteArrayView body, QByteArrayView contentType);
Spots spotsInForm(QByteArrayView form);
Spots spotsInJson(QByteArrayView text); ///< of the text engine when it is not JSON after all
Spots spotsInHtml(QByteArrayView text); ///< and XML
Spots spotsInMultipart(QByteArrayView body, QByteArrayView contentType); ///< RFC 7578
Spots spotsInClaims(QByteArrayView json, QByteArrayView name); ///< of a token; `name` is the claim's, when it is one alone
/// JWTs, keys and tokens by their shape; values behind a sensitive name in name=value, "name": "value", name:
/// value.
Spots spotsInText(QByteArrayView text);
Spots spotsOfShapes(QByteArrayView text); ///< the same without the names: subjects hold words like "token:" too

/// Prose has colons too: "token: expired" hides nothing.
bool isWord(QByteArrayView value);
/// GUIDs, codes, times and addresses: what is needed to look something up.
bool isIdentifier(QByteArrayView value);
/// Whether it is made like a key, whatever its name: long, of one alphabet, letters and digits in no order. No GUID, no public key.
bool isKeyMaterial(QByteArrayView value);
/// Names that hold a key in one place and the name of one in another ("primaryKey", "credential"): the value decides.
bool mayNameKey(QByteArrayView name);
/// Of several: "tokens", "passwords", "secrets".
Sensitivity pluralSensitivity(QByteArrayView name);
/// Appends what hides something.
void add(Spots& spots, Spot spot);
/// `code` is an authorization code in one place and "InvalidAuthenticationToken" or 7000215 in another.
bool isErrorCode(QByteArrayView name, QByteArrayView value);
/// Without those that are marks already: hiding twice changes nothing.
Spots withoutMarks(QByteArrayView text, Spots spots);
/// Sorted, and of two that overlap the one that begins first, or the longer.
Spots ordered(Spots spots);
bool isForm(QByteArrayView contentType);
bool isMultipart(QByteArrayView contentType);

/// The two dots that part a compact token, when it is one (JWS, or the first two dots of a JWE).
struct JwtShape
{
    qsizetype first = -1;
    qsizetype second = -1;
    int parts = 0;
};
JwtShape jwtShape(QByteArrayView text);

template <typename Replace>
QByteArray replaced(QByteArrayView text, const Spots& spots, Replace replacement)
{
    QByteArray out;
    qsizetype done = 0;
    for (const Spot& s : spots) {
        out.append(text.sliced(done, s.at - done)).append(replacement(s));
        done = s.at + s.length;
    }
    return out.append(text.sliced(done));
}

} // namespace http
