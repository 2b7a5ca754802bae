// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "run.h"

#include <algorithm>

namespace flow {

namespace {

std::optional<base::Instant> timeClaim(const jose::Jwt& jwt, QByteArrayView name)
{
    const auto seconds = jwt.claim(name).integer();
    if (!seconds || *seconds < 0 || *seconds > 253402300799) // year 9999, the end of RFC 3339
        return std::nullopt;
    return base::fromEpochSeconds(*seconds);
}

} // namespace

QByteArray Token::fingerprint() const { return remains ? remains->fingerprint : jose::fingerprint(raw); }

std::optional<base::Instant> Token::notBefore() const
{
    if (isOpaque())
        return received;
    const auto nbf = timeClaim(jwt, "nbf");
    return nbf ? nbf : timeClaim(jwt, "iat");
}

std::optional<base::Instant> Token::expires() const
{
    if (!isOpaque())
        if (const auto exp = timeClaim(jwt, "exp"))
            return exp;
    if (!expiresIn)
        return std::nullopt;
    return received + std::chrono::seconds {*expiresIn};
}

const StepRecord* Run::record(QStringView stepId) const
{
    const auto it = std::find_if(records.rbegin(), records.rend(), [&](const StepRecord& r) { return r.stepId == stepId; });
    return it == records.rend() ? nullptr : &*it;
}

StepState Run::state(QStringView stepId) const
{
    const StepRecord* found = record(stepId);
    return found ? found->state : StepState::NotReached;
}

const Token* Run::token(QStringView slot) const
{
    for (auto record = records.rbegin(); record != records.rend(); ++record)
        for (const Token& token : record->tokens)
            if (token.slot == slot)
                return &token;
    return nullptr;
}

const jose::KeySet* Run::keysOf(const QString& issuer) const
{
    const auto it = keys.constFind(issuer);
    return it == keys.constEnd() || it->keys.keys.isEmpty() ? nullptr : &it->keys;
}

} // namespace flow
