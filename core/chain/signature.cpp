// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chain.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

base::Check notChecked(const QString& why)
{
    return {.id = u"signature"_s, .title = u"Signature"_s, .outcome = base::Outcome::NotEvaluated, .relation = why};
}

/// Entra hashes the nonce into what it signs: nobody but Graph can check such a token (entra.md, 2.6).
bool isForGraphAlone(const jose::Jwt& jwt) { return jwt.header.root()["nonce"].isString(); }

base::Check checked(const flow::Token& token, const flow::FetchedKeys& fetched, base::Instant now)
{
    const jose::Verification verification = jose::verify(token.jwt, fetched.keys, {.now = now});
    const auto found = std::ranges::find(verification.checks, u"signature"_s, &base::Check::id);
    if (found == verification.checks.end())
        return notChecked(u"Nothing was compared."_s);
    base::Check check = *found;
    const QString source = u"from the issuer's key set, fetched %1, never from the token's own header"_s.arg(base::toClock(fetched.fetched).left(5));
    if (check.outcome == base::Outcome::Fail)
        check.relation = check.relation.isEmpty() ? source : QString(check.relation + u"; key " + source);
    else if (check.outcome != base::Outcome::NotEvaluated)
        check.relation = source;
    return check;
}

} // namespace

base::Check signatureOf(const flow::Token& token, const flow::Run& run, base::Instant now)
{
    if (token.remains)
        return token.remains->signature.value_or(notChecked(u"The signature was removed before this file was made, and what it was checked with is not told."_s));
    const auto fetched = run.keys.constFind(token.jwt.text("iss"));
    if (isForGraphAlone(token.jwt))
        return notChecked(u"Graph tokens carry a nonce in the header and are meant for Graph alone."_s);
    if (fetched == run.keys.cend())
        return notChecked(u"No key set of this issuer was fetched in this run."_s);
    return fetched->problem.isEmpty() ? checked(token, *fetched, now) : notChecked(fetched->problem);
}

QByteArray prefixOf(const flow::Token& token)
{
    if (token.remains)
        return token.remains->prefix;
    const qsizetype dash = token.raw.left(16).lastIndexOf('-');
    return dash > 0 && dash < token.raw.size() / 4 ? token.raw.left(dash + 1) : QByteArray();
}

} // namespace chain
