// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tabpane.h"

#include "ui/theme.h"
#include "ui/widgets/panel.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;

namespace {

/// Gives up its padding before it gives up letters.
class TabBar : public QTabBar
{
public:
    using QTabBar::QTabBar;

    int fullWidth() const
    {
        int width = 0;
        for (int i = 0; i < count(); ++i)
            width += isTabVisible(i) ? QTabBar::tabSizeHint(i).width() : 0;
        return width;
    }

    QSize sizeHint() const override { return {fullWidth(), px(36)}; }
    QSize minimumSizeHint() const override { return {px(160), px(36)}; }

protected:
    QSize tabSizeHint(int index) const override
    {
        const QSize full = QTabBar::tabSizeHint(index);
        const int over = fullWidth() - width();
        if (over <= 0 || !isTabVisible(index))
            return full;
        int shown = 0;
        for (int i = 0; i < count(); ++i)
            shown += isTabVisible(i);
        return {std::max(full.width() - (over + shown - 1) / shown, px(30)), full.height()};
    }
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
};

/// As wide as its current page, not as its widest.
class CornerStack : public QStackedWidget
{
public:
    using QStackedWidget::QStackedWidget;
    QSize sizeHint() const override { return currentWidget() ? currentWidget()->sizeHint() : QSize(0, 0); }
    QSize minimumSizeHint() const override { return currentWidget() ? currentWidget()->minimumSizeHint() : QSize(0, 0); }
};

class PageStack : public QStackedWidget
{
public:
    using QStackedWidget::QStackedWidget;
    QSize minimumSizeHint() const override { return {px(240), px(90)}; }
};

} // namespace

TabPane::TabPane(QWidget* parent)
    : QWidget(parent)
{
    auto* head = new Panel(Token::Window, Qt::BottomEdge, this);
    m_bar = new TabBar(head);
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(false);
    m_bar->setElideMode(Qt::ElideNone); // the style shortens, in the font it draws with
    m_bar->setFocusPolicy(Qt::StrongFocus);
    m_bar->setAccessibleName(u"Views of the step"_s);
    m_corner = new CornerStack(head);
    m_corner->addWidget(new QWidget);
    m_corner->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(px(8), 0, 0, 1);
    row->setSpacing(px(8));
    row->addWidget(m_bar, 1, Qt::AlignBottom);
    row->addWidget(m_corner);
    m_stack = new PageStack(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, &TabPane::showIndex);
}

void TabPane::add(Tab tab, const QString& title, Make make)
{
    Q_ASSERT(m_entries.size() == size_t(tab));
    m_entries.push_back({std::move(make), {}});
    const QSignalBlocker quiet(m_bar);
    m_bar->addTab(title);
}

void TabPane::setShown(Tab tab, bool shown)
{
    m_bar->setTabVisible(int(tab), shown);
}

bool TabPane::isShown(Tab tab) const
{
    return m_bar->isTabVisible(int(tab));
}

void TabPane::setIcon(Tab tab, const QIcon& icon)
{
    m_bar->setTabIcon(int(tab), icon);
}

void TabPane::show(Tab tab)
{
    if (!isShown(tab))
        return;
    if (m_bar->currentIndex() == int(tab))
        showIndex(int(tab));
    m_bar->setCurrentIndex(int(tab));
}

TabPane::Tab TabPane::current() const
{
    return Tab(std::max(0, m_bar->currentIndex()));
}

void TabPane::step(int direction)
{
    const int count = m_bar->count();
    for (int i = 1; i <= count; ++i) {
        const int index = (m_bar->currentIndex() + direction * i + count * i) % count;
        if (m_bar->isTabVisible(index))
            return m_bar->setCurrentIndex(index);
    }
}

QWidget* TabPane::page(Tab tab) const
{
    return m_entries[size_t(tab)].page.widget;
}

QWidget* TabPane::body() const
{
    return m_stack;
}

QWidget* TabPane::corner() const
{
    return m_corner;
}

void TabPane::showIndex(int index)
{
    if (index < 0)
        return;
    Entry& entry = m_entries[size_t(index)];
    if (!entry.page.widget && entry.make) {
        entry.page = entry.make(m_stack);
        m_stack->addWidget(entry.page.widget);
        if (entry.page.corner)
            m_corner->addWidget(entry.page.corner);
        emit made(Tab(index));
    }
    if (entry.page.widget)
        m_stack->setCurrentWidget(entry.page.widget);
    if (entry.page.corner)
        m_corner->setCurrentWidget(entry.page.corner);
    else
        m_corner->setCurrentIndex(0);
    settleCorner();
    emit currentChanged(Tab(index));
}

// The names of the tabs come first; what the corner does stands in the menus too.
void TabPane::settleCorner()
{
    m_corner->updateGeometry();
    m_corner->setVisible(width() >= m_bar->sizeHint().width() + m_corner->sizeHint().width() + px(16));
}

void TabPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    settleCorner();
}

void TabPane::adopt(Tab tab, QWidget* widget)
{
    Entry& entry = m_entries[size_t(tab)];
    entry.page.widget = widget;
    m_stack->addWidget(widget);
    setShown(tab, true);
    if (current() == tab)
        showIndex(int(tab));
}

void TabPane::release(Tab tab)
{
    Entry& entry = m_entries[size_t(tab)];
    if (entry.page.widget)
        m_stack->removeWidget(entry.page.widget);
    entry.page.widget = nullptr;
    setShown(tab, false);
}
