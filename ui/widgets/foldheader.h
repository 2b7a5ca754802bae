// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractButton>

/// A bar that opens and closes what stands below it: chevron, name, a summary that is there when it is closed too.
class FoldHeader : public QAbstractButton
{
    Q_OBJECT
public:
    explicit FoldHeader(const QString& name, QWidget* parent = nullptr);

    void setSummary(const QString& summary);
    void setHint(const QString& hint); ///< at the right: the key that helps here
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_summary {};
    QString m_hint {};
};
