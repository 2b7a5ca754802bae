// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "ui/pages/seampage.h"

#include <QStackedWidget>

/// The sidecar of the flow on screen, else the setup's first.
void MainWindow::showSeam()
{
    const setup::Target* sidecar = setup::sidecarOf(m_session.setup(), m_session.flow().id);
    if (!sidecar)
        sidecar = setup::sidecarOf(m_session.setup(), {});
    if (!sidecar)
        return;
    if (!m_seam) {
        m_seam = new SeamPage(m_pages);
        m_pages->addWidget(m_seam);
        connect(m_seam, &SeamPage::closed, this, &MainWindow::showRun);
        if (m_hooks.saveText)
            connect(m_seam, &SeamPage::saved, this, m_hooks.saveText);
    }
    m_pages->setCurrentWidget(m_seam);
    m_seam->show(m_session.setup(), sidecar->name);
}
