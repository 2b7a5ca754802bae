// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/intake.h"

#include <QWidget>

#include <memory>
#include <optional>

/// Anything pasted or dropped, taken apart: what it is, who it speaks for, what is wrong, why and what to do. Nothing that is
/// looked at is sent or kept, and no secret in it is shown.
class DiagnosePage : public QWidget
{
    Q_OBJECT
public:
    explicit DiagnosePage(QWidget* parent = nullptr);
    ~DiagnosePage() override;

    /// Looks at it away from the window's thread; `name` is the file's, empty for what was pasted. A newer call replaces one
    /// that is under way.
    void inspect(const QByteArray& text, const QString& name, std::optional<setup::Setup> setup);
    const diagnosis::Inspection& inspection() const;
    /// The part that is selected; nullptr: none.
    const diagnosis::Item* selected() const;
    /// The text of the part that is selected, as it stands on screen.
    QString shownText() const;

signals:
    void inspected();
    void closed();
    /// Text put into the page's own field.
    void pasted(const QByteArray& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Parts;
    void finish(diagnosis::Inspection inspection, const QString& name);
    void showItem(int row);
    std::unique_ptr<Parts> m;
};
