// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"

#include <QWidget>

#include <memory>

namespace session { class Session; }

/// One token, decoded and not believed: claims in their order, what each means, who filled it, how long it lives, whether
/// its signature holds.
class TokenPage : public QWidget
{
    Q_OBJECT
public:
    explicit TokenPage(session::Session& session, QWidget* parent = nullptr);
    ~TokenPage() override;

    QWidget* cornerWidget(); ///< "Signature hidden" and "Copy as", for the right side of the tab bar
    /// Whether the claims would fit if the chain took its compact form and do not fit now.
    bool wantsCompactChain() const;

    QString shownSlot() const; ///< of the token on screen; empty: there is none
    void openFilter(); ///< Ctrl+F
    void goToHit(int direction); ///< F3, Shift+F3
    void hideSignature();

signals:
    void wantsCompactChainChanged(bool wants);
    /// To be answered before `act` is done.
    void asked(const QString& question, const QString& yes, const std::function<void()>& act);

private:
    struct Parts;
    std::unique_ptr<Parts> m;
};
