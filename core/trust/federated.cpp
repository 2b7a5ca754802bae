// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "federated.h"

#include "core/trust/clouds.h"
#include "core/trust/codes.h"
#include "core/trust/compare.h"
#include "core/trust/contractfile_p.h"
#include "core/trust/federated_p.h"
#include "core/trust/near_p.h"

#include "core/http/message.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& considerations()
{
    static const QString text = u"Microsoft: workload identity federation considerations"_s;
    return text;
}

CompareHints entraHints(const jose::Jwt& token, const setup::Setup* setup)
{
    const QString oid = token.text("oid");
    return {.setup = setup, .receiver = u"Entra compares letter by letter."_s, .azp = callerOf(token),
            .oid = oid.isEmpty() ? token.text("sub") : oid};
}

bool isVersion1(const QString& issuer) { return issuer.startsWith("https://sts.windows.net/"_L1); }

/// Of its own tokens Entra takes those for the exchange audience, and they are of version 2 (entra.md 5.7 and 6.5).
base::Check refusedAsVersion1(base::Check check)
{
    check.outcome = base::Outcome::Fail;
    check.relation = u"Both are equal, but Entra takes no token of this issuer form as a credential."_s;
    check.fix = u"Ask for a token whose audience is the exchange audience: its issuer is the v2.0 one. Write that into the credential."_s;
    check.fixPointer.clear();
    return check;
}

base::Check issuerCheck(const jose::Jwt& token, const setup::Credential& credential,
    const setup::Setup* setup)
{
    CompareHints hints = entraHints(token, setup);
    hints.issuer = true;
    base::Check check {.id = u"issuer"_s, .title = u"Issuer"_s, .fixPointer = credential.pointer + u"/issuer"_s,
                       .presentedFrom = u"claim iss"_s, .expectedFrom = u"field issuer of the credential"_s,
                       .source = considerations()};
    if (refusedAsNoText(check, token.claim("iss"), credential.issuer))
        return check;
    check = compared(std::move(check), token.text("iss"), credential.issuer, hints);
    if (check.outcome == base::Outcome::Pass && isVersion1(check.presented))
        return refusedAsVersion1(std::move(check));
    // The exchange audience is Microsoft's own application: nobody else sets the version of its tokens.
    if (check.outcome == base::Outcome::Fail && check.near && check.near->kind == base::Near::V1V2Issuer)
        check.fix = u"Write the issuer in the credential exactly as the token carries it."_s;
    return check;
}

base::Check subjectCheck(const jose::Jwt& token, const setup::Credential& credential,
    const setup::Setup* setup)
{
    if (!credential.expression.isEmpty())
        return expressionCheck(token, credential, setup);
    base::Check check {.id = u"subject"_s, .title = u"Subject"_s,
                       .fixPointer = credential.pointer + u"/subject"_s,
                       .presentedFrom = u"claim sub"_s, .expectedFrom = u"field subject of the credential"_s,
                       .source = considerations()};
    if (refusedAsNoText(check, token.claim("sub"), credential.subject))
        return check;
    return compared(std::move(check), token.text("sub"), credential.subject, entraHints(token, setup));
}

bool isExchangeAudience(const QString& audience)
{
    return audience == setup::exchangeAudienceGuid || audience == setup::exchangeAudienceUri;
}

/// The credential names the exchange audience by its GUID: Entra wants the URI there, whatever the token carries.
base::Check guidInCredential(base::Check check, const QString& presented, const QString& expected)
{
    check.presented = presented;
    check.expected = expected;
    check.outcome = base::Outcome::Fail;
    check.near = base::NearMiss {base::Near::GuidUriTwin, 0,
        u"The GUID and the URI name the same resource. A credential has to hold the URI; Entra maps it to the GUID itself."_s};
    check.fix = u"Write the URI of the exchange audience into the credential."_s;
    check.fixValue = setup::exchangeAudienceUri.toString();
    return check;
}

/// The GUID is the exchange audience of the global cloud, and the credential names that of another one (entra.md 1.5).
base::Check otherCloud(base::Check check, const QString& expected, const Cloud& cloud)
{
    check.presented = setup::exchangeAudienceGuid.toString();
    check.expected = expected;
    check.outcome = base::Outcome::Fail;
    check.near = base::NearMiss {base::Near::CloudVariant, 0,
        u"The token is for the exchange audience of the global cloud, the credential names that of %1."_s.arg(QString::fromUtf16(cloud.name))};
    check.fix = u"Use the names of one cloud on both sides. The global cloud's is %1."_s.arg(setup::exchangeAudienceUri);
    check.fixValue = setup::exchangeAudienceUri.toString();
    return check;
}

/// An Entra token for another resource: the request for it has to change, not the credential.
base::Check askForExchange(base::Check check)
{
    check.fix = u"Ask for a token whose audience is the exchange audience."_s;
    check.fixValue = check.expected;
    check.fixPointer.clear();
    return check;
}

