// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenexchange_p.h"

#include "core/trust/assertion_p.h"
#include "core/trust/audience.h"
#include "core/trust/compare.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

CompareHints hintsFor(const ExchangeCase& c, const jose::Jwt& token)
{
    return {.setup = &c.setup, .receiver = u"The server compares letter by letter."_s, .contract = u"server"_s,
            .azp = callerOf(token), .oid = token.text("oid")};
}

/// A broker exchanges its own tokens alone; workloads come to it with a grant (downstream.md 4.1).
bool isOwnTokens(const ExchangeCase& c, const PresentedToken& part)
{
    return c.target.kind == "broker"_L1 && QByteArrayView(part.parameter) == "subject_token";
}

QStringList issuersFor(const ExchangeCase& c, const PresentedToken& part)
{
    return isOwnTokens(c, part) ? QStringList {c.target.url} : validIssuersOf(c.setup, c.target);
}

/// A JWT grant may also be addressed to the server itself, by its issuer (RFC 7523 section 3, item 3).
QStringList audiencesFor(const ExchangeCase& c, const PresentedToken& part)
{
    if (isOwnTokens(c, part))
        return {c.target.audience};
    QStringList all = validAudiencesOf(c.setup, c.target);
    if (QByteArrayView(part.parameter) == "assertion")
        all += c.target.url;
    return all;
}

bool checkIssuer(ExchangeCase& c, const PresentedToken& part, const jose::Jwt& token)
{
    CompareHints hints = hintsFor(c, token);
    hints.issuer = true;
    const QStringList issuers = issuersFor(c, part);
    base::Check check {.id = u"issuer"_s, .title = u"Issuer"_s,
                       .fixPointer = c.target.validIssuers.isEmpty() ? QString() : QString(c.target.pointer + u"/validIssuers/-"_s),
                       .presentedFrom = u"claim iss"_s, .expectedFrom = u"issuers the server trusts"_s,
                       .source = u"RFC 8693, 2.1; RFC 7519, 4.1.1"_s};
    return c.sheet.add(comparedWithAny(std::move(check), {token.text("iss")}, issuers, hints), *part.answer);
}

void checkAudience(ExchangeCase& c, const PresentedToken& part, const jose::Jwt& token)
{
    CompareHints hints = hintsFor(c, token);
    hints.audience = true;
    base::Check check {.id = u"audience"_s, .title = u"Audience"_s,
                       .fixPointer = c.target.validAudiences.isEmpty() ? QString() : QString(c.target.pointer + u"/validAudiences/-"_s),
                       .presentedFrom = u"claim aud"_s, .expectedFrom = u"audiences the server takes tokens of"_s,
                       .source = u"RFC 7519, 4.1.3"_s};
    c.sheet.add(comparedWithAny(std::move(check), audiencesOf(token), audiencesFor(c, part), hints), *part.answer);
}

int fitting(const json::Value& row, const jose::Jwt& token)
{
    int count = 0;
    for (json::Value claim = row.first(); claim; claim = claim.next())
        count += token.text(claim.key()) == claim.text() ? 1 : 0;
    return count;
}

/// The row that fits best; with none that fits whole its differences are the nearest ones.
json::Value nearestRow(const json::Value& list, const jose::Jwt& token)
{
    json::Value best = list.first();
    const auto missing = [&](const json::Value& row) { return int(row.size()) - fitting(row, token); };
    for (json::Value row = list.first(); row; row = row.next())
        if (missing(row) < missing(best))
            best = row;
    return best;
}

void checkPrincipal(ExchangeCase& c, const PresentedToken& part, const jose::Jwt& token)
{
    const json::Value list = c.setting(part.list), row = nearestRow(list, token);
    const CompareHints hints = hintsFor(c, token);
    for (json::Value claim = row.first(); claim; claim = claim.next()) {
        const QString name = claim.keyText();
        base::Check check {.id = u"principal."_s + name, .title = u"Principal, "_s + name, .fixPointer = claim.pointer().isEmpty()
                               ? QString() : QString(c.target.pointer + u"/settings"_s + claim.pointer()),
                           .presentedFrom = u"claim "_s + name,
                           .expectedFrom = u"%1 of the server"_s.arg(QString::fromLatin1(part.list)),
                           .source = u"RFC 8693, 2.2.2"_s};
        c.sheet.add(compared(std::move(check), token.text(name.toUtf8()), claim.text(), hints), *part.answer);
    }
}

