// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

class Glyph;
class Label;

/// Says inside the window what happened, what it means, what to do. Stays until it is closed or something else happens.
class MessageStrip : public QWidget
{
    Q_OBJECT
public:
    explicit MessageStrip(QWidget* parent = nullptr);

    /// `details` is what "Copy details" copies; without it there is no such button.
    void say(base::Severity severity, const QString& what, const QString& text, const QString& details = {});
    void clear();
    QString what() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    base::Severity m_severity {};
    QString m_details {};
    Glyph* m_glyph = nullptr;
    Label* m_what = nullptr;
    Label* m_text = nullptr;
    QPushButton* m_copy = nullptr;
};
