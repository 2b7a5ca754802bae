// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/jwt.h"
#include "core/trust/knowledge.h"
#include "core/trust/sheet_p.h"

#include <span>

namespace trust {

/// How a check ends that needs what is not known here: it leaves a decision open, but in a mere comparison of a token
/// with a contract it only says so.
enum class Unknowns { LeaveOpen, Mention };

/// What is demanded of a token whoever it is for, and what is answered when it does not hold.
struct TokenDemand
{
    QString word {};                         ///< "client assertion", "token": for titles and sentences
    QStringList algorithms {};               ///< accepted `alg`; empty: whatever the key allows
    std::chrono::seconds leeway {300};
    bool textTimes = false;                  ///< times written as JSON strings are read as well
    bool ownClock = false;                   ///< a prediction about a token that the receiver issued by its own clock
    const Answer* form = nullptr;
    const Answer* algorithm = nullptr;
    const Answer* key = nullptr;             ///< the issuer's keys cannot be had
    const Answer* signature = nullptr;
    const Answer* time = nullptr;
    QString keysFrom = QStringLiteral("key set of the issuer");
    QString keyMissing = QStringLiteral("The issuer publishes no key with this id.");
    QString source {};
    Unknowns unknowns = Unknowns::LeaveOpen;
};

/// Three parts, two JSON objects, no member twice, nothing critical; signed by something, where no algorithms are listed.
void checkForm(Sheet& sheet, const jose::Jwt& token, const TokenDemand& demand);
void checkAlgorithm(Sheet& sheet, const jose::Jwt& token, const TokenDemand& demand);
/// Signature by the keys of `issuer`. `trusted` is false when no contract names that issuer: then nobody looks for keys.
void checkSignature(Sheet& sheet, const jose::Jwt& token, const QString& issuer, bool trusted, const Knowledge& knowledge,
    const TokenDemand& demand);
/// The same over other bytes than the token's own (Graph).
void checkSignatureOver(Sheet& sheet, const jose::Jwt& token, QByteArrayView input, const QString& issuer,
    const Knowledge& knowledge, const TokenDemand& demand);
/// A token that is bound to a key (`cnf`) is nobody's bearer token (entra.md 9): refused as one, or left open with the reason
/// where it is not known how it is presented. No check for a token that is not bound.
enum class Presented { AsBearer, Unknown };
void checkBinding(Sheet& sheet, const jose::Jwt& token, Presented how, const TokenDemand& demand);
/// `exp` and `nbf` against the clock.
void checkTimes(Sheet& sheet, const jose::Jwt& token, base::Instant now, const TokenDemand& demand);

/// A NumericDate in whole seconds; a JSON string of digits only when `fromText`.
std::optional<qint64> secondsIn(const json::Value& value, bool fromText = false);
/// "2027-01-15T08:00:00Z", or the number where no calendar has it.
QString shownTime(qint64 seconds);
/// A claim that has to be a text (`aud`: or a list of texts) and is something else: the check then refuses, showing it as it
/// stands, and there is nothing to compare. False for one that is a text, and for one that is not there.
bool refusedAsNoText(base::Check& check, const json::Value& claim, const QString& expected);
/// `aud`: one text or an array of texts.
QStringList audiencesOf(const jose::Jwt& token);
/// `azp` (v2) or `appid` (v1).
QString callerOf(const jose::Jwt& token);
/// Whether the issuer is a tenant of Entra: its URL holds the token's own `tid`.
bool isEntraIssued(const jose::Jwt& token);
/// The tenant whose v1 or v2 issuer this is.
const setup::Tenant* tenantOfIssuer(const setup::Setup& setup, QStringView issuer);

} // namespace trust
