// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "progressline.h"

#include "ui/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

ProgressLine::ProgressLine(const QString& name, QWidget* parent)
    : QWidget(parent), m_name(name)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(name);
}

void ProgressLine::setShare(double share)
{
    m_share = std::clamp(share, 0.0, 1.0);
    setAccessibleName(u"%1: %2 %"_s.arg(m_name).arg(qRound(m_share * 100)));
    update();
}

QSize ProgressLine::sizeHint() const
{
    return {theme::px(120), theme::px(4)};
}

void ProgressLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(theme::Token::Line));
    painter.fillRect(0, 0, qRound(width() * m_share), height(), theme::color(theme::Token::Accent));
}
