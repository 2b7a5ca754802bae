// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/clock.h"
#include "core/flow/step.h"
#include "core/http/exchange.h"
#include "core/jose/jwt.h"

#include <QHash>

namespace flow {

/// What came along with a token whose secret parts were removed before it got here: read from a saved run.
struct Remains
{
    QByteArray fingerprint {};   ///< of the whole token
    int hidden = 0;              ///< characters removed: the signature, or all of an opaque token; 0: not told
    QByteArray prefix {};        ///< of an opaque token: "sk-ant-oat01-"
    std::optional<base::Check> signature {}; ///< as it was checked while it was whole
};

/// A token as it was received, decoded but not believed.
struct Token
{
    QString slot {};             ///< "T1"
    TokenUse use = TokenUse::Access;
    QString stepId {};           ///< where it was issued
    Party speaker {};            ///< to whom
    QByteArray raw {};
    jose::Jwt jwt {};            ///< isJwt() is false for opaque tokens
    std::optional<qint64> expiresIn {}; ///< seconds, from the reply
    base::Instant received {};
    std::optional<Remains> remains {}; ///< empty where the token is whole

    QByteArray fingerprint() const; ///< first 16 hex digits of SHA-256 of the whole token
    bool isOpaque() const { return !jwt.isJwt(); }
    std::optional<base::Instant> notBefore() const;
    std::optional<base::Instant> expires() const;  ///< exp, else received + expiresIn
};

/// Where a value of a request came from, for the wire view.
struct Origin
{
    enum class Part { Url, Query, Header, Body } part {};
    QByteArray name {};
    QString from {};             ///< "setup", "T1", "made here", "keychain", "protocol", "step 2"
    QString pointer {};          ///< into the setup, when from there
};

enum class StepState { NotReached, Waiting, Sending, Accepted, Refused, Failed, Skipped };

/// What the receiver really said, in its own words.
struct Observed
{
    base::Decision decision = base::Decision::NotEvaluated;
    int status = 0;
    QString error {};            ///< "invalid_client"
    QString code {};             ///< "AADSTS7002138"
    QString text {};             ///< description as received
    QString requestId {};        ///< of the answer's headers
};

struct StepRecord
{
    QString stepId {};
    StepState state = StepState::NotReached;
    http::Exchange exchange {};  ///< live data; redact before showing
    QList<Origin> origins {};
    QList<Token> tokens {};
    QHash<QString, QByteArray> values {}; ///< other yields by slot
    QStringList missing {};      ///< what the reply should have held and did not
    QList<base::Check> checks {};///< this client's own demands on the answer
    std::optional<base::Verdict> predicted {}; ///< before sending
    std::optional<base::Verdict> truth {};     ///< lab only: the receiver's own verdict
    QString note {};             ///< lab only: what the authentication history says and the wire does not
    Observed observed {};
    std::optional<base::Error> error {}; ///< the request could not be built, the sign-in was cancelled, ...
};

/// Keys fetched for an issuer during a run.
struct FetchedKeys
{
    jose::KeySet keys {};
    QString url {};
    base::Instant fetched {};
    QString problem {};          ///< why there are none
};

/// The record of executing a flow, whoever made it.
struct Run
{
    QString setupId {};
    QString flowId {};
    QString against {};          ///< "lab", "live", "file"
    QList<StepRecord> records {};///< in the order they happened; the last one of a step counts
    QHash<QString, FetchedKeys> keys {}; ///< by issuer

    const StepRecord* record(QStringView stepId) const; ///< the latest
    StepState state(QStringView stepId) const;
    const Token* token(QStringView slot) const;         ///< the latest
    const jose::KeySet* keysOf(const QString& issuer) const;
};

/// The record of an answered exchange: picks tokens and values out of the body, decodes them, remembers what was missing,
/// reads error bodies of any usual shape, checks the step's expectations. Pure.
struct Ingredients;
StepRecord collect(const Step& step, http::Exchange exchange, const Ingredients& known);

/// OAuth, OpenID and API error bodies, whatever their shape (RFC 6749 5.2, {"error":{...}}, problem+json).
Observed observe(const http::Exchange& exchange);
/// A vendor's code at the beginning of a description: "AADSTS700213: ..." gives "AADSTS700213".
QString errorCode(const QString& description);

} // namespace flow
