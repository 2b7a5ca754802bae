// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "statusbar.h"

#include "ui/widgets/controls.h"

#include <QHBoxLayout>
#include <QMenu>

using namespace Qt::StringLiterals;
using theme::px;

namespace {

QWidget* divider(QWidget* parent)
{
    auto* line = new Panel(theme::Token::Line, {}, parent);
    line->setFixedSize(1, px(14));
    return line;
}

/// "+7 min": how far the lab's clock is from the system's; nothing within a minute.
QString offsetText(std::chrono::seconds offset)
{
    const auto length = std::chrono::abs(offset);
    if (length < std::chrono::minutes(1))
        return {};
    return QString((offset.count() > 0 ? u" +"_s : u" \u2212"_s) + base::duration(length));
}

} // namespace

StatusBar::StatusBar(session::Session& session, const Hooks& hooks, QWidget* parent)
    : Panel(theme::Token::Window, Qt::TopEdge, parent), m_session(session), m_hooks(hooks)
{
    m_lab = item(u"lab"_s);
    m_keychain = item(u"keychain"_s);
    m_mask = item(u"mask"_s);
    m_clock = item(u"clock"_s);
    m_zoom = item({});
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(px(6), 1, px(6), 0);
    layout->setSpacing(0);
    for (QWidget* part : {static_cast<QWidget*>(m_lab), divider(this), static_cast<QWidget*>(m_keychain), divider(this), static_cast<QWidget*>(m_mask)})
        layout->addWidget(part);
    layout->addStretch();
    for (QWidget* part : {static_cast<QWidget*>(m_clock), divider(this), static_cast<QWidget*>(m_zoom)})
        layout->addWidget(part);

    m_labMenu = new QMenu(this);
    m_keychainMenu = new QMenu(this);
    connect(m_labMenu, &QMenu::aboutToShow, this, &StatusBar::fillLabMenu);
    connect(m_keychainMenu, &QMenu::aboutToShow, this, &StatusBar::fillKeychainMenu);
    connect(m_lab, &QPushButton::clicked, this, [this] { m_labMenu->popup(m_lab->mapToGlobal(QPoint(0, -m_labMenu->sizeHint().height()))); });
    connect(m_keychain, &QPushButton::clicked, this, [this] {
        m_keychainMenu->popup(m_keychain->mapToGlobal(QPoint(0, -m_keychainMenu->sizeHint().height())));
    });
    connect(m_mask, &QPushButton::clicked, this, [this] { emit redactionToggled(!m_redaction); });
    connect(m_clock, &QPushButton::clicked, this, [this] { controls::copyText(base::toRfc3339(m_session.now())); });
    connect(m_zoom, &QPushButton::clicked, this, &StatusBar::fitRequested);
    connect(&session, &session::Session::setupChanged, this, &StatusBar::refresh);
    connect(&m_clockTimer, &QTimer::timeout, this, &StatusBar::tick);
    setZoom(1);
    refresh();
}

QPushButton* StatusBar::item(const QString& icon)
{
    QPushButton* button = controls::button({}, icon, controls::Kind::Bar, this);
    controls::followType(button, theme::Type::Caption);
    return button;
}

void StatusBar::setLab(const LabStatus& status)
{
    m_status = status;
    refresh();
}

void StatusBar::setKeychain(setup::KeychainState state)
{
    m_keychainState = state;
    refresh();
}

void StatusBar::setRedaction(bool on)
{
    m_redaction = on;
    refresh();
}

void StatusBar::setZoom(qreal zoom)
{
    controls::setText(m_zoom, u"%1 %"_s.arg(qRound(zoom * 100)));
    m_zoom->setAccessibleName(u"Zoom of the chain: %1. Fit"_s.arg(m_zoom->text()));
    m_zoom->setToolTip(u"Zoom of the chain. Press to fit (Ctrl+0)"_s);
}

void StatusBar::setShort(bool isShort)
{
    m_short = isShort;
    refresh();
}

