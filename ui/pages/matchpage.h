// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/finding.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace session { class Session; }

/// What the receiver compared with what, and why it said yes or no: presented above expected, verdict where they meet.
class MatchPage : public QWidget
{
    Q_OBJECT
public:
    explicit MatchPage(session::Session& session, QWidget* parent = nullptr);
    ~MatchPage() override;

    QWidget* cornerWidget(); ///< "Copy verdict", for the right side of the tab bar
    /// What "Apply to setup" does with a check that has fixPointer and fixValue; without a hook the button is not shown.
    void setApplyFix(std::function<void(const base::Check&)> apply);

    void nextDifference();     ///< F7
    void previousDifference(); ///< Shift+F7
    void copyVerdict();

private:
    struct Parts;
    std::unique_ptr<Parts> m;
};
