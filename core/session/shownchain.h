// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"

#include <QHash>

namespace session {

/// The session's chain as of this moment: with what is predicted of steps to come, and what is under way.
struct ShownChain
{
    chain::Chain chain {};
    QHash<QString, base::Decision> rootPredictions {}; ///< by step id, of plates nothing was sent for yet
};
ShownChain shownChain(Session& session);

} // namespace session
