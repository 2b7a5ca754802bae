// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/catalog/advice.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QButtonGroup;
class QPushButton;
QT_END_NAMESPACE

class Article;

/// Four choices that end in a flow with its reason and its caveats, or in the reason why there is none; a button makes a setup
/// of it. Works with arrows and Tab alone.
class AdvisorPage : public QWidget
{
    Q_OBJECT
public:
    explicit AdvisorPage(QWidget* parent = nullptr);

    /// Chooses as if the buttons were pressed; an id that is no choice leaves its question open.
    void answer(const catalog::AdviceAnswers& answers);
    catalog::AdviceAnswers answers() const;
    /// The advice as it stands on screen.
    QString shownText() const;
    QPushButton* createButton() const { return m_create; }

signals:
    /// A setup document, and the title to say it by.
    void created(const QByteArray& document, const QString& title);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeQuestions();
    QWidget* makeAdvice();
    void refresh();
    void writeMissing();
    void write(const catalog::Advice& advice);
    void create();

    QList<QButtonGroup*> m_groups {}; ///< one a question, in their order
    Article* m_article = nullptr;
    QPushButton* m_create = nullptr;
};
