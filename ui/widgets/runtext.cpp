// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "runtext.h"

#include <QPainter>

#include <cmath>

using theme::px;

RunText::RunText(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &RunText::forget);
}

void RunText::setRuns(QList<Run> runs)
{
    m_runs = std::move(runs);
    setAccessibleName(text());
    setVisible(!text().isEmpty());
    forget();
}

void RunText::forget()
{
    m_hint = {};
    m_height = {-1, 0};
    updateGeometry();
    update();
}

QString RunText::text() const
{
    QString all;
    for (const Run& run : m_runs)
        all += run.text;
    return all;
}

void RunText::prepare(QTextLayout& layout, qreal width) const
{
    layout.setText(text());
    QList<QTextLayout::FormatRange> formats;
    int start = 0;
    for (const Run& run : m_runs) {
        QTextCharFormat format;
        QFont font = theme::font(run.type, run.weight);
        font.setWeight(QFont::Weight(run.weight)); // headings are bold by themselves, a run of one need not be
        format.setFont(font);
        format.setForeground(run.color ? run.color() : theme::color(theme::Token::Text));
        formats.append({start, int(run.text.size()), format});
        start += int(run.text.size());
    }
    layout.setFormats(formats);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, y});
        y += std::ceil(line.height());
    }
    layout.endLayout();
}

int RunText::heightForWidth(int width) const
{
    if (m_height.first != width) {
        QTextLayout layout;
        prepare(layout, width);
        m_height = {width, int(std::ceil(layout.boundingRect().height()))};
    }
    return m_height.second;
}

QSize RunText::sizeHint() const
{
    if (m_hint.isValid())
        return m_hint;
    QTextLayout layout;
    prepare(layout, 100000);
    m_hint = {int(std::ceil(layout.lineCount() ? layout.lineAt(0).naturalTextWidth() : 0)) + 1, int(std::ceil(layout.boundingRect().height()))};
    return m_hint;
}

QSize RunText::minimumSizeHint() const { return {std::min(px(160), sizeHint().width()), sizeHint().height()}; }

void RunText::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QTextLayout layout;
    prepare(layout, width());
    layout.draw(&painter, {0, 0});
}