QString StatusBar::labText() const
{
    if (m_session.hasSetup() && m_session.against() == session::Against::Live)
        return u"Live"_s;
    switch (m_status.state) {
    case LabStatus::State::Off: return u"Lab: off"_s;
    case LabStatus::State::Starting: return u"Lab: starting"_s;
    case LabStatus::State::Failed: return u"Lab: stopped"_s;
    case LabStatus::State::Running: break;
    }
    if (m_short)
        return u"Lab on %1"_s.arg(m_status.address);
    return u"Lab: %1 servers on %2"_s.arg(m_status.endpoints.size()).arg(m_status.address);
}

QString StatusBar::keychainText() const
{
    switch (m_keychainState) {
    case setup::KeychainState::Ready: return m_short ? u"Keychain ready"_s : u"Keychain: Secret Service, ready"_s;
    case setup::KeychainState::Locked: return m_short ? u"Keychain locked"_s : u"Keychain: locked"_s;
    case setup::KeychainState::Absent: return m_short ? u"No keychain"_s : u"Keychain: none, secrets stay in memory"_s;
    case setup::KeychainState::Unknown: break;
    }
    return m_short ? u"Keychain"_s : u"Keychain: not asked yet"_s;
}

void StatusBar::refresh()
{
    const bool live = m_session.hasSetup() && m_session.against() == session::Against::Live;
    m_lab->setIcon(theme::icon(live ? u"live"_s : u"lab"_s));
    controls::setText(m_lab, labText());
    m_lab->setToolTip(u"Addresses of the lab, path of its manifest"_s);
    controls::setText(m_keychain, keychainText());
    m_keychain->setToolTip(u"Where secrets are kept"_s);
    controls::setText(m_mask, m_redaction ? u"Redaction on"_s : u"Redaction off"_s);
    m_mask->setIcon(theme::icon(m_redaction ? u"mask"_s : u"reveal"_s));
    m_mask->setToolTip(m_redaction ? u"Secrets are hidden on the Wire tab. Press to show them"_s : u"Secrets are shown on the Wire tab, for 30 seconds and while this window is in front. Press to hide them"_s);
    tick();
}

void StatusBar::tick()
{
    const QString time = base::toClock(m_session.now()) + (m_short ? QString() : u" UTC"_s) + offsetText(m_status.clockOffset);
    controls::setText(m_clock, time);
    m_clock->setAccessibleName(u"Clock: %1. Copy"_s.arg(time));
    m_clock->setToolTip(m_status.clockOffset.count() ? u"The lab's clock. Press to copy the time"_s : u"Press to copy the time"_s);
}

void StatusBar::fillLabMenu()
{
    m_labMenu->clear();
    for (const LabStatus::Endpoint& endpoint : m_status.endpoints) {
        QString text = endpoint.name + u'\t' + endpoint.url;
        m_labMenu->addAction(theme::icon(u"copy"_s), text.replace(u'&', "&&"_L1), this, [url = endpoint.url] { controls::copyText(url); });
    }
    if (!m_status.problem.isEmpty())
        m_labMenu->addAction(m_status.problem)->setEnabled(false);
    m_labMenu->addSeparator();
    if (!m_status.manifest.isEmpty())
        m_labMenu->addAction(theme::icon(u"copy"_s), u"Copy &path of the manifest"_s, this, [this] { controls::copyText(m_status.manifest); });
    if (m_hooks.restartLab)
        m_labMenu->addAction(theme::icon(u"reset"_s), u"&Restart lab"_s, this, [this] { m_hooks.restartLab(); });
}

void StatusBar::fillKeychainMenu()
{
    static constexpr const char16_t* texts[] { // by setup::KeychainState
        u"The keychain has not been asked yet. It is asked when a step needs a secret.",
        u"Client secrets of live setups are kept in the system's keychain.",
        u"The keychain is locked. Unlock it in the system's dialog, then send again.",
        u"No keychain on this machine. A secret can stay in memory until you quit. It is never written to disk.",
    };
    m_keychainMenu->clear();
    m_keychainMenu->addAction(QString::fromUtf16(texts[int(m_keychainState)]))->setEnabled(false);
    m_keychainMenu->addAction(u"The lab makes its own secrets and keeps them in memory."_s)->setEnabled(false);
}

void StatusBar::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    m_clockTimer.start(1000);
    tick();
}

// Nobody sees it: no reason to wake up.
void StatusBar::hideEvent(QHideEvent* event)
{
    Panel::hideEvent(event);
    m_clockTimer.stop();
}