/// Somebody the token speaks for. A JWT as the grant has to name them in `sub`; the exchange takes Entra's `oid` as well.
void checkSubject(ExchangeCase& c, const PresentedToken& part, const jose::Jwt& token)
{
    const bool grant = QLatin1StringView(part.parameter) == "assertion"_L1;
    if (!(grant ? token.text("sub") : principalIn(token)).isEmpty())
        return;
    c.sheet.hold({.id = u"subject"_s, .title = u"Subject"_s, .expected = u"a text that names whom the token speaks for"_s,
                  .presented = token.claim("sub") ? token.claim("sub").display() : u"not in the token"_s,
                  .fix = u"Have the issuer write whom the token speaks for into sub."_s, .presentedFrom = u"claim sub"_s,
                  .source = grant ? u"RFC 7523, 3"_s : u"RFC 8693, 1"_s},
                 false, *part.answer);
}

TokenDemand demandOf(const PresentedToken& part)
{
    return {.word = QString::fromUtf16(part.word), .algorithms = {}, .leeway = std::chrono::minutes {5},
            .form = part.answer, .algorithm = part.answer, .key = part.answer, .signature = part.answer,
            .time = part.answer, .source = u"RFC 7519, 7.2"_s};
}

} // namespace

void checkPresented(ExchangeCase& c, const PresentedToken& part, const jose::Jwt& token)
{
    c.sheet.begin(QString::fromUtf16(part.group));
    const TokenDemand demand = demandOf(part);
    checkForm(c.sheet, token, demand);
    if (!token.isJwt())
        return;
    const bool trusted = checkIssuer(c, part, token);
    checkSignature(c.sheet, token, token.text("iss"), trusted, c.knowledge, demand);
    checkTimes(c.sheet, token, c.now, demand);
    checkAudience(c, part, token);
    checkSubject(c, part, token);
    // Whom a subject token names in may_act needs no place in the list of actors.
    const bool named = part.listNeeded && c.subject.claim("may_act").isObject();
    if (!named)
        checkPrincipal(c, part, token);
}

void checkMayAct(ExchangeCase& c, const PresentedToken& part)
{
    const json::Value may = c.subject.claim("may_act");
    const bool listed = c.setting(part.list).size() > 0;
    if (!may.isObject() && listed)
        return;
    const QString actor = principalIn(c.actor), iss = c.actor.text("iss");
    const bool sameIssuer = !may["iss"] || may["iss"].text() == iss;
    const QString named = may["sub"].text(); // an issuer alone names nobody
    const bool same = !named.isEmpty() && (named == actor || named == c.actor.text("sub"));
    c.sheet.hold({.id = u"may_act"_s, .title = u"May act"_s,
                  .expected = may.isObject() ? QString(may["sub"].text() + (may["iss"] ? QString(u" of "_s + may["iss"].text()) : QString()))
                                             : u"an actor that the server or the subject token names"_s,
                  .presented = actor, .relation = u"named by the subject token"_s,
                  .fix = may.isObject() ? u"Let the actor that the subject token names ask."_s
                                        : u"List the actor at the server, or have it named in may_act."_s,
                  .presentedFrom = u"sub of the actor token"_s, .expectedFrom = u"may_act of the subject token"_s,
                  .source = u"RFC 8693, 4.4"_s},
                 may.isObject() && same && sameIssuer && !actor.isEmpty(), *part.answer);
}

QString principalIn(const jose::Jwt& token)
{
    return token.claim("oid").isString() ? token.text("oid") : token.text("sub");
}

QByteArray actorClaim(const ExchangeCase& c)
{
    QByteArray out = "{\"sub\":" + json::quoted(principalIn(c.actor)) + ",\"iss\":" + json::quoted(c.actor.text("iss"));
    if (const json::Value before = c.subject.claim("act"); before.isObject())
        out += ",\"act\":" + before.raw().toByteArray();
    return out + '}';
}

} // namespace trust
