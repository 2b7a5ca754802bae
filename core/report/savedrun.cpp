// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "savedrun.h"

#include "archive.h"
#include "bundle.h"
#include "cast.h"
#include "readshapes.h"
#include "recordedfindings.h"

namespace report {

using namespace Qt::StringLiterals;
using diagnosis::Recorded;

namespace {

constexpr qsizetype enoughToTell = 4096;
constexpr qint64 known = 1; ///< version of run and bundle

diagnosis::Receipt receiptFrom(Reading& in, const json::Value& bundle)
{
    const json::Value counts = in.object(bundle, "counts"), receipt = in.object(bundle, "receipt");
    const auto count = [&in](const json::Value& of, const char* name) { return in.integer(of, name, true).value_or(0); };
    return {.made = in.time(bundle, "made").value_or(base::Instant {}), .exchangesIn = in.integer(counts, "exchangesIn").value_or(0), .stepsIn = count(counts, "stepsIn"), .stepsOut = count(counts, "stepsOut"), .findings = count(counts, "findings"),
        .hiddenValues = count(receipt, "hiddenValues"), .people = count(receipt, "peoplePseudonyms"), .replaced = count(receipt, "placesReplaced"), .removed = in.texts(receipt, "removed"),
        .kept = in.texts(receipt, "kept")};
}

void readSteps(Reading& in, const json::Value& run, catalog::Reconstruction& made)
{
    for (json::Value v = in.array(run, "steps").first(); v; v = v.next()) {
        const flow::Step step = stepFrom(in, v);
        if (made.flow.step(step.id))
            in.fail(v, u"Two steps have the id \"%1\"."_s.arg(step.id));
        if (auto record = recordFrom(in, v, step))
            made.run.records.append(std::move(*record));
        made.flow.steps.append(step);
    }
    made.entries = made.steps = made.flow.steps.size();
    const json::Value counts = in.object(run, "counts", false);
    if (!counts)
        return;
    made.entries = in.integer(counts, "entries", true).value_or(0);
    made.steps = in.integer(counts, "steps", true).value_or(0);
    made.repeats = in.integer(counts, "repeats").value_or(0);
    made.hidden = in.integer(counts, "hidden").value_or(0);
}

Recorded read(Reading& in, const json::Value& run)
{
    Recorded out;
    for (json::Value b = in.array(run, "bindings", false).first(); b; b = b.next())
        out.bindings.append({in.text(b, "real"), in.text(b, "bound")});
    out.setup = castOf(run, out.bindings);
    out.saved = diagnosis::Saved {.setupTitle = in.textIf(run, "setupTitle"), .against = in.text(run, "against")};
    if (out.saved->setupTitle.isEmpty())
        out.saved->setupTitle = in.text(run, "setup");
    flow::Flow& flow = out.made.flow;
    flow.id = in.text(run, "flow");
    flow.title = in.textIf(run, "flowTitle");
    if (flow.title.isEmpty())
        flow.title = flow.id;
    out.made.run = {.setupId = in.text(run, "setup"), .flowId = flow.id, .against = out.saved->against};
    readSteps(in, run, out.made);
    out.chain = chainFrom(in, run);
    out.findings = findingsOf(run);
    for (const flow::StepRecord& record : std::as_const(out.made.run.records))
        out.last = std::max(out.last, record.exchange.started);
    out.last = in.time(run, "made").value_or(out.last);
    return out;
}

/// Its syntax error where there is one; "version 3 is newer" before anything that a newer version may have changed.
base::Result<json::Value> runOf(const json::Value& root)
{
    const QString schema = root["schema"].text();
    const json::Value inside = schema == u"run" ? root : root["run"];
    for (const json::Value& each : {root, inside})
        if (const auto version = each["version"].integer(); version && *version > known)
            return base::fail(u"too-new"_s, u"Version %1 is newer than this program knows (%2)."_s.arg(*version).arg(known), u"%1/version, line %2"_s.arg(each.pointer()).arg(each["version"].position().line));
    return runIn(root);
}

} // namespace

bool holdsRun(QByteArrayView text)
{
    const QString schema = json::Document::read(text.first(std::min(text.size(), enoughToTell)).toByteArray()).root()["schema"].text();
    if (schema == u"run" || schema == u"bundle")
        return true;
    return schema == u"inspection" && json::Document::read(text.toByteArray()).root()["run"].isObject();
}

base::Result<Recorded> openRun(const QByteArray& text)
{
    const auto document = json::Document::parse(text);
    if (!document)
        return tl::unexpected(document.error());
    const auto run = runOf(document->root());
    if (!run)
        return tl::unexpected(run.error());
    Reading in;
    Recorded out = read(in, *run);
    if (document->root()["schema"].text() == u"bundle")
        out.saved->receipt = receiptFrom(in, document->root());
    if (in.fault())
        return tl::unexpected(*in.fault());
    return out;
}

QString savedText(const Recorded& recorded)
{
    const auto several = [](qint64 n, const QString& one) { return n == 1 ? u"1 %1"_s.arg(one) : u"%1 %2s"_s.arg(QString::number(n), one); };
    if (!recorded.saved)
        return {};
    if (const auto& r = recorded.saved->receipt) {
        const QString archive = r->exchangesIn > 0 ? archiveCounts(recorded.made) + u". "_s : QString();
        return archive + u"%1 in = %2 out, %3 hidden, %4 replaced"_s.arg(several(r->stepsIn, u"step"_s), several(r->stepsOut, u"step"_s), several(r->hiddenValues, u"value"_s), several(r->people, u"name"_s));
    }
    const QString& against = recorded.saved->against;
    const QString where = against == u"lab" ? u" in the lab"_s : against == u"live" ? u" live"_s : u" from a recording"_s;
    return u"%1, %2%3, %4 UTC"_s.arg(recorded.saved->setupTitle, several(recorded.made.flow.steps.size(), u"step"_s), where, base::toRfc3339(recorded.last).left(16).replace(u'T', u' '));
}

} // namespace report
