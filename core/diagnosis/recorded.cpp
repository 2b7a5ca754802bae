// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recorded.h"

#include "core/diagnosis/recordedchecks.h"
#include "core/diagnosis/rules.h"
#include "core/http/date.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// When a step was sent: as the file says, else by the clock of who answered; nothing where neither is told.
std::optional<base::Instant> sentAt(const http::Exchange& exchange)
{
    if (exchange.started != base::Instant {})
        return exchange.started;
    return exchange.response ? http::dateOf(*exchange.response) : std::nullopt;
}

/// Verdicts as they would have been predicted before each step, with what the run knew then. Without a time there is none.
void predictAll(const setup::Setup& setup, catalog::Reconstruction& made)
{
    for (flow::StepRecord& record : made.run.records) {
        const flow::Step* step = made.flow.step(record.stepId);
        const auto sent = sentAt(record.exchange);
        if (step && !step->contract.kind.isEmpty() && sent)
            record.predicted = chain::predict(setup, *step, record.exchange.request, made.run, *sent);
    }
}

Recorded completed(catalog::Reconstruction made, const setup::Setup* setup)
{
    Recorded out {.made = std::move(made)};
    if (setup)
        out.setup = *setup;
    predictAll(out.setup, out.made);
    checkRecorded(out.made.run);
    for (const flow::StepRecord& record : std::as_const(out.made.run.records))
        out.last = std::max(out.last, sentAt(record.exchange).value_or(base::Instant {}));
    out.chain = chain::derive(out.setup, out.made.flow, out.made.run);
    out.findings = lint({.setup = out.setup, .flow = &out.made.flow, .run = &out.made.run, .chain = &out.chain, .now = out.last});
    return out;
}

} // namespace

base::Result<Recorded> openArchive(QIODevice& from, const setup::Setup* setup, const std::function<bool(qint64 read)>& progress,
    const std::function<void(Recorded&&)>& sofar)
{
    catalog::Reconstructor reconstructor(setup);
    QElapsedTimer time;
    time.start();
    qint64 due = 60; // ms: first rows stand well before somebody wonders; each next look costs the same share of the time
    auto summary = http::readHar(from, {}, [&](http::HarEntry&& entry) {
        reconstructor.add(entry);
        if (sofar && time.elapsed() >= due) {
            auto made = catalog::Reconstructor(reconstructor).finish();
            if (!made.flow.steps.isEmpty()) {
                Recorded part = completed(std::move(made), setup);
                part.summary.problems = {u"Read in part"_s};
                sofar(std::move(part));
                due = 4 * time.elapsed();
            }
        }
        return true;
    }, progress);
    if (!summary)
        return tl::unexpected(summary.error());
    Recorded out = completed(reconstructor.finish(), setup);
    out.summary = std::move(*summary);
    return out;
}

Recorded onlyFlow(const Recorded& whole, const QString& id)
{
    Recorded out = completed(catalog::onlyFlow(whole.made, id), &whole.setup);
    out.summary = whole.summary;
    return out;
}

} // namespace diagnosis
