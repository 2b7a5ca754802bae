// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "reviewpage.h"

#include "core/base/text.h"
#include "core/session/session.h"
#include "ui/models/designsubject.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pagehead.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QScrollArea>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using diagnosis::ReviewAnswer;
using session::Session;
using theme::px;
using theme::Token;
using theme::Type;

namespace {

/// What an answer is called, and the shape it has.
struct Answer
{
    ReviewAnswer answer;
    const char16_t* word;
    base::Outcome outcome;
    Token ink;
};
constexpr std::array answers {
    Answer {ReviewAnswer::Yes, u"Yes", base::Outcome::Pass, Token::Accept},
    Answer {ReviewAnswer::Partly, u"Partly", base::Outcome::Warning, Token::Warn},
    Answer {ReviewAnswer::No, u"No", base::Outcome::Fail, Token::Refuse},
    Answer {ReviewAnswer::Unknown, u"Unknown", base::Outcome::NotEvaluated, Token::NotEval},
};
const Answer& answerOf(ReviewAnswer answer) { return *std::ranges::find(answers, answer, &Answer::answer); }

Label* textLabel(const QString& text, Type type, Token ink, QWidget* parent)
{
    auto* label = new Label(type, ink, parent);
    label->setText(base::visible(text));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

Glyph* glyph(int size, Glyph::Draw draw, QWidget* parent)
{
    auto* out = new Glyph(size, parent);
    out->setDraw(std::move(draw));
    return out;
}

/// A finding or a piece of evidence: glyph, sentence, place.
void addRow(QGridLayout& grid, QWidget* mark, const QString& text, const QString& place, QWidget* parent)
{
    const int row = grid.rowCount();
    grid.addWidget(mark, row, 1, Qt::AlignTop);
    grid.addWidget(textLabel(text, Type::Body, Token::Text2, parent), row, 2);
    auto* where = new Label(Type::Caption, Token::Text3, parent);
    where->setText(base::visible(place));
    where->setElide(Qt::ElideMiddle);
    where->setAlignment(Qt::AlignRight | Qt::AlignTop);
    grid.addWidget(where, row, 3, Qt::AlignTop);
}

} // namespace

ReviewPage::ReviewPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_head(new PageHead(u"Design review"_s, this)), m_scroll(new QScrollArea(this))
{
    QPushButton* copy = m_head->addButton(u"Copy as Markdown"_s, u"copy"_s);
    connect(copy, &QPushButton::clicked, this, [this] { controls::copyText(markdown()); });
    QPushButton* save = m_head->addButton(u"Save as HTML\u2026"_s, u"save"_s);
    connect(save, &QPushButton::clicked, this, [this] { emit saved(m_review.setup + u"-review.html"_s, report::reviewHtml(m_review)); });
    connect(m_head, &PageHead::closed, this, &ReviewPage::closed);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(u"Questions and answers"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_scroll, 1);
    for (const auto signal : {&Session::setupChanged, &Session::flowChanged, &Session::runChanged})
        connect(&session, signal, this, [this] {
            if (isVisible())
                refresh();
        });
    refresh();
}

QString ReviewPage::markdown() const { return report::reviewMarkdown(m_review); }

void ReviewPage::refresh()
{
    const DesignSubject subject = designSubject(m_session);
    m_review = {subject.setup.id, subject.setup.title, base::toRfc3339(subject.now), subject.withRun, diagnosis::review(subject.material())};
    QStringList counts;
    for (const Answer& each : answers)
        if (const auto count = std::ranges::count(m_review.lines, each.answer, &diagnosis::ReviewLine::answer))
            counts.append(u"%1 %2"_s.arg(count).arg(QString::fromUtf16(each.word).toLower()));
    m_head->setSummary(u"%1 questions: %2. %3"_s.arg(m_review.lines.size()).arg(counts.join(u", "_s),
        subject.withRun ? u"Of the setup and of this run."_s : u"Of the setup; a run adds what it shows."_s));
    auto* page = new Panel(Token::Surface, {}, m_scroll);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(px(16), px(4), px(16), px(16));
    column->setSpacing(0);
    for (const diagnosis::ReviewLine& line : std::as_const(m_review.lines))
        column->addWidget(lineWidget(line, page));
    column->addStretch(1);
    m_scroll->setWidget(page);
}

QWidget* ReviewPage::lineWidget(const diagnosis::ReviewLine& line, QWidget* parent) const
{
    const Answer& answer = answerOf(line.answer);
    auto* box = new Panel(Token::Surface, Qt::BottomEdge, parent);
    box->setAccessibleName(u"%1 %2. %3"_s.arg(line.question, QString::fromUtf16(answer.word), line.because));
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, px(12), 0, px(12));
    grid->setHorizontalSpacing(px(8));
    grid->setVerticalSpacing(px(4));
    grid->setColumnMinimumWidth(0, px(112));
    grid->setColumnStretch(2, 3);
    grid->setColumnStretch(3, 1);
    auto* left = new QWidget(box);
    auto* word = new Label(Type::Body, answer.ink, left);
    word->setText(QString::fromUtf16(answer.word));
    word->setWeight(600);
    auto* pair = new QHBoxLayout(left);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(px(8));
    pair->addWidget(glyph(20, [outcome = answer.outcome](QPainter& p, const QRectF& r) { theme::paintOutcome(p, r, outcome); }, left));
    pair->addWidget(word, 1);
    grid->addWidget(left, 0, 0, Qt::AlignTop);
    Label* question = textLabel(line.question, Type::Lead, Token::Text, box);
    question->setWeight(600);
    grid->addWidget(question, 0, 1, 1, 3);
    grid->addWidget(textLabel(line.because, Type::Body, Token::Text, box), 1, 1, 1, 3);
    for (const base::Finding& finding : line.findings)
        addRow(*grid, glyph(16, [severity = finding.severity](QPainter& p, const QRectF& r) { theme::paintSeverity(p, r, severity); }, box),
            u"%1 %2: %3"_s.arg(theme::severityWord(finding.severity), finding.rule, finding.title), finding.place.pointer.isEmpty() ? finding.place.step : finding.place.pointer, box);
    for (const diagnosis::Evidence& each : line.evidence)
        addRow(*grid, glyph(16, [](QPainter& p, const QRectF& r) { theme::paintIcon(p, r, u"file"_s, theme::color(Token::Text3)); }, box), each.text, report::placeOf(each), box);
    return box;
}

void ReviewPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

void ReviewPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
    m_scroll->setFocus(Qt::OtherFocusReason);
}
