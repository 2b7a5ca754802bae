// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "check.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace base {

namespace {

const Check* firstOf(const QList<Check>& checks, Outcome outcome)
{
    const auto it = std::ranges::find(checks, outcome, &Check::outcome);
    return it == checks.end() ? nullptr : &*it;
}

} // namespace

const Check* Verdict::decisive() const
{
    const Check* failed = firstOf(checks, Outcome::Fail);
    return failed ? failed : firstOf(checks, Outcome::NotEvaluated);
}

bool Condition::operator==(const Condition& other) const
{
    return text == other.text && word == other.word && outcome == other.outcome && why == other.why
        && values == other.values && parts == other.parts;
}

Decision decide(const QList<Check>& checks)
{
    if (firstOf(checks, Outcome::Fail))
        return Decision::Refuse;
    return firstOf(checks, Outcome::NotEvaluated) ? Decision::NotEvaluated : Decision::Accept;
}

QString outcomeName(Outcome o)
{
    static const std::array names {u"pass"_s, u"fail"_s, u"notEvaluated"_s, u"warning"_s};
    return names.at(size_t(o));
}

QString nearName(Near n)
{
    static const std::array names {u"case"_s, u"trailingSlash"_s, u"doubleSlash"_s, u"whitespace"_s,
        u"guidUriTwin"_s, u"v1v2Issuer"_s, u"scheme"_s, u"port"_s, u"wildcardLiteral"_s,
        u"immutableSubject"_s, u"prefixOnly"_s, u"objectIdForClientId"_s, u"clientIdForObjectId"_s,
        u"azpNotAud"_s, u"wrongTenant"_s, u"secretIdNotValue"_s, u"clockSkew"_s, u"encoding"_s,
        u"cloudVariant"_s, u"oneOfTwo"_s, u"lookalike"_s};
    static_assert(names.size() == size_t(Near::Lookalike) + 1);
    return names.at(size_t(n));
}

QString decisionName(Decision d)
{
    static const std::array names {u"accept"_s, u"refuse"_s, u"notEvaluated"_s};
    return names.at(size_t(d));
}

QString confidenceName(Confidence c)
{
    static const std::array names {u"certain"_s, u"likely"_s, u"unknown"_s};
    return names.at(size_t(c));
}

} // namespace base
