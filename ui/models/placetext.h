// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"

/// "Step 2, subject", "Setup, claims-desk": a place in words.
QString placeText(const session::Session& session, const base::Place& place);
/// Number of a step in the flow, from 1; 0 when it is not there.
int stepNumber(const session::Session& session, const QString& stepId);
/// The display name of the setup's object that a pointer leads into; else its last token.
QString objectName(const setup::Setup& setup, const QString& pointer);
