// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "diagnosepage.h"

#include "core/base/clock.h"
#include "ui/models/diagnosemodel.h"
#include "ui/pages/diagnosedelegate.h"
#include "ui/widgets/article.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"
#include "ui/widgets/matchlist.h"
#include "ui/widgets/pagehead.h"
#include "ui/widgets/panel.h"

#include <QGuiApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPointer>
#include <QSplitter>
#include <QThreadPool>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

struct DiagnosePage::Parts
{
    DiagnoseModel model {};
    QListView* list = nullptr;
    Article* article = nullptr;
    MatchList* checks = nullptr;
    PageHead* head = nullptr;
    QPushButton* ask = nullptr;
    int turn = 0;   ///< of what is looked at: an older answer is dropped
};

namespace {

QListView* itemList(QAbstractItemModel& model, QWidget* parent)
{
    auto* list = new QListView(parent);
    list->setModel(&model);
    list->setItemDelegate(new DiagnoseDelegate(list));
    list->setAccessibleName(u"Recognised parts"_s);
    list->setFrameShape(QFrame::NoFrame);
    list->setMouseTracking(true);
    list->setResizeMode(QListView::Adjust);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return list;
}

void write(Article& article, const diagnosis::Item& item)
{
    article.begin();
    article.caption(u"Line %1"_s.arg(item.line));
    article.title(diagnoseRow(item).title);
    for (const DiagnoseSection& section : diagnoseSections(item)) {
        article.heading(section.heading);
        int number = 0;
        if (section.fixed)
            article.code(section.lines.join(u'\n'));
        else
            for (const QString& line : section.lines)
                article.plain(section.ranked ? u"%1. %2"_s.arg(++number).arg(line) : line);
    }
    article.end();
}

} // namespace

DiagnosePage::DiagnosePage(QWidget* parent)
    : QWidget(parent), m(std::make_unique<Parts>())
{
    m->head = new PageHead(u"Diagnose"_s, this);
    m->ask = m->head->addButton(u"Copy questions"_s, u"ask"_s);
    m->ask->setToolTip(u"What to ask the customer for, as a message"_s);
    QPushButton* paste = m->head->addButton(u"Paste (Ctrl+V)"_s, u"paste"_s);

    m->list = itemList(m->model, this);
    auto* reading = new Panel(Token::Surface, {}, this);
    m->article = new Article(u"What it is"_s, reading);
    auto* readingLayout = new QVBoxLayout(reading);
    readingLayout->setContentsMargins(px(16), px(16), px(16), 0);
    readingLayout->addWidget(m->article);
    m->checks = new MatchList(this);
    m->checks->setAccessibleName(u"What was compared"_s);
    auto* right = new QSplitter(Qt::Vertical, this);
    right->addWidget(reading);
    right->addWidget(m->checks);
    right->setStretchFactor(0, 3);
    right->setStretchFactor(1, 2);
    right->setChildrenCollapsible(false);
    right->setSizes({px(600), px(400)});
    auto* body = new QSplitter(Qt::Horizontal, this);
    body->addWidget(m->list);
    body->addWidget(right);
    body->setStretchFactor(1, 1);
    body->setSizes({px(320), px(1000)});
    body->setChildrenCollapsible(false);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m->head);
    layout->addWidget(body, 1);

    connect(m->list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) { showItem(current.row()); });
    connect(m->head, &PageHead::closed, this, &DiagnosePage::closed);
    connect(paste, &QPushButton::clicked, this, [this] { emit pasted(QGuiApplication::clipboard()->text().toUtf8()); });
    connect(m->ask, &QPushButton::clicked, this, [this] { controls::copyText(questionsText(m->model.inspection())); });
    // What has been written keeps the ink it was written with.
    connect(&theme::watcher(), &theme::Watcher::changed, this, [this] { showItem(m->list->currentIndex().row()); });
    showItem(-1);
}

DiagnosePage::~DiagnosePage() = default;

const diagnosis::Inspection& DiagnosePage::inspection() const { return m->model.inspection(); }

const diagnosis::Item* DiagnosePage::selected() const
{
    const int row = m->list->currentIndex().row();
    return row >= 0 && row < inspection().items.size() ? &inspection().items[row] : nullptr;
}

QString DiagnosePage::shownText() const { return m->article->toPlainText(); }

void DiagnosePage::inspect(const QByteArray& text, const QString& name, std::optional<setup::Setup> setup)
{
    const int turn = ++m->turn;
    m->head->setTitle(name.isEmpty() ? u"Diagnose"_s : u"Diagnose %1"_s.arg(name));
    m->head->setSummary(text.trimmed().isEmpty() ? u"Nothing to look at: the clipboard holds no text."_s : u"Looking at %1 bytes"_s.arg(text.size()));
    m->ask->setVisible(false);
    if (text.trimmed().isEmpty())
        return;
    QPointer<DiagnosePage> page(this);
    QThreadPool::globalInstance()->start([page, text, name, setup = std::move(setup), turn] {
        const diagnosis::IntakeOptions options {.expected = {.now = base::systemNow()}, .setup = setup ? &*setup : nullptr};
        diagnosis::Inspection found = diagnosis::inspectFile(text, name, options);
        QMetaObject::invokeMethod(qGuiApp, [page, found = std::move(found), name, turn]() mutable {
            if (page && page->m->turn == turn)
                page->finish(std::move(found), name);
        });
    });
}

void DiagnosePage::finish(diagnosis::Inspection inspection, const QString& name)
{
    m->model.setInspection(std::move(inspection));
    m->head->setSummary(u"%1. Read here, nothing was sent."_s.arg(diagnoseSummary(m->model.inspection())));
    m->ask->setVisible(!m->model.inspection().ask.isEmpty());
    const int first = m->model.worst();
    m->list->setCurrentIndex(m->model.index(first));
    showItem(first);
    m->list->setFocus(Qt::OtherFocusReason);
    setAccessibleDescription(m->head->summary() + name);
    emit inspected();
}

void DiagnosePage::showItem(int row)
{
    const QList<diagnosis::Item>& items = m->model.inspection().items;
    if (row < 0 || row >= items.size()) {
        m->article->begin();
        m->article->title(u"Paste anything"_s);
        m->article->plain(u"A token, an Authorization header, a token response, an error, a callback address, a curl line, log lines, a page. It is read here and sent nowhere."_s);
        m->article->end();
        m->checks->setVisible(false);
        return;
    }
    write(*m->article, items[row]);
    const QList<MatchGroup> groups = diagnoseGroups(items[row]);
    m->checks->setVisible(!groups.isEmpty());
    m->checks->setGroups(groups, QString::number(row));
}

void DiagnosePage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}
