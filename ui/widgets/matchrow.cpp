// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "matchrow.h"

#include "core/base/text.h"
#include "core/chain/words.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/difftext.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/label.h"
#include "ui/widgets/matchfix.h"
#include "ui/widgets/runtext.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using base::Outcome;
using theme::px;
using theme::Token;

namespace {

constexpr int stacks = 560;  // below, the value stands under the title
constexpr int roomy = 880;

/// "Near miss: case" on the warning colour.
class NearChip : public QWidget
{
public:
    NearChip(base::Near near, QWidget* parent) : QWidget(parent), m_text(u"≈ Near miss: "_s + chain::nearWord(near))
    {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        setAccessibleName(m_text.sliced(2));
    }
    QSize sizeHint() const override { return {QFontMetrics(theme::font(theme::Type::Caption)).horizontalAdvance(m_text) + px(16), px(20)}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme::color(Token::Warn), 1));
        painter.setBrush(theme::color(Token::WarnBg));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(2), px(2));
        painter.setFont(theme::font(theme::Type::Caption));
        painter.drawText(rect(), Qt::AlignCenter, m_text);
    }

private:
    QString m_text;
};

/// Marks help where most is the same; between two unlike values they would only colour everything.
bool isWorthMarking(const base::Check& check)
{
    if (check.outcome != Outcome::Fail && check.outcome != Outcome::Warning)
        return false;
    if (check.near)
        return true;
    qsizetype same = 0;
    for (const base::Span& span : base::difference(check.presented, check.expected))
        same += span.kind == base::Span::Kind::Same ? span.presented.size() : 0;
    return 2 * same >= std::max(check.presented.size(), check.expected.size()) && same > 0;
}

/// Shortened only when the value beside it has nothing left to give.
void keepRoom(Label& label, int most)
{
    label.setMinimumWidth(std::min(label.sizeHint().width(), px(most)));
}

QString spoken(const MatchRow& row)
{
    const base::Check& c = row.check;
    const QString presented = c.presented.isEmpty() ? u"nothing"_s : base::visible(c.presented);
    QString text = u"%1: %2. Presented %3"_s.arg(theme::outcomeWord(c.outcome, row.hollow), c.title, presented);
    if (c.expected != c.presented)
        text += u", expected %1"_s.arg(base::visible(c.expected));
    if (!c.relation.isEmpty())
        text += u", "_s + c.relation;
    return c.near ? QString(text + u". " + c.near->text) : text;
}

} // namespace

MatchCheckRow::MatchCheckRow(const MatchRow& row, bool canApply, QWidget* parent)
    : QWidget(parent), m_row(row), m_canApply(canApply), m_unfolded(row.unfolds()),
      m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    setFocusPolicy(Qt::ClickFocus);
    setAccessibleName(spoken(row));
    createHead();
    fillBody();
}

void MatchCheckRow::createHead()
{
    m_head = new QWidget(this);
    auto* line = new QHBoxLayout(m_head);
    line->setContentsMargins({});
    line->setSpacing(px(6));
    auto* glyph = new Glyph(16, m_head);
    glyph->setDraw([o = m_row.check.outcome, h = m_row.hollow](QPainter& painter, const QRectF& rect) { theme::paintOutcome(painter, rect, o, h); });
    auto* word = new Label(theme::Type::Body, Token::Text, m_head);
    word->setWeight(600);
    word->setColour([o = m_row.check.outcome] { return theme::outcomeColor(o); });
    word->setText(theme::outcomeWord(m_row.check.outcome, m_row.hollow));
    word->setMinimumWidth(std::max(px(68), word->sizeHint().width())); // the title wraps, the verdict never
    auto* title = new Label(theme::Type::Body, Token::Text, m_head);
    title->setWeight(m_row.unfolds() ? 600 : 400);
    title->setWordWrap(true);
    title->setText(base::visible(m_row.check.title));
    // As high as a line of text, so that sign and word share their middle.
    auto* sign = new QHBoxLayout;
    sign->addWidget(glyph, 0, Qt::AlignVCenter);
    sign->addWidget(word, 0, Qt::AlignVCenter);
    sign->setSpacing(px(6));
    line->addLayout(sign);
    line->setAlignment(sign, Qt::AlignTop);
    line->addWidget(title, 1, Qt::AlignTop);
    m_layout->addWidget(m_head, 0, Qt::AlignTop);
}

