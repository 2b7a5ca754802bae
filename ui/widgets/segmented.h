// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractButton>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QButtonGroup;
class QHBoxLayout;
QT_END_NAMESPACE

/// A switch with a word for every position. Arrow keys move inside it, Tab passes it by.
class Segmented : public QWidget
{
    Q_OBJECT
public:
    explicit Segmented(const QString& name, QWidget* parent = nullptr);

    void add(const QString& text, const QString& icon = {});
    void setCurrent(int index);
    int current() const;

signals:
    /// The user chose; the owner says with setCurrent() what became of it.
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup* m_group = nullptr;
    QHBoxLayout* m_layout = nullptr;
};
