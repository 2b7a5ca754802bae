// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenexchange_p.h"

#include "core/trust/assertion_p.h"
#include "core/trust/compare.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer invalidTarget {0, 400, "invalid_target", "The audience '{presented}' is not offered here."};
constexpr Answer invalidScope {0, 400, "invalid_scope", "The scope '{presented}' cannot be granted here."};
constexpr qint64 defaultLifetime = 3600; ///< seconds

QStringList offered(const ExchangeCase& c)
{
    QStringList out;
    for (json::Value each = c.setting("audiences").first(); each; each = each.next())
        out += each.text();
    return out.isEmpty() ? QStringList {c.target.audience} : out;
}

/// Both parameters name a target and may be repeated: a logical name, or a URI (RFC 8693 section 2.1).
QStringList asked(const ExchangeCase& c)
{
    QStringList out;
    for (const http::Parameter& p : c.form)
        if ((p.name == "audience" || p.name == "resource") && !p.value.isEmpty())
            out += QString::fromUtf8(p.value);
    out.removeDuplicates(); // naming one twice makes it no other
    return out;
}

void checkTarget(ExchangeCase& c)
{
    static const CompareHints hints {.receiver = u"The server compares letter by letter."_s, .presenter = u"request"_s,
        .contract = u"server"_s, .requestIsWrong = true};
    const QStringList all = offered(c), wanted = asked(c);
    c.decision.audiences = wanted.isEmpty() ? all.mid(0, 1) : wanted;
    for (const QString& one : wanted) {
        base::Check check {.id = u"target"_s, .title = u"Target"_s, .fixPointer = c.target.pointer + (c.setting("audiences") ? u"/settings/audiences/-"_s : u"/audience"_s),
                           .presentedFrom = u"audience or resource in the request"_s,
                           .expectedFrom = u"audiences the server offers"_s, .source = u"RFC 8693, 2.2.2"_s};
        c.sheet.add(comparedWithAny(std::move(check), {one}, all, hints), invalidTarget);
    }
}

void checkScope(ExchangeCase& c)
{
    const QStringList wanted = c.text("scope").split(u' ', Qt::SkipEmptyParts);
    c.decision.scopes = wanted.isEmpty() ? c.target.scopes : wanted;
    QStringList beyond;
    std::ranges::copy_if(wanted, std::back_inserter(beyond), [&](const QString& s) { return !c.target.scopes.contains(s); });
    if (wanted.isEmpty())
        return;
    c.sheet.hold({.id = u"scope"_s, .title = u"Scopes"_s, .expected = c.target.scopes.join(u' '),
                  .presented = beyond.isEmpty() ? wanted.join(u' ') : beyond.join(u' '), .relation = u"can be granted"_s,
                  .fix = u"Ask for scopes that the server knows."_s, .presentedFrom = u"scope in the request"_s,
                  .expectedFrom = u"scopes of the server"_s, .source = u"RFC 6749, 5.2"_s},
                 beyond.isEmpty(), invalidScope);
}

/// A new token does not outlive what it was made from.
std::chrono::seconds lifetimeOf(const ExchangeCase& c)
{
    const qint64 configured = c.setting("lifetime").integer().value_or(defaultLifetime);
    const auto end = secondsIn(c.subject.claim("exp"));
    const qint64 left = end ? *end - base::epochSeconds(c.now) : configured;
    return std::chrono::seconds {std::max(qint64(0), std::min(left, configured))};
}

} // namespace

void checkRequested(ExchangeCase& c)
{
    c.sheet.begin(u"What is asked for"_s);
    checkTarget(c);
    checkScope(c);
    c.decision.lifetime = lifetimeOf(c);
}

} // namespace trust
