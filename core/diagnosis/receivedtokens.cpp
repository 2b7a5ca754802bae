// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/receivedtokens_p.h"

#include "core/base/text.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/visit_p.h"
#include "core/jose/jwt.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Outcome;
using base::Severity;

/// Tokens for Microsoft's own APIs carry a nonce in the header and cannot be checked by others
/// (entra.md 2.6).
bool canBeChecked(const flow::Token& token) { return token.jwt.isJwt() && !token.jwt.header.root()["nonce"]; }

/// A receiver that refused for the signature says it at a better place: beside the other checks.
bool isRefusedForSignature(const Case& c)
{
    bool refused = false;
    forSteps(c, [&](const flow::Step&, const flow::StepRecord& record) {
        for (const auto* verdict : {&record.truth, &record.predicted})
            if (record.state == flow::StepState::Refused && *verdict)
                refused = refused || std::ranges::any_of((*verdict)->checks, [](const base::Check& check) {
                    return check.id == u"signature" && check.outcome == Outcome::Fail;
                });
    });
    return refused;
}

/// Why an issuer's keys are of no use; empty when they are.
QString whyNoKeys(const flow::FetchedKeys& fetched)
{
    if (!fetched.problem.isEmpty())
        return base::visible(fetched.problem);
    return fetched.keys.keys.isEmpty() ? u"The key set holds no key."_s : QString();
}

/// What is wrong with the signature of a token; nothing when it holds.
std::optional<Words> signatureFault(const flow::Token& token, const jose::KeySet& keys, base::Instant now)
{
    const QList<base::Check> checks = jose::verify(token.jwt, keys, {.now = now}).checks;
    const auto is = [&](QStringView id, Outcome outcome) {
        return std::ranges::any_of(checks, [&](const base::Check& check) { return check.id == id && check.outcome == outcome; });
    };
    const json::Value kid = token.jwt.header.root()["kid"];
    if (kid.isString() && !keys.find(kid.bytes()) && !is(u"algorithm", Outcome::Fail) && is(u"signature", Outcome::NotEvaluated))
        return Words {.title = u"%1: the signature could not be checked"_s.arg(token.slot),
            .text = u"There is no such key: the issuer's key set holds none with the id %1 that the token names. Who signed it is not known."_s.arg(base::elidedMiddle(base::visible(kid.text()), 90)),
            .fix = u"Do not use it. Read the issuer's keys again: after a change of keys the new one comes late. When it stays, the token is not the issuer's."_s};
    if (is(u"signature", Outcome::Fail) || is(u"algorithm", Outcome::Fail) || is(u"key", Outcome::Fail))
        return Words {.object = token.slot};
    return std::nullopt;
}

} // namespace

void badSignature(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    if (isRefusedForSignature(c))
        return;
    QStringList withoutKeys;
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        for (const flow::Token& token : record.tokens) {
            const QString issuer = token.jwt.text("iss");
            const auto fetched = c.run->keys.constFind(issuer);
            if (!canBeChecked(token) || fetched == c.run->keys.cend() || withoutKeys.contains(issuer))
                continue;
            const base::Place place {.step = step.id, .part = u"token:"_s + token.slot, .claim = u"signature"_s};
            if (const QString why = whyNoKeys(*fetched); !why.isEmpty()) {
                withoutKeys.append(issuer); // of each issuer once
                out.append(finding(rule, Severity::Error,
                    {.title = u"%1: the signatures of its tokens could not be checked"_s.arg(base::elidedMiddle(base::visible(issuer), 90)),
                        .text = u"Its keys were asked for at %1. %2 Who signed the tokens is not known."_s.arg(base::elidedMiddle(base::visible(fetched->url), 200), why),
                        .fix = u"Do not use them. Make the issuer's key set readable for this client (jwks_uri in its metadata), then walk again."_s},
                    place));
            } else if (const auto fault = signatureFault(token, fetched->keys, c.now)) {
                out.append(finding(rule, Severity::Error, *fault, place));
            }
        }
    });
}

void outsideItsTime(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        for (const base::Check& check : record.checks)
            if (check.outcome == Outcome::Fail && check.id.startsWith(u"lifetime."_s))
                out.append(finding(rule, Severity::Error,
                    {.title = u"%1: by this client's clock the token is not within its time"_s.arg(check.title),
                        .text = u"The token says %1, this client expects %2. It was not used."_s.arg(base::visible(check.presented), check.expected), .fix = check.fix},
                    {.step = step.id, .part = u"match"_s, .claim = check.id}));
    });
}

} // namespace diagnosis
