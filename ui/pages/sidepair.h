// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class Segmented;

/// The same page of two runs beside each other; where there is no room for both, one of them with a switch.
class SidePair : public QWidget
{
    Q_OBJECT
public:
    struct Side
    {
        QWidget* page = nullptr;
        QWidget* corner = nullptr; ///< the page's own buttons; may be missing
        QString name {};
    };
    SidePair(const Side& left, const Side& right, QWidget* parent = nullptr);
    QWidget* cornerWidget() const;
    bool showsBoth() const { return !m_narrow; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void settle();

    QWidget* m_sides[2] {};
    QWidget* m_corner = nullptr;
    Segmented* m_choice = nullptr;
    int m_shown = 0;
    bool m_narrow = false;
};
