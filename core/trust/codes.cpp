// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "codes.h"

#include "core/trust/sheet_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// Sorted by number. Sources: Microsoft "Entra authentication and authorization error codes"; the federation
// codes from
// the workload identity troubleshooting pages. `false`: seen in traces only, or its class is not promised.
constexpr std::array rows {
    Answer {50000, 400, "server_error", "The request could not be carried out."},
    Answer {50001, 400, "invalid_resource", "The resource '{presented}' is disabled."},
    Answer {50011, 400, "invalid_request",
        "The redirect URI '{presented}' is not registered for this application."},
    Answer {50012, 401, "invalid_client",
        "The audience of the client assertion is '{presented}', not this token endpoint."},
    Answer {50013, 400, "invalid_grant",
        "The assertion is not valid: its issuer or its signature does not fit."},
    Answer {50027, 400, "invalid_request", "The token presented is not a well-formed JWT.", "", false},
    Answer {50034, 400, "invalid_grant", "The user '{presented}' is not in this tenant."},
    Answer {50048, 401, "invalid_client", "The subject of the client assertion differs from its issuer.", "",
        false},
    Answer {50173, 400, "invalid_grant", "The grant was revoked. A fresh sign-in is needed."},
    Answer {50194, 400, "invalid_request",
        "This application belongs to one tenant and cannot be used at '{presented}'.", "", false},
    Answer {54005, 400, "invalid_grant", "The authorization code was redeemed before. It is good once."},
    Answer {65001, 400, "invalid_grant", "Nobody consented to '{presented}' for this application.",
        "consent_required"},
    Answer {65004, 400, "access_denied", "Consent to '{presented}' is refused for this application."},
    Answer {70000, 400, "invalid_grant", "The grant presented is not valid."},
    Answer {70003, 400, "unsupported_grant_type", "The grant type '{presented}' is not supported."},
    Answer {70008, 400, "invalid_grant", "The authorization code expired."},
    Answer {70011, 400, "invalid_scope", "The scope '{presented}' is not valid."},
    Answer {70025, 401, "invalid_client", "The application has no federated credential."},
    Answer {82001, 400, "unauthorized_client",
        "An agent blueprint gets no app-only token for the resource '{presented}'.", "", false},
    Answer {82002, 400, "unauthorized_client", "An agent blueprint cannot act on behalf of a user itself.",
        "", false},
    Answer {82007, 400, "unauthorized_client", "Agent objects do not sign in interactively.", "", false},
    Answer {82008, 400, "invalid_request",
        "An agent blueprint that asks for an exchange token has to name the agent in fmi_path.", "", false},
    Answer {90002, 400, "invalid_request", "The tenant '{presented}' was not found.", "", false},
    Answer {240002, 400, "invalid_grant", "An id token is not usable as the assertion of a grant.", "",
        false},
    Answer {500011, 400, "invalid_resource", "The resource '{presented}' was not found in the tenant."},
    Answer {500131, 400, "invalid_grant",
        "The assertion is meant for '{presented}', not for the application that presents it ('{expected}')."},
    Answer {500133, 400, "invalid_grant", "The assertion is not within its time: {presented}."},
    Answer {501481, 400, "invalid_grant", "The code verifier does not match the code challenge."},
    Answer {501491, 400, "invalid_request", "The code challenge does not have 43 characters.", "", false},
    Answer {501661, 400, "invalid_request", "The assertion cannot be verified with the keys of its issuer.",
        "", false},
    Answer {700005, 400, "invalid_grant", "The authorization code is for another tenant."},
    Answer {700016, 400, "unauthorized_client",
        "No application with the id '{presented}' is in the tenant '{expected}'."},
    Answer {700022, 400, "invalid_scope", "The scopes name more than one resource: {presented}.", "", false},
    Answer {700023, 400, "invalid_scope", "The scopes name no resource.", "", false},
    Answer {700024, 401, "invalid_client", "The client assertion is not within its time: {presented}."},
    Answer {700025, 401, "invalid_client",
        "A public client sends neither client_secret nor client_assertion."},
    Answer {700027, 401, "invalid_client",
        "The signature of the client assertion does not hold: {presented}."},
    Answer {700054, 400, "unsupported_response_type",
        "The response type '{presented}' is not enabled for this application."},
    Answer {700082, 400, "invalid_grant", "The refresh token expired."},
    Answer {700211, 401, "invalid_client",
        "No federated credential of this application has the issuer '{presented}'."},
    Answer {700212, 401, "invalid_client",
        "No federated credential of this application has the audience '{presented}'.", "", false},
    Answer {700213, 401, "invalid_client",
        "No federated credential of this application has the subject '{presented}'."},
    Answer {700214, 401, "invalid_client",
        "The audience of the federated credential has to be the URI of the exchange audience.", "", false},
    Answer {700226, 401, "invalid_client",
        "Of the tokens Entra issues, only those of managed identities are accepted as a credential.", "",
            false},
    Answer {700227, 401, "invalid_client",
        "The token has an issuer form that is not accepted as a credential: '{presented}'.", "", false},
    Answer {700229, 401, "invalid_client",
        "A user's token is not accepted as a credential, only an app-only one.", "", false},
    Answer {700231, 401, "invalid_client",
        "The token was itself obtained by federation. Federation is not chained.", "", false},
    Answer {900144, 400, "invalid_request", "The request has no parameter '{expected}'."},
    Answer {901002, 400, "invalid_request",
        "The parameter 'resource' names '{presented}', the scopes name another resource.", "", false},
    Answer {7000112, 400, "unauthorized_client", "The application '{presented}' is disabled."},
    Answer {7000113, 400, "invalid_grant", "The assertion is an app-only token. On-behalf-of needs a user's.",
        "", false},
    Answer {7000215, 401, "invalid_client",
        "The client secret is wrong. It has to be the secret's value, not its id."},
    Answer {7000216, 401, "invalid_client", "The request has neither client_assertion nor client_secret."},
    Answer {7000218, 401, "invalid_client",
        "The request body has to contain client_assertion or client_secret."},
    Answer {7000222, 401, "invalid_client", "The client secret expired."},
    Answer {7002121, 401, "invalid_client",
        "The token was issued for '{presented}', and no federated credential of this application has that audience.", "", false},
    Answer {7002137, 401, "invalid_client", "No match for the exchange subject '{presented}'.", "", false},
    Answer {7002138, 401, "invalid_client",
        "The subject '{presented}' fits a federated credential only when case is ignored.", "", false},
    Answer {9000411, 400, "invalid_request",
        "The parameter '{presented}' stands more than once in the request.", "", false},
    Answer {9001023, 400, "invalid_request",
        "This grant is not available at '{presented}'. Name the tenant."},
    Answer {9002313, 400, "invalid_request", "The request is malformed: {presented}."},
    Answer {9002325, 400, "invalid_request",
        "A public client has to send a code challenge with the method S256.", "", false},
};

static_assert(std::ranges::is_sorted(rows, {}, &Answer::aadsts));

} // namespace

const Answer& aadsts(int number)
{
    const auto it = std::ranges::lower_bound(rows, number, {}, &Answer::aadsts);
    return it != rows.end() && it->aadsts == number ? *it : rows.front();
}

base::Refusal refusal(int number)
{
    const Answer& row = aadsts(number);
    return {.status = row.status,
            .error = QString::fromLatin1(row.error),
            .code = u"AADSTS"_s + QString::number(row.aadsts),
            .text = QString::fromUtf8(row.text),
            .suberror = QString::fromLatin1(row.suberror)};
}

} // namespace trust
