// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"
#include "ui/widgets/panel.h"

QT_BEGIN_NAMESPACE
class QListView;
QT_END_NAMESPACE

class Glyph;
class Label;
class RailDelegate;
class StepsModel;

/// The steps of the flow, from the root of trust (in words below) to the last hop.
class Rail : public Panel
{
    Q_OBJECT
public:
    explicit Rail(session::Session& session, QWidget* parent = nullptr);

    void setShort(bool isShort);
    /// Without the root of trust below, where every line counts.
    void setFootShown(bool shown);
    QSize sizeHint() const override;

private:
    void showHead();
    void showRoot();
    void showSelection();
    QWidget* createHead();
    QWidget* createFoot();

    session::Session& m_session;
    StepsModel* m_model = nullptr;
    RailDelegate* m_delegate = nullptr;
    QListView* m_list = nullptr;
    QWidget* m_foot = nullptr;
    Label* m_flow = nullptr;
    Label* m_progress = nullptr;
    Glyph* m_rootGlyph = nullptr;
    Label* m_root = nullptr;
    Label* m_rootDetail = nullptr;
    bool m_short = false;
};
