// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

#include <QWidget>

/// A ground of one colour with one-pixel lines at chosen edges.
class Panel : public QWidget
{
    Q_OBJECT
public:
    explicit Panel(theme::Token ground, Qt::Edges lines = {}, QWidget* parent = nullptr);

    void setGround(theme::Token ground);
    void setLines(Qt::Edges lines);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    theme::Token m_ground;
    Qt::Edges m_lines;
};

/// A box with a thin outline and round corners.
class Box : public QWidget
{
    Q_OBJECT
public:
    explicit Box(theme::Token ground, theme::Token outline, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    theme::Token m_ground;
    theme::Token m_outline;
};
