// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/matchcontent.h"
#include "ui/widgets/panel.h"

/// What to do about a failed comparison: a sentence, the value as code, and ways to take it along.
class MatchFix : public Box
{
    Q_OBJECT
public:
    /// `canApply`: somebody can write it into the setup.
    MatchFix(const MatchRow& row, bool canApply, QWidget* parent = nullptr);

signals:
    void applied();

private:
    void addSentence(const MatchRow& row, bool canApply);
    void addCode(const MatchRow& row);
};
