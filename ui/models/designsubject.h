// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/diagnosis/evidence.h"

namespace session { class Session; }

/// What inventory and review look at: the open setup, its findings, and the run as far as it went. The same as the command
/// line takes from a setup and a recorded run.
struct DesignSubject
{
    setup::Setup setup {};
    QList<base::Finding> findings {};
    json::Document run {};
    bool withRun = false;
    base::Instant now {};

    diagnosis::Material material() const { return {setup, findings, run.root(), now}; }
};

DesignSubject designSubject(const session::Session& session);
