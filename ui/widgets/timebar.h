// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/exchange.h"

#include <QWidget>

/// Where the time of an exchange went: connect, TLS, first byte, end. A bar and the same in words.
class TimeBar : public QWidget
{
    Q_OBJECT
public:
    explicit TimeBar(QWidget* parent = nullptr);
    void setTimings(const http::Exchange::Timings& timings);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Part
    {
        QString word {};
        double from = 0;
        double to = 0;
    };
    QList<Part> m_parts {};
    QString m_text {};
};
