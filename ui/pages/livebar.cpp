// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "livebar.h"

#include "core/http/message.h"
#include "core/setup/binding.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;
using theme::px;

QString liveHosts(const setup::Setup& setup)
{
    QStringList hosts;
    for (const QString& origin : setup::originsToBind(setup)) {
        const QString host = QString::fromUtf8(http::splitUrl(origin.toUtf8()).host);
        if (!host.isEmpty() && !hosts.contains(host))
            hosts.append(host);
    }
    if (hosts.size() > 3)
        return u"%1 and %2 more hosts"_s.arg(hosts.first()).arg(hosts.size() - 1);
    const QString last = hosts.isEmpty() ? u"no host"_s : hosts.takeLast();
    return hosts.isEmpty() ? last : u"%1 and %2"_s.arg(hosts.join(", "_L1), last);
}

LiveBar::LiveBar(session::Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_text(new Label(theme::Type::Body, theme::Token::Warn, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(px(16), 0, px(16), 0);
    layout->setSpacing(px(8));
    auto* glyph = new Glyph(16, this);
    glyph->setDraw([](QPainter& painter, const QRectF& rect) { theme::paintOutcome(painter, rect, base::Outcome::Warning); });
    m_text->setWeight(600);
    m_text->setElide(Qt::ElideRight);
    layout->addWidget(glyph);
    layout->addWidget(m_text, 1);
    setFixedHeight(px(28));
    connect(&session, &session::Session::setupChanged, this, &LiveBar::refresh);
    connect(&theme::watcher(), &theme::Watcher::changed, this, [this] { setFixedHeight(px(28)); });
    refresh();
}

void LiveBar::refresh()
{
    setVisible(m_session.hasSetup() && m_session.against() == session::Against::Live);
    m_text->setText(u"Live: requests leave this machine, to %1."_s.arg(liveHosts(m_session.setup())));
    setAccessibleName(m_text->text());
}

void LiveBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(theme::Token::WarnBg));
    painter.fillRect(0, height() - 1, width(), 1, theme::color(theme::Token::Line));
}
