// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencase_p.h"

#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/trust/codes.h"
#include "core/trust/compare.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& section413()
{
    static const QString text = u"RFC 6749, 4.1.3"_s;
    return text;
}

/// At redemption a redirect mismatch is an error of the grant, not a page (RFC 6749, 5.2).
const Answer& redirectAnswer()
{
    static const Answer row {50011, 400, "invalid_grant",
        "The redirect URI is not the one the code was asked for with.", "", false};
    return row;
}

base::Check line(const char16_t* id, const char16_t* title, QString source = section413())
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .source = std::move(source)};
}

QString hidden(const TokenCase& c, QByteArrayView parameter)
{
    const qsizetype size = c.request.form.value(parameter).size();
    return size ? u"hidden, %1 characters"_s.arg(size) : u"not in the request"_s;
}

/// A prediction: what was said at the authorize endpoint is not remembered here.
void leaveOpen(TokenCase& c)
{
    const QString why = u"Only Entra remembers the code."_s;
    base::Check code = line(u"code", u"Code");
    code.presented = hidden(c, "code");
    code.expected = u"a code that Entra gave out"_s;
    c.sheet.unknown(std::move(code), why);
    base::Check redirect = line(u"redirect_uri", u"Redirect URI");
    redirect.presented = c.text("redirect_uri");
    redirect.expected = u"the redirect URI of the authorize request"_s;
    c.sheet.unknown(std::move(redirect), why);
    base::Check verifier = line(u"code_verifier", u"Code verifier", u"RFC 7636, 4.6"_s);
    verifier.presented = hidden(c, "code_verifier");
    verifier.expected = u"the verifier of the code_challenge"_s;
    c.sheet.unknown(std::move(verifier), why);
}

void checkKnown(TokenCase& c, bool known)
{
    base::Check check = line(u"code", u"Code");
    check.expected = u"a code that Entra gave out"_s;
    check.presented = known ? u"one of them"_s : u"an unknown code"_s;
    check.relation = u"known"_s;
    check.fix = u"Start the sign-in again and redeem the code it brings."_s;
    check.presentedFrom = u"code in the request"_s;
    c.sheet.hold(std::move(check), known, aadsts(70000));
}

void checkFresh(TokenCase& c, const CodeGrant& grant)
{
    base::Check spent = line(u"code.spent", u"Use");
    spent.expected = u"first use"_s;
    spent.presented = grant.spent ? u"used before"_s : u"first use"_s;
    spent.relation = u"first use"_s;
    spent.fix = u"Start the sign-in again. A code is good once."_s;
    c.sheet.hold(std::move(spent), !grant.spent, aadsts(54005));
    base::Check end = line(u"code.lifetime", u"End of the code");
    end.expected = u"after "_s + base::toRfc3339(c.now);
    end.presented = base::toRfc3339(grant.expires);
    end.relation = u"still valid"_s;
    end.fix = u"Start the sign-in again and redeem the code at once."_s;
    c.sheet.hold(std::move(end), grant.expires > c.now, aadsts(70008));
}

void checkBinding(TokenCase& c, const CodeGrant& grant)
{
    base::Check client = line(u"code.client", u"Client of the code");
    client.expected = grant.clientId;
    client.presented = c.decision.client->clientId;
    client.relation = u"equal"_s;
    client.fix = u"Redeem the code with the application that asked for it."_s;
    c.sheet.hold(std::move(client), grant.clientId == c.decision.client->clientId, aadsts(70000));
    if (c.decision.tenant && grant.tenantId != c.decision.tenant->id) {
        base::Check tenant = line(u"code.tenant", u"Tenant of the code");
        tenant.expected = grant.tenantId;
        tenant.presented = c.decision.tenant->id;
        tenant.fix = u"Redeem the code at the tenant that gave it out."_s;
        c.sheet.hold(std::move(tenant), false, aadsts(700005));
    }
    base::Check redirect = line(u"redirect_uri", u"Redirect URI");
    redirect.fix = u"Send the redirect URI of the authorize request, letter by letter."_s;
    redirect.fixValue = grant.redirectUri;
    redirect.presentedFrom = u"redirect_uri in the request"_s;
    redirect.expectedFrom = u"redirect_uri of the authorize request"_s;
    redirect = compared(std::move(redirect), c.text("redirect_uri"), grant.redirectUri,
                        {.presenter = u"request"_s, .contract = u"authorize request"_s});
    c.sheet.add(std::move(redirect), redirectAnswer());
}

bool isVerifier(QByteArrayView text)
{
    return text.size() >= 43 && text.size() <= 128 && std::ranges::all_of(text, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
            || c == '.' || c == '_' || c == '~';
    });
}

void checkVerifier(TokenCase& c, const CodeGrant& grant)
{
    const QByteArray verifier = c.request.form.value("code_verifier");
    if (grant.challenge.isEmpty() && verifier.isEmpty())
        return;
    base::Check check = line(u"code_verifier", u"Code verifier", u"RFC 7636, 4.6"_s);
    const QByteArray challenge = jose::base64url(jose::sha256(verifier));
    check.expected = grant.challenge.isEmpty() ? u"no verifier: none was announced"_s : grant.challenge;
    check.presented = verifier.isEmpty() ? u"no verifier"_s
        : QString(u"S256: "_s + QString::fromLatin1(challenge));
    check.relation = u"SHA-256 of the verifier is the challenge"_s;
    check.fix = u"Send the verifier whose SHA-256 was the code_challenge of the authorize request."_s;
    check.presentedFrom = u"code_verifier in the request"_s;
    check.expectedFrom = u"code_challenge of the authorize request"_s;
    const bool holds = isVerifier(verifier) && base::equalInConstantTime(challenge,
        grant.challenge.toLatin1());
    c.sheet.hold(std::move(check), holds, aadsts(501481));
}

/// Scopes of the request, or those the user was asked for; what was asked for there needs no further consent.
void checkCodeScopes(TokenCase& c, const CodeGrant& grant)
{
    const QString asked = grant.scopes.join(u' ');
    const ScopeRequest atSignIn = readScopes(asked, c.setup);
    ScopeRequest scopes = c.has("scope") ? readScopes(c.text("scope"), c.setup) : atSignIn;
    if (!c.has("scope") && scopes.resources().size() > 1) {
        const QString first = scopes.first().resource;
        scopes.parts.removeIf([&](const ScopeRequest::Part& part) { return part.resource != first; });
    }
    checkScopes(c, scopes);
    c.decision.openid = c.decision.openid || atSignIn.openid;
    c.decision.offline = c.decision.offline || atSignIn.offline;
    const bool covered = std::ranges::all_of(scopes.parts,
        [&](const ScopeRequest::Part& p) { return atSignIn.parts.contains(p); });
    if (!covered)
        checkConsent(c);
}

} // namespace

void checkCodeGrant(TokenCase& c)
{
    if (!checkParameter(c, "code") || !checkParameter(c, "redirect_uri"))
        return;
    if (!c.knowledge.code) {
        leaveOpen(c);
        if (c.has("scope"))
            checkScopes(c, readScopes(c.text("scope"), c.setup));
        return;
    }
    c.decision.code = c.knowledge.code(c.request.form.value("code"));
    checkKnown(c, c.decision.code.has_value());
    if (!c.decision.code)
        return;
    c.decision.userObjectId = c.decision.code->userObjectId;
    checkFresh(c, *c.decision.code);
    checkBinding(c, *c.decision.code);
    checkVerifier(c, *c.decision.code);
    checkCodeScopes(c, *c.decision.code);
}

} // namespace trust
