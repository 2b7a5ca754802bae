// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "shapes.h"

#include "core/diagnosis/sourcefiles.h"
#include "core/http/redact.h"
#include "core/report/verdictjson.h"

namespace report {

static void write(json::Writer& out, const char* name, const base::Condition& condition)
{
    out.beginObject(name).textIf("word", condition.word).text("text", condition.text);
    out.text("outcome", base::outcomeName(condition.outcome)).textIf("why", condition.why).texts("values", condition.values);
    out.beginArray("parts");
    for (const base::Condition& part : condition.parts)
        write(out, nullptr, part);
    out.endArray().endObject();
}

QByteArray partJson(const json::Document& part)
{
    if (!part.root())
        return "null";
    // A token may hold bytes that are no UTF-8; a document of ours may not (RFC 8259, 8.1). Its problems say that they were there.
    const QByteArray shown = http::shownClaims(json::formatted(part.root(), -1));
    return QUtf8StringView(shown).isValidUtf8() ? shown : QString::fromUtf8(shown).toUtf8();
}

void write(json::Writer& out, const char* name, const base::Check& check)
{
    out.beginObject(name)
        .text("id", check.id)
        .text("title", check.title)
        .textIf("group", check.group)
        .text("expected", check.expected)
        .text("presented", check.presented)
        .text("outcome", base::outcomeName(check.outcome))
        .textIf("relation", check.relation);
    if (check.near) {
        out.beginObject("near").text("kind", base::nearName(check.near->kind));
        if (check.near->at)
            out.number("at", qint64(*check.near->at));
        out.text("text", check.near->text).endObject();
    }
    out.textIf("fix", check.fix).textIf("fixValue", check.fixValue).textIf("fixPointer", check.outcome == base::Outcome::Pass ? QString() : check.fixPointer);
    out.textIf("presentedFrom", check.presentedFrom).textIf("expectedFrom", check.expectedFrom);
    if (!check.condition.isEmpty())
        write(out, "condition", check.condition.first());
    out.text("source", check.source).endObject();
}

void write(json::Writer& out, const char* name, const base::Verdict& verdict)
{
    out.beginObject(name);
    writeMembers(out, verdict);
    out.endObject();
}

void writeMembers(json::Writer& out, const base::Verdict& verdict)
{
    out.text("receiver", verdict.receiver)
        .text("contract", verdict.contract)
        .text("outcome", base::decisionName(verdict.decision));
    out.beginArray("checks");
    for (const base::Check& check : verdict.checks)
        write(out, nullptr, check);
    out.endArray();
    out.textIf("closest", verdict.closest).text("confidence", base::confidenceName(verdict.confidence));
    if (verdict.refusal)
        out.beginObject("refusal")
            .number("status", verdict.refusal->status)
            .text("error", verdict.refusal->error)
            .textIf("code", verdict.refusal->code)
            .textIf("text", verdict.refusal->text)
            .textIf("suberror", verdict.refusal->suberror)
            .endObject();
}

void write(json::Writer& out, const char* name, const base::Finding& finding)
{
    out.beginObject(name)
        .text("rule", finding.rule)
        .text("severity", base::severityName(finding.severity))
        .text("title", finding.title)
        .text("text", finding.text)
        .text("fix", finding.fix);
    out.beginObject("place")
        .textIf("step", finding.place.step)
        .textIf("part", finding.place.part)
        .textIf("claim", finding.place.claim)
        .textIf("pointer", finding.place.pointer);
    if (const auto file = diagnosis::filePlace(finding.place))
        out.text("file", file->path).number("line", qint64(file->line));
    out.endObject();
    out.endObject();
}

void write(json::Writer& out, const char* name, const QList<base::Finding>& findings)
{
    out.beginArray(name);
    for (const base::Finding& finding : findings)
        write(out, nullptr, finding);
    out.endArray();
}

} // namespace report
