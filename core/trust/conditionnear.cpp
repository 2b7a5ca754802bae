// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "conditionnear_p.h"

#include "core/trust/anthropic_p.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

bool explainUnequal(base::Check& check, const cel::Result& result, const CompareHints& hints)
{
    for (const cel::Unequal& each : result.unequal) {
        auto near = nearMiss(each.presented, each.expected, hints);
        if (!near)
            continue;
        near->at.reset(); // a place in the claim, and shown are all claims
        near->text = each.path + u": "_s + near->text;
        check.near = near;
        check.fix = u"Write the value of %1 into the condition exactly as the token carries it: %2"_s.arg(each.path, each.presented);
        for (const QChar quote : {u'\'', u'"'})
            if (const QString written = quote + each.expected + quote; check.expected.contains(written))
                check.fixValue = QString(check.expected).replace(written, quote + each.presented + quote);
        return true;
    }
    return false;
}

/// The caller stands in one claim or the other; where the value fits, the name of the claim is all that is wrong.
void renameCaller(base::Check& check, const QString& path, const QString& other, const QString& caller)
{
    const bool named = check.expected.contains(u'\'' + caller + u'\'') || check.expected.contains(u'"' + caller + u'"');
    if (caller.isEmpty() || !named)
        return;
    const QRegularExpression whole(QRegularExpression::escape(path) + u"\\b"_s);
    const QString renamed = path.chopped(path.size() - path.lastIndexOf(u'.') - 1) + other;
    if (check.expected.contains(whole))
        check.fixValue = QString(check.expected).replace(whole, renamed);
}

void explainMissing(base::Check& check, const cel::Result& result, const jose::Jwt& token)
{
    const QString caller = callerOf(token);
    for (const QString& value : result.values) {
        const QString path = value.endsWith(" = (missing)"_L1) ? value.chopped(12) : QString(), name = path.section(u'.', -1);
        const QString hint = path.isEmpty() ? QString() : hintForMissing(token, name, check.expected.contains(caller) ? caller : QString());
        if (hint.isEmpty())
            continue;
        check.fix = hint;
        if (name == "appid"_L1 || name == "azp"_L1)
            renameCaller(check, path, name == "appid"_L1 ? u"azp"_s : u"appid"_s, caller);
        return;
    }
}

} // namespace

void explainCondition(base::Check& check, const cel::Result& result, const CompareHints& hints, const jose::Jwt& token)
{
    if (!explainUnequal(check, result, hints))
        explainMissing(check, result, token);
}

} // namespace trust
