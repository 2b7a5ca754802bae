// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "matchheader.h"

#include "core/base/text.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/runtext.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;
using base::Decision;
using theme::px;
using theme::Token;

namespace {

constexpr int narrow = 640; // chips go below the sentence

QString confidenceText(base::Confidence confidence)
{
    return confidence == base::Confidence::Likely ? u"Likely"_s : u"Unknown"_s;
}

std::function<QColor()> inkOf(const MatchContent& content)
{
    if (content.glyph != MatchContent::Glyph::Decision && content.glyph != MatchContent::Glyph::Disagreement)
        return [] { return theme::color(Token::Text); };
    return [decision = content.decision] { return theme::decisionColor(decision); };
}

} // namespace

VerdictChip::VerdictChip(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void VerdictChip::set(Look look, Decision decision, const QString& text)
{
    m_look = look;
    m_decision = decision;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void VerdictChip::setPredicted(Decision decision) { set(Look::Predicted, decision, theme::predictedWord(decision)); }
void VerdictChip::setObserved(Decision decision) { set(Look::Observed, decision, u"Observed: "_s + theme::decisionWord(decision).toLower()); }
void VerdictChip::setWord(const QString& word) { set(Look::Word, {}, word); }

QSize VerdictChip::sizeHint() const
{
    const QFont font = theme::font(theme::Type::Caption, m_look == Look::Observed ? 600 : 400);
    const int glyph = m_look == Look::Predicted ? px(20) : 0;
    return {QFontMetrics(font).horizontalAdvance(m_text) + glyph + px(14), px(20)};
}

void VerdictChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPen pen(theme::color(m_look == Look::Predicted ? Token::Predicted : Token::Text), 1);
    if (m_look == Look::Predicted)
        pen.setDashPattern({3, 2});
    painter.setPen(m_look == Look::Observed ? QPen(Qt::NoPen) : pen);
    painter.setBrush(m_look == Look::Observed ? theme::decisionColor(m_decision) : theme::color(Token::Surface));
    painter.drawRoundedRect(body, px(3), px(3));
    int left = px(7);
    if (m_look == Look::Predicted) {
        theme::paintDecision(painter, QRectF(px(6), (height() - px(14)) / 2.0, px(14), px(14)), m_decision, true);
        left = px(26);
    }
    painter.setFont(theme::font(theme::Type::Caption, m_look == Look::Observed ? 600 : 400));
    painter.setPen(theme::color(m_look == Look::Observed ? Token::Surface : m_look == Look::Predicted ? Token::Predicted : Token::Text));
    painter.drawText(rect().adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine, m_text);
}

MatchHeader::MatchHeader(QWidget* parent)
    : QWidget(parent), m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this)), m_chips(new QHBoxLayout), m_other(new Glyph(28, this)),
      m_glyph(new Glyph(28, this)), m_unequal(new RunText(this)), m_headline(new RunText(this)), m_detail(new RunText(this)),
      m_predicted(new VerdictChip(this)), m_observed(new VerdictChip(this)), m_confidence(new VerdictChip(this))
{
    auto* lead = new QHBoxLayout;
    lead->addWidget(m_other, 0, Qt::AlignVCenter);
    lead->addWidget(m_unequal, 0, Qt::AlignVCenter);
    lead->addWidget(m_glyph, 0, Qt::AlignVCenter);
    lead->addSpacing(px(8));
    auto* text = new QVBoxLayout;
    text->setSpacing(px(2));
    text->addStretch();
    text->addWidget(m_headline);
    text->addWidget(m_detail);
    text->addStretch();
    lead->addLayout(text, 1);
    m_layout->addLayout(lead, 1);
    m_chips->addWidget(m_confidence);
    m_chips->addWidget(m_predicted);
    m_chips->addWidget(m_observed);
    m_layout->addLayout(m_chips);
    m_unequal->setRuns({{u"≠"_s, theme::Type::Lead}});
    connect(&theme::watcher(), &theme::Watcher::changed, this, &MatchHeader::restyle);
    restyle();
}

void MatchHeader::restyle()
{
    m_layout->setContentsMargins(px(16), px(8), px(16), px(8));
    m_layout->setSpacing(px(12));
    m_chips->setSpacing(px(12));
    setMinimumHeight(px(56));
    update();
}

void MatchHeader::setContent(const MatchContent& content)
{
    m_content = content;
    const auto ink = inkOf(content);
    m_headline->setRuns({{content.strong, theme::Type::Lead, 600, ink}, {base::visible(content.sentence), theme::Type::Lead, 400, {}}});
    QList<RunText::Run> detail;
    for (const MatchRun& run : content.detail)
        detail.append({run.text, run.fixed ? theme::Type::Fixed : theme::Type::Body, 400,
                       [fixed = run.fixed] { return theme::color(fixed ? Token::Text : Token::Text2); }});
    m_detail->setRuns(detail);
    setGlyph();
    setChips();
    setAccessibleName(m_headline->text());
    update();
}

void MatchHeader::setGlyph()
{
    const bool both = m_content.glyph == MatchContent::Glyph::Disagreement;
    m_other->setVisible(both);
    m_unequal->setVisible(both);
    if (both)
        m_other->setDraw([d = *m_content.predicted](QPainter& painter, const QRectF& rect) { theme::paintDecision(painter, rect, d, true); });
    m_glyph->setDraw([content = m_content](QPainter& painter, const QRectF& rect) {
        switch (content.glyph) {
        case MatchContent::Glyph::NoAnswer: theme::paintState(painter, rect, flow::StepState::Failed); return;
        case MatchContent::Glyph::Waiting: theme::paintState(painter, rect, flow::StepState::Waiting); return;
        case MatchContent::Glyph::Decision:
        case MatchContent::Glyph::Disagreement: theme::paintDecision(painter, rect, content.decision, content.isHollow()); return;
        }
    });
}

void MatchHeader::setChips()
{
    if (m_content.predicted)
        m_predicted->setPredicted(*m_content.predicted);
    // A prediction that is the headline already needs no chip that repeats it.
    m_predicted->setVisible(m_content.predicted.has_value() && !m_content.isHollow());
    if (m_content.observed)
        m_observed->setObserved(*m_content.observed);
    m_observed->setVisible(m_content.observed.has_value());
    m_confidence->setWord(confidenceText(m_content.confidence));
    m_confidence->setVisible(m_content.confidence != base::Confidence::Certain);
}

void MatchHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool plain = m_content.isHollow() || m_content.glyph == MatchContent::Glyph::NoAnswer || m_content.glyph == MatchContent::Glyph::Waiting;
    painter.fillRect(rect(), plain ? theme::color(Token::NotEvalBg) : theme::decisionBackground(m_content.decision));
    painter.fillRect(0, height() - 1, width(), 1, theme::color(Token::Line));
}

void MatchHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const auto wanted = width() < px(narrow) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (m_layout->direction() == wanted)
        return;
    m_layout->setDirection(wanted);
    m_layout->setAlignment(m_chips, wanted == QBoxLayout::TopToBottom ? Qt::AlignLeft : Qt::AlignVCenter);
}
