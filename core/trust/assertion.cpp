// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "assertion_p.h"

#include "core/jose/jws.h"
#include "core/trust/workload.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace trust {

namespace {

/// Beyond the leeway, but so little that a wrong clock is the likelier reason.
constexpr auto skewHint = 1h;

base::Check line(const char16_t* id, QString title, const TokenDemand& demand)
{
    return {.id = QString::fromUtf16(id), .title = std::move(title), .source = demand.source};
}

void leaveOpen(Sheet& sheet, base::Check check, const QString& why, const TokenDemand& demand)
{
    if (demand.unknowns == Unknowns::LeaveOpen) {
        sheet.unknown(std::move(check), why);
        return;
    }
    check.relation = why;
    sheet.warn(std::move(check));
}

QString algorithmOf(const jose::Jwt& token)
{
    return token.header.root()["alg"].display();
}

/// The key the token names; the only one there is when it names none.
const jose::Key* keyFor(const jose::Jwt& token, const jose::KeySet& keys)
{
    const json::Value kid = token.header.root()["kid"];
    if (!kid)
        return keys.keys.size() == 1 ? &keys.keys.front() : nullptr;
    return kid.isString() ? keys.find(kid.bytes()) : nullptr;
}

bool holdsOver(const jose::Jwt& token, QByteArrayView input, const jose::Key& key)
{
    const jose::Algorithm* alg = jose::algorithm(token.header.root()["alg"].bytes());
    return alg && alg->family != jose::Family::Hmac && alg->keyType == key.type()
        && !token.signature.isEmpty()
        && jose::verifySignature(input, token.signature, key, *alg);
}

base::Check signatureLine(const jose::Jwt& token, const QString& issuer, const TokenDemand& demand)
{
    base::Check out = line(u"signature", u"Signature"_s, demand);
    const QString kid = token.header.root()["kid"].display();
    out.expected = u"a key of "_s + (issuer.isEmpty() ? u"the issuer"_s : issuer);
    out.presented = algorithmOf(token) + (kid.isEmpty() ? u", no key id"_s : QString(u", key id "_s + kid));
    out.presentedFrom = u"signature of the "_s + demand.word;
    out.expectedFrom = demand.keysFrom;
    out.fix = u"Get a fresh token from its issuer and present it unchanged."_s;
    return out;
}

struct Bound
{
    const char* claim;
    const char16_t* id;
    const char16_t* title;
    const char16_t* from;
};
constexpr Bound endOfToken {"exp", u"lifetime.exp", u"End", u"claim exp"};
constexpr Bound beginOfToken {"nbf", u"lifetime.nbf", u"Begin", u"claim nbf"};

base::Check timeLine(const Bound& bound, const TokenDemand& demand)
{
    base::Check out = line(bound.id, QString::fromUtf16(bound.title), demand);
    out.presentedFrom = QString::fromUtf16(bound.from);
    out.expectedFrom = u"clock of the receiver, "_s + base::duration(demand.leeway) + u" tolerance"_s;
    return out;
}

/// How far `now` is outside the bound, beyond the leeway; nothing when it is inside. Never overflows.
std::optional<std::chrono::seconds> outside(qint64 bound, qint64 now, bool isEnd, std::chrono::seconds leeway)
{
    constexpr qint64 limit = 1LL << 52;
    const qint64 at = std::clamp(bound, -limit, limit);
    const auto gap = std::chrono::seconds {isEnd ? now - at : at - now};
    if (isEnd ? gap < leeway : gap <= leeway)
        return {};
    return gap;
}

void explainTime(base::Check& check, std::chrono::seconds gap, bool isEnd, const TokenDemand& demand)
{
    const QString length = base::duration(gap);
    const QString what = isEnd ? u"The %1 ended %2 before it was presented."_s.arg(demand.word, length)
                               : u"The %1 begins %2 after it was presented."_s.arg(demand.word, length);
    check.relation = what;
    check.fix = isEnd ? u"Get a fresh %1 and present it at once."_s.arg(demand.word)
                      : u"Compare the clocks of issuer and receiver."_s;
    if (gap <= skewHint && (!isEnd || gap <= 2 * demand.leeway))
        check.near = base::NearMiss {base::Near::ClockSkew, {},
            what + u" A clock that is off looks the same."_s};
}

void checkBound(Sheet& sheet, const jose::Jwt& token, const Bound& bound, base::Instant now,
    const TokenDemand& demand)
{
    const bool isEnd = &bound == &endOfToken;
    const json::Value value = token.claim(bound.claim);
    if (!value && !isEnd)
        return;
    base::Check check = timeLine(bound, demand);
    const auto at = secondsIn(value, demand.textTimes);
    const qint64 nowSeconds = base::epochSeconds(now);
    check.expected = (isEnd ? u"after "_s : u"not after "_s) + shownTime(nowSeconds);
    check.presented = at ? shownTime(*at) : value ? value.display() : u"no exp"_s;
    const auto gap = at ? outside(*at, nowSeconds, isEnd, demand.leeway) : std::chrono::seconds {};
    if (gap && at && !isEnd && demand.ownClock) {
        sheet.unknown(std::move(check), u"Entra issued it by its own clock. The clock here is behind."_s);
        return;
    }
    check.outcome = gap ? base::Outcome::Fail : base::Outcome::Pass;
    if (gap && at)
        explainTime(check, *gap, isEnd, demand);
    else if (gap)
        check.relation = value ? u"It is no number of seconds since 1970."_s
            : u"The %1 has no end."_s.arg(demand.word);
    else
        check.relation = isEnd ? u"still valid"_s : u"already valid"_s;
    sheet.add(std::move(check), *demand.time);
}

/// One text or an array of texts.
QStringList audiencesIn(const json::Value& aud)
{
    if (!aud.isArray())
        return aud.isString() ? QStringList {aud.text()} : QStringList {};
    QStringList out;
    for (json::Value item = aud.first(); item; item = item.next())
        if (item.isString())
            out.append(item.text());
    return out;
}

/// Why a receiver takes it for no signed token at all; empty when it may be one.
QStringList faultsOf(const jose::Jwt& token, const TokenDemand& demand)
{
    QStringList out = token.faults;
    const json::Value header = token.header.root(), alg = header["alg"];
    if (header["crit"]) // RFC 7515 section 4.1.11
        out.append(u"the header names critical members (crit %1) that nobody here understands"_s.arg(header["crit"].display()));
    // Where algorithms are listed, their own check says it.
    const bool unsecured = !alg.isString() || alg.text().trimmed().compare("none"_L1, Qt::CaseInsensitive) == 0;
    if (demand.algorithms.isEmpty() && token.isJwt() && unsecured)
        out.append(u"it is not signed (alg %1)"_s.arg(alg ? alg.display() : u"missing"_s));
    return out;
}

} // namespace

