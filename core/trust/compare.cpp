// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "compare.h"

#include "core/trust/near_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// What to do about a near miss, as a sentence. `{c}` is the contract's word, `{p}` the presenter's.
struct Remedy
{
    base::Near near;
    const char16_t* text;
};
constexpr std::array remedies {
    Remedy {base::Near::V1V2Issuer,
        u"Set requestedAccessTokenVersion on the resource app to the version the {c} expects, "
                                    u"or write the issuer exactly as the {p} carries it."},
    Remedy {base::Near::GuidUriTwin, u"Write the form that the {p} carries."},
    Remedy {base::Near::OneOfTwo, u"List both forms, the URI and the GUID."},
    Remedy {base::Near::ClientIdForObjectId, u"Give the {c} the object id exactly as the {p} carries it."},
    Remedy {base::Near::ObjectIdForClientId, u"Give the {c} the client id exactly as the {p} carries it."},
    Remedy {base::Near::AzpNotAud, u"List the audience of the {p}. Who called is another check."},
    Remedy {base::Near::WrongTenant, u"Get the {p} from the other tenant, or let the {c} trust this one."},
    Remedy {base::Near::CloudVariant, u"Use the names of one cloud on both sides."},
    Remedy {base::Near::WildcardLiteral, u"Write the whole value."},
    Remedy {base::Near::ImmutableSubject, u"Write the subject in the form that the {p} carries."},
    Remedy {base::Near::PrefixOnly, u"Write the whole value."},
};
constexpr auto otherwise = u"Write it in the {c} exactly as the {p} carries it.";

QString remedyFor(const std::optional<base::NearMiss>& near, const CompareHints& hints)
{
    if (hints.requestIsWrong)
        return u"Send the value that is registered."_s;
    const auto it = near ? std::ranges::find(remedies, near->kind, &Remedy::near) : remedies.end();
    QString text = QString::fromUtf16(it == remedies.end() ? otherwise : it->text);
    text.replace("{c}"_L1, hints.contract);
    text.replace("{p}"_L1, hints.presenter);
    return text;
}

/// Audiences of APIs that only Microsoft serves.
bool isForMicrosoft(const QString& audience)
{
    static const QStringList own {setup::graphGuid.toString(), u"https://graph.microsoft.com"_s, u"https://graph.microsoft.com/"_s,
        u"https://management.azure.com"_s, u"https://management.azure.com/"_s, u"https://management.core.windows.net/"_s};
    return own.contains(audience);
}

void fail(base::Check& check, const CompareHints& hints)
{
    check.outcome = base::Outcome::Fail;
    check.near = nearMiss(check.presented, check.expected, hints);
    // Whoever let in tokens for another API would take the bearer for its own user.
    if (hints.audience && !hints.requestIsWrong && isForMicrosoft(check.presented)) {
        check.fix = u"Ask for a token of this receiver, under its own scope. One for a Microsoft API is good there alone."_s;
        check.fixPointer.clear();
        return;
    }
    if (check.fix.isEmpty())
        check.fix = remedyFor(check.near, hints);
    if (check.fixValue.isEmpty())
        check.fixValue = hints.requestIsWrong ? check.expected : check.presented;
}

void pass(base::Check& check)
{
    check.outcome = base::Outcome::Pass;
    if (check.relation.isEmpty())
        check.relation = u"equal"_s;
    check.fix.clear();
    check.fixValue.clear();
}

/// How near two values are, for choosing which of a list to show: a near miss first, then the longest common
/// beginning
/// (a few letters in common are chance).
std::pair<int, qsizetype> closeness(const QString& presented, const QString& expected,
    const CompareHints& hints)
{
    constexpr qsizetype chance = 4;
    const qsizetype common = firstDifference(presented, expected);
    return {nearMiss(presented, expected, hints) ? 1 : 0, common < chance ? 0 : common};
}

} // namespace

qsizetype firstDifference(QStringView presented, QStringView expected)
{
    const auto [a, b] = std::ranges::mismatch(presented, expected);
    return a - presented.begin();
}

QString subjectOf(const QString& word)
{
    return u"The "_s + word;
}

const QString& sideOf(const Pair& pair, bool inPresented)
{
    return inPresented ? pair.hints.presenter : pair.hints.contract;
}

std::optional<base::NearMiss> nearMiss(const QString& presented, const QString& expected,
    const CompareHints& hints)
{
    if (presented == expected || presented.isEmpty() || expected.isEmpty())
        return {};
    const Pair pair {presented, expected, hints};
    for (const auto tests : {spellingTests(), addressTests(), identityTests(), shapeTests()})
        for (NearTest test : tests)
            if (auto near = test(pair)) {
                if (!near->at)
                    near->at = firstDifference(presented, expected);
                return near;
            }
    return {};
}

std::optional<base::NearMiss> nearBeginning(const QString& presented, const QString& beginning,
    const CompareHints& hints)
{
    if (beginning.isEmpty() || presented.startsWith(beginning))
        return {};
    if (auto near = nearMiss(presented.left(beginning.size()), beginning, hints))
        return near;
    const QString bare = withoutNumericIds(presented), bareBeginning = withoutNumericIds(beginning);
    if ((bare == presented && bareBeginning == beginning) || !bare.startsWith(bareBeginning))
        return {};
    const Pair pair {presented, beginning, hints};
    return base::NearMiss {base::Near::ImmutableSubject, firstDifference(presented, beginning),
        u"The %1 carries the numeric ids of owner and repository, the %2 does not."_s.arg(
        sideOf(pair, bare != presented), sideOf(pair, bare == presented))};
}

base::Check compared(base::Check check, const QString& presented, const QString& expected,
    const CompareHints& hints)
{
    check.presented = presented;
    check.expected = expected;
    if (presented == expected)
        pass(check);
    else
        fail(check, hints);
    return check;
}

base::Check comparedWithAny(base::Check check, const QStringList& presented, const QStringList& expected,
    const CompareHints& hints)
{
    for (const QString& p : presented)
        if (expected.contains(p)) {
            check.presented = check.expected = p;
            pass(check);
            return check;
        }
    check.presented = presented.value(0);
    check.expected = expected.value(0);
    auto best = std::pair<int, qsizetype> {-1, -1};
    CompareHints listHints = hints;
    listHints.list = true;
    for (const QString& p : presented)
        for (const QString& e : expected)
            if (const auto score = closeness(p, e, listHints); score > best) {
                best = score;
                check.presented = p;
                check.expected = e;
            }
    fail(check, listHints);
    return check;
}

} // namespace trust
