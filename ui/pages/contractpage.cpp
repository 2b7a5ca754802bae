// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "contractpage.h"

#include "core/base/clock.h"
#include "core/base/text.h"
#include "ui/models/contractcontent.h"
#include "ui/models/diagnosemodel.h"
#include "ui/pages/diagnosedelegate.h"
#include "ui/widgets/article.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/label.h"
#include "ui/widgets/matchheader.h"
#include "ui/widgets/matchlist.h"
#include "ui/widgets/pagehead.h"
#include "ui/widgets/panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

struct ContractPage::Parts
{
    diagnosis::TokensAndContracts both {};
    std::optional<setup::Setup> setup {};
    QList<diagnosis::ContractAnswer> answers {};
    MatchContent content {};
    QStandardItemModel rows {};
    PageHead* head = nullptr;
    QListView* list = nullptr;
    QStackedWidget* stack = nullptr;
    EmptyState* unreadable = nullptr;
    MatchHeader* header = nullptr;
    MatchList* checks = nullptr;
    QWidget* fix = nullptr;
    Article* corrected = nullptr;
    QPushButton* copyJson = nullptr;
    QPushButton* copyCommand = nullptr;
};

namespace {

QString visibleLines(const QString& text)
{
    QStringList lines;
    for (const QString& line : text.trimmed().split(u'\n'))
        lines.append(base::visible(line));
    return lines.join(u'\n');
}

/// The first line that is not what it was is selected, and so on screen.
void markChange(Article& article, const diagnosis::ContractAnswer& answer)
{
    const QList<QByteArray> before = json::formatted(json::Document::read(answer.contract.text).root(), 2).split('\n');
    const QList<QByteArray> after = answer.fix.corrected.split('\n');
    for (qsizetype i = 0; i < after.size(); ++i)
        if (!before.contains(after[i]) && article.find(base::visible(QString::fromUtf8(after[i].trimmed()))))
            return;
}

} // namespace

ContractPage::ContractPage(QWidget* parent)
    : QWidget(parent), m(std::make_unique<Parts>())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    makeHead();
    layout->addWidget(m->head);
    layout->addWidget(makeBody(), 1);
    connect(m->list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) { showAnswer(current.row()); });
    // What has been written keeps the ink it was written with.
    connect(&theme::watcher(), &theme::Watcher::changed, this, [this] { showAnswer(m->list->currentIndex().row()); });
}

ContractPage::~ContractPage() = default;

void ContractPage::makeHead()
{
    m->head = new PageHead(u"Match"_s, this);
    QPushButton* copy = m->head->addButton(u"Copy verdict"_s, u"copy"_s);
    QPushButton* paste = m->head->addButton(u"Paste (Ctrl+V)"_s, u"paste"_s);
    paste->setToolTip(u"Another token against these contracts, or another contract against this token"_s);
    connect(copy, &QPushButton::clicked, this, &ContractPage::copyVerdict);
    connect(paste, &QPushButton::clicked, this, [this] { emit pasted(QGuiApplication::clipboard()->text().toUtf8()); });
    connect(m->head, &PageHead::closed, this, &ContractPage::closed);
}

QWidget* ContractPage::makeBody()
{
    auto* body = new QSplitter(Qt::Horizontal, this);
    m->list = new QListView(body);
    m->list->setModel(&m->rows);
    m->list->setItemDelegate(new DiagnoseDelegate(m->list));
    m->list->setAccessibleName(u"Contracts, the nearest first"_s);
    m->list->setFrameShape(QFrame::NoFrame);
    m->list->setMouseTracking(true);
    m->list->setResizeMode(QListView::Adjust);
    m->list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m->list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m->list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    m->stack = new QStackedWidget(body);
    m->unreadable = new EmptyState(m->stack);
    auto* answer = new QSplitter(Qt::Vertical, m->stack);
    auto* comparisons = new Panel(Token::Surface, {}, answer);
    m->header = new MatchHeader(comparisons);
    m->checks = new MatchList(comparisons);
    m->checks->setAccessibleName(u"What was compared"_s);
    auto* lines = new QVBoxLayout(comparisons);
    lines->setContentsMargins({});
    lines->setSpacing(0);
    lines->addWidget(m->header);
    lines->addWidget(m->checks, 1);
    m->fix = makeFix(answer);
    answer->setStretchFactor(0, 3);
    answer->setStretchFactor(1, 2);
    answer->setSizes({px(560), px(300)});
    answer->setChildrenCollapsible(false);
    m->stack->addWidget(answer);
    m->stack->addWidget(m->unreadable);
    body->setStretchFactor(1, 1);
    body->setSizes({px(300), px(1000)});
    body->setChildrenCollapsible(false);
    return body;
}

