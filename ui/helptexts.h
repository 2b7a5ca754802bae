// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/explained.h"

class Actions;

/// What the Help menu shows in the Explain pane.
Explained manualPage();
Explained keysPage(const Actions& actions);
Explained aboutPage();
