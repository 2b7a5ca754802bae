// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "google_p.h"

#include "core/base/jsontexts.h"
#include "core/trust/keysource_p.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// Longer than this between iat and exp is refused (STS reference, subject_token).
constexpr qint64 longestLife = 48 * 3600;

TokenDemand demand(Unknowns unknowns)
{
    return {.word = u"subject token"_s, .algorithms = {u"RS256"_s, u"ES256"_s}, .leeway = std::chrono::seconds {0},
            .form = &googleAnswer("assertion_malformed"), .algorithm = &googleAnswer("algorithm_not_allowed"),
            .key = &googleAnswer("key_unavailable"), .signature = &googleAnswer("signature_invalid"),
            .time = &googleAnswer("time_invalid"), .source = u"Google Cloud: STS, method token"_s, .unknowns = unknowns};
}

base::Check line(const char16_t* id, const char16_t* title, const char16_t* from, const char16_t* expectedFrom)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .presentedFrom = QString::fromUtf16(from),
            .expectedFrom = QString::fromUtf16(expectedFrom), .source = googlePage()};
}

void checkKeyId(GoogleCase& c)
{
    const json::Value kid = c.token.header.root()["kid"];
    base::Check check = line(u"keyId", u"Key id", u"header kid", u"");
    check.expected = u"a key id"_s;
    check.presented = kid ? kid.display() : u"none"_s;
    check.relation = u"named"_s;
    check.fix = u"Let the issuer write kid into the header."_s;
    c.sheet.hold(std::move(check), kid.isString() && !kid.bytes().isEmpty(), googleAnswer("assertion_malformed"));
}

void checkClaimsThere(GoogleCase& c)
{
    QStringList missing;
    for (const char* name : {"iss", "sub", "aud", "iat", "exp"})
        if (!c.token.claim(name))
            missing.append(QString::fromLatin1(name));
    base::Check check = line(u"claims.mandatory", u"Claims that have to be there", u"claims of the token", u"");
    check.expected = missing.isEmpty() ? u"iss, sub, aud, iat, exp"_s : missing.join(u", "_s);
    check.presented = missing.isEmpty() ? u"all of them"_s : QString(u"without "_s + missing.join(u", "_s));
    check.relation = u"all there"_s;
    check.fix = u"Let the issuer write the missing claims."_s;
    check.source = u"Google Cloud: STS, method token"_s;
    c.sheet.hold(std::move(check), missing.isEmpty(), googleAnswer("claim_missing"));
}

void checkIssuedAt(GoogleCase& c)
{
    const auto iat = secondsIn(c.token.claim("iat"));
    if (!iat)
        return;
    const qint64 now = base::epochSeconds(c.now);
    base::Check check = line(u"lifetime.iat", u"Issued", u"claim iat", u"");
    check.expected = u"not after "_s + base::toRfc3339(c.now);
    check.presented = shownTime(*iat);
    check.relation = u"in the past"_s;
    check.fix = u"Compare the clocks of issuer and receiver."_s;
    if (*iat > now && *iat - now <= 3600)
        check.near = base::NearMiss {.kind = base::Near::ClockSkew,
            .text = u"It begins %1 s from now: a clock that is wrong is the likelier reason."_s.arg(*iat - now)};
    c.sheet.hold(std::move(check), *iat <= now, googleAnswer("time_invalid"));
}

void checkLife(GoogleCase& c)
{
    const auto iat = secondsIn(c.token.claim("iat")), exp = secondsIn(c.token.claim("exp"));
    if (!iat || !exp)
        return;
    constexpr qint64 limit = 1LL << 52;
    const qint64 length = std::clamp(*exp, -limit, limit) - std::clamp(*iat, -limit, limit);
    base::Check check = line(u"lifetime", u"Lifetime", u"claims iat and exp", u"");
    check.expected = u"less than 48 h"_s;
    check.presented = u"%1 s"_s.arg(length);
    check.relation = u"within 48 h"_s;
    check.fix = u"Get a token that lives shorter; Google advises less than 6 h."_s;
    c.sheet.hold(std::move(check), length < longestLife, googleAnswer("lifetime_too_long"));
}

