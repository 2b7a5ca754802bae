// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "review.h"

#include "core/base/jsonwriter.h"
#include "core/base/text.h"
#include "core/report/markdown_p.h"
#include "core/report/shapes.h"

namespace report {

using namespace Qt::StringLiterals;

namespace {

using diagnosis::ReviewLine;

QString findingLine(const base::Finding& finding) { return u"%1 %2: %3"_s.arg(base::severityName(finding.severity), finding.rule, base::visible(finding.title)); }

} // namespace

QString placeOf(const diagnosis::Evidence& evidence) { return evidence.pointer.isEmpty() ? u"run "_s + evidence.run : evidence.pointer; }

QByteArray reviewJson(const Review& review)
{
    json::Writer out;
    out.beginObject().text("schema", u"review"_s).number("version", 1).text("setup", review.setup).text("title", review.title).text("made", review.made).flag("run", review.withRun).beginArray("questions");
    for (const ReviewLine& line : review.lines) {
        out.beginObject().text("id", line.id).text("question", line.question).text("answer", diagnosis::reviewAnswerName(line.answer)).text("because", line.because).beginArray("evidence");
        for (const diagnosis::Evidence& each : line.evidence)
            out.beginObject().text("text", each.text).textIf("pointer", each.pointer).textIf("run", each.run).endObject();
        out.endArray();
        write(out, "findings", line.findings);
        out.endObject();
    }
    return out.endArray().endObject().done();
}

QString reviewText(const Review& review)
{
    QString text = u"Design review: %1, %2\n\n"_s.arg(base::visible(review.title), review.made);
    for (const ReviewLine& line : review.lines) {
        text += u"%1  %2\n    %3\n"_s.arg(diagnosis::reviewAnswerName(line.answer), -8).arg(line.question, line.because);
        for (const base::Finding& finding : line.findings)
            text += u"    - %1\n"_s.arg(findingLine(finding));
        for (const diagnosis::Evidence& each : line.evidence)
            text += u"    %1  (%2)\n"_s.arg(base::visible(each.text), placeOf(each));
        text += u'\n';
    }
    return text;
}

QString reviewMarkdown(const Review& review)
{
    QString text = u"# Design review: %1\n\n%2\n\n| Question | Answer | Because |\n|---|---|---|\n"_s.arg(escapedMarkdown(review.title), review.made);
    for (const ReviewLine& line : review.lines)
        text += u"| %1 | **%2** | %3 |\n"_s.arg(line.question, diagnosis::reviewAnswerName(line.answer), escapedMarkdown(line.because));
    for (const ReviewLine& line : review.lines) {
        text += u"\n## %1\n\n"_s.arg(line.question);
        for (const base::Finding& finding : line.findings)
            text += u"- %1\n"_s.arg(escapedMarkdown(findingLine(finding)));
        for (const diagnosis::Evidence& each : line.evidence)
            text += u"- %1 (`%2`)\n"_s.arg(escapedMarkdown(each.text), placeOf(each));
    }
    return text;
}

} // namespace report
