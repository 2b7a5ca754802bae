// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencase_p.h"

#include "core/jose/keypair.h"
#include "core/trust/assertion_p.h"
#include "core/trust/codes.h"
#include "core/trust/compare.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& page()
{
    static const QString text = u"Microsoft: certificate credentials for application authentication"_s;
    return text;
}

TokenDemand demand()
{
    return {.word = u"client assertion"_s, .algorithms = {u"PS256"_s, u"RS256"_s},
            .leeway = std::chrono::minutes {5}, .textTimes = true,
            .form = &aadsts(50027), .algorithm = &aadsts(700027), .key = &aadsts(700027),
            .signature = &aadsts(700027),
            .time = &aadsts(700024), .source = page()};
}

/// A preview is written before the key is at hand: it has no signature yet, and where the certificate comes along with the
/// key, no thumbprint either.
bool isPreview(const TokenCase& c, const jose::Jwt& assertion)
{
    return !c.knowledge.receiver && assertion.isJwt() && assertion.signature.isEmpty();
}

/// The certificates of an app, as the header of an assertion names them.
struct Registered
{
    const setup::Credential* credential = nullptr;
    QByteArray x5t {};
    QByteArray x5tS256 {};
};

QList<Registered> registeredOf(const setup::App& app)
{
    QList<Registered> out;
    for (const setup::Credential& credential : app.credentials) {
        const QByteArray der = credential.type == setup::CredentialType::Certificate
            ? jose::certificateDer(credential.certificate.toLatin1()) : QByteArray();
        if (!der.isEmpty())
            out.append({&credential, jose::x5t(der), jose::x5tS256(der)});
    }
    return out;
}

/// Entra finds the key by the thumbprint of a registered certificate; the header's own certificate is not believed.
const Registered* checkThumbprint(TokenCase& c, const jose::Jwt& assertion,
    const QList<Registered>& registered)
{
    const json::Value header = assertion.header.root();
    const bool modern = bool(header["x5t#S256"]);
    const QByteArray thumbprint = (modern ? header["x5t#S256"] : header["x5t"]).bytes().toByteArray();
    const auto it = std::ranges::find_if(registered, [&](const Registered& r) {
        return !thumbprint.isEmpty() && thumbprint == (modern ? r.x5tS256 : r.x5t);
    });
    const Registered* found = it == registered.end() ? nullptr : &*it;
    QStringList known;
    for (const Registered& r : registered)
        known.append(QString::fromLatin1(modern ? r.x5tS256 : r.x5t));
    if (thumbprint.isEmpty() && isPreview(c, assertion)) {
        c.sheet.unknown({.id = u"keyId"_s, .title = u"Certificate"_s, .expected = known.join(u", "_s), .source = page()},
            u"The certificate is kept with its key and is not at hand before the request is signed."_s);
        return nullptr;
    }
    c.sheet.hold({.id = u"keyId"_s, .title = u"Certificate"_s,
                  .expected = found ? QString::fromLatin1(thumbprint) : known.isEmpty()
                  ? u"none is registered"_s : known.join(u", "_s),
                  .presented = thumbprint.isEmpty() ? u"no thumbprint"_s : QString::fromLatin1(thumbprint),
                  .relation = u"registered"_s, .fix
                  = u"Register this very certificate, or sign with the one that is registered."_s,
                  .presentedFrom = modern ? u"header x5t#S256"_s : u"header x5t"_s,
                  .expectedFrom = u"certificates of the application"_s, .source = page()},
                 found, aadsts(700027), sentence(aadsts(700027),
                     u"no registered certificate has this thumbprint"_s));
    return found;
}

void checkCertificateSignature(TokenCase& c, const jose::Jwt& assertion, const Registered* registered)
{
    base::Check check {.id = u"signature"_s, .title = u"Signature"_s,
                       .expected = u"the key of the registered certificate"_s,
                       .presented = assertion.header.root()["alg"].display(), .relation = u"holds"_s,
                       .fix = u"Sign with the private key of the registered certificate."_s,
                       .presentedFrom = u"signature of the client assertion"_s, .source = page()};
    if (isPreview(c, assertion)) {
        check.relation = u"It is signed when it is sent."_s;
        c.sheet.unknown(check, check.relation);
        return;
    }
    if (!registered) {
        c.sheet.unknown(std::move(check),
            u"Without a registered certificate there is no key to verify with."_s);
        return;
    }
    const auto key = jose::Key::fromPem(registered->credential->certificate.toLatin1());
    const jose::Algorithm* alg = jose::algorithm(assertion.header.root()["alg"].bytes());
    const bool holds = key && alg && jose::signatureHolds(assertion, *key, *alg);
    if (holds)
        c.sheet.hold(std::move(check), true, aadsts(700027));
    else
        c.sheet.refuse(std::move(check), u"The signature does not fit the certificate."_s, aadsts(700027),
                       sentence(aadsts(700027), u"it does not fit the certificate"_s));
}