void checkState(GoogleCase& c)
{
    const json::Value state = c.provider["state"];
    const bool disabled = c.provider["disabled"].boolean() || c.knowledge.faults.contains(u"provider-disabled"_s);
    const bool active = !state || state.text() == "ACTIVE"_L1;
    base::Check check = line(u"state", u"State of the provider", u"", u"fields state and disabled of the provider");
    check.expected = u"ACTIVE, not disabled"_s;
    check.presented = disabled ? u"disabled"_s : state ? state.display() : u"ACTIVE"_s;
    check.relation = u"active"_s;
    check.fix = u"Enable or undelete the provider. Tokens that were minted before live on either way."_s;
    check.fixValue = disabled ? u"false"_s : u"ACTIVE"_s;
    check.fixPointer = c.place(disabled ? "/disabled"_L1 : "/state"_L1);
    c.sheet.hold(std::move(check), active && !disabled, googleAnswer("provider_unavailable"));
}

void checkIssuer(GoogleCase& c)
{
    CompareHints hints = c.hints();
    hints.issuer = true;
    base::Check check = line(u"issuer", u"Issuer", u"claim iss", u"field oidc.issuerUri of the provider");
    if (!c.knowsDemands()) {
        check.presented = c.token.text("iss");
        check.expected = u"the provider's issuer"_s;
        c.sheet.unknown(std::move(check), u"Only the provider's name is known here, not the issuer it trusts."_s);
        return;
    }
    check.fixPointer = c.place("/oidc/issuerUri"_L1);
    check = compared(std::move(check), c.token.text("iss"), c.provider["oidc"]["issuerUri"].text(), hints);
    const bool slash = check.near && check.near->kind == base::Near::TrailingSlash;
    if (slash && c.settings["issuerSlash"].text() == "tolerated"_L1) {
        check.outcome = base::Outcome::Pass;
        check.relation = u"equal but for the slash, which this setup takes as tolerated"_s;
    } else if (slash) {
        check.near->text += u" Whether Google tolerates the slash is not confirmed."_s;
    }
    c.sheet.add(std::move(check), googleAnswer(slash ? "issuer_slash" : "issuer_mismatch"));
}

/// Without a list of its own a provider takes its resource name, with and without the scheme.
void checkAudience(GoogleCase& c)
{
    const json::Value list = c.provider["oidc"]["allowedAudiences"];
    QStringList allowed = json::textsOrOne(list);
    const bool listed = !allowed.isEmpty();
    base::Check check = line(u"audience", u"Audience of the token", u"claim aud",
        listed ? u"field oidc.allowedAudiences of the provider" : u"resource name of the provider");
    const QString name = c.provider["name"].text();
    if (!listed && (name.isEmpty() || !c.knowsDemands())) {
        check.presented = audiencesOf(c.token).join(u", "_s);
        check.expected = c.knowsDemands() ? u"the provider's resource name"_s : u"one of the provider's audiences"_s;
        c.sheet.unknown(std::move(check), c.knowsDemands() ? u"The provider lists no audience and its own name is not here."_s : u"Only the provider's name is known here, not the audiences it lists."_s);
        return;
    }
    if (!listed)
        allowed = {u"https://iam.googleapis.com/"_s + name, u"//iam.googleapis.com/"_s + name};
    CompareHints hints = c.hints();
    hints.audience = true;
    check.fixPointer = c.place("/oidc/allowedAudiences/-"_L1);
    check = comparedWithAny(std::move(check), audiencesOf(c.token), allowed, hints);
    if (check.outcome == base::Outcome::Fail && !listed && !check.near)
        check.fix = u"List the token's audience in allowedAudiences, or ask for a token whose audience is the provider's resource name."_s;
    // In a setup one value is written at a time: a list that is not there is no place for one.
    if (!list.isArray() && !c.pointer.isEmpty()) {
        check.fixValue.clear();
        check.fixPointer = c.place("/oidc/allowedAudiences"_L1);
    }
    c.sheet.add(std::move(check), googleAnswer("audience_mismatch"));
}

/// What the API refuses to store: the lab takes such a provider, and says so (downstream.md 0 and 10).
struct Limit
{
    const char16_t* title;
    const char16_t* allowed;
    bool (*broken)(const json::Value& provider);
};

bool anyLonger(const json::Value& list, qsizetype most)
{
    for (json::Value each = list.first(); each; each = each.next())
        if (each.bytes().size() > most)
            return true;
    return false;
}

