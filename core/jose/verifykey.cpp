// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/key_p.h"
#include "core/jose/verify_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace jose {

namespace {

using base::Outcome;

QString kindOf(const Key& key)
{
    switch (key.type()) {
    case KeyType::Rsa:
        return u"an RSA key"_s;
    case KeyType::Ec:
        return u"an EC key on %1"_s.arg(QString::fromLatin1(key.curve()));
    case KeyType::Okp:
        return u"an %1 key"_s.arg(QString::fromLatin1(key.curve()));
    case KeyType::Oct:
        return u"a shared secret"_s;
    }
    return {};
}

/// The key decides which algorithms it is for (RFC 8725 section 3.1).
QString disagreementOf(const Key& key, const Algorithm& alg)
{
    const QLatin1StringView name(alg.name);
    if (key.type() != alg.keyType || (alg.curve && key.curve() != alg.curve))
        return u"the key is %1, which %2 does not use"_s.arg(kindOf(key), name);
    if (isForPssOnly(key) && alg.family != Family::RsaPss)
        return u"the key is an RSASSA-PSS key, which %1 does not use"_s.arg(name);
    if (!key.alg.isEmpty() && key.alg != alg.name)
        return u"the key is for %1 only"_s.arg(shown(key.alg));
    return {};
}

/// Why a key that fits must not be used all the same.
QString unfitness(const Key& key, const Algorithm& alg)
{
    if (!key.use.isEmpty() && key.use != "sig")
        return u"the key's use is \"%1\", not signing"_s.arg(shown(key.use));
    if (alg.family == Family::Hmac && key.secretBytes().size() < alg.digestSize)
        return u"the secret of %1 bits is shorter than the %2 bits that RFC 7518 section 3.2 demands"_s
            .arg(key.bits())
            .arg(alg.digestSize * 8);
    return key.weakness();
}

/// Entries that the header's kid names, or all of them when there is nothing to choose by.
struct Pool
{
    QList<const Key*> keys {};
    QString relation {};
    QString fault {};
};

Pool poolOf(const json::Value& kid, const KeySet& set)
{
    Pool pool;
    if (kid && !kid.isString()) {
        pool.fault = u"the kid is not a string"_s;
        return pool;
    }
    bool anyKid = false;
    for (const Key& key : set.keys) {
        anyKid |= !key.kid.isEmpty();
        if (kid && !key.kid.isEmpty() && QByteArrayView(key.kid) == kid.bytes())
            pool.keys.append(&key);
    }
    if (!pool.keys.isEmpty()) {
        pool.relation = u"found by its kid"_s;
    } else if (kid && anyKid) {
        pool.fault = u"no such key"_s;
    } else {
        for (const Key& key : set.keys)
            pool.keys.append(&key);
        pool.relation = kid ? u"the given key has no kid to compare with"_s : u"the token names no kid"_s;
    }
    return pool;
}

/// The key that is looked for may be one of those that could not be read.
QString leftOut(const KeySet& set)
{
    constexpr qsizetype most = 3;
    QStringList lines = set.problems.filter(u"left out"_s) + set.problems.filter(u"Only the first"_s);
    if (lines.size() > most)
        lines = lines.first(most) << u"And %1 more."_s.arg(lines.size() - most);
    return lines.join(u' ');
}

QString kidsOf(const KeySet& set)
{
    if (set.keys.size() == 1 && !set.keys.first().kid.isEmpty())
        return shown(set.keys.first().kid);
    QStringList kids;
    for (const Key& key : set.keys.first(std::min<qsizetype>(set.keys.size(), 5))) {
        if (!key.kid.isEmpty())
            kids += shown(key.kid);
    }
    if (set.keys.size() > 5)
        kids += u"and %1 more"_s.arg(set.keys.size() - 5);
    return kids.isEmpty() ? u"the given key"_s : kids.join(u", "_s);
}

/// Sorts a pool into candidates and reasons. A key for another algorithm is the header's fault; a key that
/// must not be used is its own, and one of another issuer signs nothing here.
void judge(Selection& out, const Pool& pool, const Algorithm& alg, const Jwt& token)
{
    QString unfit;
    QString foreign;
    QString disagreement;
    for (const Key* key : pool.keys) {
        const QString other = disagreementOf(*key, alg);
        const QString fault = other.isEmpty() ? unfitness(*key, alg) : QString();
        const bool ofIssuer = isKeyOfIssuer(*key, token);
        if (other.isEmpty() && fault.isEmpty() && ofIssuer)
            out.candidates.append(key);
        disagreement = disagreement.isEmpty() ? other : disagreement;
        unfit = unfit.isEmpty() ? fault : unfit;
        foreign = foreign.isEmpty() && !ofIssuer ? key->issuer : foreign;
    }
    if (out.candidates.isEmpty() && !unfit.isEmpty()) {
        fail(out.key, unfit, u"Use a key that is strong enough and made for signing."_s);
        return;
    }
    if (out.candidates.isEmpty() && !foreign.isEmpty()) {
        fail(out.key, u"the key is published for the issuer %1, not for the token's"_s.arg(shown(foreign.toUtf8())),
            u"Give the keys of the issuer that the token names."_s);
        return;
    }
    if (out.candidates.isEmpty())
        out.disagreement = disagreement;
    // What is odd about the key that signs is said where it is named.
    const QStringList odd = out.candidates.size() == 1 ? out.candidates.front()->problems : QStringList();
    if (!out.candidates.isEmpty() || pool.keys.size() == 1)
        pass(out.key, odd.isEmpty() ? pool.relation : QString(pool.relation + u"; "_s + odd.join(u"; "_s)));
    else
        fail(out.key, u"none of %1 keys fits %2"_s.arg(pool.keys.size()).arg(QLatin1StringView(alg.name)),
            u"Give the key that the issuer signs with."_s);
}

} // namespace

