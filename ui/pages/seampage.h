// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/seamcontent.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPlainTextEdit;
QT_END_NAMESPACE

class PageHead;
class Segmented;

/// The seam between the secret-based and the federated pattern: the settings of the sidecar in both, what differs marked, each to
/// copy and to save. No secret stands there, only the name it is filled in by.
class SeamPage : public QWidget
{
    Q_OBJECT
public:
    explicit SeamPage(QWidget* parent = nullptr);

    void show(const setup::Setup& setup, const QString& sidecar);
    const Seam& seam() const { return m_seam; }
    QString shownText(bool federated) const;

signals:
    void closed();
    /// A suggested name, and the file's content.
    void saved(const QString& name, const QByteArray& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fillHead();
    QWidget* makeSide(const QString& title, bool federated);
    void refresh();
    void fill(QPlainTextEdit& view, const QList<SeamLine>& lines, QChar sign);

    setup::Setup m_setup {};
    QString m_sidecar {};
    setup::SettingsForm m_form = setup::SettingsForm::Env;
    Seam m_seam {};
    PageHead* m_head = nullptr;
    Segmented* m_forms = nullptr;
    QPlainTextEdit* m_secret = nullptr;
    QPlainTextEdit* m_federated = nullptr;
};