void checkForm(Sheet& sheet, const jose::Jwt& token, const TokenDemand& demand)
{
    base::Check check = line(u"form", u"Form"_s, demand);
    check.expected = u"a signed JWT, two JSON objects"_s;
    const bool readable = token.isJwt() && token.payload.root().isObject();
    const QStringList faults = faultsOf(token, demand);
    const bool exact = readable && faults.isEmpty();
    check.presented = exact ? u"a signed JWT"_s : readable ? u"a JWT with faults"_s : token.isJwe()
        ? u"an encrypted token"_s : u"no JWT"_s;
    check.relation = u"well formed"_s;
    check.fix = u"Present the token exactly as its issuer wrote it."_s;
    if (exact)
        sheet.hold(std::move(check), true, *demand.form);
    else
        sheet.refuse(std::move(check), faults.join(u"; "_s), *demand.form);
}

void checkAlgorithm(Sheet& sheet, const jose::Jwt& token, const TokenDemand& demand)
{
    base::Check check = line(u"algorithm", u"Algorithm"_s, demand);
    check.presented = algorithmOf(token);
    check.expected = demand.algorithms.join(u", "_s);
    check.presentedFrom = u"header alg"_s;
    check.expectedFrom = u"what the receiver supports"_s;
    check.relation = u"supported"_s;
    check.fix = u"Let the issuer sign with "_s + demand.algorithms.value(0) + u'.';
    const bool asText = token.header.root()["alg"].isString();
    sheet.hold(std::move(check), asText && demand.algorithms.contains(algorithmOf(token)), *demand.algorithm);
}

void checkSignatureOver(Sheet& sheet, const jose::Jwt& token, QByteArrayView input, const QString& issuer,
    const Knowledge& knowledge, const TokenDemand& demand)
{
    base::Check check = signatureLine(token, issuer, demand);
    const jose::KeySet* keys = knowledge.keys ? knowledge.keys(issuer) : nullptr;
    if (!keys && knowledge.receiver) {
        check.fix = u"Let the receiver reach the issuer's discovery document and keys, by https."_s;
        sheet.refuse(std::move(check), u"The keys of the issuer cannot be had."_s, *demand.key);
        return;
    }
    if (!keys) {
        const bool cut = token.isJwt() && token.signature.isEmpty();
        check.fix = cut ? u"Present the whole token: without its signature every receiver refuses it."_s
            : u"Nothing is wrong with the token for that. Check it with the issuer's keys: trustwalk inspect TOKEN --keys, with a file or an address."_s;
        leaveOpen(sheet, std::move(check), cut ? u"The token carries no signature: it was taken off, or nobody signed it."_s
            : u"The keys of the issuer are not at hand."_s, demand);
        return;
    }
    const jose::Key* key = keyFor(token, *keys);
    if (key && !jose::isKeyOfIssuer(*key, token)) {
        const QString why = u"The key is published for another issuer: %1."_s.arg(key->issuer);
        sheet.refuse(std::move(check), why, *demand.signature, sentence(*demand.signature, why));
        return;
    }
    if (key && holdsOver(token, input, *key)) {
        check.relation = u"holds"_s;
        sheet.hold(std::move(check), true, *demand.signature);
        return;
    }
    const QString why = key ? u"The signature does not fit the key."_s : demand.keyMissing;
    sheet.refuse(std::move(check), why, *demand.signature, sentence(*demand.signature, why));
}