bool hasOddKey(const json::Value& mapping)
{
    static const QRegularExpression form(
        u"^(google\\.(subject|groups|display_name|profile_photo|posix_username)|attribute\\.[a-z0-9_]{1,100})$"_s);
    for (json::Value each = mapping.first(); each; each = each.next())
        if (!form.match(each.keyText()).hasMatch())
            return true;
    return false;
}

constexpr Limit limits[] {
    {u"oidc.issuerUri", u"an https URL",
        [](const json::Value& p) { return !p["oidc"]["issuerUri"].bytes().startsWith("https://"); }},
    {u"oidc.allowedAudiences", u"10 at most", [](const json::Value& p) { return p["oidc"]["allowedAudiences"].size() > 10; }},
    {u"oidc.allowedAudiences", u"256 characters each at most",
        [](const json::Value& p) { return anyLonger(p["oidc"]["allowedAudiences"], 256); }},
    {u"attributeMapping", u"google.subject, google.groups and attribute.<name> of a-z, 0-9 and _",
        [](const json::Value& p) { return hasOddKey(p["attributeMapping"]); }},
    {u"attributeMapping", u"expressions of 2048 characters at most",
        [](const json::Value& p) { return anyLonger(p["attributeMapping"], 2048); }},
    {u"attributeMapping", u"50 custom attributes at most", [](const json::Value& p) { return p["attributeMapping"].size() > 52; }},
    {u"attributeCondition", u"4096 characters at most",
        [](const json::Value& p) { return p["attributeCondition"].bytes().size() > 4096; }},
};

QString shownMember(const json::Value& provider, const QString& member)
{
    json::Value value = provider;
    for (const QString& name : member.split(u'.'))
        value = value[name.toUtf8()];
    constexpr qsizetype most = 120;
    const QString text = value ? value.display() : u"(missing)"_s;
    return text.size() > most ? QString(text.left(most) + u" ..."_s) : text;
}

void checkLimits(GoogleCase& c)
{
    for (const Limit& limit : limits) {
        if (!c.knowsDemands() || !limit.broken(c.provider))
            continue;
        const QString member = QString::fromUtf16(limit.title);
        c.sheet.warn({.id = u"provider."_s + member, .title = u"Limit of "_s + member, .expected = QString::fromUtf16(limit.allowed),
                      .presented = shownMember(c.provider, member),
                      .relation = u"Google's API would not store this provider."_s,
                      .presentedFrom = u"field "_s + member + u" of the provider"_s,
                      .expectedFrom = u"what the IAM API takes"_s, .source = googlePage()});
    }
}

} // namespace

CompareHints GoogleCase::hints() const
{
    return {.setup = setup, .receiver = u"Google compares letter by letter."_s, .contract = u"provider"_s, .azp = callerOf(token),
            .oid = token.text("oid")};
}

QString googleName(const json::Value& provider)
{
    const QString name = provider["name"].text();
    return name.isEmpty() ? provider["displayName"].text() : name.section(u'/', -1);
}

void checkGoogleToken(GoogleCase& c)
{
    const TokenDemand wanted = demand(c.unknowns);
    c.sheet.begin(u"The token itself"_s);
    checkForm(c.sheet, c.token, wanted);
    checkAlgorithm(c.sheet, c.token, wanted);
    checkKeyId(c);
    checkClaimsThere(c);
    const QString issuer = c.token.text("iss");
    checkSignatureBy(googleKeySource(c.provider, c.place("/oidc/jwksJson"_L1)), c.sheet, c.token, issuer,
        !c.knowsDemands() || issuer == c.provider["oidc"]["issuerUri"].text(), c.knowledge, wanted);
    checkTimes(c.sheet, c.token, c.now, wanted);
    checkIssuedAt(c);
    checkLife(c);
}

void checkGoogleProvider(GoogleCase& c)
{
    c.sheet.begin(u"Provider "_s + googleName(c.provider));
    checkState(c);
    checkLimits(c);
    // What is no token at all is said by its form, not by claims that are not there.
    if (!c.token.isJwt() || !c.token.payload.root().isObject())
        return;
    checkIssuer(c);
    checkAudience(c);
}

} // namespace trust
