// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "stepsmodel.h"

/// What a session's step looks like in the rail.
QList<StepRow> stepRows(const session::Session& session);
/// "Claims desk: 1 of 5 accepted, stopped at step 2"
QString progressText(const session::Session& session, bool brief = false);
/// "42 s" as "00:42", "5:03" as "05:03".
QString clockText(std::chrono::seconds length);
/// Who asks, in a word where the name is long: "blueprint", "agent", "host", a user's own name.
QString askerWord(const flow::Party& party);
/// One word for why no answer came: "refused", "timed out".
QString failureWord(http::Failure::Kind kind);
