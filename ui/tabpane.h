// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include <functional>
#include <vector>

QT_BEGIN_NAMESPACE
class QIcon;
class QStackedWidget;
class QTabBar;
QT_END_NAMESPACE

/// Tabs whose pages are made when they are first shown, each with its own buttons at the right end of the bar.
class TabPane : public QWidget
{
    Q_OBJECT
public:
    enum class Tab { SignIn, Match, Token, Wire, Audiences, Explain, Difference = SignIn }; ///< of two runs the first is their difference
    struct Page
    {
        QWidget* widget = nullptr;
        QWidget* corner = nullptr;
    };
    using Make = std::function<Page(QWidget* parent)>;

    explicit TabPane(QWidget* parent = nullptr);

    /// In the order of Tab.
    void add(Tab tab, const QString& title, Make make);
    void setShown(Tab tab, bool shown);
    bool isShown(Tab tab) const;
    void setIcon(Tab tab, const QIcon& icon);
    void show(Tab tab);
    Tab current() const;
    void step(int direction);            ///< next or previous tab, in a circle
    QWidget* page(Tab tab) const;        ///< nullptr before it was shown
    QTabBar* bar() const { return m_bar; }
    QWidget* body() const;
    QWidget* corner() const;
    /// For a page that lives elsewhere at times: puts it into its tab, or lets go of it.
    void adopt(Tab tab, QWidget* widget);
    void release(Tab tab);

signals:
    void currentChanged(TabPane::Tab tab);
    void made(TabPane::Tab tab);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void settleCorner();
    void showIndex(int index);

    struct Entry
    {
        Make make {};
        Page page {};
    };
    std::vector<Entry> m_entries {};
    QTabBar* m_bar = nullptr;
    QStackedWidget* m_corner = nullptr;
    QStackedWidget* m_stack = nullptr;
};
