// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

#include <QLabel>

#include <functional>

/// A line or paragraph of plain text in a type and colour of the theme; follows both. Never rich text: what it shows may
/// come from outside. With an elide mode it shortens instead of pushing, and its tool tip has the whole text.
class Label : public QLabel
{
    Q_OBJECT
public:
    using Colour = std::function<QColor()>;

    explicit Label(theme::Type type = theme::Type::Body, theme::Token token = theme::Token::Text, QWidget* parent = nullptr);

    void setWeight(int weight);
    void setToken(theme::Token token);
    void setColour(Colour colour);
    void setElide(Qt::TextElideMode mode);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void restyle();
    bool isElided() const;

    theme::Type m_type;
    int m_weight = 400;
    Colour m_colour;
    Qt::TextElideMode m_elide = Qt::ElideNone;
};