void checkSignature(Sheet& sheet, const jose::Jwt& token, const QString& issuer, bool trusted,
    const Knowledge& knowledge,
    const TokenDemand& demand)
{
    if (trusted) {
        checkSignatureOver(sheet, token, token.signingInput(), issuer, knowledge, demand);
        return;
    }
    base::Check check = signatureLine(token, issuer, demand);
    check.fix.clear(); // of the issuer's own line
    leaveOpen(sheet, std::move(check), u"Nobody trusts this issuer, so nobody looks for its keys."_s, demand);
}

void checkBinding(Sheet& sheet, const jose::Jwt& token, Presented how, const TokenDemand& demand)
{
    const json::Value bound = token.claim("cnf");
    if (!bound)
        return;
    base::Check check = line(u"binding", u"Binding to a key"_s, demand);
    check.expected = how == Presented::AsBearer ? u"a token that its bearer may use"_s : u"proof that the presenter holds the key"_s;
    check.presented = bound.display();
    check.presentedFrom = u"claim cnf"_s;
    check.fix = u"Present it with the proof its binding asks for, or get a token that is not bound."_s;
    if (how == Presented::AsBearer)
        sheet.refuse(std::move(check), u"The token is bound to a key. As a bearer token it has to be refused."_s, *demand.form);
    else
        sheet.unknown(std::move(check), u"The token is bound to a key. As a bearer token it has to be refused; the token alone does not say how it is presented."_s);
}

QString shownTime(qint64 seconds)
{
    constexpr qint64 farthest = 253402300799; // 9999-12-31, the last that RFC 3339 can write
    return seconds >= 0 && seconds <= farthest ? base::toRfc3339(base::fromEpochSeconds(seconds))
        : QString::number(seconds);
}

void checkTimes(Sheet& sheet, const jose::Jwt& token, base::Instant now, const TokenDemand& demand)
{
    checkBound(sheet, token, endOfToken, now, demand);
    checkBound(sheet, token, beginOfToken, now, demand);
}

std::optional<qint64> secondsIn(const json::Value& value, bool fromText)
{
    if (auto whole = value.integer())
        return whole;
    if (value.isNumber()) {
        const auto fraction = value.number(); // RFC 7519 section 2: NumericDate may have one
        return fraction && std::abs(*fraction) < 9e15 ? std::optional(qint64(*fraction)) : std::nullopt;
    }
    bool ok = false;
    const qint64 read = fromText && value.isString() ? value.text().toLongLong(&ok) : 0;
    return ok ? std::optional(read) : std::nullopt;
}

bool refusedAsNoText(base::Check& check, const json::Value& claim, const QString& expected)
{
    const bool isAudience = claim.key() == "aud";
    if (!claim || claim.isString() || (isAudience && !audiencesIn(claim).isEmpty()))
        return false;
    const QString kind = claim.isNumber() ? u"a number"_s : claim.isArray() ? u"a list"_s : claim.isObject() ? u"an object"_s
        : claim.display();
    check.presented = claim.display();
    check.expected = expected;
    check.outcome = base::Outcome::Fail;
    check.relation = isAudience ? u"It is %1, not a text or a list of texts."_s.arg(kind) : u"It is %1, not a text."_s.arg(kind);
    check.fix = u"Let the issuer write %1 as a text."_s.arg(claim.keyText());
    check.fixPointer.clear();
    return true;
}

QStringList audiencesOf(const jose::Jwt& token)
{
    return audiencesIn(token.claim("aud"));
}

QString callerOf(const jose::Jwt& token)
{
    const json::Value azp = token.claim("azp");
    return azp ? azp.text() : token.text("appid");
}

bool isEntraIssued(const jose::Jwt& token)
{
    const QString tid = token.text("tid");
    return !tid.isEmpty() && isEntraIssuer(token.text("iss")) && token.text("iss").section(u'/', 3).split(u'/').contains(tid);
}

const setup::Tenant* tenantOfIssuer(const setup::Setup& setup, QStringView issuer)
{
    const auto it = std::ranges::find_if(setup.tenants, [&](const setup::Tenant& t) {
        return issuer == t.issuerV2() || (!t.v1Issuer.isEmpty() && issuer == t.issuerV1());
    });
    return it == setup.tenants.end() ? nullptr : &*it;
}

} // namespace trust
