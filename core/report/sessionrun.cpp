// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// Apart from the rest: a command that only reads a run does without a session and all it stands on.

#include "runjson.h"

#include "core/session/session.h"

namespace report {

QByteArray runJson(const session::Session& s, bool reveal)
{
    return runJson({s.setup(), s.bindings(), s.flow(), s.run(), s.chain(), s.findings(), s.now(), s.recording(), reveal});
}

} // namespace report
