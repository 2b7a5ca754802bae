// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include <functional>

QT_BEGIN_NAMESPACE
class QLineEdit;
QT_END_NAMESPACE

class Label;

/// One field to be changed, inside the pane and not in a box. Enter takes the value, Esc leaves it as it was.
class EditStrip : public QWidget
{
    Q_OBJECT
public:
    /// Takes the text; a sentence says why it cannot be taken, and the strip stays.
    using Take = std::function<QString(const QString& text)>;

    explicit EditStrip(QWidget* parent = nullptr);

    void edit(const QString& what, const QString& value, Take take);
    void clear();
    QLineEdit* field() const { return m_field; }
    QString problem() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void take();

    Label* m_what = nullptr;
    QLineEdit* m_field = nullptr;
    Label* m_problem = nullptr;
    Take m_take {};
};
