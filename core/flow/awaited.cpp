// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awaited.h"

#include <algorithm>

namespace flow {

using namespace Qt::StringLiterals;

namespace {

bool isIn(const Expectation& expectation, const StepRecord& before)
{
    const auto* text = std::get_if<Literal>(&expectation.value.v);
    const QByteArray wanted = text ? text->text : QByteArray();
    if (expectation.name == u"slot")
        return before.values.contains(QString::fromUtf8(wanted));
    return before.observed.code.toUtf8() == wanted || before.observed.error.toUtf8() == wanted;
}

} // namespace

bool isAboutEarlier(const Step& step, const Expectation& expectation)
{
    return step.onlyAfter && expectation.on == Expectation::On::Reply && expectation.slot == step.onlyAfter->stepId;
}

bool isAwaited(const Step& later, const StepRecord& before)
{
    if (!later.onlyAfter || !later.onlyAfter->statuses.contains(before.observed.status))
        return false;
    const auto earlier = [&](const Expectation& e) { return isAboutEarlier(later, e); };
    const bool coded = std::ranges::any_of(later.expects, earlier);
    return !coded || std::ranges::any_of(later.expects, [&](const Expectation& e) { return earlier(e) && isIn(e, before); });
}

Expectation codeOf(const QString& stepId, const QByteArray& code)
{
    return {.on = Expectation::On::Reply, .slot = stepId, .name = u"code"_s, .how = Expectation::How::Equals, .value = literal(code),
        .id = u"code"_s, .title = u"Code of the earlier answer"_s};
}

Expectation givenIn(const QString& stepId, const QString& slot)
{
    return {.on = Expectation::On::Reply, .slot = stepId, .name = u"slot"_s, .how = Expectation::How::Equals, .value = literal(slot.toUtf8()),
        .id = u"given"_s, .title = u"Named by the earlier answer"_s};
}

} // namespace flow
