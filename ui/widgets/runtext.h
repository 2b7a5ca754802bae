// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

#include <QTextLayout>
#include <QWidget>

/// A paragraph of runs in different type and colour; wraps. Plain text, whatever it looks like.
class RunText : public QWidget
{
    Q_OBJECT
public:
    struct Run
    {
        QString text {};
        theme::Type type = theme::Type::Body;
        int weight = 400;
        std::function<QColor()> color {}; ///< none: the text colour
    };

    explicit RunText(QWidget* parent = nullptr);
    void setRuns(QList<Run> runs);
    QString text() const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void prepare(QTextLayout& layout, qreal width) const;
    void forget();

    QList<Run> m_runs {};
    mutable QSize m_hint {};                ///< layouts ask many times for what changes seldom
    mutable std::pair<int, int> m_height {-1, 0}; ///< for this width
};
