// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "wireside.h"

#include "ui/models/wiremodel.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/label.h"
#include "wiredelegate.h"

#include <QKeyEvent>
#include <QListView>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTextDocumentFragment>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

WireSide::WireSide(const QString& title, QWidget* parent)
    : Panel(Token::Surface, {}, parent), m_model(new WireModel(this)), m_stack(new QStackedWidget(this)), m_list(new QListView(this)), m_text(new QPlainTextEdit(this)), m_empty(new EmptyState(this))
{
    auto* heading = new Label(Type::Body, Token::Text, this);
    heading->setWeight(600);
    heading->setText(title);
    m_aside = new Label(Type::Caption, Token::Text2, this);
    m_aside->setElide(Qt::ElideRight);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(px(16), px(8), px(12), px(4));
    head->setSpacing(px(10));
    head->addWidget(heading);
    head->addWidget(m_aside, 1);

    m_list->setModel(m_model);
    m_list->setItemDelegate(new WireDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(title);
    m_list->installEventFilter(this);
    m_text->installEventFilter(this);
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->document()->setDocumentMargin(px(12));
    m_text->setAccessibleName(u"%1, raw"_s.arg(title));
    controls::followType(m_text, Type::Fixed);
    for (QWidget* part : {static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_empty)})
        m_stack->addWidget(part);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_list);

    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) { m_model->toggle(index.row()); });
    connect(m_model, &WireModel::dataChanged, m_list, [this] { m_list->doItemsLayout(); });
    connect(&theme::watcher(), &theme::Watcher::changed, m_list, &QListView::doItemsLayout);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        const auto row = index.data(WireModel::RowRole).value<WireRow>();
        if (row.kind == WireRow::Kind::Field && m_list->hasFocus())
            emit nameSelected(row.name);
    });
}

void WireSide::showMessage(const QList<WireRow>& rows, const QString& raw)
{
    m_hasMessage = true;
    const QModelIndex before = m_list->currentIndex();
    m_model->setRows(rows);
    if (before.isValid() && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(std::min(before.row(), m_model->rowCount() - 1)));
    if (m_text->toPlainText() != raw)
        m_text->setPlainText(raw);
    setRaw(m_raw);
}

EmptyState& WireSide::showEmpty()
{
    m_hasMessage = false;
    m_model->setRows({});
    m_text->clear();
    m_stack->setCurrentWidget(m_empty);
    return *m_empty;
}

void WireSide::setAside(const QString& text)
{
    m_aside->setText(text);
}

void WireSide::setRaw(bool raw)
{
    m_raw = raw;
    if (m_hasMessage)
        m_stack->setCurrentWidget(raw ? static_cast<QWidget*>(m_text) : m_list);
    setFocusProxy(raw ? static_cast<QWidget*>(m_text) : m_list);
}

void WireSide::selectName(const QString& name)
{
    const int row = m_model->rowOf(name);
    if (row >= 0)
        m_list->setCurrentIndex(m_model->index(row));
}

void WireSide::setRedaction(bool on) { m_redaction = on; }

QString WireSide::currentValue() const
{
    const auto row = m_list->currentIndex().data(WireModel::RowRole).value<WireRow>();
    return row.value.isEmpty() ? row.name : row.value;
}

void WireSide::copy(const QString& text) const
{
    if (!text.isEmpty())
        (m_redaction ? controls::copyText : controls::copySecret)(text);
}

bool WireSide::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copy(watched == m_text ? m_text->textCursor().selection().toPlainText() : currentValue());
        return true;
    }
    return Panel::eventFilter(watched, event);
}
