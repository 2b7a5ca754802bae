// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "core/base/text.h"
#include "core/diagnosis/contractmatch.h"
#include "frame.h"
#include "ui/pages/contractpage.h"
#include "ui/pages/diagnosepage.h"
#include "ui/pages/tokenpage.h"

#include <QFile>
#include <QFileInfo>
#include <QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;
using diagnosis::HeldToken;
using diagnosis::NamedText;

namespace {

/// Tokens and contracts are small. What is larger is something else, and is looked at away from the window's thread.
constexpr qint64 most = 256 * 1024;

bool mayHold(const NamedText& text) { return text.text.size() <= most && (text.text.contains("eyJ") || text.text.contains('{')); }

} // namespace

/// Every token of the Match page, the selected one of the Diagnose page, or the one that the Token tab shows.
QList<HeldToken> MainWindow::tokensAtHand() const
{
    const QWidget* page = m_pages->currentWidget();
    if (page == m_contracts && m_contracts)
        return m_contracts->shown().tokens;
    if (page == m_diagnose && m_diagnose) {
        const diagnosis::Item* item = m_diagnose->selected();
        return item && item->token && item->token->isJwt() ? QList<HeldToken> {{*item->token, item->label}} : QList<HeldToken> {};
    }
    if (page != m_frame || m_frame->tabs().current() != TabPane::Tab::Token)
        return {};
    const QString slot = static_cast<TokenPage*>(m_frame->tabs().page(TabPane::Tab::Token))->shownSlot();
    const flow::Token* token = slot.isEmpty() ? nullptr : m_session.run().token(slot);
    return token && token->jwt.isJwt() ? QList<HeldToken> {{token->jwt, u"Token %1 of this run"_s.arg(slot)}} : QList<HeldToken> {};
}

/// False where the texts are no tokens and contracts, or one of the two is missing and not on screen either.
bool MainWindow::match(const QList<NamedText>& texts)
{
    if (texts.isEmpty() || !std::ranges::all_of(texts, mayHold))
        return false;
    diagnosis::TokensAndContracts both = diagnosis::tokensAndContracts(texts);
    if (!both.alone)
        return false;
    if (both.tokens.isEmpty() && !both.contracts.isEmpty())
        both.tokens = tokensAtHand();
    else if (both.contracts.isEmpty() && m_contracts && m_pages->currentWidget() == m_contracts)
        both.contracts = m_contracts->shown().contracts;
    if (both.tokens.isEmpty() || both.contracts.isEmpty())
        return false;
    if (!m_contracts) {
        m_contracts = new ContractPage(m_pages);
        m_pages->addWidget(m_contracts);
        connect(m_contracts, &ContractPage::closed, this, &MainWindow::showRun);
        connect(m_contracts, &ContractPage::pasted, this, [this](const QByteArray& pasted) { inspect(pasted, {}); });
    }
    m_pages->setCurrentWidget(m_contracts);
    m_contracts->hold(both, m_session.hasSetup() ? std::optional(m_session.setup()) : std::nullopt);
    return true;
}

bool MainWindow::matchFiles(const QStringList& files)
{
    constexpr qsizetype mostFiles = 50;
    QList<NamedText> texts;
    for (const QString& path : files.size() > mostFiles ? QStringList() : files) {
        QFile file(path);
        if (file.size() > most || !file.open(QIODevice::ReadOnly))
            return false;
        texts.append({QFileInfo(path).fileName(), base::asUtf8(file.readAll())});
    }
    return match(texts);
}
