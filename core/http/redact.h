// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/exchange.h"

namespace http {

/// What stands where a secret stood: "[hidden, 214 characters, 9c41e07a]". The short hash is keyed per
/// process, so equal values look equal within one session and cannot be guessed from the mark.
QString redactionMark(QByteArrayView secret);

/// How a value under that name is treated.
enum class Sensitivity { Open, Token, Secret };
/// By parameter, header, JSON member or cookie name: client_secret, code, code_verifier, assertion, *_token,
/// password, Authorization, Cookie, Set-Cookie, X-IDENTITY-HEADER, x-api-key, SAMLResponse, ... any case, "-"
/// and "_" alike.
Sensitivity sensitivity(QByteArrayView name);
/// Whether a bare value looks like a secret whatever it is called: a JWT, sk-ant-..., AKIA/ASIA..., ghp_...,
/// an Entra client secret, a PEM private key, a long random string.
bool looksSecret(QByteArrayView value);

/// The exchange as it may be shown and exported: query, fragment, form, JSON, HTML form fields, headers,
/// cookies. JWTs keep header and payload and lose the signature: "eyJ….eyJ….[hidden, 342 characters, 0b9d…]"
/// when keepClaims, else become a mark. Live data is never redacted in place.
Exchange redacted(const Exchange& exchange, bool keepClaims = true);
/// A token's header or claims as they may be shown, or one claim under its name: as they are, but that the private members
/// of a JWK in them (`jwk` of RFC 7515 section 4.1.3, `cnf` of RFC 7800) are marks, and the tokens and secrets that some
/// issuers put into claims. A token in a claim keeps what it says. A JSON text; what is none comes back unchanged.
QByteArray shownClaims(QByteArrayView json, QByteArrayView name = {});
QByteArray redactedBody(QByteArrayView body, QByteArrayView contentType, bool keepClaims = true);
/// Free text with the secrets in it replaced: log lines, error descriptions, URLs.
QString redactedText(const QString& text);

} // namespace http
