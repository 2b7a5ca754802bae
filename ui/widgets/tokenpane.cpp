// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenpane.h"

#include "core/base/text.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/label.h"
#include "ui/widgets/lifetimebar.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/runtext.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/tokenclaims.h"
#include "ui/widgets/tokenfillers.h"
#include "ui/widgets/tokensignature.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;

namespace {

constexpr int narrow = 640; // lifetime above signature

} // namespace

TokenPane::TokenPane(QWidget* parent) : QWidget(parent)
{
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins({});
    lines->setSpacing(0);
    createHeader();
    createFacts();
    createFilter();
    m_claims = new TokenClaims(this);
    // With large type its lines need more room than there may be.
    m_opaqueArea = new QScrollArea(this);
    m_opaqueArea->setFrameShape(QFrame::NoFrame);
    m_opaqueArea->setWidgetResizable(true);
    m_opaqueArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_opaque = new Panel(Token::Surface, {}, m_opaqueArea);
    m_opaqueArea->setWidget(m_opaque);
    m_opaqueLines = new QGridLayout(m_opaque);
    m_opaqueLines->setContentsMargins(px(16), px(12), px(16), px(12));
    m_opaqueLines->setHorizontalSpacing(px(16));
    m_opaqueLines->setVerticalSpacing(px(8));
    m_opaqueLines->setColumnStretch(1, 1);
    for (QWidget* part : {static_cast<QWidget*>(m_header), static_cast<QWidget*>(m_facts), static_cast<QWidget*>(m_filter)})
        lines->addWidget(part);
    lines->addWidget(m_claims, 1);
    lines->addWidget(m_opaqueArea, 1);
    setFocusProxy(m_claims);
    connect(m_claims, &TokenClaims::claimChosen, this, &TokenPane::claimChosen);
    connect(m_claims, &QTreeView::expanded, this, &TokenPane::heightChanged);
    connect(m_claims, &QTreeView::collapsed, this, &TokenPane::heightChanged);
}

void TokenPane::createHeader()
{
    m_header = new Panel(Token::Surface, Qt::BottomEdge, this);
    auto* lines = new QVBoxLayout(m_header);
    lines->setContentsMargins(px(16), px(8), px(16), px(8));
    lines->setSpacing(px(4));
    m_titleLine = new QHBoxLayout;
    m_titleLine->setSpacing(px(8));
    m_glyph = new Glyph(20, m_header);
    m_title = new RunText(m_header);
    m_fingerprint = new Label(theme::Type::Fixed, Token::Text2, m_header);
    m_fingerprint->setElide(Qt::ElideLeft);
    m_fingerprint->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_titleLine->addWidget(m_glyph, 0, Qt::AlignVCenter);
    m_titleLine->addWidget(m_title, 1, Qt::AlignVCenter);
    m_titleLine->addWidget(m_fingerprint);
    m_fillers = new TokenFillers(m_header);
    lines->addLayout(m_titleLine);
    lines->addWidget(m_fillers);
}

void TokenPane::createFacts()
{
    m_facts = new Panel(Token::Surface, Qt::BottomEdge, this);
    m_factsLine = new QBoxLayout(QBoxLayout::LeftToRight, m_facts);
    m_factsLine->setContentsMargins(0, 0, 0, 1);
    m_factsLine->setSpacing(0);
    m_lifetimeBox = new QWidget(m_facts);
    auto* inside = new QVBoxLayout(m_lifetimeBox);
    inside->setContentsMargins(px(16), px(5), px(16), px(5));
    m_lifetime = new LifetimeBar(m_lifetimeBox);
    inside->addWidget(m_lifetime);
    m_rule = new Panel(Token::Line, {}, m_facts);
    m_signature = new TokenSignature(m_facts);
    m_factsLine->addWidget(m_lifetimeBox, 3);
    m_factsLine->addWidget(m_rule);
    m_factsLine->addWidget(m_signature, 2);
}

void TokenPane::createFilter()
{
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(u"Filter claims by name, value, meaning or filler"_s);
    m_filter->setAccessibleName(u"Filter claims"_s);
    m_filter->setClearButtonEnabled(true);
    m_filter->hide();
    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) { m_claims->setFilter(text); });
}

void TokenPane::setFacts(const TokenContent& content)
{
    m_content.lifetime = content.lifetime;
    m_lifetime->setFacts(content.lifetime);
    if (content.signature == m_content.signature)
        return;
    m_content.signature = content.signature;
    m_signature->setFacts(content.signature);
}

