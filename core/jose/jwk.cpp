// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/jose/key_p.h"

#include <array>
#include <vector>

using namespace Qt::StringLiterals;

/// Reading JWK (RFC 7517, RFC 7518 section 6, RFC 8037 section 2).
namespace jose {

namespace {

using Read = base::Result<Key>;
using Bytes = base::Result<QByteArray>;

// Whatever is read may stand there once only: with two, readers would disagree on which one counts.
constexpr QByteArrayView membersRead[] {"kty", "crv", "n", "e", "d", "p", "q", "dp", "dq", "qi", "oth", "x",
    "y", "k", "kid", "alg", "use", "key_ops", "x5t", "x5c", "issuer"};

// What decides which key it is and what it is for. Were another type of value read as if the member were missing, the
// key would be for anything.
constexpr QByteArrayView textMembers[] {"kid", "alg", "use"};

base::Error wrong(QByteArrayView member, const QString& why)
{
    return {u"jwk-member"_s, u"The member \"%1\" %2."_s.arg(QString::fromUtf8(member), why),
        QString::fromUtf8(member)};
}

Bytes member(const json::Value& jwk, QByteArrayView name)
{
    const json::Value value = jwk[name];
    if (!value.isString())
        return tl::unexpected(wrong(name, value ? u"is not a string"_s : u"is missing"_s));
    auto bytes = fromBase64urlStrict(value.bytes());
    if (!bytes || bytes->isEmpty())
        return tl::unexpected(wrong(name, u"is not base64url without padding"_s));
    return std::move(*bytes);
}

QByteArray textMember(const json::Value& jwk, QByteArrayView name) { return jwk[name].bytes().toByteArray(); }

base::Error unpaired()
{
    return {
        u"jwk-pair"_s, u"The private part does not belong to the public part. Export the key again."_s, {}};
}

/// Signs and checks once: a wrong private exponent shows without the cost of testing primes.
bool signsForItself(const Key& key)
{
    const Algorithm& alg = *algorithm("RS256");
    const auto signature = sign("pairwise", key, alg);
    return signature && verifySignature("pairwise", *signature, key, alg);
}

/// n = pq, dp = d mod p-1, dq = d mod q-1 (RFC 8017 section 3.2): signing uses the factors only and would not
/// notice.
bool factorsBelong(const json::Value& jwk)
{
    const auto number = [&](const char* name) { return bignum(member(jwk, name).value_or(QByteArray())); };
    const BnCtx ctx(BN_CTX_new());
    const Bn n = number("n"), d = number("d"), result(BN_new());
    const auto reduces = [&](const char* factor, const char* exponent) {
        const Bn p = number(factor);
        return BN_sub_word(p.get(), 1) == 1 && BN_mod(result.get(), d.get(), p.get(), ctx.get()) == 1
            && BN_cmp(result.get(), number(exponent).get()) == 0;
    };
    const bool product = BN_mul(result.get(), number("p").get(), number("q").get(), ctx.get()) == 1
        && BN_cmp(result.get(), n.get()) == 0;
    return product && reduces("p", "dp") && reduces("q", "dq");
}

Read readRsa(const json::Value& jwk)
{
    KeyBuilder builder;
    const bool isPrivate = bool(jwk["d"]);
    const bool factors = isPrivate && (jwk["p"] || jwk["q"] || jwk["dp"] || jwk["dq"] || jwk["qi"]);
    std::vector<RsaNumber> wanted(rsaPublic.begin(), rsaPublic.end());
    if (isPrivate)
        wanted.push_back({"d", OSSL_PKEY_PARAM_RSA_D});
    if (factors)
        wanted.insert(wanted.end(), rsaFactors.begin(), rsaFactors.end());
    if (jwk["oth"])
        return tl::unexpected(wrong("oth", u"means more than two primes, which are not used"_s));
    for (const RsaNumber& number : wanted) {
        const Bytes bytes = member(jwk, number.jwk);
        if (!bytes)
            return tl::unexpected(bytes.error());
        builder.number(number.openssl, *bytes);
    }
    Read key = KeyReader::adopt(builder.build("RSA", isPrivate), isPrivate);
    const bool pairs = !key || !isPrivate || ((!factors || factorsBelong(jwk)) && signsForItself(*key));
    return pairs ? key : Read(tl::unexpected(unpaired()));
}

/// A coordinate padded to the curve's size. Some writers drop leading zeros, which RFC 7518 section 6.2.1.2
/// forbids.
Bytes coordinate(const json::Value& jwk, const char* name, const Curve& curve, QStringList& problems)
{
    Bytes bytes = member(jwk, name);
    if (!bytes)
        return bytes;
    if (bytes->size() > curve.size)
        return tl::unexpected(wrong(name, u"is longer than the curve allows"_s));
    if (bytes->size() < curve.size) {
        problems += u"the member \"%1\" is shorter than the curve's %2 bytes"_s.arg(QLatin1StringView(name))
                        .arg(curve.size);
        bytes->prepend(QByteArray(curve.size - bytes->size(), '\0'));
    }
    return bytes;
}

Read readEc(const json::Value& jwk)
{
    const Curve* curve = jose::curve(jwk["crv"].bytes());
    if (!curve || curve->type != KeyType::Ec)
        return tl::unexpected(
            wrong("crv", u"names no curve that is used here: P-256, P-384 and P-521 are"_s));
    QStringList problems;
    const Bytes x = coordinate(jwk, "x", *curve, problems);
    const Bytes y = x ? coordinate(jwk, "y", *curve, problems) : x;
    if (!y)
        return tl::unexpected(y.error());
    const bool isPrivate = bool(jwk["d"]);
    KeyBuilder builder;
    builder.text(OSSL_PKEY_PARAM_GROUP_NAME, curve->group);
    builder.octetString(OSSL_PKEY_PARAM_PUB_KEY, QByteArray("\x04" + *x + *y));
    if (isPrivate) {
        const Bytes d = coordinate(jwk, "d", *curve, problems);
        if (!d)
            return tl::unexpected(d.error());
        builder.number(OSSL_PKEY_PARAM_PRIV_KEY, *d);
    }
    Pkey pkey = builder.build("EC", isPrivate);
    if (!pkey)
        return base::fail(
            u"jwk-point"_s, u"x and y are not a point on %1."_s.arg(QLatin1StringView(curve->name)));
    const PkeyCtx ctx(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey.get(), nullptr));
    if (isPrivate && EVP_PKEY_pairwise_check(ctx.get()) != 1)
        return tl::unexpected(unpaired());
    Read key = KeyReader::adopt(std::move(pkey), isPrivate);
    if (key)
        key->problems += problems;
    return key;
}

Read readOkp(const json::Value& jwk)
{
    const Curve* curve = jose::curve(jwk["crv"].bytes());
    if (!curve || curve->type != KeyType::Okp)
        return tl::unexpected(wrong("crv", u"names no curve that signs: Ed25519 and Ed448 do"_s));
    const Bytes x = member(jwk, "x");
    if (!x)
        return tl::unexpected(x.error());
    if (x->size() != curve->size)
        return tl::unexpected(wrong("x", u"is not %1 bytes long"_s.arg(curve->size)));
    if (!jwk["d"])
        return KeyReader::adopt(rawOkp(*curve, *x, false), false);
    const Bytes d = member(jwk, "d");
    if (!d)
        return tl::unexpected(d.error());
    Pkey pkey = rawOkp(*curve, *d, true);
    const Pkey pub = rawOkp(*curve, *x, false);
    if (!pkey || !pub || EVP_PKEY_eq(pkey.get(), pub.get()) != 1)
        return tl::unexpected(unpaired());
    return KeyReader::adopt(std::move(pkey), true);
}

Read readOct(const json::Value& jwk)
{
    const Bytes k = member(jwk, "k");
    if (!k)
        return tl::unexpected(k.error());
    return Key::fromSecret(*k);
}

struct Kind
{
    const char* kty;
    Read (*read)(const json::Value&);
};
constexpr std::array kinds {
    Kind {"RSA", readRsa}, Kind {"EC", readEc}, Kind {"OKP", readOkp}, Kind {"oct", readOct}};

/// The certificates of `x5c` are plain base64 (RFC 7517 section 4.7); the first one holds the key itself.
void readCertificates(const json::Value& jwk, Key& key)
{
    for (json::Value entry = jwk["x5c"].first(); entry; entry = entry.next())
        key.x5c.append(QByteArray::fromBase64(entry.bytes().toByteArray()));
    if (key.x5c.isEmpty())
        return;
    const uchar* der = octets(key.x5c.first());
    const Certificate certificate(d2i_X509(nullptr, &der, long(key.x5c.first().size())));
    if (!certificate)
        key.problems += u"the certificate in \"x5c\" cannot be read"_s;
    else if (key.handle() && EVP_PKEY_eq(X509_get0_pubkey(certificate.get()), key.handle()) != 1)
        key.problems += u"the certificate in \"x5c\" holds another key"_s;
}

/// RFC 7517 section 4.3: what the key may do. A key pair that signs may check too.
void readOperations(const json::Value& jwk, Key& key)
{
    const json::Value operations = jwk["key_ops"];
    if (!operations)
        return;
    for (json::Value each = operations.first(); each && operations.isArray(); each = each.next())
        if (each.bytes() == "verify" || each.bytes() == "sign")
            return;
    KeyReader::weaken(key, u"its key_ops do not name \"verify\""_s);
}

void readDescription(const json::Value& jwk, Key& key)
{
    readOperations(jwk, key);
    key.kid = textMember(jwk, "kid");
    key.alg = textMember(jwk, "alg");
    key.use = textMember(jwk, "use");
    key.x5t = textMember(jwk, "x5t");
    key.issuer = jwk["issuer"].text();
    readCertificates(jwk, key);
}

} // namespace

base::Result<Key> Key::fromJwk(const json::Value& jwk)
{
    const QuietErrors quiet;
    if (!jwk.isObject())
        return base::fail(u"jwk-object"_s, u"A JWK is a JSON object."_s);
    for (QByteArrayView name : membersRead) {
        if (jwk.count(name) > 1)
            return tl::unexpected(wrong(name, u"stands there more than once"_s));
    }
    for (QByteArrayView name : textMembers) {
        if (jwk[name] && !jwk[name].isString())
            return tl::unexpected(wrong(name, u"is not a string"_s));
    }
    const QByteArrayView kty = jwk["kty"].bytes();
    const auto kind
        = std::ranges::find_if(kinds, [kty](const Kind& k) { return kty == QByteArrayView(k.kty); });
    if (kind == kinds.end())
        return base::fail(u"jwk-kty"_s,
            u"The key type \"%1\" is not known. RSA, EC, OKP and oct are."_s.arg(QString::fromUtf8(kty)),
            u"kty"_s);
    base::Result<Key> key = kind->read(jwk);
    if (key)
        readDescription(jwk, *key);
    return key;
}

} // namespace jose
