// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "graphtoken.h"

#include "core/jose/base64url.h"
#include "core/trust/audience.h"

using namespace Qt::StringLiterals;

namespace trust {

bool hasHeaderNonce(const jose::Jwt& token)
{
    return token.header.root()["nonce"].isString();
}

QByteArray graphSigningInput(const jose::Jwt& token)
{
    if (!hasHeaderNonce(token))
        return token.signingInput().toByteArray();
    const QByteArray hash = jose::base64url(jose::sha256(token.header.root()["nonce"].bytes()));
    const QByteArray quoted = '"' + hash + '"';
    const auto header = token.header.with(u"/nonce", quoted);
    return jose::base64url(header ? header->source() : token.header.source()) + '.' + token.payloadPart;
}

void checkGraphSignature(Sheet& sheet, const jose::Jwt& token, const QString& issuer,
    const Knowledge& knowledge, const TokenDemand& demand)
{
    Sheet attempt({});
    checkSignatureOver(attempt, token, graphSigningInput(token), issuer, knowledge, demand);
    base::Check check = attempt.checks().value(0);
    const bool open = check.outcome == base::Outcome::NotEvaluated || (check.outcome == base::Outcome::Fail
        && !knowledge.receiver);
    if (open)
        sheet.unknown(std::move(check),
            u"Signature not checked: Graph tokens carry a nonce in the header and are meant for Graph alone."_s);
    else
        sheet.add(std::move(check), *demand.signature);
}

} // namespace trust
