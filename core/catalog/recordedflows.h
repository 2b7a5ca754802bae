// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/run.h"

namespace catalog {

struct Reconstruction;

/// One of the flows in a recorded file.
struct RecordedFlow
{
    QString id {};           ///< "flow-1"
    QString title {};        ///< from whom to whom
    QStringList steps {};    ///< ids, in their order
    flow::StepState state {};///< accepted, else how the last step that was not ended
};

/// The flows that a file's steps fall into: steps hang together by the tokens and codes that one gives and another presents;
/// what no token ties goes with the same client, or the same server. Each step is in one of them.
QList<RecordedFlow> recordedFlows(const Reconstruction& all);

/// The same file with the steps of one flow alone; its counts stay those of the file. An unknown id leaves all of them.
Reconstruction onlyFlow(const Reconstruction& all, const QString& id);

} // namespace catalog
