// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "advisorpage.h"

#include "ui/theme.h"
#include "ui/widgets/article.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pagehead.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QRadioButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

AdvisorPage::AdvisorPage(QWidget* parent)
    : QWidget(parent)
{
    auto* head = new PageHead(u"New setup"_s, this);
    head->setSummary(u"Four choices lead to a flow, with its reason and what to mind."_s);
    connect(head, &PageHead::closed, this, &AdvisorPage::closed);
    auto* body = new QHBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(makeQuestions(), 2);
    body->addWidget(makeAdvice(), 3);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addLayout(body, 1);
    // What has been written keeps the ink it was written with.
    connect(&theme::watcher(), &theme::Watcher::changed, this, &AdvisorPage::refresh);
    refresh();
}

QWidget* AdvisorPage::makeQuestions()
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* panel = new Panel(Token::Raised, Qt::RightEdge, scroll);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(px(16), px(12), px(16), px(16));
    column->setSpacing(px(2));
    for (const catalog::AdviceQuestion& question : catalog::adviceQuestions()) {
        const QString text = QString::fromUtf16(question.text);
        auto* heading = new Label(Type::Body, Token::Text2, panel);
        heading->setText(text);
        heading->setWeight(600);
        column->addSpacing(m_groups.isEmpty() ? 0 : px(10));
        column->addWidget(heading);
        auto* group = new QButtonGroup(panel);
        for (const catalog::AdviceChoice& choice : question.choices) {
            auto* button = new QRadioButton(QString::fromUtf16(choice.text), panel);
            button->setAccessibleDescription(text);
            button->setProperty("choice", QString::fromLatin1(choice.id));
            controls::followType(button, Type::Body);
            button->setMinimumHeight(px(24));
            group->addButton(button);
            column->addWidget(button);
        }
        connect(group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton*, bool on) {
            if (on)
                refresh();
        });
        m_groups.append(group);
    }
    column->addStretch(1);
    scroll->setWidget(panel);
    return scroll;
}

QWidget* AdvisorPage::makeAdvice()
{
    auto* panel = new Panel(Token::Surface, {}, this);
    m_article = new Article(u"Advice"_s, panel);
    m_article->setMaximumWidth(px(720)); // longer lines are hard to read
    m_create = controls::button(u"Create this setup"_s, u"next"_s, controls::Kind::Primary, panel);
    connect(m_create, &QPushButton::clicked, this, &AdvisorPage::create);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(px(24), px(16), px(24), px(16));
    layout->setSpacing(px(12));
    layout->addWidget(m_article, 1);
    layout->addWidget(m_create, 0, Qt::AlignLeft);
    return panel;
}

void AdvisorPage::answer(const catalog::AdviceAnswers& answers)
{
    const QString* ids[] {&answers.acts, &answers.data, &answers.runs, &answers.target};
    for (qsizetype i = 0; i < m_groups.size(); ++i)
        for (QAbstractButton* button : m_groups[i]->buttons())
            if (button->property("choice").toString() == *ids[i])
                button->setChecked(true);
}

catalog::AdviceAnswers AdvisorPage::answers() const
{
    const auto chosen = [this](qsizetype i) {
        const QAbstractButton* button = m_groups[i]->checkedButton();
        return button ? button->property("choice").toString() : QString();
    };
    return {chosen(0), chosen(1), chosen(2), chosen(3)};
}

QString AdvisorPage::shownText() const { return m_article->toPlainText(); }

void AdvisorPage::refresh()
{
    const auto advice = catalog::advise(answers());
    m_create->setVisible(advice && !advice->sample.isEmpty());
    m_article->begin();
    if (advice)
        write(*advice);
    else
        writeMissing();
    m_article->end();
}

/// Which questions are open: an advice on half the facts would be a guess.
void AdvisorPage::writeMissing()
{
    m_article->title(u"Choose, and the flow stands here"_s);
    m_article->plain(u"It says why this flow, what to mind, and where the sources disagree. The setup made of it is walked in the lab at once."_s);
    QStringList open;
    for (qsizetype i = 0; i < m_groups.size(); ++i)
        if (!m_groups[i]->checkedButton())
            open.append(QString::fromUtf16(catalog::adviceQuestions()[std::size_t(i)].text));
    m_article->heading(open.size() == 1 ? u"One choice is open"_s : u"%1 choices are open"_s.arg(open.size()));
    for (const QString& question : open)
        m_article->plain(question);
}

void AdvisorPage::write(const catalog::Advice& advice)
{
    m_article->caption(advice.sample.isEmpty() ? u"For these four choices"_s : u"Flow %1"_s.arg(advice.flow));
    m_article->title(advice.sample.isEmpty() ? u"No flow fits"_s : advice.title);
    m_article->paragraph(advice.reason);
    if (!advice.caveats.isEmpty())
        m_article->heading(u"Mind"_s);
    for (const QString& caveat : advice.caveats)
        m_article->paragraph(caveat);
    for (const catalog::Disagreement& each : advice.disagreements) {
        m_article->heading(u"Where the sources disagree"_s);
        m_article->paragraph(each.one);
        m_article->paragraph(each.other);
        m_article->paragraph(u"**Here:** %1"_s.arg(each.ours));
    }
}

void AdvisorPage::create()
{
    const auto advice = catalog::advise(answers());
    const auto document = advice ? catalog::advisedSetup(*advice) : tl::unexpected(advice.error());
    if (document)
        return emit created(*document, advice->title);
    m_article->begin();
    m_article->title(u"The setup was not made"_s);
    m_article->plain(document.error().text);
    m_article->end();
}

void AdvisorPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

void AdvisorPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    const QButtonGroup& first = *m_groups.front();
    (first.checkedButton() ? first.checkedButton() : first.buttons().front())->setFocus(Qt::OtherFocusReason);
}
