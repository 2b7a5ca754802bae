// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/explained.h"
#include "ui/widgets/panel.h"

class Article;
QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

/// Caption, title and sections of a page, below what the article holds already.
void write(Article& article, const Explained& content);

/// Says what happens at the selected place and why: the finest of claim, check, party, step. Terms open here, never in a
/// browser.
class ExplainPane : public Panel
{
    Q_OBJECT
public:
    explicit ExplainPane(session::Session& session, QWidget* parent = nullptr);

    /// One term, or with an empty name all of this walk.
    void showGlossary(const QString& term = {});
    /// Any other page, with a way back to the step.
    void showPage(const Explained& page);
    /// The first term of what is explained now.
    QString termAtHand() const;
    const Explained& content() const { return m_content; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void write();
    void followLink(const QUrl& link);
    void showHint();
    QWidget* createHint();
    QWidget* createButtons();

    session::Session& m_session;
    Explained m_content {};
    bool m_aside = false;
    QWidget* m_hint = nullptr;
    Article* m_article = nullptr;
    QWidget* m_buttons = nullptr;
    QPushButton* m_value = nullptr;
    QPushButton* m_json = nullptr;
};
