// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE
class Label;
class PageHead;
class Panel;
class Segmented;
class Settings;

/// What this program remembers between two starts, and the way to change it or to have it forgotten.
class SettingsPage : public QWidget
{
    Q_OBJECT
public:
    /// `settings` outlives the page.
    explicit SettingsPage(Settings& settings, QWidget* parent = nullptr);

    /// For "Secrets of this setup…"; without it the line only says where they are.
    QPushButton* secretsButton() const { return m_secrets; }

signals:
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void addAppearance(Panel& page);
    void addRecent(Panel& page);
    void addKept(Panel& page);
    void refresh();

    Settings& m_settings;
    PageHead* m_head = nullptr;
    Segmented* m_appearance = nullptr;
    Label* m_recent = nullptr;
    QPushButton* m_forget = nullptr;
    QPushButton* m_secrets = nullptr;
};