void MatchCheckRow::fillBody()
{
    delete m_body;
    m_values = nullptr;
    m_body = new QWidget(this);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins({});
    body->setSpacing(px(6));
    if (m_unfolded)
        fillDetails(body);
    else
        fillLine(body);
    m_layout->addWidget(m_body, 1);
    settle();
}

void MatchCheckRow::fillLine(QVBoxLayout* body)
{
    const base::Check& check = m_row.check;
    auto* line = new QHBoxLayout;
    line->setSpacing(px(12));
    auto* value = new Label(theme::Type::Fixed, Token::Text, m_body);
    value->setElide(Qt::ElideMiddle);
    value->setText(base::visible(check.presented));
    line->addWidget(value);
    if (!m_row.aside.isEmpty()) {
        auto* aside = new Label(theme::Type::Caption, Token::Text2, m_body);
        aside->setElide(Qt::ElideRight);
        aside->setText(base::visible(m_row.aside));
        keepRoom(*aside, 200);
        line->addWidget(aside);
    }
    line->addStretch(1);
    auto* relation = new Label(theme::Type::Body, Token::Text2, m_body);
    relation->setElide(Qt::ElideRight);
    relation->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    relation->setText(base::visible(check.relation.isEmpty() && check.presented == check.expected ? u"equal"_s : check.relation));
    keepRoom(*relation, 300);
    line->addWidget(relation);
    body->addLayout(line);
}

void MatchCheckRow::fillDetails(QVBoxLayout* body)
{
    const base::Check& check = m_row.check;
    if (!m_row.condition.isEmpty())
        addCondition(body);
    else if (!check.presented.isEmpty() || !check.expected.isEmpty())
        addValues(body);
    if (!m_row.aside.isEmpty())
        addSentence(body, m_row.aside);
    if (check.near)
        addNear(body);
    if (!check.relation.isEmpty())
        addSentence(body, check.relation);
    if (check.outcome == Outcome::Pass || (check.fix.isEmpty() && m_row.fixJson.isEmpty()))
        return;
    auto* fix = new MatchFix(m_row, m_canApply, m_body);
    connect(fix, &MatchFix::applied, this, &MatchCheckRow::applyAsked);
    body->addWidget(fix);
}

void MatchCheckRow::addValues(QVBoxLayout* body)
{
    m_values = new DiffText(m_body);
    m_values->setValues(m_row.check.presented, m_row.check.expected, isWorthMarking(m_row.check));
    DiffText::Origin from {.text = m_row.presentedBy};
    if (m_row.filler) {
        from.party = m_row.filler->kind;
        from.name = m_row.filler->title;
    }
    m_values->setOrigins(from, {.text = m_row.check.expectedFrom});
    body->addWidget(m_values);
    if (!m_values->isLong() || !m_values->places())
        return;
    auto* all = controls::button(u"Show all %1 characters"_s.arg(std::max(m_row.check.presented.size(), m_row.check.expected.size())), {}, controls::Kind::Bar, m_body);
    connect(all, &QPushButton::clicked, this, [this, all] {
        m_values->setWhole(m_values->isAbbreviated());
        controls::setText(all, m_values->isAbbreviated() ? u"Show all"_s : u"Show only what differs"_s);
    });
    body->addWidget(all, 0, Qt::AlignLeft);
}

