// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "saas.h"

#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/trust/compare.h"
#include "core/trust/saasanswers_p.h"
#include "core/trust/targetclient_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

struct SaasCase
{
    const setup::Target& target;
    const http::Form& form;
    const Knowledge& knowledge;
    base::Instant now;
    Sheet& sheet;
    SaasTokenDecision& decision;

    const Answer& answer(SaasFault fault) const { return saasAnswer(target, fault); }
    QString who() const { return target.displayName.isEmpty() ? target.name : target.displayName; }
};

base::Check line(const char16_t* id, const char16_t* title, const char16_t* from, const char16_t* source)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title),
            .presentedFrom = QString::fromUtf16(from), .source = QString::fromUtf16(source)};
}

QString hidden(const SaasCase& c, const char* parameter)
{
    const qsizetype size = c.form.value(parameter).size();
    return size ? u"hidden, %1 characters"_s.arg(size) : u"not in the request"_s;
}

void leaveCodeOpen(SaasCase& c)
{
    const QString why = u"Only %1 remembers the code."_s.arg(c.who());
    base::Check code = line(u"code", u"Code", u"code in the request", u"RFC 6749, 4.1.3");
    code.expected = u"a code given out at the sign-in"_s;
    code.presented = hidden(c, "code");
    c.sheet.unknown(std::move(code), why);
    base::Check verifier = line(u"code_verifier", u"Code verifier", u"code_verifier in the request", u"RFC 7636, 4.6");
    verifier.expected = u"the verifier of the code_challenge"_s;
    verifier.presented = hidden(c, "code_verifier");
    c.sheet.unknown(std::move(verifier), why);
}

/// Known, given out here, to this client, not spent and in its time: providers answer all of it alike.
void checkCode(SaasCase& c, const std::optional<CodeGrant>& grant)
{
    const bool here = grant && grant->target == c.target.name && grant->clientId == c.target.clientId;
    base::Check known = line(u"code", u"Code", u"code in the request", u"RFC 6749, 4.1.3");
    known.expected = u"a code given out to this client"_s;
    known.presented = here ? u"one of them"_s : u"an unknown code"_s;
    known.relation = u"known"_s;
    known.fix = u"Start the sign-in again and redeem the code it brings."_s;
    if (!c.sheet.hold(std::move(known), here, c.answer(SaasFault::Code)))
        return;
    base::Check spent = line(u"code.spent", u"Use", u"code in the request", u"RFC 6749, 4.1.2");
    spent.expected = u"first use"_s;
    spent.presented = grant->spent ? u"used before"_s : u"first use"_s;
    spent.relation = u"first use"_s;
    spent.fix = u"Start the sign-in again. A code is good once."_s;
    c.sheet.hold(std::move(spent), !grant->spent, c.answer(SaasFault::Code));
    base::Check end = line(u"code.end", u"End of the code", u"code in the request", u"RFC 6749, 4.1.2");
    end.expected = u"after "_s + base::toRfc3339(c.now);
    end.presented = base::toRfc3339(grant->expires);
    end.relation = u"still valid"_s;
    end.fix = u"Start the sign-in again and redeem the code at once."_s;
    c.sheet.hold(std::move(end), grant->expires > c.now, c.answer(SaasFault::Code));
}

void checkBinding(SaasCase& c, const CodeGrant& grant)
{
    base::Check redirect = line(u"redirect_uri", u"Redirect URI", u"redirect_uri in the request", u"RFC 6749, 4.1.3");
    redirect.fix = u"Send the redirect URI of the authorize request, letter by letter."_s;
    redirect.expectedFrom = u"redirect_uri of the authorize request"_s;
    redirect = compared(std::move(redirect), QString::fromUtf8(c.form.value("redirect_uri")), grant.redirectUri,
        {.presenter = u"request"_s, .contract = u"authorize request"_s});
    c.sheet.add(std::move(redirect), c.answer(SaasFault::Redirect));
    const QByteArray verifier = c.form.value("code_verifier");
    const QByteArray challenge = jose::base64url(jose::sha256(verifier));
    base::Check pkce = line(u"code_verifier", u"Code verifier", u"code_verifier in the request", u"RFC 7636, 4.6");
    pkce.expected = grant.challenge;
    pkce.presented = verifier.isEmpty() ? u"no verifier"_s : QString(u"S256: "_s + QString::fromLatin1(challenge));
    pkce.relation = u"SHA-256 of the verifier is the challenge"_s;
    pkce.fix = u"Send the verifier whose SHA-256 was the code_challenge."_s;
    pkce.expectedFrom = u"code_challenge of the authorize request"_s;
    c.sheet.hold(std::move(pkce), base::equalInConstantTime(challenge, grant.challenge.toLatin1()),
        c.answer(verifier.isEmpty() ? SaasFault::VerifierMissing : SaasFault::VerifierWrong));
}

