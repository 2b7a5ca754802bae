// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "demands.h"

#include <algorithm>
#include <array>

namespace flow {

using namespace Qt::StringLiterals;
using base::Check;
using base::Outcome;

namespace {

/// As much as receivers grant: what a clock is off by is no reason to refuse a fresh token.
constexpr std::chrono::seconds leeway = std::chrono::minutes {5};
constexpr auto coreSource = "OpenID Connect Core, 3.1.3.7";

Check demand(const QString& id, const QString& title, const QString& expected, const QString& presented, bool holds, const QString& source)
{
    return {.id = id, .group = u"What this client demands"_s, .title = title, .expected = expected, .presented = presented,
        .outcome = holds ? Outcome::Pass : Outcome::Fail, .relation = holds ? u"as it should be"_s : QString(), .source = source};
}

Check claimDemand(const char* claim, const QString& title, const QString& expected, const json::Value& presented, bool holds)
{
    return demand(QString::fromLatin1(claim), title, expected, presented ? presented.display() : u"absent"_s, holds, QString::fromLatin1(coreSource));
}

bool isText(const json::Value& value, QByteArrayView wanted) { return value.isString() && value.bytes() == wanted; }

/// `aud` is one text or a list of texts.
bool names(const json::Value& aud, QByteArrayView wanted)
{
    if (!aud.isArray())
        return isText(aud, wanted);
    for (json::Value each = aud.first(); each; each = each.next())
        if (isText(each, wanted))
            return true;
    return false;
}

/// What the token says of its form and its times, as jose judges it.
struct Judged
{
    const char* joseId;
    const char* claim; ///< nullptr: the token as a whole
    const char16_t* title;
    bool required;
};
constexpr std::array judged {
    Judged {"form", nullptr, u"Form of the id token", true},
    Judged {"notBefore", "nbf", u"Begin of the id token", false},
    Judged {"issuedAt", "iat", u"Issue of the id token", true},
    Judged {"expires", "exp", u"End of the id token", true},
};

Check restated(Check check, const Judged& row, const Token& token)
{
    const bool isMoment = row.claim && token.jwt.claim(row.claim).isNumber();
    check.id = row.claim ? (isMoment ? u"lifetime."_s : u"id_token."_s) + QString::fromLatin1(row.claim) : u"id_token.form"_s;
    check.group = u"What this client demands"_s;
    check.title = QString::fromUtf16(row.title);
    if (check.outcome == Outcome::NotEvaluated)
        check.outcome = Outcome::Fail;
    return check;
}

QList<Check> formAndTimes(const Token& token, base::Instant now)
{
    const QList<Check> all = jose::verify(token.jwt, {}, {.leeway = leeway, .now = now}).checks;
    QList<Check> out;
    for (const Judged& row : judged) {
        const auto check = std::ranges::find(all, QLatin1StringView(row.joseId), &Check::id);
        if (check != all.end() && (row.required || check->outcome != Outcome::NotEvaluated))
            out.append(restated(*check, row, token));
    }
    return out;
}

QString nameOf(const Yield& yield) { return yield.pointer.section(u'/', -1); }

json::Value holderOf(const Yield& yield, const json::Document& body)
{
    const QString above = yield.pointer.section(u'/', 0, -2);
    return above.isEmpty() ? body.root() : body.find(above);
}

QString kindOf(const json::Value& value)
{
    return value.isNumber() ? u"a number"_s : value.isBool() ? u"true or false"_s : value.isArray() ? u"a list"_s : u"an object"_s;
}

bool isForUse(const Yield& yield) { return yield.token && (yield.use == TokenUse::Access || yield.use == TokenUse::Assertion); }

/// RFC 6749 5.1 has digits alone; metadata services write them as text. What cannot be read is named and not used.
std::optional<Check> lifetimeFault(const json::Value& expires)
{
    if (!expires || expires.isNull())
        return std::nullopt;
    bool ok = false;
    const qlonglong seconds = expires.display().toLongLong(&ok);
    if (ok && seconds >= 0)
        return std::nullopt;
    Check check = demand(u"expires_in"_s, u"Lifetime in the answer"_s, u"seconds, 0 or more"_s, expires.display(), false, u"RFC 6749, 5.1"_s);
    check.outcome = Outcome::Warning;
    check.relation = u"It is no number of seconds, so it is not used."_s;
    return check;
}

} // namespace

Expectation tokenType(QByteArray type)
{
    return {.on = Expectation::On::Reply, .name = u"/token_type"_s, .how = Expectation::How::EqualsAnyCase, .value = literal(std::move(type)),
        .id = u"token_type"_s, .title = u"Type of the token"_s, .source = u"RFC 6749, 5.1 and 7.1"_s};
}

Expectation tokenTypeIfAny()
{
    Expectation expectation = tokenType();
    expectation.how = Expectation::How::EqualsAnyCaseIfPresent;
    return expectation;
}

Expectation idTokenOf(const QString& slot, Value clientId)
{
    return {.on = Expectation::On::IdToken, .slot = slot, .value = std::move(clientId)};
}

QList<Check> idTokenChecks(const Token* token, const QByteArray& clientId, base::Instant now)
{
    const QString client = QString::fromUtf8(clientId);
    const json::Value aud = token ? token->jwt.claim("aud") : json::Value();
    QList<Check> out {claimDemand("aud", u"Audience of the id token"_s, client, aud, names(aud, clientId))};
    if (!token)
        return out;
    const json::Value azp = token->jwt.claim("azp"), sub = token->jwt.claim("sub");
    // With several audiences the token has to say for whom of them it was made.
    if (azp || aud.size() > 1)
        out.append(claimDemand("azp", u"Authorized party of the id token"_s, client, azp, isText(azp, clientId)));
    out.append(claimDemand("sub", u"Subject of the id token"_s, u"a text"_s, sub, sub.isString() && !sub.bytes().isEmpty()));
    if (out.back().outcome == Outcome::Pass)
        out.back().presented = u"a text"_s; // whom it names is no matter of this check
    return out + formAndTimes(*token, now);
}

QString tokenFault(const Yield& yield, const json::Document& body)
{
    if (!yield.token || yield.pointer.isEmpty() || !yield.header.isEmpty())
        return {};
    const json::Value value = body.find(yield.pointer);
    if (!value || value.isNull())
        return {};
    const qsizetype times = holderOf(yield, body).count(nameOf(yield).toUtf8());
    if (times > 1)
        return u"%1 of them"_s.arg(times);
    return value.isString() ? QString() : kindOf(value);
}

QList<Check> tokenAnswerChecks(const Step& step, const json::Document& body)
{
    QList<Check> out;
    for (const Yield& yield : step.yields)
        if (const QString fault = tokenFault(yield, body); !fault.isEmpty())
            out.append(demand(nameOf(yield), nameOf(yield), u"one JSON string"_s, fault, false, u"RFC 6749, 5.1"_s));
    const auto use = std::ranges::find_if(step.yields, isForUse);
    if (use == step.yields.end())
        return out;
    const json::Value error = body.root()["error"];
    if (error.isString() && !error.bytes().isEmpty() && body.find(use->pointer).isString())
        out.append(demand(u"error"_s, u"An answer with a token and an error"_s, u"one of the two"_s, u"both, and the error "_s + error.text(), false, u"RFC 6749, 5.1 and 5.2"_s));
    if (const auto fault = lifetimeFault(body.root()["expires_in"]))
        out.append(*fault);
    return out;
}

} // namespace flow
