// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

namespace report {

/// A run (its JSON shape) for a terminal: one block a hop, the failing comparison in full.
QString plainText(const json::Value& run);
/// Whose run it is, in one line: "Claims desk, against the lab".
QString whence(const json::Value& run);
/// The same as Markdown, and as a Mermaid sequence diagram of this run.
QString markdown(const json::Value& run);
QString mermaid(const json::Value& run);

} // namespace report
