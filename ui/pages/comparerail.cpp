// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "comparerail.h"

#include "ui/models/comparedsteps.h"
#include "ui/widgets/label.h"

#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

namespace {

int lineHeight(Type type) { return QFontMetrics(theme::font(type)).height(); }

void paintGate(QPainter& painter, const QRect& row, int x, const std::optional<flow::StepState>& state, bool first, bool last)
{
    const int side = px(18);
    const QRect gate(row.left() + x, row.top() + px(9), side, side);
    painter.setPen(theme::color(Token::LineStrong));
    const int middle = gate.center().x();
    if (!first)
        painter.drawLine(middle, row.top(), middle, gate.top() - px(3));
    if (!last)
        painter.drawLine(middle, gate.bottom() + px(3), middle, row.bottom() + 1);
    if (state)
        theme::paintState(painter, gate, *state);
}

QString counted(const QList<ComparedStep>& steps)
{
    const auto differing = std::ranges::count(steps, true, &ComparedStep::differs);
    if (!differing)
        return steps.size() == 1 ? u"1 step, the same"_s : u"%1 steps, all the same"_s.arg(steps.size());
    return u"%1 of %2 steps differ"_s.arg(differing).arg(steps.size());
}

} // namespace

QSize CompareRailDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {px(100), lineHeight(Type::Body) + lineHeight(Type::Caption) + px(22)};
}

void CompareRailDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto step = index.data(ComparedSteps::RowRole).value<ComparedStep>();
    const bool selected = option.state & QStyle::State_Selected;
    const QRect& rect = option.rect;
    painter->save();
    if (selected)
        painter->fillRect(rect, theme::color(Token::Select));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(rect, theme::color(Token::Hover));
    if (selected)
        painter->fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), theme::color(Token::Accent));
    const bool first = index.row() == 0, last = index.row() == index.model()->rowCount() - 1;
    paintGate(*painter, rect, px(12), step.left, first, last);
    paintGate(*painter, rect, px(35), step.right, first, last);
    QRect line(rect.left() + px(62), rect.top() + px(8), rect.width() - px(70), lineHeight(Type::Body));
    const auto write = [&](const QString& text) {
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, painter->fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
    };
    painter->setFont(theme::font(Type::Body, selected ? 600 : 400));
    painter->setPen(theme::color(Token::Text));
    write(u"%1. %2"_s.arg(step.number).arg(step.title));
    line.translate(0, line.height() + px(1));
    line.setHeight(lineHeight(Type::Caption));
    painter->setFont(theme::font(Type::Caption, step.differs ? 600 : 400));
    painter->setPen(theme::color(step.differs ? Token::Text : Token::Text2));
    write((step.differs ? u"\u2260 "_s : u"= "_s) + step.word);
    painter->restore();
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        QStyleOptionFocusRect focus;
        focus.rect = rect;
        option.widget->style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
    }
}

CompareRail::CompareRail(ComparedSteps& steps, const QString& title, const QString& first, const QString& why, QWidget* parent)
    : Panel(Token::Raised, {}, parent), m_steps(steps), m_list(new QListView(this)), m_first(first)
{
    m_list->setModel(&steps);
    m_list->setItemDelegate(new CompareRailDelegate(this));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(u"Steps of both runs"_s);
    m_list->viewport()->setAutoFillBackground(false);
    setFocusProxy(m_list);
    setMinimumWidth(px(132));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHead(title));
    layout->addWidget(m_list, 1);
    layout->addWidget(createFoot(first, why));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (current.isValid())
            emit stepChosen(current.row());
    });
    connect(&theme::watcher(), &theme::Watcher::changed, m_list, &QListView::doItemsLayout);
}

QWidget* CompareRail::createHead(const QString& title)
{
    auto* head = new QWidget(this);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(px(16), px(14), px(8), px(8));
    layout->setSpacing(px(2));
    auto* name = new Label(Type::Body, Token::Text, head);
    name->setWeight(600);
    name->setText(title);
    auto* counts = new Label(Type::Caption, Token::Text2, head);
    counts->setText(u"A left, B right. %1"_s.arg(counted(m_steps.steps())));
    for (Label* label : {name, counts}) {
        label->setElide(Qt::ElideRight);
        layout->addWidget(label);
    }
    return head;
}

QWidget* CompareRail::createFoot(const QString& first, const QString& why)
{
    auto* foot = new Panel(Token::Raised, Qt::TopEdge, this);
    auto* layout = new QVBoxLayout(foot);
    layout->setContentsMargins(px(16), px(9), px(8), px(9));
    layout->setSpacing(px(2));
    for (const auto& [heading, words] : {std::pair {u"First meaningful difference"_s, first}, std::pair {u"Why it matters"_s, why}}) {
        if (words.isEmpty())
            continue;
        auto* caption = new Label(Type::Caption, Token::Text2, foot);
        caption->setText(heading);
        caption->setElide(Qt::ElideRight);
        auto* text = new Label(Type::Body, Token::Text, foot);
        text->setWordWrap(true);
        text->setText(words);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        if (layout->count() > 0)
            layout->addSpacing(px(6));
        layout->addWidget(caption);
        layout->addWidget(text);
    }
    return foot;
}

QString CompareRail::footText() const { return m_first; }

int CompareRail::currentRow() const { return m_list->currentIndex().row(); }

void CompareRail::showStep(qsizetype row)
{
    const QModelIndex index = m_steps.index(int(row));
    if (index.isValid() && index != m_list->currentIndex())
        m_list->setCurrentIndex(index);
}
