// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"

#include <QWidget>

class Label;

/// Under the tool bar while requests leave this machine: says so, and whereto.
class LiveBar : public QWidget
{
    Q_OBJECT
public:
    explicit LiveBar(session::Session& session, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    session::Session& m_session;
    Label* m_text = nullptr;
};

/// The hosts that a live run of this setup talks to: "login.microsoftonline.com and api.anthropic.com".
QString liveHosts(const setup::Setup& setup);
