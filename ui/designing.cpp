// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "frame.h"
#include "ui/pages/inventorypage.h"
#include "ui/pages/reviewpage.h"
#include "ui/pages/settingspage.h"

#include <QPushButton>
#include <QStackedWidget>

void MainWindow::showInventory()
{
    if (!m_inventory) {
        m_inventory = new InventoryPage(m_session, m_pages);
        m_pages->addWidget(m_inventory);
        connect(m_inventory, &InventoryPage::closed, this, &MainWindow::showRun);
        if (m_hooks.saveText)
            connect(m_inventory, &InventoryPage::saved, this, m_hooks.saveText);
    }
    m_pages->setCurrentWidget(m_inventory);
}

void MainWindow::showSettings()
{
    if (!m_settingsPage) {
        m_settingsPage = new SettingsPage(m_settings, m_pages);
        m_pages->addWidget(m_settingsPage);
        connect(m_settingsPage, &SettingsPage::closed, this, &MainWindow::showRun);
        if (m_hooks.showSecrets) {
            m_settingsPage->secretsButton()->show();
            connect(m_settingsPage->secretsButton(), &QPushButton::clicked, this, m_hooks.showSecrets);
        }
    }
    m_pages->setCurrentWidget(m_settingsPage);
}

void MainWindow::showReview()
{
    if (!m_review) {
        m_review = new ReviewPage(m_session, m_pages);
        m_pages->addWidget(m_review);
        connect(m_review, &ReviewPage::closed, this, &MainWindow::showRun);
        if (m_hooks.saveText)
            connect(m_review, &ReviewPage::saved, this, m_hooks.saveText);
    }
    m_pages->setCurrentWidget(m_review);
}
