// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "findingspane.h"

#include "core/diagnosis/rules.h"
#include "findingsdelegate.h"
#include "ui/models/findingsmodel.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/foldheader.h"
#include "ui/widgets/label.h"

#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;

namespace {

constexpr int rowsShown = 3;

/// Lets a click ask what it hit.
class FindingsView : public QListView
{
public:
    using QListView::QListView;
    QStyleOptionViewItem optionAt(const QModelIndex& index) const
    {
        QStyleOptionViewItem option;
        initViewItemOption(&option);
        option.rect = visualRect(index);
        return option;
    }
};

} // namespace

FindingsPane::FindingsPane(session::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new FindingsModel(session, this))
    , m_delegate(new FindingsDelegate(this))
    , m_header(new FoldHeader(u"Findings"_s, this))
    , m_list(new FindingsView(this))
    , m_none(new Label(theme::Type::Body, theme::Token::Text2, this))
{
    m_header->setHint(u"F8 next finding"_s);
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setAccessibleName(u"Findings"_s);
    m_list->installEventFilter(this);
    m_none->setContentsMargins(px(42), 0, px(16), 0);
    m_none->setText(u"No findings. %1 rules looked at this run."_s.arg(diagnosis::ruleCount()));
    m_none->setFixedHeight(px(32));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_list);
    layout->addWidget(m_none);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);

    connect(m_header, &FoldHeader::toggled, this, [this](bool open) {
        show(open);
        emit opened(open);
    });
    connect(m_model, &FindingsModel::refreshed, this, &FindingsPane::settle);
    connect(m_model, &FindingsModel::dataChanged, this, &FindingsPane::settle);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &FindingsPane::settle);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) { go(index.row()); });
    connect(m_list, &QListView::customContextMenuRequested, this, &FindingsPane::showMenu);
    m_list->viewport()->installEventFilter(this);
    show(false);
}

bool FindingsPane::isOpen() const
{
    return m_header->isChecked();
}

void FindingsPane::setOpen(bool open)
{
    const QSignalBlocker quiet(m_header);
    m_header->setChecked(open);
    show(open);
}

void FindingsPane::show(bool open)
{
    m_header->update();
    m_list->setVisible(open && m_model->rowCount() > 0);
    m_none->setVisible(open && m_model->rowCount() == 0);
    settle();
}

// As high as its rows, up to three; a shown fix may take two rows more.
void FindingsPane::settle()
{
    m_header->setSummary(m_model->summary());
    m_list->setVisible(isOpen() && m_model->rowCount() > 0);
    m_none->setVisible(isOpen() && m_model->rowCount() == 0);
    m_list->doItemsLayout();
    int content = 0;
    bool anyFix = false;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        content += m_list->sizeHintForRow(row);
        anyFix |= m_model->index(row).data(FindingsModel::RowRole).value<FindingRow>().open;
    }
    m_list->setFixedHeight(std::min(content, px(32) * (anyFix ? rowsShown + 2 : rowsShown)));
    updateGeometry();
}

void FindingsPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != width())
        settle();
}

void FindingsPane::go(int row)
{
    m_session.select(m_model->finding(row).place);
}

void FindingsPane::cycle(int direction)
{
    const int count = m_model->rowCount();
    if (!count)
        return;
    if (!isOpen())
        setOpen(true);
    const int before = m_list->currentIndex().row();
    const int row = before < 0 ? (direction > 0 ? 0 : count - 1) : (before + direction + count) % count;
    m_list->setCurrentIndex(m_model->index(row));
    go(row);
}

void FindingsPane::clicked(QPoint at)
{
    const QModelIndex index = m_list->indexAt(at);
    if (!index.isValid())
        return;
    const auto option = static_cast<FindingsView*>(m_list)->optionAt(index);
    switch (m_delegate->partAt(option, index, at)) {
    case FindingsDelegate::Part::Fix: return m_model->toggleFix(index.row());
    case FindingsDelegate::Part::Place: return go(index.row());
    case FindingsDelegate::Part::Row: return;
    }
}

bool FindingsPane::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonRelease && watched == m_list->viewport()) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::LeftButton)
            clicked(mouse->position().toPoint());
    }
    if (event->type() == QEvent::KeyPress && watched == m_list && m_list->currentIndex().isValid()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Space) {
            m_model->toggleFix(m_list->currentIndex().row());
            return true;
        }
        if (key->matches(QKeySequence::Copy)) {
            const base::Finding& finding = m_model->finding(m_list->currentIndex().row());
            controls::copyText(u"%1: %2 %3"_s.arg(finding.rule, finding.text, finding.fix));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindingsPane::showMenu(QPoint at)
{
    const QModelIndex index = m_list->indexAt(at).isValid() ? m_list->indexAt(at) : m_list->currentIndex();
    if (!index.isValid())
        return;
    const base::Finding finding = m_model->finding(index.row());
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(u"&Go to place"_s, this, [this, finding] { m_session.select(finding.place); });
    if (!finding.fix.isEmpty())
        menu->addAction(u"Show or hide &fix"_s, this, [this, row = index.row()] { m_model->toggleFix(row); });
    menu->addAction(theme::icon(u"copy"_s), u"&Copy finding"_s, this, [finding] {
        controls::copyText(u"%1: %2 %3"_s.arg(finding.rule, finding.text, finding.fix));
    });
    menu->addAction(u"Copy &rule id"_s, this, [finding] { controls::copyText(finding.rule); });
    menu->popup(m_list->viewport()->mapToGlobal(at));
}
