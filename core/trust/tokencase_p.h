// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/entratoken.h"
#include "core/trust/scopes.h"
#include "core/trust/sheet_p.h"

namespace trust {

/// One token request while it is judged: what came in, what is known, and where the checks go. What is found out about it
/// is written into the decision as soon as it is certain.
struct TokenCase
{
    const setup::Setup& setup;
    const TokenRequest& request;
    const Knowledge& knowledge;
    base::Instant now;
    Sheet& sheet;
    TokenDecision& decision;

    QString text(QByteArrayView parameter) const { return QString::fromUtf8(request.form.value(parameter)); }
    bool has(QByteArrayView parameter) const { return !request.form.value(parameter).isEmpty(); }
};

/// The parameter is there: "900144" when it is not.
bool checkParameter(TokenCase& c, QByteArrayView name);

// clientauthentication.cpp: who the client is (client_id, or the user part of Basic) and whether it proves it. The
// contract that decided is returned: "mi-agents-prod", "secret", "child of the blueprint".
QString clientIdOf(const TokenRequest& request);
QString checkClientAuthentication(TokenCase& c);
// secret.cpp
QString checkSecret(TokenCase& c, QByteArrayView secret, const QString& from);
// certificate.cpp
bool isSelfSigned(const jose::Jwt& assertion, const setup::App& client);
QString checkCertificate(TokenCase& c, const jose::Jwt& assertion);
// agentrules.cpp
QString checkParent(TokenCase& c, const jose::Jwt& assertion);
void checkBlueprintRules(TokenCase& c, const ScopeRequest& scopes);

// One file a grant.
void checkCodeGrant(TokenCase& c);
void checkRefreshGrant(TokenCase& c);
void checkClientCredentials(TokenCase& c);
void checkOnBehalfOf(TokenCase& c);

// resources.cpp
/// Scopes name one known resource, and only names that exist there. Fills resource, scopes, openid, offline; where a user is
/// behind the request, ".default" is written out among the scopes.
void checkScopes(TokenCase& c, const ScopeRequest& scopes);
// consent.cpp
/// From best to worst: several scopes are in the state of the worst of them. No scope at all is Missing.
enum class ConsentState { Granted, Inherited, Asked, Unknown, Missing, Refused };
ConsentState consentState(const setup::Setup& setup, const setup::App& client, const setup::App& resource, const QStringList& names,
    const QString& userObjectId, const Knowledge& knowledge);
void checkConsent(TokenCase& c);

} // namespace trust
