// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "segmented.h"

#include "controls.h"
#include "ui/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>

using theme::px;
using theme::Token;

namespace {

class Segment : public QAbstractButton
{
public:
    Segment(const QString& text, const QString& icon, QWidget* parent)
        : QAbstractButton(parent), m_icon(icon)
    {
        controls::setText(this, text);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override
    {
        const int words = QFontMetrics(theme::font(theme::Type::Body, 600)).horizontalAdvance(text());
        return {words + px(24) + (m_icon.isEmpty() ? 0 : px(24)), px(32)};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QPainterPath path;
        path.addRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), px(3), px(3));
        painter.setClipPath(path);
        painter.fillRect(rect(), theme::color(isChecked() ? Token::Select : underMouse() ? Token::Hover : Token::Surface));
        if (isChecked())
            painter.fillRect(0, height() - px(3), width(), px(3), theme::color(Token::Accent));
        painter.setClipping(false);
        paintLabel(painter);
        if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
            painter.setPen(QPen(theme::color(Token::Accent), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), px(4), px(4));
        }
    }

private:
    void paintLabel(QPainter& painter)
    {
        painter.setFont(theme::font(theme::Type::Body, isChecked() ? 600 : 400));
        const int words = painter.fontMetrics().horizontalAdvance(text());
        int x = (width() - words - (m_icon.isEmpty() ? 0 : px(24))) / 2;
        const QColor ink = theme::color(isEnabled() ? Token::Text : Token::Text3);
        if (!m_icon.isEmpty()) {
            theme::paintIcon(painter, QRect(x, (height() - px(16)) / 2, px(16), px(16)), m_icon, ink);
            x += px(24);
        }
        painter.setPen(ink);
        painter.drawText(QRect(x, 0, words + 1, height()), int(Qt::AlignLeft | Qt::AlignVCenter), text());
    }

    QString m_icon;
};

} // namespace

Segmented::Segmented(const QString& name, QWidget* parent)
    : QWidget(parent), m_group(new QButtonGroup(this)), m_layout(new QHBoxLayout(this))
{
    setAccessibleName(name);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

void Segmented::add(const QString& text, const QString& icon)
{
    auto* segment = new Segment(text, icon, this);
    m_group->addButton(segment, int(m_group->buttons().size()));
    m_layout->addWidget(segment);
}

void Segmented::setCurrent(int index)
{
    if (QAbstractButton* button = m_group->button(index))
        button->setChecked(true);
}

int Segmented::current() const
{
    return m_group->checkedId();
}

void Segmented::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme::color(Token::LineStrong));
    painter.setBrush(theme::color(Token::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4));
}
