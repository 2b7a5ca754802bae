// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"

#include <algorithm>

/// The step every page shows: the selected one, else the one that would be sent, else the last.
inline QString shownStep(const session::Session& session)
{
    if (!session.hasSetup())
        return {};
    if (session.flow().step(session.selection().step))
        return session.selection().step;
    const QString next = session.nextStep();
    return next.isEmpty() && !session.flow().steps.isEmpty() ? session.flow().steps.last().id : next;
}

/// From 1; 0 when the flow has no such step.
inline int stepNumber(const session::Session& session, QStringView id)
{
    const QList<flow::Step>& steps = session.flow().steps;
    const auto it = std::ranges::find(steps, id, &flow::Step::id);
    return it == steps.end() ? 0 : int(it - steps.begin()) + 1;
}
