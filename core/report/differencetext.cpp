// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "difference.h"

#include "shapes.h"

#include "core/base/jsonwriter.h"
#include "core/base/text.h"

#include <algorithm>

namespace report {

using namespace Qt::StringLiterals;

namespace {

/// "Only in the left run:" and its findings, one a line.
QString findingsText(const QString& side, const QList<base::Finding>& findings)
{
    QString text = findings.isEmpty() ? QString() : u"\nFindings of the %1 run alone\n"_s.arg(side);
    for (const base::Finding& f : findings)
        text += u"  %1  %2: %3\n"_s.arg(base::severityName(f.severity).leftJustified(7), f.rule, base::visible(f.title));
    return text;
}

} // namespace

QByteArray differenceJson(const RunDifference& difference)
{
    json::Writer out;
    out.beginObject().text("schema", u"difference"_s).number("version", 1).flag("same", !difference.differs()).text("first", difference.first);
    if (const catalog::Explanation why = explained(difference); !why.whatHappens.isEmpty())
        out.beginObject("explain").text("why", why.whatHappens).text("next", why.next).endObject();
    out.beginArray("run");
    for (const Overall& each : difference.overall)
        out.beginObject().text("what", each.what).text("left", each.left).text("right", each.right).flag("same", !each.differs()).endObject();
    out.endArray().beginArray("steps");
    for (const StepDifference& step : difference.steps) {
        out.beginObject().text("id", step.id).textIf("rightId", step.rightId == step.id ? QString() : step.rightId).text("title", step.title).text("outcome", step.differs() ? u"differs"_s : u"same"_s);
        step.left.isEmpty() ? out.null("left") : out.text("left", step.left);
        step.right.isEmpty() ? out.null("right") : out.text("right", step.right);
        out.beginArray("differences");
        for (const Difference& d : step.differences)
            out.beginObject().text("place", d.place).text("left", d.left).text("right", d.right).flag("volatile", d.isVolatile).endObject();
        out.endArray().endObject();
    }
    out.endArray().beginObject("findings");
    write(out, "onlyLeft", difference.findings.onlyLeft);
    write(out, "onlyRight", difference.findings.onlyRight);
    return out.endObject().endObject().done();
}

QString differenceText(const RunDifference& difference)
{
    QString text = difference.differs() ? difference.first : u"The runs do not differ in anything that stays."_s;
    text += u'\n';
    if (const catalog::Explanation why = explained(difference); !why.whatHappens.isEmpty())
        text += QString(why.whatHappens + u' ' + why.next).remove(u'`') + u'\n';
    for (const Overall& each : difference.overall)
        if (each.differs())
            text += u"\n%1: %2 on the left, %3 on the right"_s.arg(each.what, each.left.isEmpty() ? u"none"_s : base::visible(each.left), each.right.isEmpty() ? u"none"_s : base::visible(each.right));
    if (std::ranges::any_of(difference.overall, &Overall::differs))
        text += u'\n';
    for (const StepDifference& step : difference.steps) {
        const auto moving = std::ranges::count(step.differences, true, &Difference::isVolatile);
        text += u"\n%1  %2 (%3, %4)\n"_s.arg(step.differs() ? u"differs"_s : u"same   "_s, step.title, step.left.isEmpty() ? u"not there"_s : step.left,
            step.right.isEmpty() ? u"not there"_s : step.right);
        for (const Difference& d : step.differences)
            if (!d.isVolatile)
                text += u"    %1\n      left   %2\n      right  %3\n"_s.arg(d.place, base::visible(d.left), base::visible(d.right));
        if (moving > 0)
            text += u"    %1 that change each time (times, ids, ports) are left out\n"_s.arg(moving);
    }
    return text + findingsText(u"left"_s, difference.findings.onlyLeft) + findingsText(u"right"_s, difference.findings.onlyRight);
}

} // namespace report