base::Check audienceCheck(const jose::Jwt& token, const setup::Credential& credential,
    const setup::Setup* setup)
{
    base::Check check {.id = u"audience"_s, .title = u"Audience"_s,
                       .fixPointer = credential.pointer + u"/audiences/0"_s,
                       .presentedFrom = u"claim aud"_s,
                       .expectedFrom = u"field audiences of the credential"_s,
                       .source = considerations()};
    const QStringList presented = audiencesOf(token);
    const QString expected = credential.audiences.value(0);
    if (refusedAsNoText(check, token.claim("aud"), expected))
        return check;
    if (expected == setup::exchangeAudienceGuid)
        return guidInCredential(std::move(check), presented.value(0), expected);
    const Cloud* cloud = cloudOfAudience(expected);
    if (isEntraIssued(token) && cloud && expected != setup::exchangeAudienceUri && presented.contains(setup::exchangeAudienceGuid))
        return otherCloud(std::move(check), expected, *cloud);
    if (isEntraIssued(token) && expected == setup::exchangeAudienceUri
        && presented.contains(setup::exchangeAudienceGuid)) {
        check.relation = u"GUID of "_s + expected;
        check.presented = setup::exchangeAudienceGuid.toString();
        check.expected = expected;
        check.fixPointer.clear();
        return check;
    }
    CompareHints hints = entraHints(token, setup);
    hints.audience = true;
    check = credential.audiences.size() > 1
        ? comparedWithAny(std::move(check), presented, credential.audiences, hints)
        : compared(std::move(check), presented.contains(expected) ? expected : presented.value(0), expected,
        hints);
    const bool wantsExchange = cloudOfAudience(expected) && credential.audiences.size() == 1;
    if (check.outcome == base::Outcome::Fail && !isEntraIssued(token) && wantsExchange)
        return askForExchange(std::move(check));
    if (check.outcome != base::Outcome::Fail || !isEntraIssued(token))
        return check;
    if (!isExchangeAudience(check.presented) && cloudOfAudience(expected))
        return askForExchange(std::move(check));
    if (isExchangeAudience(check.presented))
        check.fixValue = setup::exchangeAudienceUri.toString();
    return check;
}

} // namespace

namespace {

/// What Entra demands of the credential itself, whatever token comes (Microsoft Graph: federatedIdentityCredential).
base::Check severalAudiences(const setup::Credential& credential)
{
    return {.id = u"audiences.count"_s, .title = u"Number of audiences"_s,
            .expected = u"exactly one"_s,
            .presented = QString::number(credential.audiences.size()),
            .outcome = base::Outcome::Warning,
            .relation = u"Entra does not store a credential with several audiences."_s,
            .fix = u"Keep the exchange audience alone."_s,
            .expectedFrom = u"field audiences of the credential"_s, .source = considerations()};
}

base::Check systemAssigned(const setup::ManagedIdentity& identity)
{
    return {.id = u"subject.kind"_s, .title = u"Kind of identity"_s,
            .expected = u"a user-assigned identity"_s,
            .presented = u"the system-assigned identity of "_s + identity.displayName,
            .outcome = base::Outcome::Warning,
            .relation = u"A system-assigned identity gets a new object id with each redeployment."_s,
            .fix = u"Use a user-assigned managed identity."_s,
            .expectedFrom = u"field subject of the credential"_s,
            .source = u"Microsoft: configure an app to trust a managed identity"_s};
}

QList<base::Check> credentialWarnings(const setup::Credential& credential, const setup::Setup* setup)
{
    QList<base::Check> out;
    if (credential.audiences.size() > 1)
        out.append(severalAudiences(credential));
    const auto* identity = setup ? setup->managedIdentityByObjectId(credential.subject) : nullptr;
    if (identity && identity->systemAssigned)
        out.append(systemAssigned(*identity));
    return out;
}

} // namespace

QList<base::Check> federatedChecks(const jose::Jwt& token, const setup::Credential& credential,
    const setup::Setup* setup)
{
    QList<base::Check> out {issuerCheck(token, credential, setup), subjectCheck(token, credential, setup),
                            audienceCheck(token, credential, setup)};
    out += credentialWarnings(credential, setup);
    for (base::Check& check : out)
        check.group = u"Federated credential "_s + credential.name;
    return out;
}

namespace {

struct Candidate
{
    const setup::Credential* credential = nullptr;
    QList<base::Check> checks {};

