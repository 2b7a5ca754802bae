// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractButton>

/// The line over a group of comparisons: folds and unfolds it, and says what is inside either way.
class MatchGroupHeader : public QAbstractButton
{
    Q_OBJECT
public:
    MatchGroupHeader(const QString& title, const QString& summary, QWidget* parent = nullptr);
    void setFolded(bool folded);
    bool isFolded() const { return !isChecked(); }
    QSize sizeHint() const override;

signals:
    void activated(); ///< got the focus

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void describe();

    QString m_title;
    QString m_summary;
};
