// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "settingspage.h"

#include "ui/appearances.h"
#include "ui/settings.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pagehead.h"
#include "ui/widgets/segmented.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

namespace {

Label* sentence(const QString& text, QWidget* parent)
{
    auto* label = new Label(Type::Body, Token::Text2, parent);
    label->setText(text);
    label->setWordWrap(true);
    return label;
}

/// A heading, and what stands below it.
QVBoxLayout* section(const QString& title, Panel& page)
{
    auto* box = new Panel(Token::Surface, Qt::BottomEdge, &page);
    auto* lines = new QVBoxLayout(box);
    lines->setContentsMargins(0, px(12), 0, px(16));
    lines->setSpacing(px(8));
    auto* heading = new Label(Type::Lead, Token::Text, box);
    heading->setText(title);
    heading->setWeight(600);
    lines->addWidget(heading);
    page.layout()->addWidget(box);
    return lines;
}

/// A setup as the menu of recent ones calls it.
QString nameOf(const QString& recent)
{
    return recent.startsWith(u"sample:") ? recent.sliced(7) : QFileInfo(recent).fileName();
}

} // namespace

SettingsPage::SettingsPage(Settings& settings, QWidget* parent)
    : QWidget(parent), m_settings(settings), m_head(new PageHead(u"Settings"_s, this))
{
    connect(m_head, &PageHead::closed, this, &SettingsPage::closed);
    m_head->setSummary(u"They hold at once, and for every window."_s);
    auto* page = new Panel(Token::Surface, {}, this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(px(16), px(4), px(16), px(16));
    column->setSpacing(0);
    addAppearance(*page);
    addRecent(*page);
    addKept(*page);
    column->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(page, 1);
}

void SettingsPage::addAppearance(Panel& page)
{
    QVBoxLayout* lines = section(u"Appearance"_s, page);
    m_appearance = new Segmented(u"Appearance"_s, &page);
    for (const AppearanceRow& row : appearances)
        m_appearance->add(controls::withoutMnemonic(QString::fromUtf16(row.text)));
    lines->addWidget(m_appearance, 0, Qt::AlignLeft);
    lines->addWidget(sentence(u"System follows the desktop: light, dark, and its contrast. Sizes follow the desktop's font."_s, &page));
    connect(m_appearance, &Segmented::chosen, this, [this](int index) {
        const AppearanceRow& row = appearances[size_t(index)];
        theme::setAppearance(row.appearance);
        m_settings.set(Settings::appearance, QString::fromUtf16(row.id));
        refresh();
    });
}

void SettingsPage::addRecent(Panel& page)
{
    QVBoxLayout* lines = section(u"Recent setups"_s, page);
    m_recent = sentence({}, &page);
    m_forget = controls::button(u"Forget them"_s, {}, controls::Kind::Plain, &page);
    lines->addWidget(m_recent);
    lines->addWidget(m_forget, 0, Qt::AlignLeft);
    connect(m_forget, &QPushButton::clicked, this, [this] {
        m_settings.set(Settings::recentSetups, {});
        m_settings.set(Settings::lastSetup, {});
        refresh();
    });
}

void SettingsPage::addKept(Panel& page)
{
    QVBoxLayout* lines = section(u"Kept on this machine"_s, page);
    lines->addWidget(sentence(u"How the windows stand and which setups were open, in the file below: no secret, and no value of a setup or a token."_s, &page));
    auto* file = new Label(Type::Fixed, Token::Text, &page);
    file->setText(m_settings.file());
    file->setElide(Qt::ElideMiddle);
    file->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    lines->addWidget(file);
    lines->addWidget(sentence(u"Secrets of lower environments, in the keychain of the desktop and nowhere else."_s, &page));
    m_secrets = controls::button(u"Secrets of this setup…"_s, u"keychain"_s, controls::Kind::Plain, &page);
    m_secrets->hide();
    lines->addWidget(m_secrets, 0, Qt::AlignLeft);
}

void SettingsPage::refresh()
{
    const auto row = std::ranges::find(appearances, theme::appearance(), &AppearanceRow::appearance);
    m_appearance->setCurrent(int(row - appearances.begin()));
    QStringList names;
    for (const QString& recent : m_settings.get(Settings::recentSetups))
        names += nameOf(recent);
    m_recent->setText(names.isEmpty() ? u"None is remembered. The next start opens the first sample."_s : names.join(u", "_s));
    m_forget->setEnabled(!names.isEmpty());
}

void SettingsPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

void SettingsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
    m_appearance->setFocus(Qt::OtherFocusReason);
}