    bool holds(qsizetype i) const { return checks[i].outcome != base::Outcome::Fail; }
    bool mayFit() const { return holds(0) && holds(1) && holds(2); }
    bool fits() const
    {
        return std::ranges::all_of(checks.first(3), [](const base::Check& c) { return c.outcome == base::Outcome::Pass; });
    }
};
constexpr qsizetype issuer = 0, subject = 1, audience = 2;

/// Fewest failures, then most near misses, then the longest common beginning of what fails.
auto nearness(const Candidate& candidate)
{
    int failures = 0, nears = 0;
    qsizetype common = 0;
    for (const base::Check& check : candidate.checks) {
        if (check.outcome != base::Outcome::Fail)
            continue;
        ++failures;
        nears += check.near.has_value();
        common += firstDifference(check.presented, check.expected);
    }
    return std::tuple {-failures, nears, common};
}

int subjectCode(const QList<Candidate>& candidates, const jose::Jwt& token)
{
    const bool byCase = std::ranges::any_of(candidates, [](const Candidate& c) {
        const auto& near = c.checks[subject].near;
        return c.holds(issuer) && near && near->kind == base::Near::Case;
    });
    if (byCase)
        return 7002138;
    return token.text("sub").startsWith("/eid1/"_L1) ? 7002137 : 700213;
}

int audienceCode(const QList<Candidate>& candidates, const jose::Jwt& token)
{
    const bool byGuid = std::ranges::any_of(candidates, [](const Candidate& c) {
        return c.holds(issuer) && c.holds(subject)
            && c.credential->audiences.value(0) == setup::exchangeAudienceGuid;
    });
    if (byGuid)
        return 700214;
    return isEntraIssued(token) ? 7002121 : 700212;
}

/// Entra's order: is there one with this issuer, among those one with this subject, among those one with this
/// audience.
int codeFor(const QList<Candidate>& candidates, const jose::Jwt& token)
{
    if (std::ranges::none_of(candidates, [](const Candidate& c) { return c.holds(issuer); }))
        return token.text("iss").contains("//sts.windows.net/"_L1) ? 700227 : 700211;
    if (std::ranges::none_of(candidates,
        [](const Candidate& c) { return c.holds(issuer) && c.holds(subject); }))
        return subjectCode(candidates, token);
    return audienceCode(candidates, token);
}

QString valueFor(int code, const jose::Jwt& token)
{
    switch (code) {
    case 700211: case 700227: return token.text("iss");
    case 700212: case 7002121: return audiencesOf(token).value(0);
    default: return token.text("sub");
    }
}

/// The one that fits, else one that cannot be evaluated and may, else the nearest.
const Candidate& choose(const QList<Candidate>& candidates)
{
    for (const auto suits : {&Candidate::fits, &Candidate::mayFit})
        if (const auto it = std::ranges::find_if(candidates, suits); it != candidates.end())
            return *it;
    return *std::ranges::max_element(candidates, {}, nearness);
}

void checkIfAny(Sheet& sheet, const QList<setup::Credential>& credentials)
{
    if (!credentials.isEmpty())
        return;
    sheet.hold({.id = u"credentials"_s, .title = u"Federated credentials"_s, .expected = u"at least one"_s,
                .presented = u"none"_s,
                .fix = u"Give the application a federated credential that names issuer, subject and audience of the token."_s,
                .expectedFrom = u"credentials of the application"_s, .source = considerations()},
               false, aadsts(70025));
}

} // namespace

FederatedMatch checkFederated(Sheet& sheet, const jose::Jwt& token,
    const QList<setup::Credential>& credentials,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now, Unknowns unknowns)
{
    QList<Candidate> candidates;
    for (const setup::Credential& credential : credentials)
        candidates.append({&credential, federatedChecks(token, credential, setup)});
    const bool trusted = std::ranges::any_of(candidates, [](const Candidate& c) { return c.holds(issuer); });

    sheet.begin(u"The token itself"_s);
    TokenDemand demand = federatedDemand(unknowns);
    demand.ownClock = isEntraIssued(token) && unknowns == Unknowns::LeaveOpen && !knowledge.receiver;
    checkForm(sheet, token, demand);
    checkAlgorithm(sheet, token, demand);
    checkSignature(sheet, token, token.text("iss"), trusted, knowledge, demand);
    checkTimes(sheet, token, now, demand);
    checkIssuedKind(sheet, token, setup, knowledge.receiver, unknowns);

    checkIfAny(sheet, credentials);
    if (candidates.isEmpty())
        return {};
    const Candidate& chosen = choose(candidates);
    const int code = codeFor(candidates, token);
    for (const base::Check& check : chosen.checks)
        sheet.add(check, aadsts(code), sentence(aadsts(code), valueFor(code, token)));
    return {chosen.credential, candidates.size() > 1 && !chosen.fits() ? chosen.credential->name : QString()};
}

base::Verdict matchFederated(const jose::Jwt& token, const QList<setup::Credential>& credentials,
    const setup::Setup* setup, const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(u"Microsoft Entra"_s);
    const FederatedMatch match = checkFederated(sheet, token, credentials, setup, knowledge, now,
        Unknowns::Mention);
    base::Verdict out = sheet.verdict(match.credential ? match.credential->name : QString());
    out.closest = match.closest;
    // One of a list may fit a token that is refused for itself: the checks are still those of that one.
    if (out.decision != base::Decision::Accept && match.credential && credentials.size() > 1)
        out.closest = match.credential->name;
    if (out.confidence == base::Confidence::Certain)
        out.confidence = confidenceOf(out);
    return out;
}

} // namespace trust
