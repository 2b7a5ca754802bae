// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/report/review.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QScrollArea;
QT_END_NAMESPACE
namespace session { class Session; }
class PageHead;

/// The questions of a design review on one page, each with its answer and the evidence: what `trustwalk review` says, of the
/// open setup and the run as far as it went.
class ReviewPage : public QWidget
{
    Q_OBJECT
public:
    explicit ReviewPage(session::Session& session, QWidget* parent = nullptr);

    const report::Review& review() const { return m_review; }
    QString markdown() const;

signals:
    void closed();
    /// Wants to be a file of this name.
    void saved(const QString& name, const QByteArray& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    QWidget* lineWidget(const diagnosis::ReviewLine& line, QWidget* parent) const;

    session::Session& m_session;
    PageHead* m_head = nullptr;
    QScrollArea* m_scroll = nullptr;
    report::Review m_review {};
};
