// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/text.h"
#include "core/jose/jws.h"
#include "core/jose/verify_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace jose {

namespace {

using base::Outcome;

constexpr qsizetype mostShown = 200;

QString joined(const QList<QByteArray>& names)
{
    return QString::fromUtf8(names.size() == 1 ? names.first() : names.join(", "));
}

base::Check checkForm(const Jwt& token)
{
    base::Check check = tokenCheck(u"form"_s, u"Form"_s, u"RFC 7515 section 5.2"_s);
    check.expected = u"three parts of base64url, JSON objects without repeated members"_s;
    check.presented = token.parts == 3 ? u"three parts"_s : u"%1 parts"_s.arg(token.parts);
    if (token.isJwe())
        fail(check, u"it is encrypted: a receiver with the key decrypts it first"_s,
            u"Use the signed token inside it."_s);
    else if (!token.faults.isEmpty())
        fail(check, token.faults.join(u"; "_s), u"Copy the token again, whole and unchanged."_s);
    else if (!token.isJwt() || !token.payload.root().isObject())
        fail(check, u"it is no JWT"_s, u"Copy the token again, whole and unchanged."_s);
    else
        pass(check, u"as it should be"_s);
    return check;
}

/// The header's word on the algorithm, before any key has had its say.
const Algorithm* readAlgorithm(const json::Value& value, const Expectation& expected, base::Check& check)
{
    const QByteArrayView name = value.bytes();
    if (!value.isString()) {
        fail(check, value ? u"it is not a string"_s : u"the header names no algorithm"_s,
            u"Refuse the token."_s);
        return nullptr;
    }
    const Algorithm* alg = algorithm(name);
    if (!alg) {
        const bool none = name.trimmed().toByteArray().toLower() == "none";
        fail(check, none ? u"the token is not signed"_s : u"no such algorithm is known here"_s,
            u"Refuse the token."_s);
        return nullptr;
    }
    const bool accepted = expected.algs.isEmpty()
        || std::ranges::any_of(
            expected.algs, [name](const QByteArray& one) { return name == QByteArrayView(one); });
    if (!accepted) {
        fail(
            check, u"this algorithm is not accepted"_s, u"Let the issuer sign with an accepted algorithm."_s);
        return nullptr;
    }
    pass(check, u"the header agrees"_s);
    return alg;
}

base::Check startAlgorithm(const Jwt& token, const Expectation& expected)
{
    base::Check check = tokenCheck(u"algorithm"_s, u"Algorithm"_s, u"RFC 8725 section 3.1"_s);
    check.expected = expected.algs.isEmpty() ? u"what the key is for"_s : joined(expected.algs);
    check.presented = shown(token.header.root()["alg"]);
    check.presentedFrom = u"header alg"_s;
    return check;
}

base::Check checkSignature(const Jwt& token, const Algorithm* alg, Selection& selection)
{
    base::Check check = tokenCheck(u"signature"_s, u"Signature"_s, u"RFC 7515 section 5.2"_s);
    check.expected = u"made over these bytes with the key"_s;
    check.presented = token.signature.isEmpty()
        ? u"absent"_s
        : QString(QString::number(token.signature.size()) + u" bytes"_s);
    if (!alg || selection.candidates.isEmpty()) {
        check.relation = u"there is no key to check it with"_s;
        return check;
    }
    const QList<const Key*>& keys = selection.candidates;
    const auto holding
        = std::ranges::find_if(keys, [&](const Key* key) { return signatureHolds(token, *key, *alg); });
    if (holding == keys.end()) {
        fail(check,
            keys.size() > 1 ? u"it holds with none of %1 keys"_s.arg(keys.size()) : u"it does not hold"_s,
            u"The token was changed, or signed with another key. Get it again from the issuer."_s);
        return check;
    }
    pass(check, u"it holds"_s);
    if (keys.size() > 1)
        selection.key.relation
            += u"; %1 keys fit, number %2 of them holds"_s.arg(keys.size()).arg(holding - keys.begin() + 1);
    return check;
}

/// RFC 7515 section 4.1.9: media types ignore case, and "application/" may be left out when no other slash
/// follows.
bool sameMediaType(QByteArrayView a, QByteArrayView b)
{
    constexpr QByteArrayView prefix = "application/";
    for (QByteArrayView* type : {&a, &b}) {
        const bool prefixed = type->size() > prefix.size()
            && qstrnicmp(type->data(), prefix.data(), size_t(prefix.size())) == 0;
        if (prefixed && !type->sliced(prefix.size()).contains('/'))
            *type = type->sliced(prefix.size());
    }
    return a.size() == b.size() && qstrnicmp(a.data(), b.data(), size_t(a.size())) == 0;
}

bool typeAccepted(const json::Value& typ, const QList<QByteArray>& types)
{
    if (types.isEmpty())
        return !typ || sameMediaType(typ.bytes(), "JWT") || sameMediaType(typ.bytes(), "at+jwt");
    return typ
        && std::ranges::any_of(types, [&](const QByteArray& one) { return sameMediaType(one, typ.bytes()); });
}

base::Check checkType(const Jwt& token, const Expectation& expected)
{
    base::Check check = tokenCheck(u"type"_s, u"Type"_s, u"RFC 8725 section 3.11"_s);
    const json::Value typ = token.header.root()["typ"];
    check.expected = expected.types.isEmpty() ? u"JWT, at+jwt or none"_s : joined(expected.types);
    check.presented = shown(typ);
    check.presentedFrom = u"header typ"_s;
    if (typ && !typ.isString())
        fail(check, u"it is not a string"_s, u"Refuse the token."_s);
    else if (typeAccepted(typ, expected.types))
        pass(check, u"accepted"_s);
    else
        fail(check, u"this type is not accepted here"_s, u"Present the token where its type belongs."_s);
    return check;
}

/// RFC 7515 section 4.1.11: what is critical and not understood makes the token invalid. Nothing is
/// understood here, and an unencoded payload (RFC 7797) does not fit a JWT.
void checkCritical(const json::Value& header, QList<base::Check>& checks)
{
    const json::Value crit = header["crit"];
    const json::Value b64 = header["b64"];
    if (!crit && !b64)
        return;
    base::Check check = tokenCheck(u"crit"_s, u"Critical header members"_s, u"RFC 7515 section 4.1.11"_s);
    check.expected = u"none"_s;
    check.presented = crit ? shown(crit) : u"b64: "_s + shown(b64);
    check.presentedFrom = crit ? u"header crit"_s : u"header b64"_s;
    fail(check, crit ? u"a critical member is not understood"_s : u"b64 changes what is signed"_s,
        u"Refuse the token."_s);
    checks.append(check);
}

struct Hint
{
    const char* member;
    QString id;
    QString title;
};

/// What tells one key from another. Not the whole JWK: a private one stands in headers too.
QString shownKey(const json::Value& jwk)
{
    static constexpr std::array telling {"kty", "crv", "kid", "alg", "use"};
    QStringList out;
    for (const char* name : telling)
        if (const json::Value value = jwk[name])
            out += QLatin1StringView(name) + u' ' + shown(value);
    return out.isEmpty() ? u"no key type"_s : out.join(u", "_s);
}

/// Members by which a token would bring or name its own key (RFC 8725 section 3.10): never followed.
void checkHints(const json::Value& header, QList<base::Check>& checks)
{
    static const std::array<Hint, 4> hints {Hint {"jwk", u"header.jwk"_s, u"Key inside the header"_s},
        Hint {"jku", u"header.jku"_s, u"Address of a key set in the header"_s},
        Hint {"x5c", u"header.x5c"_s, u"Certificates inside the header"_s},
        Hint {"x5u", u"header.x5u"_s, u"Address of a certificate in the header"_s}};
    for (const Hint& hint : hints) {
        const json::Value value = header[hint.member];
        if (!value)
            continue;
        base::Check check = tokenCheck(hint.id, hint.title, u"RFC 8725 section 3.10"_s);
        check.outcome = Outcome::Warning;
        check.expected = u"ignored"_s;
        check.presented = value.isObject() ? shownKey(value) : shown(value);
        check.presentedFrom = u"header "_s + QLatin1StringView(hint.member);
        check.relation = u"ignored: nothing is fetched, no key of the token's own is used"_s;
        checks.append(check);
    }
}

/// Nothing failed, and what no signature is trusted without was evaluated: form, algorithm, key, signature
/// and type stand first, the end of the token's life stands last.
bool allHolds(const QList<base::Check>& checks)
{
    const auto passed = [](const base::Check& check) { return check.outcome == Outcome::Pass; };
    const auto failed = [](const base::Check& check) { return check.outcome == Outcome::Fail; };
    return std::all_of(checks.begin(), checks.begin() + 5, passed) && passed(checks.last())
        && std::ranges::none_of(checks, failed);
}

} // namespace

