// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/hooks.h"
#include "ui/widgets/panel.h"

#include <QTimer>

QT_BEGIN_NAMESPACE
class QMenu;
class QPushButton;
QT_END_NAMESPACE

/// The surroundings at a glance, each a button: lab, keychain, redaction; at the right the clock and the zoom.
class StatusBar : public Panel
{
    Q_OBJECT
public:
    StatusBar(session::Session& session, const Hooks& hooks, QWidget* parent = nullptr);

    void setLab(const LabStatus& status);
    void setKeychain(setup::KeychainState state);
    void setRedaction(bool on);
    void setZoom(qreal zoom);
    void setShort(bool isShort);

signals:
    void redactionToggled(bool on);
    void fitRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QPushButton* item(const QString& icon);
    void refresh();
    void tick();
    void fillLabMenu();
    void fillKeychainMenu();
    QString labText() const;
    QString keychainText() const;

    session::Session& m_session;
    const Hooks& m_hooks;
    LabStatus m_status {};
    setup::KeychainState m_keychainState = setup::KeychainState::Unknown;
    bool m_redaction = true;
    bool m_short = false;
    QTimer m_clockTimer {};
    QPushButton* m_lab = nullptr;
    QPushButton* m_keychain = nullptr;
    QPushButton* m_mask = nullptr;
    QPushButton* m_clock = nullptr;
    QPushButton* m_zoom = nullptr;
    QMenu* m_labMenu = nullptr;
    QMenu* m_keychainMenu = nullptr;
};
