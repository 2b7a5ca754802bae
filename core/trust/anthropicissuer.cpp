// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "anthropicrule_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

/// What the issuer object decides about an assertion, and the assertion about itself.
namespace trust {

const QString& anthropicPage()
{
    static const QString text = u"Anthropic: workload identity federation reference"_s;
    return text;
}

TokenDemand assertionDemand(Unknowns unknowns)
{
    return {.word = u"assertion"_s,
            .algorithms = {u"RS256"_s, u"RS384"_s, u"RS512"_s, u"PS256"_s, u"PS384"_s, u"PS512"_s, u"ES256"_s,
            u"ES384"_s, u"ES512"_s},
            .leeway = std::chrono::seconds {30}, .form = &denial("assertion_malformed"),
            .algorithm = &denial("algorithm_not_allowed"),
            .key = &denial("key_unknown"), .signature = &denial("signature_invalid"),
            .time = &denial("time_invalid"),
            .source = anthropicPage(), .unknowns = unknowns};
}

void checkKeyId(RuleCase& c)
{
    const json::Value kid = c.token.header.root()["kid"];
    c.sheet.hold({.id = u"keyId"_s, .title = u"Key id"_s, .expected = u"a key id"_s,
                  .presented = kid ? kid.display() : u"none"_s,
                  .relation = u"named"_s, .fix = u"Let the issuer write kid into the header."_s,
                  .presentedFrom = u"header kid"_s, .source = anthropicPage()},
                 kid.isString() && !kid.bytes().isEmpty(), denial("key_unknown"));
}

void checkClaimsThere(RuleCase& c)
{
    QStringList missing;
    for (const char* name : {"sub", "iat", "exp"})
        if (!c.token.claim(name))
            missing.append(QString::fromLatin1(name));
    c.sheet.hold({.id = u"claims.mandatory"_s, .title = u"Claims that have to be there"_s,
                  .expected = u"sub, iat, exp"_s,
                  .presented = missing.isEmpty() ? u"all of them"_s
                  : QString(u"without "_s + missing.join(u", "_s)), .relation = u"all there"_s,
                  .fix = u"Let the issuer write the missing claims."_s,
                  .presentedFrom = u"claims of the assertion"_s, .source = anthropicPage()},
                 missing.isEmpty(), denial("claim_missing"));
}

void checkIssuedAt(RuleCase& c)
{
    const auto iat = secondsIn(c.token.claim("iat"));
    if (!iat)
        return;
    const qint64 now = base::epochSeconds(c.now);
    base::Check check {.id = u"lifetime.iat"_s, .title = u"Issued"_s,
                       .expected = u"not after "_s + base::toRfc3339(c.now),
                       .presented = shownTime(*iat), .relation = u"in the past"_s,
                       .fix = u"Compare the clocks of issuer and receiver."_s,
                       .presentedFrom = u"claim iat"_s, .source = anthropicPage()};
    const bool holds = *iat <= now + 30;
    if (!holds && *iat <= now + 3600)
        check.near = base::NearMiss {base::Near::ClockSkew, {},
            u"It was issued %1 after it was presented. A clock that is off looks the same."_s.arg(base::duration(std::chrono::seconds {*iat - now}))};
    c.sheet.hold(std::move(check), holds, denial("time_invalid"));
}

/// exp - iat against the issuer's maximum: managed identity tokens live a day, the default is an hour
/// (downstream.md 1.7).
void checkLifetime(RuleCase& c)
{
    const auto iat = secondsIn(c.token.claim("iat")), exp = secondsIn(c.token.claim("exp"));
    if (!iat || !exp)
        return;
    constexpr qint64 limit = 1LL << 52;
    const qint64 length = std::clamp(*exp, -limit, limit) - std::clamp(*iat, -limit, limit);
    const qint64 most = c.issuer["max_jwt_lifetime_seconds"].integer().value_or(3600);
    const bool holds = length <= most;
    base::Check check {.id = u"lifetime"_s, .title = u"Lifetime"_s, .expected = u"%1 s at most"_s.arg(most),
                       .presented = u"%1 s"_s.arg(length),
                       .relation = u"within the maximum"_s,
                       .fix = u"Raise max_jwt_lifetime_seconds of the issuer, or get a token that lives shorter."_s,
                       .fixValue = QString::number(length),
                       .fixPointer = c.place(u"/issuer/max_jwt_lifetime_seconds"),
                       .presentedFrom = u"claims iat and exp"_s,
                       .expectedFrom = u"field max_jwt_lifetime_seconds of the issuer"_s, .source = anthropicPage()};
    c.sheet.hold(std::move(check), holds, denial("lifetime_too_long"));
}

void checkReplay(RuleCase& c)
{
    const json::Value jti = c.token.claim("jti");
    const json::Value flag = c.issuer["check_jti"];
    if (!jti || (flag.isBool() && !flag.boolean()))
        return;
    base::Check check {.id = u"jti"_s, .title = u"First use"_s,
                       .expected = u"a jti that was not used before"_s, .presented = jti.display(),
                       .relation = u"first use"_s, .fix
                       = u"Get a fresh assertion for each exchange, or share one minted token."_s,
                       .presentedFrom = u"claim jti"_s, .expectedFrom = u"what Anthropic remembers"_s,
                       .source = anthropicPage()};
    if (c.knowledge.jtiUsed) {
        if (c.knowledge.jtiUsed(c.token.text("iss"), jti.bytes()))
            c.sheet.refuse(std::move(check),
                u"This assertion was used before. Anthropic takes each one once."_s, denial("jti_reused"));
        else
            c.sheet.hold(std::move(check), true, denial("jti_reused"));
        return;
    }
    const QString why = u"Only Anthropic knows whether this assertion was used before."_s;
    check.relation = why;
    if (c.unknowns == Unknowns::LeaveOpen)
        c.sheet.unknown(std::move(check), why);
    else
        c.sheet.warn(std::move(check));
}

void checkIssuer(RuleCase& c)
{
    CompareHints hints = c.hints(u"issuer object");
    hints.issuer = true;
    const QString expected = c.issuer["issuer_url"].text();
    base::Check check {.id = u"issuer"_s, .title = u"Issuer"_s,
                       .fixPointer = c.place(u"/issuer/issuer_url"), .presentedFrom = u"claim iss"_s,
                       .expectedFrom = u"field issuer_url of the issuer"_s, .source = anthropicPage()};
    if (!refusedAsNoText(check, c.token.claim("iss"), expected))
        check = compared(std::move(check), c.token.text("iss"), expected, hints);
    c.sheet.add(std::move(check), denial("issuer_mismatch"));
}

void checkIssuerArchived(RuleCase& c)
{
    const json::Value archived = c.issuer["archived_at"];
    if (!archived || archived.isNull())
        return;
    c.sheet.hold({.id = u"state.issuer"_s, .title = u"State of the issuer"_s, .expected = u"active"_s,
                  .presented = u"archived at "_s + archived.display(),
                  .fix = u"Register the issuer again, and make a rule for it."_s,
                  .expectedFrom = u"field archived_at of the issuer"_s, .source = anthropicPage()},
                 false, denial("issuer_archived"));
}

void checkSize(Sheet& sheet, const jose::Jwt& token)
{
    if (token.raw.size() <= longestAssertion)
        return;
    sheet.begin(u"The token itself"_s);
    sheet.hold({.id = u"assertion"_s, .title = u"Size of the assertion"_s, .expected = u"assertion: a JWT of at most 16 KiB"_s,
                .presented = u"%1 bytes"_s.arg(token.raw.size()), .fix = u"Let the issuer write fewer claims."_s,
                .presentedFrom = u"the assertion"_s, .source = anthropicPage()},
               false, malformed());
}

} // namespace trust