void byCode(SaasCase& c)
{
    if (!c.knowledge.code) {
        leaveCodeOpen(c);
        return;
    }
    c.decision.code = c.knowledge.code(c.form.value("code"));
    checkCode(c, c.decision.code);
    if (c.decision.code)
        checkBinding(c, *c.decision.code);
}

void byRefresh(SaasCase& c)
{
    c.decision.refreshed = true;
    base::Check check = line(u"refresh_token", u"Refresh token", u"refresh_token in the request", u"RFC 6749, 6");
    check.expected = u"a refresh token given out to this client"_s;
    check.presented = hidden(c, "refresh_token");
    check.relation = u"known"_s;
    if (!c.knowledge.refresh) {
        c.sheet.unknown(std::move(check), u"Only %1 remembers its refresh tokens."_s.arg(c.who()));
        return;
    }
    c.decision.refresh = c.knowledge.refresh(c.form.value("refresh_token"));
    const auto& grant = c.decision.refresh;
    const bool here = grant && grant->target == c.target.name && grant->clientId == c.target.clientId;
    check.fix = u"Let the user sign in again."_s;
    if (!c.sheet.hold(std::move(check), here, c.answer(SaasFault::Refresh)))
        return;
    base::Check used = line(u"refresh_token.used", u"Use", u"refresh_token in the request", u"RFC 9700, 4.14.2");
    used.expected = u"not used and not revoked"_s;
    used.presented = grant->revoked ? u"used before, or revoked"_s : u"not used"_s;
    used.relation = u"good"_s;
    used.fix = u"Keep the newest refresh token alone: each use ends the one before. Sign in again."_s;
    c.sheet.hold(std::move(used), !grant->revoked, c.answer(SaasFault::Refresh));
    base::Check end = line(u"refresh_token.end", u"End", u"refresh_token in the request", u"RFC 6749, 6");
    end.expected = u"after "_s + base::toRfc3339(c.now);
    end.presented = base::toRfc3339(grant->expires);
    end.relation = u"still valid"_s;
    end.fix = u"Let the user sign in again."_s;
    c.sheet.hold(std::move(end), grant->expires > c.now, c.answer(SaasFault::Refresh));
}

/// GitHub's own flow names no grant when a code is redeemed.
QByteArray grantIn(const SaasCase& c)
{
    const QByteArray grant = c.form.value("grant_type");
    return grant.isEmpty() && c.target.profile == "github"_L1 && c.form.has("code") ? QByteArray("authorization_code") : grant;
}

void byGrant(SaasCase& c)
{
    const QByteArray grant = grantIn(c);
    base::Check check = line(u"grant_type", u"Grant", u"grant_type in the request", u"RFC 6749, 4.1.3 and 6");
    check.expected = u"authorization_code or refresh_token"_s;
    check.presented = QString::fromUtf8(grant);
    check.relation = u"supported"_s;
    check.fix = u"Send one of the two."_s;
    if (!c.sheet.hold(std::move(check), grant == "authorization_code" || grant == "refresh_token", c.answer(SaasFault::Grant)))
        return;
    grant == "refresh_token" ? byRefresh(c) : byCode(c);
}

} // namespace

SaasTokenDecision decideSaasToken(const setup::Target& target, const http::Form& form, QByteArrayView authorization,
    const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(target.displayName.isEmpty() ? target.name : target.displayName);
    SaasTokenDecision out;
    SaasCase c {target, form, knowledge, now, sheet, out};
    sheet.begin(u"The request"_s);
    checkTargetClient(sheet, readTargetClient(target, form, authorization), knowledge, c.answer(SaasFault::Client));
    byGrant(c);
    const auto failed = std::ranges::find(sheet.checks(), base::Outcome::Fail, &base::Check::outcome);
    if (failed != sheet.checks().end())
        out.reason = failed->id;
    out.verdict = sheet.verdict(target.clientId);
    return out;
}

} // namespace trust