bool isKeyOfIssuer(const Key& key, const Jwt& token)
{
    if (key.issuer.isEmpty())
        return true;
    const QString iss = token.text("iss"), tid = token.text("tid");
    QString own = key.issuer;
    if (!tid.isEmpty())
        own.replace("{tenantid}"_L1, tid);
    // Keys name the issuer in its second version; both versions of a tenant sign with them.
    const bool sameTenant = !tid.isEmpty() && own.endsWith(u'/' + tid + u"/v2.0") && iss.endsWith(u'/' + tid + u'/');
    return own == iss || sameTenant;
}

Selection selectKeys(const Jwt& token, const KeySet& keys, const Algorithm* alg, const Expectation& expected)
{
    Selection out {.key = tokenCheck(u"key"_s, u"Key"_s, u"RFC 7515 section 4.1.4"_s)};
    const json::Value kid = token.header.root()["kid"];
    base::Check& check = out.key;
    check.presented = kid ? shown(kid) : u"no kid"_s;
    check.presentedFrom = u"header kid"_s;
    check.expectedFrom = expected.keySource;
    if (keys.keys.isEmpty()) {
        check.relation = u"no keys were given"_s;
        return out;
    }
    check.expected = kidsOf(keys);
    const Pool pool = poolOf(kid, keys);
    if (!pool.fault.isEmpty()) {
        const QString left = leftOut(keys);
        fail(check, pool.fault + (left.isEmpty() ? QString() : u", and not all of the set could be used. "_s + left),
            left.isEmpty() ? u"Fetch the issuer's keys again; a key that is gone signs nothing any more."_s
                           : u"Look whether the key is among those that are left out; else fetch the issuer's keys again."_s);
        return out;
    }
    if (!alg) {
        check.relation = u"without an algorithm there is no key to look for"_s;
        return out;
    }
    judge(out, pool, *alg, token);
    return out;
}

} // namespace jose