void MatchCheckRow::addCondition(QVBoxLayout* body)
{
    for (const MatchCondition& part : m_row.condition) {
        auto* line = new QHBoxLayout;
        line->setSpacing(px(8));
        line->setContentsMargins(part.depth * px(20), 0, 0, 0);
        auto* glyph = new Glyph(14, m_body);
        glyph->setDraw([o = part.outcome, h = m_row.hollow](QPainter& painter, const QRectF& rect) {
            theme::paintOutcome(painter, rect, o, h);
        });
        const auto weak = [] { return theme::color(Token::Text2); };
        auto* text = new RunText(m_body);
        text->setRuns({{theme::outcomeWord(part.outcome, m_row.hollow) + u"  ", theme::Type::Body, 600,
                        [o = part.outcome] { return theme::outcomeColor(o); }},
                       {part.word, theme::Type::Body, 600, {}},
                       {base::visible(part.text), theme::Type::Fixed, 400, {}},
                       {part.why.isEmpty() ? QString() : QString(u"   "_s + base::visible(part.why)), theme::Type::Body, 400, weak}});
        line->addWidget(glyph, 0, Qt::AlignTop);
        line->addWidget(text, 1);
        body->addLayout(line);
    }
}

void MatchCheckRow::addNear(QVBoxLayout* body)
{
    auto* line = new QHBoxLayout;
    line->setSpacing(px(8));
    line->addWidget(new NearChip(m_row.check.near->kind, m_body), 0, Qt::AlignTop);
    auto* sentence = new Label(theme::Type::Body, Token::Text, m_body);
    sentence->setWordWrap(true);
    sentence->setText(base::visible(m_row.check.near->text));
    line->addWidget(sentence, 1, Qt::AlignTop);
    body->addLayout(line);
}

void MatchCheckRow::addSentence(QVBoxLayout* body, const QString& text)
{
    auto* sentence = new Label(theme::Type::Body, Token::Text2, m_body);
    sentence->setWordWrap(true);
    sentence->setText(base::visible(text));
    body->addWidget(sentence);
}

void MatchCheckRow::setUnfolded(bool unfolded)
{
    if (m_unfolded == unfolded)
        return;
    m_unfolded = unfolded;
    fillBody();
}

void MatchCheckRow::setSelected(bool selected)
{
    m_selected = selected;
    update();
}

int MatchCheckRow::places() const
{
    if (m_row.check.outcome != Outcome::Fail || !m_values)
        return 0;
    return std::max(1, m_values->places()); // unlike values are one place
}

void MatchCheckRow::setCurrentPlace(int place)
{
    if (m_values)
        m_values->setCurrentPlace(m_values->places() ? place : -1);
}

QRect MatchCheckRow::placeRect(int place) const
{
    if (!m_values || !m_values->places())
        return rect();
    return m_values->placeRect(place).translated(m_values->mapTo(this, QPoint()));
}

QString MatchCheckRow::value() const { return m_row.check.presented; }

void MatchCheckRow::settle()
{
    const bool stacked = width() < px(stacks);
    m_layout->setDirection(stacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_layout->setContentsMargins(px(16), px(7), px(16), px(8));
    m_layout->setSpacing(px(stacked ? 6 : 12));
    m_head->setMinimumWidth(stacked ? 0 : px(width() < px(roomy) ? 196 : 212));
    m_head->setMaximumWidth(stacked ? QWIDGETSIZE_MAX : m_head->minimumWidth());
    setMinimumHeight(px(32));
}

void MatchCheckRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    settle();
}

void MatchCheckRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(m_selected ? Token::Select : Token::Surface));
    if (m_row.check.outcome == Outcome::Fail)
        painter.fillRect(0, 0, px(3), height(), theme::color(Token::Refuse));
    painter.fillRect(0, height() - 1, width(), 1, theme::color(Token::Line));
    if (!hasFocus())
        return;
    painter.setPen(QPen(theme::color(Token::Accent), 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

void MatchCheckRow::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
    emit activated();
}

void MatchCheckRow::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void MatchCheckRow::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        controls::copyText(value());
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        setUnfolded(!m_unfolded);
    else
        event->ignore();
}

void MatchCheckRow::mouseDoubleClickEvent(QMouseEvent*) { setUnfolded(!m_unfolded); }