void TokenPane::setContent(const TokenContent& content)
{
    m_content = content;
    const bool opaque = !content.opaque.isEmpty();
    m_glyph->setDraw([kind = content.summary.speaker](QPainter& painter, const QRectF& rect) { theme::paintParty(painter, rect, kind); });
    m_title->setRuns({{base::visible(content.summary.title), theme::Type::Lead, 600},
                      {u"  "_s + base::visible(content.summary.kind), theme::Type::Body, 400, [] { return theme::color(Token::Text2); }}});
    m_fingerprint->setText(u"fingerprint "_s + content.summary.fingerprint);
    m_fillers->setFillers(content.fillers);
    m_fillers->setVisible(!opaque);
    m_lifetime->setFacts(content.lifetime);
    m_signature->setFacts(content.signature);
    m_signature->setVisible(!opaque);
    m_rule->setVisible(!opaque);
    m_claims->setVisible(!opaque);
    m_opaqueArea->setVisible(opaque);
    if (opaque)
        closeFilter();
    fillOpaque();
    m_claims->setContent(content);
    emit heightChanged();
}

void TokenPane::fillOpaque()
{
    m_opaqueLines->setRowStretch(m_opaqueLines->rowCount() - 1, 0);
    while (QLayoutItem* item = m_opaqueLines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const OpaqueFact& fact : m_content.opaque) {
        auto* name = new Label(theme::Type::Body, Token::Text2, m_opaque);
        name->setText(fact.name);
        auto* text = new Label(fact.fixed ? theme::Type::Fixed : theme::Type::Body, Token::Text, m_opaque);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setText(fact.text);
        m_opaqueLines->addWidget(name, row, 0, Qt::AlignTop);
        m_opaqueLines->addWidget(text, row, 1);
        ++row;
    }
    m_opaqueLines->setRowStretch(row, 1);
}

void TokenPane::setChoices(const QList<TokenChoice>& choices, const QString& current)
{
    if (choices != m_choices) {
        m_choices = choices;
        delete m_chooser;
        m_chooser = nullptr;
        if (choices.size() > 1) {
            m_chooser = new Segmented(u"Token"_s, m_header);
            for (const TokenChoice& choice : choices)
                m_chooser->add(choice.issued ? choice.slot : QString(choice.slot + u" presented"));
            m_titleLine->insertWidget(2, m_chooser);
            connect(m_chooser, &Segmented::chosen, this, [this](int index) { emit tokenChosen(m_choices.value(index).slot); });
        }
    }
    for (int i = 0; m_chooser && i < choices.size(); ++i)
        if (choices[i].slot == current)
            m_chooser->setCurrent(i);
}

void TokenPane::setSignatureShown(bool shown) { m_claims->setSignatureShown(shown); }
void TokenPane::select(const QString& claim) { m_claims->select(claim); }

QString TokenPane::selectedValue() const
{
    return m_claims->currentIndex().parent().isValid() ? m_claims->currentIndex().siblingAtColumn(ClaimsModel::Value).data().toString() : QString();
}

int TokenPane::neededHeight() const
{
    return m_header->height() + m_facts->height() + (m_content.opaque.isEmpty() ? m_claims->neededHeight() : m_opaque->sizeHint().height());
}

void TokenPane::openFilter()
{
    if (!m_content.opaque.isEmpty())
        return;
    m_filter->show();
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void TokenPane::goToHit(int direction)
{
    if (m_filter->isHidden() || m_filter->text().isEmpty())
        return openFilter();
    m_claims->setFocus(Qt::ShortcutFocusReason);
    m_claims->goToHit(direction);
}

void TokenPane::closeFilter()
{
    m_filter->clear();
    m_filter->hide();
}

bool TokenPane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_filter || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape)
        closeFilter();
    else if (key != Qt::Key_Down && key != Qt::Key_Return && key != Qt::Key_Enter)
        return false;
    m_claims->setFocus(Qt::OtherFocusReason);
    return true;
}

void TokenPane::settle()
{
    const bool stacked = width() < px(narrow);
    m_factsLine->setDirection(stacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_rule->setMinimumSize(stacked ? QSize(0, 1) : QSize(1, 0));
    m_rule->setMaximumSize(stacked ? QSize(QWIDGETSIZE_MAX, 1) : QSize(1, QWIDGETSIZE_MAX));
    m_fingerprint->setVisible(width() >= px(560));
}

void TokenPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    settle();
    emit heightChanged();
}
