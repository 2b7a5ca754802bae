// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/wirerows.h"
#include "ui/widgets/panel.h"

QT_BEGIN_NAMESPACE
class QListView;
class QPlainTextEdit;
class QStackedWidget;
QT_END_NAMESPACE

class EmptyState;
class Label;
class WireModel;

/// One half of an exchange: what was sent or what came back, as a table or as it stood on the wire.
class WireSide : public Panel
{
    Q_OBJECT
public:
    explicit WireSide(const QString& title, QWidget* parent = nullptr);

    void showMessage(const QList<WireRow>& rows, const QString& raw);
    EmptyState& showEmpty();                ///< for the caller to fill
    void setAside(const QString& text);     ///< beside the title: time, "as it would be sent"
    void setRaw(bool raw);
    void setRedaction(bool on);             ///< off: what is copied is a secret
    void selectName(const QString& name);

signals:
    void nameSelected(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void copy(const QString& text) const;
    QString currentValue() const;

    WireModel* m_model = nullptr;
    Label* m_aside = nullptr;
    QStackedWidget* m_stack = nullptr;
    QListView* m_list = nullptr;
    QPlainTextEdit* m_text = nullptr;
    EmptyState* m_empty = nullptr;
    bool m_raw = false;
    bool m_redaction = true;
    bool m_hasMessage = false;
};
