// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recorded.h"

#include "core/diagnosis/rules.h"

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Verdicts as they would have been predicted before each step, with what the run knew then.
void predictAll(const setup::Setup& setup, catalog::Reconstruction& made)
{
    for (flow::StepRecord& record : made.run.records) {
        const flow::Step* step = made.flow.step(record.stepId);
        if (step && !step->contract.kind.isEmpty())
            record.predicted = chain::predict(setup, *step, record.exchange.request, made.run, record.exchange.started);
    }
}

} // namespace

base::Result<Recorded> openArchive(QIODevice& from, const setup::Setup* setup, const std::function<bool(qint64 read)>& progress)
{
    catalog::Reconstructor reconstructor(setup);
    auto summary = http::readHar(from, {}, [&](http::HarEntry&& entry) {
        reconstructor.add(entry);
        return true;
    }, progress);
    if (!summary)
        return tl::unexpected(summary.error());
    Recorded out {.made = reconstructor.finish(), .summary = std::move(*summary)};
    if (setup)
        out.setup = *setup;
    predictAll(out.setup, out.made);
    for (const flow::StepRecord& record : std::as_const(out.made.run.records))
        out.last = std::max(out.last, record.exchange.started);
    out.chain = chain::derive(out.setup, out.made.flow, out.made.run);
    out.findings = lint({.setup = out.setup, .flow = &out.made.flow, .run = &out.made.run, .chain = &out.chain, .now = out.last});
    return out;
}

} // namespace diagnosis