QWidget* ContractPage::makeFix(QWidget* parent)
{
    auto* panel = new Panel(Token::Raised, Qt::TopEdge, parent);
    auto* heading = new Label(Type::Lead, Token::Text, panel);
    heading->setText(u"The contract put right"_s);
    heading->setWeight(600);
    m->copyJson = controls::button(u"Copy JSON"_s, u"copy"_s, controls::Kind::Small, panel);
    m->copyCommand = controls::button(u"Copy command"_s, u"copy"_s, controls::Kind::Small, panel);
    m->copyCommand->setToolTip(u"The vendor's command line that writes it"_s);
    m->corrected = new Article(u"The contract put right"_s, panel);
    auto* top = new QHBoxLayout;
    top->setSpacing(px(8));
    top->addWidget(heading, 1);
    top->addWidget(m->copyJson);
    top->addWidget(m->copyCommand);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(px(16), px(12), px(16), px(8));
    layout->setSpacing(px(8));
    layout->addLayout(top);
    layout->addWidget(m->corrected, 1);
    const auto copyOf = [this](auto member) {
        return [this, member] {
            const int row = m->list->currentIndex().row();
            if (row >= 0 && row < m->answers.size())
                controls::copyText(member(m->answers[row].fix));
        };
    };
    connect(m->copyJson, &QPushButton::clicked, this, copyOf([](const trust::ContractFix& fix) { return QString::fromUtf8(fix.corrected); }));
    connect(m->copyCommand, &QPushButton::clicked, this, copyOf([](const trust::ContractFix& fix) { return fix.command; }));
    return panel;
}

const diagnosis::TokensAndContracts& ContractPage::shown() const { return m->both; }
const QList<diagnosis::ContractAnswer>& ContractPage::answers() const { return m->answers; }
QString ContractPage::correctedText() const { return m->fix->isVisibleTo(this) ? m->corrected->toPlainText() : QString(); }
void ContractPage::copyVerdict() { controls::copyText(matchText(m->content)); }

void ContractPage::hold(const diagnosis::TokensAndContracts& both, std::optional<setup::Setup> setup)
{
    m->both = both;
    m->setup = std::move(setup);
    m->answers = diagnosis::heldAgainst(both, m->setup ? &*m->setup : nullptr, base::systemNow());
    m->rows.clear();
    for (const diagnosis::ContractAnswer& answer : std::as_const(m->answers)) {
        const DiagnoseRow row = contractRow(answer);
        auto* item = new QStandardItem(row.title);
        item->setData(QVariant::fromValue(row), DiagnoseModel::RowRole);
        item->setToolTip(controls::plainToolTip(row.title + u'\n' + row.aside));
        item->setAccessibleText(u"%1. %2. %3"_s.arg(row.title, theme::predictedWord(row.decision), row.aside));
        m->rows.appendRow(item);
    }
    m->list->setVisible(m->answers.size() > 1);
    m->head->setSummary(contractSummary(m->answers));
    setAccessibleDescription(m->head->summary());
    m->list->setCurrentIndex(m->rows.index(0, 0));
    showAnswer(0);
    (m->answers.size() > 1 ? static_cast<QWidget*>(m->list) : m->checks)->setFocus(Qt::OtherFocusReason);
}

void ContractPage::showAnswer(int row)
{
    if (row < 0 || row >= m->answers.size())
        return;
    const diagnosis::ContractAnswer& answer = m->answers[row];
    m->content = contractContent(answer, m->setup ? &*m->setup : nullptr);
    if (m->content.isEmpty()) {
        m->unreadable->show(m->content.emptyLine, m->content.emptySentence);
        m->stack->setCurrentWidget(m->unreadable);
        return;
    }
    m->stack->setCurrentIndex(0);
    m->header->setContent(m->content);
    m->checks->setGroups(m->content.groups, QString::number(row));
    m->fix->setVisible(!answer.fix.corrected.isEmpty());
    m->copyCommand->setVisible(!answer.fix.command.isEmpty());
    m->corrected->begin();
    m->corrected->code(visibleLines(QString::fromUtf8(answer.fix.corrected)));
    if (!answer.fix.note.isEmpty())
        m->corrected->paragraph(base::visible(answer.fix.note));
    if (!answer.fix.command.isEmpty()) {
        m->corrected->heading(u"As a command"_s);
        m->corrected->code(visibleLines(answer.fix.command));
    }
    m->corrected->end();
    markChange(*m->corrected, answer);
}

void ContractPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}