/// A certificate that is over proves nothing, however well the signature fits. Entra looks at the registered one.
void checkCertificateTimes(TokenCase& c, const Registered& registered)
{
    const auto facts = jose::certificateFacts(jose::certificateDer(registered.credential->certificate.toLatin1()));
    if (!facts)
        return;
    const qint64 begin = base::epochSeconds(facts->notBefore), end = base::epochSeconds(facts->notAfter);
    const qint64 now = base::epochSeconds(c.now);
    const bool begun = begin <= now;
    const QString when = begun ? QString(u"The certificate ended on "_s + shownTime(end) + u'.')
                               : QString(u"The certificate begins on "_s + shownTime(begin) + u'.');
    base::Check check {.id = u"certificate.expiry"_s, .title = u"Certificate's time"_s,
                       .expected = begun ? QString(u"after "_s + shownTime(now)) : QString(u"not after "_s + shownTime(now)),
                       .presented = shownTime(begun ? end : begin), .relation = u"still valid"_s,
                       .fix = begun ? u"Make a new certificate, register it, and sign with it."_s
                                    : u"Compare the clocks, or sign with a certificate that has begun."_s,
                       .fixPointer = registered.credential->pointer + u"/certificate"_s,
                       .presentedFrom = u"registered certificate "_s + facts->subject,
                       .expectedFrom = u"clock of the receiver"_s, .source = u"RFC 5280, 4.1.2.5"_s};
    if (begun && now < end)
        c.sheet.hold(std::move(check), true, aadsts(700027));
    else
        c.sheet.refuse(std::move(check), when, aadsts(700027), sentence(aadsts(700027), u"the key of the certificate is not within its time"_s));
}

void checkParties(TokenCase& c, const jose::Jwt& assertion)
{
    const QString& clientId = c.decision.client->clientId;
    const CompareHints hints {.setup = &c.setup, .presenter = u"assertion"_s, .contract = u"application"_s,
                              .requestIsWrong = true};
    base::Check iss {.id = u"issuer"_s, .title = u"Issuer"_s,
                     .fix = u"Write the client id into iss and sub."_s, .fixValue = clientId,
                     .presentedFrom = u"claim iss"_s, .expectedFrom = u"client_id in the request"_s,
                     .source = u"RFC 7523, 3"_s};
    base::Check sub = iss;
    sub.id = u"subject"_s;
    sub.title = u"Subject"_s;
    sub.presentedFrom = u"claim sub"_s;
    c.sheet.add(compared(std::move(iss), assertion.text("iss"), clientId, hints), aadsts(50048));
    c.sheet.add(compared(std::move(sub), assertion.text("sub"), clientId, hints), aadsts(50048));
}

/// The names of this tenant's token endpoint and issuer that Entra takes as an audience.
QStringList audiencesFor(const setup::Tenant& tenant, const QString& segment)
{
    QStringList out;
    for (const QString& name : {tenant.id, tenant.domain, segment}) {
        if (name.isEmpty())
            continue;
        const QString base = tenant.authority + u'/' + name;
        out << base + u"/oauth2/v2.0/token"_s << base + u"/v2.0"_s << base + u"/oauth2/token"_s << base + u'/'
            << base;
    }
    if (!tenant.v1Issuer.isEmpty())
        out << tenant.issuerV1();
    return out;
}

void checkAudience(TokenCase& c, const jose::Jwt& assertion)
{
    if (!c.decision.tenant)
        return;
    base::Check check {.id = u"audience"_s, .title = u"Audience"_s,
                       .fix = u"Address the assertion to the token endpoint."_s,
                       .fixValue = c.decision.tenant->tokenEndpoint(), .presentedFrom = u"claim aud"_s,
                       .expectedFrom = u"address of the token endpoint"_s, .source = u"RFC 7523, 3"_s};
    const QStringList expected = audiencesFor(*c.decision.tenant, c.request.tenant);
    c.sheet.add(comparedWithAny(std::move(check), audiencesOf(assertion), expected,
                                {.presenter = u"assertion"_s, .contract = u"endpoint"_s}),
                aadsts(50012));
}

} // namespace

bool isSelfSigned(const jose::Jwt& assertion, const setup::App& client)
{
    const QString iss = assertion.text("iss");
    return iss == client.clientId || (assertion.isJwt() && !iss.contains("://"_L1)
        && assertion.text("sub") == client.clientId);
}

QString checkCertificate(TokenCase& c, const jose::Jwt& assertion)
{
    c.decision.authentication = ClientAuthentication::Certificate;
    c.sheet.begin(u"The token itself"_s);
    checkForm(c.sheet, assertion, demand());
    checkAlgorithm(c.sheet, assertion, demand());
    const QList<Registered> registered = registeredOf(*c.decision.client);
    const Registered* fitting = checkThumbprint(c, assertion, registered);
    checkCertificateSignature(c, assertion, fitting);
    if (fitting)
        checkCertificateTimes(c, *fitting);
    checkTimes(c.sheet, assertion, c.now, demand());
    c.sheet.begin(u"The client"_s);
    checkParties(c, assertion);
    checkAudience(c, assertion);
    if (!fitting)
        return {};
    return fitting->credential->name.isEmpty() ? u"certificate"_s : fitting->credential->name;
}

} // namespace trust
