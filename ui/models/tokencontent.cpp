// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencontent.h"

#include "core/base/text.h"
#include "core/chain/chain.h"
#include "core/http/redact.h"
#include "core/jose/base64url.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using base::Outcome;

namespace {

QList<OpaqueFact> opaqueFacts(const flow::Token& token, const chain::TokenSummary& summary, const flow::Flow& flow)
{
    const flow::Step* issued = flow.step(token.stepId);
    const QString issuer = issued ? issued->to.title : u"its issuer"_s;
    QList<OpaqueFact> facts;
    const auto add = [&](const QString& name, const QString& text, bool fixed = false) {
        if (!text.isEmpty())
            facts.append({name, base::visible(text), fixed});
    };
    add(u"What it is"_s, summary.kind);
    add(u"Why it cannot be read"_s, token.jwt.isJwe() ? u"It is encrypted to the key of its receiver."_s
                                                      : u"Opaque token. Only its issuer can read it; length, prefix and lifetime are all there is to see."_s);
    add(u"Prefix"_s, QString::fromLatin1(chain::prefixOf(token)), true);
    if (const qsizetype length = token.remains ? token.remains->hidden : token.raw.size())
        add(u"Length"_s, u"%1 characters"_s.arg(length));
    add(u"Fingerprint"_s, summary.fingerprint, true);
    add(u"Who can introspect it"_s, u"%1, which issued it. Nobody else needs to."_s.arg(issuer));
    // What is wrong with it as a JWT says something only where it means to be one.
    for (const QString& problem : token.raw.startsWith("eyJ") ? token.jwt.problems : QStringList {})
        add(u"Problem"_s, problem);
    return facts;
}

QString lifetimeText(const LifetimeFacts& facts)
{
    if (!facts.end)
        return u"end unknown"_s;
    const auto seconds = [](auto length) { return std::chrono::floor<std::chrono::seconds>(length); };
    if (facts.isOver())
        return u"ended %1 ago"_s.arg(base::duration(seconds(facts.now - *facts.end)));
    if (facts.begin && facts.now < *facts.begin)
        return u"begins in %1"_s.arg(base::duration(seconds(*facts.begin - facts.now)));
    const QString left = base::duration(seconds(*facts.end - facts.now)) + u" left"_s;
    return facts.begin ? QString(left + u" of " + base::duration(seconds(*facts.end - *facts.begin))) : left;
}

} // namespace

LifetimeFacts lifetimeFacts(const flow::Token& token, base::Instant now)
{
    LifetimeFacts facts {.now = now};
    facts.end = token.expires();
    facts.endName = token.jwt.claim("exp") ? u"exp"_s : u"expires_in"_s;
    facts.begin = token.notBefore();
    facts.beginName = token.jwt.claim("nbf") ? u"nbf"_s : token.jwt.claim("iat") ? u"iat"_s : u"received"_s;
    if (!facts.begin && token.received != base::Instant {})
        facts.begin = token.received;
    facts.text = lifetimeText(facts);
    return facts;
}

SignatureFacts signatureFacts(const flow::Token& token, const flow::Run& run, base::Instant now)
{
    const base::Check check = chain::signatureOf(token, run, now);
    SignatureFacts facts {.outcome = check.outcome, .text = base::visible(check.relation)};
    facts.length = token.remains ? token.remains->hidden : int(token.jwt.signaturePart.size());
    facts.alg = base::visible(token.jwt.header.root()["alg"].display());
    facts.kid = base::visible(token.jwt.header.root()["kid"].display());
    switch (check.outcome) {
    case Outcome::Pass:
    case Outcome::Warning: facts.word = u"Signature verified"_s; break;
    case Outcome::Fail: facts.word = u"Signature does not hold"_s; break;
    case Outcome::NotEvaluated: facts.word = u"Signature not checked"_s; break;
    }
    return facts;
}

/// As it came, but for private keys in header and claims.
static QByteArray beforeSignature(const jose::Jwt& jwt)
{
    const auto part = [](const QByteArray& written, const json::Document& read) {
        const QByteArray shown = http::shownClaims(read.source());
        return shown == read.source() ? written : jose::base64url(shown);
    };
    if (jwt.parts != 3)
        return jwt.raw.left(jwt.raw.lastIndexOf('.') + 1);
    return part(jwt.headerPart, jwt.header) + '.' + part(jwt.payloadPart, jwt.payload) + '.';
}

TokenContent tokenContent(const flow::Token& token, const setup::Setup& setup, const flow::Flow& flow, const flow::Run& run, base::Instant now)
{
    TokenContent content {.slot = token.slot, .stepId = token.stepId, .summary = chain::summary(token, setup)};
    content.lifetime = lifetimeFacts(token, now);
    content.raw = token.raw;
    content.whole = !token.remains;
    content.length = token.remains && token.isOpaque() ? token.remains->hidden : int(token.raw.size());
    content.isRefresh = token.use == flow::TokenUse::Refresh;
    if (token.isOpaque()) {
        content.opaque = opaqueFacts(token, content.summary, flow);
        return content;
    }
    content.rows = chain::claimRows(token, setup, now);
    content.fillers = chain::fillers(content.rows, flow);
    content.signature = signatureFacts(token, run, now);
    content.payload = http::shownClaims(token.jwt.payload.source());
    content.beforeSignature = beforeSignature(token.jwt);
    return content;
}

QString maskedSignature(const SignatureFacts& facts) { return u"hidden, %1 characters"_s.arg(facts.length); }

QString redactedToken(const TokenContent& content)
{
    if (!content.opaque.isEmpty())
        return u"[hidden, %1 characters, %2]"_s.arg(content.length).arg(content.summary.fingerprint);
    return QString::fromUtf8(content.beforeSignature) + u'[' + maskedSignature(content.signature) + u']';
}

QList<TokenChoice> tokensOf(const flow::Step& step, const flow::Run& run)
{
    QList<TokenChoice> choices;
    for (const flow::Yield& yield : step.yields)
        if (yield.token && run.token(yield.slot))
            choices.append({yield.slot, true});
    for (const flow::Evidence& evidence : step.presents)
        if (evidence.kind == flow::Evidence::Kind::Token && run.token(evidence.slot))
            choices.append({evidence.slot, false});
    return choices;
}