base::Check tokenCheck(QString id, QString title, QString source)
{
    return {.id = std::move(id),
        .group = u"The token itself"_s,
        .title = std::move(title),
        .outcome = Outcome::NotEvaluated,
        .source = std::move(source)};
}

void fail(base::Check& check, const QString& relation, const QString& fix)
{
    check.outcome = Outcome::Fail;
    check.relation = relation;
    check.fix = fix;
}

void pass(base::Check& check, const QString& relation)
{
    check.outcome = Outcome::Pass;
    check.relation = relation;
}

QString shown(QByteArrayView utf8)
{
    const bool plain = utf8.size() <= mostShown
        && std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= ' ' && c <= '~'; });
    return plain ? QString::fromLatin1(utf8)
                 : base::elidedMiddle(base::visible(QString::fromUtf8(utf8)), mostShown);
}

QString shown(const json::Value& value)
{
    return value ? shown(value.isString() ? value.bytes() : value.raw()) : u"absent"_s;
}

Verification verify(const Jwt& token, const KeySet& keys, const Expectation& expected)
{
    Verification out;
    out.checks.reserve(12);
    const json::Value header = token.header.root();
    out.checks.append(checkForm(token));
    base::Check algorithmCheck = startAlgorithm(token, expected);
    const Algorithm* alg = readAlgorithm(header["alg"], expected, algorithmCheck);
    Selection selection = selectKeys(token, keys, alg, expected);
    if (!selection.disagreement.isEmpty())
        fail(
            algorithmCheck, selection.disagreement, u"Refuse the token: the key decides on the algorithm."_s);
    base::Check signature = checkSignature(token, alg, selection);
    out.checks.append(std::move(algorithmCheck));
    out.checks.append(std::move(selection.key));
    out.checks.append(std::move(signature));
    out.checks.append(checkType(token, expected));
    checkCritical(header, out.checks);
    checkHints(header, out.checks);
    out.checks.append(checkIssuer(token, expected));
    out.checks.append(checkAudience(token, expected));
    checkTimes(token, expected, out.checks);
    if (!keys.keys.isEmpty())
        out.outcome = allHolds(out.checks) ? Verified::Verified : Verified::Refused;
    return out;
}

} // namespace jose
