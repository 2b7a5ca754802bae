// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencase_p.h"

#include "core/trust/basic_p.h"
#include "core/trust/codes.h"
#include "core/trust/federated_p.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr QByteArrayView assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

const QString& section23()
{
    static const QString text = u"RFC 6749, 2.3"_s;
    return text;
}

base::Check methodCheck(QString presented, QString expected)
{
    return {.id = u"client.authentication"_s, .title = u"Client authentication"_s,
            .expected = std::move(expected),
            .presented = std::move(presented), .presentedFrom = u"request"_s,
            .expectedFrom = u"kind of the application"_s,
            .source = section23()};
}

QString missing(TokenCase& c)
{
    base::Check check = methodCheck(u"none"_s, u"client_secret or client_assertion"_s);
    check.fix = c.decision.client->kind == setup::AppKind::Agent
        ? u"Send the exchange token of the blueprint as client_assertion."_s
                                                                 : u"Send the application's credential."_s;
    c.sheet.hold(std::move(check), false, aadsts(c.decision.grant == Grant::ClientCredentials ? 7000216
        : 7000218));
    return {};
}

QString asPublic(TokenCase& c, bool hasCredential)
{
    base::Check check = methodCheck(hasCredential ? u"a credential"_s : u"none"_s, u"none"_s);
    check.relation = u"a public client proves nothing"_s;
    check.fix = u"Leave client_secret and client_assertion out."_s;
    c.sheet.hold(std::move(check), !hasCredential, aadsts(700025));
    if (c.decision.grant == Grant::ClientCredentials && !hasCredential)
        return missing(c);
    return c.decision.client->displayName;
}

void checkOnlyOne(TokenCase& c, int methods)
{
    if (methods < 2)
        return;
    base::Check check = methodCheck(u"more than one credential"_s, u"one credential"_s);
    check.id = u"client.method"_s;
    check.fix = u"Send one credential."_s;
    c.sheet.hold(std::move(check), false, aadsts(9002313));
}

void checkAssertionType(TokenCase& c)
{
    if (!checkParameter(c, "client_assertion_type"))
        return;
    base::Check check {.id = u"client_assertion_type"_s, .title = u"Assertion type"_s,
                       .expected = QString::fromLatin1(assertionType),
                       .presented = c.text("client_assertion_type"), .relation = u"equal"_s,
                       .fix = u"Send the type of RFC 7523."_s, .fixValue = QString::fromLatin1(assertionType),
                       .presentedFrom = u"client_assertion_type in the request"_s,
                       .source = u"RFC 7523, 2.2"_s};
    const bool holds = c.request.form.value("client_assertion_type") == assertionType;
    c.sheet.hold(std::move(check), holds, aadsts(9002313));
}

QList<setup::Credential> federatedOf(const setup::App& app)
{
    QList<setup::Credential> out;
    for (const setup::Credential& credential : app.credentials)
        if (credential.type == setup::CredentialType::Federated)
            out.append(credential);
    return out;
}

QString byFederation(TokenCase& c, const jose::Jwt& assertion)
{
    c.decision.authentication = ClientAuthentication::Federated;
    const QList<setup::Credential> credentials = federatedOf(*c.decision.client);
    const FederatedMatch match
        = checkFederated(c.sheet, assertion, credentials, &c.setup, c.knowledge, c.now, Unknowns::LeaveOpen);
    c.decision.verdict.closest = match.closest;
    c.decision.assertedIdentity = c.setup.managedIdentityByObjectId(assertion.text("oid"));
    return match.credential ? match.credential->name : QString();
}

QString byAssertion(TokenCase& c)
{
    checkAssertionType(c);
    const jose::Jwt assertion = jose::decode(c.request.form.value("client_assertion"));
    if (c.decision.client->kind == setup::AppKind::Agent)
        return checkParent(c, assertion);
    return isSelfSigned(assertion, *c.decision.client) ? checkCertificate(c, assertion)
        : byFederation(c, assertion);
}

} // namespace

QString clientIdOf(const TokenRequest& request)
{
    const QByteArray id = request.form.value("client_id");
    if (!id.isEmpty())
        return QString::fromUtf8(id);
    const auto basic = readBasic(request.authorization);
    return basic ? QString::fromUtf8(basic->user) : QString();
}

QString checkClientAuthentication(TokenCase& c)
{
    const auto basic = readBasic(c.request.authorization);
    const bool hasSecret = c.has("client_secret"), hasAssertion = c.has("client_assertion");
    const int methods = int(basic.has_value()) + int(hasSecret) + int(hasAssertion);
    if (c.decision.client->kind == setup::AppKind::Public)
        return asPublic(c, methods > 0);
    checkOnlyOne(c, methods);
    if (hasAssertion)
        return byAssertion(c);
    if (hasSecret)
        return checkSecret(c, c.request.form.value("client_secret"), u"client_secret in the request"_s);
    if (!basic)
        return missing(c);
    const bool sameClient = QString::fromUtf8(basic->user) == c.decision.client->clientId;
    if (!sameClient)
        c.sheet.hold(methodCheck(QString::fromUtf8(basic->user), c.decision.client->clientId), false,
            aadsts(9002313));
    return checkSecret(c, basic->password, u"Authorization header, Basic"_s);
}

} // namespace trust
