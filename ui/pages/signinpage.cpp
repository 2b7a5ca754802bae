// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signinpage.h"

#include "ui/models/steprow.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/progressline.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QResizeEvent>
#include <QScrollArea>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

namespace {

// At u = 4: the left half with its buttons in one row, the right one at least and at most.
constexpr int leftWidth = 550;
constexpr int rightLeast = 270;
constexpr int rightMost = 356;

void clear(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

Label* cell(QGridLayout* grid, int row, int column, const QString& text, Type type, Token token, QWidget* parent)
{
    auto* label = new Label(type, token, parent);
    label->setText(text);
    grid->addWidget(label, row, column);
    return label;
}

QString titleOfChecks(const SignIn& s)
{
    return s.waiting ? u"The answer will be checked for"_s : u"The answer was checked for"_s;
}

} // namespace

SignInPage::SignInPage(session::Session& session, QWidget* parent)
    : QWidget(parent), m_session(session)
{
    auto* content = new Panel(Token::Surface, {}, this);
    m_halves = new QHBoxLayout(content);
    m_halves->setContentsMargins(0, 0, 0, 0);
    m_halves->setSpacing(0);
    m_halves->addWidget(createLeft(), 1);
    m_halves->addWidget(createRight());
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(area);
    connect(&session, &session::Session::waitingChanged, this, &SignInPage::refresh);
    connect(&session, &session::Session::runChanged, this, &SignInPage::refresh);
    connect(&session, &session::Session::selectionChanged, this, &SignInPage::refresh);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &SignInPage::settle);
    refresh();
    settle();
}

void SignInPage::refresh()
{
    const SignIn before = std::exchange(m_shown, signIn(m_session));
    const SignIn& s = m_shown;
    m_glyph->setDraw([state = s.state](QPainter& painter, const QRectF& rect) { theme::paintState(painter, rect, state); });
    m_title->setText(s.title);
    m_listening->setVisible(s.waiting);
    m_address->setText(u"127.0.0.1:%1"_s.arg(s.port));
    m_text->setText(s.text);
    m_text->setVisible(!s.text.isEmpty());
    m_clockBox->setVisible(s.waiting);
    m_clock->setText(clockText(s.elapsed));
    m_limit->setText(u"gives up at %1"_s.arg(clockText(s.limit)));
    m_line->setVisible(s.waiting);
    m_line->setShare(s.limit.count() ? double(s.elapsed.count()) / double(s.limit.count()) : 0);
    for (QWidget* part : {static_cast<QWidget*>(m_open), static_cast<QWidget*>(m_cancel), m_paste})
        part->setVisible(s.waiting);
    m_copy->setVisible(!s.url.isEmpty());
    m_again->setVisible(!s.waiting && s.state != flow::StepState::Accepted && !m_session.isBusy());
    if (!s.waiting || s.port != before.port) {
        m_pasteProblem.clear();
        m_field->clear();
        m_field->setPlaceholderText(u"http://127.0.0.1:%1/callback?code=\u2026&state=\u2026"_s.arg(s.port));
    }
    if (s.checks != before.checks || s.waiting != before.waiting)
        showChecks();
    if (s.asked != before.asked)
        showAsked();
    showProblems();
}

void SignInPage::showChecks()
{
    m_checksTitle->setText(titleOfChecks(m_shown));
    clear(m_checks);
    int row = 0;
    for (const SignInCheck& check : m_shown.checks) {
        auto* glyph = new Glyph(16, m_right);
        glyph->setDraw([outcome = check.outcome](QPainter& painter, const QRectF& rect) {
            if (outcome)
                theme::paintOutcome(painter, rect, *outcome);
            else
                theme::paintState(painter, rect, flow::StepState::NotReached);
        });
        m_checks->addWidget(glyph, row, 0);
        Label* name = cell(m_checks, row, 1, check.name, Type::Body, Token::Text, m_right);
        name->setWeight(600);
        const QString word = check.outcome ? QString(theme::outcomeWord(*check.outcome) + u": "_s) : QString();
        Label* meaning = cell(m_checks, row, 2, QString(word + check.meaning), Type::Body, Token::Text, m_right);
        meaning->setElide(Qt::ElideRight);
        meaning->setToolTip(controls::plainToolTip(check.source));
        Label* value = cell(m_checks, row, 3, check.value, Type::Fixed, Token::Text2, m_right);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        value->setElide(Qt::ElideMiddle);
        ++row;
    }
}

void SignInPage::showAsked()
{
    clear(m_asked);
    int row = 0;
    for (const SignInAsked& asked : m_shown.asked) {
        Label* name = cell(m_asked, row, 0, asked.name, Type::Fixed, Token::Text2, m_right);
        name->setElide(Qt::ElideMiddle);
        name->setMaximumWidth(px(116));
        Label* value = cell(m_asked, row, 1, asked.value, Type::Fixed, Token::Text, m_right);
        value->setElide(Qt::ElideMiddle);
        if (asked.aside.isEmpty()) {
            m_asked->addWidget(value, row++, 1, 1, 2);
            continue;
        }
        Label* aside = cell(m_asked, row++, 2, asked.aside, Type::Caption, Token::Text2, m_right);
        aside->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
}

void SignInPage::showProblems()
{
    QStringList problems = m_shown.problems;
    if (!m_pasteProblem.isEmpty())
        problems.append(m_pasteProblem);
    problems.removeDuplicates();
    m_problems->setVisible(!problems.isEmpty());
    if (m_problems->property("shown").toStringList() == problems)
        return;
    m_problems->setProperty("shown", problems);
    clear(m_problems->layout());
    for (const QString& problem : problems) {
        auto* line = new QWidget(m_problems);
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(px(8));
        auto* glyph = new Glyph(16, line);
        glyph->setDraw([](QPainter& painter, const QRectF& rect) { theme::paintOutcome(painter, rect, base::Outcome::Warning); });
        auto* text = new Label(Type::Body, Token::Text, line);
        text->setWordWrap(true);
        text->setText(problem);
        layout->addWidget(glyph, 0, Qt::AlignTop);
        layout->addWidget(text, 1);
        m_problems->layout()->addWidget(line);
    }
}

void SignInPage::usePasted()
{
    const QByteArray address = m_field->text().trimmed().toUtf8();
    if (address.isEmpty())
        return;
    const base::Result<void> taken = m_session.pasteCallback(address);
    m_pasteProblem = taken ? QString() : taken.error().text;
    showProblems();
}

void SignInPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    settle();
}

void SignInPage::settle()
{
    const bool wide = width() >= px(leftWidth + rightLeast);
    m_halves->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const bool roomy = width() >= px(leftWidth);
    m_head->addWidget(m_clockBox, roomy ? 0 : 1, roomy ? 2 : 1);
    for (Label* label : {m_clock, m_limit})
        label->setAlignment(roomy ? Qt::AlignRight : Qt::AlignLeft);
    m_buttons->setDirection(roomy ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const int right = std::clamp(width() - px(leftWidth), px(rightLeast), px(rightMost));
    m_right->setMinimumWidth(wide ? right : 0);
    m_right->setMaximumWidth(wide ? right : QWIDGETSIZE_MAX);
}
